import TesseraDesign
import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// Relates columns to segments by a three-step correction.
enum OutcomeRun {
  /// Means, or shares of answers, of each outcome in each segment.
  ///
  /// - Parameters:
  ///   - task: The study.
  ///   - fit: The fitted segments.
  ///   - data: The table they were found in, made ready.
  ///   - prior: The prior they were fitted under.
  /// - Returns: A result for each column; cells of few respondents are hidden, and errors where
  ///   segments overlap so much (entropy R² under .5) that none of those known holds.
  /// - Throws: ``StudyError`` E0501 for an unknown column, E0513 for one that cannot be told.
  static func outcomes(
    _ task: SegmentationTask, _ fit: LatentClassFit, on data: LatentClassData,
    prior: LatentClassPrior
  ) throws(StudyError) -> [OutcomeResult] {
    let names = task.declaration.evidence.outcomes
    guard !names.isEmpty else { return [] }
    do {
      let step = try ThreeStep(
        fit, weights: task.encoded.table.weights, on: data, prior: prior,
        units: SamplingUnits(task.data.design))
      var results: [OutcomeResult] = []
      for name in names {
        let question = try task.data.survey.question(name, under: "segments.outcomes")
        for variable in question.variables {
          results.append(try outcome(variable, question, step, task, fit))
        }
      }
      guard fit.criteria.entropyR2 ?? 1 >= leastSeparation else {
        return results.map(\.withoutErrors)
      }
      return results
    } catch {
      throw StudyError(whileSegmenting: error)
    }
  }

  /// Entropy R² below which the corrections have no errors that hold.
  static let leastSeparation = 0.5

  private static func outcome(
    _ variable: Variable, _ question: StudyQuestion, _ step: ThreeStep, _ task: SegmentationTask,
    _ fit: LatentClassFit
  ) throws -> OutcomeResult {
    let correction = task.declaration.evidence.correction
    let label = variable.label.isEmpty ? variable.name : variable.label
    switch variable.level {
    case .text, .date:
      throw StudyError(
        code: "E0513", message: "\(variable.name) holds text or dates, which have no mean or share",
        column: variable.name, hint: "name outcomes that are numbers or categories")
    case .numeric, .count:
      let numbers = variable.numbers
      let means =
        correction == .bch
        ? try step.means(of: numbers) : try step.likelihoodMeans(of: numbers)
      let bases = bases(fit.labels, task) { !numbers[$0].isNaN }
      return OutcomeResult(
        name: variable.name, label: label, correction: correction, categories: [],
        bySegment: means.enumerated().map { segment, mean in
          let isShown = bases[segment] >= Double(task.settings.minimumCell)
          return [
            OutcomeResult.Estimate(
              value: isShown ? mean.mean : nil, standardError: isShown ? mean.standardError : nil)
          ]
        }, tests: [try step.equalityTest(of: numbers)?.pValue])
    case .nominal, .ordinal:
      let rules = CellRules(
        task.settings, columns: [variable.name, question.set?.name].compactMap { $0 })
      let answers = CategoricalAnswers(variable).withoutRare(
        minimum: rules.minimum, heads: task.data.design.heads)
      let shares = try shares(answers, step, correction)
      let hidden = rules.hidden(counts(answers, fit, task))
      var tests: [Double?] = []
      for answer in answers.categories.indices {
        tests.append(
          try step.equalityTest(
            of: answers.column.values(of: indicator(of: answer + 1, answers)))?.pValue)
      }
      return OutcomeResult(
        name: variable.name, label: label, correction: correction,
        categories: answers.categories.map(\.label),
        bySegment: shares.enumerated().map { segment, row in
          row.enumerated().map { answer, share in
            hidden[answer][segment]
              ? OutcomeResult.Estimate(value: nil, standardError: nil) : share
          }
        }, tests: tests)
    }
  }

  private static func shares(
    _ answers: CategoricalAnswers, _ step: ThreeStep, _ correction: CorrectionDeclaration
  ) throws(SegmentationError) -> [[OutcomeResult.Estimate]] {
    let count = answers.categories.count
    guard correction == .bch else {
      return try step.likelihoodShares(of: answers.positions, categories: count).map { row in
        row.map { OutcomeResult.Estimate(value: $0.share, standardError: $0.standardError) }
      }
    }
    var columns: [[ThreeStep.Mean]] = []
    for answer in 1...max(count, 1) {
      columns.append(
        try step.means(
          of: answers.column.values(of: indicator(of: answer, answers))))
    }
    return step.classificationRows.map { segment in
      columns.map {
        OutcomeResult.Estimate(
          value: $0[segment].mean, standardError: $0[segment].standardError)
      }
    }
  }

  /// 1 for an answer, 0 for the others, nothing without one: what each position stands for.
  private static func indicator(of answer: Int, _ answers: CategoricalAnswers) -> [Double] {
    [.nan] + answers.categories.indices.map { $0 + 1 == answer ? 1 : 0 }
  }

  /// Respondents (unweighted): answers × segments.
  private static func counts(
    _ answers: CategoricalAnswers, _ fit: LatentClassFit, _ task: SegmentationTask
  ) -> [[Double]] {
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: fit.segmentCount), count: answers.categories.count)
    let labels = fit.labels
    for (row, position) in answers.positions.enumerated() where position > 0 {
      counts[position - 1][labels[row]] += task.data.design.heads(row)
    }
    return counts
  }

  private static func bases(
    _ labels: [Int], _ task: SegmentationTask, _ holds: (Int) -> Bool
  ) -> [Double] {
    var bases = [Double](repeating: 0, count: (labels.max() ?? 0) + 1)
    for row in labels.indices where holds(row) {
      bases[labels[row]] += task.data.design.heads(row)
    }
    return bases
  }
}

extension OutcomeResult {
  /// The values alone.
  fileprivate var withoutErrors: OutcomeResult {
    OutcomeResult(
      name: name, label: label, correction: correction, categories: categories,
      bySegment: bySegment.map { row in row.map { Estimate(value: $0.value, standardError: nil) } },
      tests: tests.map { _ in nil })
  }
}

extension ThreeStep {
  /// The segments, by position.
  fileprivate var classificationRows: Range<Int> { 0..<classification.rows }
}
