import TesseraSegmentation
public import TesseraStudy

/// What is told of every number of segments that was tried: the same in the report, in the workbook
/// and on the terminal.
public struct SelectionColumn: Sendable {
  /// What the column is about.
  public enum Topic: Sendable, CaseIterable {
    /// How well the answers are described, and at what price.
    case criteria
    /// How sure, how steady and how large the segments are.
    case quality
  }

  /// What stands above the column.
  public let title: String
  /// What the column is about.
  public let topic: Topic
  /// What the number means, in a few words.
  public let meaning: String
  /// The number of a row; `nil` where there is none.
  public let value: @Sendable (SelectionRow) -> Double?
  /// The number in words.
  public let text: @Sendable (SelectionRow, NumberStyle) -> String?

  private init(
    _ title: String, _ topic: Topic, _ meaning: String,
    _ value: @escaping @Sendable (SelectionRow) -> Double?,
    text: @escaping @Sendable (Double, NumberStyle) -> String
  ) {
    self.title = title
    self.topic = topic
    self.meaning = meaning
    self.value = value
    self.text = { row, numbers in value(row).map { text($0, numbers) } }
  }

  /// A column of numbers with decimals.
  private init(
    _ title: String, _ topic: Topic, _ decimals: Int, _ meaning: String,
    _ value: @escaping @Sendable (SelectionRow) -> Double?
  ) {
    self.init(title, topic, meaning, value, text: { $1.number($0, decimals: decimals) })
  }

  /// The columns that hold anything, in their order.
  ///
  /// - Parameters:
  ///   - result: The segmentation.
  ///   - evidence: What else was found.
  /// - Returns: The columns of criteria, then those of quality.
  public static func used(
    in result: SegmentationResult, evidence: SegmentationEvidence
  ) -> [SelectionColumn] {
    (criteria(result) + quality(evidence)).filter { column in
      result.selection.contains { column.value($0) != nil }
    }
  }

  private static func other(
    _ name: String
  ) -> @Sendable (SelectionRow) -> Double? {
    { row in row.others.first { $0.name == name }?.value }
  }

  private static func criteria(_ result: SegmentationResult) -> [SelectionColumn] {
    // In large samples with even weights the number is chosen by SABIC itself.
    var chosen: [SelectionColumn] = []
    if let rule = result.countRule, rule.usesEffectiveSize || rule.penalty == CountRule.least {
      let penalty: String = NumberStyle.english.number(rule.penalty, decimals: 2)
      let title: String = rule.usesEffectiveSize ? " eff." : ""
      let size: String =
        rule.usesEffectiveSize ? " on Kish's effective number of respondents" : ""
      chosen = [
        SelectionColumn(
          "\(rule.criterionName)\(title)", .criteria, 1, "-2 LL + \(penalty)p\(size)",
          other("count_criterion"))
      ]
    }
    return [
      .init("log-likelihood", .criteria, 2, "without the prior", { $0.logLikelihood }),
      .init("parameters", .criteria, 0, "free ones", { $0.parameters.map(Double.init) }),
      .init("AIC", .criteria, 1, "-2 LL + 2p", { $0.aic }),
      .init("AIC3", .criteria, 1, "-2 LL + 3p", other("aic3")),
      .init("BIC", .criteria, 1, "-2 LL + p ln n", { $0.bic }),
    ] + chosen + [
      .init("SABIC", .criteria, 1, "-2 LL + p ln((n + 2) / 24)", { $0.sabic }),
      .init("CAIC", .criteria, 1, "-2 LL + p (ln n + 1)", other("caic")),
      .init("ICL", .criteria, 1, "BIC + twice the entropy of the memberships", { $0.icl }),
      .init("squares within", .criteria, 2, "sum of squares within segments", other("within_ss")),
      .init("cost", .criteria, 2, "sum of distances within segments", other("cost")),
      .init(
        "explained", .criteria, "share of the sum of squares", other("explained"),
        text: { $1.percent($0) }),
      .init(
        "Caliński-Harabasz", .criteria, 1, "squares between over squares within, greater is better",
        other("calinski_harabasz")),
      .init(
        "silhouette", .criteria, 3, "mean silhouette, greater is better", other("silhouette")),
      .init("unanimity", .criteria, 2, "how far the methods agree", other("unanimity")),
    ]
  }

  private static func quality(_ evidence: SegmentationEvidence) -> [SelectionColumn] {
    func steadiness(
      _ title: String, _ decimals: Int, _ meaning: String,
      _ value: @escaping @Sendable (CountStability) -> Double?
    ) -> SelectionColumn {
      let counts = evidence.counts
      return SelectionColumn(title, .quality, decimals, meaning) { row in
        counts.first { $0.segments == row.segments }.flatMap(value)
      }
    }
    return [
      .init("entropy R²", .quality, 3, "how sure memberships are, 1 is certain", { $0.entropyR2 }),
      .init(
        "misplaced", .quality, "expected share of respondents in another segment than their own",
        other("classification_error"), text: { $1.percent($0, decimals: 1) }),
      .init(
        "smallest", .quality, "share of the smallest segment", { $0.smallestShare },
        text: { $1.percent($0, decimals: 1) }),
      steadiness("stability", 2, "median adjusted Rand index between bootstrap samples") {
        $0.median
      },
      steadiness("5%", 2, "of pairs agree less than this") { $0.low },
      steadiness("95%", 2, "of pairs agree less than this") { $0.high },
      steadiness(
        "within", 2, "segment level stability within: mean Jaccard overlap of the least steady one"
      ) { $0.within.min() },
      steadiness(
        "across", 2,
        "segment level stability across: of the segment most mixed from those one fewer"
      ) { $0.across.compactMap { $0 }.min() },
      .init(
        "BLRT p", .quality, "one segment fewer against this many", other("blrt"),
        text: { $1.probability($0) }),
      .init(
        "left out", .quality, 3, "log-likelihood of a respondent left out, greater is better",
        other("cross_validated_log_likelihood")),
      .init(
        "found by", .quality, 0, "starts carried to the end that reached it", other("reached_best")),
    ]
  }
}
