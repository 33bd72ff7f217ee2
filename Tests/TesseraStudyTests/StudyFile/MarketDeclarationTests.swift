import TesseraFiles
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// The market, costs, scenarios and the price ladder of a study.
@Suite struct MarketDeclarationTests {
  private static let market = """
    market:
      own: [coupe]
      competitors: [suv]
      outside: false
      awareness: { suv: 0.6, coupe: { family: 0.4, all: 0.3 } }
      distribution: { suv: 0.9 }
      shares: { suv: 0.7, coupe: 0.3 }
    scenarios:
      rival: { label: Rival at 25, products: { suv: { price: 25 } } }
      leave: { remove: [suv] }
    price_ladder: { product: coupe, steps: { 30: imp_affordable, 20: imp_carry_toddler }, yes: [4, 5] }
    """

  private func folder(_ extra: String, products: String? = nil) throws -> StudyFolder {
    var files = ["study.yaml": HandCase.study + "\n" + extra]
    if let products { files["products.csv"] = products }
    return try HandCase.folder(files)
  }

  @Test func `every key is read`() throws {
    let file = try folder(Self.market).load().file
    let market = try #require(file.market)
    #expect(market.own == ["coupe"] && market.competitors == ["suv"] && !market.hasOutside)
    #expect(market.awareness.map(\.product) == ["suv", "coupe"])
    #expect(market.awareness.map(\.everybody) == [0.6, 0.3])
    #expect(market.awareness[1].bySegment.map(\.segment) == ["family"])
    #expect(market.awareness[1].bySegment.map(\.chance) == [0.4])
    #expect(market.distribution.map(\.everybody) == [0.9])
    #expect(market.shares.map(\.share) == [0.7, 0.3])
    #expect(file.scenarios.map(\.label) == ["Rival at 25", "leave"])
    #expect(file.scenarios[0].products[0].set == [FeatureSetting(feature: "price", level: "25")])
    #expect(file.scenarios[1].remove == ["suv"])
    let ladder = try #require(file.priceLadder)
    #expect(ladder.steps.map(\.price) == [20, 30] && ladder.yes == ["4", "5"])
    #expect(ladder.columns == ["imp_carry_toddler", "imp_affordable"])
  }

  @Test func `products in neither list are not on the market, and may be added`() throws {
    let products = "product,child_seat_fit,seats,price\na,none,2,1\nb,none,2,1\nc,none,2,1\n"
    let study = try HandCase.folder([
      "study.yaml": HandCase.study.replacing("product: coupe", "product: a")
        + "\nmarket: { own: [a], competitors: [b] }\nscenarios: { new: { add: { c: own } } }",
      "products.csv": products,
    ]).load()
    #expect(study.file.market?.present(among: ["a", "b", "c"]) == ["a", "b"])
    #expect(MarketDeclaration(own: ["a"]).present(among: ["a", "b", "c"]) == ["a", "b", "c"])
    #expect(study.file.scenarios[0].add == [.init(product: "c", isOwn: true)])
  }

  @Test(arguments: [
    ("own: [coupe]", "own: [coup]", "E0606", "'coupe'"),
    ("own: [coupe]", "own: []", "E0308", "own"),
    ("own: [coupe]", "own: [coupe, suv]", "E0313", "competitor"),
    ("outside: false", "outside: maybe", "E0310", "true"),
    ("awareness: { suv: 0.6", "awareness: { suv: 60", "E0309", "0.6"),
    ("awareness: { suv: 0.6", "awareness: { sv: 0.6", "E0606", "'suv'"),
    ("distribution:", "distribtion:", "E0306", "distribution"),
    ("shares: { suv: 0.7", "shares: { suv: 0.8", "E0309", "more than 1"),
    ("shares: { suv: 0.7", "shares: { suv: 0.5", "E0650", "add up"),
    ("suv: { price: 25 }", "suv: { prise: 25 }", "E0606", "'price'"),
    ("suv: { price: 25 }", "suv: { price: cheap }", "E0603", "number"),
    ("suv: { price: 25 }", "suv: {}", "E0308", "price"),
    ("leave: { remove: [suv] }", "leave: {}", "E0308", "nothing"),
    ("leave: { remove: [suv] }", "leave: { add: [suv] }", "E0651", "already"),
    ("leave: { remove: [suv] }", "leave: { remove: [suv, coupe] }", "E0651", "no product"),
    ("30: imp_affordable", "30: imp_afordable", "E0401", "'imp_affordable'"),
    ("30: imp_affordable", "dear: imp_affordable", "E0307", "price"),
    ("product: coupe, steps", "product: coup, steps", "E0606", "'coupe'"),
  ])
  func `what cannot be is told with what was meant`(
    before: String, after: String, code: String, words: String
  ) throws {
    let text = Self.market.replacing(before, after)
    #expect(text != Self.market)
    let report = try folder(text).fault()
    #expect(report?.code == code, "\(report?.message ?? "")")
    #expect((report?.row ?? 0) > 21)
    let told = (report?.message ?? "") + " " + (report?.hint ?? "")
    #expect(told.contains(words), "\(told)")
  }

  @Test func `costs stand in the table of products and with features`() throws {
    let products = "product,child_seat_fit,seats,price,cost\ncoupe,none,2,150,90\nsuv,tight,5,1,\n"
    let study = try HandCase.folder([
      "products.csv": products,
      "study.yaml": HandCase.study.replacing(
        "seats: { value: { linear: [2, 5] } }",
        "seats: { value: { linear: [2, 5] }, cost: 12.5, range: [2, 5, 1] }"),
    ]).load()
    #expect(study.products?.costs == [90, nil])
    #expect(study.file.features[1].costPerUnit == 12.5)
    #expect(!study.notices.contains { $0.contains("'cost'") })
    let dear = products.replacing(",90", ",dear")
    #expect(try HandCase.folder(["products.csv": dear]).fault()?.code == "E0603")
    let named = HandCase.study.replacing("comfortable: 1 } }", "comfortable: 1 }, cost: 3 }")
    #expect(try HandCase.folder(["study.yaml": named]).fault()?.code == "E0313")
  }

  @Test func `a market without products and a share of people nobody asks for are told`() throws {
    let bare = """
      survey: respondents.csv
      segments: { given: segment }
      market: { own: [coupe] }
      """
    #expect(try HandCase.folder(["study.yaml": bare]).fault()?.code == "E0608")
    let products = """
      product,child_seat_fit,seats,price
      coupe,none,2,1
      suv,none,2,1
      van,none,2,1
      """
    let study = try HandCase.folder([
      "study.yaml": HandCase.study
        + "\nmarket: { own: [coupe], competitors: [suv], awareness: { van: 0.3 } }",
      "products.csv": products,
    ]).load()
    #expect(study.warnings.contains { $0.contains("market.awareness.van") })
  }

  @Test func `a workbook says the same`() throws {
    let text = "survey: s.csv\n" + Self.market
    let survey = Survey(variables: [numbers("a", [1])], sets: [], weightVariable: nil)
    let sheets = try StudyForm.sheets(
      of: StudyDraft(
        text: text, dropped: [], doubts: [], warnings: [], reasons: [:], filters: []),
      survey: survey)
    let settings = try #require(sheets.first { $0.name == "Settings" })
    let keys = settings.rows.compactMap { row -> String? in
      if case .text(let text, _)? = row.first { text } else { nil }
    }
    #expect(keys.contains("market.own") && keys.contains("scenarios.leave.remove"))
    let folder = try StudyFolder([:])
    try FormWriter.write(sheets, to: "\(folder.path)/study.xlsx")
    var back = try StudyFile.read([], path: "\(folder.path)/study.xlsx")
    var written = try StudyFile.parse(text, file: "study.yaml")
    (back.lines, back.cells, back.title) = ([:], [:], "")
    (written.lines, written.cells, written.title) = ([:], [:], "")
    #expect(back == written)
  }
}
