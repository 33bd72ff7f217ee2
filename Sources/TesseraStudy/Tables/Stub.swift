import TesseraSurvey

/// The questions at the side of tables.
struct Stub: Sendable {
  /// The questions, in order.
  private(set) var questions: [StubQuestion] = []
  /// Columns that make no table, in sentences.
  private(set) var notes: [String] = []
  /// Columns that ask nothing of people.
  private var unasked: [String] = []

  /// Reads the questions.
  ///
  /// - Parameters:
  ///   - declared: What is asked for.
  ///   - data: The respondents' answers.
  ///   - active: Columns or sets that made the segments.
  ///   - roles: What columns are for.
  ///   - settings: Which columns are shown by counts.
  ///   - allowed: Columns that look like personal data and may be shown.
  /// - Throws: ``StudyError`` for a name that is unknown.
  init(
    _ declared: TablesDeclaration, data: StudyData, active: [String], roles: StudyRoles,
    settings: RunSettings, allowed: [String]
  ) throws(StudyError) {
    var plain = StudyRoles(reserved: roles.reserved)
    plain.questions = roles.questions
    plain.labels = roles.labels
    let all = ActiveColumns.remaining(data, active: [], roles: plain)
    var entries = declared.stub ?? all.map { StubEntry($0) }
    if declared.stub != nil, declared.isStubOpen {
      let named = Set(entries.map { AnswerCode.text($0.name) })
      entries += all.filter { !named.contains(.text($0)) }.map { StubEntry($0) }
    }
    let isAsked = declared.stub != nil && !declared.isStubOpen
    if !isAsked, let menus = roles.choices {
      let names = Set(data.survey.variables.map { AnswerCode.text($0.name) })
      let named = Set((declared.stub ?? []).map { AnswerCode.text($0.name) })
      entries = entries.filter {
        named.contains(.text($0.name)) || !menus.isMenu($0.name, among: names)
      }
    }
    entries = entries.filter { entry in
      guard !isAsked, !allowed.contains(entry.name), let variable = data.survey[entry.name],
        StudyNameCheck.looksPersonal(variable)
      else { return true }
      notes.append(
        "\(DisplayText.escaped(entry.name)) looks like personal data and has no table; "
          + "allow_personal: [\(DisplayText.escaped(entry.name))] shows it.")
      return false
    }
    if !isAsked {
      let wanted = Set(
        ((declared.stub ?? []).map(\.name) + active + roles.described).map { AnswerCode.text($0) })
      let listed = Set(entries.map { AnswerCode.text($0.name) })
      leaveOut(
        DraftedRoles.unasked(in: data.survey).filter {
          listed.contains(.text($0.name)) && !wanted.contains(.text($0.name))
        })
      let gone = Set(unasked.map { AnswerCode.text($0) })
      entries = entries.filter { !gone.contains(.text($0.name)) }
    }
    let read = try DescriptorReader(
      data.survey, active: [], passive: entries.map(\.name), roles: plain)
    notes += read.notes
    let own = Set(data.columns(active).map { AnswerCode.text($0) })
    let scales = Self.scales(read.descriptors)
    for descriptor in read.descriptors {
      let nets =
        entries.first { $0.name.utf8.elementsEqual(descriptor.name.utf8) }?.nets ?? []
      try Self.check(nets, of: descriptor.asCodes ?? descriptor)
      let columns =
        if case .members(let members) = descriptor.content { members.map(\.name) } else {
          [descriptor.name]
        }
      questions.append(
        StubQuestion(
          descriptor: descriptor.asCodes ?? descriptor,
          nets: nets,
          isActive: columns.contains { own.contains(.text($0)) }, isFunnel: false,
          isRating: roles.needs.contains(descriptor.name) || roles.values.contains(descriptor.name)
            || Self.scale(descriptor).map { scales[$0, default: 0] > 1 } ?? false))
    }
    if !isAsked { gather(FunnelTable.all(roles.funnel, data), settings) }
  }

  /// Leaves out what asks nothing of people, unless the study names it.
  private mutating func leaveOut(_ found: [(name: String, reason: String)]) {
    unasked = found.map(\.name)
    guard !found.isEmpty else { return }
    let shown = found.prefix(12).map {
      "\(DisplayText.escaped($0.name)) (\(DisplayText.escaped($0.reason, limit: 80)))"
    }
    let more = found.count > shown.count ? " and \(found.count - shown.count) more" : ""
    notes.append(
      "No table for what asks nothing of people: \(shown.joined(separator: ", "))\(more). "
        + "Named in stub: or segments.passive, a column gets its table.")
  }

  /// Puts the steps of each funnel into one table, where the first of them stood.
  private mutating func gather(_ funnels: [FunnelTable], _ settings: RunSettings) {
    for funnel in funnels {
      let steps = Set(funnel.steps.map { AnswerCode.text($0) })
      let own = questions.indices.filter { place in
        questions[place].columns.contains { steps.contains(.text($0)) }
      }
      let members = funnel.steps.compactMap { step in
        own.compactMap { questions[$0].descriptor.step(step) }.first
      }
      guard let first = own.first, members.count == funnel.steps.count,
        !own.contains(where: { place in
          questions[place].isActive || !questions[place].nets.isEmpty
            || (questions[place].columns + [questions[place].descriptor.name])
              .contains(where: settings.isStrict)
        })
      else { continue }
      // A set that holds other columns as well stays beside the funnel.
      let whole = own.filter { place in
        questions[place].columns.allSatisfy { steps.contains(.text($0)) }
      }
      let table = StubQuestion(
        descriptor: Descriptor(
          name: funnel.name, label: funnel.label, level: "multiple", role: .passive,
          content: .members(members)),
        nets: [], isActive: false, isFunnel: true, isRating: false)
      questions = questions.enumerated().flatMap { place, question in
        (place == first ? [table] : []) + (whole.contains(place) ? [] : [question])
      }
    }
  }

  /// Refuses nets of answers that a question does not have.
  private static func check(
    _ nets: [StubEntry.Net], of question: Descriptor
  ) throws(StudyError) {
    let known: [(code: String, label: String)] =
      switch question.content {
      case .numbers: []
      case .categories(let categories, _): categories.map { ($0.code.text, $0.label) }
      case .members(let members): members.map { ($0.name, $0.label) }
      }
    for answer in nets.flatMap(\.answers)
    where !known.contains(where: { $0.code == answer || $0.label == answer }) {
      throw StudyError(
        code: "E0624",
        message: "a net of '\(DisplayText.escaped(question.name))' names the answer "
          + "'\(DisplayText.escaped(answer))', which nobody gave", column: question.name,
        hint: NearestName.question(answer, among: known.flatMap { [$0.code, $0.label] })
          ?? "tessera inspect lists the answers")
    }
  }

  /// How many questions share a scale: one that several share is a rating.
  private static func scales(_ descriptors: [Descriptor]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for descriptor in descriptors {
      if let scale = scale(descriptor) { counts[scale, default: 0] += 1 }
    }
    return counts
  }

  private static func scale(_ descriptor: Descriptor) -> String? {
    guard case .categories(let categories, _) = descriptor.asCodes?.content ?? descriptor.content,
      descriptor.level != MeasurementLevel.nominal.rawValue
    else { return nil }
    return categories.map { "\($0.code.text)=\($0.label)" }.joined(separator: "|")
  }
}

/// A question at the side of tables.
struct StubQuestion: Sendable {
  /// The question with everybody's answers.
  let descriptor: Descriptor
  /// Answers that the study takes together.
  let nets: [StubEntry.Net]
  /// Whether it made the segments.
  let isActive: Bool
  /// Whether it holds the steps of a funnel.
  let isFunnel: Bool
  /// The columns it rests on.
  var columns: [String] {
    if case .members(let members) = descriptor.content {
      members.map(\.name)
    } else {
      [descriptor.name]
    }
  }
  /// Whether its answers are a rating, so that top and bottom boxes say something.
  let isRating: Bool
}

extension Descriptor {
  /// Numbers of more distinct values are told by their mean alone.
  private static let mostBoxes = 11

  /// The question with few whole numbers as answers; `nil` if it has other numbers or none at all.
  var asCodes: Descriptor? {
    guard case .numbers(let numbers) = content else { return self }
    var seen: Set<Double> = []
    for number in numbers where !number.isNaN {
      guard number == number.rounded(), abs(number) < 1e9 else { return nil }
      seen.insert(number)
      if seen.count > Self.mostBoxes { return nil }
    }
    guard seen.count > 1 else { return nil }
    let values = seen.sorted()
    var places: [Double: Int] = [:]
    for (place, value) in values.enumerated() { places[value] = place + 1 }
    return Descriptor(
      name: name, label: label, level: level, role: role,
      content: .categories(
        values.map { Category(code: .number($0)) },
        positions: numbers.map { $0.isNaN ? 0 : places[$0] ?? 0 }))
  }
}
