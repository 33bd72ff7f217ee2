public import TesseraSurvey

extension StudyData {
  /// Columns named by a study, with the name of each set replaced by its members.
  ///
  /// - Parameter names: Names of columns or sets.
  /// - Returns: Names of columns, each once, in the order named.
  public func columns(_ names: [String]) -> [String] {
    var seen: Set<AnswerCode> = []
    var result: [String] = []
    for name in names {
      for column in set(name)?.members ?? [name] where seen.insert(.text(column)).inserted {
        result.append(column)
      }
    }
    return result
  }

  /// The multiple-response set with a name, if there is one.
  ///
  /// - Parameter name: The set's name.
  /// - Returns: The set; its members are 0/1 variables.
  public func set(_ name: String) -> MultipleResponseSet? {
    survey.sets.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The 0/1 variable that says whether an answer of a set was chosen.
  ///
  /// An answer is named by the member's column, by its label, or by what the column's name has
  /// behind the part that all members share (`child_seat` for `stop_child_seat`).
  ///
  /// - Parameters:
  ///   - answer: The answer as typed.
  ///   - set: The set.
  /// - Returns: The variable; `nil` if the set has no such answer.
  public func member(_ answer: String, of set: MultipleResponseSet) -> Variable? {
    let shared = Self.sharedPrefix(set.members)
    let spoken = answer.lowercased()
    let name =
      set.members.first { $0.utf8.elementsEqual(answer.utf8) }
      ?? set.members.first { survey[$0]?.label.lowercased() == spoken }
      ?? set.members.first { $0.dropFirst(shared).lowercased() == spoken }
    return name.flatMap { survey[$0] }
  }

  /// The answers a set offers, as ``member(_:of:)`` takes them.
  ///
  /// - Parameter set: The set.
  /// - Returns: One text for each member: its label, or else its name without the shared part.
  public func answers(of set: MultipleResponseSet) -> [String] {
    let shared = Self.sharedPrefix(set.members)
    return set.members.map { name in
      let label = survey[name]?.label ?? ""
      return label.isEmpty ? String(name.dropFirst(shared)) : label
    }
  }

  /// Number of letters that all names begin with, up to the last mark between words.
  private static func sharedPrefix(_ names: [String]) -> Int {
    guard names.count > 1, let first = names.first else { return 0 }
    var letters = Array(first)
    for name in names.dropFirst() {
      let same = zip(letters, name).prefix { $0.0 == $0.1 }.count
      letters = Array(letters.prefix(same))
    }
    let marks: Set<Character> = ["_", ".", ":", "-", " ", "/"]
    return (letters.lastIndex { marks.contains($0) } ?? -1) + 1
  }
}
