internal import TesseraSurvey

extension ColumnInterpreter {
  // MARK: - Decimal comma

  func decimalComma(_ cells: CodedCells) -> Result? {
    let comma = NumberGrammar(decimal: 0x2C)
    var values: [Double] = [.nan]
    var first: Int?
    var isCertain = false
    for (position, text) in cells.texts.enumerated() {
      if case .blank = cells.meanings[position] {
        values.append(.nan)
        continue
      }
      if case .spelling(let spelling) = cells.meanings[position] {
        values.append(CellRules.missing(spelling))
        continue
      }
      guard let plain = Self.withoutThousands(text), let parsed = comma.parse(plain),
        !parsed.isIdentifier
      else { return nil }
      if let mark = plain.firstIndex(of: ",") {
        first = first ?? position
        // "1,234" alone could also be a thousand; "0,234" could not.
        if plain.distance(from: mark, to: plain.endIndex) != 4 || plain.hasPrefix("0,") {
          isCertain = true
        }
      }
      values.append(parsed.value)
    }
    guard let first, isCertain || options.decimal != nil else { return nil }
    var result = numbers(values, cells)
    guard options.decimal == nil else { return result }
    result.notices.append(
      notice(
        cells.firsts[first + 1],
        "the comma is taken as the decimal mark; pass --decimal to say otherwise"))
    return result
  }

  /// A number without the points between its thousands; `nil` if points stand anywhere else.
  static func withoutThousands(_ text: String) -> String? {
    guard text.contains(".") else { return text }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].contains(".") else { return nil }
    let groups = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard groups.dropFirst().allSatisfy({ $0.count == 3 }), (1...3).contains(groups[0].count)
    else { return nil }
    return groups.joined() + "," + parts[1]
  }
}
