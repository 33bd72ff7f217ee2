import TesseraMath
import TesseraSegmentation
import TesseraSurvey

extension LatentClassModel {
  /// Reads parameters and checks shapes and ranges: chances sum to 1, variances are above 0.
  init(
    _ reader: JSONReader, indicators: [IndicatorEncoding], segments: Int
  ) throws(StudyError) {
    try reader.allow([
      "prevalence", "items", "blocks", "membership", "direct_effects", "modelled_gaps",
    ])
    let prevalence = try reader.numbers("prevalence", count: segments)
    guard prevalence.isDistribution else {
      throw reader.fault("shares must lie between 0 and 1 and sum to 1", "prevalence")
    }
    let items = try reader.list("items") { element throws(StudyError) in
      (try element.text("name"), element)
    }
    let gaps = reader.has("modelled_gaps") ? try reader.places("modelled_gaps", indicators) : []
    guard Array(items.map(\.0).prefix(indicators.count)) == indicators.map(\.name),
      items.count == indicators.count + gaps.count
    else { throw reader.fault("the items are not those of the encoding", "items") }
    var models: [ItemModel] = []
    for ((_, element), indicator) in zip(items, indicators) {
      models.append(try ItemModel(element, indicator, segments: segments))
    }
    // Behind the indicators stand the items that tell whether some of them were answered.
    for (name, element) in items.dropFirst(indicators.count) {
      let mark = IndicatorEncoding(name: name, label: name, form: .chosen(.number(1)))
      models.append(try ItemModel(element, mark, segments: segments))
    }
    let membership =
      reader.has("membership") ? try reader.rows("membership", count: segments) : nil
    if let membership {
      guard let width = membership.first?.count, width > 0,
        membership.allSatisfy({ $0.count == width })
      else { throw reader.fault("rows must be of one length", "membership") }
    }
    let blocks = try reader.list("blocks") { element throws(StudyError) in
      try CovarianceBlock(element, indicators, segments: segments)
    }
    let effects =
      reader.has("direct_effects")
      ? try reader.list("direct_effects") { element throws(StudyError) in
        try DirectEffect(element, indicators, segments: segments)
      } : []
    self.init(
      prevalence: prevalence, items: models, blocks: blocks, directEffects: effects,
      membership: membership, modelledGaps: gaps)
  }
}

extension DirectEffect {
  fileprivate init(
    _ reader: JSONReader, _ indicators: [IndicatorEncoding], segments: Int
  ) throws(StudyError) {
    try reader.allow(["first", "second", "probabilities"])
    let first = try reader.integer("first")
    let second = try reader.integer("second")
    guard first != second, indicators.indices.contains(first),
      indicators.indices.contains(second), !indicators[first].categories.isEmpty,
      !indicators[second].categories.isEmpty
    else { throw reader.fault("two categorical indicators are expected") }
    self.init(
      first: first, second: second,
      probabilities: try reader.chances(
        categories: indicators[first].categories.count * indicators[second].categories.count,
        segments: segments))
  }
}

extension JSONReader {
  /// Positions of indicators.
  fileprivate func places(
    _ name: String, _ indicators: [IndicatorEncoding]
  ) throws(StudyError) -> [Int] {
    let places = try numbers(name).map { Int($0.rounded()) }
    guard Set(places).count == places.count, places.allSatisfy(indicators.indices.contains) else {
      throw fault("positions of indicators are expected", name)
    }
    return places
  }
}

extension CovarianceBlock {
  fileprivate init(
    _ reader: JSONReader, _ indicators: [IndicatorEncoding], segments: Int
  ) throws(StudyError) {
    try reader.allow(["items", "means", "covariances"])
    let items = try reader.numbers("items").map { Int($0.rounded()) }
    guard items.count > 1, Set(items).count == items.count,
      items.allSatisfy({ indicators.indices.contains($0) && indicators[$0].form == .numeric })
    else { throw reader.fault("two or more numeric indicators are expected", "items") }
    let means = try reader.rows("means", count: segments)
    let covariances = try reader.rows("covariances", count: segments)
    let size = items.count
    for (mean, covariance) in zip(means, covariances) {
      guard mean.count == size, covariance.count == size * size,
        (try? Cholesky(Matrix(rows: size, columns: size, values: covariance))) != nil
      else { throw reader.fault("a covariance matrix for each segment is expected") }
    }
    self.init(items: items, means: means, covariances: covariances)
  }
}

extension ItemModel {
  fileprivate init(
    _ reader: JSONReader, _ indicator: IndicatorEncoding, segments: Int
  ) throws(StudyError) {
    try reader.allow(
      [
        "name", "distribution", "probabilities", "intercepts", "slopes", "scores", "means",
        "variances", "rates", "variance_form", "zeros",
      ])
    let categories = indicator.categories.count
    let distribution: Distribution
    var isOrdered = false
    let isEqual = try reader.optionalText("variance_form") == "equal"
    let form = try reader.text("distribution")
    switch form {
    case "categories":
      distribution = .categories(
        try reader.chances(categories: categories, segments: segments))
    case "adjacent-categories":
      isOrdered = true
      distribution = .adjacentCategories(
        probabilities: try reader.chances(categories: categories, segments: segments),
        intercepts: try reader.numbers("intercepts", count: categories),
        slopes: try reader.numbers("slopes", count: segments),
        scores: try reader.numbers("scores", count: categories))
    case "normal":
      let variances = try reader.numbers("variances", count: segments)
      guard variances.allSatisfy({ $0 > 0 }) else {
        throw reader.fault("variances must be above 0", "variances")
      }
      distribution = .normal(
        means: try reader.numbers("means", count: segments), variances: variances)
    case "counts", "zero-inflated":
      let rates = try reader.numbers("rates", count: segments)
      guard rates.allSatisfy({ $0 >= 0 }) else {
        throw reader.fault("rates must be 0 or more", "rates")
      }
      guard form == "zero-inflated" else {
        distribution = .counts(rates: rates)
        break
      }
      let zeros = try reader.numbers("zeros", count: segments)
      guard zeros.allSatisfy({ (0...1).contains($0) }) else {
        throw reader.fault("shares must be 0 to 1", "zeros")
      }
      distribution = .zeroInflated(zeros: zeros, rates: rates)
    default:
      throw reader.fault("'\(form)' is no distribution", "distribution")
    }
    let isNumber =
      switch distribution {
      case .normal: indicator.form == .numeric
      case .counts, .zeroInflated: indicator.form == .count
      case .categories, .adjacentCategories: categories > 0
      }
    guard isNumber else { throw reader.fault("distribution and level do not go together") }
    self.init(
      name: indicator.name,
      measurement: StudyEncoder.measurement(
        indicator, isOrdered: isOrdered, variance: isEqual ? .equal : .perClass,
        isZeroInflated: form == "zero-inflated"),
      distribution: distribution)
  }
}

extension JSONReader {
  /// Chances of categories: a row a segment, each summing to 1.
  fileprivate func chances(categories: Int, segments: Int) throws(StudyError) -> [[Double]] {
    let rows = try rows("probabilities", count: segments)
    guard rows.allSatisfy({ $0.count == categories && $0.isDistribution }) else {
      throw fault(
        "\(categories) chances between 0 and 1 that sum to 1 are expected for each segment",
        "probabilities")
    }
    return rows
  }
}

extension [Double] {
  /// Whether these are chances that sum to 1, within 1e-9.
  var isDistribution: Bool {
    allSatisfy { $0 >= 0 && $0 <= 1 } && abs(reduce(0, +) - 1) <= 1e-9
  }
}
