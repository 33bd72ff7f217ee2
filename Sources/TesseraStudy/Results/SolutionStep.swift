import TesseraMath
import TesseraSegmentation

/// What becomes of segments from one number of them to the next tried: who stays, splits, joins.
///
/// - Reference: Dolnicar & Leisch (2017), *Marketing Letters* 28, 423–436 (segment level stability
///   across solutions).
public struct SolutionStep: Sendable, Equatable {
  /// Number of segments before.
  public var fromSegments: Int
  /// Number of segments after.
  public var toSegments: Int
  /// Share of all people in each pair of segments, before × after; `nil` for too few respondents.
  public var flows: [[Double?]]
  /// Share of each segment before, largest first.
  public var fromShares: [Double]
  /// Share of each segment after.
  public var toShares: [Double]
  /// For each segment after, 1 − H / ln(segments before), H the entropy of where members come from:
  /// 1 from one segment, 0 evenly from all; `nil` from a single one.
  public var stability: [Double?]

  /// Follows respondents through solutions with more and more segments.
  ///
  /// Shares are weighted and rounded, and pairs of segments that few respondents share are left
  /// out; the stability is that of the shares told, so that it gives none of them back.
  ///
  /// - Parameters:
  ///   - solutions: Labels of all respondents, from 0, in rising order of the number of segments.
  ///   - counts: The number of segments of each, some of which may be nobody's likeliest.
  ///   - weights: Design weight of each respondent.
  ///   - heads: How many respondents each row is.
  ///   - minimumCell: Pairs of fewer respondents are left out.
  /// - Returns: One step fewer than solutions.
  static func all(
    _ solutions: [[Int]], counts: [Int], weights: [Double], heads: [Double], minimumCell: Int
  ) -> [SolutionStep] {
    let rounding = CountRounding(minimumCell: minimumCell)
    let grain = minimumCell > 1 ? rounding.base / heads.reduce(0, +) : 0
    return solutions.indices.dropFirst().map { place in
      let (from, to) = (counts[place - 1], counts[place])
      var masses = Matrix(rows: from, columns: to)
      var people = masses
      for (row, (before, after)) in zip(solutions[place - 1], solutions[place]).enumerated() {
        masses[before, after] += weights[row]
        people[before, after] += heads[row]
      }
      let whole = CrossTable(counts: masses)
      var told = Matrix(rows: from, columns: to)
      var flows = [[Double?]](repeating: [Double?](repeating: nil, count: to), count: from)
      for row in 0..<from {
        for column in 0..<to where rounding.shown(people[row, column]) != nil {
          let share = masses[row, column] / whole.total
          let rounded = grain > 0 ? max(grain, (share / grain).rounded() * grain) : share
          told[row, column] = rounded
          flows[row][column] = rounded
        }
      }
      let stability = SegmentLevelStability.Step(CrossTable(counts: told)).stability
      return SolutionStep(
        fromSegments: from, toSegments: to, flows: flows,
        fromShares: whole.rowSums.map { $0 / whole.total },
        toShares: whole.columnSums.map { $0 / whole.total },
        stability: (0..<to).map { told.column($0).contains { $0 > 0 } ? stability[$0] : nil })
    }
  }
}
