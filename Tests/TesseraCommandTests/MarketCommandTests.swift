import Foundation
import TesseraStudy
import Testing

@Suite("Scenarios and lines, from the command line", .timeLimit(.minutes(30)))
struct MarketCommandTests {
  /// The case worked by hand with costs, a market and two scenarios.
  private static func study(_ command: Command, _ market: String) throws {
    for name in ["study.yaml", "respondents.csv", "relations.csv"] {
      var text = try String(
        contentsOfFile: Command.dataset("coupe-or-suv/\(name)"), encoding: .utf8)
      if name == "study.yaml" { text += "\npopulation: 9000\n" + market }
      try command.write(text, to: name)
    }
    try command.write(
      """
      product,child_seat_fit,seats,safety,accel,mpg,price,prestige,cost
      coupe,none,2,3,4.0,18,150,5,100
      suv,comfortable,5,5,8.8,30,32,2,20
      """, to: "products.csv")
  }

  private static let market = """
    market: { own: [coupe], competitors: [suv] }
    scenarios:
      alone: { label: Without the SUV, remove: [suv] }
      cheap: { products: { coupe: { price: 45 } } }
    """

  @Test func `scenarios stand beside today in text, JSON and the files of a run`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.study(command, Self.market)
    let json = try command.run("scenario", "study.yaml", "--minimum-cell", "1", "--json")
    #expect(json.status == 0, "\(json.errors)")
    let cells = try #require(json.json["cells"]?.array)
    func cell(_ scenario: String?, _ product: String) -> JSONValue? {
      cells.first {
        $0["scenario"]?.string == scenario && $0["segment"]?.string == nil
          && $0["product"]?.string == product
      }
    }
    // Three of nine by weight take the coupe at 150, which costs 100: 3,000 people.
    #expect(abs((cell(nil, "coupe")?["people"]?["value"]?.number ?? 0) - 3000) < 1e-6)
    #expect(abs((cell(nil, "coupe")?["profit"]?["value"]?.number ?? 0) - 150_000) < 1e-6)
    let alone = cell("alone", "coupe")?["first_choice"]
    #expect(abs((alone?["value"]?.number ?? 0) - 3.0 / 9) < 1e-9)
    let whatif = try command.run(
      "whatif", "study.yaml", "--product", "coupe", "--set", "price=45", "--minimum-cell", "1",
      "--json")
    let gain = whatif.json["population_gain"]?.number
    #expect(gain != nil && cell("cheap", "coupe")?["fit"]?["change"]?.number == gain)
    let text = try command.run("scenario", "study.yaml", "alone", "--minimum-cell", "1")
    #expect(text.output.contains("Without the SUV (alone)") && !text.output.contains("cheap"))
    #expect(text.output.contains("own products together"))
    let wrong = try command.run("scenario", "study.yaml", "alon")
    #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'alone'?"))

    let run = try command.run(
      "run", "study.yaml", "-o", "out", "--minimum-cell", "1", "--replicates", "20", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    let fit = try String(
      contentsOf: command.folder.appendingPathComponent("out/fit.json"), encoding: .utf8)
    let stored = try JSONValue.parse(Data(fit.utf8))["scenarios"]?["cells"]?.array
    #expect(stored?.count == cells.count)
    let appendix = try String(
      contentsOf: command.folder.appendingPathComponent("out/appendix.html"), encoding: .utf8)
    #expect(appendix.contains("share by first choice; behind it the change in points"))
    let sheet = try command.run(
      "convert", "out/workbook.xlsx", "markets.csv", "--sheet", "Markets", "--quiet")
    #expect(sheet.status == 0, "\(sheet.errors)")
    let markets = try String(
      contentsOf: command.folder.appendingPathComponent("markets.csv"), encoding: .utf8)
    // Shares have one decimal of a per cent; people and money are whole.
    #expect(markets.contains("Today,Everybody,coupe,0.333,"), "\(markets)")
    #expect(markets.contains(",3000,450000,150000,") && markets.contains("Without the SUV,"))
  }

  @Test func `the best line is told with what it rests on`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.study(command, Self.market)
    let text = try command.run(
      "line", "study.yaml", "--products", "1", "--goal", "profit", "--vary", "price=45,90,150",
      "--minimum-cell", "1")
    #expect(text.status == 0, "\(text.errors)")
    // At 150 three thousand people bring 50 each; at 90 and 45 each piece loses.
    #expect(text.output.contains("150 thousand"), "\(text.output)")
    #expect(text.output.contains("No other line of 1 out of 3 candidates is better"))
    #expect(text.output.contains("with competitors"))
    try command.write(
      """
      product,child_seat_fit,seats,safety,accel,mpg,price,prestige,cost
      idea,comfortable,5,5,5.0,40,30,5,10
      coupe,none,2,3,4.0,18,150,5,100
      """, to: "ideas.csv")
    let table = try command.run(
      "line", "study.yaml", "--products", "1", "--candidates", "ideas.csv", "--minimum-cell", "1",
      "--json")
    #expect(table.status == 0, "\(table.errors)")
    let best = table.json["lines"]?.array?.first
    #expect(best?["products"]?.array?.first?.string == "idea")
    #expect(table.json["is_exact"]?.bool == true)
    try command.write(
      "product,child_seat_fit,seats,safety,accel,mpg,price,prestige,prize\n"
        + "idea,comfortable,5,5,5.0,40,30,5,10\n", to: "wrong.csv")
    let wrong = try command.run("line", "study.yaml", "--candidates", "wrong.csv")
    #expect(wrong.status == 65 && wrong.errors.contains("'prize' is no feature"), "\(wrong.errors)")
    #expect(wrong.errors.contains("did you mean 'price'?"))
  }

  @Test func `what cannot be asked is told with what helps`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.study(command, "")
    let many = try command.run("line", "study.yaml", "--products", "9", "--minimum-cell", "1")
    #expect(many.status == 64 && many.errors.contains("E0655"), "\(many.errors)")
    let none = try command.run("scenario", "study.yaml", "--minimum-cell", "1")
    #expect(none.errors.contains("E0654") && none.errors.contains("scenarios:"))
    let open = try command.run("line", "study.yaml", "--products", "1", "--minimum-cell", "1")
    #expect(open.status == 0 && open.output.contains("declares no market"))
    let level = try command.run("line", "study.yaml", "--vary", "prise=1,2")
    #expect(level.status == 64 && level.errors.contains("did you mean 'price'?"))
    let shape = try command.run("line", "study.yaml", "--vary", "price")
    #expect(shape.status == 64 && shape.errors.contains("--vary price=25000,28000"))
  }
}
