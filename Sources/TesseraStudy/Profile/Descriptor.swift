package import TesseraSurvey

/// A question told in profiles, with everybody's answers.
package struct Descriptor {
  /// The column, or the set.
  package let name: String
  /// What a reader sees.
  package let label: String
  /// The level as outputs write it.
  package let level: String
  /// What it is for.
  package let role: VariableProfile.Role
  /// The answers.
  package let content: Content

  /// The answers, by what can be told of them.
  package enum Content {
    /// One answer of several: positions from 1, 0 without an answer.
    case categories([Category], positions: [Int])
    /// Several answers: for each member 2 chosen, 1 not chosen, 0 not asked.
    case members([Member])
    /// Numbers; NaN without an answer.
    case numbers([Double])
  }

  /// An answer of a set.
  package struct Member {
    package let name: String
    package let label: String
    package let positions: [Int]
  }
}

/// Gathers the questions that profiles tell of.
package struct DescriptorReader {
  /// The questions, active ones first.
  package private(set) var descriptors: [Descriptor] = []
  /// Columns that cannot be told, in sentences.
  package private(set) var notes: [String] = []
  private let survey: Survey
  private let labels: [String: String]
  private var seen: Set<AnswerCode> = []

  /// More categories than this are no table for a reader.
  private static let mostCategories = 60

  /// Reads the questions of a study.
  ///
  /// - Parameters:
  ///   - survey: The respondents' answers.
  ///   - active: Columns or sets that made the segments.
  ///   - passive: Columns or sets that only describe them.
  ///   - roles: Values, channels and needs.
  /// - Throws: ``StudyError`` E0501 if a name is unknown.
  package init(
    _ survey: Survey, active: [String], passive: [String], roles: StudyRoles
  ) throws(StudyError) {
    self.survey = survey
    labels = roles.labels
    try add(active, role: .active, key: "segments.active")
    // Before the passive ones, among which the same columns often stand.
    let before = descriptors.count
    try add(roles.values, role: .value, key: "values")
    try add(roles.channels, role: .channel, key: "channels")
    try add(roles.needs, role: .need, key: "needs")
    let special = descriptors[before...]
    descriptors.removeSubrange(before...)
    try add(passive, role: .passive, key: "segments.passive")
    descriptors += special
  }

  private mutating func add(
    _ names: [String], role: VariableProfile.Role, key: String
  ) throws(StudyError) {
    for name in names {
      let question = try survey.question(name, under: key)
      if let set = question.set {
        add(members: question.variables, of: set, role: role)
      } else if let set = survey.set(holding: name) {
        // Members named one by one are told together, as the set they were asked in.
        let mates = names.filter { mate in set.members.contains { $0 == mate } }
          .compactMap { survey[$0] }
        add(members: mates, of: set, role: role)
      } else {
        // What was asked is shown as it was asked; a role names only what has no words of its own.
        let own = question.variables[0].label
        add(
          question.variables[0],
          label: own.isEmpty || own == name ? labels[name] ?? question.label : question.label,
          role: role)
      }
    }
  }

  private mutating func add(
    members: [Variable], of set: MultipleResponseSet, role: VariableProfile.Role
  ) {
    let fresh = members.filter { seen.insert(.text($0.name)).inserted }
    guard !fresh.isEmpty else { return }
    let stem = MemberLabel(set: set, wordings: fresh.map(\.label))
    let told = fresh.map { variable in
      let encoding = IndicatorEncoding(
        name: variable.name, label: variable.label, set: set.name, form: .chosen(set.chosenCode))
      var positions: [Int] = []
      if case .codes(let codes) = encoding.read(variable).answers {
        positions = codes.map { Int($0) }
      }
      return Descriptor.Member(
        name: variable.name, label: stem.label(of: variable), positions: positions)
    }
    descriptors.append(
      Descriptor(
        name: set.name, label: set.title, level: "multiple",
        role: role, content: .members(told)))
  }

  private mutating func add(_ variable: Variable, label: String, role: VariableProfile.Role) {
    guard seen.insert(.text(variable.name)).inserted else { return }
    let content: Descriptor.Content
    switch variable.level {
    case .text, .date:
      notes.append("\(variable.name) holds text or dates and is not told in profiles.")
      return
    case .numeric where !variable.answers.isCoded || variable.isNumeric,
      .count where !variable.answers.isCoded || variable.isNumeric:
      content = .numbers(variable.numbers)
    case .ordinal where (role == .value || role == .need) && variable.isNumeric:
      content = .numbers(variable.numbers)
    default:
      let answers = CategoricalAnswers(variable)
      let counts = answers.counts(heads: [Double](repeating: 1, count: answers.column.count))
      let present = counts.indices.filter { counts[$0] > 0 }
      guard present.count <= Self.mostCategories else {
        notes.append(
          "\(variable.name) has \(present.count) different answers and is not told in profiles.")
        return
      }
      var place = [Int](repeating: 0, count: counts.count + 1)
      for (position, category) in present.enumerated() { place[category + 1] = position + 1 }
      content = .categories(
        present.map { answers.categories[$0] }, positions: answers.column.values(of: place))
    }
    descriptors.append(
      Descriptor(
        name: variable.name, label: label, level: variable.level.rawValue, role: role,
        content: content))
  }
}

/// What a reader sees of the members of a set: their labels, or names without what all share.
package struct MemberLabel {
  private let shared: Int
  /// The question that the members' wordings repeat before their options.
  private let repeated: String

  /// Looks at what the members of a set share.
  ///
  /// - Parameters:
  ///   - set: The set.
  ///   - wordings: The members' wordings.
  package init(set: MultipleResponseSet, wordings: [String] = []) {
    // A wording that the study gives to one of them repeats nothing.
    let alike = Dictionary(grouping: wordings) { String($0.prefix(6)) }
    let some =
      alike.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value ?? []
    repeated = String((some.first ?? "").prefix(Self.repeated(some)))
    guard set.members.count > 1, var prefix = set.members.first.map({ Array($0) }) else {
      shared = 0
      return
    }
    for member in set.members.dropFirst() {
      prefix = Array(prefix.prefix(zip(prefix, member).prefix { $0.0 == $0.1 }.count))
    }
    let marks: Set<Character> = ["_", ".", ":", "-", " ", "/"]
    shared = (prefix.lastIndex { marks.contains($0) } ?? -1) + 1
  }

  /// The option that a member stands for.
  package func label(of variable: Variable) -> String {
    guard variable.label.isEmpty || variable.label == variable.name else {
      return variable.label.hasPrefix(repeated)
        ? String(variable.label.dropFirst(repeated.count)) : variable.label
    }
    // "Channels (choice=Web)", "Channels? [Web]" and "Web:Channels?" hold the option between marks.
    if let split = NameStem.split(variable.name),
      [.choice, .brackets, .colon].contains(split.form)
    {
      return split.option
    }
    return String(variable.name.dropFirst(shared))
  }

  /// How many letters all wordings begin with, up to a mark that ends a question.
  private static func repeated(_ wordings: [String]) -> Int {
    guard wordings.count > 1, var prefix = wordings.first.map({ Array($0) }) else { return 0 }
    for wording in wordings.dropFirst() {
      prefix = Array(prefix.prefix(zip(prefix, wording).prefix { $0.0 == $0.1 }.count))
    }
    while let last = prefix.last, !":?-–".contains(last) {
      guard last == " " || prefix.contains(where: { ":?-–".contains($0) }) else { return 0 }
      prefix.removeLast()
    }
    let ends: Set<Character> = [":", "?", "-", "–", " "]
    var count = prefix.count
    let shortest = wordings.map(\.count).min() ?? 0
    while count < shortest, wordings.allSatisfy({ ends.contains(Array($0)[count]) }) { count += 1 }
    // A hyphen inside a word ends no question, and an option has to be left.
    guard count >= 6, count < shortest,
      wordings.allSatisfy({ " :?".contains(Array($0)[count - 1]) })
    else { return 0 }
    return count
  }
}
