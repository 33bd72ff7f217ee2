import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Looks for the sets of media, products or features that reach most of an audience.
struct ReachSearch {
  /// Points from which a product reaches a person.
  static let productBar = 50.0
  /// Most items of a set.
  static let mostItems = 64

  /// Sets told behind the best.
  static let runnersUp = 3

  let analysis: FitAnalysis
  let channels: [BinaryColumn]
  let declared: ReachDeclaration
  /// Columns that the study names as channels, whether they may be shown or not.
  let columns: Set<String>
  /// How each channel is estimated by segment: as in the table of channels.
  private let memberships: ColumnEstimator

  /// Prepares a search.
  ///
  /// - Throws: `StudyError` E0611 for a forced or excluded item that is none of the study's.
  init(
    analysis: FitAnalysis, channels: [BinaryColumn], known asked: [BinaryColumn]? = nil,
    source: FitSource
  ) throws(StudyError) {
    self.analysis = analysis
    self.channels = channels
    declared = source.file.reach
    memberships = ColumnEstimator(
      analysis.segmented, active: source.file.segments.active, settings: analysis.settings)
    columns = Set((asked ?? channels).map(\.name))
    let known =
      (asked ?? channels).flatMap { [$0.name, $0.label] } + analysis.model.products.map(\.name)
      + analysis.model.features.map(\.name)
    for (key, names) in [("force", declared.force), ("exclude", declared.exclude)] {
      for name in names where !known.contains(name) {
        throw source.error(
          "E0611", "there is no channel, product or feature '\(DisplayText.escaped(name))'",
          at: "reach.\(key)",
          hint: NearestName.question(name, among: known)
            ?? "channels: \(channels.map(\.name).joined(separator: ", "))")
      }
    }
  }

  /// Items and whom each reaches.
  struct Items {
    let kind: ReachSet.Kind
    var names: [String]
    var reached: [[Bool]]
    /// Positions that every set holds.
    var forced: [Int] = []
    let isUsed: [Bool]
    /// Whether an item is estimated by memberships freed from the errors of placing.
    var isCorrected: [Bool]
    /// Columns and sets that the reach rests on, where it rests on some alone.
    var columns: [String] = []
  }

  /// The items of a kind; `nil` if there are none, or where nothing says whom they reach.
  func items(_ kind: ReachSet.Kind) -> Items? {
    let model = analysis.model
    let count = model.respondents.count
    var items: Items
    switch kind {
    case .channels:
      items = Items(
        kind: kind, names: channels.map(\.name),
        reached: channels.map { $0.values.map { $0 == 1 } },
        isUsed: (0..<count).map { row in channels.contains { !$0.values[row].isNaN } },
        isCorrected: memberships.ways(channels.map(\.name)).map { $0 == .corrected })
    case .products:
      // Whom a product reaches of which levels are missing, nobody knows.
      let known = model.products.indices.filter {
        !model.products[$0].levels.contains(where: \.isNaN)
      }
      items = Items(
        kind: kind, names: known.map { model.products[$0].name },
        reached: known.map { product in
          (0..<count).map { analysis.scores.fit[product, $0] >= Self.productBar }
        }, isUsed: model.respondents.isUsable,
        isCorrected: known.map { _ in false })
    case .features:
      let top = model.respondents.topImportance
      items = Items(
        kind: kind, names: model.features.map(\.name),
        reached: model.features.indices.map { feature in
          let served = model.needs.indices.filter { model.relations[$0, feature] == 9 }
          return (0..<count).map { row in served.contains { top[row, $0] == 1 } }
        },
        isUsed: (0..<count).map { row in
          model.respondents.isUsable[row]
            && model.needs.indices.contains { !top[row, $0].isNaN }
        }, isCorrected: model.features.map { _ in false })
    }
    if kind == .channels {
      items.columns =
        channels.map(\.name)
        + analysis.segmented.survey.sets.filter { set in
          channels.contains { set.members.contains($0.name) }
        }.map(\.name)
    }
    let free = items.names.indices.filter { position in
      let label = kind == .channels ? channels[position].label : items.names[position]
      return !declared.exclude.contains { $0 == items.names[position] || $0 == label }
    }
    let isForced = items.names.indices.map { position in
      let label = kind == .channels ? channels[position].label : items.names[position]
      return declared.force.contains { $0 == items.names[position] || $0 == label }
    }
    items.forced = free.indices.filter { isForced[free[$0]] }
    items.names = free.map { items.names[$0] }
    items.reached = free.map { items.reached[$0] }
    items.isCorrected = free.map { items.isCorrected[$0] }
    guard items.names.count > 1, items.isUsed.contains(true),
      items.reached.contains(where: { $0.contains(true) })
    else { return nil }
    if items.names.count > Self.mostItems {
      // The widest reach alone stays; the rest could hardly be in a best set.
      let sizes = items.reached.map { $0.count { $0 } }
      let kept = sizes.indices.sorted {
        let (one, other) = (items.forced.contains($0), items.forced.contains($1))
        return one != other ? one : (sizes[$1], $0) < (sizes[$0], $1)
      }.prefix(Self.mostItems).sorted()
      items.forced = kept.indices.filter { items.forced.contains(kept[$0]) }
      items.names = kept.map { items.names[$0] }
      items.reached = kept.map { items.reached[$0] }
      items.isCorrected = kept.map { items.isCorrected[$0] }
    }
    return items
  }

  /// The best sets of 1 to a number of items, for each audience.
  ///
  /// - Parameters:
  ///   - kind: What the items are.
  ///   - most: Most items.
  ///   - audiences: For whom.
  /// - Returns: For each audience and size the best set; none where there are no items.
  func sets(
    _ kind: ReachSet.Kind, upTo most: Int, for audiences: [FitAnalysis.Audience]
  ) -> [ReachSet] {
    guard let items = items(kind) else { return [] }
    let everybody = FitAnalysis.Audience(segment: nil, id: nil)
    let everyone = estimators(everybody, items)
    // Which item comes first in a group of a few is an answer of theirs.
    let audiences = audiences.filter(analysis.isTold)
    let found = analysis.settings.workers.map(audiences.count) { place in
      sets(items, upTo: most, audiences[place], everyone)
    }
    return found.flatMap { $0 }
  }

  /// How an audience is estimated: by chances of belonging to it, and by memberships freed from the
  /// errors of placing, which channels of other questions than those that made the segments go by.
  struct Estimators {
    let plain: DomainEstimator
    let corrected: DomainEstimator

    func of(_ set: [Int], _ items: Items) -> DomainEstimator {
      set.allSatisfy { items.isCorrected[$0] } ? corrected : plain
    }
  }

  func estimators(_ audience: FitAnalysis.Audience, _ items: Items) -> Estimators {
    let all = analysis.segmented
    guard let segment = audience.segment else {
      let everybody = DomainEstimator.everybody(design: all.design, isUsed: items.isUsed)
      return Estimators(plain: everybody, corrected: everybody)
    }
    func domain(_ memberships: Matrix) -> DomainEstimator {
      DomainEstimator(
        membership: Matrix(
          rows: memberships.rows, columns: 1, values: memberships.column(segment)),
        design: all.design, isUsed: items.isUsed)
    }
    let plain = domain(all.posterior)
    return Estimators(
      plain: plain,
      corrected: items.isCorrected.contains(true)
        ? domain(memberships.memberships(.corrected)) : plain)
  }

  /// A set with the numbers that are shown of it.
  private struct Measured {
    let items: [Int]
    let estimator: DomainEstimator
    /// 1 for whom one of the items reaches.
    let column: [Double]
    let reach: Double
    /// How many items reach a person, over those reached.
    let frequency: Double
  }

  private func measured(_ set: [Int], _ items: Items, _ own: Estimators) -> Measured {
    let estimator = own.of(set, items)
    let counts = items.isUsed.indices.map { row in
      Double(set.count { items.reached[$0][row] })
    }
    let column = counts.map { min($0, 1) }
    let reach = min(1, max(0, estimator.means(column)[0]))
    return Measured(
      items: set, estimator: estimator, column: column, reach: reach,
      frequency: reach > 0 ? max(1, estimator.means(counts)[0] / reach) : .nan)
  }

  /// Sets that are looked at once more: chances of belonging rank them nearly as what is shown does.
  private static let shortlist = 8

  private func sets(
    _ items: Items, upTo most: Int, _ audience: FitAnalysis.Audience, _ everyone: Estimators
  ) -> [ReachSet] {
    let own = estimators(audience, items)
    let base = analysis.base(of: audience, items.isUsed)
    let isTold = analysis.isTold(audience, base: base)
    let rules = CellRules(analysis.settings, columns: items.columns)
    let isExact = base >= rules.small
    let optimiser = ReachOptimiser(
      reached: items.reached,
      weights: (0..<own.plain.shares.rows).map { own.plain.shares[$0, 0] })
    let smallest = max(1, items.forced.count)
    return (smallest...max(smallest, min(most, items.names.count))).map { size in
      let greedy = optimiser.greedy(size, forced: items.forced)
      let ranked = optimiser.ranked(
        size, forced: items.forced, most: 1 + Self.runnersUp + Self.shortlist,
        steps: optimiser.affordableSteps)
      let found = ranked.map { measured($0.items, items, own) }.enumerated().sorted {
        // What is level goes by how many items reach a person.
        let (one, other) = ($0.element, $1.element)
        if abs(one.reach - other.reach) > 1e-12 { return one.reach > other.reach }
        return abs(one.frequency - other.frequency) > 1e-12
          ? one.frequency > other.frequency : $0.offset < $1.offset
      }.map(\.element)
      let best = found[0]
      let error = best.estimator.errors(best.column, means: [best.reach])[0]
      let wide = everyone.plain.means(best.column)[0]
      func shown(_ value: Double) -> Double? { isTold && value.isFinite ? value : nil }
      func share(_ value: Double) -> Double? { isTold ? rules.told(value, base: base) : nil }
      let reach = share(best.reach)
      let isShown = reach != nil
      var set = ReachSet(
        kind: items.kind, segment: audience.id, items: best.items.map { items.names[$0] },
        reach: reach, se: isExact && isShown ? shown(error) : nil,
        frequency: isExact && isShown ? shown(best.frequency) : nil,
        affinity: wide > 0 ? reach.map { 100 * $0 / wide } : nil,
        greedyReach: share(measured(greedy.items, items, own).reach),
        isOptimal: ranked[0].isOptimal)
      if let reach {
        let interval = WilsonInterval.of(reach, error: isExact ? error : 0, best.estimator, 0)
        (set.low, set.high) = (interval.low, interval.high)
        if isExact, !rules.isStrict {
          set.runnersUp = found.dropFirst().prefix(Self.runnersUp).map {
            runnerUp($0, behind: best, items)
          }
        }
      }
      return set
    }
  }

  /// A set, and how far it is behind the best, person by person.
  private func runnerUp(
    _ set: Measured, behind best: Measured, _ items: Items
  ) -> ReachSet.RunnerUp {
    let gaps = zip(best.column, set.column).map { $0 - $1 }
    let means = best.estimator.means(gaps)
    let error = best.estimator.errors(gaps, means: means)[0]
    return ReachSet.RunnerUp(
      items: set.items.map { items.names[$0] }, reach: set.reach,
      frequency: set.frequency.isFinite ? set.frequency : nil,
      behind: max(0, best.reach - set.reach), behindSE: error.isFinite ? error : nil)
  }
}

extension ReachOptimiser {
  /// As many branches as take about a second.
  var affordableSteps: Int {
    max(200, min(200_000, 100_000_000 / max(1, itemCount * patternCount)))
  }
}
