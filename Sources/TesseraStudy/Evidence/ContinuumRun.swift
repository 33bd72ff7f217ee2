import TesseraMath
import TesseraSegmentation

/// Asks in every run whether segments gain more than on one continuum.
enum ContinuumRun {
  /// Random starts of each search, the data's and every set's alike.
  private static let starts = 5
  /// Respondents for methods that compare all respondents with all others.
  private static let slowPeople = 400

  /// Measures the data and 19 sets without groups.
  ///
  /// - Parameters:
  ///   - task: The study.
  ///   - isSlow: Whether the method compares all respondents with all others.
  ///   - gain: What segments add over a single one, and other measures of distinctness.
  /// - Returns: The gains; `nil` where a set cannot be made or divided, as for a handful of people.
  static func gains(
    _ task: SegmentationTask, isSlow: Bool = false,
    gain:
      @Sendable (_ table: ItemTable, _ random: RandomStream) throws(SegmentationError) -> [Double]
  ) -> ContinuumTest.Gains? {
    let table = task.encoded.table
    // The sets without groups do not add up as such answers do, so that anything would exceed them.
    guard !SegmentBasis.isShared(task.data.survey, task.encoded.indicators) else { return nil }
    let form = NullForm(table)
    var test = ContinuumTest()
    if isSlow { test.people = slowPeople }
    do {
      return try test.gains(
        of: RespondentMatrix(form.numbers(table), weights: table.weights),
        random: task.stream(.continuum), workers: task.settings.workers
      ) { set, random throws(SegmentationError) in try gain(form.table(set), random) }
    } catch {
      return nil
    }
  }

  /// The gain of latent classes, LL_K − LL₁, and how certain memberships are.
  static func latentClasses(
    _ settings: LatentClass, segments: Int
  ) -> @Sendable (ItemTable, RandomStream) throws(SegmentationError) -> [Double] {
    { table, random throws(SegmentationError) in
      var search = settings
      search.workers = .single
      search.progress = .silent
      search.stream = random.split(0)
      search.segments = segments
      let data = try LatentClassData(
        table, blocks: settings.blocks, directEffects: settings.directEffects,
        missing: settings.missing)
      return try search.roughGain(data, starts: starts)
    }
  }

  /// The gain of a method without a likelihood: the share of its objective explained.
  static func divisions(
    _ task: SegmentationTask, segments: Int
  ) -> @Sendable (ItemTable, RandomStream) throws(SegmentationError) -> [Double] {
    { table, random throws(SegmentationError) in
      let plan = try DivisionPlan.make(task, answers: table, starts: starts, isRough: true)
      let one = try plan.divide(1, nil, random.split(0), .single)
      let many = try plan.divide(segments, nil, random.split(0), .single)
      return [many.objective.gain(over: one.objective)]
    }
  }
}

extension Objective {
  /// The share of a cost that is saved, or the gain of what is made great.
  func gain(over one: Objective) -> Double {
    if case (.minimised(let before), .minimised(let after)) = (one, self) {
      return before > 0 ? 1 - after / before : 0
    }
    return value - one.value
  }
}
