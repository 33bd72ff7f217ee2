import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import Testing

/// Every method, run as a study runs it.
@Suite struct MethodLawTests {
  private static let rows = 72

  private static func declaration(_ method: SegmentationMethod) -> SegmentsDeclaration {
    var declaration = Made.declaration()
    declaration.method = method
    declaration.starts = 4
    declaration.active = active(method)
    return declaration
  }

  /// k-modes has no numbers.
  private static func active(_ method: SegmentationMethod) -> [String] {
    method == .kmodes
      ? ["marital", "pastimes", "outlook", "homes"] : ["marital", "pastimes", "home", "outlook"]
  }

  private static func made() -> (variables: [Variable], kind: [Int]) {
    let made = Made.planted(rows, seed: 5)
    var homes: [Int] = []
    if case .numbers(let numbers) = made.variables[3].answers {
      homes = numbers.map { $0 > 2.7 ? 2 : 1 }
    }
    return (
      made.variables + [Made.nominal("homes", homes, labels: ["small", "large"])], made.kind
    )
  }

  private static func run(
    _ method: SegmentationMethod, _ variables: [Variable], design: SurveyDesign? = nil
  ) throws -> StudySegmentation {
    try StudySegmentation.run(
      Made.data(variables, sets: [Made.pastimes], design: design), declaration(method),
      EvidenceTests.plain)
  }

  private static func labels(_ run: StudySegmentation) -> [Int] {
    let posterior = run.segmented.posterior
    return (0..<posterior.rows).map { row in
      (0..<posterior.columns).max { posterior[row, $0] < posterior[row, $1] } ?? 0
    }
  }

  private static func objective(_ run: StudySegmentation) -> Double {
    run.result.logLikelihood
      ?? run.result.criteria.first { ["cost", "within_ss", "unanimity"].contains($0.name) }?.value
      ?? .nan
  }

  @Test(arguments: SegmentationMethod.allCases)
  func `a study finds what was planted, tells it and assigns by it`(
    _ method: SegmentationMethod
  ) throws {
    let made = Self.made()
    let run = try Self.run(method, made.variables)
    #expect(run.result.method == method.rawValue)
    #expect(run.result.segments.count == 2)
    #expect(CrossTable(Self.labels(run), made.kind).adjustedRand > 0.75)
    #expect(abs(run.result.segments.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    #expect(!run.result.recommendation.isEmpty)
    #expect(Self.objective(run).isFinite)
    let back = try SegmentModel.read(Data(run.model.json.text.utf8))
    #expect(back == run.model)
    let batch = try Assigner(back).assign(run.data.survey)
    let placed = batch.labels.map { $0 ?? -1 }
    let same = zip(placed, Self.labels(run)).count { $0 == $1 }
    #expect(Double(same) > 0.9 * Double(Self.rows))
    #expect(try run.profile(EvidenceTests.plain).segments.count == 2)
  }

  /// All numbers that a run and its profiles tell: objective, shares, criteria, silhouettes,
  /// indicators, effect sizes, tests and their errors.
  private static func told(_ run: StudySegmentation) throws -> [Double] {
    try numbers(run.result.json) + numbers(run.profile(EvidenceTests.plain).json)
  }

  private static func numbers(_ json: JSONValue) -> [Double] {
    switch json {
    // Surveys without groups are simulated from the rows in their order.
    case .object(let members): members.flatMap { $0.0 == "verdict" ? [] : numbers($0.1) }
    case .array(let elements): elements.flatMap(numbers)
    default: json.number.map { [$0] } ?? []
    }
  }

  /// Where two runs tell different numbers, beyond 1e-8 of their size.
  private static func differences(
    _ one: StudySegmentation, _ other: StudySegmentation
  ) throws -> [String] {
    let (first, second) = (try told(one), try told(other))
    guard first.count == second.count else { return ["\(first.count) and \(second.count) numbers"] }
    return zip(first, second).compactMap { a, b in
      abs(a - b) <= 1e-8 * max(1, abs(a)) ? nil : "\(a) and \(b)"
    }
  }

  private static func agreement(
    _ one: StudySegmentation, _ rows: [Int], _ other: StudySegmentation
  ) -> Double {
    let labels = labels(one)
    return CrossTable(rows.map { labels[$0] }, Self.labels(other)).adjustedRand
  }

  @Test(arguments: SegmentationMethod.allCases)
  func `a frequency is the row repeated`(_ method: SegmentationMethod) throws {
    let made = Self.made()
    let counts = (0..<Self.rows).map { Double(1 + $0 % 3) }
    let repeated = (0..<Self.rows).flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
    let one = try Self.run(
      method, made.variables, design: SurveyDesign(kind: .frequency, weights: counts))
    let other = try Self.run(method, made.variables.map { $0.selecting(repeated) })
    #expect(Self.agreement(one, repeated, other) == 1)
    let differences = try Self.differences(one, other)
    #expect(differences.isEmpty, "\(differences.prefix(5))")
  }

  @Test(arguments: SegmentationMethod.allCases)
  func `weights on another scale, rows and columns in another order change nothing`(
    _ method: SegmentationMethod
  ) throws {
    let made = Self.made()
    let weights = (0..<Self.rows).map { 0.5 + Double($0 % 4) / 2 }
    func design(_ scale: Double, _ rows: [Int]) -> SurveyDesign {
      SurveyDesign(kind: .sampling, weights: rows.map { weights[$0] * scale })
    }
    let plainRows = Array(0..<Self.rows)
    let one = try Self.run(method, made.variables, design: design(1, plainRows))
    let scaled = try Self.run(method, made.variables, design: design(3.7, plainRows))
    #expect(Self.agreement(one, plainRows, scaled) == 1)
    // The sum of the weights as given is told too, and is the only number that may differ.
    #expect(try Self.differences(one, scaled).count <= 1)
    let turned = Array(plainRows.reversed())
    let reversed = try Self.run(
      method, made.variables.map { $0.selecting(turned) }, design: design(1, turned))
    #expect(Self.agreement(one, turned, reversed) == 1)
    let differences = try Self.differences(one, reversed)
    #expect(differences.isEmpty, "\(differences.prefix(5))")
    var declaration = Self.declaration(method)
    declaration.active.reverse()
    let columns = try StudySegmentation.run(
      Made.data(made.variables, sets: [Made.pastimes], design: design(1, plainRows)), declaration,
      EvidenceTests.plain)
    #expect(Self.agreement(one, plainRows, columns) == 1)
    #expect(
      abs(Self.objective(columns) - Self.objective(one))
        < 1e-8 * max(1, abs(Self.objective(one))))
    for (a, b) in zip(columns.result.segments, one.result.segments) {
      #expect(abs(a.share - b.share) < 1e-8)
    }
  }

  @Test(arguments: SegmentationMethod.allCases)
  func `one thread or two give the same bytes`(_ method: SegmentationMethod) throws {
    let made = Self.made()
    var declaration = Self.declaration(method)
    declaration.count = .between(1, 3)
    declaration.stability = 2
    declaration.evidence.structureSets = 1
    declaration.evidence.choosesIndicators = true
    let texts = try [1, 2].map { threads -> [String] in
      var settings = EvidenceTests.plain
      settings.workers = Workers(threads)
      let run = try StudySegmentation.run(
        Made.data(made.variables, sets: [Made.pastimes]), declaration, settings)
      return [run.model.json.text, try run.profile(settings).json.text]
    }
    #expect(texts[0] == texts[1])
  }

  @Test(arguments: SegmentationMethod.allCases, ["weight", "frequency"])
  func `a row of weight zero is a row that is not there`(
    _ method: SegmentationMethod, kind: String
  ) throws {
    let made = Self.made()
    func text(_ isWhole: Bool) -> String {
      var lines = ["id,w,marital,home,homes,outlook,sport"]
      for row in 0..<Self.rows {
        let weight = row % 9 == 0 ? 0 : 1 + row % 3
        if !isWhole, weight == 0 { continue }
        var home = 0.0
        if case .numbers(let numbers) = made.variables[3].answers { home = numbers[row] }
        let cells = [0, 4, 1].map { String(made.variables[$0].answers.position(row)) }
        lines.append(
          "p\(row),\(weight),\(cells[0]),\(home),\(home > 2.7 ? "big" : "small"),\(cells[1]),"
            + cells[2])
      }
      return lines.joined(separator: "\n") + "\n"
    }
    let study = """
      survey: { file: r.csv, id: id, \(kind): w, levels: { outlook: [1, 2, 3, 4] } }
      segments:
        active: [marital, \(method == .kmodes ? "homes" : "home"), outlook, sport]
        count: 2
        method: \(method.rawValue)
        starts: 4
        stability: 0
      """
    func run(_ isWhole: Bool) throws -> StudySegmentation {
      let study = try StudyFolder(["study.yaml": study, "r.csv": text(isWhole)]).load()
      return try StudySegmentation.run(study.data, study.file.segments, EvidenceTests.plain)
    }
    let with = try run(true)
    let without = try run(false)
    #expect(with.result.respondents == without.result.respondents)
    #expect(with.result.segments == without.result.segments)
    #expect(Self.objective(with) == Self.objective(without))
    #expect(with.segmented.posterior == without.segmented.posterior)
    #expect(try Self.differences(with, without).isEmpty)
  }
}
