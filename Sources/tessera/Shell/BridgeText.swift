import TesseraReport
import TesseraStudy
import TesseraTyping

/// How far a bridge carries, in words for a terminal.
enum BridgeText {
  /// The lines.
  ///
  /// - Parameters:
  ///   - result: The bridge.
  ///   - file: Where the model was written.
  /// - Returns: Lines of text.
  static func lines(_ result: BridgeResult, file: String?) -> [String] {
    let numbers = NumberStyle.english
    let found = result.lines.filter(\.isFound)
    var lines: [String] = []
    if result.replicates == 0 {
      lines.append("Without replicates there are no intervals, and nothing is shown to be found.")
    } else if found.isEmpty {
      lines.append(
        "Cannot tell: these columns find no segment better than chance. Do not buy a campaign on "
          + "them.")
    } else {
      let best = found.max { ($0.topInterval?.low ?? 0) < ($1.topInterval?.low ?? 0) } ?? found[0]
      lines.append(
        "Among the likeliest tenth, \(best.segment.display) is found "
          + "\(numbers.number(best.lift[0], decimals: 1)) times as often as among everybody"
          + range(best.topInterval, numbers) + ".")
      let lost = result.lines.filter { !$0.isFound }.map(\.segment.display)
      if !lost.isEmpty {
        lines.append("These columns cannot tell: \(lost.joined(separator: ", ")).")
      }
    }
    lines.append(
      "Agreement with the survey's own typing: \(numbers.percent(result.agreement))"
        + (result.agreementInterval.map {
          " (\(numbers.percent($0.low)) to \(numbers.percent($0.high)))"
        } ?? "")
        + "; naming the largest segment for everybody: \(numbers.percent(result.largest)).")
    lines.append("")
    lines += table(result, numbers)
    lines += ["", "Lift by tenth of people, likeliest first:"]
    lines += result.lines.map { line in
      "  \(line.segment.display): "
        + line.lift.map { numbers.number($0, decimals: 1) }.joined(separator: "  ")
    }
    lines += [""] + notes(result, numbers)
    if let file { lines += ["", "Written: \(file)"] }
    return lines
  }

  private static func table(_ result: BridgeResult, _ numbers: NumberStyle) -> [String] {
    TextTableLayout.lines(
      header: [
        "segment", "share", "lift, top tenth", "95% interval", "gain per 100", "calibration",
      ],
      rows: result.lines.map { line in
        [
          line.segment.display, numbers.percent(line.segment.share),
          numbers.number(line.lift[0], decimals: 2),
          line.topInterval.map {
            "\(numbers.number($0.low, decimals: 2)) to \(numbers.number($0.high, decimals: 2))"
          } ?? "-",
          numbers.number(line.gain, decimals: 1)
            + (line.gainInterval.map {
              " (\(numbers.number($0.low, decimals: 1)) to \(numbers.number($0.high, decimals: 1)))"
            } ?? ""),
          line.slope.map { numbers.number($0, decimals: 2) } ?? "-",
        ]
      })
  }

  private static func notes(_ result: BridgeResult, _ numbers: NumberStyle) -> [String] {
    var notes = [
      "Gain per 100: members among 100 people of the likeliest tenth, less those among any 100.",
      "Calibration: 1 where predicted probabilities hold, under 1 where they are too extreme, over 1 where "
        + "they are not extreme enough.",
      "All figures are of people left out (\(result.folds) parts), \(numbers.number(Double(result.people))) "
        + "people; intervals from \(result.replicates) replicates of every step.",
    ]
    let off = result.lines.filter {
      ($0.slope.map { !(0.8...1.25).contains($0) } ?? false) && $0.isFound
    }
    if !off.isEmpty {
      notes.append(
        "Probabilities do not hold for \(off.map(\.segment.display).joined(separator: ", ")): rank "
          + "customers by them, and do not read them as shares.")
    }
    if result.leftOut > 0 {
      notes.append(
        "\(numbers.number(Double(result.leftOut))) people without an answer to a shared column are "
          + "left out; customers without one get no segment.")
    }
    return notes
  }

  private static func range(
    _ interval: (low: Double, high: Double)?, _ numbers: NumberStyle
  ) -> String {
    interval.map {
      " (\(numbers.number($0.low, decimals: 1)) to \(numbers.number($0.high, decimals: 1)))"
    } ?? ""
  }
}
