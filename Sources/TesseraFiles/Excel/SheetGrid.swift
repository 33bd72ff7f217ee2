internal import TesseraSurvey

/// The filled cells of one sheet of a workbook, as a person sees them.
public struct SheetGrid: Sendable, Equatable {
  /// A filled cell.
  public struct Cell: Sendable, Equatable {
    /// From 1, as the spreadsheet counts.
    public let row: Int
    /// From 0.
    public let column: Int
    /// What stands there; numbers in their shortest form, truth values as TRUE and FALSE.
    public let text: String
    /// Whether it is a number.
    public let isNumber: Bool
  }

  /// The sheet's name.
  public let name: String
  /// The filled cells, row after row.
  public let rows: [[Cell]]

  /// A cell's place with its sheet, such as `Needs!C4`.
  ///
  /// - Parameters:
  ///   - row: From 1.
  ///   - column: From 0.
  /// - Returns: The place as formulas write it.
  public func place(row: Int, column: Int) -> String {
    "\(name)!\(CellPlace(row: row, column: column))"
  }

  /// Most rows that a sheet of a study may have.
  private static let mostRows = 100_000

  /// Whether a path names a workbook.
  ///
  /// - Parameter path: The path, with or without `#SHEET` behind it.
  /// - Returns: True for `.xlsx` and `.xlsm`.
  public static func isWorkbook(_ path: String) -> Bool {
    let name = split(path).file.lowercased()
    return name.hasSuffix(".xlsx") || name.hasSuffix(".xlsm")
  }

  /// Cuts `products.xlsx#Products` into file and sheet.
  ///
  /// - Parameter path: The path.
  /// - Returns: The file, and the sheet if one is named.
  public static func split(_ path: String) -> (file: String, sheet: String?) {
    guard let sign = path.lastIndex(of: "#") else { return (path, nil) }
    let file = path[..<sign].lowercased()
    guard file.hasSuffix(".xlsx") || file.hasSuffix(".xlsm") else { return (path, nil) }
    return (String(path[..<sign]), String(path[path.index(after: sign)...]))
  }

  /// The names of the sheets of a workbook.
  ///
  /// - Parameter file: The workbook.
  /// - Returns: In the workbook's order, hidden ones too.
  /// - Throws: ``SurveyFileError`` if it is none.
  public static func names(_ file: String) throws(SurveyFileError) -> [String] {
    try open(file).sheets.map(\.name)
  }

  /// Reads sheets.
  ///
  /// - Parameters:
  ///   - file: The workbook.
  ///   - wanted: Which sheets, by name; all if left out.
  /// - Returns: The sheets in the workbook's order.
  /// - Throws: ``SurveyFileError``: not a workbook, damaged, or a cell that holds an error or a
  ///   formula without its result.
  public static func read(
    _ file: String, where wanted: (String) -> Bool = { _ in true }
  ) throws(SurveyFileError) -> [SheetGrid] {
    let workbook = try open(file)
    let context = try workbook.context()
    var grids: [SheetGrid] = []
    for sheet in workbook.sheets where wanted(sheet.name) {
      grids.append(try grid(sheet, workbook, context, file))
    }
    return grids
  }

  /// Reads one sheet: the one named, or the first with anything on it.
  ///
  /// - Parameters:
  ///   - file: The workbook.
  ///   - sheet: Its name or number.
  /// - Returns: The sheet.
  /// - Throws: ``SurveyFileError`` as ``read(_:where:)``, or if there is no such sheet.
  public static func read(_ file: String, sheet: String?) throws(SurveyFileError) -> SheetGrid {
    let workbook = try open(file)
    let context = try workbook.context()
    if let sheet { return try grid(workbook.sheet(sheet), workbook, context, file) }
    for sheet in workbook.sheets where !sheet.isHidden {
      let found = try grid(sheet, workbook, context, file)
      if !found.rows.isEmpty { return found }
    }
    throw .empty(file: file)
  }

  private static func open(_ file: String) throws(SurveyFileError) -> Workbook {
    let owner = try FileBytes.open(file)
    try ForeignWorkbook.refuse(owner.view, file: file)
    let archive = try ZipArchive(owner, file: file)
    try ForeignWorkbook.refuse(archive, file: file)
    return try Workbook(archive, file: file)
  }

  private static func grid(
    _ sheet: Workbook.Sheet, _ workbook: Workbook, _ context: SheetContext, _ file: String
  ) throws(SurveyFileError) -> SheetGrid {
    let handler = try workbook.read(sheet, context, headRows: mostRows)
    guard handler.rows.isEmpty else {
      throw .badCell(
        file: file, row: handler.rows[0], cell: "\(sheet.name)!A\(handler.rows[0])",
        detail: "lies beyond row \(mostRows); a table of a study has fewer rows")
    }
    let faults =
      handler.errors.map { ($0.value, "holds the error \($0.value.what)") }
      + handler.uncomputed.map { ($0.value, "holds a formula without its result") }
    if let (fault, detail) = faults.min(by: { $0.0.firstRow < $1.0.firstRow }) {
      throw .badCell(file: file, row: fault.firstRow, cell: fault.first, detail: detail)
    }
    let rows = handler.head.map { row in
      row.cells.map { cell in
        var isNumber = false
        if case .number = cell.cell { isNumber = true }
        return Cell(
          row: row.row, column: cell.column, text: context.text(cell.cell), isNumber: isNumber)
      }
    }
    return SheetGrid(name: sheet.name, rows: rows)
  }
}
