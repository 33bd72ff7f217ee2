internal import TesseraSurvey

/// Words here and there in a column of numbers, as people type them: "about 50".
///
/// They cost their cells and not the column. What is written often is no slip but an answer ("10 or
/// more"), and a column of it holds text.
extension ColumnInterpreter {
  /// Cells with words among a hundred with an answer, at most.
  private static let mostOdd = 5
  /// Cells in which the same words may stand.
  private static let mostAlike = 2

  /// Whether all but a few cells are numbers, and no words recur.
  func holdsOddWords(_ cells: CodedCells, _ kinds: Kinds) -> Bool {
    guard kinds.texts > 0, kinds.numbers > 0, !cells.counts.isEmpty,
      options.levels[name].map({ $0 == .numeric || $0 == .count }) ?? true,
      !NameHints.isIdentifier(name),
      kinds.textCells * 100 <= Self.mostOdd * (kinds.numberCells + kinds.textCells)
    else { return false }
    var numbers: [Double] = []
    for (position, meaning) in cells.meanings.enumerated() {
      switch meaning {
      case .text where !isDeclared(cells.texts[position]) && price(cells.texts[position]) == nil:
        guard cells.counts[position + 1] <= Self.mostAlike else { return false }
      case .number(let value): numbers.append(value)
      default: continue
      }
    }
    // Whole numbers that hardly recur are names of something, some of which have letters.
    let isCode =
      numbers.allSatisfy { $0 == $0.rounded() } && numbers.count * 10 > kinds.numberCells * 9
    return !isCode
  }

  /// The number of an amount of money, as it stands among plain numbers: "250 €"; `nil` for other words.
  func price(_ text: String) -> Double? {
    guard let amount = WrittenAmount(text), amount.isMoney else { return nil }
    let marks: [Character] =
      options.decimal.map { [Character(Unicode.Scalar($0))] } ?? [".", ","]
    let readings = marks.filter { amount.value(decimal: $0) != nil }
    return decided(readings, [amount], true).flatMap { amount.value(decimal: $0) }
  }

  /// Tells of amounts with a currency among plain numbers.
  func tellPriced(_ priced: [Int], _ cells: CodedCells, _ result: inout Result) {
    guard let first = priced.map({ cells.firsts[$0 + 1] }).min() else { return }
    let count = priced.reduce(0) { $0 + cells.counts[$1 + 1] }
    result.notices.append(
      notice(
        first,
        "read as \(count == 1 ? "a number" : "numbers"): \(count) cell\(count == 1 ? "" : "s") "
          + "\(count == 1 ? "has" : "have") a currency beside the amount"))
  }

  /// Tells of words that were taken as missing.
  func tellOdd(_ odd: [Int], _ cells: CodedCells, _ result: inout Result) {
    guard let first = odd.min(by: { cells.firsts[$0 + 1] < cells.firsts[$1 + 1] }) else { return }
    let count = odd.reduce(0) { $0 + cells.counts[$1 + 1] }
    let row = cells.firsts[first + 1]
    let shown = Self.shown(cells.texts[first], cells: cells.counts[first + 1])
    result.offending = OffendingCell(
      file: places.place(row).file, row: places.place(row).line, column: name, found: shown)
    result.notices.append(
      notice(
        row,
        "taken as missing: \(count) cell\(count == 1 ? "" : "s") of a column of numbers "
          + "\(count == 1 ? "holds" : "hold") words, first \(shown); correct "
          + "\(count == 1 ? "it" : "them") in the file, or declare the column nominal to keep the "
          + "words"))
  }
}
