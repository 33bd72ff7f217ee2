import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraFiles

@Suite("Numbers as text")
struct NumberTextTests {
  private func text(
    _ write: (UnsafeMutablePointer<UInt8>) -> Int
  ) -> String {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: NumberText.room) { buffer, count in
      count = unsafe buffer.baseAddress.map { unsafe write($0) } ?? 0
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the number is to look like.
  private func expected(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    return number == number.rounded() && abs(number) < 1e15
      ? String(Int64(number)) : String(number)
  }

  private func expected(chance: Double) -> String {
    var rest = Int((chance * 1_000_000_000_000).rounded())
    if rest == 0 { return "0" }
    if rest == 1_000_000_000_000 { return "1" }
    var text = "0."
    var place = 100_000_000_000
    while rest > 0 {
      text += String(rest / place)
      rest %= place
      place /= 10
    }
    return text
  }

  private func check(_ number: Double, _ place: SourceLocation = #_sourceLocation) {
    for number in [number, -number] {
      let text = unsafe text { unsafe NumberText.write(number, $0) }
      guard text != expected(number) else { continue }
      Issue.record("\(number) became \(text)", sourceLocation: place)
    }
  }

  @Test func `edges`() {
    let numbers: [Double] = [
      0, 1, 9, 10, 99, 100, 12_345_678, 99_999_999, 100_000_000, 123_456_789_012,
      999_999_999_999_999,
      1e15, 1e16, 1e17, 1e21, 1e22, 1e23, 1e300, .infinity, .nan, .greatestFiniteMagnitude,
      .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-300, 1e-7, 1e-5, 1e-4, 9.999e-4, 1e-3,
      0.0010000001, 0.1, 0.3, 0.30000000000000004, 0.5, 0.25, 0.3333333333333333,
      0.6666666666666666, 1.5, 2.675, 99.999999,
      999.999999999999, 1000.000000000001, 999_999_999.999_999, 1_000_000_000.5, 123_456.789,
      4_503_599_627_370_497.5, 9_007_199_254_740_992, 0.10000000000000002, 0.09999999999999999,
      123_456_789.123_456_7,
    ]
    for number in numbers { check(number) }
  }

  @Test func `a million drawn numbers`() {
    var stream = RandomStream(seed: 18)
    for _ in 0..<250_000 {
      check(Double(bitPattern: UInt64(stream.below(1 << 32)) << 32 | UInt64(stream.below(1 << 32))))
      // A decimal of few digits, one of many, and one that is nearly short.
      let digits = Double(stream.below(1_000_000_000))
      var scale = 1.0
      for _ in 0..<stream.below(14) { scale *= 10 }
      check(digits / scale)
      check(stream.uniform() * scale)
      check((digits / scale).nextUp)
    }
  }

  @Test func `whole numbers`() {
    var numbers: [UInt64] = [.max, .max - 1, 0]
    var power: UInt64 = 1
    for _ in 0..<19 {
      power *= 10
      numbers += [power - 1, power, power + 1]
    }
    for number in numbers {
      #expect(unsafe text { unsafe NumberText.write(whole: number, $0) } == String(number))
    }
  }

  @Test func `chances have twelve decimals at most`() {
    var stream = RandomStream(seed: 19)
    var chances: [Double] = [
      0, 1, -0.0, 0.5, 0.1, 1e-12, 4.9e-13, 5e-13, 0.49999999999999994e-12, 0.999999999999,
      0.9999999999996,
      0.9999999999994, 0.999999999999, .leastNonzeroMagnitude, 0.123_456_789_012_5, 1e-300,
      0.9999999999999999,
    ]
    for _ in 0..<200_000 {
      let chance = stream.uniform()
      var small = chance
      for _ in 0..<stream.below(14) { small /= 10 }
      chances += [chance, small, 1 - small]
    }
    for chance in chances {
      let text = unsafe text { unsafe NumberText.write(chance: chance, $0) }
      guard text != expected(chance: chance) else { continue }
      Issue.record("\(chance) became \(text)")
    }
  }
}

@Suite("Rows of delimited text")
struct DelimitedRowsTests {
  /// Columns of every kind, with reasons for what is missing.
  private func survey(rows: Int) -> Survey {
    var stream = RandomStream(seed: 20)
    let texts = [
      "plain", "a,b", "say \"yes\"", "two\nlines", " space ", "=1+1", "longer than eight",
    ]
    func codes(_ count: Int) -> AnswerColumn {
      AnswerColumn(
        positions: (0..<rows).map { _ in stream.below(count + 1) }, categoryCount: count)
    }
    var coded = Variable(
      name: "coded", level: .nominal,
      categories: texts.map { Category(code: .text($0), label: "label of " + $0) },
      answers: codes(texts.count))
    coded.reasons = [
      MissingReason(kind: .declared, code: .number(-9.5), label: "refused"),
      MissingReason(kind: .notAsked, code: nil, label: "not asked"),
    ]
    coded.missing = (0..<rows).map { coded.answers.position($0) > 0 ? 0 : UInt8($0 % 3) }
    let many = Variable(
      name: "many, with a comma", level: .text,
      categories: (0..<70_000).map { Category(code: .text("person \($0)")) },
      answers: codes(70_000))
    let some = Variable(
      name: "some", level: .ordinal,
      categories: (0..<300).map { Category(code: .number(Double($0) / 4)) }, answers: codes(300))
    var numbers = Variable(
      name: "numbers", level: .numeric,
      answers: .numbers(
        (0..<rows).map {
          row -> Double in
          let kinds: [Double] = [.nan, .infinity, 3, 0.25, 1e-9]
          return row % 6 < 5 ? kinds[row % 6] : Double(stream.below(1 << 40)) / 1024
        }))
    numbers.reasons = [MissingReason(kind: .declared, code: .number(99), label: "don't know")]
    numbers.missing = (0..<rows).map { $0 % 12 == 0 ? 1 : 0 }
    var labelled = Variable(name: "labelled", level: .numeric, answers: numbers.answers)
    labelled.otherLabels = [Category(code: .number(3), label: "three")]
    return Survey(variables: [coded, many, some, numbers, labelled])
  }

  /// The text of some rows, cell after cell.
  private func slow(_ survey: Survey, _ usesLabels: Bool, _ rows: Range<Int>) -> [UInt8] {
    var writer = CSVWriter(delimiter: 0x3B, isRaw: true)
    let columns = survey.variables.map { TableCells($0, usesLabels: usesLabels) }
    for row in rows {
      writer.append(
        columns.map { column in
          switch column.cell(row) {
          case .empty: .empty
          case .number(let number): .number(number)
          case .text(let text): .text(text)
          case .moment(let seconds, let time): .text(CalendarText.text(seconds, time) ?? "")
          }
        })
    }
    return writer.bytes
  }

  @Test(arguments: [false, true])
  func `stretches hold what their cells hold`(_ usesLabels: Bool) {
    let survey = survey(rows: 2500)
    var rows = DelimitedRows(survey, delimiter: 0x3B, usesLabels: usesLabels)
    for range in [0..<1024, 1024..<2048, 2048..<2500, 7..<8, 9..<9] {
      #expect(Array(rows.text(range)) == slow(survey, usesLabels, range))
    }
  }

  @Test func `a row of one empty cell is no empty line`() {
    let survey = Survey(variables: [
      Variable(name: "only", level: .numeric, answers: .numbers([1, .nan, .infinity, -2.5]))
    ])
    var rows = DelimitedRows(survey, delimiter: 0x2C, usesLabels: false)
    #expect(String(decoding: rows.text(0..<4), as: UTF8.self) == "1\r\n\"\"\r\n\"\"\r\n-2.5\r\n")
  }
}
