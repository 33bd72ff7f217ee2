import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// A fit in plain text, for a terminal.
enum FitTable {
  /// Fit by segment and product with intervals, then the mismatches.
  ///
  /// - Parameter fit: The fit.
  /// - Returns: Lines for a terminal.
  static func text(_ fit: FitResult) -> String {
    var lines = grid(fit)
    lines.append("")
    lines.append(
      fit.mismatches.isEmpty
        ? fit.noMismatch + "."
        : "Mismatches:")
    lines += fit.mismatches.map { "  \($0.sentence)" }
    return lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n")
  }

  /// Fit by segment and product, with 95% intervals in brackets.
  ///
  /// Of many products each has a line of its own, without intervals, so that lines stay short.
  ///
  /// - Parameter fit: The fit.
  /// - Returns: A line a segment, or a line a product, below the header.
  static func grid(_ fit: FitResult) -> [String] {
    let numbers = NumberStyle.english
    guard fit.products.count <= mostAcross else { return productLines(fit, numbers) }
    return TextTableLayout.lines(
      header: ["segment"] + fit.products.map { DisplayText.escaped($0.label, limit: mostLetters) },
      rows: fit.segments.map { segment in
        [DisplayText.escaped(segment.display, limit: mostLetters)]
          + fit.products.map { product in
            guard let cell = fit.cell(segment: segment.id, product: product.name),
              let value = cell.fit
            else { return "too few" }
            if let range = cell.unknownRange {
              return "\(numbers.interval(range.low, range.high)) (unknown)"
            }
            let isExact = numbers.number(cell.low) == numbers.number(cell.high)
            return numbers.number(value)
              + (isExact ? "" : " (\(numbers.interval(cell.low, cell.high)))")
          }
      })
  }

  /// What stands above the grid.
  static func caption(_ fit: FitResult) -> String {
    fit.products.count <= mostAcross
      ? "Fit of each product, with its 95% interval"
      : "Fit of each product (intervals are in the report)"
  }

  private static func productLines(_ fit: FitResult, _ numbers: NumberStyle) -> [String] {
    TextTableLayout.lines(
      header: ["product"] + fit.segments.map { DisplayText.escaped($0.id, limit: 12) },
      rows: fit.products.map { product in
        [DisplayText.escaped(product.label, limit: mostLetters)]
          + fit.segments.map { segment in
            fit.cell(segment: segment.id, product: product.name).flatMap { cell in
              cell.unknownRange.map { numbers.interval($0.low, $0.high) }
                ?? cell.fit.map { numbers.number($0) }
            } ?? "-"
          }
      })
  }

  /// Products that stand side by side.
  private static let mostAcross = 8
  /// Letters of a name that a column has room for.
  private static let mostLetters = 32
}
