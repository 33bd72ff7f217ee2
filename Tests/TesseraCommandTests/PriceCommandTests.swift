import Foundation
import TesseraStudy
import Testing

@Suite("Which price and which segment, from the command line")
struct PriceCommandTests {
  /// Sixty people: those of A would pay 10 to 39, those of B 30 to 59.
  private static func write(in command: Command, study more: String = "") throws {
    var survey = "id,seg,imp,limit,buy20,buy40,tv\n"
    for person in 0..<60 {
      let isFirst = person % 2 == 0
      let limit = (isFirst ? 10 : 30) + person / 2
      survey += "\(person + 1),\(isFirst ? "A" : "B"),5,\(limit),\(limit >= 20 ? 1 : 0),"
      survey += "\(limit >= 40 ? 1 : 0),\(person % 3 == 0 ? 1 : 0)\n"
    }
    try command.write(survey, to: "people.csv")
    try command.write(
      """
      survey: { file: people.csv, id: id }
      segments: { given: seg }
      need_scale: [1, 5]
      needs: { use: { importance: imp } }
      features:
        quality: { value: { linear: [0, 1] } }
        price: { unit: EUR, value: { linear: [1000, 0] } }
      products: products.csv
      relations: { use: { quality: 9 } }
      barriers: { too_dear: { violated_when: "price > limit" } }
      channels: [tv]
      population: 600
      \(more)
      """, to: "study.yaml")
    try command.write(
      "product,quality,price,cost\nours,1,30,14\ntheirs,0.4,20,\n", to: "products.csv")
  }

  @Test func `prices of a study and of its run agree, with sources and their errors`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.write(
      in: command,
      study: """
        market: { own: [ours] }
        price_ladder: { product: ours, steps: { 20: buy20, 40: buy40 } }
        """)
    let run = try command.run(
      "run", "study.yaml", "-o", "out", "--minimum-cell", "1", "--replicates", "100", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    let arguments = [
      "price", "out", "--product", "ours", "--minimum-cell", "1", "--from", "20", "--to", "40",
      "--steps", "5",
    ]
    let found = try command.run(arguments + ["--json"])
    #expect(found.status == 0, "\(found.errors)")
    let json = found.json
    #expect(json["schema"]?.string == "tessera.price/1" && json["cost"]?.number == 14)
    let everybody = try #require(json["audiences"]?.array?.first)
    let now = try #require(everybody["points"]?.array?.first { $0["price"]?.number == 30 })
    // Forty of sixty would pay 30: ten of A, thirty of B.
    #expect(abs((now["acceptance"]?["value"]?.number ?? 0) - 40.0 / 60) < 1e-9)
    #expect((now["acceptance"]?["low"]?.number ?? 1) < 40.0 / 60)
    let share = now["share"]?["value"]?.number ?? 0
    #expect(abs((now["profit"]?["value"]?.number ?? 0) - 16 * share * 600) < 1e-6)
    let ladder = try #require(
      everybody["curves"]?.array?.first { $0["source"]?.string == "gabor_granger" })
    let at30 = ladder["demand"]?.array?.first { $0["price"]?.number == 30 }
    // Fifty would pay 20, twenty 40.
    #expect(abs((at30?["share"]?["value"]?.number ?? 0) - 35.0 / 60) < 1e-9)
    let text = try command.run(arguments)
    #expect(text.output.contains("Revenue from ours is highest at"), "\(text.output)")
    #expect(text.output.contains("Would buy by the price ladder (Gabor-Granger)"))
    let all = try command.run("price", "out", "--minimum-cell", "1", "--json")
    #expect(all.json["products"]?.array?.count == 2, "\(all.errors)")
    let fit = try JSONValue.parse(
      Data(contentsOf: command.folder.appendingPathComponent("out/fit.json")))
    #expect(fit["prices_by_product"]?.array?.count == 2)
    #expect(fit["targets"]?["score"]?.string == "money")
    let report = try String(
      contentsOf: command.folder.appendingPathComponent("out/appendix.md"), encoding: .utf8)
    #expect(report.contains("What price") && report.contains("Which segment to target"))
    for (extra, status, words) in [
      (["--product", "ourz"], 64, "did you mean 'ours'?"),
      (["--product", "ours", "--from", "5", "--to", "30"], 64, "E0642"),
      (["--product", "ours", "--from", "40", "--to", "30"], 64, "E0642"),
      (["--product", "ours", "--from", "-1"], 64, "--from"),
      (["--product", "ours", "--segment", "Z"], 64, "no segment 'Z'"),
    ] {
      let wrong = try command.run(["price", "study.yaml", "--minimum-cell", "1"] + extra)
      #expect(Int(wrong.status) == status && wrong.errors.contains(words), "\(wrong.errors)")
    }
  }

  @Test func `targets are ranked by money, by own weights and over all weightings`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.write(in: command, study: "market: { own: [ours] }")
    let arguments = ["target", "study.yaml", "--minimum-cell", "1", "--replicates", "50"]
    let found = try command.run(arguments + ["--json"])
    #expect(found.status == 0, "\(found.errors)")
    let rows = try #require(found.json["segments"]?.array)
    #expect(found.json["has_competitors"] == .bool(true))
    // Thirty of B would pay 30, ten of A: 300 people x 1 x 16.
    #expect(rows.map { $0["segment"]?.string } == ["B", "A"])
    #expect(abs((rows[0]["score"]?["value"]?.number ?? 0) - 300 * 16) < 1e-6)
    #expect(rows[0]["first_in"]?.number == 50)
    let parts = rows.compactMap { $0["first_share"]?.number }.reduce(0, +)
    #expect(abs(parts - 1) < 1e-9)
    let text = try command.run(arguments + ["--weights", "acceptance=3,size=1"])
    #expect(text.output.hasPrefix("First by your weights: B"), "\(text.output)")
    for (weights, words) in [
      ("sise=1", "did you mean 'size'?"), ("size", "CRITERION=NUMBER"), ("size=0", "above 0"),
      ("size=1,size=2", "twice"),
    ] {
      let wrong = try command.run(arguments + ["--weights", weights])
      #expect(wrong.status == 64 && wrong.errors.contains(words), "\(wrong.errors)")
    }
  }

  @Test func `a study with only a price ladder has prices, in its run and report too`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.write(in: command)
    try command.write(
      """
      survey: { file: people.csv, id: id }
      segments: { given: seg }
      price_ladder: { steps: { 20: buy20, 40: buy40 } }
      """, to: "ladder.yaml")
    let run = try command.run("run", "ladder.yaml", "-o", "out", "--replicates", "50", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    let found = try command.run("price", "out", "--json")
    #expect(found.status == 0, "\(found.errors)")
    let everybody = try #require(found.json["audiences"]?.array?.first)
    #expect(everybody["points"]?.array?.isEmpty == true)
    let demand = try #require(everybody["curves"]?.array?.first?["demand"]?.array)
    for (price, share) in [(20.0, 50.0 / 60), (40, 20.0 / 60)] {
      let at = demand.first { $0["price"]?.number == price }
      #expect(abs((at?["share"]?["value"]?.number ?? 0) - share) < 1e-9)
    }
    let text = try command.run("price", "out")
    #expect(text.output.contains("Revenue from the product is highest at"), "\(text.output)")
    let fit = try JSONValue.parse(
      Data(contentsOf: command.folder.appendingPathComponent("out/fit.json")))
    #expect(fit["prices_by_product"]?.array?.count == 1)
    let appendix = try String(
      contentsOf: command.folder.appendingPathComponent("out/appendix.md"), encoding: .utf8)
    #expect(appendix.contains("What price") && appendix.contains("Most revenue at"))
  }

  @Test func `hidden segments are dashes, and it is said why`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.write(in: command)
    let survey = command.folder.appendingPathComponent("people.csv")
    var text = try String(contentsOf: survey, encoding: .utf8)
    // Two segments of fewer than ten, together more: the others stay.
    for person in 61...71 { text += "\(person),\(person < 66 ? "C" : "D"),5,25,1,0,1\n" }
    try command.write(text, to: "people.csv")
    for name in ["price", "target"] {
      let told = try command.run(name, "study.yaml", "--replicates", "30")
      #expect(told.status == 0, "\(told.errors)")
      #expect(told.output.contains("A dash: hidden, for too few people"))
      let line = told.output.split(separator: "\n").first {
        $0.trimmingCharacters(in: .whitespaces).hasPrefix("C ")
      }
      #expect(line?.contains("–") == true, "\(told.output)")
    }
  }

  @Test func `a study without products or prices is told so`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.write(in: command)
    try command.write(
      """
      survey: { file: people.csv, id: id }
      segments: { given: seg }
      channels: [tv]
      """, to: "bare.yaml")
    for (name, code) in [("price", "E0641"), ("target", "E0600")] {
      let bare = try command.run(name, "bare.yaml")
      #expect(bare.status == 65 && bare.errors.contains(code), "\(bare.errors)")
    }
    let study = try String(
      contentsOf: command.folder.appendingPathComponent("study.yaml"), encoding: .utf8)
    try command.write(
      study.replacing("barriers: { too_dear: { violated_when: \"price > limit\" } }", with: ""),
      to: "free.yaml")
    let free = try command.run("price", "free.yaml", "--product", "ours")
    #expect(free.status == 65 && free.errors.contains("E0641"), "\(free.errors)")
  }
}
