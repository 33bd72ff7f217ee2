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

  /// Makes a marker.
  ///
  /// - Parameters:
  ///   - name: The column, or the member of a set.
  ///   - answer: The answer in a few words.
  ///   - share: Share of the segment that gives it.
  ///   - precision: Share of those who give it that belong to the segment.
  ///   - lift: How many times as likely the answer makes the segment.
  public init(name: String, answer: String, share: Double, precision: Double, lift: Double) {
    self.name = name
    self.answer = answer
    self.share = share
    self.precision = precision
    self.lift = lift
  }

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
    let all = traits.compactMap { trait -> (marker: SegmentMarker, score: Double)? in
      guard case .share(let share, let total) = trait.measure, trait.effect > 0, total > 0,
        !trait.smallBase, share > 0
      else { return nil }
      let lift = share / total
      let precision = min(1, segmentShare * lift)
      guard lift >= leastLift else { return nil }
      return (
        SegmentMarker(
          name: trait.variable, answer: trait.words, share: share, precision: precision,
          lift: lift), 2 * share * precision / (share + precision)
      )
    }
    let order = all.indices.sorted { (all[$1].score, $0) < (all[$0].score, $1) }
    var seen: Set<String> = []
    return Array(
      order.map { all[$0].marker }.filter { seen.insert($0.name).inserted }.prefix(most))
  }
}

/// One answer of a typical respondent.
public struct TypicalAnswer: Sendable, Equatable {
  /// The column, or the set.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The answer: the commonest, the mean, or the members of a set that most choose.
  public var answer: String
  /// Share of the segment that gives it, 0 to 1; `nil` for means and sets.
  public var share: Double?

  /// Makes an answer.
  ///
  /// - Parameters:
  ///   - name: The column, or the set.
  ///   - label: What a reader sees.
  ///   - answer: The answer.
  ///   - share: Share of the segment that gives it.
  public init(name: String, label: String, answer: String, share: Double?) {
    self.name = name
    self.label = label
    self.answer = answer
    self.share = share
  }

  /// The commonest answer to each question, of shown cells only.
  ///
  /// A respondent made of them need not exist: answers are common one by one.
  ///
  /// - Parameter variables: The segment's profile.
  /// - Returns: An answer for each active and passive question that may be shown.
  static func commonest(_ variables: [VariableProfile]) -> [TypicalAnswer] {
    variables.filter { $0.role == .active || $0.role == .passive }.compactMap { variable in
      let label = variable.label.isEmpty ? variable.name : variable.label
      if variable.level == "multiple" {
        let chosen = variable.categories.filter { ($0.share ?? 0) >= 0.5 }.map(\.label)
        let isShown = variable.categories.contains { $0.share != nil }
        guard isShown else { return nil }
        return TypicalAnswer(
          name: variable.name, label: label,
          answer: chosen.isEmpty ? "none of them" : chosen.joined(separator: ", "), share: nil)
      }
      if variable.categories.isEmpty {
        return variable.mean.map {
          TypicalAnswer(
            name: variable.name, label: label, answer: SegmentDescription.number($0), share: nil)
        }
      }
      guard
        let top = variable.categories.enumerated().max(by: {
          ($0.element.share ?? -1, -$0.offset) < ($1.element.share ?? -1, -$1.offset)
        })?.element, let share = top.share
      else { return nil }
      return TypicalAnswer(name: variable.name, label: label, answer: top.label, share: share)
    }
  }
}
