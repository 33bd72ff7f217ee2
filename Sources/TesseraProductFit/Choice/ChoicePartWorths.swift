import TesseraStudy
import TesseraSurvey

/// What a choice model looks at: quantities with one coefficient, levels with a part-worth each.
struct ChoiceAttributes {
  /// The terms.
  var terms: [ChoiceTerm] = []
  /// For each attribute the terms it became.
  var groups: [(name: String, terms: [Int])] = []
  /// For each attribute with levels the one whose part-worth is 0.
  var references: [(attribute: String, level: String)] = []
  /// For each term of a level its attribute and level.
  var levels: [Int: (attribute: String, level: String)] = [:]
  /// How numbers were read where the study does not say.
  var notes: [String] = []
}

extension ChoiceTermBinder {
  /// The attributes of a study.
  ///
  /// A column of texts, or of whole numbers that the study does not call numeric, holds codes of
  /// levels: each gets a part-worth beside a reference level, the lowest number or the commonest
  /// text. Alternatives where all levels are blank or 0, and nowhere else, are "none of these" with a
  /// constant of their own.
  ///
  /// - Parameters:
  ///   - declared: Names and expressions.
  ///   - key: Where they stand, such as `choices.attributes`.
  ///   - isQuantity: Whether the study says that a term is a number.
  /// - Returns: Terms and what they stand for.
  /// - Throws: `StudyError` E0634 for what cannot be read, E0635 for what is neither.
  func attributes(
    _ declared: [ChoicesDeclaration.Term], at key: String,
    isQuantity: (ChoicesDeclaration.Term) -> Bool
  ) throws(StudyError) -> ChoiceAttributes {
    let columns = declared.map { term in
      isQuantity(term) ? nil : records.texts(term.expression).map { $0.map(ChoiceLevel.of) }
    }
    var kinds = [Bool](repeating: false, count: columns.count)
    var result = ChoiceAttributes()
    for (place, texts) in columns.enumerated() {
      guard let texts else { continue }
      kinds[place] = try hasLevels(declared[place], texts, &result.notes)
    }
    let isNone = none(
      columns.indices.filter { kinds[$0] }.compactMap { columns[$0] },
      quantities: columns.indices.filter { !kinds[$0] }.compactMap {
        records.texts(declared[$0].expression)?.map(ChoiceLevel.of)
      })
    for (place, term) in declared.enumerated() {
      let first = result.terms.count
      if kinds[place], let texts = columns[place] {
        try addLevels(term, texts, isNone, &result)
      } else {
        result.terms.append(
          ChoiceTerm(name: term.name, values: try quantity(term, isNone, at: "\(key).\(term.name)"))
        )
      }
      result.groups.append((term.name, Array(first..<result.terms.count)))
    }
    guard isNone.contains(true) else { return result }
    let name = result.terms.contains { $0.name == "none" } ? "none of these" : "none"
    result.groups.append((name, [result.terms.count]))
    result.terms.append(ChoiceTerm(name: name, values: isNone.map { $0 ? 1 : 0 }))
    return result
  }

  /// The attributes of a study, where numbers may be codes of levels.
  func attributes(of declared: ChoicesDeclaration) throws(StudyError) -> ChoiceAttributes {
    try attributes(declared.attributes, at: "choices.attributes") { term in
      declared.layout == .pairs || declared.numeric.contains(term.name)
        || declared.numeric.contains(term.expression) || declared.price == term.name
    }
  }

  /// The controls of a study: numbers are numbers.
  func controls(of declared: ChoicesDeclaration) throws(StudyError) -> ChoiceAttributes {
    try attributes(declared.controls, at: "choices.controls") { term in
      records.texts(term.expression)?.allSatisfy { Self.number($0) != nil } ?? true
    }
  }

  /// Whether a column holds codes of levels and not a quantity.
  private func hasLevels(
    _ term: ChoicesDeclaration.Term, _ texts: [String], _ notes: inout [String]
  ) throws(StudyError) -> Bool {
    let distinct = Set(texts).subtracting([""])
    let numbers = distinct.compactMap { ChoiceTermBinder.number($0) }
    let name = DisplayText.escaped(term.name)
    guard numbers.count == distinct.count else { return true }
    if numbers.contains(where: { $0 != $0.rounded() }) {
      notes.append(
        "\(name) holds fractions and is read as a quantity with one coefficient; say numeric: "
          + "[\(name)] to confirm it.")
      return false
    }
    // A column of 0 and 1 is the same either way.
    if distinct.isSubset(of: ["0", "1"]) { return false }
    guard distinct.count <= Self.mostLevels else {
      throw source.error(
        "E0635", "'\(name)' holds \(distinct.count) different whole numbers",
        at: "choices.attributes",
        hint:
          "say numeric: [\(name)] if it is a quantity; at most \(Self.mostLevels) codes of levels "
          + "get part-worths")
    }
    return true
  }

  /// Most levels of an attribute.
  static let mostLevels = 30

  /// Alternatives that have no level at all.
  private func none(_ columns: [[String]], quantities: [[String]]) -> [Bool] {
    let count = records.lines.count
    guard !columns.isEmpty else { return [Bool](repeating: false, count: count) }
    let isNone = (0..<count).map { row in columns.allSatisfy { ChoiceLevel.isNone($0[row]) } }
    let isOnly = (0..<count).allSatisfy { row in
      isNone[row] || columns.allSatisfy { !ChoiceLevel.isNone($0[row]) }
    }
    let isEmpty = (0..<count).allSatisfy { row in
      !isNone[row] || quantities.allSatisfy { ChoiceLevel.isNone($0[row]) }
    }
    guard isEmpty else { return [Bool](repeating: false, count: count) }
    let isTold =
      columns.count > 1 || !quantities.isEmpty
      || (0..<count).contains { isNone[$0] && columns[0][$0] != "0" }
    return isOnly && isTold ? isNone : [Bool](repeating: false, count: count)
  }

  private func quantity(
    _ term: ChoicesDeclaration.Term, _ isNone: [Bool], at place: String
  ) throws(StudyError) -> [Double] {
    guard let texts = records.texts(term.expression), isNone.contains(true) else {
      return try values(term.expression, at: place)
    }
    var result: [Double] = []
    for (row, text) in texts.enumerated() {
      guard !isNone[row] else {
        result.append(0)
        continue
      }
      guard let number = Self.number(text) else {
        throw StudyError(
          code: "E0635",
          message: text.isEmpty
            ? "an alternative has no '\(DisplayText.escaped(term.name))'"
            : "'\(DisplayText.escaped(term.name))' must be a number in a choice model",
          file: records.file, row: records.lines[row], column: term.expression,
          hint: "give a number, or take it out of numeric:")
      }
      result.append(number)
    }
    return result
  }

  /// A term for each level but the reference.
  private func addLevels(
    _ term: ChoicesDeclaration.Term, _ texts: [String], _ isNone: [Bool],
    _ result: inout ChoiceAttributes
  ) throws(StudyError) {
    var counts: [String: Int] = [:]
    for (row, text) in texts.enumerated() where !isNone[row] { counts[text, default: 0] += 1 }
    if counts[""] != nil,
      let blank = texts.indices.first(where: { !isNone[$0] && texts[$0].isEmpty })
    {
      throw StudyError(
        code: "E0635", message: "an alternative has no '\(DisplayText.escaped(term.name))'",
        file: records.file, row: records.lines[blank], column: term.expression,
        hint:
          "fill the cell, leave the menu out, or leave all attributes of \"none of these\" blank")
    }
    guard counts.count <= Self.mostLevels else {
      throw source.error(
        "E0635",
        "'\(DisplayText.escaped(term.expression))' holds \(counts.count) different texts",
        at: "choices.attributes.\(term.name)",
        hint:
          "attributes are numbers, or texts of at most \(Self.mostLevels) kinds; is one cell not "
          + "a number?")
    }
    let areCodes = counts.keys.allSatisfy { Self.number($0) != nil }
    let levels = counts.keys.sorted {
      if areCodes { return (Self.number($0) ?? 0) < (Self.number($1) ?? 0) }
      return $0 < $1
    }
    let reference =
      areCodes
      ? levels.first : levels.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) }
    guard let reference else { return }
    result.references.append((term.name, reference))
    for level in levels where level != reference {
      result.levels[result.terms.count] = (term.name, level)
      result.terms.append(
        ChoiceTerm(
          name: "\(term.name) \(level)",
          values: texts.indices.map { !isNone[$0] && texts[$0] == level ? 1 : 0 }))
    }
  }
}

/// How a level is written: numbers that are equal are one level.
enum ChoiceLevel {
  /// One text for all ways to write a level.
  static func of(_ text: String) -> String {
    let plain = ChoiceTermBinder.trimmed(text[...])
    return ChoiceTermBinder.number(plain).map { AnswerCode.number($0).text } ?? plain
  }

  /// Whether it says that there is no level.
  static func isNone(_ level: String) -> Bool {
    ["", "0", "none", "none of these"].contains(level.lowercased())
  }
}
