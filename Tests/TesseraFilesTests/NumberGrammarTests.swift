import TesseraFiles
import TesseraMath
import Testing

@Suite struct NumberGrammarTests {
  private static let grammar = NumberGrammar(decimal: UInt8(ascii: "."))

  @Test(arguments: [
    ("0", 0.0), ("-1", -1), ("+5", 5), (".5", 0.5), ("5.", 5), ("1e2", 100), ("1.5E-3", 0.0015),
    (" 7 ", 7), ("5.e1", 50), (".5e1", 5), ("123456789012345680", 123_456_789_012_345_680),
    ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992), ("1e-400", 0), ("-0", 0),
  ])
  func `numbers are read exactly`(_ text: String, _ value: Double) {
    #expect(Self.grammar.parse(text)?.value == value)
  }

  @Test(arguments: [
    "", " ", "nan", "inf", "-Infinity", "0x1F", "1_000", "1,000", "１２", "٣", "−5", "1e400", "1e",
    "e5", "+", "-", ".", "1.2.3", "1 2", "--1", "5%", "$5", "1e+", "1d5", "0b1", "1\u{A0}",
  ])
  func `nothing else is a number`(_ text: String) {
    #expect(Self.grammar.parse(text) == nil)
  }

  @Test func `identifiers are told from numbers`() {
    for text in ["007", "1234567890123456", "00"] {
      #expect(Self.grammar.parse(text)?.isIdentifier == true)
    }
    for text in ["0", "0.5", "123456789012345", "10"] {
      #expect(Self.grammar.parse(text)?.isIdentifier == false)
    }
  }

  /// The grammar written a second time, as plainly as can be.
  private static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    func digits() -> Int {
      let run = rest.prefix { $0.isASCII && $0.isNumber }
      rest.removeFirst(run.count)
      return run.count
    }
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
    var count = digits()
    if rest.first == "." {
      rest.removeFirst()
      count += digits()
    }
    guard count > 0 else { return false }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  @Test func `random texts are numbers exactly when the grammar says so`() {
    let letters: [Character] = ["0", "1", "9", ".", "-", "+", "e", "E", " ", "x", ",", "_"]
    var random = RandomStream(seed: 7)
    for _ in 0..<100_000 {
      let length = 1 + Int(random.next() % 8)
      let text = String((0..<length).map { _ in letters[Int(random.next() % 12)] })
      let value = Self.grammar.parse(text)?.value
      // Beyond the range of a Double a text may be no number although the grammar fits.
      if Self.isNumber(text) {
        let plain = text.filter { $0 != " " }
        let isHuge = plain.contains { $0 == "e" || $0 == "E" }
        #expect(value != nil || isHuge, "\(text)")
      } else {
        #expect(value == nil, "\(text)")
      }
    }
  }

  @Test func `random decimals equal the library's`() {
    var random = RandomStream(seed: 8)
    for _ in 0..<20_000 {
      let whole = random.next() % 10_000_000
      let fraction = random.next() % 100_000
      let text = "\(whole).\(fraction)"
      #expect(Self.grammar.parse(text)?.value == Double(text))
    }
  }
}
