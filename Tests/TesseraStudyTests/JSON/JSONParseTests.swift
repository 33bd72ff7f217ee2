import Foundation
import TesseraStudy
import Testing

@Suite struct JSONParseTests {
  private func parsed(_ text: String) throws -> JSONValue {
    try JSONValue.parse(Data(text.utf8))
  }

  @Test func `members keep their order and numbers their value`() throws {
    let value = try parsed(
      #" {"b": [1, -0.5, 1e3], "a": {"x": null, "y": true}, "s": "\u00e9\n\ud83d\ude00"} "#)
    #expect(value.members?.map(\.0) == ["b", "a", "s"])
    #expect(value["b"] == .array([.integer(1), .number(-0.5), .number(1000)]))
    #expect(value["s"]?.string == "é\n😀")
    #expect(try parsed(value.text) == parsed(value.compactText))
  }

  @Test(arguments: [
    "", "{", "[1,", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", ".5", "+1", "nul", "\"\u{01}\"",
    "\"\\x\"", "\"\\ud800\"", "[1] 2", "1e999", "--1", "{a:1}", "\"abc",
  ])
  func `what is not JSON is refused`(_ text: String) {
    #expect(throws: JSONError.self) { try parsed(text) }
  }

  @Test func `depth is bounded`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try parsed(deep) }
  }

  @Test func `numbers come back to the last bit`() throws {
    for number in [
      0.1, 1.0 / 3, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -2.5e-10, 123_456_789_012,
    ] {
      #expect(try parsed(JSONValue.number(number).compactText).number == number)
    }
  }
}
