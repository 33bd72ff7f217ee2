import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

/// What hangs on levels that nobody knows is told as not known.
@Suite("Levels that are missing")
struct MissingLevelTests {
  /// The coupe without its seats and its fit for a child seat.
  private static func fit() throws -> FitResult {
    let whole = HandCase.products
    var cells = whole.cells
    (cells[0][0], cells[0][1]) = (nil, nil)
    let products = ProductTable(
      names: whole.names, features: whole.features, cells: cells, file: whole.file,
      lines: whole.lines)
    return try ProductFit.run(
      HandCase.source(products: products), HandCase.segmented(copies: 10),
      settings: HandCase.settings())
  }

  @Test func `whom a product reaches is not told where its levels are missing`() throws {
    let known = try ProductFit.run(
      HandCase.source(), HandCase.segmented(copies: 10), settings: HandCase.settings())
    #expect(known.reachSets.contains { $0.kind == .products && $0.items.contains("coupe") })
    let fit = try Self.fit()
    #expect(!fit.reachSets.contains { $0.kind == .products && $0.items.contains("coupe") })
  }

  @Test func `how sure a difference is stays open while its sign is`() throws {
    for contrast in try Self.fit().contrasts {
      guard let least = contrast.differenceMin, let most = contrast.differenceMax else { continue }
      #expect((contrast.confidence == nil) == (least < -1e-9 && most > 1e-9))
      #expect((contrast.superiority == nil) == (least < -1e-9 && most > 1e-9))
    }
  }
}
