import TesseraSurvey

/// Reads members of a JSON object and tells where one is wrong.
struct JSONReader {
  /// The object.
  let value: JSONValue
  /// Where it stands, such as `model.encoding[2]`.
  let path: String

  /// Begins to read an object.
  ///
  /// - Parameters:
  ///   - value: The object.
  ///   - path: Where it stands; empty for the whole file.
  /// - Throws: ``StudyError`` E0507 if it is not an object.
  init(_ value: JSONValue, path: String = "") throws(StudyError) {
    self.value = value
    self.path = path
    guard value.members != nil else { throw fault("an object is expected") }
  }

  /// A fault at this place.
  func fault(_ message: String, _ name: String? = nil) -> StudyError {
    let place = [path, name ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
    return StudyError(
      code: "E0507",
      message: "the model is not usable: " + (place.isEmpty ? message : "\(place): \(message)"),
      column: place.isEmpty ? nil : place,
      hint: "take segments.json as `tessera run` or `tessera segment -o` wrote it")
  }

  /// Refuses names that do not belong here.
  func allow(_ names: [String]) throws(StudyError) {
    for (name, _) in value.members ?? [] where !names.contains(name) {
      throw fault(
        "the key '\(DisplayText.escaped(name))' is not known"
          + (NearestName.suggest(name, among: names).map { " ('\($0)'?)" } ?? ""))
    }
  }

  /// Whether a member stands here and is not null.
  func has(_ name: String) -> Bool {
    value[name].map { !$0.isNull } ?? false
  }

  private func member(_ name: String) throws(StudyError) -> JSONValue {
    guard let member = value[name] else { throw fault("is missing", name) }
    return member
  }

  func text(_ name: String) throws(StudyError) -> String {
    guard let text = try member(name).string else { throw fault("a text is expected", name) }
    return text
  }

  func optionalText(_ name: String) throws(StudyError) -> String? {
    has(name) ? try text(name) : nil
  }

  func texts(_ name: String) throws(StudyError) -> [String] {
    guard let values = try member(name).array else { throw fault("a list is expected", name) }
    let texts = values.compactMap(\.string)
    guard texts.count == values.count else { throw fault("texts are expected", name) }
    return texts
  }

  func number(_ name: String) throws(StudyError) -> Double {
    guard let number = try member(name).number else {
      throw fault("a number is expected", name)
    }
    return number
  }

  func optionalNumber(_ name: String) throws(StudyError) -> Double? {
    has(name) ? try number(name) : nil
  }

  func integer(_ name: String) throws(StudyError) -> Int {
    guard let number = try member(name).integer else {
      throw fault("a whole number is expected", name)
    }
    return number
  }

  func optionalInteger(_ name: String) throws(StudyError) -> Int? {
    has(name) ? try integer(name) : nil
  }

  func flag(_ name: String) throws(StudyError) -> Bool {
    guard let flag = try member(name).bool else { throw fault("true or false is expected", name) }
    return flag
  }

  func numbers(_ name: String, count: Int? = nil) throws(StudyError) -> [Double] {
    guard let values = try member(name).array else { throw fault("a list is expected", name) }
    let numbers = values.compactMap(\.number)
    guard numbers.count == values.count else { throw fault("numbers are expected", name) }
    if let count, numbers.count != count {
      throw fault("\(count) numbers are expected, not \(numbers.count)", name)
    }
    return numbers
  }

  /// Rows of numbers; where gaps are allowed, null is one and becomes NaN.
  func rows(_ name: String, count: Int, gaps: Bool = false) throws(StudyError) -> [[Double]] {
    guard let values = try member(name).array else { throw fault("a list is expected", name) }
    guard values.count == count else {
      throw fault("\(count) rows are expected, not \(values.count)", name)
    }
    var rows: [[Double]] = []
    for value in values {
      guard let cells = value.array else { throw fault("rows of numbers are expected", name) }
      let numbers = cells.compactMap { gaps && $0 == .null ? .nan : $0.number }
      guard numbers.count == cells.count else { throw fault("numbers are expected", name) }
      rows.append(numbers)
    }
    return rows
  }

  /// Numbers by name, as `criteria` has them.
  func named(_ name: String) throws(StudyError) -> [NamedValue] {
    guard let members = try member(name).members else {
      throw fault("an object is expected", name)
    }
    return members.map { NamedValue($0.0, $0.1.number) }
  }

  func object(_ name: String) throws(StudyError) -> JSONReader {
    try JSONReader(try member(name), path: path.isEmpty ? name : "\(path).\(name)")
  }

  func list<Element>(
    _ name: String, _ read: (JSONReader) throws(StudyError) -> Element
  ) throws(StudyError) -> [Element] {
    guard let values = try member(name).array else { throw fault("a list is expected", name) }
    let place = path.isEmpty ? name : "\(path).\(name)"
    var elements: [Element] = []
    for (position, value) in values.enumerated() {
      elements.append(try read(try JSONReader(value, path: "\(place)[\(position)]")))
    }
    return elements
  }

  /// Codes of answers: numbers or texts.
  func codes(_ name: String) throws(StudyError) -> [AnswerCode] {
    guard let values = try member(name).array else { throw fault("a list is expected", name) }
    var codes: [AnswerCode] = []
    for value in values { codes.append(try code(value, name)) }
    return codes
  }

  func code(_ name: String) throws(StudyError) -> AnswerCode {
    try code(try member(name), name)
  }

  private func code(_ value: JSONValue, _ name: String) throws(StudyError) -> AnswerCode {
    if let text = value.string { return .text(text) }
    if let number = value.number { return .number(number) }
    throw fault("codes are numbers or texts", name)
  }
}
