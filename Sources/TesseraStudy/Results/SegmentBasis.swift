internal import TesseraMath
internal import TesseraSegmentation
internal import TesseraSurvey

/// What segments rest on, where a reader should know it before anything else: on the answers to one
/// question, only on who people are, or on rows of which several are one person's.
public struct SegmentBasis: Sendable, Equatable {
  /// Active columns of yes and no of which nobody has two, and that tell the segments alone; empty where
  /// no question does so.
  public var question: [String] = []
  /// Share of the people whose segment the answer to that question tells.
  public var agreement = 0.0
  /// The one or two active questions that differ between the segments, where all others hardly do; empty
  /// otherwise.
  public var few: [String] = []
  /// Whether the active answers add up to the same for everybody, as ranks and shared-out points do.
  public var isShared = false
  /// Whether nothing but who people are makes the segments.
  public var isOnlyPeople = false
  /// How many people the rows are of, where an identifier repeats.
  public var people: Int?

  /// From this share on a question tells the segments by itself.
  private static let alone = 0.9
  /// Rows with two of some columns that chance would make, before their lack says anything.
  private static let leastMeetings = 10.0

  /// What a reader should know first.
  public var sentences: [String] {
    var all: [String] = []
    if !question.isEmpty {
      let shown = question.prefix(4).map { DisplayText.escaped($0, limit: 40) }
      let more = question.count > 4 ? " and \(question.count - 4) more" : ""
      all.append(
        "One question makes these segments: nobody has two of \(shown.joined(separator: ", "))"
          + "\(more), and which one it is tells the segment of \(decimal(100 * agreement, 0))% of "
          + "people. Make one variable of them (one_of under derive) and describe segments by it "
          + "(passive).")
    }
    if !few.isEmpty {
      let named = few.map { DisplayText.escaped($0, limit: 40) }.joined(separator: " and ")
      all.append(
        "\(few.count == 1 ? "One question makes" : "Two questions make") these segments (\(named)): the "
          + "others hardly differ between them."
          + (few.count == 2 ? " If both ask the same, leave one out." : ""))
    }
    if isShared {
      all.append(
        "The active answers add up to the same for everybody, as ranks or shared-out points do: what one "
          + "gets another loses, so that segments look distinct even where there are none. Whether these are "
          + "more than that was not tested. Make the first place a question of its own instead.")
    }
    return all
  }

  /// What a reader should know besides.
  public var note: String? {
    isOnlyPeople
      ? "Who people are alone makes these segments (only demographics are active): what people think, "
        + "need or do may cut across them. Such questions under segments.active can make segments "
        + "instead, described by who they are."
      : nil
  }

  /// All of it.
  public var all: [String] { sentences + [note].compactMap(\.self) }

  /// Looks at the active questions.
  ///
  /// - Parameters:
  ///   - data: The respondents.
  ///   - encoded: The active questions.
  ///   - posterior: Respondents × segments.
  /// - Returns: `nil` where there is nothing to say.
  static func find(
    _ data: StudyData, _ encoded: EncodedStudy, _ posterior: Matrix
  ) -> SegmentBasis? {
    var basis = SegmentBasis()
    let weights = data.design.weights
    if let ids = data.ids {
      let given = ids.filter { !$0.isEmpty }
      let different = Set(given).count
      if different < given.count { basis.people = different + ids.count - given.count }
    } else {
      basis.people = people(in: data.survey)
    }
    if posterior.columns > 1 {
      let labels = (0..<posterior.rows).map { row in
        (0..<posterior.columns).max { posterior[row, $0] < posterior[row, $1] } ?? 0
      }
      for group in exclusive(data.survey, encoded.indicators) {
        let told = told(group.map(\.chosen), labels, posterior.columns, weights)
        guard told.share >= alone, told.share > (1 + told.largest) / 2,
          told.share > basis.agreement
        else { continue }
        basis.question = group.map(\.name)
        basis.agreement = told.share
      }
      if basis.question.isEmpty {
        basis.few = few(data.survey, encoded.indicators, labels, posterior.columns, weights)
      }
      let topics = encoded.indicators.map { indicator in
        indicator.set == nil
          && Question.topic([
            indicator.name, indicator.label.replacing(/\([^)]*\)/, with: ""),
          ]) != nil
      }
      basis.isOnlyPeople = !topics.isEmpty && topics.allSatisfy(\.self)
    }
    basis.isShared = isShared(data.survey, encoded.indicators)
    return basis == SegmentBasis() ? nil : basis
  }

  /// How many people the rows are of, where no identifier is declared: by the first column that is called
  /// one and repeats, unless another tells all rows apart.
  private static func people(in survey: Survey) -> Int? {
    var people: Int?
    for variable in survey.variables where NameWords(variable.name).words.count <= 4 {
      let column = ColumnFacts(variable)
      guard column.missingShare == 0, let found = RoleGuess.repeatedIdentifier(column),
        found.sentence.hasPrefix("an identifier"),
        column.says(["hhid", "household", "hh", "haushalt", "menage", "hogar"]) == nil
      else { continue }
      if found.repeats == 0 { return nil }
      // An interviewer's number repeats too, with people of different sex and age.
      guard isOfPeople(variable, in: survey) else { continue }
      people = people ?? survey.respondentCount - found.repeats
    }
    return people
  }

  /// Whether rows with the same identifier are as a person's: of one sex, and within five years of age.
  ///
  /// - Complexity: O(rows) for each such column.
  static func isOfPeople(_ identifier: Variable, in survey: Survey) -> Bool {
    let rows = survey.respondentCount
    func text(_ variable: Variable, _ row: Int) -> String? {
      if case .numbers(let numbers) = variable.answers {
        return numbers[row].isNaN ? nil : AnswerCode.number(numbers[row]).text
      }
      let position = variable.answers.position(row)
      return position > 0 ? variable.categories[position - 1].code.text : nil
    }
    let ids = (0..<rows).map { text(identifier, $0) }
    for variable in survey.variables where variable.name != identifier.name {
      guard let topic = Question.topic([variable.name, variable.label]),
        topic == .gender || topic == .age
      else { continue }
      var first: [String: (text: String, number: Double)] = [:]
      var (compared, differ) = (0, 0)
      for row in 0..<rows {
        guard let id = ids[row], let own = text(variable, row) else { continue }
        let number = variable.number(row)
        guard let known = first[id] else {
          first[id] = (own, number)
          continue
        }
        compared += 1
        let isNear = topic == .age && !number.isNaN && abs(number - known.number) <= 5
        if known.text != own, !isNear { differ += 1 }
      }
      if compared >= 10, Double(differ) > 0.1 * Double(compared) { return false }
    }
    return true
  }

  /// Groups of columns of yes and no of which no row has two, three or more in each.
  private static func exclusive(
    _ survey: Survey, _ indicators: [IndicatorEncoding]
  ) -> [[(name: String, chosen: [Bool])]] {
    let flags = indicators.compactMap { indicator -> (name: String, chosen: [Bool])? in
      guard let variable = survey[indicator.name] else { return nil }
      let chosen: [Bool]
      if variable.isNumeric || !variable.answers.isCoded {
        let numbers = variable.numbers
        guard numbers.allSatisfy({ $0.isNaN || $0 == 0 || $0 == 1 }) else { return nil }
        chosen = numbers.map { $0 == 1 }
      } else {
        let yes = variable.categories.indices.filter {
          ["yes", "true"].contains(variable.categories[$0].label.lowercased())
        }
        guard variable.categories.count == 2, yes.count == 1 else { return nil }
        chosen = (0..<variable.answers.count).map { variable.answers.position($0) == yes[0] + 1 }
      }
      return (indicator.name, chosen)
    }
    var groups: [[(name: String, chosen: [Bool])]] = []
    var isTaken = [Bool](repeating: false, count: flags.count)
    for start in flags.indices where !isTaken[start] {
      let rows = flags[start].chosen.count
      var union = flags[start].chosen
      var (covered, meetings) = (union.count { $0 }, 0.0)
      var members = [start]
      for next in flags.indices.dropFirst(start + 1) where !isTaken[next] {
        let own = flags[next].chosen
        guard zip(union, own).count(where: { $0 && $1 }) * 200 <= rows else { continue }
        let count = own.count { $0 }
        // What hardly anybody says meets nothing, whatever it asks.
        let expected = Double(covered) * Double(count) / Double(max(1, rows))
        guard expected >= 2 else { continue }
        meetings += expected
        for row in union.indices where own[row] { union[row] = true }
        covered = union.count { $0 }
        members.append(next)
      }
      guard members.count >= 3, meetings >= leastMeetings else { continue }
      for member in members { isTaken[member] = true }
      groups.append(members.map { flags[$0] })
    }
    return groups
  }

  /// The share of people whose segment is the commonest one of their answer, and the largest segment's.
  private static func told(
    _ chosen: [[Bool]], _ labels: [Int], _ segments: Int, _ weights: [Double]
  ) -> (share: Double, largest: Double) {
    var mass = [[Double]](
      repeating: [Double](repeating: 0, count: segments), count: chosen.count + 1)
    for row in labels.indices {
      let answer = chosen.firstIndex { $0[row] } ?? chosen.count
      mass[answer][labels[row]] += weights[row]
    }
    let all = mass.joined().reduce(0, +)
    guard all > 0 else { return (0, 1) }
    let largest = (0..<segments).map { segment in mass.reduce(0) { $0 + $1[segment] } }.max() ?? 0
    return (mass.reduce(0) { $0 + ($1.max() ?? 0) } / all, largest / all)
  }
}

extension SegmentBasis {
  /// The finding as `basis`.
  var json: JSONValue {
    [
      "question": question, "agreement": agreement, "few": few, "shared_sum": isShared,
      "only_people": isOnlyPeople, "people": people,
    ]
  }

  init(_ reader: JSONReader) throws(StudyError) {
    try reader.allow(["question", "agreement", "few", "shared_sum", "only_people", "people"])
    self.init(
      question: try reader.texts("question"), agreement: try reader.number("agreement"),
      few: reader.has("few") ? try reader.texts("few") : [],
      isShared: reader.has("shared_sum") ? try reader.flag("shared_sum") : false,
      isOnlyPeople: try reader.flag("only_people"),
      people: reader.has("people") ? try reader.integer("people") : nil)
  }
}
