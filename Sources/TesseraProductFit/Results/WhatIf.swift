import TesseraMath
public import TesseraStudy

/// Answers "what if this product were different?" for a study at hand.
///
/// Errors are of edited less unedited fit of the same people in the same replicate.
public struct WhatIf: StudyQuestion {
  private let analysis: FitAnalysis
  private let source: FitSource

  /// Puts the question to a study.
  public init(_ study: FinishedStudy) { (analysis, source) = (study.analysis, study.source) }

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
