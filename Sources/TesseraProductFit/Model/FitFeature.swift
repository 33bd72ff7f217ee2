import Foundation
package import TesseraStudy

/// A feature, checked, with what its levels are worth.
///
/// A level is a number: in the feature's unit, or the position of a named level from 0; NaN is
/// unknown.
package struct FitFeature: Sendable, Equatable {
  package let name: String
  package let label: String
  package let unit: String
  package let value: ValueFunction

  /// The names of its levels from worst to best as listed; empty for numbers.
  package let levelNames: [String]

  /// What readers call the income that a burden is measured against; empty for other values.
  package let incomeLabel: String

  /// Levels that a search may try, where the study says so.
  let declaredRange: [Double]?
  /// What levels cost, ascending by level; empty if not said.
  let costs: [(level: Double, cost: Double)]
  /// What one unit more costs; `nil` if not said.
  let costPerUnit: Double?

  package static func == (one: FitFeature, other: FitFeature) -> Bool {
    one.name == other.name && one.label == other.label && one.unit == other.unit
      && one.value == other.value && one.incomeLabel == other.incomeLabel
      && one.declaredRange == other.declaredRange
      && one.costs.map(\.level) == other.costs.map(\.level)
      && one.costs.map(\.cost) == other.costs.map(\.cost)
      && one.costPerUnit == other.costPerUnit
  }

  package init(_ declaration: FeatureDeclaration, incomeLabel: String? = nil) {
    name = declaration.name
    label = declaration.label
    unit = declaration.unit
    value = declaration.value
    if case .burden(let income, _, _) = declaration.value {
      self.incomeLabel = incomeLabel ?? income
    } else {
      self.incomeLabel = ""
    }
    if case .levels(let levels) = declaration.value {
      levelNames = levels.map(\.name)
    } else {
      levelNames = []
    }
    let names = levelNames
    declaredRange = declaration.range?.levels
    costPerUnit = declaration.costPerUnit
    costs = declaration.costs.compactMap { one in
      let level =
        names.isEmpty ? Double(one.level) : names.firstIndex(of: one.level).map(Double.init)
      return level.map { ($0, one.cost) }
    }.sorted { $0.level < $1.level }
  }

  /// Whether the study says what its levels cost.
  var tellsCosts: Bool { !costs.isEmpty || costPerUnit != nil }

  /// What it costs to have one level in place of another: numbers between those listed by straight
  /// lines; `nil` where one is not listed, nor between listed ones.
  func cost(from level: Double, to other: Double) -> Double? {
    if let costPerUnit {
      let change = costPerUnit * (other - level)
      return change.isFinite ? change : nil
    }
    guard let before = cost(level), let after = cost(other) else { return nil }
    return after - before
  }

  private func cost(_ level: Double) -> Double? {
    if let exact = costs.first(where: { $0.level == level }) { return exact.cost }
    guard levelNames.isEmpty else { return nil }
    for (left, right) in zip(costs, costs.dropFirst())
    where left.level < level && level < right.level {
      let share = (level - left.level) / (right.level - left.level)
      return left.cost + share * (right.cost - left.cost)
    }
    return nil
  }

  /// Whether what a level is worth depends on the respondent's income.
  package var isBurden: Bool {
    if case .burden = value { true } else { false }
  }

  /// The position of a named level; letter case matters only between two levels.
  package func position(ofLevel name: String) -> Int? {
    levelNames.firstIndex { $0.utf8.elementsEqual(name.utf8) }
      ?? levelNames.firstIndex { $0.lowercased() == name.lowercased() }
  }

  /// What a level is worth, 0 to 1.
  ///
  /// - Parameters:
  ///   - level: A level; not NaN.
  ///   - income: The respondent's income; looked at for a burden only.
  /// - Returns: 0 to 1; NaN for a burden on an income that is unknown.
  package func worth(_ level: Double, income: Double = .nan) -> Double {
    switch value {
    case .linear(let from, let to): clamp((level - from) / (to - from))
    case .target(let target, let tolerance): max(0, 1 - abs(level - target) / tolerance)
    case .threshold(let from, let ramp):
      ramp > 0 ? clamp((level - from) / ramp) : level >= from ? 1 : 0
    case .knots(let knots): Self.interpolated(knots, at: level)
    case .rate(let from, let scale): level > from ? 1 - exp(-(level - from) / scale) : 0
    case .levels(let levels):
      levels.indices.contains(Int(level)) ? levels[Int(level)].value : .nan
    case .burden(_, let fullAt, let zeroAt):
      income.isNaN
        ? .nan
        : income > 0 ? clamp((zeroAt - level / income) / (zeroAt - fullAt)) : level > 0 ? 0 : 1
    }
  }

  private func clamp(_ value: Double) -> Double { min(1, max(0, value)) }

  private static func interpolated(_ knots: [ValueFunction.Knot], at level: Double) -> Double {
    guard let first = knots.first, let last = knots.last else { return .nan }
    if level <= first.level { return first.value }
    if level >= last.level { return last.value }
    for (left, right) in zip(knots, knots.dropFirst()) where level <= right.level {
      let share = (level - left.level) / (right.level - left.level)
      return left.value + share * (right.value - left.value)
    }
    return last.value
  }

  /// The ends of the levels that its value tells apart; `nil` where it has names or no ends.
  package var range: ClosedRange<Double>? {
    switch value {
    case .linear(let from, let to): min(from, to)...max(from, to)
    case .knots(let knots):
      knots.first.flatMap { first in knots.last.map { first.level...max(first.level, $0.level) } }
    case .target(let target, let tolerance): target - tolerance...target + tolerance
    case .threshold(let from, let ramp): from...from + max(0, ramp)
    case .rate, .levels, .burden: nil
    }
  }

  /// A level as a reader sees it, with its unit.
  package func text(_ level: Double) -> String {
    if level.isNaN { return "unknown" }
    if !levelNames.isEmpty {
      return levelNames.indices.contains(Int(level)) ? levelNames[Int(level)] : "unknown"
    }
    let number = Self.number(level)
    return unit.isEmpty ? number : "\(number) \(unit)"
  }

  /// A level as a study file writes it.
  package func written(_ level: Double) -> String {
    levelNames.isEmpty ? Self.number(level) : text(level)
  }

  /// A number without a needless fraction, at most six significant digits behind the point.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    let digits = 1e6
    let rounded = (value * digits).rounded() / digits
    return "\(rounded)"
  }
}
