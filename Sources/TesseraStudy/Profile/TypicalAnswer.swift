/// One answer of a typical member: all of them together are answers that real people gave.
public struct TypicalAnswer: Sendable, Equatable {
  /// The column, or the set.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The answer, or the members of a set that are chosen.
  public var answer: String
  /// Share of the segment that gives it, 0 to 1; `nil` for sets.
  public var share: Double?

  /// People who must have given exactly these answers.
  static let leastPeople = 10
  /// Most questions that are told of a typical member.
  private static let mostQuestions = 12

  /// The answers of a typical member: of the answers that ten or more members gave in just this
  /// combination those nearest to the commonest of each question.
  ///
  /// Questions that set the segment apart come first; as many are taken as leave such a combination.
  ///
  /// - Parameters:
  ///   - descriptors: The questions, each with its ``VariableProfile`` in the segment.
  ///   - profiles: As many.
  ///   - members: Rows of the likeliest members.
  /// - Returns: At least two answers, in the order of the questions; none where no combination has ten.
  static func real(
    _ descriptors: [Descriptor], _ profiles: [VariableProfile], members: [Int]
  ) -> [TypicalAnswer] {
    guard members.count >= leastPeople else { return [] }
    let columns = zip(descriptors, profiles).compactMap(Column.init)
    let order = columns.indices.sorted {
      (columns[$1].effect, $0) < (columns[$0].effect, $1)
    }.prefix(mostQuestions)
    // Question by question, only groups that still are large enough are divided further.
    var groups: [(answers: [(column: Int, value: Int)], rows: [Int])] = [([], members)]
    var taken: [Int] = []
    for place in order {
      let column = columns[place]
      let finer = groups.flatMap { group in
        Dictionary(grouping: group.rows) { column.values[$0] }.filter { value, rows in
          value != Column.missing && rows.count >= leastPeople && column.isShown(value)
        }.map { (answers: group.answers + [(place, $0)], rows: $1) }
      }
      guard !finer.isEmpty else { break }
      groups = finer
      taken.append(place)
    }
    guard taken.count > 1 else { return [] }
    taken.sort()
    let common = taken.map { columns[$0].commonest(members) }
    let found = groups.map { group in
      let pattern = group.answers.sorted { $0.column < $1.column }.map(\.value)
      return (
        near: zip(pattern, common).count { $0 == $1 }, many: group.rows.count, pattern: pattern
      )
    }
    let best = found.max {
      if $0.near != $1.near { return $0.near < $1.near }
      return $0.many != $1.many
        ? $0.many < $1.many : $1.pattern.lexicographicallyPrecedes($0.pattern)
    }
    return zip(taken, best?.pattern ?? []).map { columns[$0].told($1) }
  }

  /// A question's answers by row, as one number each.
  private struct Column {
    static let missing = -1
    let profile: VariableProfile
    let values: [Int]

    var effect: Double { abs(profile.effectSize ?? 0) }

    init?(_ descriptor: Descriptor, _ profile: VariableProfile) {
      guard profile.role == .active else { return nil }
      self.profile = profile
      switch descriptor.content {
      case .categories(let categories, let positions):
        guard profile.categories.count == categories.count else { return nil }
        values = positions.map { $0 == 0 ? Self.missing : $0 - 1 }
      case .members(let members):
        guard !members.isEmpty, members.count < 32, profile.categories.count == members.count
        else { return nil }
        values = members[0].positions.indices.map { row in
          var value = 0
          for (place, member) in members.enumerated() {
            if member.positions[row] == 0 { return Self.missing }
            if member.positions[row] == 2 { value |= 1 << place }
          }
          return value
        }
      case .numbers: return nil
      }
    }

    private var isSet: Bool { profile.level == "multiple" }

    func commonest(_ members: [Int]) -> Int {
      var counts: [Int: Int] = [:]
      for row in members where values[row] != Self.missing { counts[values[row], default: 0] += 1 }
      return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? Self.missing
    }

    func isShown(_ value: Int) -> Bool {
      isSet
        ? profile.categories.allSatisfy { $0.share != nil } : profile.categories[value].share != nil
    }

    func told(_ value: Int) -> TypicalAnswer {
      let label = profile.label.isEmpty ? profile.name : profile.label
      guard isSet else {
        let one = profile.categories[value]
        return TypicalAnswer(
          name: profile.name, label: label, answer: one.label, share: one.share)
      }
      let chosen = profile.categories.indices.filter { value >> $0 & 1 == 1 }
        .map { profile.categories[$0].label }
      return TypicalAnswer(
        name: profile.name, label: label,
        answer: chosen.isEmpty ? "none of them" : chosen.joined(separator: ", "), share: nil)
    }
  }
}
