import TesseraSegmentation
import TesseraSurvey

/// How a latent class model is built, by positions of indicators.
struct LatentForm {
  let blocks: [LatentClass.Block]
  let directEffects: [ItemPair]
  let missing: MissingAnswers

  /// Finds the indicators a study names.
  ///
  /// - Parameter task: The study.
  /// - Throws: ``StudyError`` E0515 for a name that is no indicator or of the wrong level.
  init(_ task: SegmentationTask) throws(StudyError) {
    let model = task.declaration.model
    let indicators = task.encoded.indicators
    let variance: Item.VarianceForm = model.variances == .equal ? .equal : .perClass
    missing = model.gaps == .modelled ? .modelled : .atRandom
    var blocks: [LatentClass.Block] = []
    if task.declaration.method == .mixture {
      for names in model.blocks {
        var places: [Int] = []
        for name in names { places.append(try Self.place(name, indicators, "blocks", .numeric)) }
        blocks.append(LatentClass.Block(items: places, variance: variance))
      }
      let all = blocks.flatMap(\.items)
      guard Set(all).count == all.count else {
        throw StudyError(
          code: "E0515", message: "a column stands in two covariance blocks",
          column: "segments.blocks", hint: "name each column in one block")
      }
      if model.blocks.isEmpty {
        let numeric = indicators.indices.filter { indicators[$0].form == .numeric }
        if numeric.count > 1 {
          blocks = [LatentClass.Block(items: numeric, variance: variance)]
        }
      }
    } else if !model.blocks.isEmpty {
      throw StudyError(
        code: "E0515",
        message: "covariance blocks belong to the method mixture, not to "
          + task.declaration.method.rawValue,
        column: "segments.blocks", hint: "say --method mixture, or leave the blocks out")
    }
    self.blocks = blocks
    var pairs: [ItemPair] = []
    for names in model.directEffects {
      let first = try Self.place(names[0], indicators, "direct_effects", .categorical)
      let second = try Self.place(names[1], indicators, "direct_effects", .categorical)
      pairs.append(ItemPair(min(first, second), max(first, second)))
    }
    let all = pairs.flatMap { [$0.first, $0.second] }
    guard Set(all).count == all.count else {
      throw StudyError(
        code: "E0515", message: "a column stands in two direct effects",
        column: "segments.direct_effects",
        hint: "tie each column to one other; the pair's residual shows what is left")
    }
    directEffects = pairs
    for name in model.zeroInflated {
      _ = try Self.place(name, indicators, "zero_inflated", .count)
    }
  }

  private enum Kind {
    case numeric, categorical, count

    var hint: String {
      switch self {
      case .numeric: "blocks hold numeric columns; categories are tied by direct_effects"
      case .categorical:
        "direct effects tie categories; numbers vary together in blocks of the method mixture"
      case .count: "give it the level count: --count-variable, or levels in the study"
      }
    }
  }

  private static func place(
    _ name: String, _ indicators: [IndicatorEncoding], _ key: String, _ kind: Kind
  ) throws(StudyError) -> Int {
    guard let place = indicators.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw StudyError(
        code: "E0515",
        message: "\(key) names '\(DisplayText.escaped(name))', which is no active column",
        column: name,
        hint: NearestName.question(name, among: indicators.map(\.name))
          ?? "name active columns, or single members of active sets")
    }
    let isFit =
      switch kind {
      case .numeric: indicators[place].form == .numeric
      case .categorical: !indicators[place].categories.isEmpty
      case .count: indicators[place].form == .count
      }
    guard isFit else {
      throw StudyError(
        code: "E0515",
        message: "\(key) names \(name), which is \(indicators[place].level)", column: name,
        hint: kind.hint)
    }
    return place
  }
}
