import Foundation
import TesseraStudy
import Testing

@Suite("Real choices, from the command line")
struct ValidateCommandTests {
  @Test func `a fit that people follow passes, and its numbers do not depend on threads`() throws {
    let command = try Command()
    defer { command.close() }
    try PlantedChoices.write(in: command)
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
    try PlantedChoices.write(in: command, sense: 0)
    let result = try command.run("validate", "study.yaml", "--bar", "chance", "-o", "out")
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.contains("Not passed: by likelihood the fit is not clearly better"))
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
    try PlantedChoices.write(in: command, choices: "  owned")
    let result = try command.run(
      "validate", "study.yaml", "--json", "--folds", "4", "--privacy", "none")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.json["choices"]?["menus"]?.number == 120)
    #expect(result.json["choices"]?["folds"]?.number == 4)
    let taken = result.json["taken"]?["options"]?.array ?? []
    #expect(taken.compactMap { $0["option"]?.string } == ["small", "medium", "large"])
    let choices = taken.compactMap { $0["everybody"]?["choices"]?.number }
    #expect(choices.reduce(0, +) == 120)
    // Without that no cell is counted, but shares are told.
    let usual = try command.run("validate", "study.yaml", "--json", "--folds", "4")
    let cells = (usual.json["taken"]?["options"]?.array ?? []).compactMap { $0["everybody"] }
    #expect(cells.allSatisfy { $0["choices"]?.number == nil })
    #expect(cells.contains { $0["share"]?.number != nil })
  }

  @Test func `run writes what validate says, into the report too`() throws {
    let command = try Command()
    defer { command.close() }
    try PlantedChoices.write(in: command)
    let result = try command.run(
      "run", "study.yaml", "-o", "out", "--replicates", "20", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    let folder = command.folder.appendingPathComponent("out")
    let written = try JSONValue.parse(
      Data(contentsOf: folder.appendingPathComponent("validate.json")))
    let said = try command.run("validate", "study.yaml", "--json").json
    #expect(written == said)
    for name in ["appendix.md", "appendix.html"] {
      let report = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      #expect(report.contains("Does the fit predict real choices?"))
      #expect(report.contains("market shares and the fit"))
      // Identifiers go nowhere.
      #expect(!report.contains("p17"))
    }
    #expect(!written.text.contains("p17"))
  }

  @Test func `weights that are all alike change nothing, and others do`() throws {
    let command = try Command()
    defer { command.close() }
    var said: [String] = []
    for weight in ["", ", weight: three", ", weight: uneven"] {
      try PlantedChoices.write(in: command, weight: weight)
      let result = try command.run("validate", "study.yaml", "--json", "--folds", "3")
      #expect(result.status == 0, "\(result.errors)")
      said.append(result.output)
    }
    #expect(said[0] == said[1])
    #expect(said[0] != said[2])
    // A frequency is so many people: twice the log-likelihood, the same predictions a choice.
    try PlantedChoices.write(in: command, weight: ", frequency: three")
    let thrice = try command.run("validate", "study.yaml", "--json", "--folds", "3").json
    let once = try JSONValue.parse(Data(said[0].utf8))
    let logs = [once, thrice].map { $0["logit"]?["log_likelihood"]?.number ?? 0 }
    #expect(abs(logs[1] - 3 * logs[0]) < 1e-6)
  }

  @Test func `latent classes of taste are fitted where they are asked for`() throws {
    let command = try Command()
    defer { command.close() }
    try PlantedChoices.write(
      in: command,
      choices: """
          { file: choices.csv, respondent: id, task: task, chosen: taken, latent_classes: 1-2,
            attributes: { large: car = large, small: car = small } }
        """)
    let result = try command.run("validate", "study.yaml", "--json", "--folds", "2")
    #expect(result.status == 0, "\(result.errors)")
    // Without product: there is no fit to judge, and no market shares.
    #expect(result.json["fit"] == .null && result.json["verdict"]?["passed"] == .null)
    let classes = result.json["latent_classes"]?.array ?? []
    #expect(classes.compactMap { $0["classes"]?.number } == [1, 2])
    let logs = classes.compactMap { $0["log_likelihood"]?.number }
    #expect(logs.count == 2 && logs[1] > logs[0] + 5)
    let shares = (classes.last?["shares_and_coefficients"]?.array ?? [])
      .compactMap { $0["share"]?.number }
    #expect(shares.count == 2 && abs(shares.reduce(0, +) - 1) < 1e-9)
    // Families and singles fall into different classes.
    let bySegment = (classes.last?["by_segment"]?.array ?? []).compactMap {
      $0["shares"]?.array?.first?.number
    }
    #expect(bySegment.count == 2 && abs(bySegment[0] - bySegment[1]) > 0.3)
  }

  @Test func `small cells are not told, nor what gives them back`() throws {
    let command = try Command()
    defer { command.close() }
    try PlantedChoices.write(in: command, sense: 8)
    func hidden(_ more: [String]) throws -> Int {
      let json = try command.run(["validate", "study.yaml", "--json"] + more).json
      return (json["taken"]?["options"]?.array ?? []).flatMap { $0["segments"]?.array ?? [] }
        .count { $0["choices"] == .null }
    }
    #expect(try hidden(["--minimum-cell", "1"]) == 0)
    #expect([2, 4, 6].contains(try hidden(["--minimum-cell", "25"])))
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
    // The fit adds to market shares, but its best is taken less often than by chance.
    #expect(result.status == 1, "\(result.errors)")
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
    #expect(json["verdict"]?["passed"] == .bool(false))
    #expect(json["verdict"]?["adds_to_market_shares"] == .bool(true))
    #expect(json["verdict"]?["predicts"] == .bool(false))
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
