/// A question of which several answers may be chosen, given in one cell with a sign between them.
public struct JoinedAnswers: Sendable, Equatable {
  /// The column.
  public let column: String
  /// What stands between the answers.
  public let separator: String
  /// The answers on offer, in the order of their bytes; texts of one's own are left out.
  public let options: [String]
  /// Whether an answer has the separator in it, or respondents wrote answers of their own: then
  /// cells can only be split by the list of options.
  public let needsOptions: Bool

  /// Recognises such a question from its answers.
  ///
  /// Some cells must hold several answers, and the answers must come up again and again, in
  /// different company: "Single, never married" is one answer. Parts that only come together are one
  /// answer with the sign in it. Texts that hardly anybody else wrote are answers of one's own.
  ///
  /// - Parameter variable: A variable of texts.
  /// - Returns: The separator and the options; `nil` if the variable holds single answers.
  public static func recognise(_ variable: Variable) -> JoinedAnswers? {
    guard variable.answers.isCoded, !variable.isNumeric, variable.level != .date,
      (2...10_000).contains(variable.categories.count)
    else { return nil }
    var counts = [Int](repeating: 0, count: variable.categories.count + 1)
    for respondent in 0..<variable.answers.count {
      counts[variable.answers.position(respondent)] += 1
    }
    let texts = variable.categories.map(\.code.text)
    let isAskedFor =
      CheckAllWording.says(variable.name) || CheckAllWording.says(variable.label)
    let asksForWords = !isAskedFor && OpenEndWording.asksForWords(variable)
    if let spaced = spaced(variable, texts, Array(counts.dropFirst())) { return spaced }
    for separator in ["\n", "; ", ";", "|", ", ", ","] {
      let sign = separator.filter { $0 != " " }
      guard texts.contains(where: { $0.contains(separator) }) else { continue }
      // "$25,000" is one answer; "1,3" are two codes.
      if separator == ",", texts.contains(where: hasCommaBetweenDigits), !areCodes(texts) {
        continue
      }
      let cells = JoinedCells(texts, counts: Array(counts.dropFirst()), separator: separator)
      if cells.isRanking { return nil }
      guard cells.isCheckAll(isRare: sign != ",", isAskedFor, asksForWords: asksForWords) else {
        continue
      }
      let isPlain = sign != "," && cells.all.count <= 60
      let options = isPlain ? cells.all : cells.frequent.map(\.text)
      return JoinedAnswers(
        column: variable.name, separator: separator,
        options: options.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
        needsOptions: !isPlain
          && (cells.hasOwnTexts || options.contains { $0.contains(sign) }))
    }
    return nil
  }

  /// Names of choices with blanks between them, as Kobo, ODK and SurveyCTO write them: `radio tv`.
  ///
  /// Most names must also come alone, in small letters, and in many companies: "a little" and "not at
  /// all" are answers in words.
  private static func spaced(
    _ variable: Variable, _ texts: [String], _ counts: [Int]
  ) -> JoinedAnswers? {
    let cells = zip(texts, counts).filter { $0.1 > 0 }.map { $0.0.split(separator: " ") }
    let several = cells.filter { $0.count > 1 }
    guard several.count >= 4, cells.count <= 4000 else { return nil }
    let isName = { (part: Substring) in
      part.utf8.count <= 40
        && part.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D
        }
    }
    // "27 anos" is a number with its unit.
    guard
      !cells.contains(where: { cell in
        cell.contains { $0.allSatisfy(\.isNumber) } && cell.contains { $0.allSatisfy(\.isLetter) }
      }) || cells.count(where: { $0.count == 1 && $0[0].allSatisfy(\.isNumber) }) == 0
    else { return nil }
    guard
      !several.allSatisfy({ cell in
        cell.count == 2 && cell[0].allSatisfy(\.isNumber) && cell[1].allSatisfy(\.isLetter)
      })
    else { return nil }
    let parts = Set(cells.joined())
    let alone = Set(cells.filter { $0.count == 1 }.joined())
    guard (3...60).contains(parts.count), parts.allSatisfy(isName),
      parts.contains(where: { !$0.allSatisfy(\.isNumber) }), alone.count * 4 >= parts.count * 3,
      AnswerOrder.find(texts) == nil,
      several.allSatisfy({ Set($0).count == $0.count })
    else { return nil }
    return JoinedAnswers(
      column: variable.name, separator: " ", options: parts.map(String.init).sorted(),
      needsOptions: false)
  }

  /// Whether all cells are small whole numbers with commas between them, as Qualtrics writes codes.
  private static func areCodes(_ texts: [String]) -> Bool {
    texts.allSatisfy { text in
      let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let known = numbers.compactMap { $0 }
      return known.count == numbers.count && known.allSatisfy { (0...99).contains($0) }
        && zip(known, known.dropFirst()).allSatisfy { $0 < $1 }
    }
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
  ///   - separator: What stands between the answers; within brackets it stands for itself.
  /// - Returns: The answers in the order they stand.
  public static func split(_ cell: String, _ separator: String) -> [String] {
    let sign = Array(separator.utf8)
    let bytes = Array(cell.utf8)
    // A bracket that is never closed opens nothing.
    let hasBrackets = bytes.count { $0 == 0x28 } == bytes.count { $0 == 0x29 }
    var parts: [String] = []
    var start = 0
    var place = 0
    var depth = 0
    func close(_ end: Int) {
      var low = start
      var high = end
      while low < high, bytes[low] == 0x20 { low += 1 }
      while high > low, bytes[high - 1] == 0x20 { high -= 1 }
      if low < high { parts.append(String(decoding: bytes[low..<high], as: UTF8.self)) }
    }
    while place + sign.count <= bytes.count, !sign.isEmpty {
      if bytes[place] == 0x28, hasBrackets { depth += 1 }
      if bytes[place] == 0x29 { depth = max(0, depth - 1) }
      if depth == 0, bytes[place..<place + sign.count].elementsEqual(sign) {
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

  /// What stands for answers that are not on offer.
  public static let otherOption = "other answers"

  /// The answers in a cell, of which those on offer are known.
  ///
  /// - Parameters:
  ///   - cell: The text of a cell.
  ///   - separator: What stands between the answers.
  ///   - options: The answers on offer, which may have the separator in them; empty to take all.
  /// - Returns: The answers; ``otherOption`` once for whatever is not on offer.
  public static func split(_ cell: String, _ separator: String, options: Set<AnswerCode>)
    -> [String]
  {
    let parts = split(cell, separator)
    guard !options.isEmpty else { return parts }
    let sign = separator.filter { $0 != " " }
    let joins = sign.isEmpty ? [separator] : [sign + " ", sign]
    var found: [String] = []
    var hasOther = false
    var place = 0
    while place < parts.count {
      var taken = 0
      for length in stride(from: parts.count - place, through: 1, by: -1) {
        let piece = parts[place..<place + length]
        let text = joins.lazy.map { piece.joined(separator: $0) }
          .first { options.contains(.text($0)) }
        if let text {
          found.append(text)
          taken = length
          break
        }
      }
      if taken == 0 { hasOther = true }
      place += max(1, taken)
    }
    return hasOther ? found + [otherOption] : found
  }
}
