import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

@testable import TesseraTyping

/// A survey whose segments were put there, and a study of it.
struct PlantedStudy {
  let survey: Survey
  let design: SurveyDesign
  /// The segment of each person, in the model's order.
  let truth: [Int]
  let model: SegmentModel
  /// Which of the model's segments each planted one is.
  let order: [Int]

  var classes: LatentClassModel? {
    if case .latentClass(let classes) = model.parameters { classes } else { nil }
  }

  /// The answers as the model reads them.
  var table: ItemTable {
    get throws { try Assigner(model).answers(of: survey, weights: .none).table }
  }

  /// Draws people who answer yes or no.
  ///
  /// Question q is answered yes by 80% of segment q modulo K and by
  /// 20% of the others.
  ///
  /// A study whose model is taken instead of fitting one is `like`; `more` are columns beside the
  /// questions, made from the planted segment.
  init(
    people: Int, questions: Int, segments: Int, seed: UInt64, like other: PlantedStudy? = nil,
    method: SegmentationMethod = .latentClass,
    more: [(name: String, draw: @Sendable (Int, inout RandomStream) -> Int)] = []
  ) throws {
    var random = RandomStream(seed: seed)
    var planted: [Int] = []
    var answers = [[Int]](repeating: [], count: questions)
    var extra = [[Int]](repeating: [], count: more.count)
    for _ in 0..<people {
      let segment = random.categorical((0..<segments).map { 1 / Double($0 + 3) })
      planted.append(segment)
      for question in 0..<questions {
        let chance = question % segments == segment ? 0.8 : 0.2
        answers[question].append(random.uniform() < chance ? 2 : 1)
      }
      for place in more.indices { extra[place].append(more[place].draw(segment, &random)) }
    }
    let yes = [Category(code: .number(0), label: "no"), Category(code: .number(1), label: "yes")]
    var variables = answers.enumerated().map { place, positions in
      Variable(
        name: "q\(place)", label: "Question \(place)", level: .nominal, categories: yes,
        answers: AnswerColumn(positions: positions, categoryCount: 2))
    }
    for (place, column) in more.enumerated() {
      let count = (extra[place].max() ?? 0) + 1
      variables.append(
        Variable(
          name: column.name, level: .nominal,
          categories: (0..<count).map { Category(code: .text("v\($0)")) },
          answers: AnswerColumn(positions: extra[place].map { $0 + 1 }, categoryCount: count)))
    }
    survey = Survey(variables: variables)
    design = SurveyDesign(kind: .none, weights: [Double](repeating: 1, count: people))
    if let other {
      model = other.model
      order = other.order
    } else {
      var declaration = SegmentsDeclaration()
      declaration.active = (0..<questions).map { "q\($0)" }
      declaration.count = .exactly(segments)
      declaration.method = method
      declaration.stability = 0
      var settings = RunSettings()
      settings.stability = 0
      let data = StudyData(
        survey: survey, design: design, weightSum: Double(people), sourceRows: Array(0..<people))
      let run = try StudySegmentation.run(data, declaration, settings)
      model = run.model
      var counts = Matrix(rows: segments, columns: segments)
      for (row, label) in try Assigner(run.model).assign(survey).labels.enumerated() {
        if let label { counts[planted[row], label] += 1 }
      }
      order = CrossTable(counts: counts).matching.map { $0 ?? 0 }
    }
    let order = order
    truth = planted.map { order[$0] }
  }
}
