extension CSVSniffer.Counted {
  /// Which of the first rows is the header: behind lines of a title that stand by themselves.
  var headerPlace: Int {
    guard usual > 1, let first = counts.first else { return 0 }
    guard first <= 1 else { return headerBehindPadding }
    guard let header = counts.firstIndex(of: usual), header <= 20 else { return 0 }
    // A comma in a title makes two fields of it.
    let isTitle = counts[..<header].allSatisfy { $0 < usual }
    let isTable = counts[header...].count { $0 == usual } >= 2
    return isTitle && isTable ? header : 0
  }

  /// The header below lines of a title that a spreadsheet filled up with empty cells.
  ///
  /// The first row holds one cell and no more; the header is the first that holds all, none alike and
  /// none a number.
  private var headerBehindPadding: Int {
    let filled = records.prefix(21).map { record in
      record.fields.filter { !$0.allSatisfy(\.isWhitespace) }
    }
    guard usual > 2, filled[0].count == 1, records[0].fields.first != "",
      let header = filled.firstIndex(where: { $0.count >= usual }),
      Set(filled[header].map(TextKey.init)).count == filled[header].count,
      !filled[header].contains(where: { $0.first?.isNumber == true }),
      counts[header...].count(where: { $0 == usual }) >= 3
    else { return 0 }
    return header
  }
}
