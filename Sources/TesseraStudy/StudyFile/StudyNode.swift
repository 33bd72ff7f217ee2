internal import Synchronization
internal import TesseraSurvey

/// A piece of a study file that knows where it stands: a text, a list or a mapping.
///
/// Every scalar is a text until a key asks for a number, so nothing becomes a boolean, a date or an
/// octal number by itself.
struct StudyNode: Sendable {
  /// What a node holds.
  indirect enum Content: Sendable {
    /// One word, number or sentence.
    case text(String, isQuoted: Bool)
    /// Nodes in a row.
    case list([StudyNode])
    /// Nodes by key, in the order of the file, no key twice.
    case map([Entry])
  }

  /// A key with its value.
  struct Entry: Sendable {
    let key: String
    /// The line of the key, from 1.
    let line: Int
    let value: StudyNode
    /// Sheet and cell of the key, where the study is a workbook.
    var cell: String?
  }

  let content: Content
  /// The keys that lead here, joined by points; positions in lists stand in brackets from 0.
  let path: String
  /// The line on which the node begins, from 1.
  let line: Int
  /// The study file, as the user named it.
  let file: String
  /// Sheet and cell, where the study is a workbook.
  var cell: String?
  /// Where keys that mean nothing are noted, so that reading goes on; without it they end it.
  var log: FaultLog?

  /// An error at this place.
  func error(_ code: Code, _ message: String, hint: String? = nil, line: Int? = nil) -> StudyError {
    StudyError(
      code: code.rawValue, message: message, file: file, row: line ?? self.line,
      column: path.isEmpty ? nil : path, hint: hint, cell: cell)
  }

  /// What can be wrong with a study file by itself.
  enum Code: String {
    /// The text is not YAML or not JSON.
    case syntax = "E0301"
    /// The text is too long, or nested too deep.
    case size = "E0302"
    /// Anchors and aliases.
    case alias = "E0303"
    /// Type tags.
    case tag = "E0304"
    /// A key stands twice.
    case duplicateKey = "E0305"
    /// A key that means nothing here.
    case unknownKey = "E0306"
    /// A text, list or mapping where something else belongs.
    case wrongType = "E0307"
    /// A key that must be there is not.
    case missingKey = "E0308"
    /// A number outside the range that makes sense.
    case range = "E0309"
    /// A word that is not one of those on offer.
    case unknownWord = "E0310"
    /// Bytes that are not text.
    case encoding = "E0311"
    /// Nothing in the file.
    case empty = "E0312"
    /// Keys that cannot stand together.
    case conflict = "E0313"
  }
}

/// Faults that do not keep the rest of a study from being read.
final class FaultLog: Sendable {
  private let kept = Mutex<StudyFaults>(StudyFaults())

  /// Keeps an error.
  func add(_ error: StudyError) { kept.withLock { $0.add(error) } }

  /// What was kept.
  var faults: StudyFaults { kept.withLock { $0 } }
}

// MARK: - Scalars

extension StudyNode {
  /// Whether nothing stands behind the key.
  var isEmpty: Bool {
    if case .text(let text, false) = content { Self.empties.contains(text) } else { false }
  }

  private static let empties: Set<String> = ["", "~", "null"]

  /// What stands here, in words for a message.
  var found: String {
    switch content {
    case .text where isEmpty: "nothing"
    case .text(_, true) where path.isEmpty: "a text without a key"
    case .text(let text, true): "the text \"\(DisplayText.escaped(text))\""
    // A file that is no study may be a survey, whose first row is somebody's answers.
    case .text(_, false) where path.isEmpty: "a line without a key"
    case .text(let text, false): "'\(DisplayText.escaped(text))'"
    case .list: "a list"
    case .map: "a mapping"
    }
  }

  /// An error that says what was expected here.
  func wrongType(_ expected: String, hint: String? = nil) -> StudyError {
    error(.wrongType, "expected \(expected), found \(found)", hint: hint)
  }

  /// The text that stands here.
  ///
  /// - Parameters:
  ///   - expected: What the key wants, such as "the name of a column".
  ///   - example: What could be written, if that helps.
  /// - Returns: The text, never empty.
  /// - Throws: ``StudyError`` for a list, a mapping or nothing.
  func text(_ expected: String, example: String? = nil) throws(StudyError) -> String {
    guard case .text(let text, _) = content, !isEmpty, !text.isEmpty
    else { throw wrongType(expected, hint: example.map { "write \($0)" }) }
    return text
  }

  /// The number that stands here, without quotes.
  func number(_ expected: String, example: String? = nil) throws(StudyError) -> Double {
    let hint = example.map { "write \($0)" }
    guard case .text(let text, let isQuoted) = content, !isEmpty else {
      throw wrongType(expected, hint: hint)
    }
    guard !isQuoted, Self.isDecimal(text) else {
      let plain = isQuoted && Self.isDecimal(text)
      throw wrongType(expected, hint: plain ? "leave the quotes out" : hint)
    }
    guard let number = Double(text), number.isFinite else {
      throw error(.range, "\(found) is too large a number", hint: hint)
    }
    return number
  }

  /// Whether a text is a decimal number, written without thousands marks or leading zeros.
  static func isDecimal(_ text: String) -> Bool {
    var rest = Substring(text)
    if let sign = rest.first, sign == "-" || sign == "+" { rest = rest.dropFirst() }
    let whole = rest.prefix { isDigit($0) }
    rest = rest.dropFirst(whole.count)
    var fraction = Substring()
    if rest.first == "." {
      fraction = rest.dropFirst().prefix { isDigit($0) }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty, whole.count < 2 || whole.first != "0" else {
      return false
    }
    guard let letter = rest.first else { return true }
    guard letter == "e" || letter == "E" else { return false }
    rest = rest.dropFirst()
    if let sign = rest.first, sign == "-" || sign == "+" { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy { isDigit($0) }
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  /// One of a few words.
  func word<Word: CaseIterable & RawRepresentable<String>>(
    _ type: Word.Type, _ expected: String
  ) throws(StudyError) -> Word {
    let words = type.allCases.map(\.rawValue)
    let text = try text(expected, example: Self.either(words))
    if let word = Word(rawValue: text) { return word }
    throw unknownWord(text, expected, words)
  }

  /// An error that offers the words that could stand here.
  func unknownWord(_ text: String, _ expected: String, _ words: [String]) -> StudyError {
    let near = NearestName.question(text, among: words)
    return error(
      .unknownWord, "'\(DisplayText.escaped(text))' is not \(expected)",
      hint: (near.map { $0 + " " } ?? "") + "known: \(words.joined(separator: ", "))")
  }

  private static func either(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
