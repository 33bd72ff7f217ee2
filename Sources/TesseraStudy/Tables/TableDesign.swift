import TesseraDesign
import TesseraSurvey

/// What tables need to know of how respondents were drawn.
struct TableDesign: Sendable {
  /// Design weight of each row.
  let weights: [Double]
  /// Respondents behind each row.
  let heads: [Double]
  /// What was drawn.
  let units: SamplingUnits
  /// Whether weights were fitted to known totals, which takes variance out of scores.
  let isRaked: Bool
  /// Whether clusters were drawn.
  let isClustered: Bool
  /// Whether some respondents count more than others.
  let isWeighted: Bool

  init(_ design: SurveyDesign) {
    weights = design.weights
    heads = design.heads
    units = SamplingUnits(design)
    isRaked = design.margins != nil
    isClustered = !design.clusters.isEmpty
    isWeighted =
      design.kind != .frequency && design.weights.contains { abs($0 - design.weights[0]) > 1e-9 }
  }

  /// Whether there is more than one stratum.
  var hasStrata: Bool { units.strata > 1 }

  /// Whether variances follow from sums over rows: neither clusters nor known totals.
  var isByRow: Bool { !isClustered && !isRaked }

  /// What the squared score of a row is multiplied by in variances, its squared weight included.
  func productScale(_ row: Int) -> Double {
    weights[row] * weights[row] * units.factor(ofRow: row)
  }
}

/// A part of the score of a difference: weight times membership times (answer less centre).
struct ScoreTerm {
  /// The column.
  let column: Int
  /// Multiplies the part.
  let factor: Double
  /// What is taken off the answer.
  let centre: Double
}
