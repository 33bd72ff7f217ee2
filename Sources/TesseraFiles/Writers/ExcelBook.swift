internal import CXlsxWriter
internal import Glibc
internal import TesseraSurvey

/// A workbook being written with libxlsxwriter.
@safe
final class ExcelBook {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var isOpen = true
  private let bold: UnsafeMutablePointer<lxw_format>?
  private let day: UnsafeMutablePointer<lxw_format>?
  private let moment: UnsafeMutablePointer<lxw_format>?
  private let clock: UnsafeMutablePointer<lxw_format>?
  private var styles: [FormCell.Style: UnsafeMutablePointer<lxw_format>] = unsafe [:]

  /// Starts a workbook.
  ///
  /// - Parameters:
  ///   - path: Where it is written when it is closed.
  ///   - folder: Where temporary files go.
  ///   - keepsRowsOnly: Whether only the current row is kept in memory.
  init?(path: String, folder: String, keepsRowsOnly: Bool) {
    let opened = unsafe folder.withCString { folder -> UnsafeMutablePointer<lxw_workbook>? in
      var options = unsafe lxw_workbook_options()
      unsafe options.constant_memory = keepsRowsOnly ? 1 : 0
      unsafe options.tmpdir = UnsafeMutablePointer(mutating: folder)
      return unsafe workbook_new_opt(path, &options)
    }
    guard let opened = unsafe opened else { return nil }
    unsafe book = opened
    // The date of writing would make two runs differ.
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = 946_684_800
    unsafe workbook_set_properties(opened, &properties)
    unsafe bold = workbook_add_format(opened)
    if let bold = unsafe bold { unsafe format_set_bold(bold) }
    func format(_ code: String) -> UnsafeMutablePointer<lxw_format>? {
      let format = unsafe workbook_add_format(opened)
      if let format = unsafe format { unsafe format_set_num_format(format, code) }
      return unsafe format
    }
    unsafe day = format("yyyy-mm-dd")
    unsafe moment = format("yyyy-mm-dd hh:mm:ss")
    unsafe clock = format("[hh]:mm:ss")
  }

  deinit { _ = close() }

  /// Adds a sheet.
  func addSheet(_ name: String) -> ExcelSheet {
    unsafe ExcelSheet(workbook_add_worksheet(book, name), self)
  }

  /// Writes the file; false if that fails.
  func close() -> Bool {
    guard isOpen else { return true }
    isOpen = false
    return unsafe workbook_close(book) == LXW_NO_ERROR
  }

  /// How cells of a form look.
  @unsafe
  fileprivate func format(_ style: FormCell.Style) -> UnsafeMutablePointer<lxw_format>? {
    if let known = unsafe styles[style] { return unsafe known }
    guard let format = unsafe workbook_add_format(book) else { return nil }
    unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    switch style {
    case .plain: unsafe format_set_num_format(format, "@")
    case .title:
      unsafe format_set_bold(format)
      unsafe format_set_font_size(format, 14)
    case .heading:
      unsafe format_set_bold(format)
      unsafe format_set_bg_color(format, 0xE6EEF5)
      unsafe format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .remark: unsafe format_set_font_color(format, 0x57606A)
    }
    unsafe styles[style] = format
    return unsafe format
  }

  @unsafe
  fileprivate func format(_ time: ValueFormat.Time?) -> UnsafeMutablePointer<lxw_format>? {
    switch time {
    case .day: unsafe day
    case .moment: unsafe moment
    case .clock: unsafe clock
    case nil: unsafe bold
    }
  }
}

/// A sheet being written; rows from the top down.
@safe
struct ExcelSheet {
  private let sheet: UnsafeMutablePointer<lxw_worksheet>?
  private let book: ExcelBook

  @unsafe
  fileprivate init(_ sheet: UnsafeMutablePointer<lxw_worksheet>?, _ book: ExcelBook) {
    unsafe self.sheet = sheet
    self.book = book
  }

  /// Keeps the first row in sight.
  func freeze() { unsafe worksheet_freeze_panes(sheet, 1, 0) }

  /// Writes a text, as a text.
  func write(_ text: String, _ row: Int, _ column: Int) {
    guard !text.isEmpty else { return }
    unsafe worksheet_write_string(
      sheet, lxw_row_t(row), lxw_col_t(column), ExcelText.encoded(text), nil)
  }

  /// Writes a heading.
  func write(header text: String, _ row: Int, _ column: Int) {
    unsafe worksheet_write_string(
      sheet, lxw_row_t(row), lxw_col_t(column), ExcelText.encoded(text), book.format(nil))
  }

  /// Writes a number.
  func write(_ number: Double, _ row: Int, _ column: Int) {
    guard number.isFinite else { return }
    unsafe worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), number, nil)
  }

  /// Writes a day or a time.
  func write(moment days: Double, _ time: ValueFormat.Time, _ row: Int, _ column: Int) {
    unsafe worksheet_write_number(
      sheet, lxw_row_t(row), lxw_col_t(column), days, book.format(time))
  }
  /// Writes a sheet of a form.
  func write(_ form: FormSheet) {
    for (column, width) in form.widths.enumerated() {
      let format = form.textColumns.contains(column) ? unsafe book.format(.plain) : nil
      unsafe worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width, format)
    }
    for (row, cells) in form.rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        switch cell {
        case .blank: break
        case .number(let number): write(number, row, column)
        case .text(let text, let style):
          guard !text.isEmpty else { continue }
          let kept = text.utf16.count > 32_000 ? String(text.prefix(16_000)) : text
          unsafe worksheet_write_string(
            sheet, lxw_row_t(row), lxw_col_t(column), ExcelText.encoded(kept), book.format(style))
        }
      }
    }
    if form.frozenRows > 0 { unsafe worksheet_freeze_panes(sheet, lxw_row_t(form.frozenRows), 1) }
    for choice in form.choices { write(choice) }
  }

  private func write(_ choice: FormChoice) {
    var validation = unsafe lxw_data_validation()
    // A drop-down offers; what is typed instead is judged when the study is read.
    unsafe validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
    func put() {
      unsafe worksheet_data_validation_range(
        sheet, lxw_row_t(choice.rows.lowerBound), lxw_col_t(choice.column),
        lxw_row_t(choice.rows.upperBound), lxw_col_t(choice.column), &validation)
    }
    switch choice.source {
    case .cells(let formula):
      unsafe formula.withCString { text in
        unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
        unsafe validation.value_formula = UnsafeMutablePointer(mutating: text)
        put()
      }
    case .words(let words):
      var texts: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
      defer {
        for place in unsafe texts.indices { unsafe free(texts[place]) }
      }
      unsafe texts.withUnsafeMutableBufferPointer { list in
        unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
        unsafe validation.value_list = list.baseAddress
        put()
      }
    }
  }
}
