internal import TesseraSurvey

/// Amounts as people and spreadsheets write them: "$1,200", "1.200,50 €", "CHF 1'200", "12 %".
///
/// A column is read as numbers only where one way to read it fits every cell; "1,234" alone may be a
/// thousand or a decimal, and such a column stays text and is told.
extension ColumnInterpreter {
  /// Fewer different texts are answers on offer ("10%", "20%"), not amounts, unless thousands are marked.
  private static let fewest = 8

  func amounts(_ cells: CodedCells) -> Result? {
    switch options.levels[name] {
    case nil, .numeric, .count: break
    default: return nil
    }
    guard !NameHints.isIdentifier(name) else { return nil }
    let places = cells.texts.indices.filter { place in
      switch cells.meanings[place] {
      case .blank, .spelling: false
      default: !isDeclared(cells.texts[place])
      }
    }
    let written = places.compactMap { WrittenAmount(cells.texts[$0]) }
    guard written.count == places.count, written.count >= 3 else { return nil }
    let marks: [Character] =
      options.decimal.map { [Character(Unicode.Scalar($0))] } ?? [".", ","]
    let readings = marks.filter { mark in
      written.allSatisfy { $0.value(decimal: mark) != nil }
        && Set(written.compactMap { $0.thousandsMark(decimal: mark) }).count <= 1
    }
    let isMoney = written.contains { $0.isMoney }
    guard let mark = decided(readings, written, isMoney) else { return nil }
    let hasThousands = written.contains { $0.thousandsMark(decimal: mark) != nil }
    // Months beside years, or pounds beside kilograms, are no numbers of one kind.
    let units = Set(written.compactMap(\.unit))
    guard hasThousands || isMoney || written.contains(where: \.isShare) || !units.isEmpty,
      units.count <= 1, units.isEmpty || !isMoney, hasThousands || places.count >= Self.fewest
    else { return nil }
    var values = [Double](repeating: .nan, count: cells.texts.count + 1)
    for (place, amount) in zip(places, written) {
      values[place + 1] = amount.value(decimal: mark) ?? .nan
    }
    for (place, meaning) in cells.meanings.enumerated() {
      if case .spelling(let spelling) = meaning { values[place + 1] = CellRules.missing(spelling) }
    }
    for (place, text) in cells.texts.enumerated() where isDeclared(text) {
      values[place + 1] = rules.spellings.firstIndex(of: text).map(CellRules.missing) ?? .nan
    }
    var result = numbers(values, cells)
    let first = places.first { cells.texts[$0].contains { !$0.isNumber } } ?? places[0]
    result.notices.append(
      notice(
        cells.firsts[first + 1],
        "read as numbers, without " + signs(written, mark)
          + (written.contains { $0.number.contains(mark) }
            ? "; the \(mark == "," ? "comma" : "point") is the decimal mark" : "")))
    return result
  }

  /// The decimal mark where one alone fits, or a currency tells thousands from decimals.
  func decided(
    _ readings: [Character], _ written: [WrittenAmount], _ isMoney: Bool
  ) -> Character? {
    guard readings.count == 2 else { return readings.first }
    // Without any mark both are the same.
    let marked = written.filter { $0.number.contains { ".,".contains($0) } }
    guard let sign = marked.first?.number.first(where: { ".,".contains($0) }) else { return "." }
    // Prices have no thousandths; 0,125 is no thousand.
    let isZero = marked.contains { $0.number.hasPrefix("0") }
    if isZero { return sign }
    return isMoney ? (sign == "," ? "." : ",") : nil
  }

  private func signs(_ written: [WrittenAmount], _ mark: Character) -> String {
    var signs: [String] = []
    if written.contains(where: \.isMoney) { signs.append("currencies") }
    if written.contains(where: \.isShare) { signs.append("per cent signs") }
    if written.contains(where: { $0.unit != nil }) { signs.append("units") }
    if written.contains(where: { $0.thousandsMark(decimal: mark) != nil }) {
      signs.append("marks between thousands")
    }
    return signs.count > 1
      ? signs.dropLast().joined(separator: ", ") + " and " + (signs.last ?? "") : signs.joined()
  }

  /// Tells of a column that is kept as text though its cells look like numbers.
  func tellAmounts(_ cells: CodedCells, _ result: inout Result) {
    let places = cells.texts.indices.filter { place in
      switch cells.meanings[place] {
      case .blank, .spelling: false
      default: !isDeclared(cells.texts[place])
      }
    }
    guard places.count >= 3, !NameHints.isIdentifier(name), options.levels[name] == nil else {
      return
    }
    let amounts = places.map { WrittenAmount(cells.texts[$0]) }
    func fits(_ amount: WrittenAmount?) -> Bool {
      amount.map { $0.value(decimal: ".") != nil || $0.value(decimal: ",") != nil } ?? false
    }
    let marked = places.indices.filter { place in
      fits(amounts[place]) && amounts[place]?.number.contains { ",.".contains($0) } == true
    }
    guard amounts.count(where: fits) * 10 >= places.count * 9, marked.count * 2 >= places.count,
      let first = marked.min(by: { cells.firsts[places[$0] + 1] < cells.firsts[places[$1] + 1] })
    else { return }
    let isMixed =
      Set(
        marked.compactMap { place in
          amounts[place]?.number.last { ",.".contains($0) }
        }
      ).count > 1
    result.notices.append(
      notice(
        cells.firsts[places[first] + 1],
        "kept as text, though the cells look like numbers: "
          + (isMixed
            ? "the decimal mark is now a comma, now a point; correct the file"
            : "a mark before three digits may part thousands or decimals; --decimal says which")))
  }
}

/// An amount with the signs around its number.
struct WrittenAmount {
  /// Sign and digits with their marks.
  let number: String
  let isMoney: Bool
  let isShare: Bool
  /// What its unit measures: years, kilograms and so on; `nil` without one.
  let unit: String?

  private static let currencies = [
    "US$", "R$", "A$", "C$", "$", "€", "£", "¥", "₹", "₽", "zł", "kr", "EUR", "USD", "GBP", "CHF",
    "JPY", "SEK", "NOK", "DKK", "PLN", "AUD", "CAD", "INR", "BRL", "MXN", "euros", "euro", "Euro",
    "reais", "real", "dollars", "dollar", "pesos", "yen", "円",
  ]
  /// Words behind a number, and what they measure.
  private static let units: [String: String] = [
    "years": "years", "year": "years", "years old": "years", "year old": "years", "yrs": "years",
    "yr": "years", "y.o.": "years", "yo": "years", "anos": "years", "ano": "years",
    "anos de idade": "years", "años": "years", "año": "years", "años de edad": "years",
    "ans": "years", "an": "years", "jahre": "years", "jahr": "years", "jahre alt": "years",
    "jaar": "years", "jaar oud": "years", "lat": "years", "lata": "years", "anni": "years",
    "år": "years", "歳": "years", "才": "years", "kg": "kilograms", "kgs": "kilograms",
    "kilo": "kilograms", "kilos": "kilograms", "cm": "centimetres", "km": "kilometres",
    "min": "minutes", "mins": "minutes", "minutes": "minutes", "minuten": "minutes",
    "minutos": "minutes",
  ]

  /// Takes an amount apart; `nil` for other texts.
  init?(_ text: String) {
    guard text.utf8.count <= 40, text.contains(where: { $0.isASCII && $0.isNumber }) else {
      return nil
    }
    func bare(_ text: Substring) -> Substring {
      var text = text
      while let first = text.first, first.isWhitespace { text.removeFirst() }
      while let last = text.last, last.isWhitespace { text.removeLast() }
      return text
    }
    var rest = bare(text[...])
    var sign = ""
    func takeSign() {
      guard let first = rest.first, "+-−".contains(first), sign.isEmpty else { return }
      sign = first == "+" ? "" : "-"
      rest = bare(rest.dropFirst())
    }
    takeSign()
    var isMoney = false
    var isShare = false
    var unit: String?
    if let currency = Self.currencies.first(where: { rest.hasPrefix($0) }) {
      rest = bare(rest.dropFirst(currency.count))
      isMoney = true
      takeSign()
    } else if let currency = Self.currencies.first(where: { rest.hasSuffix($0) }) {
      rest = bare(rest.dropLast(currency.count))
      isMoney = true
    } else if rest.last == "%" {
      rest = bare(rest.dropLast())
      isShare = true
    } else if let last = rest.last, !last.isNumber,
      let end = rest.lastIndex(where: { $0.isASCII && $0.isNumber }),
      let known = Self.units[bare(rest[rest.index(after: end)...]).lowercased()]
    {
      rest = rest[...end]
      unit = known
    }
    guard let first = rest.first, let last = rest.last, first.isASCII, first.isNumber, last.isASCII,
      last.isNumber,
      rest.allSatisfy({ $0.isASCII && $0.isNumber || ",.'’ \u{A0}\u{202F}\u{2009}".contains($0) })
    else { return nil }
    number =
      sign
      + String(rest.map { "\u{A0}\u{202F}\u{2009}".contains($0) ? " " : $0 == "’" ? "'" : $0 })
    self.isMoney = isMoney
    self.isShare = isShare
    self.unit = unit
  }

  /// The mark between thousands; `nil` if there is none.
  func thousandsMark(decimal: Character) -> Character? {
    number.first { !$0.isNumber && $0 != "-" && $0 != decimal }
  }

  /// The value with a decimal mark; `nil` if the number is not written so.
  func value(decimal: Character) -> Double? {
    let parts = number.drop { $0 == "-" }.split(
      separator: decimal, omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.count == 1 || parts[1].allSatisfy(\.isNumber) else { return nil }
    var digits = String(parts[0])
    if let mark = thousandsMark(decimal: decimal) {
      let groups = parts[0].split(separator: mark, omittingEmptySubsequences: false)
      guard groups.count >= 2, (1...3).contains(groups[0].count), groups[0].first != "0",
        groups.dropFirst().allSatisfy({ $0.count == 3 }),
        groups.allSatisfy({ $0.allSatisfy(\.isNumber) }),
        // Telephone numbers stand in groups too.
        mark != " " || isMoney || groups.count <= 3 && groups.joined().count <= 8
      else { return nil }
      digits = groups.joined()
    } else if digits.count > 1, digits.first == "0" {
      return nil
    }
    guard digits.count <= 15, digits.allSatisfy(\.isNumber) else { return nil }
    let fraction = parts.count == 2 ? "." + parts[1] : ""
    return Double((number.first == "-" ? "-" : "") + digits + fraction)
  }
}
