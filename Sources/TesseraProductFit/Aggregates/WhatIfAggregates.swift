import TesseraDesign
import TesseraMath
public import TesseraStudy
import TesseraSurvey

/// Sums over groups of people from which a page can answer "what if?" without any respondent.
///
/// Groups hold at least 30 people alike in what hinders them, and every sum over a group rests on ten
/// people at least (or as many as the study's smallest cell asks for); corrections make every change
/// of a single feature exact. Segments that are suppressed are not in it.
public struct WhatIfAggregates: Sendable {
  let model: FitModel
  let table: CellTable
  let channels: PageChannels
  let corrections: [StateCorrections?]
  /// Exact fits less those of the formula, products × segments: rounding, or what it leaves out.
  var offsets: [[Double]]
  /// Exact fit and acceptance of the products, products × segments.
  let fits: [[Double]]
  let acceptances: [[Double]]
  /// Segments × needs: the weight of each need over everybody.
  let needWeights: [[Double]]
  /// Burdens × levels × segments: weight times worth over everybody.
  let worths: [[[Double]]]
  let segments: [Segment]
  /// Parts of the population, one a segment; empty where a segment is suppressed.
  let parts: [Double]
  /// Fewest people in a group.
  let smallestGroup: Int
  /// A share of fewer people would have to be rounded.
  private static let smallestGroup = 30.0
  /// How much corrections count for with two, three, and more features changed, 0 to 1.
  var damping = [1.0, 1.0, 1.0]
  /// How far edits that are not exact were off, by the number of features changed that people
  /// are held against.
  public internal(set) var accuracy: [Accuracy] = []
  /// How far edits with levels between the stops of the sliders were off.
  public internal(set) var between: Accuracy?
  /// Points of fit that one person of the smallest segment can be worth at most.
  public let pointsPerPerson: Double

  /// People in the smallest group.
  public var leastPeople: Double { table.smallest }

  /// Fewest people a correction may stand for.
  public let leastTold: Double

  /// How far tried edits were from the exact fit.
  public struct Accuracy: Sendable {
    /// Changed features that barriers or burdens hold against people; the last stands for more.
    public let changes: Int
    /// Edits tried.
    public let edits: Int
    /// Error that 95% of segments and edits stayed within, in points.
    public let usual: Double
    /// Largest error, in points.
    public let largest: Double
    /// The same two over all people together; not a number where a segment is suppressed.
    public let overall: (usual: Double, largest: Double)
  }

  /// Builds the aggregates of a study.
  ///
  /// - Parameters:
  ///   - study: The study, with needs, features, products and relations.
  ///   - segmented: Its respondents and their segments.
  ///   - settings: Threads and the smallest cell.
  /// - Returns: The aggregates; `nil` if no segment has enough people.
  /// - Throws: `StudyError` E0601 to E0611.
  /// - Complexity: O(states × respondents × needs × segments) and O(respondents log respondents).
  public static func make(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) -> WhatIfAggregates? {
    try make(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Builds aggregates from declarations that need not stand in files.
  package static func make(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) -> WhatIfAggregates? {
    WhatIfAggregates(
      try FitModel.bind(source, segmented, minimumCell: settings.minimumCell), segmented, settings)
  }

  private init?(_ model: FitModel, _ segmented: SegmentedSurvey, _ settings: RunSettings) {
    let suppression = Suppression(
      segmented, isUsed: model.respondents.isUsable, minimumCell: settings.minimumCell)
    let shown = segmented.segments.indices.filter { !suppression.isHidden[$0] }
    guard !shown.isEmpty, !suppression.isTotalHidden, !model.products.isEmpty else { return nil }
    let isUsed = model.respondents.isUsable
    let whole = DomainEstimator(
      membership: segmented.posterior, design: segmented.design, isUsed: isUsed)
    var membership = Matrix(rows: segmented.posterior.rows, columns: shown.count)
    for respondent in 0..<membership.rows {
      for (column, segment) in shown.enumerated() {
        membership[respondent, column] = segmented.posterior[respondent, segment]
      }
    }
    let estimator = DomainEstimator(
      membership: membership, design: segmented.design, isUsed: isUsed)
    self.model = model
    segments = shown.map { segmented.segments[$0] }
    var mass = 0.0
    for total in whole.totals { mass += total }
    parts =
      shown.count == segmented.segments.count ? whole.totals.map { $0 / mass } : []
    let scorer = Scorer(model, workers: .single)
    let channels = PageChannels(model)
    self.channels = channels
    let sums = StateSums(scorer, channels: channels, estimator: estimator)
    let copies =
      segmented.design.kind == .frequency
      ? segmented.design.weights : segmented.design.weights.map { $0 > 0 ? 1 : 0 }
    let groups = PeopleGroups(
      posterior: membership, isUsable: isUsed, copies: copies, minimum: suppression.minimum)
    var people = 0.0
    for members in groups.members { people += groups.people(members) }
    let smallest = max(Self.smallestGroup, suppression.minimum, (people / 400).rounded(.up))
    smallestGroup = Int(smallest)
    var largest = 0.0
    for respondent in 0..<estimator.shares.rows {
      for segment in 0..<shown.count {
        largest = max(largest, estimator.shares[respondent, segment] / max(1, copies[respondent]))
      }
    }
    pointsPerPerson = 100 * largest
    leastTold = max(1, suppression.minimum)
    let atoms = HitAtoms(model)
    let features = HitFeatures(model, atoms: atoms).features
    let cells = PeopleCells(
      Self.traits(model, atoms, features), groups: groups, atLeast: smallest,
      workers: settings.workers)
    let trials = TrialEdits(model, features: features)
    let table = CellTable(
      cells, model: model, atoms: atoms, features: features, channels: channels,
      shares: estimator.shares, groups: groups)
    self.table = table
    let scores = Scorer(model, workers: settings.workers).scores(model.productLevels)
    let fitMeans = estimator.means(scores.fit)
    let acceptanceMeans = estimator.means(scores.acceptance)
    fits = (0..<fitMeans.rows).map { Array(fitMeans.row($0)) }
    acceptances = (0..<acceptanceMeans.rows).map { Array(acceptanceMeans.row($0)) }
    let depth = Self.depth(features, products: model.products.count, channels.count * shown.count)
    corrections = settings.workers.map(model.products.count) { product in
      let levels = model.products[product].levels
      // What is unknown may turn out either way, and two ways have no one set of channels.
      guard !levels.contains(where: \.isNaN) else { return nil }
      return StateCorrections(
        product: levels, depth: depth, table: table, sums: sums, groups: groups)
    }
    needWeights = (0..<shown.count).map { segment in
      (0..<model.needs.count).map { need in
        estimator.means(model.respondents.needWeights.column(need))[segment]
      }
    }
    worths = channels.burdens.enumerated().map { place, burden in
      let levels = features.first { $0.feature == burden.feature }?.levels ?? []
      return levels.map { level in
        var product = model.products[0].levels
        product[burden.feature] = level
        return Array(sums.unhindered(product).row(channels.needs + place))
      }
    }
    offsets = []
    calibrate()
    judge(trials, Scorer(model, workers: settings.workers), estimator)
  }

  /// How many states are worked out, so that the page stays small.
  private static func depth(
    _ features: [HitFeature], products: Int, _ numbers: Int
  ) -> StateCorrections.Depth {
    let singles = features.reduce(0) { $0 + $1.levels.count }
    return products * numbers * singles <= 40_000 ? .singles : .base
  }

  /// What groups of people should be alike in, and how much it matters.
  ///
  /// The weights are those under which random edits of the flagship study came out best.
  private static func traits(
    _ model: FitModel, _ atoms: HitAtoms, _ features: [HitFeature]
  ) -> [PeopleCells.Trait] {
    var traits: [PeopleCells.Trait] = []
    for (bit, strength) in zip(atoms.bits, atoms.bitStrengths) {
      traits.append(.init(values: bit.map { $0 ? 1 : 0 }, weight: strength))
    }
    for one in atoms.against {
      guard let feature = features.first(where: { $0.feature == one.feature }) else { continue }
      func holding(_ level: Double) -> [Double] {
        one.bounds.map { one.comparison.holds(level, $0) ? 1 : 0 }
      }
      switch feature.kind {
      case .steps:
        // Levels of products, and those between, matter most.
        let own = model.products.map { $0.levels[one.feature] }.filter(\.isFinite)
        let near = feature.levels.filter { $0 >= (own.min() ?? 0) && $0 <= (own.max() ?? 0) }
        for level in (near.isEmpty ? feature.levels : near).prefix(8) {
          traits.append(.init(values: holding(level), weight: 0.6 * one.strength))
        }
      case .grid:
        traits.append(.init(values: ranks(one.bounds), weight: 3 * one.strength))
        for level in Set(model.products.map { $0.levels[one.feature] }).sorted().prefix(6)
        where level.isFinite {
          traits.append(.init(values: holding(level), weight: 1.5 * one.strength))
        }
      }
    }
    for incomes in model.respondents.incomes where !incomes.isEmpty {
      traits.append(.init(values: ranks(incomes), weight: 0.3))
    }
    for need in model.needs.indices.prefix(12) {
      traits.append(
        .init(values: ranks(model.respondents.needWeights.column(need)), weight: 0.1))
    }
    return traits
  }

  /// Mid-ranks as shares; what is missing comes last.
  private static func ranks(_ values: [Double]) -> [Double] {
    let keys = values.map { $0.isNaN ? .infinity : $0 }
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    var result = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, keys[order[end]] == keys[order[start]] { end += 1 }
      for place in start..<end {
        result[order[place]] = Double(start + end) / 2 / Double(order.count)
      }
      start = end
    }
    return result
  }
}
