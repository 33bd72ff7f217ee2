import TesseraDesign
internal import TesseraFiles
internal import TesseraSurvey

/// Reads weights, strata and clusters, and says which rows count.
struct DesignBinding {
  let file: SurveyFile
  let survey: Survey
  let origin: DeclarationOrigin
  /// The rows that may count, from 0.
  let candidates: [Int]

  /// A design for the rows that count.
  struct Result {
    /// The design, a weight for each row kept.
    let design: SurveyDesign
    /// The rows kept, from 0.
    let rows: [Int]
    /// Sum of the weights as given.
    let weightSum: Double
    /// What was left out or looks wrong.
    let notes: [String]
    /// What weights were made to fit, and how well; `nil` if they came as they are.
    var fitted: FittedWeights?
  }

  /// Binds the design that a study declares.
  ///
  /// - Throws: ``StudyError`` naming the line of a weight, stratum or cluster that cannot be used.
  func bind(_ declaration: SurveyDeclaration) throws(StudyError) -> Result {
    var notes: [String] = []
    let kind: SurveyDesign.WeightKind
    var weights = [Double](repeating: 1, count: survey.respondentCount)
    switch try weight(declaration, &notes) {
    case .sampling(let column)?:
      weights = try self.weights(column, areCounts: false)
      kind = .sampling
    case .frequency(let column)?:
      weights = try self.weights(column, areCounts: true)
      kind = .frequency
    case nil: kind = declaration.preparation.raking == nil ? .none : .sampling
    }
    let rows = candidates.filter { weights[$0] > 0 }
    guard !rows.isEmpty else {
      throw StudyError(
        code: survey.respondentCount == 0 ? "E0412" : "E0404",
        message: survey.respondentCount == 0
          ? "the survey has no respondents" : "all weights are 0: nobody counts",
        file: file.sources.first?.path, column: declaration.weight?.column,
        hint: "check the column of weights")
    }
    let dropped = candidates.count - rows.count
    if dropped > 0 {
      notes.append(
        "\(DataWords.counted(dropped, "respondent")) with a weight of 0 left out")
    }
    var kept = rows.map { weights[$0] }
    let fitted = try declaration.preparation.raking.map { declared throws(StudyError) in
      try WeightFitting(declared: declared, survey: survey, rows: rows, origin: origin).fit(kept)
    }
    if let fitted { kept = fitted.weights }
    var design = SurveyDesign(
      kind: kind, weights: kept, strata: try groups(declaration.strata, "strata", rows),
      clusters: try groups(declaration.cluster, "cluster", rows),
      lonely: declaration.lonelyUnits, margins: fitted?.margins)
    if let column = declaration.population { design = try finite(design, column, rows) }
    if let note = Self.spread(design) { notes.append(note) }
    return Result(
      design: design, rows: rows, weightSum: kept.reduce(0, +), notes: notes, fitted: fitted)
  }

  /// The weight that is declared by the study, or else by the file itself.
  private func weight(
    _ declaration: SurveyDeclaration, _ notes: inout [String]
  ) throws(StudyError) -> WeightDeclaration? {
    if let raking = declaration.preparation.raking { return raking.base.map { .sampling($0) } }
    if let declared = declaration.weight {
      let isOff = declared == .sampling("none") && survey["none"] == nil
      return isOff ? nil : declared
    }
    guard let name = survey.weightVariable, survey[name] != nil else { return nil }
    notes.append(
      "The file itself names \(DisplayText.escaped(name)) as its weight; it is used as a sampling "
        + "weight. weight: none switches it off.")
    return .sampling(name)
  }

  private func weights(_ column: String, areCounts: Bool) throws(StudyError) -> [Double] {
    let key = areCounts ? "frequency" : "weight"
    guard let variable = survey[column] else {
      throw origin.unknownColumn(
        column, at: "survey.\(key)", among: survey.variables.map(\.name))
    }
    if !variable.isNumeric, let error = file.numberError(inColumn: column) {
      // Whatever is wrong first is told first.
      if let row = candidates.first(where: { !variable.answers.isAnswered($0) }),
        let other = error.row, file.place(ofRespondent: row).row < other
      {
        throw fault("E0402", "the \(key) is missing", row, column, "give every row a \(key)")
      }
      throw StudyError(error.report)
    }
    let numbers = variable.numbers
    for row in candidates {
      let number = numbers[row]
      if number.isNaN {
        throw fault("E0402", "the \(key) is missing", row, column, "give every row a \(key)")
      }
      if number < 0 || !number.isFinite {
        throw fault("E0403", "the \(key) is below 0", row, column, "correct the \(key)")
      }
      // Beyond these, sums of squares are infinite or 0.
      if number > 1e100 || (number > 0 && number < 1e-100) {
        throw fault(
          "E0403", "the \(key) is too \(number > 1 ? "large" : "small") to be added up", row,
          column,
          areCounts
            ? "correct the frequency" : "only ratios count: divide all weights by one number")
      }
      if areCounts, number != number.rounded() {
        throw fault(
          "E0405", "a frequency must be a whole number", row, column,
          "fractions are sampling weights: use weight: instead of frequency:")
      }
    }
    return numbers
  }

  /// The design with the share of each stratum's population that was drawn.
  private func finite(
    _ design: SurveyDesign, _ column: String, _ rows: [Int]
  ) throws(StudyError) -> SurveyDesign {
    guard let variable = survey[column] else {
      throw origin.unknownColumn(
        column, at: "survey.population", among: survey.variables.map(\.name))
    }
    if !variable.isNumeric, let error = file.numberError(inColumn: column) {
      throw StudyError(error.report)
    }
    // Strata as they are, none joined.
    let units = SamplingUnits(
      weights: design.weights, isFrequency: design.kind == .frequency, strata: design.strata,
      clusters: design.clusters, lonely: .certainty)
    var populations: [Int: Double] = [:]
    var fractions: [Double] = []
    for (place, row) in rows.enumerated() {
      let (stratum, drawn) = units.stratum(ofRow: place)
      let population = variable.numbers[row]
      guard population >= drawn else {
        throw fault(
          "E0417",
          "the stratum's population is missing or smaller than the "
            + "\(Int(drawn)) units drawn from it", row, column,
          "say how many clusters (without clusters: people) the stratum has in the population")
      }
      guard population == populations[stratum, default: population] else {
        throw fault(
          "E0417", "one stratum has two sizes of its population", row, column,
          "give all rows of a stratum the same number")
      }
      populations[stratum] = population
      fractions.append(drawn / population)
    }
    return SurveyDesign(
      kind: design.kind, weights: design.weights, strata: design.strata,
      clusters: design.clusters, fractions: fractions, lonely: design.lonely,
      margins: design.margins)
  }

  private func fault(
    _ code: String, _ message: String, _ row: Int, _ column: String, _ hint: String
  ) -> StudyError {
    let place = file.place(ofRespondent: row)
    return StudyError(
      code: code, message: message, file: place.file, row: place.row, column: column, hint: hint)
  }

  /// For each row kept the number of its group; groups are numbered in the order of their codes.
  private func groups(
    _ column: String?, _ key: String, _ rows: [Int]
  ) throws(StudyError) -> [Int] {
    guard let column else { return [] }
    guard let variable = survey[column] else {
      throw origin.unknownColumn(
        column, at: "survey.\(key)", among: survey.variables.map(\.name))
    }
    if let row = rows.first(where: { !variable.answers.isAnswered($0) }) {
      throw fault(
        "E0411", "the \(key) is missing", row, column,
        "fill the cell, or leave \(key): out of the study")
    }
    if case .numbers(let numbers) = variable.answers {
      var places: [Double: Int] = [:]
      for (place, value) in Set(rows.lazy.map { numbers[$0] }).sorted().enumerated() {
        places[value] = place
      }
      return rows.map { places[numbers[$0]] ?? 0 }
    }
    return rows.map { variable.answers.position($0) - 1 }
  }

  /// A warning where a few respondents carry most of the weight.
  private static func spread(_ design: SurveyDesign) -> String? {
    guard design.kind == .sampling, design.weights.count > 1 else { return nil }
    let effective = design.effectiveSampleSize
    let largest = design.weights.max() ?? 1
    guard effective < 0.5 * Double(design.weights.count) || largest > 50 else { return nil }
    return "The weights are very unequal: \(design.weights.count) respondents are worth "
      + "\(Int(effective.rounded())) (Kish's effective number), and the largest weight is "
      + "\(Int(largest.rounded())) times the mean."
  }
}
