/// The ranks that a product may have in a segment, with 95% confidence for all products at once.
public struct RankSet: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// The best rank it may have, from 1.
  public var best: Int
  /// The worst rank it may have.
  public var worst: Int
}

extension FitResult {
  /// The products that may fit a segment best, the largest fit first: one where it is beyond doubt.
  ///
  /// By rank sets, which hold for all products at once; where none were worked out, those that no
  /// contrast shows to be behind another.
  ///
  /// - Parameter segment: The segment's id.
  /// - Returns: Their cells; none where the segment is hidden.
  public func leaders(in segment: String) -> [FitCell] {
    let own = cells.filter { $0.segment == segment && $0.fit != nil }
    let sets = ranks.filter { $0.segment == segment }
    let first = own.filter { cell in
      sets.isEmpty
        ? !contrasts.contains {
          $0.segment == segment && $0.product == cell.product && $0.isClearlyBehind
        }
        : sets.contains { $0.product == cell.product && $0.best == 1 }
    }
    return first.enumerated()
      .sorted { ($1.element.fit ?? 0, $0.offset) < ($0.element.fit ?? 0, $1.offset) }
      .map(\.element)
  }

  /// Whether which product fits a segment best hangs on levels that are not known: several may, and one
  /// of them may lie anywhere in a range.
  public func isOpen(in segment: String) -> Bool {
    let leaders = leaders(in: segment)
    return leaders.count > 1 && leaders.contains { $0.unknownRange != nil }
  }
}
