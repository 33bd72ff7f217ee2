import Foundation

/// The report's colours: safe for colour-blind readers, and legible in print.
///
/// Segments take colours after Okabe and Ito without their blues, which amounts take, from pale to
/// strong, and whatever else is no segment; differences run from orange through grey to blue, never
/// from red to green.
///
/// - Reference: Okabe & Ito (2008), *Color Universal Design*.
public enum Palette {
  /// Colours of segments, by their position; repeats after eight.
  public static let segments = [
    "#D55E00", "#009E73", "#7A4B94", "#B8860B", "#CC79A7", "#6B4423", "#A8243F", "#6E8B2F",
  ]

  /// Colours of what is no segment, by position: shades of one blue, from strong to pale.
  ///
  /// - Parameter count: How many are told apart.
  /// - Returns: Colours such as `#0B4F8A`.
  public static func shades(_ count: Int) -> [String] {
    (0..<max(1, count)).map { sequential(1 - 0.8 * Double($0) / Double(max(1, count - 1))).fill }
  }

  /// The colour of a segment.
  ///
  /// - Parameter position: Position among the segments, from 0.
  /// - Returns: A colour such as `#0072B2`.
  public static func segment(_ position: Int) -> String {
    segments[position % segments.count]
  }

  /// A colour between pale and strong blue.
  ///
  /// - Parameter share: From 0, pale, to 1, strong; clamped.
  /// - Returns: The fill, and black or white for text upon it.
  public static func sequential(_ share: Double) -> (fill: String, ink: String) {
    blend([(0xF3, 0xF7, 0xFB), (0xB7, 0xD4, 0xEA), (0x4F, 0x9A, 0xCB), (0x0B, 0x4F, 0x8A)], share)
  }

  /// A colour between orange (−1), grey (0) and blue (1).
  ///
  /// - Parameter value: From −1 to 1; clamped.
  /// - Returns: The fill, and black or white for text upon it.
  public static func diverging(_ value: Double) -> (fill: String, ink: String) {
    blend(
      [
        (0xB3, 0x58, 0x06), (0xF5, 0xB8, 0x73), (0xF4, 0xF4, 0xF4), (0x8F, 0xBF, 0xE0),
        (0x0B, 0x4F, 0x8A),
      ], (value + 1) / 2)
  }

  private static func blend(
    _ stops: [(Double, Double, Double)], _ share: Double
  ) -> (fill: String, ink: String) {
    let place = min(1, max(0, share.isNaN ? 0 : share)) * Double(stops.count - 1)
    let lower = min(Int(place), stops.count - 2)
    let part = place - Double(lower)
    func mix(_ one: Double, _ other: Double) -> Double { one + (other - one) * part }
    let (a, b) = (stops[lower], stops[lower + 1])
    let (red, green, blue) = (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
    let fill = "#" + [red, green, blue].map { hexadecimal(Int($0.rounded())) }.joined()
    // Relative luminance as WCAG 2 defines it; whichever of black and white contrasts more: pure
    // black, since anything lighter falls below 4.5 where the two meet.
    func linear(_ channel: Double) -> Double {
      let value = channel / 255
      return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    return (fill, luminance > 0.179 ? "#000000" : "#FFFFFF")
  }

  private static func power(_ value: Double) -> Double {
    exp(2.4 * log(value))
  }

  private static func hexadecimal(_ value: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return text.count < 2 ? "0" + text : text
  }
}
