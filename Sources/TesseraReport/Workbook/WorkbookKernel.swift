import CXlsxWriter
import Foundation
import TesseraFiles

/// Turns a workbook into the bytes of an `.xlsx` file, through libxlsxwriter.
///
/// Text goes in as typed strings, so that no spreadsheet reads a label as a formula. The same
/// workbook gives the same bytes: the file carries no time of day.
@safe struct WorkbookKernel {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var formats: [WorkbookCell.Style: UnsafeMutablePointer<lxw_format>] = unsafe [:]
  private var failure = LXW_NO_ERROR

  /// The bytes of a workbook.
  ///
  /// - Parameter workbook: The workbook.
  /// - Returns: A zip archive in Office Open XML.
  /// - Throws: ``OutputError`` if no temporary file can be written.
  static func bytes(of workbook: Workbook) throws(OutputError) -> [UInt8] {
    try TemporaryFolder.with(for: "workbook.xlsx") { (folder) throws(OutputError) in
      let file = folder + "/workbook.xlsx"
      // Its own temporary files go with the folder.
      let opened = unsafe folder.withCString { folder -> UnsafeMutablePointer<lxw_workbook>? in
        var options = unsafe lxw_workbook_options()
        unsafe options.tmpdir = UnsafeMutablePointer(mutating: folder)
        return unsafe workbook_new_opt(file, &options)
      }
      guard let book = unsafe opened else {
        throw .cannotCreate(file: "workbook.xlsx", reason: "no temporary file can be made")
      }
      var kernel = unsafe WorkbookKernel(book: book)
      kernel.write(workbook)
      let status = unsafe workbook_close(book)
      guard status == LXW_NO_ERROR, kernel.failure == LXW_NO_ERROR,
        WorkbookCheck.isWhole(file), let data = FileManager.default.contents(atPath: file)
      else {
        throw .writeFailed(
          file: "workbook.xlsx",
          reason:
            "it could not be put together in the temporary folder \(folder), whose disk may be "
            + "full; TMPDIR names another")
      }
      return Array(data)
    }
  }

  private init(book: UnsafeMutablePointer<lxw_workbook>) {
    unsafe self.book = book
  }

  private mutating func note(_ status: lxw_error) {
    // Texts too long for a cell are cut before; what is left are faults of memory or numbers.
    if status != LXW_NO_ERROR { failure = status }
  }

  private mutating func write(_ workbook: Workbook) {
    let title = unsafe strdup(workbook.title.prefixed(200))
    let maker = unsafe strdup("Tessera")
    var properties = unsafe lxw_doc_properties()
    unsafe properties.title = title
    unsafe properties.comments = maker
    // 2000-01-01: the file tells nothing of when it was made, so that equal results are equal bytes.
    unsafe properties.created = 946_684_800
    unsafe note(workbook_set_properties(book, &properties))
    unsafe free(title)
    unsafe free(maker)
    for sheet in workbook.sheets {
      guard let target = unsafe workbook_add_worksheet(book, sheet.name) else {
        failure = LXW_ERROR_MEMORY_MALLOC_FAILED
        return
      }
      unsafe write(sheet, to: target)
    }
  }

  private mutating func write(
    _ sheet: WorkbookSheet, to target: UnsafeMutablePointer<lxw_worksheet>
  ) {
    for (column, width) in sheet.widths.enumerated() {
      let place = UInt16(column)
      unsafe note(worksheet_set_column(target, place, place, width, nil))
    }
    for (row, cells) in sheet.rows.enumerated() {
      // Heights are set, since not every program fits them to wrapped text when it opens a file.
      let lines = sheet.lines(inRow: row)
      if lines > 1 {
        unsafe note(worksheet_set_row(target, UInt32(row), 15 * Double(lines), nil))
      }
      if let note = sheet.wideNote(inRow: row) {
        let last = UInt16(sheet.widths.count - 1)
        unsafe self.note(
          worksheet_merge_range(
            target, UInt32(row), 0, UInt32(row), last, note.prefixed(32_000), format(.muted)))
        continue
      }
      var column = 0
      for cell in cells {
        unsafe write(cell, UInt32(row), UInt16(column), to: target)
        if case .span(_, let columns) = cell { column += columns } else { column += 1 }
      }
    }
    if sheet.frozenRows > 0 || sheet.frozenColumns > 0 {
      unsafe worksheet_freeze_panes(
        target, UInt32(sheet.frozenRows), UInt16(sheet.frozenColumns))
    }
    if sheet.isLocked { unsafe worksheet_protect(target, nil, nil) }
    if sheet.isHidden { unsafe worksheet_hide(target) }
    if sheet.isWide { unsafe worksheet_set_landscape(target) }
    unsafe worksheet_fit_to_pages(target, UInt16(sheet.pagesWide), sheet.isOnePage ? 1 : 0)
    if sheet.pagesWide > 1, sheet.frozenColumns > 0 {
      unsafe note(worksheet_repeat_columns(target, 0, UInt16(sheet.frozenColumns - 1)))
    }
    if let hidden = sheet.hiddenColumns {
      var options = lxw_row_col_options()
      options.hidden = 1
      unsafe note(
        worksheet_set_column_opt(
          target, UInt16(hidden.lowerBound), UInt16(hidden.upperBound), 14, nil, &options))
    }
    if sheet.frozenRows > 0, !sheet.isOnePage {
      unsafe note(worksheet_repeat_rows(target, 0, UInt32(sheet.frozenRows - 1)))
    }
    for choice in sheet.choices { unsafe write(choice, to: target) }
    for scale in sheet.scales { unsafe write(scale, to: target) }
    for chart in sheet.charts { unsafe write(chart, of: sheet.name, to: target) }
  }

  private mutating func write(
    _ cell: WorkbookCell, _ row: UInt32, _ column: UInt16,
    to target: UnsafeMutablePointer<lxw_worksheet>
  ) {
    switch cell {
    case .blank: break
    case .text(let text, let style):
      unsafe note(
        worksheet_write_string(target, row, column, text.prefixed(32_000), format(style)))
    case .span(let text, let columns):
      let last = column + UInt16(max(1, columns) - 1)
      unsafe note(
        last == column
          ? worksheet_write_string(
            target, row, column, text.prefixed(32_000), format(.groupHeader))
          : worksheet_merge_range(
            target, row, column, row, last, text.prefixed(32_000), format(.groupHeader)))
    case .link(let text, let sheet, let place):
      unsafe note(
        worksheet_write_url(target, row, column, "internal:'\(sheet)'!A\(place + 1)", nil))
      unsafe note(worksheet_write_string(target, row, column, text.prefixed(32_000), format(.link)))
    case .number(let value, let style):
      guard value.isFinite else { return }
      unsafe note(worksheet_write_number(target, row, column, value, format(style)))
    case .formula(let formula, let value, let style):
      unsafe note(
        worksheet_write_formula_num(
          target, row, column, "=" + formula, format(style), value.isFinite ? value : 0))
    case .words(let formula, let value, let style):
      unsafe note(
        worksheet_write_formula_str(
          target, row, column, "=" + formula, format(style), value.prefixed(250)))
    }
  }

  private mutating func format(
    _ style: WorkbookCell.Style
  ) -> UnsafeMutablePointer<lxw_format>? {
    if let known = unsafe formats[style] { return unsafe known }
    guard let format = unsafe workbook_add_format(book) else { return nil }
    unsafe dress(format, as: style)
    unsafe formats[style] = format
    return unsafe format
  }

  private mutating func write(
    _ choice: WorkbookSheet.Choice, to target: UnsafeMutablePointer<lxw_worksheet>
  ) {
    let source = unsafe strdup(choice.source)
    var validation = unsafe lxw_data_validation()
    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
    unsafe validation.value_formula = source
    unsafe note(
      worksheet_data_validation_cell(
        target, UInt32(choice.row), UInt16(choice.column), &validation))
    unsafe free(source)
  }

  private mutating func write(
    _ scale: WorkbookSheet.Scale, to target: UnsafeMutablePointer<lxw_worksheet>
  ) {
    var rule = unsafe lxw_conditional_format()
    let number = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
    unsafe rule.min_rule_type = number
    unsafe rule.max_rule_type = number
    switch scale.kind {
    case .sequential(let from, let to):
      unsafe rule.type = UInt8(LXW_CONDITIONAL_2_COLOR_SCALE.rawValue)
      unsafe rule.min_value = from
      unsafe rule.max_value = to
      unsafe rule.min_color = 0xF3F7FB
      // Pale enough that black figures stay readable on it.
      unsafe rule.max_color = 0x4F9ACB
    case .diverging(let reach):
      unsafe rule.type = UInt8(LXW_CONDITIONAL_3_COLOR_SCALE.rawValue)
      unsafe rule.mid_rule_type = number
      unsafe rule.min_value = -reach
      unsafe rule.mid_value = 0
      unsafe rule.max_value = reach
      unsafe rule.min_color = 0xF5B873
      unsafe rule.mid_color = 0xF4F4F4
      unsafe rule.max_color = 0x8FBFE0
    }
    unsafe note(
      worksheet_conditional_format_range(
        target, UInt32(scale.rows.lowerBound), UInt16(scale.columns.lowerBound),
        UInt32(scale.rows.upperBound), UInt16(scale.columns.upperBound), &rule))
  }

  private mutating func write(
    _ chart: WorkbookSheet.SheetChart, of sheet: String,
    to target: UnsafeMutablePointer<lxw_worksheet>
  ) {
    let type = chart.isHorizontal ? LXW_CHART_BAR : LXW_CHART_COLUMN
    guard let drawing = unsafe workbook_add_chart(book, UInt8(type.rawValue)) else {
      failure = LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    for (number, one) in chart.series.enumerated() {
      guard let series = unsafe chart_add_series(drawing, nil, nil) else { continue }
      let names = chart.categories
      unsafe chart_series_set_categories(
        series, sheet, UInt32(names.firstRow), UInt16(names.firstColumn), UInt32(names.lastRow),
        UInt16(names.lastColumn))
      let values = one.values
      unsafe chart_series_set_values(
        series, sheet, UInt32(values.firstRow), UInt16(values.firstColumn),
        UInt32(values.lastRow), UInt16(values.lastColumn))
      unsafe chart_series_set_name_range(
        series, sheet, UInt32(one.name.row), UInt16(one.name.column))
      var fill = lxw_chart_fill()
      let colour = chart.colours[number % max(1, chart.colours.count)]
      fill.color = UInt32(colour.dropFirst(), radix: 16) ?? 0
      unsafe chart_series_set_fill(series, &fill)
      if chart.series.count == 1, chart.colours.count > 1 {
        unsafe colourBars(of: series, chart.colours)
      }
    }
    if chart.series.count == 1 {
      unsafe chart_legend_set_position(drawing, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    }
    unsafe chart_title_set_name(drawing, chart.title.prefixed(200))
    // A bar chart's axes change places, names and all.
    if chart.isHorizontal {
      if let axis = unsafe drawing.pointee.x_axis {
        unsafe chart_axis_set_name(axis, chart.axis)
        unsafe chart_axis_set_min(axis, 0)
        unsafe chart_axis_set_num_format(axis, "0%")
      }
      if let axis = unsafe drawing.pointee.y_axis {
        unsafe chart_axis_set_reverse(axis)
        // Turned round, the first bar stands on top; the scale stays below and every bar has its name.
        unsafe chart_axis_set_crossing_max(axis)
        unsafe chart_axis_set_interval_unit(axis, 1)
      }
    } else if let axis = unsafe drawing.pointee.y_axis {
      unsafe chart_axis_set_name(axis, chart.axis)
      unsafe chart_axis_set_min(axis, 0)
    }
    var options = unsafe lxw_chart_options()
    unsafe options.x_scale = chart.width / 480
    unsafe options.y_scale = chart.height / 288
    unsafe note(
      worksheet_insert_chart_opt(
        target, UInt32(chart.row), UInt16(chart.column), drawing, &options))
  }
}
