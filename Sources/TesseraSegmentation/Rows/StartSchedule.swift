/// How many starts a search makes.
public enum StartPolicy: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// 20, and more as long as they cost little or too few have come to the best.
  case adaptive
  /// So many.
  case fixed(Int)

  /// So many starts.
  ///
  /// - Parameter value: Number of starts, 1 or more.
  public init(integerLiteral value: Int) {
    self = .fixed(value)
  }
}

/// How many starts a search makes: the one rule of all methods that climb from starts.
///
/// Starts are made in waves. A search that costs little never stops at the first wave, and goes on
/// as long as more starts cost little. Beyond that, more are made as long as too few have come to
/// the best: with a chance h of a start to come to the best optimum, S starts miss it with a chance
/// of (1 - h)^S, and that those made so far agree says little of h where it is small.
package struct StartSchedule: Sendable {
  /// Starts that are made in any case; all there are if `isFixed`.
  let first: Int
  /// Whether the first wave is the only one.
  let isFixed: Bool
  /// Starts up to which a search that has not found its best often goes on whatever it costs.
  let persistent: Int
  /// Whether more starts are made than needed where they cost little.
  let isLavish: Bool

  /// Starts by the end of each wave after the first.
  private static let waves = [50, 100, 200, 400]
  /// Work, in elementary operations, that is not worth saving: some tenths of a second.
  package static let ample = 4e8
  /// Work up to which a search that has not found its best often goes on: about a second.
  package static let most = 1.2e9
  /// Work up to which a first wave never is the last.
  private static let small = 8e8
  /// Starts that suffice if the best was found often.
  private static let enough = 100

  /// Chooses the starts that are made in any case.
  ///
  /// - Parameters:
  ///   - first: Starts that are made in any case.
  ///   - isFixed: Whether no more may be made.
  ///   - persistent: Starts up to which a search that has not found its best often goes on,
  ///     whatever it costs.
  ///   - isLavish: Whether more starts are made than needed where they cost little.
  package init(
    first: Int = 20, isFixed: Bool = false, persistent: Int = 0, isLavish: Bool = true
  ) {
    self.first = first
    self.isFixed = isFixed
    self.persistent = persistent
    self.isLavish = isLavish
  }

  /// The schedule of a policy.
  ///
  /// - Parameter policy: How many starts are asked for.
  package init(_ policy: StartPolicy) {
    switch policy {
    case .adaptive: self.init()
    case .fixed(let count): self.init(first: max(1, count), isFixed: true)
    }
  }

  /// How many starts there should be by the end of the next wave.
  ///
  /// - Parameters:
  ///   - begun: Starts made so far.
  ///   - hits: How many of them came to the best.
  ///   - work: What they cost, in elementary operations.
  /// - Returns: More than `begun`, or nil if that is enough.
  package func goal(after begun: Int, hits: Int, work: Double) -> Int? {
    if begun < first { return first }
    guard !isFixed, let next = Self.waves.first(where: { $0 > begun }) else { return nil }
    let each = work / Double(begun)
    let projected = each * Double(next)
    let isSmall = each * Double(first) <= Self.small
    if isSmall, isLavish, begun == first || (next <= Self.enough && projected <= Self.ample) {
      return next
    }
    guard hits < (isSmall ? 5 : 3) else { return nil }
    return next <= persistent || projected <= Self.most ? next : nil
  }
}
