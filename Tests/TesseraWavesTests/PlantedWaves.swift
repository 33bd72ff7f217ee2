import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey
import TesseraWaves

/// Waves of people in two segments with known answers.
struct PlantedWaves {
  /// Chances of "yes" to six questions, segment by segment.
  static let chances = [[0.85, 0.85, 0.8, 0.2, 0.15, 0.2], [0.15, 0.2, 0.2, 0.8, 0.85, 0.8]]

  let table: ItemTable
  let waves: [Int]
  let persons: [Int]

  /// The model that the people were drawn from.
  static var model: LatentClassModel {
    LatentClassModel(
      prevalence: [0.6, 0.4],
      items: (0..<6).map { question in
        ItemModel(
          name: "q\(question + 1)", measurement: .binary,
          distribution: .categories(chances.map { [1 - $0[question], $0[question]] }))
      })
  }

  /// Draws waves.
  ///
  /// - Parameters:
  ///   - sizes: Share of the first segment in each wave.
  ///   - people: People per wave.
  ///   - shift: Points by which the first segment answers the first three questions less in the last wave.
  ///   - isPanel: Whether all waves ask the same people, who keep their segment.
  ///   - seed: Starts the draws.
  /// - Throws: `SegmentationError` never in practice.
  init(
    sizes: [Double], people: Int, shift: Double = 0, isPanel: Bool = false, seed: UInt64
  ) throws {
    var random = RandomStream(seed: seed)
    var waves: [Int] = []
    var persons: [Int] = []
    var answers = [[UInt8]](repeating: [], count: 6)
    var segments: [Int] = []
    for (wave, size) in sizes.enumerated() {
      for place in 0..<people {
        let drawn = random.uniform() < size ? 0 : 1
        let segment = isPanel && wave > 0 ? segments[place] : drawn
        if wave == 0 { segments.append(segment) }
        waves.append(wave)
        persons.append(isPanel ? place : -1)
        for question in 0..<6 {
          var chance = Self.chances[segment][question]
          if wave == sizes.count - 1, segment == 0, question < 3 { chance -= shift }
          answers[question].append(random.uniform() < chance ? 2 : 1)
        }
      }
    }
    self.waves = waves
    self.persons = persons
    table = try ItemTable(
      respondentCount: waves.count,
      items: answers.enumerated().map {
        Item(name: "q\($0 + 1)", measurement: .binary, answers: .codes($1))
      })
  }

  /// The same as surveys that a study reads.
  func surveys(ids: Bool) -> [SurveyWave] {
    (0...(waves.max() ?? 0)).map { wave in
      let rows = waves.indices.filter { waves[$0] == wave }
      let variables = table.items.map { item in
        Variable(
          name: item.name, label: item.name, level: .nominal,
          categories: [Category(code: .text("no")), Category(code: .text("yes"))],
          answers: AnswerColumn(positions: rows.map { item.code($0) }, categoryCount: 2))
      }
      return SurveyWave(
        name: "w\(wave + 1)",
        data: StudyData(
          survey: Survey(variables: variables), design: .unweighted(rows.count),
          weightSum: Double(rows.count), sourceRows: Array(rows.indices),
          ids: ids ? rows.map { "p\(persons[$0] < 0 ? $0 : persons[$0])" } : nil))
    }
  }

  /// The frozen model as a file has it.
  static func frozen() throws -> SegmentModel {
    let first = try PlantedWaves(sizes: [0.6], people: 2_000, seed: 77)
    let data = first.surveys(ids: false)[0].data
    var declaration = SegmentsDeclaration()
    declaration.active = (1...6).map { "q\($0)" }
    declaration.count = .exactly(2)
    return try StudySegmentation.run(data, declaration, RunSettings()).model
  }
}
