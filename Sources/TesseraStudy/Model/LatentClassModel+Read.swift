import TesseraMath
import TesseraSegmentation

extension LatentClassModel {
  /// Reads parameters and checks shapes and ranges: chances sum to 1, variances are above 0.
  init(
    _ reader: JSONReader, indicators: [IndicatorEncoding], segments: Int
  ) throws(StudyError) {
    try reader.allow(["prevalence", "items", "blocks", "membership"])
    let prevalence = try reader.numbers("prevalence", count: segments)
    guard prevalence.isDistribution else {
      throw reader.fault("shares must lie between 0 and 1 and sum to 1", "prevalence")
    }
    let items = try reader.list("items") { element throws(StudyError) in
      (try element.text("name"), element)
    }
    guard items.map(\.0) == indicators.map(\.name) else {
      throw reader.fault("the items are not those of the encoding", "items")
    }
    var models: [ItemModel] = []
    for ((_, element), indicator) in zip(items, indicators) {
      models.append(try ItemModel(element, indicator, segments: segments))
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
    self.init(
      prevalence: prevalence, items: models, blocks: blocks, membership: membership)
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
        "variances", "rates",
      ])
    let categories = indicator.categories.count
    let distribution: Distribution
    var isOrdered = false
    switch try reader.text("distribution") {
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
    case "counts":
      let rates = try reader.numbers("rates", count: segments)
      guard rates.allSatisfy({ $0 >= 0 }) else {
        throw reader.fault("rates must be 0 or more", "rates")
      }
      distribution = .counts(rates: rates)
    case let other:
      throw reader.fault("'\(other)' is no distribution", "distribution")
    }
    let isNumber =
      switch distribution {
      case .normal: indicator.form == .numeric
      case .counts: indicator.form == .count
      case .categories, .adjacentCategories: categories > 0
      }
    guard isNumber else { throw reader.fault("distribution and level do not go together") }
    self.init(
      name: indicator.name,
      measurement: StudyEncoder.measurement(indicator, isOrdered: isOrdered),
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
