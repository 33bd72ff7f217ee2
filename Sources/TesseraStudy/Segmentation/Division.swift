import TesseraMath
import TesseraSegmentation

/// What any method found, in terms that all share.
struct Division: Sendable {
  let labels: [Int]
  let posterior: Matrix?
  let prevalence: [Double]
  let objective: Objective
  let ending: Ending
  let starts: StartTally
  /// Whatever else the method tells.
  let criteria: [NamedValue]
  /// What the analyst must know of how it was found.
  let words: [String]
  /// Where respondents belong by the method itself; `nil` where it says nothing of new ones.
  let nearest: (@Sendable () -> NearestPoints)?

  init<Fit: Segmentation>(
    _ fit: Fit, criteria: [NamedValue], words: [String],
    nearest: (@Sendable () -> NearestPoints)?
  ) {
    self.nearest = nearest
    labels = fit.labels
    posterior = fit.posterior
    prevalence = fit.prevalence
    objective = fit.objective
    ending = fit.ending
    starts = fit.starts
    self.criteria = criteria
    self.words = words
  }
}

/// A method bound to its answers: divides them into any number of segments, under any weights.
struct DivisionPlan: Sendable {
  let divide:
    @Sendable (_ segments: Int, _ weights: CaseWeights?, _ random: RandomStream, _ workers: Workers)
      throws(SegmentationError) -> Division
  /// Whether a bootstrap of hundreds of replicates is out of the question.
  let isSlow: Bool

  /// Binds a method.
  init<Method: Segmenter>(
    _ input: Method.Input, isSlow: Bool = false,
    criteria: @escaping @Sendable (Method.Fit) -> [NamedValue],
    words: @escaping @Sendable (Method.Fit) -> [String] = { _ in [] },
    nearest: (@Sendable (Method.Fit) -> NearestPoints)? = nil,
    make: @escaping @Sendable (_ segments: Int, _ starts: StartPolicy) -> Method
  ) where Method.Input: WeightedInput {
    self.isSlow = isSlow
    divide = { segments, weights, random, workers throws(SegmentationError) in
      let given = if let weights { try input.reweighted(weights) } else { input }
      // Resamples have much the same optima, so that 20 starts do for each.
      let fit = try make(segments, weights == nil ? .adaptive : 20).fit(
        given, random: random, workers: workers, progress: .silent)
      let points: (@Sendable () -> NearestPoints)? =
        if let nearest { { nearest(fit) } } else { nil }
      return Division(
        fit, criteria: criteria(fit), words: words(fit), nearest: points)
    }
  }

  /// The plan of a study's method.
  ///
  /// - Parameters:
  ///   - task: The study.
  ///   - encoding: How answers become columns of numbers.
  ///   - matrix: Respondents × columns.
  ///   - isRough: Whether starts alone do, as where tables are compared that are all searched so.
  /// - Returns: The plan.
  /// - Throws: ``SegmentationError`` if the answers do not go with the method.
  static func make(
    _ task: SegmentationTask, _ encoding: MatrixEncoding, _ matrix: Matrix, isRough: Bool = false
  ) throws(SegmentationError) -> DivisionPlan {
    let table = task.encoded.table
    let policy = task.declaration.starts.map { StartPolicy.fixed(max(1, $0)) }
    let starts = max(1, task.declaration.starts ?? 20)
    let gapped = try RespondentMatrix(matrix, weights: table.weights)
    let filled = try RespondentMatrix(matrix.filled, weights: table.weights)
    switch task.declaration.method {
    case .kmedians:
      return DivisionPlan(
        gapped, criteria: { [NamedValue("cost", $0.objective.value)] },
        nearest: {
          NearestPoints(encoding: encoding, points: $0.medians, measure: .differences)
        },
        make: {
          KMedians(segments: $0, starts: policy ?? $1, standardisation: .none)
        })
    case .kmodes:
      return DivisionPlan(
        table, criteria: { [NamedValue("cost", $0.objective.value)] },
        nearest: { NearestPoints($0, table) },
        make: {
          KModes(segments: $0, starts: policy ?? $1)
        })
    case .kprototypes:
      return DivisionPlan(
        table,
        criteria: {
          [NamedValue("cost", $0.objective.value), NamedValue("gamma", $0.gamma)]
        }, nearest: { NearestPoints($0, table) },
        make: { KPrototypes(segments: $0, starts: policy ?? $1) })
    case .pam:
      return DivisionPlan(
        MedoidInput.gower(table, GowerSettings()), isSlow: true,
        criteria: {
          [
            NamedValue("cost", $0.objective.value), NamedValue("mean_distance", $0.meanDistance),
          ]
        }, words: { $0.samplingWords }, nearest: { NearestPoints($0, table) },
        make: { segments, _ in PAM(segments: segments) })
    case .clara:
      return DivisionPlan(
        MedoidInput.gower(table, GowerSettings()), isSlow: true,
        criteria: {
          [
            NamedValue("cost", $0.objective.value), NamedValue("mean_distance", $0.meanDistance),
          ]
        }, words: { $0.samplingWords }, nearest: { NearestPoints($0, table) },
        make: { segments, _ in CLARA(segments: segments) })
    case .ward:
      return DivisionPlan(
        filled, isSlow: true, criteria: { [NamedValue("within_ss", $0.objective.value)] },
        make: { segments, _ in Hierarchical(segments: segments, standardisation: .none) })
    case .famd:
      return DivisionPlan(
        table,
        criteria: { fit in
          let kept = fit.factors.components
          let shares = fit.factors.shares.prefix(kept)
          return [
            NamedValue("within_ss", fit.objective.value),
            NamedValue("component_share", shares.reduce(0, +)),
          ]
            + fit.factors.eigenvalues.prefix(kept).enumerated().map {
              NamedValue("eigenvalue_\($0.offset + 1)", $0.element)
            }
        },
        make: { segments, _ in
          FactorSegmenter(segments: segments, division: .kmeans(starts: starts))
        })
    case .bagged:
      return DivisionPlan(
        gapped, criteria: { [NamedValue("within_ss", $0.objective.value)] },
        make: { segments, _ in Bagged(segments: segments, standardisation: .none) })
    case .kmeans:
      return DivisionPlan(
        gapped, criteria: { [NamedValue("within_ss", $0.objective.value)] },
        make: { segments, _ in
          KMeans(
            segments: segments, starts: starts, standardisation: .none, swaps: isRough ? 0 : 20)
        })
    case .ensemble, .latentClass, .mixture:
      return ensemble(task, encoding, starts: starts)
    }
  }

  /// The plan of a study's method for other answers to the same questions.
  static func make(
    _ task: SegmentationTask, answers: ItemTable, starts: Int, isRough: Bool = false
  ) throws(SegmentationError) -> DivisionPlan {
    var declaration = task.declaration
    declaration.starts = starts
    let part = SegmentationTask(
      encoded: task.encoded.answering(answers), data: task.data, declaration: declaration,
      settings: task.settings)
    let encoding = MatrixEncoding(part.encoded, scale: declaration.model.scale)
    return try make(part, encoding, encoding.matrix(answers.items), isRough: isRough)
  }

  private static func ensemble(
    _ task: SegmentationTask, _ encoding: MatrixEncoding, starts: Int
  ) -> DivisionPlan {
    typealias Member = Ensemble<ItemTable>.Member
    let prior: LatentClassPrior = task.declaration.prior == .none ? .none : .default
    @Sendable func numbers(_ table: ItemTable) throws(SegmentationError) -> RespondentMatrix {
      try RespondentMatrix(encoding.matrix(table.items), weights: table.weights)
    }
    @Sendable func same(_ table: ItemTable) throws(SegmentationError) -> ItemTable { table }
    let members = [
      Member("latent-class", make: { LatentClass(segments: $0, prior: prior) }, encode: same),
      Member(
        "kmeans", make: { KMeans(segments: $0, starts: starts, standardisation: .none) },
        encode: numbers),
      Member(
        "kprototypes", make: { KPrototypes(segments: $0, starts: .fixed(starts)) }, encode: same),
      Member("famd", make: { FactorSegmenter(segments: $0) }, encode: same),
    ]
    return DivisionPlan(
      task.encoded.table, isSlow: true,
      criteria: { fit in
        [NamedValue("unanimity", fit.unanimity)]
          + fit.agreements.map { NamedValue("agreement_\($0.name)", $0.adjustedRand) }
      }, make: { segments, _ in Ensemble(segments: segments, members: members) })
  }
}

extension MedoidFit {
  /// That medoids were searched in samples, if they were.
  fileprivate var samplingWords: [String] {
    guard searched < distinct else { return [] }
    return [
      "Medoids were searched in samples of \(searched) of \(distinct) different respondents; "
        + "everybody was then placed, and the sample that serves all best was kept."
    ]
  }
}
