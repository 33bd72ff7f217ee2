import TesseraStudy

extension ValueFunction {
  /// The function with one of its ends moved by a tenth of its range, each way.
  ///
  /// Named levels have no ends, only declared values, and stay.
  ///
  /// - Returns: What was moved from where to where, and the function after it.
  func moved() -> [(end: String, from: String, to: String, value: ValueFunction)] {
    func number(_ value: Double) -> String { FitFeature.number(value) }
    func both(
      _ name: String, _ now: Double, _ step: Double, _ make: (Double) -> ValueFunction
    ) -> [(end: String, from: String, to: String, value: ValueFunction)] {
      guard step > 0, step.isFinite else { return [] }
      return [now - step, now + step].map { (name, number(now), number($0), make($0)) }
    }
    switch self {
    case .linear(let from, let to):
      let step = abs(to - from) / 10
      return both("worst level", from, step) { .linear($0, to) }
        + both("best level", to, step) { .linear(from, $0) }
    case .target(let target, let tolerance):
      return both("target", target, tolerance / 10) { .target($0, tolerance: tolerance) }
        + both("tolerance", tolerance, tolerance / 10) { .target(target, tolerance: $0) }
    case .threshold(let from, let ramp):
      let step = (ramp > 0 ? ramp : abs(from)) / 10
      return both("threshold", from, step) { .threshold($0, ramp: ramp) }
        + both("ramp", ramp, ramp / 10) { .threshold(from, ramp: $0) }
    case .rate(let from, let scale):
      return both("start", from, scale / 10) { .rate(from: $0, scale: scale) }
        + both("scale", scale, scale / 10) { .rate(from: from, scale: $0) }
    case .knots(let knots):
      guard let first = knots.first, let last = knots.last, knots.count > 1 else { return [] }
      let step = (last.level - first.level) / 10
      func replaced(_ position: Int, _ level: Double) -> ValueFunction {
        var moved = knots
        moved[position] = Knot(level: level, value: knots[position].value)
        return .knots(moved.sorted { $0.level < $1.level })
      }
      return both("first knot", first.level, step) { replaced(0, $0) }
        + both("last knot", last.level, step) { replaced(knots.count - 1, $0) }
    case .levels: return []
    case .burden(let income, let fullAt, let zeroAt):
      let step = (zeroAt - fullAt) / 10
      return both("full value at a share of income", fullAt, step) {
        .burden(income: income, fullAt: $0, zeroAt: zeroAt)
      }
        + both("no value from a share of income", zeroAt, step) {
          .burden(income: income, fullAt: fullAt, zeroAt: $0)
        }
    }
  }
}

extension FitFeature {
  /// The same feature with another value.
  func replacing(value: ValueFunction) -> FitFeature {
    FitFeature(
      FeatureDeclaration(name: name, label: label, unit: unit, value: value),
      incomeLabel: incomeLabel.isEmpty ? nil : incomeLabel)
  }
}
