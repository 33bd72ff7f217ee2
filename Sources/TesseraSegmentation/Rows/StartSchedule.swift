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
  static let ample = 4e8
  /// Work up to which a search that has not found its best often goes on: about a second.
  static let most = 1.2e9
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
