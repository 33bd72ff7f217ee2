internal import TesseraSurvey

/// What a draft needs to know of a column: counted once.
struct ColumnFacts {
  let variable: Variable
  /// The words of its name and of its wording.
  let name: NameWords
  let label: NameWords
  /// The words of the last part of a path such as `household/region`; `nil` for other names.
  let ownPart: NameWords?
  /// Respondents with an answer.
  let answered: Int
  /// Different answers, or `nil` where numbers are too many to count.
  let distinct: Int?
  /// The different numbers in rising order with their respondents; empty where too many, or texts.
  let values: [(value: Double, count: Int)]
  /// Smallest and largest number.
  let low: Double
  let high: Double
  /// Respondents by position of category, from 1; empty for plain numbers.
  let held: [Int]

  static let mostValues = 200

  /// - Parameters:
  ///   - variable: The column.
  ///   - name: Its name as far as it tells something, without what many columns share.
  init(_ variable: Variable, called name: String? = nil) {
    self.variable = variable
    self.name = NameWords(name ?? variable.name)
    label = NameWords(variable.label)
    let path = variable.name
    ownPart =
      path.contains("/") && !path.contains(" ")
      ? path.split(separator: "/").last.map { NameWords(String($0)) } : nil
    var low = Double.infinity
    var high = -Double.infinity
    if case .numbers(let numbers) = variable.answers {
      var counts: [Double: Int] = [:]
      var answered = 0
      for number in numbers where !number.isNaN {
        answered += 1
        low = min(low, number)
        high = max(high, number)
        if counts[number] != nil || counts.count <= Self.mostValues {
          counts[number, default: 0] += 1
        }
      }
      self.answered = answered
      let isCounted = counts.count <= Self.mostValues
      distinct = isCounted ? counts.count : nil
      values = isCounted ? counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } : []
      held = []
    } else {
      var held = [Int](repeating: 0, count: variable.categories.count + 1)
      for row in 0..<variable.answers.count { held[variable.answers.position(row)] += 1 }
      answered = variable.answers.count - held[0]
      distinct = held.dropFirst().count { $0 > 0 }
      var values: [(value: Double, count: Int)] = []
      if variable.isNumeric {
        for (position, category) in variable.categories.enumerated() where held[position + 1] > 0 {
          guard let number = category.code.number else { continue }
          values.append((number, held[position + 1]))
          low = min(low, number)
          high = max(high, number)
        }
        values.sort { $0.value < $1.value }
      }
      self.values = values
      self.held = held
    }
    self.low = low
    self.high = high
  }

  /// The column's name as the study writes it.
  var columnName: String { variable.name }

  /// Share of the respondents without an answer.
  var missingShare: Double {
    let rows = variable.answers.count
    return rows > 0 ? 1 - Double(answered) / Double(rows) : 1
  }

  /// Whether everyone who answered gave the same answer.
  var isConstant: Bool { distinct.map { $0 < 2 } ?? false }

  /// The answers that occur.
  var categories: [Category] {
    variable.categories.indices.filter { held[$0 + 1] > 0 }.map { variable.categories[$0] }
  }

  /// Whether the name says that numbers of things are counted: `numkids`, `num18_64`, `n_visits`.
  var isNumberOfThings: Bool {
    let folded = NameWords.folded(columnName)
    let isLetter =
      name.words.count > 1 && name.words[0] == "n" && name.words[1].first?.isLetter == true
    return (folded.hasPrefix("num") || folded.hasPrefix("nbr") || isLetter) && low >= 0
  }

  /// Whether the column says yes or no: 0 and 1, yes and no, or one text where it was chosen.
  var isDichotomous: Bool { isDichotomous(without: []) }

  /// Whether the column says yes or no, apart from some codes that are no answers.
  func isDichotomous(without codes: Set<String>) -> Bool {
    if variable.isNumeric || !variable.answers.isCoded {
      let numbers = values.map(\.value).filter { !codes.contains(AnswerCode.number($0).text) }
      guard distinct != nil, (1...2).contains(numbers.count) else { return false }
      return numbers.allSatisfy { $0 == 0 || $0 == 1 }
    }
    let given = categories.map(\.code.text).filter { !codes.contains($0) }
    if DeniedAnswer.place(in: given) != nil { return true }
    let texts = given.map(NameWords.folded)
    if texts.count == 1 { return missingShare > 0 && variable.level != .text }
    let pairs: [Set<String>] = [
      ["yes", "no"], ["ja", "nein"], ["oui", "non"], ["si", "no"], ["true", "false"],
      ["checked", "unchecked"], ["selected", "not selected"], ["genannt", "nicht genannt"],
    ]
    return pairs.contains(Set(texts))
  }

  /// The word of a list that the name or, if it is short, the wording says, told as a reason.
  func says(_ words: [String]) -> String? {
    // A name of many words is a question: "Please state whether ..." asks for no state.
    if name.words.count <= 16, let word = name.first(of: words),
      word != "state" || !name.line.contains(" please state ")
    {
      return "the name says \"\(plain(word))\""
    }
    guard label.words.count <= 12, let word = label.first(of: words),
      word != "state" || !label.line.contains(" please state ")
    else { return nil }
    return "the wording says \"\(plain(word))\""
  }

  /// The same of a column itself: of a path its last part, not the group that it stands in.
  func saysItself(_ words: [String]) -> String? {
    guard let ownPart else { return says(words) }
    if let word = ownPart.first(of: words) { return "the name says \"\(plain(word))\"" }
    guard label.words.count <= 12, let word = label.first(of: words) else { return nil }
    return "the wording says \"\(plain(word))\""
  }

  private func plain(_ word: String) -> String { word.filter { $0 != "*" } }
}
