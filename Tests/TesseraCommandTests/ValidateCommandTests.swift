import Foundation
import TesseraStudy
import Testing

@Suite("Real choices, from the command line")
struct ValidateCommandTests {
  // 120 people in two given segments, three products, two menus each. They take what fits as sharply
  // as `sense` says; `change` alters the table of choices line by line.
  private func plant(
    in command: Command, sense: Double = 3,
    choices: String = """
      { file: choices.csv, respondent: id, task: task, product: car, chosen: taken,
        attributes: [price, colour], price: price }
    """, change: (Int, String) -> String? = { $1 }
  ) throws {
    var survey = "id,kind,imp_room,imp_price,owned\n"
    var table = ["id,task,car,price,colour,taken"]
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    // Room and cheapness of each product, 0 to 1.
    let products = [("small", 0.0, 1.0), ("medium", 0.5, 0.6), ("large", 1.0, 0.1)]
    for person in 1...120 {
      let isFamily = person % 2 == 0
      let (room, price) = isFamily ? (5, 1 + person % 3) : (1 + person % 3, 5)
      let (roomWeight, priceWeight) = (Double(room - 1), Double(price - 1))
      let fits = products.map {
        (roomWeight * $0.1 + priceWeight * $0.2) / (roomWeight + priceWeight)
      }
      func take() -> Int {
        let weights = fits.map { exp(sense * 2 * $0) }
        var point = uniform() * weights.reduce(0, +)
        for (place, weight) in weights.enumerated() {
          point -= weight
          if point < 0 { return place }
        }
        return weights.count - 1
      }
      survey += "p\(person),\(isFamily ? "family" : "single"),\(room),\(price),"
      survey += "\(products[take()].0)\n"
      for task in 1...2 {
        let taken = take()
        for (place, product) in products.enumerated() {
          let price = 10 + 5 * place + Int(uniform() * 4)
          let colour = ["red", "blue"][Int(uniform() * 2)]
          table.append(
            "p\(person),\(task),\(product.0),\(price),\(colour),\(place == taken ? 1 : 0)")
        }
      }
    }
    try command.write(survey, to: "people.csv")
    let lines = table.enumerated().compactMap { change($0, $1) }
    try command.write(lines.joined(separator: "\n") + "\n", to: "choices.csv")
    try command.write(
      """
      title: Cars
      survey: { file: people.csv, id: id }
      segments: { given: kind }
      need_scale: [1, 5]
      needs: { room: { importance: imp_room }, afford: { importance: imp_price } }
      features: { space: { value: { linear: [0, 1] } }, cheap: { value: { linear: [0, 1] } } }
      products:
        small: { space: 0, cheap: 1 }
        medium: { space: 0.5, cheap: 0.6 }
        large: { space: 1, cheap: 0.1 }
      relations: { room: { space: 9 }, afford: { cheap: 9 } }
      choices:
      \(choices)

      """, to: "study.yaml")
  }

  @Test func `a fit that people follow passes, and its numbers do not depend on threads`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    let one = try command.run("validate", "study.yaml", "--json", "--threads", "1")
    let two = try command.run("validate", "study.yaml", "--json", "--threads", "2")
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output == two.output)
    let json = one.json
    #expect(json["schema"]?.string == "tessera.validate/1")
    #expect(json["choices"]?["menus"]?.number == 240)
    #expect(json["choices"]?["respondents"]?.number == 120)
    #expect(json["verdict"]?["passed"] == .bool(true))
    #expect(json["verdict"]?["bar"]?.string == "adds")
    let fit = json["fit"] ?? .null
    #expect((fit["hit_rate"]?["low"]?.number ?? 0) > 1.0 / 3)
    #expect(abs((fit["hit_rate_by_chance"]?.number ?? 0) - 1.0 / 3) < 1e-9)
    #expect((fit["concordance"]?["value"]?.number ?? 0) > 0.6)
    // Tens of points: a slope of 6 on fits of 0 to 1 is 0.6.
    #expect(abs((fit["slope_per_10_points"]?.number ?? 0) - 0.6) < 0.2)
    let predictors = json["predictors"]?.array ?? []
    #expect(
      predictors.compactMap { $0["predictor"]?.string } == [
        "chance", "shares", "segment_shares", "fit", "shares_fit", "logit", "logit_segments",
      ])
    let chance = predictors.first?["log_likelihood_per_choice"]?["value"]?.number ?? 0
    #expect(abs(chance + log(3.0)) < 1e-9)
    let coefficients = json["logit"]?["coefficients"]?.array ?? []
    #expect(coefficients.count == 2)
    #expect(json["latent_classes"]?.array?.isEmpty ?? false)
  }

  @Test func `a fit that nobody follows does not pass, and the exit status says so`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, sense: 0)
    let result = try command.run("validate", "study.yaml", "--bar", "chance", "-o", "out")
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.contains("Not passed: the fit does not predict choices better"))
    #expect(command.files.filter { $0.hasPrefix("out/") }.count == 3)
    let markdown = try String(
      contentsOf: command.folder.appendingPathComponent("out/validate.md"), encoding: .utf8)
    #expect(markdown.contains("Does the fit predict real choices?"))
    // A second time into the same folder.
    #expect(try command.run("validate", "study.yaml", "-o", "out").status == 1)
    #expect(try command.run("validate", "study.yaml", "--bar", "high").status == 64)
  }

  @Test func `a question that names the product taken is a table of choices too`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, choices: "  owned")
    let result = try command.run("validate", "study.yaml", "--json", "--folds", "4")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.json["choices"]?["menus"]?.number == 120)
    #expect(result.json["choices"]?["folds"]?.number == 4)
    let taken = result.json["taken"]?["options"]?.array ?? []
    #expect(taken.compactMap { $0["option"]?.string } == ["small", "medium", "large"])
    let choices = taken.compactMap { $0["everybody"]?["choices"]?.number }
    #expect(choices.reduce(0, +) == 120)
  }

  @Test func `run writes what validate says, into the report too`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command)
    let result = try command.run(
      "run", "study.yaml", "-o", "out", "--replicates", "20", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    let folder = command.folder.appendingPathComponent("out")
    let written = try JSONValue.parse(
      Data(contentsOf: folder.appendingPathComponent("validate.json")))
    let said = try command.run("validate", "study.yaml", "--json").json
    #expect(written == said)
    for name in ["report.md", "report.html"] {
      let report = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      #expect(report.contains("Does the fit predict real choices?"))
      #expect(report.contains("market shares and the fit"))
      // Identifiers go nowhere.
      #expect(!report.contains("p17"))
    }
    #expect(!written.text.contains("p17"))
  }

  @Test func `small cells are not told, nor what gives them back`() throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, sense: 8)
    func hidden(_ more: [String]) throws -> Int {
      let json = try command.run(["validate", "study.yaml", "--json"] + more).json
      return (json["taken"]?["options"]?.array ?? []).flatMap { $0["segments"]?.array ?? [] }
        .count { $0["choices"] == .null }
    }
    #expect(try hidden(["--minimum-cell", "1"]) == 0)
    #expect([2, 4, 6].contains(try hidden(["--minimum-cell", "25"])))
  }

  /// A wrong table or key, and what is said of it.
  struct Fault: Sendable, CustomTestStringConvertible {
    let code: String
    let words: String
    var choices = "  { file: choices.csv, respondent: id, task: task, product: car, chosen: taken }"
    var change: @Sendable (Int, String) -> String? = { $1 }
    var testDescription: String { "\(code) \(words)" }
  }

  static let faults: [Fault] = [
    Fault(
      code: "E0631", words: "nothing was chosen",
      change: { $0 < 4 ? $1.replacingOccurrences(of: ",1", with: ",0") : $1 }),
    Fault(
      code: "E0631", words: "two alternatives of one menu are marked",
      change: { $0 < 4 && $0 > 0 ? String($1.dropLast()) + "1" : $1 }),
    Fault(
      code: "E0631", words: "must be 1 or 0",
      change: { $0 == 1 ? String($1.dropLast()) + "maybe" : $1 }),
    Fault(
      code: "E0631", words: "if respondents have several menus, say task",
      choices: "  { file: choices.csv, respondent: id, product: car, chosen: taken }"),
    Fault(
      code: "E0632", words: "'smal' is not a product",
      change: { $0 == 4 ? $1.replacingOccurrences(of: "small", with: "smal") : $1 }),
    Fault(code: "E0633", words: "single alternative", change: { [2, 3].contains($0) ? nil : $1 }),
    Fault(
      code: "E0630", words: "none of the choices is of a respondent",
      change: { $0 > 0 ? "x" + $1 : $1 }),
    Fault(
      code: "E0634", words: "did you mean 'taken'",
      choices: "  { file: choices.csv, respondent: id, task: task, product: car, chosen: take }"),
    Fault(
      code: "E0634", words: "did you mean 'price'",
      choices:
        "  { file: choices.csv, respondent: id, task: task, chosen: taken, attributes: [prise] }"
    ),
    Fault(
      code: "E0635", words: "must be a number",
      choices: "  { file: choices.csv, respondent: id, task: task, chosen: taken, "
        + "attributes: { p: price / 10 } }",
      change: { $0 == 5 ? "p1,2,medium,dear,red,0" : $1 }),
    Fault(
      code: "E0636", words: "'again' never differs within a menu, or follows",
      choices: "  { file: choices.csv, respondent: id, task: task, chosen: taken, "
        + "attributes: { price: price, again: price / 10 } }"),
    Fault(
      code: "E0637", words: "'won' tells all choices apart",
      choices: "  { file: choices.csv, respondent: id, task: task, chosen: taken, "
        + "attributes: { won: taken } }"),
    Fault(
      code: "E0306", words: "is not a key of choices",
      choices: "  { file: choices.csv, chosn: taken }"),
    Fault(
      code: "E0313", words: "must say how many",
      choices: "  { file: choices.csv, layout: slots, chosen: taken }"),
    Fault(
      code: "E0101", words: "it is named in study.yaml",
      choices: "  { file: nowhere.csv, chosen: taken }"),
  ]

  @Test(arguments: faults)
  func `a bad table of choices ends in help`(_ fault: Fault) throws {
    let command = try Command()
    defer { command.close() }
    try plant(in: command, choices: fault.choices, change: fault.change)
    let result = try command.run("validate", "study.yaml")
    #expect(result.status == (fault.code == "E0101" ? 66 : 65))
    #expect(result.errors.contains("error[\(fault.code)]"), "\(result.errors)")
    #expect(result.errors.contains(fault.words), "\(result.errors)")
    #expect(result.errors.contains("hint:"))
    #expect(result.output.isEmpty)
  }

  @Test func `a study without choices is told how to name some`() throws {
    let command = try Command()
    defer { command.close() }
    let result = try command.run("validate", Command.dataset("coupe-or-suv/study.yaml"))
    #expect(result.status == 65 && result.errors.contains("error[E0639]"))
  }

  // McFadden & Train (2000), J. Applied Econometrics 15, 447-470, with the fuel labels put right.
  @Test func `the real cars: who took what, what they were shown, and what follows`() throws {
    let command = try Command()
    defer { command.close() }
    let result = try command.run(
      "validate", Command.dataset("car-choice/study.yaml"), "--folds", "2", "--json",
      "--minimum-cell", "1")
    #expect(result.status == 0, "\(result.errors)")
    let json = result.json
    func near(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
      abs((value ?? .nan) - expected) <= tolerance
    }
    let taken = json["taken"] ?? .null
    #expect(near(taken["chi_square"]?.number, 286.74, 0.005))
    let table: [(String, Double, Double, Double)] = [
      ("Regular car", 2269, 471, 77.4), ("SUV", 190, 52, 96.8), ("Sports car", 168, 4, 10.5),
      ("Station wagon", 221, 84, 124.1), ("Truck", 431, 134, 106.9), ("Van", 342, 288, 206.0),
    ]
    for (option, expected) in zip(taken["options"]?.array ?? [], table) {
      let segments = option["segments"]?.array ?? []
      #expect(option["option"]?.string == expected.0 && segments.count == 2)
      #expect(segments.first?["choices"]?.number == expected.1)
      #expect(segments.last?["choices"]?.number == expected.2)
      #expect(near(segments.last?["index"]?.number, expected.3, 0.05))
    }
    let exposure = json["exposure"] ?? .null
    #expect(near(exposure["chi_square"]?.number, 254.94, 0.005))
    #expect(exposure["degrees_of_freedom"]?.number == 5)
    #expect(
      exposure["warning"]?.string?.contains(
        "van was on 20% of the menus of Three or more people and on 6%") ?? false)
    let tests = json["tests"]?.array ?? []
    #expect(near(tests.first?["likelihood_ratio"]?.number, 132.51, 0.01))
    #expect(near(tests.last?["likelihood_ratio"]?.number, 71.08, 0.01))
    let differences = json["logit"]?["by_segment"]?.array ?? []
    for (row, expected) in zip(differences, [-0.162, -0.971, 0.510, .nan, 1.022])
    where expected.isFinite {
      #expect(near(row["value"]?.number, expected, 6e-4))
    }
    #expect(differences.count == 5)
    // Larger households take vans, which fit them; the fit still says less than a logit.
    #expect(json["verdict"]?["passed"] == .bool(true))
    #expect((json["fit"]?["share_of_logit"]?.number ?? 1) < 0.2)
  }

  // Allenby & Ginter (1995), J. Marketing Research 32(4), 392-403; data set bank of bayesm.
  @Test func `the real bank cards: pairs of differences are choices between two`() throws {
    let command = try Command()
    defer { command.close() }
    let result = try command.run(
      "validate", Command.dataset("bank-cards/study.yaml"), "--folds", "2", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let logit = result.json["logit"] ?? .null
    #expect(abs((logit["log_likelihood"]?.number ?? 0) + 8063.801) < 6e-4)
    let expected = [
      "Low_FInt": 3.061, "Low_Fee": 2.560, "Long_Grace": 1.993, "Med_VInt": 1.941,
      "High_Rebate": 1.628, "Out_State": -1.369,
    ]
    for row in logit["coefficients"]?.array ?? [] {
      guard let value = expected[row["term"]?.string ?? ""] else { continue }
      #expect(abs((row["value"]?.number ?? 0) - value) < 6e-4)
      // Sixteen choices of one person are not sixteen people.
      #expect((row["se_clustered"]?.number ?? 0) > 1.1 * (row["se"]?.number ?? 1))
    }
    #expect(result.json["verdict"]?["passed"] == .null)
  }
}
