import TesseraFiles
import TesseraProductFit
import TesseraStudy

/// The results as tables in long form, for programs that read CSV.
enum LongTables {
  /// The files with their names.
  ///
  /// - Parameters:
  ///   - segmentation: The segments.
  ///   - profiles: Who they are.
  ///   - fit: How products fit them; `nil` without products.
  ///   - privacy: What is hidden; a last column says so where nothing is.
  /// - Returns: Names and bytes, in the order in which they are told.
  static func files(
    _ segmentation: SegmentationResult, _ profiles: ProfileResult, _ fit: FitResult?,
    privacy: Privacy
  ) -> [(name: String, bytes: [UInt8])] {
    var files = [
      ("segments.csv", segments(segmentation, profiles)), ("profiles.csv", answers(profiles)),
    ]
    if let fit, !fit.products.isEmpty { files.append(("fit.csv", cells(fit))) }
    return files.map { (name: $0.0, bytes: csv($0.1, privacy)) }
  }

  /// Rows, the heading first, as a file.
  private static func csv(_ rows: [[CSVWriter.Cell]], _ privacy: Privacy) -> [UInt8] {
    var writer = CSVWriter()
    for (place, row) in rows.enumerated() {
      let mark = place == 0 ? "privacy" : Privacy.none.rawValue
      writer.append(privacy == .none ? row + [.text(mark)] : row)
    }
    return writer.bytes
  }

  /// One row per segment.
  private static func segments(
    _ segmentation: SegmentationResult, _ profiles: ProfileResult
  ) -> [[CSVWriter.Cell]] {
    var rows: [[CSVWriter.Cell]] = []
    rows.append(
      ["segment", "name", "share", "share_low", "share_high", "respondents", "found_again"].map {
        .text($0)
      })
    for (place, segment) in profiles.segments.enumerated() {
      let found = segmentation.stability?.jaccard
      rows.append([
        .identifier(segment.id), .text(segment.name), .number(segment.share),
        number(segment.shareInterval?.low), number(segment.shareInterval?.high),
        .number(segment.respondents),
        number(found.flatMap { $0.indices.contains(place) ? $0[place] : nil }),
      ])
    }
    return rows
  }

  /// One row per segment and answer, or per segment and number.
  private static func answers(_ profiles: ProfileResult) -> [[CSVWriter.Cell]] {
    var rows: [[CSVWriter.Cell]] = []
    rows.append(
      [
        "segment", "variable", "label", "level", "role", "code", "answer", "share", "total_share",
        "index", "mean", "total_mean", "base", "small_base", "hidden",
      ].map { .text($0) })
    for segment in profiles.segments {
      for variable in segment.variables {
        let head: [CSVWriter.Cell] = [
          .identifier(segment.id), .text(variable.name), .text(variable.label),
          .text(variable.level), .text(variable.role.rawValue),
        ]
        let end: [CSVWriter.Cell] = [.number(variable.base), .text("\(variable.smallBase)")]
        for one in variable.categories {
          rows.append(
            head
              + [
                .text(one.code), .text(one.label), number(one.share), number(one.totalShare),
                number(one.index), .empty, .empty,
              ] + end + [one.hidden.map { .text($0.rawValue) } ?? .empty])
        }
        if variable.categories.isEmpty {
          rows.append(
            head
              + [
                .empty, .empty, .empty, .empty, .empty, number(variable.mean),
                number(variable.totalMean),
              ] + end + [.empty])
        }
      }
    }
    return rows
  }

  /// One row per segment and product.
  private static func cells(_ fit: FitResult) -> [[CSVWriter.Cell]] {
    var rows: [[CSVWriter.Cell]] = []
    rows.append(
      [
        "segment", "product", "label", "fit", "low", "high", "se", "fit_min", "fit_max",
        "acceptance", "quality", "may_be_first", "base",
      ].map { .text($0) })
    for cell in fit.cells {
      let first = fit.leaders(in: cell.segment).contains { $0.product == cell.product }
      rows.append([
        .identifier(cell.segment), .text(cell.product),
        .text(fit.products.first { $0.name == cell.product }?.label ?? cell.product),
        number(cell.fit), number(cell.low), number(cell.high), number(cell.se),
        number(cell.fitMin), number(cell.fitMax), number(cell.acceptance), number(cell.quality),
        .text("\(first)"), .number(cell.base),
      ])
    }
    return rows
  }

  private static func number(_ value: Double?) -> CSVWriter.Cell {
    value.map { .number($0) } ?? .empty
  }
}
