import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraSurvey

/// Segments by latent classes: fits each number of classes, chooses one, and says why.
enum LatentClassRun {
  static func run(_ task: SegmentationTask) throws(StudyError) -> FoundSegments {
    do {
      return try found(task)
    } catch {
      throw StudyError(whileSegmenting: error)
    }
  }

  private static func found(_ task: SegmentationTask) throws -> FoundSegments {
    let form = try LatentForm(task)
    let data = try LatentClassData(
      task.encoded.table, blocks: form.blocks, directEffects: form.directEffects,
      missing: form.missing, workers: task.settings.workers)
    let distinct = DistinctAnswers.count(task.encoded.table)
    let counts = try task.counts(distinct: distinct)
    let settings = fitSettings(task, form)
    // Each number's search also begins at the one before with a segment split in two.
    let fits = try Self.taken(task, settings, data) ?? settings.select(data, segments: counts).fits
    let everybody = try fits.first { $0.segmentCount == 1 } ?? fit(1, settings, data, task)
    var choice = ClassChoice(
      fits, heads: task.data.design.heads, minimum: task.settings.minimumCell,
      amounts: amounts(task.encoded.table),
      level: task.declaration.model.responseStyle == .kept
        ? ScaleUse.level(task.data, task.encoded.indicators) : nil)
    let replicated = try task.replicated(
      fits.map(\.segmentCount), chosen: choice.position, isBarred: choice.isBarred,
      labels: fits.map(\.labels)
    ) { place, pairs in try resampled(task, fits[place], pairs, data, settings) }
    let stabilities = replicated.found
    choice.settle(replicated)
    let chosen = fits[choice.position]
    var evidence = SegmentationEvidence()
    evidence.passedOver = replicated.passed.map { fits[$0].segmentCount }
    evidence.counts = CountStability.all(
      fits.map(\.labels), counts: fits.map(\.segmentCount), stabilities: stabilities,
      weights: task.encoded.table.weights.effective(count: task.encoded.table.respondentCount))
    for place in evidence.counts.indices where evidence.counts.count == fits.count {
      evidence.counts[place].isBarred = choice.isBarred(place)
    }
    evidence.oneGroupWords = choice.oneGroupWords
    let asked = LatentClassEvidence(task: task, settings: settings, data: data)
    var tested = fits
    if counts.count == 1, counts.lowerBound > 1, task.declaration.evidence.likelihoodRatioSets > 0 {
      // A single number is tested against one fewer.
      tested.insert(try fit(counts.lowerBound - 1, settings, data, task), at: 0)
    }
    evidence.likelihoodRatios = try asked.likelihoodRatios(tested)
    let validated = try asked.crossValidated(fits)
    if chosen.segmentCount > 1 || task.declaration.evidence.residualSets > 0 {
      evidence.residuals = try asked.residuals(chosen)
    }
    evidence.doubts = try LatentClassDoubts(chosen, on: data, settings: settings)
    evidence.recovery = try asked.recovery(chosen)
    evidence.covariates = try asked.covariates(chosen)
    evidence.outcomes = try OutcomeRun.outcomes(
      task, chosen, on: data, prior: settings.prior)
    let stability = stabilities[choice.position].map { StabilityResult($0) }
    if chosen.segmentCount > 1 {
      evidence.continuum = ContinuumRun.gains(
        task, gain: ContinuumRun.latentClasses(settings, segments: chosen.segmentCount))
      evidence.isOneBetter =
        counts.lowerBound > 1
        && choice.rule.value(of: everybody) <= choice.rule.value(of: chosen)
      evidence.structure = try StructureRun.result(
        task, known: stability,
        divide: StructureRun.latentClasses(settings, segments: chosen.segmentCount))
    }
    let (protected, posterior) = try Self.protected(chosen, task)
    let model = protected?.model ?? chosen.model
    var result = task.blankResult(method: task.declaration.method.rawValue)
    result.fill(chosen)
    result.countRule = choice.rule
    result.indicators = task.encoded.results(model)
    result.show(
      task, posterior, .posterior, solutions: fits.map { ($0.labels, $0.segmentCount) }
    )
    result.selection = fits.indices.map { place in
      fits[place].selectionRow(
        stability: stabilities[place],
        likelihoodRatio: evidence.likelihoodRatios.first {
          $0.segments + 1 == fits[place].segmentCount
        },
        crossValidated: validated.isEmpty ? nil : validated[place])
    }
    result.stability = stability
    if let test = evidence.likelihoodRatios.first(where: {
      $0.segments + 1 == chosen.segmentCount
    }) {
      result.criteria.append(NamedValue("blrt", test.pValue))
    }
    result.recommendation = choice.sentences(
      isFixed: counts.count == 1, evidence: evidence, crossValidated: validated)
    result.errors = try LatentClassErrors.sandwich(
      task, chosen.model, data, form: form, prior: settings.prior)
    result.warnings = LatentClassWarning.sentences(chosen.warnings)
    if let protected {
      result.errors = result.errors?.without(protected.replaced.union(protected.rounded))
      let count = protected.replaced.count
      if count > 0 {
        result.warnings.append(
          "\(count) \(count == 1 ? "value" : "values") of the model rest on "
            + "fewer than \(task.settings.minimumCell) people of a segment, or would give these back: those of "
            + "the other segments are used instead, in the assignments as well.")
      }
      if !protected.rounded.isEmpty {
        result.warnings.append(MethodWords.steps(task.settings.minimumCell))
      }
    }
    if !evidence.outcomes.isEmpty,
      chosen.criteria.entropyR2 ?? 1 < OutcomeRun.leastSeparation
    {
      result.warnings.append(
        "The segments overlap too much (entropy R² under .5) for standard errors of outcomes: "
          + "read the values as rough, or use fewer segments.")
    }
    if counts.upperBound < task.declaration.count.range.upperBound {
      result.warnings.append(
        "More than \(counts.upperBound) segments were not tried: only \(distinct) respondents "
          + "differ in their answers.")
    }
    let solutions = try fits.map { fit in
      if fit.segmentCount == chosen.segmentCount {
        return FoundSegments.Solution(
          posterior: posterior, shares: fit.prevalence, result: result,
          parameters: .latentClass(model))
      }
      let (protected, posterior) = try Self.protected(fit, task)
      var other = task.blankResult(method: result.method)
      other.fill(fit)
      other.countRule = choice.rule
      other.indicators = task.encoded.results(protected?.model ?? fit.model)
      other.selection = result.selection
      return FoundSegments.Solution(
        posterior: posterior, shares: fit.prevalence, result: other,
        parameters: .latentClass(protected?.model ?? fit.model))
    }
    return FoundSegments(
      posterior: posterior, shares: chosen.prevalence, result: result,
      parameters: .latentClass(model),
      resegmenter: LatentClassRestart(
        data: data, reference: chosen.model, everybody: everybody.model, prior: settings.prior),
      evidence: evidence, solutions: solutions)
  }

  /// The columns of more different numbers than a scale of answers has.
  private static func amounts(_ table: ItemTable) -> Set<String> {
    Set(
      table.items.filter { item in
        guard case .numbers(let numbers) = item.answers else { return false }
        var seen: Set<Double> = []
        return numbers.contains { number in
          if !number.isNaN { seen.insert(number) }
          return seen.count > IndicatorEncoding.longestScale
        }
      }.map(\.name))
  }

  /// The fit of a solution that a person takes, from its own parameters; `nil` without one.
  private static func taken(
    _ task: SegmentationTask, _ settings: LatentClass, _ data: LatentClassData
  ) throws(SegmentationError) -> [LatentClassFit]? {
    guard let taken = task.taken, case .latentClass(let model) = taken.parameters else {
      return nil
    }
    var settings = settings
    settings.segments = model.classCount
    settings.starts = .fixed(1)
    var fit = try settings.fit(data, hints: [model])
    // It was the search before that found it.
    let search = taken.result.starts
    fit.credit(StartTally(run: search.run, reachedBest: search.reachedBest))
    return [fit]
  }

  /// A fit whose parameters on small bases are those of the other segments, and under `strict` in steps, where the
  /// privacy rule asks for it.
  private static func protected(
    _ fit: LatentClassFit, _ task: SegmentationTask
  ) throws(SegmentationError) -> (changed: Protected?, posterior: Matrix) {
    guard task.settings.minimumCell > 1, task.declaration.prior != .none else {
      return (nil, fit.posteriorMatrix)
    }
    let minimum = Double(task.settings.minimumCell)
    let heads = task.data.design.heads
    let small = fit.model.withoutSmallBases(
      task.encoded.table, labels: fit.labels, heads: heads, minimum: minimum)
    let rounded = (small?.model ?? fit.model).withRoundedChances(
      task.encoded.table, labels: fit.labels, heads: heads, minimum: minimum
    ) { task.settings.isStrict(task.encoded.indicators[$0]) }
    guard let model = rounded?.model ?? small?.model else { return (nil, fit.posteriorMatrix) }
    return (
      Protected(
        model: model, replaced: small?.replaced ?? [], rounded: rounded?.rounded ?? []),
      try model.posterior(of: task.encoded.table, workers: task.settings.workers)
    )
  }

  /// A model that tells nobody's answers.
  private struct Protected {
    let model: LatentClassModel
    /// Where it holds the values of the other segments.
    let replaced: Set<SegmentErrors.Place>
    /// Where chances are in steps of as many people as a cell must hold.
    let rounded: Set<SegmentErrors.Place>
  }

  /// How the segments of a fit come back in bootstrap samples.
  private static func resampled(
    _ task: SegmentationTask, _ fit: LatentClassFit, _ pairs: Int, _ data: LatentClassData,
    _ settings: LatentClass
  ) throws(SegmentationError) -> BootstrapStability {
    try task.stability(labels: fit.labels, count: fit.segmentCount, pairs: pairs) {
      people throws(SegmentationError) in
      let replication = try LatentClassReplication(
        try people.map { people throws(SegmentationError) in try data.of(people) } ?? data,
        reference: fit.model, prior: settings.prior,
        random: task.stream(.stability).split(100 + fit.segmentCount),
        workers: task.settings.workers)
      return { weights, _ throws(SegmentationError) in
        try replication.labels(resampled: weights)
      }
    }
  }

  private static func fitSettings(
    _ task: SegmentationTask, _ form: LatentForm
  ) -> LatentClass {
    LatentClass(
      segments: 1, starts: task.declaration.starts.map { .fixed(max(1, $0)) } ?? .adaptive,
      rule: task.declaration.tolerance.map { ConvergenceRule(tolerance: $0) } ?? ConvergenceRule(),
      prior: task.declaration.prior == .none ? .none : .default, blocks: form.blocks,
      directEffects: form.directEffects, missing: form.missing, stream: task.stream(.fit),
      workers: task.settings.workers, progress: task.settings.progress)
  }

  private static func fit(
    _ count: Int, _ settings: LatentClass, _ data: LatentClassData,
    _ task: SegmentationTask
  ) throws(SegmentationError) -> LatentClassFit {
    var settings = settings
    settings.segments = count
    settings.stream = task.stream(.fit).split(count)
    return try settings.fit(data)
  }
}

/// Counts respondents who differ in their answers.
enum DistinctAnswers {
  /// Counts different rows, as far as any number of segments can ask for.
  ///
  /// - Parameter table: What respondents answered.
  /// - Returns: Different rows, counted up to 65, more than any number of segments.
  static func count(_ table: ItemTable) -> Int {
    var seen: Set<[UInt64]> = []
    for row in 0..<table.respondentCount {
      let answers = table.items.map { item -> UInt64 in
        if case .numbers(let numbers) = item.answers {
          return numbers[row].isNaN ? .max : numbers[row].bitPattern
        }
        return UInt64(item.code(row))
      }
      seen.insert(answers)
      if seen.count > 64 { break }
    }
    return seen.count
  }
}

extension SegmentationResult {
  /// Takes over the numbers of a fit.
  mutating func fill(_ fit: LatentClassFit) {
    logLikelihood = fit.logLikelihood
    parameters = fit.parameters
    aic = fit.criteria.aic
    bic = fit.criteria.bic
    sabic = fit.criteria.sabic
    icl = fit.criteria.icl
    entropyR2 = fit.criteria.entropyR2
    converged = fit.ending.isConverged
    starts = StartCounts(run: fit.starts.run, reachedBest: fit.starts.reachedBest)
    criteria = [
      NamedValue("aic3", fit.criteria.aic3),
      NamedValue("caic", fit.criteria.caic),
      NamedValue("icl_hard", fit.criteria.iclHard),
      NamedValue("bic_effective", fit.criteria.effectiveBIC),
      NamedValue("classification_error", fit.criteria.classificationError),
      NamedValue("log_prior", fit.logPrior),
      NamedValue("g2", fit.criteria.g2),
      NamedValue("x2", fit.criteria.x2),
      NamedValue("degrees_of_freedom", fit.criteria.degreesOfFreedom.map { Double($0) }),
      NamedValue("identified", fit.identifiedMark),
    ]
  }
}

extension LatentClassFit {
  /// Whether the answers determine the parameters; `nil` if that was not looked into.
  ///
  /// Kept out of line: inlined into `SelectionRow.init`, the optimiser of Swift 6.3.1 stops with an
  /// ownership error in release builds.
  @inline(never)
  var identified: Bool? {
    switch identifiability {
    case .identified: true
    case .notIdentified: false
    case .notChecked: nil
    }
  }
}

extension LatentClassFit {
  /// 1 if the answers determine the parameters, 0 if not, none if that was not looked into.
  fileprivate var identifiedMark: Double? {
    guard let identified else { return nil }
    return identified ? 1 : 0
  }

  /// The fit's row in the table of criteria.
  func selectionRow(
    stability: BootstrapStability?, likelihoodRatio: LikelihoodRatioResult?,
    crossValidated: Double?
  ) -> SelectionRow {
    // Added one by one: as one literal this stops the optimiser of Swift 6.3.1.
    var others: [NamedValue] = []
    others.append(NamedValue("aic3", criteria.aic3))
    others.append(NamedValue("caic", criteria.caic))
    others.append(NamedValue("bic_effective", criteria.effectiveBIC))
    others.append(NamedValue("count_criterion", CountRule(self).value(of: self)))
    others.append(NamedValue("classification_error", criteria.classificationError))
    others.append(NamedValue("starts", Double(starts.run)))
    others.append(NamedValue("reached_best", Double(starts.reachedBest)))
    others.append(NamedValue("identified", identifiedMark))
    if let stability {
      others.append(NamedValue("stability_low", stability.low))
      others.append(NamedValue("stability_high", stability.high))
      others.append(NamedValue("smallest_jaccard", stability.smallestJaccard))
    }
    if let likelihoodRatio { others.append(NamedValue("blrt", likelihoodRatio.pValue)) }
    if let crossValidated {
      others.append(NamedValue("cross_validated_log_likelihood", crossValidated))
    }
    let smallest = prevalence.min() ?? 1
    return SelectionRow(
      segments: segmentCount, logLikelihood: logLikelihood, parameters: parameters,
      aic: criteria.aic, bic: criteria.bic, sabic: criteria.sabic, icl: criteria.icl,
      entropyR2: criteria.entropyR2, stability: stability?.median, smallestShare: smallest,
      others: others)
  }
}

extension EncodedStudy {
  /// The indicators with what each class answers.
  func results(_ model: LatentClassModel) -> [IndicatorResult] {
    zip(indicators, model.items).map { indicator, item in
      IndicatorResult(indicator, bySegment: item.rowsBySegment)
    }
  }
}

extension ItemModel {
  /// A row a segment: chances, or mean and variance, or the mean count.
  var rowsBySegment: [[Double]] {
    switch distribution {
    case .categories(let rows), .adjacentCategories(let rows, _, _, _): rows
    case .normal(let means, let variances): zip(means, variances).map { [$0, $1] }
    case .counts, .zeroInflated: means.map { [$0] }
    }
  }
}

extension IndicatorResult {
  /// An indicator with what each segment answers.
  init(_ encoding: IndicatorEncoding, bySegment: [[Double]]) {
    self.init(
      name: encoding.name, label: encoding.label, level: encoding.level,
      categories: encoding.categories.map(\.label), codes: encoding.categories.map(\.codeText),
      bySegment: bySegment)
  }
}
