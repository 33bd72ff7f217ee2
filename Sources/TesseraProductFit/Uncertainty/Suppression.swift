import TesseraDesign
import TesseraStudy
import TesseraSurvey

/// Which segments are too small to be told, by the rule of ``CellSuppression``.
struct Suppression: Sendable, Equatable {
  /// Respondents of each segment, by highest posterior, frequencies counted.
  let bases: [Double]
  /// Whether each segment is suppressed.
  let isHidden: [Bool]
  /// Whether even the total stands for too few.
  let isTotalHidden: Bool
  /// The fewest respondents a cell may stand for.
  let minimum: Double

  init(_ segmented: SegmentedSurvey, isUsed: [Bool], minimumCell: Int) {
    var bases = [Double](repeating: 0, count: segmented.segments.count)
    for (respondent, segment) in segmented.posterior.likeliest.enumerated()
    where isUsed[respondent] {
      bases[segment] += segmented.design.heads(respondent)
    }
    minimum = minimumCell > 1 ? Double(minimumCell) : 0
    let hidden = CellSuppression(minimum: minimum).hiddenBases(bases)
    self.bases = bases
    isHidden = Array(hidden.dropLast())
    isTotalHidden = hidden[bases.count]
  }

  /// What was hidden, in a sentence; `nil` if nothing was.
  var note: String? {
    let count = isHidden.count { $0 }
    guard count > 0 else { return nil }
    return
      "\(count) of \(isHidden.count) segments are suppressed: fewer than \(Int(minimum)) "
      + "respondents, or needed to protect one that has fewer."
  }
}
