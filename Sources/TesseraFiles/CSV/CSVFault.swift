/// Why a row cannot be split into fields.
enum CSVFault: Error, Equatable {
  /// Another number of fields than expected, in the row that begins at an offset.
  case ragged(rowStart: Int, line: Int, found: Int)
  /// A quote without an end, at an offset, in a field counted from 0.
  case unclosed(rowStart: Int, line: Int, field: Int)
  /// Text behind a closing quote.
  case textAfterQuote(rowStart: Int, line: Int, field: Int)
  /// A quote that opens in the middle of a field and closes in a later one.
  case strayQuote(rowStart: Int, line: Int, field: Int)
  /// A quote at the end of a cell that was not opened at its beginning.
  case unopened(rowStart: Int, line: Int, field: Int)
  /// A cell beyond the limit.
  case tooLong(rowStart: Int, line: Int, field: Int)

  /// Line of the fault, counted as the scan counts.
  var line: Int {
    switch self {
    case .ragged(_, let line, _), .unclosed(_, let line, _), .textAfterQuote(_, let line, _),
      .strayQuote(_, let line, _), .unopened(_, let line, _), .tooLong(_, let line, _):
      line
    }
  }
}
