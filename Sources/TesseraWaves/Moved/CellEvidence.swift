/// The evidence of change of each question in each segment, in the survey and in sets without a change.
///
/// Each cell is held against its own mean and spread, with the largest of all cells as the yardstick. The
/// survey counts among the sets, so that without a change all of them are alike.
struct CellEvidence {
  /// Cells of the survey and of each set, standardised.
  private let standard: [[Double]]
  /// The largest cell of each.
  private let largest: [Double]
  /// Evidence in the survey as a multiple of its mean over the sets.
  private let ratios: [Double]

  /// Standardises cells.
  ///
  /// - Parameters:
  ///   - found: Evidence in the survey.
  ///   - reference: The same in each set.
  init(_ found: [Double], _ reference: [[Double]]) {
    let sets = [found] + reference
    let count = Double(sets.count)
    let means = found.indices.map { cell in
      max(1e-9, sets.reduce(0) { $0 + $1[cell] } / count)
    }
    // Cells of many answers vary less around their mean than those of few.
    let spreads = found.indices.map { cell in
      let squares = sets.reduce(0) { sum, set in
        sum + (set[cell] - means[cell]) * (set[cell] - means[cell])
      }
      return max(1e-9, (squares / count).squareRoot())
    }
    standard = sets.map { set in
      set.indices.map { (set[$0] - means[$0]) / spreads[$0] }
    }
    largest = standard.map { $0.max() ?? 0 }
    ratios = found.indices.map { cell in
      found[cell] / max(1e-9, reference.reduce(0) { $0 + $1[cell] } / max(1, count - 1))
    }
  }

  /// The cells, of largest evidence first.
  func questions(items: Int) -> [SegmentsMoved.Question] {
    let own = standard[0]
    return own.indices.sorted { (-own[$0], $0) < (-own[$1], $1) }.map { cell in
      SegmentsMoved.Question(
        segment: cell / items, item: cell % items, ratio: ratios[cell],
        pAdjusted: Double(largest.count { $0 >= own[cell] }) / Double(largest.count))
    }
  }

  /// p of the smaller of two p: that of a sum over all cells and that of the largest cell.
  ///
  /// - Parameter sums: The sum in the survey, and in each set.
  /// - Returns: Share of survey and sets whose smaller p is as small.
  func together(_ sums: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Int] {
      values.map { value in values.count { $0 >= value } }
    }
    let (one, other) = (ranks(sums), ranks(largest))
    // Ties by the other of the two.
    let keys = zip(one, other).map { (min($0, $1), max($0, $1)) }
    return Double(keys.count { $0 <= keys[0] }) / Double(keys.count)
  }
}
