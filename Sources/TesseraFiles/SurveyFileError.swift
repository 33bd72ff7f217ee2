/// Why a survey export or a table cannot be read.
///
/// Cases carry data; ``code``, ``message`` and ``hint`` turn them into words in one place. Rows are
/// physical lines counted from 1, the header being line 1; in files without lines they are
/// respondents counted from 1. Values of respondents never stand in a case: only their kind and
/// length do.
public enum SurveyFileError: Error, Sendable, Equatable {
  /// No file has that name.
  case notFound(file: String)
  /// The file exists, but cannot be opened; the reason is the system's.
  case cannotOpen(file: String, reason: String)
  /// A folder, a pipe or a device stands where a file is expected.
  case notAFile(file: String, kind: String)
  /// Reading failed midway; the reason is the system's.
  case readFailed(file: String, reason: String)
  /// Nothing is in the file, or nothing but a byte-order mark or blank lines.
  case empty(file: String)
  /// There is a header, but not one respondent.
  case noRows(file: String)
  /// The file is something else than its name or the option says.
  case wrongKind(file: String, found: String)
  /// The format is known, but this build does not read it.
  case unknownFormat(file: String, name: String)
  /// A byte that is not part of valid text in the encoding; names of encodings that the bytes fit.
  case encoding(file: String, row: Int, byte: Int, encoding: String, fits: [String] = [])
  /// An encoding that the system does not know.
  case unknownEncoding(file: String, name: String)
  /// A zero byte inside text.
  case zeroByte(file: String, row: Int)
  /// A row with another number of fields than the header.
  case raggedRow(file: String, row: Int, found: Int, expected: Int)
  /// A quote that is never closed; row and column are those of the quote.
  case unclosedQuote(file: String, row: Int, column: String)
  /// Text behind the quote that closes a field.
  case textAfterQuote(file: String, row: Int, column: String)
  /// A quote that opens in the middle of a cell and closes in a later one.
  case strayQuote(file: String, row: Int, column: String)
  /// A quote ends a cell that did not begin with one.
  case unopenedQuote(file: String, row: Int, column: String)
  /// A first line that holds answers rather than names.
  case headerIsData(file: String, row: Int)
  /// A cell longer than the limit.
  case cellTooLong(file: String, row: Int, column: String, limit: Int)
  /// Two columns of the same name, at positions counted from 1.
  case duplicateName(file: String, row: Int, name: String, first: Int, second: Int)
  /// A column without a name that holds answers, at a position counted from 1.
  case unnamedColumn(file: String, row: Int, position: Int)
  /// A layout that is no table: what was found instead, and where.
  case notATable(file: String, row: Int, found: String)
  /// A file stacked on another does not have its columns.
  case columnsDiffer(file: String, other: String, missing: [String], added: [String])
  /// A code stands for one answer in a file and for another in a file stacked on it.
  case labelsDiffer(
    file: String, other: String, column: String, code: String, label: String, otherLabel: String)
  /// A column that an option names does not exist.
  case unknownColumn(file: String, name: String, suggestion: String?)
  /// A cell that must hold a number and holds something else.
  case notANumber(file: String, row: Int, column: String, found: String)
  /// The program that reads SPSS, Stata and SAS files is missing.
  case readerMissing(file: String, path: String)
  /// That program died, ran out of time or memory, or spoke nonsense.
  case readerFailed(file: String, reason: String)
  /// The file ends before its own header says it does, or is damaged.
  case damaged(file: String, detail: String)
  /// A workbook has no such sheet; the sheets it has, in order.
  case unknownSheet(file: String, name: String, suggestion: String?, sheets: [String])
  /// A cell of a workbook, such as `Answers!B7`, that cannot be right.
  case badCell(file: String, row: Int, cell: String, detail: String)
  /// A kind of file that another program has to save anew first; what to do there.
  case saveAnew(file: String, found: String, remedy: String)
  /// A description of data, such as Triple-S, that cannot be right; the line is its own.
  case badDefinition(file: String, row: Int?, variable: String?, detail: String)
  /// A pattern for file names that matches nothing.
  case noMatch(pattern: String)
}

extension SurveyFileError {
  /// The stable code that `tessera explain` tells more about, such as `E0101`.
  public var code: String {
    switch self {
    case .notFound: "E0101"
    case .cannotOpen: "E0102"
    case .notAFile: "E0103"
    case .readFailed: "E0104"
    case .noMatch: "E0105"
    case .empty: "E0110"
    case .noRows: "E0111"
    case .wrongKind: "E0112"
    case .unknownFormat: "E0113"
    case .encoding: "E0114"
    case .unknownEncoding: "E0115"
    case .zeroByte: "E0116"
    case .raggedRow: "E0120"
    case .unclosedQuote: "E0121"
    case .cellTooLong: "E0122"
    case .duplicateName: "E0123"
    case .unnamedColumn: "E0124"
    case .notATable: "E0125"
    case .columnsDiffer: "E0126"
    case .unknownColumn: "E0127"
    case .notANumber: "E0128"
    case .textAfterQuote: "E0129"
    case .readerMissing: "E0130"
    case .readerFailed: "E0131"
    case .damaged: "E0132"
    case .unknownSheet: "E0133"
    case .badCell: "E0134"
    case .saveAnew: "E0135"
    case .badDefinition: "E0136"
    case .strayQuote: "E0137"
    case .headerIsData: "E0138"
    case .unopenedQuote: "E0139"
    case .labelsDiffer: "E0140"
    }
  }

  /// The file the error is about, as the user named it.
  public var file: String {
    switch self {
    case .notFound(let file), .cannotOpen(let file, _), .notAFile(let file, _),
      .readFailed(let file, _), .empty(let file), .noRows(let file), .wrongKind(let file, _),
      .unknownFormat(let file, _), .encoding(let file, _, _, _, _), .unknownEncoding(let file, _),
      .zeroByte(let file, _), .raggedRow(let file, _, _, _), .unclosedQuote(let file, _, _),
      .textAfterQuote(let file, _, _), .strayQuote(let file, _, _), .headerIsData(let file, _),
      .unopenedQuote(let file, _, _),
      .cellTooLong(let file, _, _, _), .duplicateName(let file, _, _, _, _),
      .unnamedColumn(let file, _, _), .notATable(let file, _, _),
      .columnsDiffer(let file, _, _, _), .unknownColumn(let file, _, _),
      .labelsDiffer(let file, _, _, _, _, _),
      .notANumber(let file, _, _, _), .readerMissing(let file, _), .readerFailed(let file, _),
      .damaged(let file, _), .noMatch(let file), .unknownSheet(let file, _, _, _),
      .badCell(let file, _, _, _), .saveAnew(let file, _, _), .badDefinition(let file, _, _, _):
      file
    }
  }

  /// The physical line from 1, where the error has one.
  public var row: Int? {
    switch self {
    case .encoding(_, let row, _, _, _), .zeroByte(_, let row), .raggedRow(_, let row, _, _),
      .unclosedQuote(_, let row, _), .textAfterQuote(_, let row, _), .cellTooLong(_, let row, _, _),
      .duplicateName(_, let row, _, _, _), .unnamedColumn(_, let row, _),
      .notATable(_, let row, _), .notANumber(_, let row, _, _), .badCell(_, let row, _, _),
      .strayQuote(_, let row, _), .headerIsData(_, let row), .unopenedQuote(_, let row, _):
      row
    case .badDefinition(_, let row, _, _): row
    default: nil
    }
  }

  /// The name of the column, where the error has one.
  public var column: String? {
    switch self {
    case .unclosedQuote(_, _, let column), .textAfterQuote(_, _, let column),
      .strayQuote(_, _, let column), .unopenedQuote(_, _, let column),
      .cellTooLong(_, _, let column, _),
      .notANumber(_, _, let column, _):
      column
    case .duplicateName(_, _, let name, _, _), .unknownColumn(_, let name, _): name
    case .badCell(_, _, let cell, _): cell
    case .badDefinition(_, _, let variable, _): variable
    default: nil
    }
  }

  /// The exit status: 66 if a file cannot be found or opened, 74 if reading failed midway, else 65.
  public var exitStatus: Int32 {
    switch self {
    case .notFound, .cannotOpen, .notAFile, .noMatch: 66
    case .readFailed: 74
    case .readerMissing: 70
    default: 65
    }
  }
}
