import TesseraProductFit
import TesseraStudy
import TesseraSurvey
import Testing

/// What is said to lift a barrier lifts it.
@Suite struct BarrierRemedyTests {
  /// What would lift a barrier that everybody holds against the coupe, in words.
  private func needed(_ statement: String) throws -> [String] {
    var file = HandCase.file()
    file.barriers = [BarrierDeclaration(name: "wall", violatedWhen: statement)]
    let segmented = HandCase.segmented(copies: 10)
    let result = try ProductFit.run(
      HandCase.source(file), segmented, settings: HandCase.settings(replicates: 50))
    return (result.mismatches + result.shortfalls)
      .filter { $0.cause == .barrier("wall") && $0.product == "coupe" }.map(\.needed)
  }

  /// The coupe has 2 seats, 4 in acceleration and no fit for a child seat.
  @Test(arguments: [
    ("seats < 4", "at least 4"),
    ("seats < 4 or seats > 6", "4 to 6"),
    ("child_seat_fit = none", "other than none"),
    ("child_seat_fit = none or child_seat_fit = tight", "comfortable"),
    ("seats < 4 and seats < 6", "at least 4"),
    // At 45, what the first family would pay, the other part would stop it.
    ("price > max_price_k or price < 100", ""),
  ])
  func `a remedy is enough`(statement: String, words: String) throws {
    let found = try needed(statement)
    #expect(!found.isEmpty && found.allSatisfy { $0 == words }, "\(found)")
  }
}
