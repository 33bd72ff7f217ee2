internal import TesseraSurvey

/// Turns the fields of Triple-S data into variables.
struct TripleSColumns {
  private let file: String
  private let description: String
  private let data: TripleSData
  private let options: ReadingOptions
  private var taken = Set<TextKey>()
  private let grammar = NumberGrammar(decimal: 0x2E)

  private(set) var variables: [Variable] = []
  private(set) var sets: [MultipleResponseSet] = []
  private(set) var weight: String?
  private(set) var notices: [FileNotice] = []

  init(file: String, description: String, data: TripleSData, options: ReadingOptions) {
    self.file = file
    self.description = description
    self.data = data
    self.options = options
  }

  private static let types: Set<String> = [
    "single", "multiple", "quantity", "character", "logical", "date", "time",
  ]
  private static let mostParts = 10_000

  /// Adds what a variable of the description becomes.
  mutating func add(_ variable: TripleSDefinition.Variable) throws(SurveyFileError) {
    let shown = variable.name.isEmpty ? variable.ident : variable.name
    let description = description
    func fault(_ detail: String) -> SurveyFileError {
      .badDefinition(
        file: description, row: variable.line, variable: DisplayText.escaped(shown),
        detail: detail)
    }
    guard Self.types.contains(variable.type) else {
      throw fault("the type '\(DisplayText.escaped(variable.type))' is not one of Triple-S")
    }
    guard variable.start >= 1, variable.finish >= variable.start, variable.finish < 1 << 24 else {
      throw fault("its position is missing or makes no sense")
    }
    let name = name(variable)
    switch variable.type {
    case "multiple":
      if variable.subfields != nil {
        try addMentions(variable, name, fault)
      } else {
        try addBits(variable, name, fault)
      }
    case "character":
      let texts = (0..<data.count).map { field($0, variable).trimmingSpaces }
      put(textColumn(name, variable.label, texts), [], variable)
    case "date", "time": try addMoment(variable, name)
    case "logical": try addLogical(variable, name)
    default: try addCodes(variable, name)
    }
  }

  /// A name that no other variable has.
  private mutating func name(_ variable: TripleSDefinition.Variable) -> String {
    unique(variable.name.isEmpty ? "V\(variable.ident)" : variable.name)
  }

  private mutating func unique(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while !taken.insert(TextKey(name)).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }

  private func field(_ row: Int, _ variable: TripleSDefinition.Variable) -> String {
    data.text(row, variable.start, variable.finish)
  }

  // MARK: - Kinds

  /// A single answer or a quantity: numbers with labels, or texts if some code is none.
  private mutating func addCodes(
    _ variable: TripleSDefinition.Variable, _ name: String
  ) throws(SurveyFileError) {
    let isLiteral =
      variable.isLiteral || variable.values.contains { grammar.parse($0.code) == nil }
    if isLiteral, variable.type == "single" {
      let texts = (0..<data.count).map { field($0, variable).trimmingSpaces }
      var column = textColumn(name, variable.label, texts)
      column.measure = 1
      put(column, variable.values.map { (.text($0.code), $0.label) }, variable)
      return
    }
    var numbers: [Double] = []
    var outside = 0
    for row in 0..<data.count {
      let text = field(row, variable)
      let number = try number(text, row, name)
      if !number.isNaN, !allows(number, variable) { outside += 1 }
      numbers.append(number)
    }
    if outside > 0 {
      notices.append(
        FileNotice(
          file: file, column: name,
          message: "\(SurveyFileError.counted(outside, "answer")) outside the codes and ranges "
            + "that the description allows"))
    }
    if variable.type == "quantity", !variable.values.isEmpty {
      let codes = variable.values.prefix(5).map(\.code).joined(separator: ", ")
      notices.append(
        FileNotice(
          file: file, column: name,
          message: "single values have labels (\(DisplayText.escaped(codes))); if they stand for "
            + "no answer, declare them with --missing"))
    }
    var column = numberColumn(name, variable.label, numbers)
    column.measure = variable.type == "single" ? 1 : 3
    let labels = variable.values.compactMap { value in
      grammar.parse(value.code).map { parsed in
        (StatContents.Value.number(parsed.value), value.label)
      }
    }
    put(column, labels, variable)
    if variable.use == "weight" { weight = name }
  }

  private func allows(_ number: Double, _ variable: TripleSDefinition.Variable) -> Bool {
    if variable.values.isEmpty, variable.ranges.isEmpty { return true }
    return variable.ranges.contains { $0.low <= number && number <= $0.high }
      || variable.values.contains { grammar.parse($0.code)?.value == number }
  }

  private func number(
    _ text: String, _ row: Int, _ name: String
  ) throws(SurveyFileError) -> Double {
    let text = text.trimmingSpaces
    if text.isEmpty { return .nan }
    if let parsed = grammar.parse(text) { return parsed.value }
    throw .notANumber(
      file: file, row: data.lines[row], column: name,
      found: "text of \(text.count) character\(text.count == 1 ? "" : "s")")
  }

  private mutating func addLogical(
    _ variable: TripleSDefinition.Variable, _ name: String
  ) throws(SurveyFileError) {
    var numbers: [Double] = []
    for row in 0..<data.count { numbers.append(try number(field(row, variable), row, name)) }
    var column = numberColumn(name, variable.label, numbers)
    column.measure = 1
    let labels = variable.values.compactMap { value in
      grammar.parse(value.code).map { (StatContents.Value.number($0.value), value.label) }
    }
    put(column, labels.isEmpty ? [(.number(0), "No"), (.number(1), "Yes")] : labels, variable)
  }

  private mutating func addMoment(
    _ variable: TripleSDefinition.Variable, _ name: String
  ) throws(SurveyFileError) {
    let isDay = variable.type == "date"
    let format = ValueFormat(family: .spss, text: isDay ? "DATE11" : "TIME8")
    var numbers: [Double] = []
    for row in 0..<data.count {
      let text = field(row, variable).trimmingSpaces
      guard !text.isEmpty else {
        numbers.append(.nan)
        continue
      }
      let digits = Array(text.filter { $0.isNumber })
      func part(_ range: Range<Int>) -> String { String(digits[range]) }
      let spelled: String? =
        isDay
        ? (digits.count == 8 ? "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))" : nil)
        : (digits.count == 6 || digits.count == 4
          ? "\(part(0..<2)):\(part(2..<4)):\(digits.count == 6 ? part(4..<6) : "00")" : nil)
      guard let moment = spelled.flatMap({ CalendarText.parse($0) }),
        let number = format.number(moment.seconds)
      else {
        throw .notANumber(
          file: file, row: data.lines[row], column: name,
          found: "something that is no \(variable.type)")
      }
      numbers.append(number)
    }
    var column = numberColumn(name, variable.label, numbers)
    column.format = format.text
    put(column, [], variable)
  }

  // MARK: - Several answers

  /// A sign a code, 1 for chosen: a variable a code.
  private mutating func addBits(
    _ variable: TripleSDefinition.Variable, _ name: String,
    _ fault: (String) -> SurveyFileError
  ) throws(SurveyFileError) {
    let codes = variable.values.compactMap { Int($0.code.trimmingSpaces) }
    guard codes.count == variable.values.count, let most = codes.max(), (codes.min() ?? 0) >= 1
    else { throw fault("the codes of its answers must be whole numbers from 1") }
    guard most <= Self.mostParts else { throw fault("it has more answers than can be right") }
    var columns = [[Double]](repeating: [], count: codes.count)
    for row in 0..<data.count {
      let parts = data.parts(row, variable, most)
      let isAsked = parts.contains { $0 != " " && !$0.isEmpty }
      for (place, code) in codes.enumerated() {
        let part = parts[code - 1]
        guard part == "1" || part == "0" || part == " " || part.isEmpty else {
          throw .notANumber(
            file: file, row: data.lines[row], column: name,
            found: "a sign that is neither 0 nor 1")
        }
        columns[place].append(isAsked ? (part == "1" ? 1 : 0) : .nan)
      }
    }
    var members: [String] = []
    for (place, value) in variable.values.enumerated() {
      let member = unique("\(name)_\(value.code.trimmingSpaces)")
      members.append(member)
      let option = value.label.isEmpty ? value.code : value.label
      var column = numberColumn(
        member, variable.label.isEmpty ? option : "\(variable.label): \(option)", columns[place])
      column.measure = 1
      put(column, [(.number(0), "No"), (.number(1), "Yes")], variable)
    }
    sets.append(
      MultipleResponseSet(
        name: name, label: variable.label, members: members,
        coding: .dichotomy(chosen: .number(1))))
  }

  /// A code a mention: a variable a mention.
  private mutating func addMentions(
    _ variable: TripleSDefinition.Variable, _ name: String,
    _ fault: (String) -> SurveyFileError
  ) throws(SurveyFileError) {
    guard let count = variable.subfields, (1...Self.mostParts).contains(count) else {
      throw fault("its number of subfields makes no sense")
    }
    let isLiteral = variable.values.contains { grammar.parse($0.code) == nil }
    var texts = [[String]](repeating: [], count: count)
    for row in 0..<data.count {
      let parts = data.parts(row, variable, count)
      for (place, part) in parts.enumerated() { texts[place].append(part.trimmingSpaces) }
    }
    var members: [String] = []
    for place in 0..<count {
      let member = unique("\(name)_\(place + 1)")
      members.append(member)
      let label = variable.label.isEmpty ? "" : "\(variable.label) (mention \(place + 1))"
      if isLiteral {
        put(
          textColumn(member, label, texts[place]),
          variable.values.map { (.text($0.code), $0.label) }, variable)
        continue
      }
      var numbers: [Double] = []
      let offersZero = variable.values.contains { grammar.parse($0.code)?.value == 0 }
      for row in 0..<data.count {
        let number = try number(texts[place][row], row, name)
        // Zeros fill up where fewer answers were given than there is room for.
        numbers.append(number == 0 && !offersZero ? .nan : number)
      }
      var column = numberColumn(member, label, numbers)
      column.measure = 1
      let labels = variable.values.compactMap { value in
        grammar.parse(value.code).map { (StatContents.Value.number($0.value), value.label) }
      }
      put(column, labels, variable)
    }
    sets.append(
      MultipleResponseSet(
        name: name, label: variable.label, members: members, coding: .category))
  }

  // MARK: - Columns

  private mutating func put(
    _ column: StatContents.Column, _ labels: [(value: StatContents.Value, label: String)],
    _ variable: TripleSDefinition.Variable
  ) {
    let own = labels.filter { !$0.label.isEmpty }
    var result = StatInterpreter(file: file, column: column, labels: own, options: options)
      .interpret()
    if variable.use == "serial", options.levels[column.name] == nil {
      result.variable.level = .text
    }
    variables.append(result.variable)
    notices += result.notices
  }
}
