/// A question of which several answers may be chosen, given in one cell with a sign between them.
public struct JoinedAnswers: Sendable, Equatable {
  /// The column.
  public let column: String
  /// What stands between the answers.
  public let separator: String
  /// The answers on offer, in the order of their bytes.
  public let options: [String]

  /// Recognises such a question from its answers.
  ///
  /// Some cells must hold several answers, and on average every answer must come up in at least two
  /// cells, or the separator must be a sign that sentences seldom have. An answer must be met in
  /// different company: "Single, never married" is one answer.
  ///
  /// - Parameter variable: A variable of texts.
  /// - Returns: The separator and the options; `nil` if the variable holds single answers.
  public static func recognise(_ variable: Variable) -> JoinedAnswers? {
    guard variable.answers.isCoded, !variable.isNumeric, variable.level != .date,
      (2...10_000).contains(variable.categories.count), !OpenEndWording.asksForWords(variable)
    else { return nil }
    var counts = [Int](repeating: 0, count: variable.categories.count + 1)
    for respondent in 0..<variable.answers.count {
      counts[variable.answers.position(respondent)] += 1
    }
    let texts = variable.categories.map(\.code.text)
    for separator in ["; ", ";", "|", ", ", ","] {
      // "$25,000" is one answer.
      if separator == ",", texts.contains(where: hasCommaBetweenDigits) { continue }
      var tokens = 0
      var several = 0
      var distinct = Set<AnswerCode>()
      var company: [AnswerCode: Int] = [:]
      var combinations = 0
      var longest = 0
      for (place, text) in texts.enumerated() {
        let found = split(text, separator)
        tokens += found.count * counts[place + 1]
        if found.count > 1, counts[place + 1] > 0 {
          several += counts[place + 1]
          combinations += 1
        }
        for token in found {
          distinct.insert(.text(token))
          company[.text(token), default: 0] += 1
          longest = max(longest, token.count)
        }
      }
      let isRare = separator.hasPrefix(";") || separator == "|"
      guard several > 0, longest <= 80, distinct.count <= 100 else { continue }
      let mixed = company.values.count { $0 > 1 }
      guard isRare || (combinations > 1 && mixed * 2 >= distinct.count) else { continue }
      // Every option is met alone or with others again and again.
      if tokens >= distinct.count * (isRare ? 1 : 3), isRare || several >= 2 {
        let options = distinct.sorted().map(\.text)
        return JoinedAnswers(column: variable.name, separator: separator, options: options)
      }
    }
    return nil
  }

  private static func hasCommaBetweenDigits(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.dropFirst().dropLast().contains { place in
      bytes[place] == 0x2C && (0x30...0x39).contains(bytes[place - 1])
        && (0x30...0x39).contains(bytes[place + 1])
    }
  }

  /// The answers in a cell, without spaces around them and without empty ones.
  ///
  /// - Parameters:
  ///   - cell: The text of a cell.
  ///   - separator: What stands between the answers.
  /// - Returns: The answers in the order they stand.
  public static func split(_ cell: String, _ separator: String) -> [String] {
    let sign = Array(separator.utf8)
    let bytes = Array(cell.utf8)
    var parts: [String] = []
    var start = 0
    var place = 0
    func close(_ end: Int) {
      var low = start
      var high = end
      while low < high, bytes[low] == 0x20 { low += 1 }
      while high > low, bytes[high - 1] == 0x20 { high -= 1 }
      if low < high { parts.append(String(decoding: bytes[low..<high], as: UTF8.self)) }
    }
    while place + sign.count <= bytes.count, !sign.isEmpty {
      if bytes[place..<place + sign.count].elementsEqual(sign) {
        close(place)
        place += sign.count
        start = place
      } else {
        place += 1
      }
    }
    close(bytes.count)
    return parts
  }

  /// Spreads the answers over variables of 0 and 1, one for each option.
  ///
  /// A respondent without any answer has none in any of the variables.
  ///
  /// - Parameters:
  ///   - variable: The variable that holds the cells.
  ///   - separator: What stands between the answers.
  ///   - name: The name of the set; members are called `name [option]`.
  /// - Returns: The variables and their set; options are in the order of their bytes.
  public static func spread(
    _ variable: Variable, separator: String, name: String
  ) -> (members: [Variable], set: MultipleResponseSet) {
    let cells = variable.categories.map { split($0.code.text, separator).map(AnswerCode.text) }
    let options = Set(cells.joined()).sorted()
    let yesAndNo = [
      Category(code: .number(0), label: "no"), Category(code: .number(1), label: "yes"),
    ]
    let members = options.map { option -> Variable in
      let codes: [UInt8] = [0] + cells.map { $0.contains(option) ? 2 : 1 }
      let answers = (0..<variable.answers.count).map { codes[variable.answers.position($0)] }
      return Variable(
        name: "\(name) [\(option.text)]", label: option.text, level: .nominal,
        categories: yesAndNo, answers: .codes8(answers), reasons: variable.reasons,
        missing: variable.missing)
    }
    let set = MultipleResponseSet(
      name: name, label: variable.label.isEmpty ? variable.name : variable.label,
      members: members.map(\.name), coding: .dichotomy(chosen: .number(1)))
    return (members, set)
  }
}
