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

  /// The first text with a point that may part thousands or decimals, where every number of the column
  /// allows both; `nil` if one does not, or hardly any has a point.
  func pointBeforeThree(_ cells: CodedCells, _ judged: [Int]) -> Int? {
    guard rules.pointMayPartThousands, options.levels[name] == nil else { return nil }
    var marked: [Int] = []
    var numbers = 0
    for place in judged {
      switch cells.meanings[place] {
      case .number:
        numbers += 1
        let digits = cells.texts[place].trimmingSpaces.drop { "+-".contains($0) }
        let groups = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(groups[0].count), groups.allSatisfy({ $0.allSatisfy(\.isNumber) })
        else { return nil }
        if groups.count == 2 {
          guard groups[1].count == 3, groups[0].first != "0" else { return nil }
          marked.append(place)
        }
      case .identifier, .unreadable, .text: return nil
      case .blank, .spelling: break
      }
    }
    guard marked.count >= 3 || marked.count * 2 >= numbers else { return nil }
    return marked.min { cells.firsts[$0 + 1] < cells.firsts[$1 + 1] }
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
