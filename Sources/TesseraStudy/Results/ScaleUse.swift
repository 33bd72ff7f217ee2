import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// How much of what sets segments apart is only how high their members rate everything.
public struct ScaleUse: Sendable, Equatable {
  /// The ratings on one scale.
  public var columns: [String]
  /// Share of the between-segment sum of squares due to people's own means, 0 to 1.
  public var share: Double
  /// How ratings were corrected, as `segments.scale_use` names it.
  public var correction: String

  /// A share above this is said.
  static let bound = CountRule.levelBound
  /// Fewer questions on one scale make no battery.
  static let fewest = 3

  /// What a reader should know first; `nil` if there is nothing to say.
  public var sentence: String? {
    guard share > Self.bound, correction == ScaleUseDeclaration.raw.rawValue else { return nil }
    return "Segments differ mainly in how high people rate: \(decimal(100 * share, 0))% of the "
      + "difference over \(columns.count) ratings on one scale. To segment by what people rate "
      + "higher than other things, set scale_use: center (or rank, or intercept) under segments."
  }

  /// Looks at the largest battery among the active questions.
  ///
  /// - Parameters:
  ///   - data: The respondents, with ratings as given.
  ///   - encoded: The active questions.
  ///   - posterior: Respondents × segments.
  ///   - declaration: How ratings were corrected.
  /// - Returns: `nil` for a single segment, and where no battery holds half of the questions.
  static func find(
    _ data: StudyData, _ encoded: EncodedStudy, _ posterior: Matrix,
    _ declaration: SegmentsDeclaration
  ) -> ScaleUse? {
    let columns = batteries(data.survey, encoded.indicators).max { $0.count < $1.count } ?? []
    guard posterior.columns > 1, columns.count >= fewest,
      2 * columns.count >= encoded.indicators.count
    else { return nil }
    let share = LevelShare(
      batteries: [columns.map(ResponseStyle.numbers)], weights: data.design.weights
    ).share(posterior)
    let correction = ScaleUseDeclaration.allCases.first {
      $0.correction == declaration.model.responseStyle
    }?.rawValue
    return share.map {
      ScaleUse(
        columns: columns.map(\.name), share: $0,
        correction: correction ?? declaration.model.responseStyle.rawValue)
    }
  }

  /// How much of what segments differ by is how high people rate, over all batteries of the active
  /// questions; `nil` where they hold less than half of them.
  static func level(_ data: StudyData, _ indicators: [IndicatorEncoding]) -> LevelShare? {
    let parts = batteries(data.survey, indicators).filter { $0.count >= fewest }
    guard 2 * parts.reduce(0, { $0 + $1.count }) >= indicators.count, !parts.isEmpty else {
      return nil
    }
    return LevelShare(
      batteries: parts.map { $0.map(ResponseStyle.numbers) }, weights: data.design.weights)
  }

  /// Active ratings in parts that share one scale: the same words, the same codes, or the same ends.
  private static func batteries(
    _ survey: Survey, _ indicators: [IndicatorEncoding]
  ) -> [[Variable]] {
    var scales: [[Double]] = []
    var words: [[String]] = []
    var parts: [[Variable]] = []
    for indicator in indicators where indicator.set == nil {
      guard let variable = survey[indicator.name], ResponseStyle.isRating(variable) else {
        continue
      }
      // Numbers that only stand for themselves say nothing of the scale.
      let isLabelled = variable.categories.contains {
        !$0.label.isEmpty && $0.label != $0.code.text
      }
      var codes: [Double] = variable.categories.compactMap {
        if isLabelled, case .number(let code) = $0.code { code } else { nil }
      }.sorted()
      let said = variable.isNumeric ? [] : variable.categories.map(\.label)
      if codes.isEmpty, said.isEmpty { codes = ends(of: variable.numbers) }
      if let place = scales.indices.first(where: { scales[$0] == codes && words[$0] == said }) {
        parts[place].append(variable)
      } else {
        scales.append(codes)
        words.append(said)
        parts.append([variable])
      }
    }
    return parts
  }

  /// The ends of a scale of which only answers are known: those of 0 to 100, or of few steps, though
  /// nobody may have gone to the very end.
  static func ends(of numbers: [Double]) -> [Double] {
    let known = numbers.filter { !$0.isNaN }
    guard let low = known.min(), let high = known.max() else { return [0, 0] }
    if (0...10).contains(low), (90...100).contains(high) { return [0, 100] }
    guard low >= 0, let top = [5.0, 7, 10].first(where: { high <= $0 }), high > 2,
      known.allSatisfy({ $0 == $0.rounded() })
    else { return [low, high] }
    return [low < 1 ? 0 : 1, top]
  }
}

extension ScaleUse {
  /// The finding as `scale_use`.
  var json: JSONValue {
    ["columns": columns, "share": share, "correction": correction, "sentence": sentence]
  }

  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["columns", "share", "correction", "sentence"])
    self.init(
      columns: try reader.texts("columns"), share: try reader.number("share"),
      correction: try reader.text("correction"))
  }
}
