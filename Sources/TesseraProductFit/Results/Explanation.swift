import TesseraStudy

/// Tells one cell in sentences: the fit, what it is made of, and where the rest of the 100 went.
public enum Explanation {
  /// Smallest loss told on a line of its own, in points.
  private static let smallest = 0.5

  /// The sentences for one segment and one product.
  ///
  /// - Parameters:
  ///   - result: A result.
  ///   - segment: The segment's id or name.
  ///   - product: The product's name or label.
  /// - Returns: Sentences in reading order; `nil` if there is no such cell.
  public static func sentences(
    _ result: FitResult, segment: String, product: String
  ) -> [String]? {
    guard
      let segment = result.segments.first(where: { $0.id == segment })
        ?? result.segments.first(where: { $0.name == segment }),
      let product = result.products.first(where: { $0.name == product })
        ?? result.products.first(where: { $0.label == product }),
      let cell = result.cell(segment: segment.id, product: product.name)
    else { return nil }
    guard let fit = cell.fit, let ledger = cell.ledger else {
      return [
        "\(product.label) for \(segment.display): hidden, because they are too few, or a smaller "
          + "segment would follow from them."
      ]
    }
    let isSmall = result.isSmall(segment.id)
    var lines = [opening(product, segment, cell, fit: fit)]
    if let low = cell.fitMin, let high = cell.fitMax, high - low >= 0.05 {
      lines.append(
        "Some of its features, or some incomes, are unknown: the fit may be anything from "
          + "\(points(low)) to \(points(high)).")
    }
    if let acceptance = cell.acceptance {
      if let quality = cell.quality {
        lines.append(
          capitalised(percentOrWords(acceptance, isSmall: isSmall))
            + " would accept it, and it is worth \(points(quality)) points among them"
            + (isSmall && acceptance >= 1
              ? "." : ": \(points(100 * acceptance))% × \(points(quality)) = \(points(fit))."))
      } else {
        lines.append("\(isSmall ? "Under 10%" : "Nobody") would accept it.")
      }
    }
    lines += account(result, product, ledger, fit: fit, isSmall: isSmall)
    return lines
  }

  private static func opening(
    _ product: ProductSummary, _ segment: Segment, _ cell: FitCell, fit: Double
  ) -> String {
    var line = "\(product.label) fits \(segment.display) by \(points(fit)) of 100 points"
    // An interval within what is unknown would promise too much.
    if cell.unknownRange == nil, let low = cell.low, let high = cell.high {
      line += " (95% interval \(points(low)) to \(points(high)))"
    }
    return line + "."
  }

  private static func account(
    _ result: FitResult, _ product: ProductSummary, _ ledger: Ledger, fit: Double,
    isSmall: Bool
  ) -> [String] {
    var lines: [(loss: Double, text: String)] = []
    var small = 0.0
    for need in ledger.needs {
      guard need.loss >= smallest else {
        small += need.loss
        continue
      }
      let label = result.needs.first { $0.name == need.need }?.label ?? need.need
      let features = need.features.filter { $0.loss >= smallest }.sorted { $0.loss > $1.loss }
      let parts = features.map { "\(described($0.feature, product, result)) \(points($0.loss))" }
      let detail = parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))"
      lines.append((need.loss, "\(points(need.loss)) points are lost to \(label)\(detail)."))
    }
    for barrier in ledger.barriers {
      guard barrier.loss >= smallest else {
        small += barrier.loss
        continue
      }
      let summary =
        result.barriers.first { $0.name == barrier.barrier }
        ?? BarrierSummary(name: barrier.barrier, label: barrier.barrier)
      lines.append(
        (
          barrier.loss,
          "\(points(barrier.loss)) points are lost because \(summary.label) "
            + "\(summary.effect(barrier, isSmall: isSmall))."
        ))
    }
    let ordered = lines.enumerated().sorted {
      $0.element.loss > $1.element.loss
        || ($0.element.loss == $1.element.loss && $0.offset < $1.offset)
    }
    var told = ordered.map(\.element.text)
    if small > 0.05 { told.append("\(points(small)) points are lost in smaller parts.") }
    var lost = small
    for line in lines { lost += line.loss }
    told.append(
      "Fit \(points(fit)) and losses \(points(lost)) make \(points(fit + lost)) points.")
    return told
  }

  /// A feature with the product's level: "seats (2)".
  private static func described(
    _ feature: String, _ product: ProductSummary, _ result: FitResult
  ) -> String {
    guard let number = result.features.firstIndex(where: { $0.name == feature }),
      product.levels.indices.contains(number)
    else { return feature }
    return "\(result.features[number].label) (\(product.levels[number] ?? "unknown"))"
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// Points with one decimal.
  static func points(_ value: Double) -> String {
    let tenths = Int((abs(value) * 10).rounded())
    let sign = value < 0 && tenths > 0 ? "-" : ""
    return "\(sign)\(tenths / 10).\(tenths % 10)"
  }
}
