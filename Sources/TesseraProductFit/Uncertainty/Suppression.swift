import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Which segments are too small to be told.
///
/// A segment of fewer respondents than the minimum is suppressed. If what is suppressed could be
/// had by taking the others from the total, the next smallest segment is suppressed with it.
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
    let segments = segmented.segments.count
    var bases = [Double](repeating: 0, count: segments)
    for respondent in 0..<segmented.posterior.rows where isUsed[respondent] {
      var best = 0
      for segment in 1..<max(1, segments)
      where segmented.posterior[respondent, segment] > segmented.posterior[respondent, best] {
        best = segment
      }
      bases[best] +=
        segmented.design.kind == .frequency ? segmented.design.weights[respondent] : 1
    }
    let minimum = Double(max(1, minimumCell))
    var isHidden = bases.map { $0 < minimum && minimumCell > 1 }
    var total = 0.0
    for base in bases { total += base }
    while isHidden.contains(true), isHidden.contains(false) {
      var hidden = 0.0
      for segment in bases.indices where isHidden[segment] { hidden += bases[segment] }
      if isHidden.count(where: { $0 }) > 1, hidden >= minimum { break }
      let next = bases.indices.filter { !isHidden[$0] }.min { bases[$0] < bases[$1] }
      if let next { isHidden[next] = true }
    }
    self.bases = bases
    self.isHidden = isHidden
    isTotalHidden = minimumCell > 1 && total < minimum
    self.minimum = minimumCell > 1 ? minimum : 0
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
