import Foundation
import TesseraMath

/// Which indicators carry the segments, and which are answered alike in all of them.
///
/// An indicator that carries nothing is given one distribution for everybody, independent of the
/// rest; the model that splits the indicators into carriers and noise is judged by BIC over all of
/// them, so that models with different carriers can be compared.
///
/// - Reference: Marbac & Sedki (2017), *Statistics and Computing* 27, 1049-1063,
///   doi:10.1007/s11222-016-9670-1 (the R package VarSelLCM, where the sign is turned and halved).
public struct IndicatorSelection: Sendable, Equatable {
  /// Whether each indicator carries the segments, in the order of the table's items.
  public let carries: [Bool]
  /// BIC over all indicators of the model found; smaller is better.
  public let bic: Double
  /// BIC when every indicator may differ between the segments.
  public let fullBIC: Double
  /// What letting an indicator differ gains in BIC, all others as found; above 0 it carries.
  public let gains: [Double]
  /// Free parameters of the model found.
  public let parameters: Int
  /// The model of the carriers; `nil` if there is none, so that one segment is all there is.
  public let model: LatentClassModel?
  /// Likeliest class of each respondent by the carriers alone; all 0 without carriers.
  public let labels: [Int]
}

extension LatentClass {
  /// Sorts indicators into carriers and noise by BIC.
  ///
  /// Begins with all indicators, takes out those whose own gain is negative, and then moves the
  /// indicator that improves the criterion most, one at a time, until none does. Covariance blocks
  /// and direct effects play no part: every indicator stands for itself.
  ///
  /// - Parameters:
  ///   - fit: A fit of all items without blocks, direct effects or modelled gaps.
  ///   - table: The table it was fitted to.
  /// - Returns: The best split found.
  /// - Throws: ``SegmentationError`` if the fit and the table do not go together.
  /// - Complexity: O(moves · items) runs.
  public func selectIndicators(
    _ fit: LatentClassFit, of table: ItemTable
  ) throws(SegmentationError) -> IndicatorSelection {
    guard fit.model.items.count == table.items.count else {
      throw .count(of: "items", expected: fit.model.items.count, found: table.items.count)
    }
    var search = try IndicatorSearch(self, fit, table)
    try search.prune()
    while try search.move() {}
    return try search.result()
  }
}

/// The search over splits of the indicators.
private struct IndicatorSearch {
  /// A split with its fit.
  private struct State {
    var carries: [Bool]
    /// Over the carriers; absent without any.
    var model: LatentClassModel?
    var bic: Double
  }

  private let settings: LatentClass
  private let table: ItemTable
  private let classes: Int
  private let logSize: Double
  /// BIC of each item by itself, in one class.
  private let alone: [Double]
  /// Free parameters of each item in one class and in all of them.
  private let costs: [(one: Int, all: Int)]
  private let sizeParameters: Int
  private var state: State
  private let fullBIC: Double

  init(
    _ settings: LatentClass, _ fit: LatentClassFit, _ table: ItemTable
  ) throws(SegmentationError) {
    var plain = settings
    plain.blocks = []
    plain.directEffects = []
    plain.missing = .atRandom
    plain.progress = .silent
    plain.workers = .single
    self.settings = plain
    self.table = table
    classes = fit.segmentCount
    let size = table.weights.sampleSize(count: table.respondentCount)
    let logSize = log(size)
    self.logSize = logSize
    costs = table.items.map { $0.measurement.parameters(classes: fit.segmentCount) }
    let single = plain
    let items = table
    alone = try settings.workers.tryMap(table.items.count) { place throws(SegmentationError) in
      var one = single
      one.segments = 1
      one.starts = .fixed(1)
      let part = try items.selecting([place])
      let fitted = try one.fit(part)
      return -2 * fitted.logLikelihood
        + Double(items.items[place].measurement.parameters(classes: 1).all) * logSize
    }
    sizeParameters = (fit.segmentCount - 1) * (1 + (table.covariates?.columns ?? 0))
    fullBIC = fit.criteria.bic
    state = State(
      carries: [Bool](repeating: true, count: table.items.count), model: fit.model,
      bic: fit.criteria.bic)
  }

  private func penalty(_ carries: [Bool]) -> Double {
    let own = carries.indices.reduce(0) { $0 + (carries[$1] ? costs[$1].all : 0) }
    return Double(own + (carries.contains(true) ? sizeParameters : 0)) * logSize
  }

  private func noise(_ carries: [Bool]) -> Double {
    carries.indices.reduce(0) { $0 + (carries[$1] ? 0 : alone[$1]) }
  }

  /// The split with its fit, fitted from a model of the same carriers.
  private func state(
    _ carries: [Bool], from model: LatentClassModel, thorough: Bool = false
  ) throws(SegmentationError) -> State {
    let places = carries.indices.filter { carries[$0] }
    guard !places.isEmpty else {
      return State(carries: carries, model: nil, bic: noise(carries))
    }
    let part = try table.selecting(places)
    let data = try LatentClassData(part)
    let fitted = try model.refit(
      on: data, prior: settings.prior,
      until: ConvergenceRule(tolerance: thorough ? 1e-8 : 1e-7, iterations: 500))
    var best = (fitted.model, fitted.logLikelihood)
    if thorough {
      var fresh = settings
      fresh.segments = classes
      fresh.starts = .fixed(8)
      fresh.stream = settings.stream.split(91)
      let fitted = try fresh.fit(data)
      if fitted.logLikelihood > best.1 { best = (fitted.model, fitted.logLikelihood) }
    }
    return State(
      carries: carries, model: best.0, bic: -2 * best.1 + penalty(carries) + noise(carries))
  }

  /// Takes out at once all indicators that gain nothing where the classes stand.
  mutating func prune() throws(SegmentationError) {
    guard let model = state.model, classes > 1 else { return }
    for _ in 0..<10 {
      let gains = try changes()
      var kept = state.carries
      for place in kept.indices where kept[place] && gains[place].bic < state.bic {
        kept[place] = false
      }
      guard kept != state.carries, kept.contains(true) else { return }
      let places = state.carries.indices.filter { state.carries[$0] }
      let inside = places.indices.filter { kept[places[$0]] }
      let pruned = try state(kept, from: (state.model ?? model).selecting(inside))
      guard pruned.bic < state.bic else { return }
      state = pruned
    }
  }

  /// Makes the best single move; false if none improves.
  mutating func move() throws(SegmentationError) -> Bool {
    guard classes > 1 else { return false }
    let best = try changes().min { $0.bic < $1.bic }
    guard let best, best.bic < state.bic - 1e-6 else { return false }
    state = best
    return true
  }

  /// For each indicator the state after it changes sides.
  private func changes() throws(SegmentationError) -> [State] {
    let current = state
    let search = self
    return try settings.workers.tryMap(current.carries.count) {
      place throws(SegmentationError) in
      try search.flipped(place, of: current)
    }
  }

  private func flipped(_ place: Int, of current: State) throws(SegmentationError) -> State {
    var carries = current.carries
    carries[place].toggle()
    let before = current.carries.indices.filter { current.carries[$0] }
    guard let model = current.model else {
      // Nothing carries: one indicator alone cannot make classes.
      return State(carries: current.carries, model: nil, bic: current.bic)
    }
    if !carries[place] {
      let inside = before.indices.filter { before[$0] != place }
      guard !inside.isEmpty else {
        return State(carries: carries, model: nil, bic: noise(carries))
      }
      return try state(carries, from: model.selecting(inside))
    }
    let part = try table.selecting(before)
    let posterior = try model.posterior(of: part)
    let item = table.items[place]
    let added = ItemTally(item, weights: table.weights.effective(count: table.respondentCount))
      .model(posterior, prior: settings.prior)
    let position = before.firstIndex { $0 > place } ?? before.count
    var items = model.items
    items.insert(added, at: position)
    return try state(
      carries,
      from: LatentClassModel(
        prevalence: model.prevalence, items: items, membership: model.membership))
  }

  func result() throws(SegmentationError) -> IndicatorSelection {
    var final = state
    if let model = state.model, classes > 1 {
      let checked = try state(state.carries, from: model, thorough: true)
      if checked.bic < final.bic { final = checked }
    }
    // One segment may beat any split of the indicators.
    let none = [Bool](repeating: false, count: final.carries.count)
    if noise(none) < final.bic { final = State(carries: none, model: nil, bic: noise(none)) }
    let current = final
    let search = self
    let gains = try settings.workers.tryMap(current.carries.count) {
      place throws(SegmentationError) in
      let other = try search.flipped(place, of: current)
      return current.carries[place] ? other.bic - current.bic : current.bic - other.bic
    }
    let places = current.carries.indices.filter { current.carries[$0] }
    let labels: [Int]
    if let model = current.model {
      let posterior = try model.posterior(of: table.selecting(places))
      labels = (0..<posterior.rows).map { row in
        posterior.row(row).enumerated().max { ($0.element, -$0.offset) < ($1.element, -$1.offset) }?
          .offset ?? 0
      }
    } else {
      labels = [Int](repeating: 0, count: table.respondentCount)
    }
    let own = current.carries.indices.reduce(0) {
      $0 + (current.carries[$1] ? costs[$1].all : costs[$1].one)
    }
    return IndicatorSelection(
      carries: current.carries, bic: current.bic, fullBIC: fullBIC, gains: gains,
      parameters: own + (places.isEmpty ? 0 : sizeParameters), model: current.model, labels: labels)
  }
}

extension Item.Measurement {
  /// Free parameters of an item in one class, and in so many.
  func parameters(classes: Int) -> (one: Int, all: Int) {
    (family.freeParameters(classes: 1), family.freeParameters(classes: classes))
  }
}

extension ItemTable {
  /// The table of some items, in the order given.
  func selecting(_ places: [Int]) throws(SegmentationError) -> ItemTable {
    try ItemTable(
      respondentCount: respondentCount, items: places.map { items[$0] }, weights: weights,
      covariates: covariates)
  }
}

extension LatentClassModel {
  /// The model of some items, by position; blocks and direct effects are left out.
  func selecting(_ places: [Int]) -> LatentClassModel {
    LatentClassModel(
      prevalence: prevalence, items: places.map { items[$0] }, membership: membership)
  }
}
