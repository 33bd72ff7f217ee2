public import TesseraSegmentation

/// What the answers leave open about segments by latent classes: doubts, which bar nothing.
public struct LatentClassDoubts: Sendable, Equatable {
  /// The question whose parameters the answers hardly determine; `nil` if all are determined.
  public var openQuestion: String?
  /// Another solution that describes the answers as well; `nil` if no start met one.
  public var flat: FlatSolution?
  /// Shares without the prior, where it moves one by three points or more.
  public var sharesWithoutPrior: [Double]?

  /// Begins without doubts.
  public init() {}

  /// Respondents above which neither is looked into: there the answers outweigh both.
  private static let largest = 20_000.0
  /// Change of a share by the prior that is told.
  private static let telling = 0.03

  /// Looks for what is open.
  ///
  /// - Parameters:
  ///   - fit: The fit.
  ///   - data: The table it was made from.
  ///   - settings: How it was made.
  /// - Throws: ``SegmentationError`` if fit and data do not go together.
  init(
    _ fit: LatentClassFit, on data: LatentClassData, settings: LatentClass
  ) throws(SegmentationError) {
    flat = fit.flat
    guard fit.segmentCount > 1, fit.sampleSize <= Self.largest else { return }
    if let local = try fit.model.localIdentification(on: data), local.isDoubtful,
      let item = local.item
    {
      openQuestion = data.table.items[item].name
    }
    guard settings.prior != .none, !Self.isUnbounded(data) else { return }
    let plain = try fit.model.refit(on: data, prior: .none, workers: settings.workers)
    let shares = plain.model.prevalence
    if zip(shares, fit.prevalence).contains(where: { abs($0 - $1) >= Self.telling }) {
      sharesWithoutPrior = shares
    }
  }

  /// Whether the likelihood of numbers rises without end on a handful of people.
  private static func isUnbounded(_ data: LatentClassData) -> Bool {
    data.table.items.contains { $0.measurement == .gaussian(variance: .perClass) }
  }

  /// The doubts in words.
  var sentences: [String] {
    func shares(_ values: [Double]) -> String {
      ReplicationWords.list(values.map { "\(decimal(100 * $0, 0))%" })
    }
    var result: [String] = []
    if let openQuestion {
      result.append(
        "Doubt: these respondents hardly determine what segments answer to \(openQuestion); other "
          + "values fit as well. Leave the question out or use fewer segments.")
    }
    if let flat {
      result.append(
        "Doubt: another solution fits as well (log-likelihood \(decimal(flat.distance, 3)) lower), "
          + "with \(flat.prevalence.count) segments of \(shares(flat.prevalence)) in the same "
          + "order. Do not rely on the sizes of these segments.")
    }
    if let sharesWithoutPrior {
      result.append(
        "Doubt: the prior moves the shares; without it they would be "
          + "\(shares(sharesWithoutPrior)) in the same order.")
    }
    return result
  }

  /// The doubts as `doubts`; `nil` without any.
  var json: JSONValue? {
    guard self != LatentClassDoubts() else { return nil }
    return [
      "open_question": openQuestion,
      "as_good": flat.map {
        ["log_likelihood_below": $0.distance, "shares": $0.prevalence] as JSONValue
      }, "shares_without_prior": sharesWithoutPrior,
    ]
  }
}

extension CountRecovery {
  /// How often the number is found again, in words.
  func sentence(_ segments: Int) -> String {
    let count = segments == 1 ? "one segment" : "\(segments) segments"
    let others = [(fewer, "fewer"), (more, "more")].filter { $0.0 > 0 }
      .map { "\($0.1) in \($0.0)" }.joined(separator: ", ")
    return "In \(same) of \(sets) surveys drawn from this model the rule finds \(count) again"
      + (others.isEmpty ? "." : " (\(others)).")
  }

  /// The result as `count_recovery`.
  var json: JSONValue {
    ["surveys": sets, "same": same, "fewer": fewer, "more": more]
  }
}
