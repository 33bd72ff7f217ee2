import TesseraStudy
import Testing

/// Names and answers that hold quotation marks, in conditions.
@Suite struct ExpressionQuoteTests {
  private static func name(_ text: String) throws -> String? {
    guard case .comparison(let name, _, _) = try Expression.parse(text) else { return nil }
    return name.text
  }

  @Test(arguments: [
    ("'Your household's income' = 1", "Your household's income"),
    ("'Your parents'' home' = 1", "Your parents' home"),
    ("\"Your parents' home\" = 1", "Your parents' home"),
    ("`Your parents' \"home\"` = 1", "Your parents' \"home\""),
    ("\"the \"\"big\"\" one\" = 1", "the \"big\" one"), ("'l'année' = 1", "l'année"),
    ("'plain' = 'it's so'", "plain"),
  ])
  func `an apostrophe inside a word, and a doubled mark, are part of a name`(
    _ text: String, _ expected: String
  ) throws {
    #expect(try Self.name(text) == expected)
  }

  @Test(arguments: ["'Your parents' home' = 1", "'a' = 'b", "''= 1", "'' = 1"])
  func `what cannot be read says how it is written`(_ text: String) {
    do {
      _ = try Expression.parse(text)
      Issue.record("\(text) was read")
    } catch {
      #expect(!error.message.isEmpty)
      if text.hasPrefix("'Your") || text.hasSuffix("'b") {
        #expect(error.hint?.contains("quotes") == true, "\(error)")
      }
    }
  }
}
