import TesseraDesign
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// The people of all waves below each other, typed by a frozen model.
struct StackedWaves: Sendable {
  let model: SegmentModel
  /// Names of the waves, in order.
  let names: [String]
  /// Answers of all waves; questions that a wave did not ask are missing there.
  let survey: Survey
  /// For each row its wave.
  let waves: [Int]
  /// Weights with a mean of 1 in each wave.
  let weights: [Double]
  /// What was drawn: clusters, or people with all of their waves.
  let units: SamplingUnits
  /// Number of each row's person; -1 where it is not known.
  let persons: [Int]
  let strata: [Int]
  let clusters: [Int]
  /// Probabilities of the segments as `assign` gives them.
  let frozen: Matrix
  /// The likeliest segment of each row.
  let labels: [Int]
  /// Answers to the model's questions, for latent class models.
  let items: ItemTable?
  /// What was found on the way, in sentences.
  private(set) var notes: [String] = []

  var waveCount: Int { names.count }
  var segments: Int { model.segments.count }

  /// Types and stacks waves.
  ///
  /// - Parameters:
  ///   - given: The waves, in order.
  ///   - model: The frozen model.
  ///   - workers: How many threads may be used.
  /// - Throws: ``StudyError`` E0531 with fewer than two waves, E0510 if the model's columns are missing.
  init(_ given: [SurveyWave], model: SegmentModel, workers: Workers) throws(StudyError) {
    guard given.count > 1 else {
      throw StudyError(
        code: "E0531", message: "there is only \(given.count) wave, and at least 2 are needed",
        hint: "name the files of the waves, or the column of the wave: survey: { wave: COLUMN }")
    }
    self.model = model
    let assigner = Assigner(model)
    var parts: [WavePart] = []
    var notes: [String] = []
    for wave in given {
      let part = try WavePart(try wave.repeated(), assigner, workers: workers)
      notes += part.notes.map { "\(wave.name): \($0)" }
      parts.append(part)
    }
    names = given.map(\.name)
    waves = parts.enumerated().flatMap { [Int](repeating: $0, count: $1.data.design.weights.count) }
    survey = StackedSurvey(parts.map(\.data.survey)).survey
    weights = WaveAnswers.balanced(
      parts.flatMap(\.data.design.weights), waves, parts.count)
    let people = Self.persons(parts)
    persons = people.numbers
    if people.repeated > 0 {
      notes.append(
        "\(people.repeated) rows repeat an identifier within a wave; they count as other people.")
    }
    strata = Self.joined(parts.map(\.data.design.strata), parts)
    clusters = Self.joined(parts.map(\.data.design.clusters), parts)
    units = WaveAnswers.units(
      weights: weights, persons: persons, clusters: clusters, strata: strata)
    frozen = Matrix(
      rows: waves.count, columns: model.segments.count,
      values: parts.flatMap { $0.posterior.values })
    labels = frozen.likeliest
    items = Self.stacked(parts.map(\.items))
    self.notes = notes
  }

  /// Codes of all waves, or none where a wave has none.
  private static func joined(_ codes: [[Int]], _ parts: [WavePart]) -> [Int] {
    codes.contains { $0.isEmpty } ? [] : codes.flatMap { $0 }
  }

  /// Numbers of persons by identifier; those who occur once are not known by number.
  private static func persons(_ parts: [WavePart]) -> (numbers: [Int], repeated: Int) {
    guard parts.allSatisfy({ $0.data.ids != nil }) else {
      return ([Int](repeating: -1, count: parts.reduce(0) { $0 + $1.labels }), 0)
    }
    var numbers: [String: Int] = [:]
    var result: [Int] = []
    var repeated = 0
    for part in parts {
      var seen: Set<String> = []
      for id in part.data.ids ?? [] {
        guard !id.isEmpty, seen.insert(id).inserted else {
          if !id.isEmpty { repeated += 1 }
          result.append(-1)
          continue
        }
        let number = numbers[id] ?? numbers.count
        numbers[id] = number
        result.append(number)
      }
    }
    var counts = [Int](repeating: 0, count: numbers.count)
    for number in result where number >= 0 { counts[number] += 1 }
    return (result.map { $0 >= 0 && counts[$0] > 1 ? $0 : -1 }, repeated)
  }

  private static func stacked(_ tables: [ItemTable?]) -> ItemTable? {
    let given = tables.compactMap { $0 }
    guard given.count == tables.count, let first = given.first else { return nil }
    let items = first.items.indices.map { place in
      let columns = given.map { $0.items[place] }
      let answers: Item.Answers
      if columns[0].measurement.categories > 0 {
        let codes = columns.flatMap { item in
          (0..<item.answers.count).map { UInt16(item.code($0)) }
        }
        answers =
          columns[0].measurement.categories <= 255
          ? .codes(codes.map { UInt8($0) }) : .wideCodes(codes)
      } else {
        answers = .numbers(
          columns.flatMap { item -> [Double] in
            if case .numbers(let numbers) = item.answers { numbers } else { [] }
          })
      }
      return Item(
        name: columns[0].name, measurement: columns[0].measurement, answers: answers)
    }
    let count = given.reduce(0) { $0 + $1.respondentCount }
    let covariates = first.covariates.map { one in
      Matrix(
        rows: count, columns: one.columns, values: given.flatMap { $0.covariates?.values ?? [] })
    }
    return try? ItemTable(respondentCount: count, items: items, covariates: covariates)
  }
}

/// One wave, typed; people without a segment are left out.
private struct WavePart {
  let data: StudyData
  let posterior: Matrix
  let items: ItemTable?
  var notes: [String]
  var labels: Int { posterior.rows }

  init(_ wave: SurveyWave, _ assigner: Assigner, workers: Workers) throws(StudyError) {
    let batch = try assigner.assign(wave.data.survey, workers: workers)
    notes = batch.warnings
    let rows = batch.reasons.indices.filter { batch.reasons[$0] == nil }
    if rows.count < batch.reasons.count {
      notes.append(
        "\(batch.reasons.count - rows.count) of \(batch.reasons.count) people have no segment and are "
          + "left out.")
    }
    guard !rows.isEmpty else {
      throw StudyError(
        code: "E0531", message: "nobody of wave '\(wave.name)' has a segment",
        hint: "look at the questions of the model in this wave with tessera inspect")
    }
    data = wave.data.selecting(rows)
    var chosen = Matrix(rows: rows.count, columns: batch.posterior.columns)
    for (place, row) in rows.enumerated() {
      for column in 0..<chosen.columns { chosen[place, column] = batch.posterior[row, column] }
    }
    posterior = chosen
    if case .latentClass = assigner.model.parameters {
      items = try assigner.itemTable(data.survey)
    } else {
      items = nil
    }
  }
}
