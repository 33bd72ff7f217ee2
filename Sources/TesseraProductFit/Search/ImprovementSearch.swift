import Foundation
import TesseraMath
public import TesseraStudy

/// Looks for the changes to products that bring most.
///
/// Candidates are the declared edits, and for every feature the levels that are listed, that other
/// products have, and at which a barrier falls; prices move only as edits say. All bundles of two or
/// three of them are tried, except of levels that another level of the feature betters whatever it
/// is combined with; where even those are too many, those worth most alone or behind a barrier, and
/// the answer says so.
public struct ImprovementSearch: StudyQuestion {
  /// How proposals are ranked.
  public enum Order: String, Sendable, CaseIterable {
    /// By points gained over everybody.
    case gain
    /// By points gained for one unit of cost, what costs nothing or saves first; changes whose cost is
    /// not known are left out.
    case gainPerCost = "gain-per-cost"
  }

  /// Most bundles of one product that are tried: enough for three changes of 20 features with 10
  /// levels each.
  static let most = 1_400_000.0

  let analysis: FitAnalysis
  /// Most bundles of one product that are tried.
  let most: Double

  /// Puts the question to a study.
  public init(_ study: FinishedStudy) { self.init(study.analysis) }

  /// Looks into an analysis at hand.
  init(_ analysis: FitAnalysis, most: Double = Self.most) {
    self.analysis = analysis
    self.most = most
  }

  /// Whether anything says what a change costs: a level, or an edit.
  public var hasCosts: Bool {
    analysis.model.features.contains(where: \.tellsCosts)
      || analysis.model.edits.contains { $0.cost != nil }
  }

  /// Whether even all respondents are fewer than the smallest cell, so that nothing may be told.
  public var isHidden: Bool { analysis.suppression.isTotalHidden }

  /// The best proposals.
  ///
  /// - Parameters:
  ///   - product: The product's name or label; `nil` for all that are the asker's own.
  ///   - bundle: Most changes at once, 1 to 3.
  ///   - order: How they are ranked.
  ///   - limit: Most proposals.
  /// - Returns: Proposals that gain something, best first, with paired standard errors; none where
  ///   even all respondents are fewer than the smallest cell.
  /// - Throws: `StudyError` E0606 for a product that does not exist.
  public func proposals(
    product: String? = nil, bundle: Int = 3, order: Order = .gain, limit: Int = 20
  ) throws(StudyError) -> Answer {
    let model = analysis.model
    var products = ownProducts
    if let product {
      guard
        let found = model.products.firstIndex(where: { $0.name == product })
          ?? model.products.firstIndex(where: { $0.label == product })
      else { throw CatalogueBinder.unknownProduct(product, model.products, exitStatus: 64) }
      products = [found]
    }
    guard !analysis.suppression.isTotalHidden else { return Answer(proposals: [], notes: []) }
    let wanted = products
    let found = analysis.settings.workers.map(wanted.count) {
      let (found, leftOut) = search(wanted[$0], bundle: min(3, max(1, bundle)))
      return (found: worthTelling(found), leftOut: leftOut)
    }
    let ranked = Self.withBestOfEachSize(
      Self.ranked(found.flatMap(\.found), order), limit: limit)
    let told = proposals(ranked)
    var notes = zip(wanted, found).compactMap { product, one in
      one.leftOut > 0
        ? "\(model.products[product].label): bundles were tried of the most promising changes only; "
          + "\(one.leftOut) others were tried alone, so a better bundle with them is possible."
        : nil
    }
    if let note = untried(wanted) { notes.append(note) }
    return Answer(proposals: counted(told, ranked.map(levels), order), notes: notes)
  }

  /// Products that the asker can change.
  private var ownProducts: [Int] {
    analysis.model.products.indices.filter { analysis.model.products[$0].isOwn }
  }

  /// How many changes there are to try, of all products of the asker's own.
  var candidateCount: Int { ownProducts.reduce(0) { $0 + candidates($1).count } }

  private func levels(_ found: Found) -> (product: Int, levels: [Double]) {
    (found.product, analysis.model.levels(of: found.product, with: found.changes))
  }

  /// The best proposals of every product, so that one that gains from everything hides no other.
  ///
  /// - Parameters:
  ///   - each: Most proposals of one product.
  ///   - limit: Most proposals in all.
  /// - Returns: Proposals that gain something: by gain, and those with a cost by gain per cost.
  func best(each: Int, limit: Int) -> (byGain: [Proposal], byGainPerCost: [Proposal]) {
    guard !analysis.suppression.isTotalHidden else { return ([], []) }
    let own = ownProducts
    let found = analysis.settings.workers.map(own.count) { place in
      let worth = worthTelling(search(own[place], bundle: 3).found)
      return Order.allCases.map { order in
        Self.withBestOfEachSize(Self.ranked(worth, order), limit: each)
      }
    }
    let lists = Order.allCases.indices.map { order in
      Array(Self.ranked(found.flatMap { $0[order] }, Order.allCases[order]).prefix(limit))
    }
    let told = proposals(lists.flatMap { $0 })
    let split = lists[0].count
    return (
      counted(Array(told[..<split]), lists[0].map(levels), .gain),
      counted(Array(told[split...]), lists[1].map(levels), .gainPerCost)
    )
  }

  /// The best one, two and three changes, then the next best, in their order.
  private static func withBestOfEachSize(_ ranked: [Found], limit: Int) -> [Found] {
    let sizes = (1...3).compactMap { size in
      ranked.firstIndex { $0.parts.count == size }
    }
    let rest = ranked.indices.filter { !sizes.contains($0) }
    return (sizes.sorted() + rest).prefix(limit).sorted().map { ranked[$0] }
  }

  /// Those that gain something, best first; of equal ones the smaller.
  private static func ranked(_ found: [Found], _ order: Order) -> [Found] {
    found.filter { $0.gain > 1e-9 && (order == .gain || $0.cost != nil) }
      .enumerated().sorted { left, right in
        let (one, two) = (left.element.key(order), right.element.key(order))
        if one != two { return one > two }
        if left.element.gain != right.element.gain { return left.element.gain > right.element.gain }
        let sizes = (left.element.changes.count, right.element.changes.count)
        return sizes.0 != sizes.1 ? sizes.0 < sizes.1 : left.offset < right.offset
      }.map(\.element)
  }

  /// A candidate or a bundle with its gain over everybody.
  struct Found: Sendable {
    let product: Int
    let name: String
    let changes: [FitEdit.Change]
    let cost: Double?
    /// What each part gains alone, and the changes of each part.
    let parts: [Double]
    let gain: Double

    var perCost: Double? { cost.flatMap { $0 > 0 ? gain / $0 : nil } }

    /// What costs nothing, or saves, comes before all that costs something.
    func key(_ order: Order) -> Double {
      order == .gain ? gain : perCost ?? .infinity
    }
  }

  /// What changes bring, with their errors.
  func proposals(_ found: [Found]) -> [Proposal] {
    guard !found.isEmpty else { return [] }
    let fit = analysis.scorer.scores(found.map { levels($0).levels }).fit
    let improvements = analysis.improvements(
      found.enumerated().map { place, one in
        EditedFit(
          edit: FitEdit(
            name: one.name, label: one.name, product: one.product, changes: one.changes,
            cost: one.cost), fit: Array(fit.row(place)))
      })
    return zip(found, improvements).map { one, improvement in
      var alone = 0.0
      for part in one.parts { alone += part }
      return Proposal(
        improvement: improvement, single: one.parts, interaction: one.gain - alone,
        gainPerCost: one.perCost)
    }
  }

  /// All that is worth a look, and how many changes were left out of bundles.
  private func search(_ product: Int, bundle: Int) -> (found: [Found], leftOut: Int) {
    let candidates = candidates(product)
    var table = ChangeGains(analysis, product: product)
    let gains = candidates.map { table.gain($0.changes) }
    let singles = candidates.indices.map { index in
      Found(
        product: product, name: candidates[index].name, changes: candidates[index].changes,
        cost: candidates[index].cost, parts: [gains[index]], gain: gains[index])
    }
    guard bundle > 1, singles.count > 1 else { return (singles, 0) }
    let free = undominated(singles, product, table)
    let pool = promising(free, product, bundle: bundle)
    var found = singles
    var kept: [Int: [(gain: Double, perCost: Double, set: [Int])]] = [:]
    func tell(_ set: [Int]) {
      let gain = table.gain(set.flatMap { pool[$0].changes })
      let costs = set.compactMap { pool[$0].cost }
      let cost = costs.reduce(0, +)
      let perCost = costs.count < set.count ? -.infinity : cost > 0 ? gain / cost : .infinity
      kept[set.count, default: []].append((gain, perCost, set))
      // Only the best of each size may be told.
      if kept[set.count, default: []].count > 4 * Self.kept { prune(set.count) }
    }
    func prune(_ size: Int) {
      let sets = kept[size, default: []]
      func best(_ value: (Int) -> Double) -> ArraySlice<Int> {
        sets.indices.sorted { (value($1), $0) < (value($0), $1) }.prefix(Self.kept)
      }
      let left = Set(best { sets[$0].gain } + best { sets[$0].perCost })
      kept[size] = left.sorted().map { sets[$0] }
    }
    for one in pool.indices {
      for two in pool.indices where two > one && areApart(pool[one], pool[two]) {
        tell([one, two])
        guard bundle > 2 else { continue }
        for three in pool.indices
        where three > two && areApart(pool[one], pool[three]) && areApart(pool[two], pool[three]) {
          tell([one, two, three])
        }
      }
    }
    for size in [2, 3] {
      prune(size)
      for (gain, _, set) in kept[size, default: []] {
        let members = set.map { pool[$0] }
        let costs = members.compactMap(\.cost)
        found.append(
          Found(
            product: product,
            name: members.map(\.name).filter { !$0.isEmpty }.joined(separator: " + "),
            changes: members.flatMap(\.changes),
            cost: costs.count == members.count ? costs.reduce(0, +) : nil,
            parts: members.map(\.gain), gain: gain))
      }
    }
    return (found, free.count - pool.count)
  }

  /// Bundles of one size that are kept while all are tried.
  private static let kept = 400

  /// Leaves out what a smaller proposal does as well, and the same change told twice.
  ///
  /// A bundle must gain more than any single change or bundle within it. Of equal changes the one
  /// with a cost stays, else the bundle, which shows what its parts gain alone. Of levels of the same
  /// features that gain and cost the same, those nearest to today's stay.
  private func worthTelling(_ found: [Found]) -> [Found] {
    let found = nearest(found)
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

  func areApart(_ one: Found, _ two: Found) -> Bool {
    !one.changes.contains { change in two.changes.contains { $0.feature == change.feature } }
  }
}
