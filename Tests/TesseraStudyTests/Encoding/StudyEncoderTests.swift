import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct StudyEncoderTests {
  private func encoded(
    _ variables: [Variable], _ active: [String] = [], minimum: Int = 10,
    sets: [MultipleResponseSet] = [], design: SurveyDesign? = nil,
    change: (inout SegmentsDeclaration) -> Void = { _ in }
  ) throws -> EncodedStudy {
    var declaration = Made.declaration(active.isEmpty ? variables.map(\.name) : active)
    change(&declaration)
    var settings = RunSettings()
    settings.minimumCell = minimum
    return try StudyEncoder.encode(
      Made.data(variables, sets: sets, design: design), declaration, settings)
  }

  /// 40 respondents: 20 a, 14 b, 4 c, 2 d.
  private var uneven: Variable {
    Made.nominal(
      "job",
      [Int](repeating: 1, count: 20) + [Int](repeating: 2, count: 14)
        + [Int](repeating: 3, count: 4) + [Int](repeating: 4, count: 2),
      labels: ["a", "b", "c", "d"])
  }

  @Test func `answers of few people become other, where that makes a group of enough`() throws {
    let study = try encoded([uneven], minimum: 5)
    let categories = study.indicators[0].categories
    #expect(categories.map(\.label) == ["a", "b", "other"])
    #expect(categories[2].isOther)
    #expect((0..<40).count { study.table.items[0].code($0) == 3 } == 6)
    #expect(study.notes.contains { $0.contains("merged") })
  }

  @Test func `answers of few people are missing where they are few together`() throws {
    let home = Made.nominal("home", (0..<40).map { $0 % 2 + 1 }, labels: ["own", "rent"])
    let study = try encoded([uneven, home])
    #expect(study.indicators[0].categories.map(\.label) == ["a", "b"])
    #expect((0..<40).count { study.table.items[0].code($0) == 0 } == 6)
    #expect((0..<40).count { study.table.items[0].code($0) == 2 } == 14)
    #expect(study.notes.contains { $0.contains("job") && $0.contains("count as missing") })
  }

  @Test func `rare ordered answers go with rare neighbours, never with a common one`() throws {
    // 17 people about 2, 23 about 5: only 1 is a common answer.
    let counts = [1: 12, 2: 5, 3: 6, 4: 8, 5: 9]
    let answers = counts.sorted { $0.key < $1.key }.flatMap { code, count in
      [Int](repeating: code, count: count)
    }
    var rating = Made.nominal("rating", answers, labels: ["a", "b", "c", "d", "e"])
    rating.level = .ordinal
    let study = try encoded([rating])
    let categories = study.indicators[0].categories
    #expect(categories.map(\.label) == ["a", "b or c", "d or e"])
    #expect(categories.map { $0.codes.count } == [1, 2, 2])
    #expect(categories[1].labels == ["b", "c"])
    #expect((0..<40).allSatisfy { study.table.items[0].code($0) > 0 })
    #expect(study.notes.contains { $0.contains("rating") && $0.contains("with their neighbours") })
    // Between common answers a rare one is missing.
    var lone = Made.nominal(
      "lone", (0..<40).map { $0 < 18 ? 1 : $0 < 22 ? 2 : 3 }, labels: ["low", "middle", "high"])
    lone.level = .ordinal
    let kept = try encoded([lone])
    #expect(kept.indicators[0].categories.map(\.label) == ["low", "high"])
    #expect(kept.silentRows == Set(18..<22))
  }

  @Test func `a real answer Other takes no rare answers in`() throws {
    let job = Made.nominal(
      "job",
      [Int](repeating: 1, count: 20) + [Int](repeating: 2, count: 12)
        + (0..<12).map { $0 / 4 + 3 }, labels: ["a", "Other", "c", "d", "e"])
    let categories = try encoded([job]).indicators[0].categories
    #expect(categories.map(\.label) == ["a", "Other", "other answers"])
    #expect(categories.map(\.isOther) == [false, false, true])
  }

  @Test func `people without any active answer are left out and counted`() throws {
    let home = Made.nominal(
      "home", (0..<40).map { $0 < 15 ? 0 : $0 % 2 + 1 }, labels: ["own", "rent"])
    let study = try encoded([home])
    #expect(study.rows == Array(15..<40))
    #expect(study.silentRows == Set(0..<15))
    #expect(study.table.respondentCount == 25)
    #expect(
      study.notes.contains(
        "15 of 40 in the survey answered none of the questions that form segments; they are in no segment."
      ))
  }

  @Test(arguments: ["none", "cell"]) func `nothing is merged for a plain model`(_ why: String)
    throws
  {
    let study = try encoded([uneven], minimum: why == "cell" ? 1 : 10) { declaration in
      if why == "none" { declaration.prior = .none }
    }
    #expect(study.indicators[0].categories.count == 4)
  }

  @Test func `ordered answers of few people are missing, and no common answer takes them`() throws {
    var job = uneven
    job.level = .ordinal
    let study = try encoded([job], minimum: 7)
    #expect(study.indicators[0].categories.map(\.label) == ["a", "b"])
    // Who gave no other answer is in no segment.
    #expect(study.silentRows.count == 6 && study.table.respondentCount == 34)
  }

  @Test func `frequencies count as people`() throws {
    let job = Made.nominal("job", [1, 2, 3], labels: ["a", "b", "c"])
    let study = try encoded(
      [job], design: SurveyDesign(kind: .frequency, weights: [20, 12, 11]))
    #expect(study.indicators[0].categories.count == 3)
  }

  @Test func `columns that say nothing are dropped with the reason`() throws {
    let count = 40
    let odd = (0..<count).map { $0 % 2 + 1 }
    let study = try encoded(
      [
        Made.nominal("kept", odd, labels: ["x", "y"]),
        Made.nominal("twin", odd.map { 3 - $0 }, labels: ["p", "q"]),
        Made.numeric("flat", [Double](repeating: 3, count: count)),
        Made.numeric("empty", [Double](repeating: .nan, count: count)),
        Made.nominal("key", Array(1...count), labels: (1...count).map { "k\($0)" }),
        Made.nominal("words", odd, labels: ["x", "y"], level: .text),
        Made.member("rare", (0..<count).map { $0 < 3 ? 1 : 0 }),
      ],
      sets: [
        MultipleResponseSet(
          name: "set", label: "", members: ["rare"], coding: .dichotomy(chosen: .number(1)))
      ])
    #expect(study.indicators.map(\.name) == ["kept"])
    #expect(
      study.dropped.map(\.reason) == [
        .duplicate(of: "kept"), .constant, .allMissing, .identifier, .text, .rare(minimum: 10),
      ])
  }

  @Test func `gaps in a covariate leave the row out and are counted`() throws {
    let made = Made.planted(60)
    let income = Made.numeric("income", (0..<60).map { $0 < 5 ? .nan : Double($0) })
    let study = try encoded(
      made.variables + [income], ["marital", "home"], minimum: 1
    ) { declaration in
      declaration.covariates = ["income"]
    }
    #expect(study.rows == Array(5..<60))
    #expect(study.table.covariates?.rows == 55)
    #expect(study.notes.contains { $0.contains("5 respondents") })
  }

  @Test func `a set is answered by its members, and a blank one is missing`() throws {
    var sport = Made.member("does_sport", [1, 0, 1, 0])
    sport.answers = AnswerColumn(positions: [2, 1, 2, 0], categoryCount: 2)
    let opera = Made.member("does_opera", [1, 1, 0, 0])
    let study = try encoded([sport, opera], ["pastimes"], minimum: 1, sets: [Made.pastimes])
    #expect(study.indicators.map(\.level) == ["multiple", "multiple"])
    #expect(study.table.items[0].answers == .codes([2, 1, 2, 0]))
    #expect(study.table.items[0].measurement == .binary)
  }

  @Test func `without active columns those are taken that a draft would take`() throws {
    var random = RandomStream(seed: 3)
    func column(_ name: String) -> Variable {
      Made.nominal(name, (0..<50).map { _ in random.below(2) + 1 }, labels: ["p", "q"])
    }
    let names = ["maritalStatus", "hikes", "reads", "cooks", "region"]
    var declaration = SegmentsDeclaration()
    declaration.active = []
    let study = try StudyEncoder.encode(
      Made.data(names.map(column)), declaration, RunSettings())
    #expect(Set(study.indicators.map(\.name)).isSuperset(of: ["hikes", "reads"]))
    #expect(!study.indicators.map(\.name).contains("region"))
    #expect(study.notes[0].contains("As init would draft it"))
  }
}
