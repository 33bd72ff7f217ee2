import TesseraMath
import TesseraSegmentation
import TesseraSurvey

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
    let stream = task.stream(.structure)
    let observed = try divide(table, stream.split(0))
    let nulls = try StructureTest(sets: sets).nulls(
      of: RespondentMatrix(table.numbers, weights: table.weights), random: stream.split(1),
      workers: task.settings.workers, progress: task.settings.progress
    ) { set, random throws(SegmentationError) in
      try divide(set.table(like: items), random).measure
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
    _ settings: LatentClassSettings, segments: Int
  ) -> @Sendable (ItemTable, RandomStream) throws(SegmentationError) -> Measured {
    { table, random throws(SegmentationError) in
      var one = settings
      one.workers = .single
      one.progress = .silent
      one.classes = 1
      one.stream = random.split(0)
      let data = try LatentClassData(
        table, blocks: settings.blocks, directEffects: settings.directEffects,
        missing: settings.missing)
      let everybody = try one.fit(data)
      one.classes = segments
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
      let part = SegmentationTask(
        encoded: task.encoded.answering(table), data: task.data, declaration: task.declaration,
        settings: task.settings)
      let encoding = MatrixEncoding(part.encoded, scale: task.declaration.model.scale)
      let plan = try DivisionPlan.make(part, encoding, encoding.matrix(table.items))
      let one = try plan.divide(1, nil, random.split(0), .single)
      let many = try plan.divide(segments, nil, random.split(0), .single)
      let stability = try BootstrapStability(
        labels: many.labels, segmentCount: segments, weights: table.weights, pairs: pairs,
        random: random.split(1)
      ) { sample, stream throws(SegmentationError) in
        try plan.divide(segments, sample, stream, .single).labels
      }
      let gain: Double =
        switch (one.objective, many.objective) {
        case (.minimised(let before), .minimised(let after)):
          before > 0 ? 1 - after / before : 0
        default: many.objective.value - one.objective.value
        }
      return Measured(
        measure: StructureMeasure(stability: stability.median, gain: gain),
        smallestJaccard: stability.smallestJaccard, entropyR2: nil)
    }
  }
}

extension ItemTable {
  /// Answers as numbers: respondents × items, categories by their codes, NaN for none.
  fileprivate var numbers: Matrix {
    var result = Matrix(rows: respondentCount, columns: items.count)
    for (column, item) in items.enumerated() {
      if case .numbers(let numbers) = item.answers {
        for row in 0..<respondentCount { result[row, column] = numbers[row] }
      } else {
        for row in 0..<respondentCount {
          let code = item.code(row)
          result[row, column] = code > 0 ? Double(code) : .nan
        }
      }
    }
    return result
  }
}

extension RespondentMatrix {
  /// The numbers as answers to items like those given.
  fileprivate func table(like items: [Item]) throws(SegmentationError) -> ItemTable {
    let made = items.enumerated().map { column, item -> Item in
      let numbers = values.column(column)
      let answers: Item.Answers =
        switch item.answers {
        case .numbers: .numbers(numbers)
        case .codes: .codes(numbers.map { $0.isNaN ? 0 : UInt8($0) })
        case .wideCodes: .wideCodes(numbers.map { $0.isNaN ? 0 : UInt16($0) })
        }
      return Item(name: item.name, measurement: item.measurement, answers: answers)
    }
    return try ItemTable(respondentCount: values.rows, items: made, weights: weights)
  }
}
