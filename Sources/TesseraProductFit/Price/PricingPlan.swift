import TesseraDesign
import TesseraMath

/// Which columns of a sampler hold the numbers of one product.
struct PricingPlan: Sendable {
  let trial: PriceTrial
  /// For each spoken price the columns of the share, and of the share by the other rule.
  private(set) var share: [Int] = []
  private(set) var other: [Int] = []
  /// By position of a spoken price that is told the columns of acceptance and fit.
  private(set) var acceptance: [Int: Int] = [:]
  private(set) var fit: [Int: Int] = [:]
  /// By position of a spoken price that is told the columns of what unknown levels leave open.
  private(set) var bounds: [Int: Bounds] = [:]
  /// By position of a spoken price the columns of the shares 5% below and above it.
  private(set) var arcs: [Int: (below: Int, above: Int)] = [:]
  /// Spoken prices whose elasticity is told with an interval: where somebody may stand.
  private(set) var isFirm: Set<Int> = []
  /// What other questions say: by position among all tried prices the column.
  private(set) var asked: [(demand: AskedDemand, columns: [(price: Int, row: Int)])] = []
  /// Audiences × spoken prices: mean shares.
  let means: [[Double]]

  /// Columns of the least and of the greatest.
  struct Bounds: Sendable {
    let fit: (low: Int, high: Int)
    let acceptance: (low: Int, high: Int)
    let share: (low: Int, high: Int)
  }

  /// Collects the columns of a product.
  init(
    _ trial: PriceTrial, _ analysis: FitAnalysis, _ market: MarketAnalysis,
    into all: inout AudienceSampler.Columns
  ) {
    self.trial = trial
    var quick = AudienceSampler.Columns(analysis)
    let rows = trial.spoken.indices.map { place in
      let base = trial.taking[place].map { quick.add($0, isDrawn: false) }
      return quick.add(trial.share[place], over: base, isDrawn: false)
    }
    let sampler = AudienceSampler(analysis, groupOf: market.groupOf, quick)
    means = (0...analysis.segments).map { place in rows.map { sampler.mean($0, place) } }
    let told = Set(trial.prices)
    var wanted: [Int] = []
    for place in trial.spoken.indices {
      let base = trial.taking[place].map { all.add($0) }
      share.append(all.add(trial.share[place], over: base))
      other.append(all.add(trial.other[place], over: base, isDrawn: false))
      guard told.contains(price(place)) else { continue }
      acceptance[place] = all.add(trial.acceptance.row(place))
      fit[place] = all.add(trial.fit.row(place), isDrawn: false)
      wanted.append(place)
      guard let open = trial.bounds else { continue }
      func add(_ table: (low: Matrix, high: Matrix)) -> (low: Int, high: Int) {
        (
          all.add(table.low.row(place), isDrawn: false),
          all.add(table.high.row(place), isDrawn: false)
        )
      }
      func taken(_ shares: [MarketColumn], _ taking: [MarketColumn?]) -> Int {
        let base = taking[place].map { all.add($0, isDrawn: false) }
        return all.add(shares[place], over: base, isDrawn: false)
      }
      bounds[place] = Bounds(
        fit: add(open.fit), acceptance: add(open.acceptance),
        share: (taken(open.share.low, open.taking.low), taken(open.share.high, open.taking.high)))
    }
    isFirm = Set(
      ProductPricing.Aim.allCases.flatMap { aim in
        (0...analysis.segments).compactMap { best(aim, $0) }
      } + trial.spoken.indices.filter { price($0) == trial.present })
    // How a share changes hangs on what is not known.
    if trial.bounds == nil { addArcs(Set(wanted).union(isFirm).sorted(), analysis, &all) }
    for demand in trial.asked {
      let base = all.base(demand.isUsed)
      var columns: [(price: Int, row: Int)] = []
      for price in trial.tried.indices {
        guard let values = demand(trial.tried[price]) else { continue }
        columns.append((price, all.add(values, over: base)))
      }
      asked.append((demand, columns))
    }
  }

  private mutating func addArcs(
    _ places: [Int], _ analysis: FitAnalysis, _ all: inout AudienceSampler.Columns
  ) {
    let ends = places.compactMap { place in
      trial.ends(of: price(place)).map { (place: place, prices: $0) }
    }
    guard let product = trial.product, let rivals = trial.rivals, !ends.isEmpty else { return }
    let fit = analysis.scorer.scores(analysis.levels(of: product, at: ends.flatMap(\.prices))).fit
    for (number, end) in ends.enumerated() {
      let columns = [2 * number, 2 * number + 1].map { row in
        let isDrawn = isFirm.contains(end.place)
        let base = rivals.taking(fit.row(row)).map { all.add($0, isDrawn: isDrawn) }
        return all.add(rivals.shares(fit.row(row)), over: base, isDrawn: isDrawn)
      }
      arcs[end.place] = (columns[0], columns[1])
    }
  }

  /// Whether the best price is sought among a spoken one.
  func isSought(_ place: Int) -> Bool { trial.sought.contains(price(place)) }

  /// A spoken price.
  func price(_ place: Int) -> Double { trial.tried[trial.spoken[place]] }

  /// What a piece leaves at a price; `nil` for profit without a cost.
  func margin(_ aim: ProductPricing.Aim, _ price: Double) -> Double? {
    switch aim {
    case .revenue: price
    case .profit: trial.cost.map { price - $0 }
    }
  }

  /// The position of the spoken price that brings most, the lowest of several.
  func best(_ aim: ProductPricing.Aim, _ place: Int) -> Int? {
    let sought = means[place].indices.filter(isSought)
    let values = sought.compactMap { position in
      margin(aim, price(position)).map { $0 * means[place][position] }
    }
    return Self.top(values).map { sought[$0] }
  }

  /// The first of the largest; `nil` without any, or where none is a number.
  static func top(_ values: [Double]) -> Int? {
    guard var best = values.firstIndex(where: \.isFinite) else { return nil }
    for place in values.indices
    where values[place] > values[best] + 1e-12 * max(1, abs(values[best])) { best = place }
    return best
  }
}
