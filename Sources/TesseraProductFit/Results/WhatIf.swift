import TesseraMath
public import TesseraStudy

/// Answers "what if this product were different?" for a study at hand.
///
/// Errors come from the replicates that the respondents come with: edited and unedited fit of the
/// same people, drawn and segmented alike. Without replicates they come from paired differences of
/// respondents, the segments held fixed.
public struct WhatIf: Sendable {
  private let analysis: FitAnalysis
  private let source: FitSource

  /// Binds a study.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - segmented: Its respondents and their segments.
  ///   - settings: Threads and the smallest cell; nothing is drawn.
  /// - Throws: `StudyError` E0601 to E0610.
  public init(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Binds declarations that need not stand in files.
  package init(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    self.source = source
    analysis = try FitAnalysis(bare: source, segmented, settings: settings)
  }

  /// What a change to a product would bring.
  ///
  /// - Parameters:
  ///   - product: The product's name or label.
  ///   - set: The features and their new levels, as typed.
  /// - Returns: Gains over everybody and by segment; not a number over everybody where even all
  ///   respondents are fewer than the smallest cell.
  /// - Throws: `StudyError` E0606 for a product, feature or level that does not exist.
  public func gain(product: String, set: [FeatureSetting]) throws(StudyError) -> Improvement {
    let model = analysis.model
    let bound = try CatalogueBinder(source: source).bind(
      product: product, set: set, model.features, model.products
    ) { StudyError(code: "E0606", message: $0, hint: $1, exitStatus: 64) }
    let edit = FitEdit(
      name: "", label: "", product: bound.product, changes: bound.changes, cost: nil)
    let levels = model.levels(of: bound.product, with: bound.changes)
    let fit = Array(analysis.scorer.scores([levels]).fit.row(0))
    var result = analysis.improvements([EditedFit(edit: edit, fit: fit)])[0]
    if analysis.suppression.isTotalHidden {
      result.gain = .nan
      result.se = .nan
      result.seLinearised = .nan
      result.low = .nan
      result.high = .nan
      (result.gainMin, result.gainMax) = (nil, nil)
    }
    return result
  }
}

extension Improvement {
  /// What `tessera whatif --json` prints.
  public var whatIfJSON: JSONValue {
    [
      "product": product, "set": setJSON, "population_gain": gain, "se": se, "low": low,
      "high": high, "gain_min": gainMin, "gain_max": gainMax, "bounds_are_outer": boundsAreOuter,
      "segments": bySegment.map(\.json),
    ]
  }

  var setJSON: JSONValue {
    .object(set.map { ($0.feature, Double($0.level).map { .number($0) } ?? .string($0.level)) })
  }
}

extension Improvement.SegmentGain {
  var json: JSONValue {
    [
      "segment": segment, "fit": fit, "fit_min": fitMin, "fit_max": fitMax, "gain": gain, "se": se,
      "low": low, "high": high,
      "gain_min": gainMin, "gain_max": gainMax,
    ]
  }
}
