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

  /// The answers of a typical member: the commonest answer to each question, as far as ten or more
  /// members gave all of them together.
  ///
  /// Questions that set the segment apart come first; one whose commonest answer too few of these
  /// members gave is left out.
  ///
  /// - Parameters:
  ///   - descriptors: The questions, each with its ``VariableProfile`` in the segment.
  ///   - profiles: As many.
  ///   - members: Rows of the likeliest members.
  /// - Returns: At least two answers, in the order of the questions; none where no combination has ten.
  static func real(
    _ descriptors: [Descriptor], _ profiles: [VariableProfile], members: [Int]
  ) -> [TypicalAnswer] {
    let columns = zip(descriptors, profiles).compactMap(Column.init)
    let order = columns.indices.sorted {
      (columns[$1].effect, $0) < (columns[$0].effect, $1)
    }.prefix(mostQuestions)
    var rows = members
    var taken: [(place: Int, value: Int)] = []
    for place in order {
      let column = columns[place]
      let value = column.commonest(members)
      guard value != Column.missing, column.isShown(value) else { continue }
      let same = rows.filter { column.values[$0] == value }
      guard same.count >= leastPeople else { continue }
      rows = same
      taken.append((place, value))
    }
    guard taken.count > 1 else { return [] }
    return taken.sorted { $0.place < $1.place }.map { columns[$0.place].told($0.value) }
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
