import TesseraMath
public import TesseraStudy

/// Looks for the changes to products that bring most.
///
/// Candidates are the declared edits and every single step of a feature within the range that its
/// value tells apart. Bundles of two or three are tried among the most promising candidates of each
/// product: those with the largest gains alone, and those that move a feature a barrier looks at,
/// because what a barrier hides shows only together.
public struct ImprovementSearch: Sendable {
  /// How proposals are ranked.
  public enum Order: String, Sendable, CaseIterable {
    /// By points gained over everybody.
    case gain
    /// By points gained for one unit of cost; changes without a cost are left out.
    case gainPerCost = "gain-per-cost"
  }

  /// Most candidates of one product that are combined with each other.
  static let pool = 14

  private let analysis: FitAnalysis
  /// Candidates of one product that are combined with each other.
  private let pool: Int

  /// Binds a study.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - segmented: Its respondents and their segments.
  ///   - settings: Threads and the smallest cell; nothing is resampled.
  /// - Throws: `StudyError` E0601 to E0610.
  public init(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Binds declarations that need not stand in files.
  package init(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    self.init(try FitAnalysis(bare: source, segmented, settings: settings))
  }

  /// Looks into an analysis at hand.
  init(_ analysis: FitAnalysis, pool: Int = Self.pool) {
    self.analysis = analysis
    self.pool = pool
  }

  /// Whether even all respondents are fewer than the smallest cell, so that nothing may be told.
  public var isHidden: Bool { analysis.suppression.isTotalHidden }

  /// The best proposals.
  ///
  /// - Parameters:
  ///   - product: The product's name or label; `nil` for all products.
  ///   - bundle: Most changes at once, 1 to 3.
  ///   - order: How they are ranked.
  ///   - limit: Most proposals.
  /// - Returns: Proposals that gain something, best first, with paired standard errors; none where
  ///   even all respondents are fewer than the smallest cell.
  /// - Throws: `StudyError` E0606 for a product that does not exist.
  public func proposals(
    product: String? = nil, bundle: Int = 3, order: Order = .gain, limit: Int = 20
  ) throws(StudyError) -> [Proposal] {
    let model = analysis.model
    var products = Array(model.products.indices)
    if let product {
      guard
        let found = products.first(where: { model.products[$0].name == product })
          ?? products.first(where: { model.products[$0].label == product })
      else { throw CatalogueBinder.unknownProduct(product, model.products, exitStatus: 64) }
      products = [found]
    }
    guard !analysis.suppression.isTotalHidden else { return [] }
    let wanted = products
    let found = analysis.settings.workers.map(wanted.count) {
      Self.worthTelling(search(wanted[$0], bundle: min(3, max(1, bundle))))
    }
    let ranked = Self.ranked(found.flatMap { $0 }, order).prefix(limit)
    return analysis.settings.workers.map(ranked.count) { proposal(ranked[$0]) }
  }

  /// The best proposals of every product, so that one that gains from everything hides no other.
  ///
  /// - Parameters:
  ///   - each: Most proposals of one product.
  ///   - limit: Most proposals in all.
  /// - Returns: Proposals that gain something: by gain, and those with a cost by gain per cost.
  func best(each: Int, limit: Int) -> (byGain: [Proposal], byGainPerCost: [Proposal]) {
    guard !analysis.suppression.isTotalHidden else { return ([], []) }
    let found = analysis.settings.workers.map(analysis.model.products.count) { product in
      let worth = Self.worthTelling(search(product, bundle: 3))
      return Order.allCases.map { Array(Self.ranked(worth, $0).prefix(each)) }
    }
    let lists = Order.allCases.indices.map { order -> [Proposal] in
      let ranked = Self.ranked(found.flatMap { $0[order] }, Order.allCases[order]).prefix(limit)
      return analysis.settings.workers.map(ranked.count) { proposal(ranked[$0]) }
    }
    return (lists[0], lists[1])
  }

  /// Those that gain something, best first; of equal ones the smaller.
  private static func ranked(_ found: [Found], _ order: Order) -> [Found] {
    found.filter { $0.gain > 1e-9 && (order == .gain || $0.perCost != nil) }
      .enumerated().sorted { left, right in
        let (one, two) = (left.element.key(order), right.element.key(order))
        if one != two { return one > two }
        let sizes = (left.element.changes.count, right.element.changes.count)
        return sizes.0 != sizes.1 ? sizes.0 < sizes.1 : left.offset < right.offset
      }.map(\.element)
  }

  /// A candidate or a bundle with its gain over everybody.
  private struct Found: Sendable {
    let product: Int
    let name: String
    let changes: [FitEdit.Change]
    let cost: Double?
    /// What each part gains alone, and the changes of each part.
    let parts: [Double]
    let gain: Double

    var perCost: Double? { cost.flatMap { $0 > 0 ? gain / $0 : nil } }

    func key(_ order: Order) -> Double {
      order == .gain ? gain : perCost ?? -.infinity
    }
  }

  private func proposal(_ found: Found) -> Proposal {
    let model = analysis.model
    let fit = Scorer(model).scores([model.levels(of: found.product, with: found.changes)]).fit
    let improvement = analysis.improvement(
      FitEdit(
        name: found.name, label: found.name, product: found.product, changes: found.changes,
        cost: found.cost), fit: Array(fit.row(0)))
    var alone = 0.0
    for part in found.parts { alone += part }
    return Proposal(
      improvement: improvement, single: found.parts, interaction: found.gain - alone,
      gainPerCost: found.perCost)
  }

  private func search(_ product: Int, bundle: Int) -> [Found] {
    let candidates = candidates(product)
    var table = ChangeGains(analysis, product: product)
    let gains = candidates.map { table.gain($0.changes) }
    let singles = candidates.indices.map { index in
      Found(
        product: product, name: candidates[index].name, changes: candidates[index].changes,
        cost: candidates[index].cost, parts: [gains[index]], gain: gains[index])
    }
    guard bundle > 1, singles.count > 1 else { return singles }
    let pool = promising(singles, product)
    var sets: [[Int]] = []
    for one in pool.indices {
      for two in pool.indices where two > one && areApart(pool[one], pool[two]) {
        sets.append([one, two])
        guard bundle > 2 else { continue }
        for three in pool.indices
        where three > two && areApart(pool[one], pool[three]) && areApart(pool[two], pool[three]) {
          sets.append([one, two, three])
        }
      }
    }
    let bundled = sets.map { set in table.gain(set.flatMap { pool[$0].changes }) }
    return singles
      + sets.indices.map { index in
        let members = sets[index].map { pool[$0] }
        let costs = members.compactMap(\.cost)
        return Found(
          product: product,
          name: members.map(\.name).filter { !$0.isEmpty }.joined(separator: " + "),
          changes: members.flatMap(\.changes),
          cost: costs.count == members.count ? costs.reduce(0, +) : nil,
          parts: members.map(\.gain), gain: bundled[index])
      }
  }

  /// Leaves out what a smaller proposal does as well, and the same change told twice.
  ///
  /// A bundle must gain more than any single change or bundle within it. Of equal changes the one
  /// with a cost stays, else the bundle, which shows what its parts gain alone.
  private static func worthTelling(_ found: [Found]) -> [Found] {
    func key(_ changes: [FitEdit.Change]) -> [FitEdit.Change] {
      changes.sorted { ($0.feature, $0.level) < ($1.feature, $1.level) }
    }
    var best: [[FitEdit.Change]: Int] = [:]
    for (place, one) in found.enumerated() {
      let set = key(one.changes)
      guard let other = best[set] else {
        best[set] = place
        continue
      }
      let known = found[other]
      let isBetter =
        (known.cost == nil) == (one.cost == nil)
        ? one.parts.count > known.parts.count : one.cost != nil
      if isBetter { best[set] = place }
    }
    return found.enumerated().filter { place, one in
      let set = key(one.changes)
      guard best[set] == place else { return false }
      guard set.count > 1, set.count <= 16 else { return true }
      return !(1..<(1 << set.count) - 1).contains { bits in
        let part = set.indices.filter { bits >> $0 & 1 == 1 }.map { set[$0] }
        return best[part].map { found[$0].gain >= one.gain - 1e-9 } ?? false
      }
    }.map(\.element)
  }

  private func areApart(_ one: Found, _ two: Found) -> Bool {
    !one.changes.contains { change in two.changes.contains { $0.feature == change.feature } }
  }

  /// The candidates worth combining: by gain alone, then by what barriers over their features take.
  private func promising(_ singles: [Found], _ product: Int) -> [Found] {
    let model = analysis.model
    let shares = analysis.population.totals[0] > 0 ? segmentShares : []
    var taken = [Double](repeating: 0, count: model.features.count)
    for loss in analysis.losses.losses[product] {
      guard case .barrier(let barrier) = loss.cause else { continue }
      var mean = 0.0
      for (segment, share) in shares.enumerated() where loss.means[segment].isFinite {
        mean += share * loss.means[segment]
      }
      for feature in model.barriers[barrier].violated.features { taken[feature] += mean }
    }
    func promise(_ found: Found) -> Double {
      var hidden = 0.0
      for change in found.changes { hidden = max(hidden, taken[change.feature]) }
      return max(found.gain, 0) + hidden
    }
    let order = singles.indices.sorted {
      let (one, two) = (promise(singles[$0]), promise(singles[$1]))
      return one != two ? one > two : $0 < $1
    }
    return order.prefix(pool).sorted().map { singles[$0] }
  }

  private var segmentShares: [Double] {
    let totals = analysis.estimator.totals
    var sum = 0.0
    for total in totals { sum += total }
    return totals.map { sum > 0 ? $0 / sum : 0 }
  }

  /// Declared edits and single steps of a product.
  private func candidates(
    _ product: Int
  ) -> [(name: String, changes: [FitEdit.Change], cost: Double?)] {
    let model = analysis.model
    var result = model.edits.filter { $0.product == product }.map {
      (name: $0.name, changes: $0.changes, cost: $0.cost)
    }
    for (feature, declared) in model.features.enumerated() {
      let level = model.products[product].levels[feature]
      guard !level.isNaN else { continue }
      let others = model.products.map { $0.levels[feature] }
      for step in declared.steps(from: level, catalogue: others) {
        let changes = [FitEdit.Change(feature: feature, level: step)]
        if !result.contains(where: { $0.changes == changes }) {
          result.append((name: "", changes: changes, cost: nil))
        }
      }
    }
    return result
  }
}
