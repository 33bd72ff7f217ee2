import Foundation
import TesseraStudy
import TesseraSurvey

/// The columns of a table as the model reads them: categories from 1, numbers, NULL for no answer.
struct SQLAnswers {
  let model: SegmentModel
  let dialect: SQLDialect
  /// What the table calls a column of the model.
  let columnName: (String) -> String

  /// What stands for an answer in the step that reads them.
  static func alias(_ place: Int) -> String { "tessera_answer_\(place + 1)" }

  /// What stands for a covariate's numbers.
  static func covariateAlias(_ place: Int) -> String { "tessera_covariate_\(place + 1)" }

  /// An expression for each question of the model.
  ///
  /// - Returns: In the order of the model: a category from 1, or a number; NULL where there is none.
  /// - Throws: `StudyError` E0671 for answers that SQL cannot read as the model does.
  func expressions() throws(StudyError) -> [String] {
    var result: [String] = []
    for indicator in model.indicators {
      switch indicator.form {
      case .nominal(let categories), .ordinal(let categories):
        result.append(categorical(source(indicator.name), column: indicator.name, categories))
      case .numeric: result.append(number(indicator.name))
      case .count:
        let value = number(indicator.name)
        result.append(
          "CASE WHEN \(value) >= 0 AND \(value) = FLOOR(\(value)) THEN \(value) END")
      case .chosen(let code): result.append(try chosen(indicator, code))
      }
    }
    return result
  }

  /// An expression for each column of numbers on which membership depends.
  func covariates() -> [String] {
    model.covariates.flatMap { encoding -> [String] in
      guard let reference = encoding.reference else { return [number(encoding.name)] }
      let code = categorical(
        source(encoding.name), column: encoding.name, [reference] + encoding.codes)
      return encoding.codes.indices.map { place in
        "CASE WHEN (\(code)) = \(place + 2) THEN \(dialect.number(1)) "
          + "WHEN (\(code)) IS NOT NULL THEN \(dialect.number(0)) END"
      }
    }
  }

  /// Columns that the model reads, by its own names.
  var modelColumns: [String] {
    var names: [String] = []
    func add(_ name: String) {
      if !names.contains(name) { names.append(name) }
    }
    for indicator in model.indicators { add(delimited(indicator)?.column ?? indicator.name) }
    for covariate in model.covariates { add(covariate.name) }
    if case .given(let column, _) = model.parameters { add(column) }
    return names
  }

  // MARK: - Categories

  private func source(_ column: String) -> String { dialect.name(columnName(column)) }

  /// The category of an answer by its code or its words, whatever its type, capitals and spaces.
  ///
  /// Codes that are numbers are compared as numbers, so that `1`, `1.00` and `'1'` are one; of yes and
  /// no in a column of truths 1 is true.
  func categorical(_ column: String, column name: String, _ categories: [EncodedCategory]) -> String
  {
    var numbers: [(value: Double, place: Int)] = []
    var words: [(text: String, place: Int)] = []
    var exact: [(text: String, place: Int)] = []
    for code in missingCodes(name) {
      if let value = Self.number(code) { numbers.append((value, 0)) }
      words.append((code.lowercased(), 0))
    }
    for (place, category) in categories.enumerated() where !category.isOther {
      for answer in category.members {
        if let value = Self.number(answer.code.text) {
          numbers.append((value, place + 1))
        } else {
          exact.append((answer.code.text, place + 1))
        }
        words += Self.words(answer).map { ($0, place + 1) }
      }
    }
    func add(_ word: String, as value: Double) {
      guard let place = numbers.first(where: { $0.value == value })?.place else { return }
      words += [(word, place), (String(word.prefix(1)), place)]
    }
    if numbers.allSatisfy({ $0.place == 0 || $0.value == 0 || $0.value == 1 }) {
      add("true", as: 1)
      add("false", as: 0)
    }
    for (word, value) in [("true", 1.0), ("false", 0.0)] {
      guard let place = words.first(where: { $0.text == word })?.place else { continue }
      numbers.append((value, place))
    }
    // A column of truths may stand for yes and no, as warehouses keep them.
    let spoken = ["yes": "true", "no": "false"].compactMap { word, truth in
      words.first { $0.text == word && $0.place > 0 }.map { (truth, $0.place) }
    }.sorted { $0.0 < $1.0 }
    if spoken.count == 2, !words.contains(where: { $0.text == "true" || $0.text == "false" }) {
      words += spoken
    }
    // Answers that differ by capitals alone are told apart by them.
    var places: [String: Set<Int>] = [:]
    for word in words { places[word.text, default: []].insert(word.place) }
    let shared = places.filter { $0.value.count > 1 }
    let lower = words.filter { shared[$0.text] == nil }
    let told = exact.filter { shared[$0.text.lowercased()] != nil }

    var parts: [String] = []
    if let cases = cases(numbers.map { (dialect.number($0.value), $0.place) }) {
      parts.append("CASE \(dialect.double(column)) \(cases) END")
    }
    if let cases = cases(told.map { (dialect.text($0.text), $0.place) }) {
      parts.append("CASE \(dialect.trimmed(column)) \(cases) END")
    }
    if let cases = cases(lower.map { (dialect.text($0.text), $0.place) }) {
      parts.append("CASE \(lowered(column)) \(cases) END")
    }
    if let other = categories.firstIndex(where: \.isOther) {
      parts.append("CASE WHEN \(dialect.trimmed(column)) <> '' THEN \(other + 1) END")
    }
    guard !parts.isEmpty else { return "CAST(NULL AS INTEGER)" }
    let found = parts.count == 1 ? parts[0] : "COALESCE(\(parts.joined(separator: ", ")))"
    return missingCodes(name).isEmpty ? found : "NULLIF(\(found), 0)"
  }

  /// `WHEN ... THEN ...` for each text once; `nil` for none.
  private func cases(_ pairs: [(text: String, place: Int)]) -> String? {
    var seen: Set<String> = []
    let kept = pairs.filter { seen.insert($0.text).inserted }
    return kept.isEmpty
      ? nil : kept.map { "WHEN \($0.text) THEN \($0.place)" }.joined(separator: " ")
  }

  private func lowered(_ column: String) -> String { "LOWER(\(dialect.trimmed(column)))" }

  private func list(_ texts: [String]) -> String {
    texts.map(dialect.text).joined(separator: ", ")
  }

  /// The words of an answer in lower case: its code where that is none, and its label.
  private static func words(_ answer: Category) -> [String] {
    // A bare number is no word for an answer.
    [answer.code.text, answer.label].filter { !$0.isEmpty && number($0) == nil }
      .flatMap { [$0.lowercased(), asciiLowered($0)] }
  }

  /// A code that is a number, written as numbers are: `01` is a text.
  private static func number(_ code: String) -> Double? {
    guard let value = Double(code), value.isFinite, AnswerCode.number(value).text == code else {
      return nil
    }
    return value
  }

  /// Lower case as engines have it that know plain letters only.
  private static func asciiLowered(_ text: String) -> String {
    String(
      text.unicodeScalars.map { scalar -> Character in
        ("A"..."Z").contains(scalar)
          ? Character(UnicodeScalar(scalar.value + 32) ?? scalar) : Character(scalar)
      })
  }

  /// The answers that a study declares missing, as it writes them.
  private func missingCodes(_ name: String) -> [String] {
    guard let survey = model.survey else { return [] }
    let codes =
      survey.missingEverywhere
      + survey.missingByColumn.filter { $0.column == name }.flatMap(\.codes)
    return codes.map(\.code)
  }

  /// Whether a column holds one of some codes or words.
  private func holds(_ column: String, _ codes: [String]) -> String {
    let numbers = codes.compactMap(Self.number)
    let words = codes.filter { Self.number($0) == nil }
      .flatMap { [$0.lowercased(), Self.asciiLowered($0)] }
    var parts: [String] = []
    if !numbers.isEmpty {
      parts.append(
        "\(dialect.double(column)) IN (\(numbers.map(dialect.number).joined(separator: ", ")))")
    }
    var texts = words
    // A column of truths.
    if numbers.contains(1) { texts += ["true", "t"] }
    if numbers.contains(0) { texts += ["false", "f"] }
    var seen: Set<String> = []
    texts = texts.filter { seen.insert($0).inserted }
    if !texts.isEmpty { parts.append("\(lowered(column)) IN (\(list(texts)))") }
    return "(" + parts.joined(separator: " OR ") + ")"
  }

  /// `WHEN` a code is declared missing `THEN NULL`; nothing where none is.
  private func gap(_ column: String, _ name: String) -> String {
    let codes = missingCodes(name)
    return codes.isEmpty ? "" : "WHEN \(holds(column, codes)) THEN NULL "
  }

  // MARK: - Numbers

  private func number(_ name: String) -> String {
    let value = dialect.double(source(name))
    let missing =
      (model.survey.map { survey in
        (survey.missingEverywhere
          + survey.missingByColumn.filter { $0.column == name }.flatMap(\.codes))
          .compactMap { Double($0.code) }
      } ?? []).filter(\.isFinite)
    guard !missing.isEmpty else { return value }
    return "CASE WHEN \(value) NOT IN (\(missing.map(dialect.number).joined(separator: ", "))) "
      + "THEN \(value) END"
  }

  // MARK: - Questions of several answers

  private func delimited(
    _ indicator: IndicatorEncoding
  ) -> (column: String, separator: String)? {
    guard let set = indicator.set,
      let declared = model.survey?.sets.first(where: { $0.name == set }),
      case .delimited(let column, let separator, _) = declared.source
    else { return nil }
    return (column, separator)
  }

  /// 2 for what is chosen, 1 for what is not.
  private func chosen(
    _ indicator: IndicatorEncoding, _ code: AnswerCode
  ) throws(StudyError) -> String {
    guard let set = indicator.set else {
      let own = source(indicator.name)
      return "CASE \(gap(own, indicator.name))WHEN \(holds(own, [code.text])) THEN 2 "
        + "WHEN \(dialect.trimmed(own)) <> '' THEN 1 END"
    }
    if let (column, separator) = delimited(indicator) {
      let answer = String(indicator.name.dropFirst(set.count + 2))
      // Spaces beside a separator belong to no answer.
      var text = dialect.trimmed(source(column))
      let mark = separator.trimmingCharacters(in: .whitespaces)
      guard !mark.isEmpty else {
        throw StudyError(
          code: "E0671",
          message: "the set '\(set)' lists its answers with spaces between them, which SQL "
            + "cannot take apart safely", column: column,
          hint: "write the answers with a sign such as ; between them")
      }
      // Answers that hold the separator themselves stand for themselves, the longest first.
      let options = answers(of: set).filter { $0.contains(mark) }
        .sorted { ($1.count, $0) < ($0.count, $1) }
      func token(_ place: Int) -> String { "\u{E000}\(place)\u{E001}" }
      for (place, option) in options.enumerated() {
        text = "REPLACE(\(text), \(dialect.text(option)), \(dialect.text(token(place))))"
      }
      for pair in ["\(mark)  ", "\(mark) ", "  \(mark)", " \(mark)"] {
        text = "REPLACE(\(text), \(dialect.text(pair)), \(dialect.text(mark)))"
      }
      let sought = options.firstIndex(of: answer).map(token) ?? answer
      let whole =
        dialect == .sqlite || dialect == .postgresql || dialect == .duckdb || dialect == .ansi
        ? "\(dialect.text(mark)) || \(text) || \(dialect.text(mark))"
        : "CONCAT(\(dialect.text(mark)), \(text), \(dialect.text(mark)))"
      let isThere = dialect.holds("(\(whole))", dialect.text(mark + sought + mark))
      return "CASE \(gap(source(column), column))WHEN \(isThere) THEN 2 "
        + "WHEN \(dialect.trimmed(source(column))) <> '' THEN 1 END"
    }
    let members = model.indicators.filter { $0.set == set }
    let anyChosen = members.map { "\(says($0.name, set)) = 2" }.joined(separator: " OR ")
    let own = says(indicator.name, set)
    // Blank beside something chosen is "no".
    return "CASE \(gap(source(indicator.name), indicator.name))WHEN \(own) IS NOT NULL THEN \(own) "
      + "WHEN \(anyChosen) THEN 1 END"
  }

  /// All answers of a set that are known: those of the model and those that the study lists.
  private func answers(of set: String) -> [String] {
    var all = model.indicators.filter { $0.set == set }.map {
      String($0.name.dropFirst(set.count + 2))
    }
    if let declared = model.survey?.sets.first(where: { $0.name == set }),
      case .delimited(_, _, let options) = declared.source
    {
      all += options.filter { !all.contains($0) }
    }
    return all
  }

  /// What a member of a set says by itself.
  private func says(_ member: String, _ set: String) -> String {
    let own = source(member)
    if let declared = model.survey?.sets.first(where: { $0.name == set }),
      case .columns(_, let chosen?) = declared.source
    {
      return
        "(CASE WHEN \(holds(own, [chosen])) THEN 2 WHEN \(dialect.trimmed(own)) <> '' THEN 1 END)"
    }
    return "(CASE \(gap(own, member))WHEN \(holds(own, ["0", "2"] + SetWords.no)) THEN 1 "
      + "WHEN \(dialect.trimmed(own)) <> '' THEN 2 END)"
  }
}
