internal import TesseraSurvey

/// Reads Excel workbooks (.xlsx, .xlsm), one sheet of them.
struct ExcelReader {
  let file: String
  let options: ReadingOptions

  /// Reads a workbook.
  ///
  /// - Parameter owner: The bytes of the file.
  /// - Returns: The survey on the sheet chosen.
  /// - Throws: ``SurveyFileError`` naming the member, or the sheet and the cell.
  /// - Complexity: O(bytes of the sheet); one sheet is parsed as it is inflated, never held whole.
  func read(_ owner: FileBytes) throws(SurveyFileError) -> SurveyFile {
    try ForeignWorkbook.refuse(owner.view, file: file)
    let archive = try ZipArchive(owner, file: file)
    try ForeignWorkbook.refuse(archive, file: file)
    let workbook = try Workbook(archive, file: file)
    var notices: [FileNotice] = []
    let (sheet, handler, context) = try chosen(workbook, &notices)
    let finding = try SheetLayout(
      file: file, handler: handler, context: context, options: options
    ).find()
    notices += finding.notices
    var header = finding.header
    var columns = columns(finding, handler, context, &notices)
    header.dropNameless(file, &columns, &notices)
    let rows =
      handler.head[header.dataStart..<finding.headRows].map(\.row)
      + handler.rows.prefix(finding.rows)
    notices += faults(handler, finding.header)
    try SurveyReader.checkNames(options, header.names, file)
    var places = RowPlaces()
    places.append(file: file, lines: Array(rows))
    // Numbers in cells have no decimal mark of their own.
    let rules = header.names.map { name in
      CellRules(
        decimal: 0x2E,
        declared: (options.missing + (options.missingInColumn[name] ?? [])).map(\.answer))
    }
    let source = SourceFile(
      path: file, byteCount: owner.view.count,
      sha256: options.checksums ? SHA256.hex(of: owner.view) : "", respondents: rows.count)
    let table = RawTable(
      names: header.names, labels: header.labels, columns: columns, places: places, rules: rules,
      format: header.format == .csv ? .xlsx : header.format)
    let survey = table.survey(
      options: options, notices: notices, sources: [source], rejected: [])
    let platform =
      header.format == .csv ? SurveyFormat.platform(of: header.names) : header.format
    let named = options.format == .xlsx ? nil : options.format
    let format = named ?? (platform == .csv ? .xlsx : platform)
    var result = PlatformRules(format: format, file: file).apply(to: survey, options: options)
    if workbook.sheets.count > 1, result.label.isEmpty { result.label = sheet }
    return result
  }

  /// The sheet that the user names, or the first with anything on it that is not hidden.
  private func chosen(
    _ workbook: Workbook, _ notices: inout [FileNotice]
  ) throws(SurveyFileError) -> (String, SheetHandler, SheetContext) {
    let context = try workbook.context()
    if let wanted = options.sheet {
      let sheet = try workbook.sheet(wanted)
      return (sheet.name, try workbook.read(sheet, context), context)
    }
    let visible = workbook.sheets.filter { !$0.isHidden }
    for sheet in visible.isEmpty ? workbook.sheets : visible {
      let handler = try workbook.read(sheet, context)
      guard !handler.head.isEmpty else { continue }
      let others = workbook.sheets.filter { $0.name != sheet.name }
      if !others.isEmpty {
        let names = others.map { other in
          "'\(DisplayText.escaped(other.name))'" + (other.isHidden ? " (hidden)" : "")
        }
        notices.append(
          FileNotice(
            file: file,
            message: "sheet '\(DisplayText.escaped(sheet.name))' was read; --sheet reads "
              + (names.count > 5
                ? "one of the \(names.count) others" : names.joined(separator: " or "))))
      }
      return (sheet.name, handler, context)
    }
    throw .empty(file: file)
  }

  private func columns(
    _ finding: SheetLayout.Finding, _ handler: SheetHandler, _ context: SheetContext,
    _ notices: inout [FileNotice]
  ) -> [RawColumn] {
    let first = finding.header.dataStart
    var heads = [SheetColumn](repeating: SheetColumn(), count: handler.width)
    for place in first..<finding.headRows {
      for (column, cell) in handler.head[place].cells {
        heads[column].put(cell, row: place - first, context)
      }
    }
    return heads.indices.map { column in
      heads[column].pad(finding.headRows - first)
      let tail = column < handler.columns.count ? handler.columns[column] : SheetColumn()
      if heads[column].hasLongNumber || tail.hasLongNumber {
        notices.append(
          FileNotice(
            file: file, column: finding.header.names[column],
            message: "some numbers have more digits than Excel keeps (15): if they are "
              + "identifiers, digits were lost"))
      }
      return heads[column].joined(tail, rows: finding.rows)
    }
  }

  /// What is told of cells that hold an error, or a formula without its result.
  private func faults(_ handler: SheetHandler, _ header: CSVHeader) -> [FileNotice] {
    func tell(_ faults: [Int: SheetHandler.Fault], _ words: (SheetHandler.Fault) -> String)
      -> [FileNotice]
    {
      faults.sorted { $0.key < $1.key }.map { column, fault in
        FileNotice(
          file: file, row: fault.firstRow,
          column: column < header.names.count ? header.names[column] : nil,
          message: words(fault))
      }
    }
    return tell(handler.errors) { fault in
      "\(SurveyFileError.counted(fault.count, "cell")) with an error, first "
        + "\(DisplayText.escaped(fault.what)) in \(DisplayText.escaped(fault.first)): taken as "
        + "missing"
    }
      + tell(handler.uncomputed) { fault in
        "\(SurveyFileError.counted(fault.count, "formula")) without a stored result, first in "
          + "\(DisplayText.escaped(fault.first)): taken as missing; open and save the file in a "
          + "spreadsheet program to compute"
      }
  }
}
