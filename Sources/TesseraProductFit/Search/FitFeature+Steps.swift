import Foundation
import TesseraStudy

extension FitFeature {
  /// The levels one step below and above a level, within the range that the value tells apart.
  ///
  /// A step is the next named level or knot; whole numbers go by ones where the range is at most
  /// 10; otherwise a tenth of the range, rounded to 1, 2 or 5 times a power of ten; for a price
  /// against income a tenth of the price.
  ///
  /// - Parameters:
  ///   - level: The level now, not NaN.
  ///   - catalogue: The products' levels; NaN is unknown.
  /// - Returns: None to two levels other than the present one.
  func steps(from level: Double, catalogue: [Double]) -> [Double] {
    switch value {
    case .levels(let levels):
      return [level - 1, level + 1].filter { $0 >= 0 && Int($0) < levels.count }
    case .burden:
      return level > 0 ? [0.9 * level, 1.1 * level] : []
    case .rate(_, let scale):
      let step = Self.roundStep(scale / 2)
      return [level - step, level + step]
    case .knots(let knots):
      let below = knots.last { $0.level < level }.map(\.level)
      let above = knots.first { $0.level > level }.map(\.level)
      return [below, above].compactMap { $0 }
    case .linear, .target, .threshold:
      guard let range else { return [] }
      let width = range.upperBound - range.lowerBound
      let isWhole =
        catalogue.allSatisfy { $0.isNaN || $0 == $0.rounded() }
        && range.lowerBound == range.lowerBound.rounded()
        && range.upperBound == range.upperBound.rounded()
      let step = isWhole && width <= 10 ? 1 : Self.roundStep(width / 10)
      guard step > 0 else { return [] }
      return [level - step, level + step].map {
        min(max($0, min(range.lowerBound, level)), max(range.upperBound, level))
      }.filter { $0 != level }
    }
  }

  static func roundStep(_ raw: Double) -> Double {
    guard raw > 0, raw.isFinite else { return 0 }
    let power = pow(10, floor(log10(raw)))
    let digit = raw / power
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10)
  }
}
