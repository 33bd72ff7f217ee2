import CXlsxWriter

/// Makes a format look as a style says.
func dress(_ format: UnsafeMutablePointer<lxw_format>, as style: WorkbookCell.Style) {
  unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
  switch style {
  case .title:
    unsafe format_set_bold(format)
    unsafe format_set_font_size(format, 14)
  case .header, .numberHeader, .groupHeader:
    unsafe format_set_bold(format)
    if style == .groupHeader {
      unsafe format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
      unsafe format_set_left(format, UInt8(LXW_BORDER_THIN.rawValue))
    }
    if style == .numberHeader { unsafe alignRight(format) }
    unsafe format_set_text_wrap(format)
    unsafe format_set_bg_color(format, 0xE6EEF5)
    unsafe format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
  case .text: unsafe format_set_text_wrap(format)
  case .figures: unsafe alignRight(format)
  case .strong:
    unsafe format_set_bold(format)
    unsafe format_set_text_wrap(format)
  case .muted:
    unsafe format_set_font_color(format, 0x57606A)
    unsafe format_set_text_wrap(format)
  case .letters:
    unsafe alignRight(format)
    unsafe format_set_font_color(format, 0x0B5394)
    unsafe format_set_font_size(format, 9)
  case .link:
    unsafe format_set_font_color(format, 0x0B5394)
    unsafe format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
    unsafe format_set_text_wrap(format)
  case .number(let decimals):
    unsafe alignRight(format)
    unsafe format_set_num_format(format, pattern("#,##0", decimals))
  case .year:
    unsafe alignRight(format)
    unsafe format_set_num_format(format, "0")
  case .percent(let decimals):
    unsafe alignRight(format)
    unsafe format_set_num_format(format, pattern("0", decimals) + "%")
  case .input, .weight:
    unsafe format_set_unlocked(format)
    unsafe format_set_bg_color(format, 0xFFF8DC)
    unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    if style == .weight { unsafe format_set_num_format(format, "0.0%") }
  case .result, .resultPercent:
    unsafe format_set_bold(format)
    unsafe format_set_bg_color(format, 0xEAF3FB)
    unsafe format_set_num_format(format, style == .resultPercent ? "0.0%" : "#,##0.0")
  }
}

/// To the right, a little off the text of the next column.
private func alignRight(_ format: UnsafeMutablePointer<lxw_format>) {
  unsafe format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
  unsafe format_set_indent(format, 1)
}

private func pattern(_ whole: String, _ decimals: Int) -> String {
  decimals > 0 ? whole + "." + String(repeating: "0", count: decimals) : whole
}
