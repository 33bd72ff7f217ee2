import Foundation

/// An axis: where values stand, and round marks along it.
struct Axis {
  /// The marks, rising.
  let ticks: [Double]
  private let low: Double
  private let high: Double
  private let bottom: Double
  private let top: Double

  /// Makes an axis that holds some values.
  ///
  /// - Parameters:
  ///   - low: The least value.
  ///   - high: The greatest value.
  ///   - bottom: Where the least value stands, in pixels.
  ///   - top: Where the greatest value stands.
  init(low: Double, high: Double, from bottom: Double, to top: Double) {
    let spread = high > low ? high - low : max(1, abs(high) * 0.1)
    let step = Axis.step(for: spread / 4)
    self.low = (low / step).rounded(.down) * step
    self.high = max((high / step).rounded(.up) * step, self.low + step)
    self.bottom = bottom
    self.top = top
    let count = Int(((self.high - self.low) / step).rounded())
    let start = self.low
    ticks = (0...count).map { start + Double($0) * step }
  }

  /// Where a value stands, in pixels.
  func position(_ value: Double) -> Double {
    bottom + (top - bottom) * (value - low) / (high - low)
  }

  /// Decimals that tell the marks apart.
  var decimals: Int {
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
    return step >= 1 ? 0 : min(4, Int((-log10(step)).rounded(.up)))
  }

  /// Draws grid lines and marks of an upright axis.
  func draw(on canvas: inout SVGCanvas, left: Double, right: Double, numbers: NumberStyle) {
    for tick in ticks {
      let y = position(tick)
      canvas.line(left, y, right, y)
      canvas.label(
        numbers.number(tick, decimals: decimals), x: left - 8, y: y + 4, size: 11, anchor: .end,
        fill: SVGCanvas.soft)
    }
  }

  /// The round number (1, 2 or 5 times a power of ten) next above a rough step.
  private static func step(for rough: Double) -> Double {
    let power = pow(10, floor(log10(rough)))
    for factor in [1.0, 2, 5] where factor * power >= rough { return factor * power }
    return 10 * power
  }
}
