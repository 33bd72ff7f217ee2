/// Which cells of a table of answers by segments may be shown, and how exactly.
///
/// By bases (`standard`): the column of a segment is hidden if too few of its people answered, with
/// the next smallest one if the hidden columns together hold too few, and its shares are rounded if
/// its base is small. By counts (`strict`): see ``CellSuppression``.
package struct CellRules: Sendable {
  /// People that a base, or a count under `strict`, must hold; 1 or less hides nothing.
  package let minimum: Double
  /// Bases below this are marked, and their shares rounded.
  package let small: Double
  /// Whether counts and complements decide, not bases.
  package let isStrict: Bool
  /// Whether numbers are shown at all; if not, only names are made of them.
  let isTold: Bool

  /// Rules.
  package init(minimum: Double, small: Double, isStrict: Bool, isTold: Bool) {
    self.minimum = minimum
    self.small = small
    self.isStrict = isStrict
    self.isTold = isTold
  }

  /// Shares of small bases are multiples of it.
  static let grain = 0.05

  /// The same rules, or those by counts.
  package func strict(_ isStrict: Bool) -> CellRules {
    CellRules(
      minimum: minimum, small: small, isStrict: isStrict || self.isStrict, isTold: isTold)
  }

  /// Which cells are hidden.
  ///
  /// - Parameter counts: Respondents (unweighted): a row an answer, a column a segment.
  /// - Returns: Whether a cell is hidden; a last column stands for everybody.
  package func hidden(_ counts: [[Double]]) -> [[Bool]] {
    if isStrict {
      return CellSuppression(minimum: minimum, isProtecting: isTold).hidden(counts)
    }
    guard let first = counts.first else { return [] }
    let bases = first.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    let columns = hiddenColumns(bases)
    return counts.map { _ in columns }
  }

  /// Which columns are hidden for want of people.
  ///
  /// - Parameter bases: Respondents (unweighted) with an answer in each segment.
  /// - Returns: Whether a column is hidden; a last element stands for everybody.
  package func hiddenColumns(_ bases: [Double]) -> [Bool] {
    CellSuppression(minimum: minimum, isProtecting: isTold).hiddenBases(bases)
  }

  /// A share as it is shown.
  ///
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - base: Respondents it rests on.
  /// - Returns: Four decimals, or a multiple of 5 points on a small base, with its bounds where that
  ///   is 0 or 1.
  package func shown(
    _ share: Double, base: Double
  ) -> (share: Double, bounds: (Double, Double)?) {
    guard minimum > 1, isTold else { return (share, nil) }
    guard base < small else { return ((share * 10_000).rounded() / 10_000, nil) }
    let steps = (share / Self.grain).rounded()
    if steps <= 0 { return (0, (0, 2 * Self.grain)) }
    if steps >= (1 / Self.grain).rounded() { return (1, (1 - 2 * Self.grain, 1)) }
    return (steps / (1 / Self.grain).rounded(), nil)
  }
}

extension CellRules {
  /// A share of people that stands for itself, as it is shown; `nil` if it is hidden.
  ///
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - base: Respondents it rests on.
  ///   - everybody: People of the whole survey of whom the same holds; `nil` where that is not asked.
  /// - Returns: By bases the share as ``rounded(_:base:)`` has it, and nothing of what fewer people of
  ///   the survey do than may be shown; by counts nothing where it or its complement stands for too
  ///   few.
  package func told(_ share: Double, base: Double, everybody: Double? = nil) -> Double? {
    guard share.isFinite else { return nil }
    guard minimum > 1 else { return share }
    if base < minimum { return nil }
    if let everybody, everybody > 1e-9, everybody < minimum { return nil }
    if isStrict, min(share, 1 - share) * base < minimum - 1e-9 { return nil }
    return rounded(share, base: base)
  }

  /// A share as exact as the size of its base lets it be.
  package func rounded(_ share: Double, base: Double) -> Double { shown(share, base: base).share }
}
