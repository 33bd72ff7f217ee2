import TesseraDesign
import TesseraMath

/// Which columns of a sampler hold the numbers of one product.
struct PricingPlan: Sendable {
  let trial: PriceTrial
  /// For each spoken price the columns of acceptance and share.
  private(set) var acceptance: [Int] = []
  private(set) var share: [Int] = []
  /// For each audience the means of fit, first choice, and shares 5% below and above: spoken prices.
  let means: [Means]
  /// By position of a spoken price the columns of the shares 5% below and above it.
  private(set) var arcs: [Int: (below: Int, above: Int)] = [:]
  /// What other questions say: by position among all prices the column.
  private(set) var asked: [(demand: AskedDemand, columns: [(price: Int, row: Int)])] = []

  /// Means that need no interval.
  struct Means: Sendable {
    let fit: [Double]
    let first: [Double]
    let below: [Double]
    let above: [Double]
    let share: [Double]
  }

  /// Columns and groups as they are collected.
  struct Columns {
    var groups: [[Bool]]
    var columns: [(group: Int, values: [Double])] = []

    /// Adds a column and says where it stands.
    mutating func add(_ values: some Sequence<Double>, group: Int = 0) -> Int {
      columns.append((group, Array(values)))
      return columns.count - 1
    }

    /// The position of a group of people, added if it is new.
    mutating func group(_ isUsed: [Bool]) -> Int {
      if let known = groups.firstIndex(of: isUsed) { return known }
      groups.append(isUsed)
      return groups.count - 1
    }
  }

  /// Collects the columns of a product.
  init(_ trial: PriceTrial, _ analysis: FitAnalysis, into all: inout Columns) {
    self.trial = trial
    func audiences(_ matrix: Matrix) -> [[Double]] {
      let (wide, narrow) = (
        analysis.population.means(matrix), analysis.estimator.means(matrix)
      )
      return (0...analysis.segments).map { place in
        place == 0 ? wide.column(0) : narrow.column(place - 1)
      }
    }
    let all5 = [trial.fit, trial.first, trial.below, trial.above, trial.share].map(audiences)
    means = (0...analysis.segments).map { place in
      Means(
        fit: all5[0][place], first: all5[1][place], below: all5[2][place], above: all5[3][place],
        share: all5[4][place])
    }
    for place in trial.spoken.indices {
      acceptance.append(all.add(trial.acceptance.row(place)))
      share.append(all.add(trial.share.row(place)))
    }
    // Elasticities are told with an interval where somebody may stand: now, and at the best prices.
    var wanted = Set(
      ProductPricing.Aim.allCases.flatMap { aim in
        (0...analysis.segments).compactMap { best(aim, $0) }
      })
    if let now = trial.spoken.firstIndex(where: { trial.prices[$0] == trial.present }) {
      wanted.insert(now)
    }
    for place in wanted.sorted() where trial.hasArc[place] {
      let below = all.add(trial.below.row(place))
      arcs[place] = (below, all.add(trial.above.row(place)))
    }
    for demand in trial.asked {
      let group = all.group(demand.isUsed)
      var columns: [(price: Int, row: Int)] = []
      for price in trial.prices.indices {
        guard let values = demand(trial.prices[price]) else { continue }
        columns.append((price, all.add(values, group: group)))
      }
      asked.append((demand, columns))
    }
  }

  /// What a piece leaves at a spoken price; `nil` for profit without a cost.
  func margin(_ aim: ProductPricing.Aim, _ price: Double) -> Double? {
    switch aim {
    case .revenue: price
    case .profit: trial.cost.map { price - $0 }
    }
  }

  /// The position of the spoken price that brings most, the lowest of several.
  func best(_ aim: ProductPricing.Aim, _ place: Int) -> Int? {
    let values = trial.spoken.indices.compactMap { position in
      margin(aim, trial.prices[trial.spoken[position]]).map { $0 * means[place].share[position] }
    }
    return Self.top(values)
  }

  /// The first of the largest; `nil` without any, or where none is a number.
  static func top(_ values: [Double]) -> Int? {
    guard var best = values.firstIndex(where: \.isFinite) else { return nil }
    for place in values.indices
    where values[place] > values[best] + 1e-12 * max(1, abs(values[best])) { best = place }
    return best
  }
}
