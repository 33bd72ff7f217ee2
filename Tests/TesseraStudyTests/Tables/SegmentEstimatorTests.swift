import Foundation
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Profiles, tables and filters choose how a question is estimated in one place.
@Suite("One estimator for each question")
struct SegmentEstimatorTests {
  private static let rows = 900

  /// Three segments that are placed with error, and questions that follow them closely or not.
  private static func planted() -> SegmentedSurvey {
    var random = RandomStream(seed: 11)
    var posterior = Matrix(rows: rows, columns: 3)
    var sharp: [UInt8] = []
    var loose: [UInt8] = []
    var rating: [Double] = []
    var ticks = [[UInt8]](repeating: [], count: 2)
    for row in 0..<rows {
      let segment = row % 3
      // The likeliest is right in about three of four.
      let placed = random.uniform() < 0.75 ? segment : (segment + 1) % 3
      for column in 0..<3 { posterior[row, column] = column == placed ? 0.7 : 0.15 }
      // Placed in the first they never say 1, though by the posterior some belong elsewhere.
      sharp.append(placed == 0 ? 2 : random.uniform() < 0.9 ? 1 : 2)
      loose.append(random.uniform() < 0.3 + 0.2 * Double(segment) ? 1 : 2)
      rating.append(Double(1 + Int(random.uniform() * 3)) + (placed == 1 ? 2 : 0))
      for tick in 0..<2 {
        ticks[tick].append(random.uniform() < (placed == tick ? 0.6 : 0.4) ? 1 : 0)
      }
    }
    func coded(_ name: String, _ codes: [UInt8]) -> Variable {
      Variable(
        name: name, label: name.capitalized, level: .nominal,
        categories: ["yes", "no"].enumerated().map {
          Category(code: .number(Double($0.offset + 1)), label: $0.element)
        }, answers: .codes8(codes))
    }
    let survey = Survey(
      variables: [
        coded("sharp", sharp), coded("loose", loose),
        Variable(name: "rating", level: .numeric, answers: .numbers(rating)),
      ]
        + ticks.enumerated().map {
          Variable(
            name: "t\($0.offset + 1)", level: .numeric,
            answers: .numbers($0.element.map(Double.init)))
        },
      sets: [
        MultipleResponseSet(
          name: "ticks", label: "Ticks", members: ["t1", "t2"],
          coding: .dichotomy(chosen: .number(1)))
      ])
    return SegmentedSurvey(
      survey: survey, design: SurveyDesign.plain(rows), sourceRows: Array(0..<rows),
      segments: (1...3).map { Segment(id: "S\($0)", name: "", share: 1 / 3, respondents: 300) },
      posterior: posterior, resegmenter: nil)
  }

  @Test func `an answer that nobody else in a segment varies from is still tested`() throws {
    // Of 100 in the first segment all say the same; of 100 in the second half do.
    let positions = (0..<200).map { $0 < 100 ? 1 : $0 % 2 + 1 }
    var posterior = Matrix(rows: 200, columns: 2)
    for row in 0..<200 { posterior[row, row < 100 ? 0 : 1] = 1 }
    let context = ProfileContext(
      posterior: posterior, design: SurveyDesign.plain(200), settings: RunSettings(), isTold: true)
    let table = AnswerTable(positions, categories: 3, context, context.rules)
    let p = try #require(table.pooledTest(0, worth: context.worth))
    // 2 x 2: 100 of 100 against 50 of 100, z = .5 / sqrt(.75 x .25 / 50) = 8.165; three answers.
    #expect(p < 1e-14 && p > 0)
    let none = AnswerTable(
      [Int](repeating: 1, count: 200), categories: 2, context, context.rules)
    #expect(none.pooledTest(0, worth: 1) == nil)
    #expect(context.test(table, segment: 0) != nil)
  }

  @Test func `a question whose corrected share is negative goes by the posterior, others by BCH`()
    throws
  {
    let segmented = Self.planted()
    let estimator = SegmentEstimator(posterior: segmented.posterior, design: segmented.design)
    let read = try DescriptorReader(
      segmented.survey, active: [], passive: ["sharp", "loose", "rating", "ticks"], roles: .none)
    func way(_ name: String, isActive: Bool = false) throws -> SegmentEstimator.Way {
      estimator.way(
        of: try #require(read.descriptors.first { $0.name == name }), isActive: isActive)
    }
    #expect(try way("sharp") == .negative)
    #expect(try way("loose") == .corrected)
    #expect(try way("ticks") == .corrected)
    #expect(try way("loose", isActive: true) == .active)
    let given = SegmentEstimator(
      posterior: Matrix(rows: 4, columns: 2, values: [1, 0, 0, 1, 1, 0, 0, 1]),
      design: SurveyDesign.plain(4))
    #expect(given.way(of: read.descriptors[0], isActive: false) == .certain)
  }

  @Test func `profiles, tables with other columns, and the page's filters tell the same shares`()
    throws
  {
    let segmented = Self.planted()
    let settings = RunSettings()
    let questions = ["sharp", "loose", "rating", "ticks"]
    let profile = try StudyProfile.profile(
      segmented, active: [], passive: questions, settings: settings)
    let data = StudyData(
      survey: segmented.survey, design: segmented.design, weightSum: Double(Self.rows),
      sourceRows: segmented.sourceRows)
    // Other columns of the banner change nothing in those of the segments.
    let tables = try StudyTables.make(
      .init(banner: [BannerEntry("loose > segments"), BannerEntry("sharp")]), data: data,
      segmented: segmented, active: [], roles: .none, title: "T", settings: settings)
    let columns = try #require(tables.groups.first { $0.isSegments }).columns
    var compared = 0
    for (place, segment) in profile.segments.enumerated() {
      for variable in segment.variables {
        let table = try #require(tables.tables.first { $0.name == variable.name })
        for category in variable.categories {
          let row = try #require(
            table.rows.first { $0.kind == .answer && $0.code == category.code })
          let share = try #require(category.share)
          #expect(
            abs((row.cells[columns.lowerBound + place].value ?? -1) - share) < 6e-5,
            "\(variable.name) \(category.code)")
          compared += 1
        }
        guard let mean = variable.mean else { continue }
        let row = try #require(table.rows.first { $0.kind == .mean })
        #expect(abs((row.cells[columns.lowerBound + place].value ?? -1) - mean) < 6e-5)
        compared += 1
      }
    }
    #expect(compared == 3 * (2 + 2 + 1 + 2))
    let filters = try #require(
      ProfileFilters.make(
        profile, data: data, segmented: segmented, active: [], passive: ["loose"], roles: .none,
        settings: settings))
    let everybody = filters.options[0]
    #expect(!filters.rows.isEmpty)
    for (row, cells) in zip(filters.rows, everybody.cells) {
      for (place, segment) in profile.segments.enumerated() {
        let told = segment.variables.flatMap { variable in
          variable.categories.filter { variable.name == row.variable && $0.label == row.answer }
        }.first
        guard let share = told?.share else { continue }
        #expect(abs((cells[place + 1]?.value ?? -1) - share) < 6e-5, "\(row.variable)")
      }
    }
  }

  @Test func `no letter says that zero is more than zero, or rests on a handful of answers`() throws
  {
    let planted = PlantedTable()
    // Six of the first group's gave an answer that nobody else gave: significant, and no news.
    var codes = planted.group.map { _ in UInt8(1) }
    for row in planted.group.indices.filter({ planted.group[$0] == 1 }).prefix(6) { codes[row] = 2 }
    for row in planted.group.indices.filter({ planted.group[$0] == 2 }).prefix(6) { codes[row] = 2 }
    let labels = ["a", "b"].enumerated().map {
      Category(code: .number(Double($0.offset + 1)), label: $0.element)
    }
    let survey = Survey(variables: [
      Variable(
        name: "group", level: .nominal,
        categories: (1...3).map { Category(code: .number(Double($0))) },
        answers: .codes8(planted.group.map(UInt8.init))),
      Variable(name: "rare", level: .nominal, categories: labels, answers: .codes8(codes)),
    ])
    let rows = planted.group.count
    let data = StudyData(
      survey: survey, design: SurveyDesign.plain(rows), weightSum: Double(rows),
      sourceRows: Array(0..<rows))
    func letters(_ answers: Double) throws -> [String] {
      var options = TablesSettings()
      options.testedAnswers = answers
      let made = try StudyTables.make(
        .init(banner: [BannerEntry("group")], stub: [StubEntry("rare")]), data: data,
        segmented: nil, active: [], roles: .none, title: "T", settings: RunSettings(),
        options: options)
      return made.tables[0].rows[1].cells.dropFirst().map(\.letters)
    }
    #expect(try letters(1).contains { !$0.isEmpty })
    #expect(try letters(10).allSatisfy { $0.isEmpty })
  }

  @Test func `a mean has three digits that count, and years have no thousands mark`() {
    #expect(MeanDigits(total: 72_468.27).rounded(72_468.27) == 72_500)
    #expect(MeanDigits(total: 48.97).decimals == 1)
    #expect(MeanDigits(total: 4.437).rounded(4.437) == 4.44)
    #expect(MeanDigits(total: nil).decimals == 2)
    func numbers(_ values: [Double]) -> Descriptor {
      Descriptor(
        name: "y", label: "", level: "numeric", role: .passive, content: .numbers(values))
    }
    #expect(numbers((0..<40).map { 1960 + Double($0) } + [19]).isYears)
    #expect(!numbers((0..<40).map { 1800 + 20 * Double($0) }).isYears)
  }

  @Test func `the steps of a funnel make one table`() throws {
    let segmented = Self.planted()
    let data = StudyData(
      survey: segmented.survey, design: segmented.design, weightSum: Double(Self.rows),
      sourceRows: segmented.sourceRows)
    var roles = StudyRoles.none
    roles.funnel = .byProduct([.init(product: "car", steps: ["t1", "t2"])])
    let made = try StudyTables.make(
      .init(), data: data, segmented: segmented, active: [], roles: roles, title: "T",
      settings: RunSettings())
    let funnel = try #require(made.tables.first { $0.name == "funnel.car" })
    #expect(funnel.label == "Funnel: car")
    #expect(funnel.rows.map(\.code) == ["t1", "t2"])
    #expect(!made.tables.contains { $0.name == "ticks" })
  }
}

extension SurveyDesign {
  /// Respondents who count once each.
  fileprivate static func plain(_ rows: Int) -> SurveyDesign {
    SurveyDesign(kind: .none, weights: [Double](repeating: 1, count: rows))
  }
}
