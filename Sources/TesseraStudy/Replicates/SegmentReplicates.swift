import TesseraDesign
public import TesseraMath

/// A study's respondents drawn again by their design and segmented again, many times over.
///
/// Every replicate is kept as its seed, which gives its weights, and the numbers of its model, which
/// give its memberships. All intervals of a run come from the same replicates, and later questions
/// (what if?) from the same again.
public struct SegmentReplicates: Sendable {
  /// One replicate.
  public struct Replicate: Sendable, Equatable {
    /// Seed of its draw: a whole number below 2⁵³.
    public let seed: UInt64
    /// Numbers of its model, segments in the order of the study's; empty for given segments.
    public let numbers: [Double]
    /// Whether each of its segments is the nearest to the study's own one, and the other way round.
    public let isAligned: Bool
    /// Whether fresh starts were tried, and beat the reference start.
    public let freshStart: FreshStart
    /// Shares and answers in a row, where they were asked for.
    let estimates: [Double]
  }

  /// What fresh starts did in a replicate.
  public enum FreshStart: Sendable, Equatable {
    /// Not tried.
    case none
    /// Tried, and not better, or better with the same segments.
    case lost
    /// Tried, and better with other segments.
    case won
  }

  /// The replicates.
  public let replicates: [Replicate]
  let source: (any MembershipSource)?
  /// How often fresh starts were tried and won, where replicates come from a file, which does not say.
  public var knownFreshStarts: (tried: Int, won: Int)?

  /// Objectives that differ by less are of the same optimum, reached by another way.
  private static let sameOptimum = 0.05
  /// In one replicate of so many, fresh starts are tried as well.
  public static let freshEvery = 10

  /// Draws replicates.
  ///
  /// - Parameters:
  ///   - segmented: The respondents with their segments.
  ///   - count: How many.
  ///   - seed: The seed of the run.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - progress: Where the work tells how far it has come.
  /// - Returns: The replicates; none where the design leaves nothing to draw from.
  /// - Complexity: O(count × one segmentation).
  public static func draw(
    _ segmented: SegmentedSurvey, count: Int, seed: UInt64, workers: Workers,
    progress: Progress = .silent
  ) -> SegmentReplicates {
    let weights = ReplicateWeights(segmented.design)
    guard count > 0, weights.canDraw else {
      return SegmentReplicates(replicates: [], source: segmented.resegmenter)
    }
    let resegmenter = segmented.resegmenter?.prepared(workers: workers)
    let root = RandomStream(seed: seed).split(0x0F17)
    let reference = ReplicateAlignment(segmented)
    let replicates = workers.map(count) { index -> Replicate in
      var own = root.split(index)
      let seed = own.next() >> 11
      var stream = RandomStream(seed: seed)
      let drawn = weights.draw(&stream)
      guard let resegmenter else {
        progress.report("replicates", index + 1, count)
        return Replicate(
          seed: seed, numbers: [], isAligned: true, freshStart: .none, estimates: [])
      }
      var isAligned = true
      let found = resegmenter.replicate(weights: drawn) { posterior in
        let (order, isSure) = reference.order(of: posterior)
        isAligned = isSure
        return order
      }
      var fresh = FreshStart.none
      if index % freshEvery == 0 {
        let best = found.objective + max(sameOptimum, 1e-6 * abs(found.objective))
        let other = resegmenter.resegment(
          weights: drawn, start: .fresh(stream.split(1), rival: best))
        // A better optimum of the same segments does not question them.
        fresh =
          other.objective > best && !reference.order(of: other.posterior).isSure ? .won : .lost
      }
      let said = resegmenter.estimates(
        of: found.numbers, posterior: { resegmenter.posterior(of: found.numbers) }, weights: drawn)
      progress.report("replicates", index + 1, count)
      return Replicate(
        seed: seed, numbers: found.numbers, isAligned: isAligned, freshStart: fresh,
        estimates: said.map { $0.shares + $0.answers.flatMap { $0.flatMap { $0 } } } ?? [])
    }
    return SegmentReplicates(replicates: replicates, source: resegmenter)
  }

  /// How many there are.
  public var count: Int { replicates.count }

  /// How often fresh starts were tried, and how often they won.
  public var freshStarts: (tried: Int, won: Int) {
    if let knownFreshStarts { return knownFreshStarts }
    var (tried, won) = (0, 0)
    for replicate in replicates where replicate.freshStart != .none {
      tried += 1
      if replicate.freshStart == .won { won += 1 }
    }
    return (tried, won)
  }

  /// How many could not be matched to the study's segments without doubt.
  public var unaligned: Int { replicates.count { !$0.isAligned } }

  /// Works through all replicates.
  ///
  /// - Parameters:
  ///   - segmented: The respondents they were drawn from.
  ///   - workers: How many threads may be used; the result does not depend on it.
  ///   - range: Which of them; `nil` for all.
  ///   - body: Given the number of a replicate, its weights and memberships.
  /// - Returns: One result for each replicate.
  package func map<Result: Sendable>(
    _ segmented: SegmentedSurvey, workers: Workers, in range: Range<Int>? = nil,
    _ body: @escaping @Sendable (_ index: Int, _ weights: [Double], _ posterior: Matrix) -> Result
  ) -> [Result] {
    let weights = ReplicateWeights(segmented.design)
    let (replicates, source) = (replicates, source)
    let range = range ?? 0..<replicates.count
    return workers.map(range.count) { place in
      let index = range.lowerBound + place
      var stream = RandomStream(seed: replicates[index].seed)
      let drawn = weights.draw(&stream)
      let posterior =
        source.map { $0.posterior(of: replicates[index].numbers) } ?? segmented.posterior
      return body(index, drawn, posterior)
    }
  }
}
