import TesseraProductFit

/// What is too long for a page, whole.
extension WorkbookFitSheets {
  /// Every mismatch with its sentence.
  func mismatches(named name: String) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [
      [.text("Every mismatch, largest losses first", .title)],
      ["Segment", "Product", "What is wrong"].map { .text($0, .header) }
        + ["Share affected", "Points"].map { .text($0, .numberHeader) },
    ]
    for one in fit.mismatches {
      sheet.rows.append([
        .text(names.segment(one.segment), .strong), .text(names.product(one.product)),
        .text(numbers.amounts(in: one.sentence)),
        one.shareAffected.map { .number($0, .percent(0)) } ?? .blank,
        .number(one.points, .number(1)),
      ])
    }
    sheet.widths = [28, 26, 90, 14, 10]
    sheet.frozenRows = 2
    sheet.frozenColumns = 2
    sheet.isWide = true
    return sheet
  }

  /// Every pair of products that was compared.
  func contrasts(named name: String) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name)
    sheet.rows = [
      [.text("One product against another", .title)],
      ["Segment", "Product", "Against"].map { .text($0, .header) }
        + ["Difference", "Low", "High", "Confidence it is ahead", "People for whom it is"].map {
          .text($0, .numberHeader)
        },
    ]
    func cell(_ value: Double?, _ style: WorkbookCell.Style) -> WorkbookCell {
      value.map { $0.isFinite ? .number($0, style) : .blank } ?? .blank
    }
    for one in fit.contrasts {
      sheet.rows.append([
        .text(names.segment(one.segment), .strong), .text(names.product(one.product)),
        .text(names.product(one.versus)), cell(one.difference, .number(1)),
        cell(one.low, .number(1)), cell(one.high, .number(1)), cell(one.confidence, .percent(1)),
        cell(one.superiority, .percent(0)),
      ])
    }
    sheet.widths = [28, 26, 26, 12, 10, 10, 16, 16]
    sheet.frozenRows = 2
    sheet.frozenColumns = 2
    sheet.isWide = true
    return sheet
  }
}
