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
        ? "No product fails a segment by more than chance explains." : "Mismatches:")
    lines += fit.mismatches.map { "  \($0.sentence)" }
    return lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n")
  }

  /// Fit by segment and product, with 95% intervals in brackets.
  ///
  /// - Parameter fit: The fit.
  /// - Returns: A line a segment below the header.
  static func grid(_ fit: FitResult) -> [String] {
    let numbers = NumberStyle.english
    return TextTableLayout.lines(
      header: ["segment"] + fit.products.map(\.label),
      rows: fit.segments.map { segment in
        [segment.id == segment.name ? segment.name : "\(segment.id) \(segment.name)"]
          + fit.products.map { product in
            guard let cell = fit.cell(segment: segment.id, product: product.name),
              let value = cell.fit
            else { return "too few" }
            return "\(numbers.number(value)) (\(numbers.interval(cell.low, cell.high)))"
          }
      })
  }
}
