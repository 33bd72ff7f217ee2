internal import TesseraSurvey

extension SurveyFileError: CustomStringConvertible {
  /// What is wrong, in one sentence without the file and the line.
  public var message: String {
    switch self {
    case .notFound: "no such file"
    case .cannotOpen(_, let reason): "the file cannot be opened: \(reason)"
    case .notAFile(_, let kind): "this is \(kind), not a file"
    case .readFailed(_, let reason): "reading failed midway: \(reason)"
    case .noMatch: "no file matches this pattern"
    case .empty: "the file is empty: there is no header"
    case .noRows: "the file has a header, but not one respondent"
    case .wrongKind(_, let found): "the file holds \(found)"
    case .unknownFormat(_, let name): "files of the format \(name) are not read"
    case .encoding(_, _, let byte, let encoding, _):
      "byte \(byte) of the file is not valid \(encoding)"
    case .unknownEncoding(_, let name): "the encoding '\(name)' is not known here"
    case .zeroByte: "there is a zero byte inside the text"
    case .raggedRow(_, _, let found, let expected):
      "\(Self.counted(found, "field")) found, \(expected) expected"
    case .unclosedQuote(_, _, let column): "the quote opened in \(column) is never closed"
    case .textAfterQuote(_, _, let column):
      "there is text behind the closing quote in \(column)"
    case .strayQuote(_, _, let column):
      "a quote opens in the middle of a cell in \(column) and closes in a later one"
    case .unopenedQuote(_, _, let column):
      "a cell in \(column) ends with a quote, but does not begin with one"
    case .headerIsData: "the first line looks like answers, not like the names of columns"
    case .cellTooLong(_, _, let column, let limit):
      "the cell that begins here in \(column) is longer than \(limit >> 20) MiB"
    case .duplicateName(_, _, let name, let first, let second):
      "columns \(first) and \(second) are both called '\(Self.shown(name))'"
    case .unnamedColumn(_, _, let position): "column \(position) has answers but no name"
    case .notATable(_, _, let found): found
    case .columnsDiffer(_, let other, let missing, let added):
      "its columns differ from those of \(other)" + Self.difference(missing, added)
    case .labelsDiffer(_, let other, let column, let code, let label, let otherLabel):
      "code \(Self.shown(code)) of \(Self.shown(column)) is '\(Self.shown(label))' here and "
        + "'\(Self.shown(otherLabel))' in \(other)"
    case .unknownColumn(_, let name, _): "there is no column '\(Self.shown(name))'"
    case .notANumber(_, _, let column, let found):
      "expected a number in \(Self.shown(column)), found \(found)"
    case .readerMissing(_, let path): "the program tessera-read is not at \(path)"
    case .readerFailed(_, let reason): "the SPSS, Stata and SAS reader failed: \(reason)"
    case .damaged(_, let detail): "the file is damaged: \(detail)"
    case .unknownSheet(_, let name, _, let sheets):
      "there is no sheet '\(Self.shown(name))'; the sheets are \(Self.list(sheets))"
    case .badCell(_, _, let cell, let detail): "cell \(Self.shown(cell)) \(detail)"
    case .saveAnew(_, let found, _): "the file holds \(found)"
    case .badDefinition(_, _, _, let detail): detail
    }
  }

  /// What would help; `nil` if nothing general can be said.
  public var hint: String? {
    switch self {
    case .notFound: "check the spelling, and the folder the command runs in"
    case .cannotOpen: "check that you may read it"
    case .notAFile: "give the path of a file; save what a pipe carries to a file first"
    case .readFailed: "try again; the disk or the network may have failed"
    case .noMatch: "put the pattern in quotes, and check the folder"
    case .empty: "export the survey again"
    case .noRows: "export the survey again, with the responses"
    case .wrongKind: "export the survey as CSV or SPSS, or name the format with --format"
    case .unknownFormat: "export the survey as CSV or SPSS"
    case .encoding(_, _, _, let encoding, let fits):
      if encoding != "UTF-8" {
        "name the encoding of the file with --encoding"
      } else if fits.isEmpty {
        "name the encoding of the file with --encoding, such as windows-1252 or macintosh"
      } else {
        "its bytes fit \(fits.joined(separator: " or ")): --encoding takes such a name; look at "
          + "the letters then"
      }
    case .unknownEncoding:
      "names such as utf-8, utf-16le, windows-1252, mac-roman, koi8-r and shift_jis are known"
    case .zeroByte: "if the file is UTF-16 without a mark, pass --encoding utf-16le"
    case .raggedRow: "correct the row, or set such rows aside with --salvage"
    case .unclosedQuote: "close the quote, or name the quote character with --quote"
    case .textAfterQuote: "double the quotes inside the field, or name the sign with --escape"
    case .strayQuote:
      "a delimiter before the quote may be lost: correct the row, or set it aside with --salvage"
    case .unopenedQuote:
      "add the quote at the beginning of the cell or take this one away; if it belongs to the text, "
        + "put the cell in quotes and double it"
    case .headerIsData:
      "put a line of names above it, or pass --no-header to call the columns column_1, column_2"
    case .cellTooLong: "look for a quote that is never closed"
    case .duplicateName: "give each column a name of its own"
    case .unnamedColumn: "give the column a name in the header"
    case .notATable: "save the table by itself, with one header row"
    case .columnsDiffer: "files read together must have the same columns"
    case .labelsDiffer:
      "give both files the same codes; derive: { net: ... } under survey can join answers afterwards"
    case .unknownColumn(_, _, let suggestion):
      suggestion.map { "did you mean '\($0)'?" } ?? "tessera inspect lists the columns"
    case .notANumber: "correct the cell, or declare what it means with --missing"
    case .readerMissing: "it belongs beside the program tessera; install both together"
    case .unknownSheet(_, _, let suggestion, _):
      suggestion.map { "did you mean '\($0)'?" } ?? "give the name, or the number from 1"
    case .saveAnew(_, _, let remedy): remedy
    case .badDefinition: "export the survey again, or as CSV or SPSS"
    case .readerFailed, .damaged, .badCell:
      "save the file again in the program it came from, or as CSV"
    }
  }

  /// File, line, message and hint in one line.
  public var description: String {
    let place = row.map { "\(file): line \($0)" } ?? file
    return "error[\(code)]: \(place): \(message)" + (hint.map { "; hint: \($0)" } ?? "")
  }

  /// A number with its noun in the right form.
  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A name as it may be shown: control characters escaped, cut after 40 characters.
  static func shown(_ name: String) -> String {
    DisplayText.escaped(name, limit: 40)
  }

  private static func difference(_ missing: [String], _ added: [String]) -> String {
    var parts: [String] = []
    if !missing.isEmpty { parts.append("without \(list(missing))") }
    if !added.isEmpty { parts.append("with \(list(added))") }
    return parts.isEmpty ? ": their order differs" : ": " + parts.joined(separator: ", ")
  }

  private static func list(_ names: [String]) -> String {
    let named = names.prefix(3).map(shown).joined(separator: ", ")
    return names.count > 3 ? "\(named) and \(names.count - 3) more" : named
  }
}
