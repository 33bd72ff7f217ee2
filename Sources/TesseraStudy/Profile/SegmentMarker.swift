/// An answer that gives a member of a segment away.
public struct SegmentMarker: Sendable, Equatable {
  /// The column, or the member of a set.
  public var name: String
  /// The answer in a few words.
  public var answer: String
  /// Share of the segment that gives it, 0 to 1.
  public var share: Double
  /// Share of those who give it that belong to the segment, 0 to 1.
  public var precision: Double
  /// How many times as likely the answer makes the segment.
  public var lift: Double

  /// Most markers told of a segment.
  static let most = 5
  /// An answer that fewer than this times raises the chance of the segment is no marker.
  static let leastLift = 1.25

  /// The best markers: answers that many members give and few others, by the harmonic mean of the
  /// two shares.
  ///
  /// - Parameters:
  ///   - traits: What sets the segment apart, of shown cells only.
  ///   - segmentShare: The segment's share of everybody.
  /// - Returns: At most five, one for each question.
  static func best(_ traits: [Trait], segmentShare: Double) -> [SegmentMarker] {
    // An answer that several questions share is told with its question.
    let asked = Dictionary(grouping: traits, by: \.answer).mapValues {
      Set($0.map(\.variable)).count
    }
    let all = traits.compactMap { trait -> (marker: SegmentMarker, score: Double)? in
      guard case .share(let share, let total) = trait.measure, trait.effect > 0, total > 0,
        !trait.smallBase, share > 0
      else { return nil }
      let lift = share / total
      let precision = min(1, segmentShare * lift)
      guard lift >= leastLift else { return nil }
      return (
        SegmentMarker(
          name: trait.variable,
          answer: (asked[trait.answer] ?? 0) > 1 ? trait.answered : trait.shortly, share: share,
          precision: precision,
          lift: lift), 2 * share * precision / (share + precision)
      )
    }
    let order = all.indices.sorted { (all[$1].score, $0) < (all[$0].score, $1) }
    var seen: Set<String> = []
    return Array(
      order.map { all[$0].marker }.filter { seen.insert($0.name).inserted }.prefix(most))
  }
}
