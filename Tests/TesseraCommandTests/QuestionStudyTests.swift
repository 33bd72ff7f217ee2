import Foundation
import TesseraStudy
import Testing

@Suite("Questions without a catalogue, and choice data")
struct QuestionStudyTests {
  /// 40 people: prices, a pair of Kano's, a rating with two drivers, three channels.
  private static func writeQuestions(in command: Command) throws {
    var survey = "id,seg,p1,p2,p3,p4,overall,sat_a,sat_b,with,without,X,P,Q\n"
    for person in 0..<40 {
      let price = 10 + person % 7
      let (a, b) = (1 + person % 7, 1 + (person * 3) % 5)
      // X reaches two thirds; P the rest; Q the rest and a third of X's.
      let (x, q) = (person % 3 < 2 ? 1 : 0, person % 3 > 0 ? 1 : 0)
      survey += "\(person + 1),\(person % 2 == 0 ? "A" : "B"),\(price),\(price + 5),\(price + 9),"
      survey += "\(price + 20),\(2 * a + b),\(a),\(b),1,\(3 + person % 3),\(x),\(1 - x),\(q)\n"
    }
    try command.write(survey, to: "people.csv")
  }

  @Test func `questions are answered without any product`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.writeQuestions(in: command)
    try command.write(
      """
      survey: { file: people.csv, id: id }
      segments: { given: seg }
      price_questions: { too_cheap: p1, cheap: p2, expensive: p3, too_expensive: p4 }
      kano: { doors: { functional: with, dysfunctional: without } }
      drivers: { rating: overall, of: [sat_a, sat_b] }
      channels: [X, P, Q]
      """, to: "study.yaml")
    let fit = try command.run("fit", "study.yaml", "--json").json
    let price = fit["price_sensitivity"]?.array?.first ?? .null
    #expect(price["valid"]?.number == 40 && price["range_definition"]?.string == "original")
    #expect((price["ranges"]?["narrower"]?["low"]?.number ?? 0) > 0)
    #expect(fit["kano"]?.array?.count == 3 && fit["drivers"]?.array?.count == 3)
    let run = try command.run("run", "study.yaml", "-o", "out")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("optimal price point"))
    let report = try String(
      contentsOf: command.folder.appendingPathComponent("out/appendix.md"), encoding: .utf8)
    for words in ["van Westendorp", "Kano", "What drives the overall rating", "Best channel mix"] {
      #expect(report.contains(words), "\(words)")
    }
    let reach = try command.run("reach", "out", "--channels", "2")
    #expect(reach.status == 0, "\(reach.errors)")
    #expect(reach.output.contains("X, Q") && !reach.output.contains("± 0.0%"))
    let sets = try command.run("reach", "study.yaml", "--channels", "2", "--json").json["sets"]
    let pair = sets?.array?.first { $0["size"]?.number == 2 } ?? .null
    #expect(pair["reach"]?.number.map { abs($0 - 1) < 1e-9 } ?? false)
    #expect((pair["low"]?.number ?? 1) < 1 && pair["high"]?.number == 1)
    #expect(pair["runners_up"]?.array?.count == 2)
  }

  @Test func `items can be forced and excluded, and unknown ones are refused`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.writeQuestions(in: command)
    func run(_ reach: String) throws -> Command.Result {
      try command.write(
        """
        survey: { file: people.csv, id: id }
        segments: { given: seg }
        channels: [X, P, Q]
        reach: \(reach)
        """, to: "study.yaml")
      return try command.run("reach", "study.yaml", "--channels", "2", "--json")
    }
    let forced = try run("{ force: [P], exclude: [Q] }").json["sets"]?.array ?? []
    #expect(Set(forced.compactMap { $0["items"]?.array?.count }) == [1, 2])
    #expect(
      forced.allSatisfy { set in
        let items = (set["items"]?.array ?? []).compactMap(\.string)
        return items.contains("P") && !items.contains("Q")
      })
    let wrong = try run("{ force: [p] }")
    #expect(wrong.status == 65 && (wrong.errors + wrong.output).contains("E0611"))
    let both = try run("{ force: [P], exclude: [P] }")
    #expect((both.errors + both.output).contains("is forced and excluded"))
  }

  @Test func `a declared key without effect is told by name`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.writeQuestions(in: command)
    try command.write(
      """
      survey: { file: people.csv, id: id }
      segments: { given: seg }
      need_scale: [1, 7]
      features: { f: { value: { linear: [0, 1] } } }
      rho: 0.5
      maxdiff: { best: [p1], worst: [p2], shown: 1 }
      channels: [X, P]
      """, to: "study.yaml")
    let result = try command.run("run", "study.yaml", "-o", "out")
    for key in ["need_scale", "features", "rho", "maxdiff"] {
      #expect(result.errors.contains("warning: '\(key)'"), "\(key): \(result.errors)")
    }
  }

  /// 60 people choose six times between three concepts of two coded attributes and none; the menus
  /// stand in a design of two versions.
  private static func writeChoices(in command: Command, none: Bool = true) throws {
    var state: UInt64 = 11
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    let worths: [[Double]] = [[0, 1, -0.5], [0, 0.3, -1.2]]
    var design = "ver,task,concept,brand,price\n"
    var levels: [String: [(Int, Int)]] = [:]
    for version in 1...2 {
      for task in 1...6 {
        for concept in 1...3 {
          let (brand, price) = (1 + Int(uniform() * 3), 1 + Int(uniform() * 3))
          design += "\(version),\(task),\(concept),\(brand),\(price)\n"
          levels["\(version) \(task)", default: []].append((brand, price))
        }
      }
    }
    var answers = "id,seg,ver,t1,t2,t3,t4,t5,t6\n"
    var long = "id,task,brand,price,taken\n"
    for person in 1...60 {
      let version = 1 + person % 2
      answers += "\(person),\(person % 3 == 0 ? "A" : "B"),\(version)"
      for task in 1...6 {
        let shown = levels["\(version) \(task)"] ?? []
        let chances =
          shown.map { exp(worths[0][$0.0 - 1] + worths[1][$0.1 - 1]) } + (none ? [exp(-0.4)] : [])
        var point = uniform() * chances.reduce(0, +)
        var taken = chances.count - 1
        for (place, chance) in chances.enumerated() where point >= 0 {
          taken = place
          point -= chance
        }
        answers += ",\(taken + 1)"
        for (place, level) in shown.enumerated() {
          long += "\(person).0,\(task),\(level.0),\(level.1),\(place == taken ? 1 : 0)\n"
        }
        if none { long += "\(person).0,\(task),0,0,\(taken == 3 ? 1 : 0)\n" }
      }
      answers += "\n"
    }
    try command.write(design, to: "design.csv")
    try command.write(answers, to: "answers.csv")
    try command.write(long, to: "long.csv")
  }

  private static func validate(_ choices: String, in command: Command) throws -> Command.Result {
    try command.write(
      "survey: { file: answers.csv, id: id }\nsegments: { given: seg }\nchoices: \(choices)\n",
      to: "study.yaml")
    return try command.run("validate", "study.yaml", "--json", "-o", "out")
  }

  @Test func `codes are part-worths, in one file or in design and responses`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.writeChoices(in: command)
    let hand = try Self.validate(
      "{ file: long.csv, respondent: id, task: task, chosen: taken, attributes: { b2: brand = 2, "
        + "b3: brand = 3, p2: price = 2, p3: price = 3, none: brand = 0 } }", in: command)
    let coded = try Self.validate(
      "{ file: long.csv, respondent: id, task: task, chosen: taken, attributes: [brand, price] }",
      in: command)
    let two = try Self.validate(
      "{ file: answers.csv, respondent: id, chosen: [t1, t2, t3, t4, t5, t6], "
        + "design: { file: design.csv, version: ver, task: task, alternative: concept }, "
        + "attributes: [brand, price], latent_classes: 1-2 }", in: command)
    func numbers(_ result: Command.Result) -> [Double] {
      let logit = result.json["logit"] ?? .null
      return [logit["log_likelihood"]?.number ?? .nan]
        + (logit["coefficients"]?.array ?? []).compactMap { $0["value"]?.number }
    }
    #expect(numbers(hand).count == 6, "\(hand.errors)")
    for other in [coded, two] {
      #expect(numbers(other).count == 6, "\(other.errors)")
      for (one, same) in zip(numbers(hand), numbers(other)) { #expect(abs(one - same) < 1e-6) }
    }
    let terms = (coded.json["logit"]?["coefficients"]?.array ?? []).compactMap {
      $0["term"]?.string
    }
    #expect(terms == ["brand 2", "brand 3", "price 2", "price 3", "none"])
    #expect(coded.json["part_worths"]?.array?.count == 6)
    // Every person's chances and expected part-worths.
    let tastes = try String(
      contentsOf: command.folder.appendingPathComponent("out/tastes.csv"), encoding: .utf8
    ).split(whereSeparator: \.isNewline)
    #expect(tastes.count == 61 && tastes[0].hasPrefix("id,class,class_1"))
    #expect(tastes[0].hasSuffix("worth_price 3,worth_none"))
    let line = try Self.validate(
      "{ file: long.csv, respondent: id, task: task, chosen: taken, attributes: [brand, price], "
        + "numeric: [price] }", in: command)
    #expect(numbers(line).count == 5, "\(line.errors)")
  }

  @Test func `a design that does not hold the answers is refused by its place`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.writeChoices(in: command, none: false)
    func words(_ more: String, _ chosen: String = "[t1, t2]") throws -> String {
      let result = try Self.validate(
        "{ file: answers.csv, respondent: id, chosen: \(chosen), attributes: [brand, price], "
          + "design: { file: design.csv, task: task, alternative: concept, \(more) } }", in: command
      )
      return "\(result.status) " + result.errors + result.output
    }
    #expect(try words("version: ver").hasPrefix("0 "))
    #expect(try words("version: version").contains("E0634"))
    #expect(try words("version: ver", "[t1, seg]").contains("E0631"))
    #expect(try words("version: ver", "[t1, t2, t3, t4, t5, t6, id]").contains("E0633"))
  }

  /// Items shown unequally often: two, four or five times.
  private static func writeBestWorst(in command: Command) throws {
    let tasks = ["abef", "bcdf", "cdef", "acef", "bdef", "bcde"].map { $0.map(String.init) }
    var design = "task,item\n"
    for (task, items) in tasks.enumerated() {
      for item in items { design += "\(task + 1),\(item)\n" }
    }
    try command.write(design, to: "design.csv")
    var state: UInt64 = 3
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    let worth = ["a": 1.0, "b": 0.5, "c": 0.2, "d": 0, "e": -0.4, "f": -1.1]
    var survey = "id,seg," + (1...6).map { "b\($0),w\($0)" }.joined(separator: ",") + "\n"
    for person in 1...120 {
      survey += "\(person),\(person % 2 == 0 ? "A" : "B")"
      for items in tasks {
        let drawn = items.map { (item: $0, worth: (worth[$0] ?? 0) - log(-log(uniform()))) }
        let order = drawn.sorted { $0.worth > $1.worth }.map(\.item)
        survey += ",\(order[0]),\(order[3])"
      }
      survey += "\n"
    }
    try command.write(survey, to: "people.csv")
  }

  @Test func `best-worst items count per showing, by the design or by the answers`() throws {
    let command = try Command()
    defer { command.close() }
    try Self.writeBestWorst(in: command)
    func fit(_ tasks: String) throws -> Command.Result {
      let needs = "abcdef".map { "\($0): { maxdiff: \($0) }" }.joined(separator: ", ")
      try command.write(
        """
        survey: { file: people.csv, id: id }
        segments: { given: seg }
        needs: { \(needs) }
        maxdiff: { best: [b1, b2, b3, b4, b5, b6], worst: [w1, w2, w3, w4, w5, w6], \(tasks) }
        """, to: "study.yaml")
      return try command.run("fit", "study.yaml", "--json")
    }
    func scores(_ result: Command.Result) -> [Double] {
      (result.json["best_worst"]?.array ?? []).filter { $0["segment"] == .null }
        .compactMap { $0["score"]?.number }
    }
    let known = try fit("design: { file: design.csv, task: task, items: item }")
    let guessed = try fit("shown: 4")
    #expect(scores(known).count == 6, "\(known.errors)")
    #expect(scores(known) == scores(guessed))
    #expect(scores(known)[0] > scores(known)[1])
    let weights = (guessed.json["need_weights"]?.array ?? []).compactMap { $0["weight"]?.number }
    #expect(weights[0] > weights[1])
    #expect(guessed.json.text.contains("counted per showing"))
    let utilities = (known.json["best_worst"]?.array ?? []).compactMap { $0["se"]?.number }
    #expect(utilities.count == 18)
  }

  @Test func `a fit that people avoid never passes`() throws {
    let command = try Command()
    defer { command.close() }
    try PlantedChoices.write(in: command, sense: -3)
    for bar in ["adds", "chance", "shares"] {
      let result = try command.run("validate", "study.yaml", "--bar", bar, "--json")
      #expect(result.status == 1, "\(bar): \(result.errors)")
      #expect(result.json["verdict"]?["passed"] == .bool(false))
      #expect(result.json["verdict"]?["predicts"] == .bool(false))
      #expect(result.json["verdict"]?["adds_to_market_shares"] == .bool(false))
    }
  }
}
