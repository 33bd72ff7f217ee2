import TesseraReport
import Testing

@Suite struct DistinctPartTests {
  @Test func `items that begin alike are told by the part that differs`() {
    let texts = [
      "Q5_1. How satisfied are you with the staff", "Q5_2. How satisfied are you with the prices",
      "Q5_3. How satisfied are you with the street outside", "age",
      "Which of these do you read at least once a week?",
    ]
    #expect(
      DistinctParts.told(texts, limit: 24) == [
        "Q5_1. …staff", "Q5_2. …prices", "Q5_3. …street outside", "age",
        "Which of these do you re…",
      ])
    // What a line holds stays whole, and equal wordings have no part that differs.
    #expect(DistinctParts.told(["a b", "a c"], limit: 24) == ["a b", "a c"])
    let same = String(repeating: "word ", count: 9)
    #expect(DistinctParts.told([same, same], limit: 24).allSatisfy { $0.hasPrefix("word word") })
  }
}
