import TesseraMath
import TesseraSegmentation

/// Holds a segmentation against what the same method finds where there is nothing to find.
enum StructureRun {
  /// Bootstrap pairs for each set without structure: enough for a median.
  static let pairs = 10

  /// How a method divides a table, and how well the division comes back.
  struct Measured: Sendable {
    let measure: StructureMeasure
    let smallestJaccard: Double
    let entropyR2: Double?
  }

  /// Measures the data and the sets without structure.
  ///
  /// Covariates play no part: structure is asked of the answers alone.
  ///
  /// - Parameters:
  ///   - task: The study.
  ///   - known: Stability of the study's own solution, where it was measured with more pairs.
  ///   - divide: Divides a table and measures the division, the data's and every set's alike.
  /// - Returns: The verdict with what it rests on; `nil` if it was not asked.
  /// - Throws: ``SegmentationError`` if a set cannot be made or divided.
  /// - Complexity: Two bootstraps for each pair of sets.
  static func result(
    _ task: SegmentationTask, known: StabilityResult?,
    divide:
      @Sendable (_ table: ItemTable, _ random: RandomStream) throws(SegmentationError) -> Measured
  ) throws(SegmentationError) -> StructureResult? {
    let sets = task.declaration.evidence.structureSets
    guard sets > 0 else { return nil }
    let items = task.encoded.table.items
    let table = try ItemTable(
      respondentCount: task.encoded.table.respondentCount, items: items,
      weights: task.encoded.table.weights)
    let form = NullForm(table)
    let stream = task.stream(.structure)
    let observed = try divide(table, stream.split(0))
    let nulls = try StructureTest(sets: sets).nulls(
      of: RespondentMatrix(form.numbers(table), weights: table.weights), random: stream.split(1),
      workers: task.settings.workers, progress: task.settings.progress
    ) { set, random throws(SegmentationError) in
      try divide(form.table(set), random).measure
    }
    let stability = known?.median ?? observed.measure.stability
    return StructureResult(
      evidence: StructureEvidence(
        observed: StructureMeasure(stability: stability, gain: observed.measure.gain),
        smallestJaccard: known?.jaccard.min() ?? observed.smallestJaccard,
        entropyR2: observed.entropyR2, permuted: nulls.permuted, correlated: nulls.correlated),
      sets: sets, pairs: pairs)
  }

  /// Divides by latent classes.
  static func latentClasses(
    _ settings: LatentClass, segments: Int
  ) -> @Sendable (ItemTable, RandomStream) throws(SegmentationError) -> Measured {
    { table, random throws(SegmentationError) in
      var one = settings
      one.workers = .single
      one.progress = .silent
      one.segments = 1
      one.stream = random.split(0)
      let data = try LatentClassData(
        table, blocks: settings.blocks, directEffects: settings.directEffects,
        missing: settings.missing)
      let everybody = try one.fit(data)
      one.segments = segments
      one.starts = .fixed(8)
      let fit = try one.fit(data)
      let replication = try LatentClassReplication(
        data, reference: fit.model, prior: settings.prior, random: random.split(2))
      let rows = table.respondentCount
      let stability = try BootstrapStability(
        labels: fit.labels, segmentCount: segments, weights: table.weights, pairs: pairs,
        random: random.split(1)
      ) { sample, _ throws(SegmentationError) in
        try replication.labels(resampled: sample.effective(count: rows))
      }
      return Measured(
        measure: StructureMeasure(
          stability: stability.median, gain: fit.logLikelihood - everybody.logLikelihood),
        smallestJaccard: stability.smallestJaccard, entropyR2: fit.criteria.entropyR2)
    }
  }

  /// Divides by a method without a likelihood; the gain is the share of its objective explained.
  static func divisions(
    _ task: SegmentationTask, segments: Int
  ) -> @Sendable (ItemTable, RandomStream) throws(SegmentationError) -> Measured {
    { table, random throws(SegmentationError) in
      // The data and all sets are searched alike.
      let plan = try DivisionPlan.make(
        task, answers: table, starts: task.declaration.starts ?? 20)
      let one = try plan.divide(1, nil, random.split(0), .single)
      let many = try plan.divide(segments, nil, random.split(0), .single)
      let stability = try BootstrapStability(
        labels: many.labels, segmentCount: segments, weights: table.weights, pairs: pairs,
        random: random.split(1)
      ) { sample, stream throws(SegmentationError) in
        try plan.divide(segments, sample, stream, .single).labels
      }
      let gain = many.objective.gain(over: one.objective)
      return Measured(
        measure: StructureMeasure(stability: stability.median, gain: gain),
        smallestJaccard: stability.smallestJaccard, entropyR2: nil)
    }
  }
}
