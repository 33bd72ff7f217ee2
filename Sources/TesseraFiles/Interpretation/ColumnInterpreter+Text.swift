import Foundation
internal import TesseraSurvey

extension ColumnInterpreter {
  // MARK: - Text

  func text(_ cells: CodedCells) -> Result {
    var found = MissingCollector(rows: cells.codes.count)
    var kept: [Int] = []
    var reasons = [(code: AnswerCode, label: String)?](
      repeating: nil, count: cells.texts.count + 1)
    for (position, text) in cells.texts.enumerated() {
      if let item = declared.first(where: { $0.answer.utf8.elementsEqual(text.utf8) }) {
        reasons[position + 1] = (.text(item.answer), item.reason)
      } else if case .blank = cells.meanings[position] {
        continue
      } else {
        kept.append(position)
      }
    }
    kept.sort { cells.texts[$0].utf8.lexicographicallyPrecedes(cells.texts[$1].utf8) }
    let same = sameButForSpaces(cells, kept)
    kept.removeAll { same[$0] != nil }
    var positions = [Int](repeating: 0, count: cells.texts.count + 1)
    for (position, code) in kept.enumerated() { positions[code + 1] = position + 1 }
    for (text, other) in same { positions[text + 1] = positions[other + 1] }
    found.add(cells.codes, reasons)
    let variable = Variable(
      name: name, label: label, level: .nominal,
      categories: kept.map { Category(code: .text(cells.texts[$0])) },
      answers: cells.codes.answers(positions, categoryCount: kept.count),
      reasons: found.reasons, missing: found.positions)
    var result = Result(variable: variable)
    let blanks = cells.meanings.indices.filter {
      if case .blank = cells.meanings[$0] { true } else { false }
    }
    if let first = blanks.first {
      result.notices.append(
        notice(cells.firsts[first + 1], "cells of nothing but spaces are taken as empty"))
    }
    if let first = same.keys.min(by: { cells.firsts[$0 + 1] < cells.firsts[$1 + 1] }) {
      result.notices.append(
        notice(
          cells.firsts[first + 1],
          "answers that differ only in spaces before or behind them are counted as one answer"))
    }
    let quoted = cells.texts.indices.filter { place in
      let text = cells.texts[place]
      return text.count > 2 && "“„«".contains(text.first ?? " ") && "”“»".contains(text.last ?? " ")
    }
    if quoted.count * 2 > cells.texts.count - blanks.count, let first = quoted.first {
      result.notices.append(
        notice(
          cells.firsts[first + 1],
          "most cells stand in typographic quotes, which are kept as a part of the answers"))
    }
    return result
  }

  /// Answers to choose from: so many at most, and the commoner of two given by so many.
  private static let (mostAnswers, fewestGivers) = (50, 10)

  /// For each text with spaces around it the one that is the same without them, where somebody gave it.
  ///
  /// Only among answers that were to be chosen from: texts of people's own stay as they are.
  private func sameButForSpaces(_ cells: CodedCells, _ kept: [Int]) -> [Int: Int] {
    guard kept.count <= Self.mostAnswers else { return [:] }
    let spaced = kept.filter { Self.isSpaced(cells.texts[$0]) }
    guard !spaced.isEmpty else { return [:] }
    let counts = cells.counts.isEmpty ? cells.codes.counts(cells.texts.count) : cells.counts
    var places = Dictionary(
      kept.lazy.map { (cells.texts[$0], $0) }, uniquingKeysWith: { one, _ in one })
    var same: [Int: Int] = [:]
    for place in spaced {
      let bare = cells.texts[place].trimmingCharacters(in: .whitespaces)
      if let other = places[bare] {
        let isAnswer = bare.count { $0.isLetter } > 1
        if isAnswer, max(counts[place + 1], counts[other + 1]) >= Self.fewestGivers {
          same[place] = other
        }
      } else {
        places[bare] = place
      }
    }
    return same
  }

  /// Whether a text begins or ends with a space, a tab or a space that does not break.
  private static func isSpaced(_ text: String) -> Bool {
    func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
      scalar == " " || scalar == "\t" || scalar == "\u{A0}"
    }
    return isSpace(text.unicodeScalars.first) || isSpace(text.unicodeScalars.last)
  }

  func tellOffending(_ cells: CodedCells, _ kinds: Kinds, _ result: inout Result) {
    let answered = kinds.numberCells + kinds.textCells
    guard kinds.numberCells > 0, kinds.numberCells * 5 >= answered else { return }
    let offenders = cells.meanings.indices.filter {
      if case .text = cells.meanings[$0] { true } else { false }
    }
    guard let first = offenders.min(by: { cells.firsts[$0 + 1] < cells.firsts[$1 + 1] }) else {
      return
    }
    let row = cells.firsts[first + 1]
    let found = Self.shown(cells.texts[first], cells: cells.counts[first + 1])
    result.offending = OffendingCell(
      file: places.place(row).file, row: places.place(row).line, column: name, found: found)
    result.notices.append(
      notice(
        row,
        "kept as text: \(kinds.textCells) of \(answered) cells are not numbers, first \(found)"))
  }

  func tellKeptSpellings(_ cells: CodedCells, _ kinds: Kinds, _ result: inout Result) {
    let kept = cells.meanings.indices.filter {
      if case .spelling = cells.meanings[$0] { cells.texts[$0].count > 1 } else { false }
    }
    guard let first = kept.first else { return }
    let names = kept.prefix(3).map { cells.texts[$0] }.joined(separator: ", ")
    result.notices.append(
      notice(
        cells.firsts[first + 1],
        "\(names) is kept as an answer, since the column holds text; --missing declares it missing"
      ))
  }

  /// A text as it may be told: itself only if at least ten rows hold it, else its kind and length.
  static func shown(_ text: String, cells: Int) -> String {
    if cells >= 10 { return "'\(DisplayText.escaped(text, limit: 40))'" }
    let count = text.count
    return "text of \(count) character\(count == 1 ? "" : "s")"
  }
}
