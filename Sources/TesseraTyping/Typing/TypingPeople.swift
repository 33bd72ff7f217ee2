import TesseraMath
import TesseraSegmentation
import TesseraStudy
public import TesseraSurvey

/// The people by whom short lists are chosen and judged.
public struct TypingPeople: Sendable {
  /// Their answers, as the model reads them.
  let survey: Survey
  /// How they were drawn.
  let design: SurveyDesign

  /// Takes people.
  ///
  /// - Parameters:
  ///   - survey: Respondents with the model's columns, as `Assigner.prepare` gives them.
  ///   - design: Their weights, strata and clusters.
  public init(survey: Survey, design: SurveyDesign) {
    self.survey = survey
    self.design = design
  }
}

/// Answers of some people to all questions of a model, with weights.
struct TypingTable: Sendable {
  let table: ItemTable
  let weights: [Double]
  /// People who stand together in a fold.
  let clusters: [Int]

  /// The people who answered a question and have all covariates.
  init(_ model: SegmentModel, _ people: TypingPeople) throws(StudyError) {
    let read = try Assigner(model).answers(
      of: people.survey, weights: CaseWeights(people.design))
    let rows = read.usable.indices.filter { row in
      read.usable[row] && !read.table.items.allSatisfy { $0.isMissing(row) }
    }
    guard rows.count >= 100 else {
      throw StudyError(
        code: "E0512",
        message: "\(rows.count) people answered the model's questions; at least 100 are needed to "
          + "choose questions and to judge the choice",
        hint: "name the survey that the segments were found in")
    }
    table = try read.table.selecting(rows)
    weights = rows.map { people.design.weights[$0] }
    clusters = people.design.clusters.isEmpty ? [] : rows.map { people.design.clusters[$0] }
  }

  init(table: ItemTable, weights: [Double], clusters: [Int]) {
    self.table = table
    self.weights = weights
    self.clusters = clusters
  }

  /// A part for each person, people of one cluster together.
  func folds(_ count: Int, _ stream: RandomStream) -> [Int] {
    Self.folds(clusters.isEmpty ? Array(0..<table.respondentCount) : clusters, count, stream)
  }

  /// A part for each person, people of one unit together.
  static func folds(_ units: [Int], _ count: Int, _ stream: RandomStream) -> [Int] {
    var stream = stream
    let names = Array(Set(units)).sorted()
    let order = stream.permutation(names.count)
    var fold: [Int: Int] = [:]
    for (place, name) in order.enumerated() { fold[names[name]] = place % count }
    return units.map { fold[$0] ?? 0 }
  }
}

extension ItemTable {
  /// The answers of some respondents, in the order given.
  func selecting(_ rows: [Int]) throws(StudyError) -> ItemTable {
    do {
      return try ItemTable(
        respondentCount: rows.count,
        items: items.map { item in
          let answers: Item.Answers =
            switch item.answers {
            case .codes(let codes): .codes(rows.map { codes[$0] })
            case .wideCodes(let codes): .wideCodes(rows.map { codes[$0] })
            case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
            }
          return Item(name: item.name, measurement: item.measurement, answers: answers)
        },
        weights: CaseWeights(
          kind: weights.kind, values: weights.values.isEmpty ? [] : rows.map { weights.values[$0] }),
        covariates: covariates.map { matrix in Matrix(rows.map { Array(matrix.row($0)) }) })
    } catch {
      throw StudyError(code: "E0506", message: error.description)
    }
  }
}

extension LatentClassModel {
  /// The segments found anew in other people: as many, in the same form.
  ///
  /// - Parameters:
  ///   - table: Their answers to the model's items.
  ///   - stream: Source of chance.
  /// - Returns: The model; its classes have an order of their own.
  /// - Throws: `SegmentationError` if these people allow no such model.
  func refitted(on table: ItemTable, _ stream: RandomStream) throws(SegmentationError)
    -> LatentClassFit
  {
    let settings = LatentClass(
      segments: classCount,
      blocks: blocks.map { block in
        let isEqual = block.items.allSatisfy {
          items[$0].measurement == .gaussian(variance: .equal)
        }
        return LatentClass.Block(
          items: block.items, variance: isEqual ? .equal : .perClass)
      },
      directEffects: directEffects.map { ItemPair($0.first, $0.second) },
      missing: modelledGaps.isEmpty ? .atRandom : .modelled, stream: stream)
    return try settings.fit(table)
  }

  /// People drawn from the model, with answers to everything.
  func drawn(_ count: Int, _ stream: inout RandomStream) throws(SegmentationError) -> ItemTable {
    let own = items.prefix(items.count - modelledGaps.count)
    let blank = try ItemTable(
      respondentCount: count,
      items: own.map { item in
        let answers: Item.Answers =
          switch item.measurement {
          case .gaussian, .poisson, .zeroInflated: .numbers([Double](repeating: 1, count: count))
          default:
            item.measurement.categories < 256
              ? .codes([UInt8](repeating: 1, count: count))
              : .wideCodes([UInt16](repeating: 1, count: count))
          }
        return Item(name: item.name, measurement: item.measurement, answers: answers)
      })
    return try simulate(like: try data(scoring: blank), stream: &stream).table
  }
}
