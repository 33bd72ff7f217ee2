internal import TesseraFiles
internal import TesseraSurvey

/// Reads a study from a workbook: each key from its place, with sheet and cell for every error.
struct FormReader {
  let file: String
  var tree = FormTree()
  var faults = StudyFaults()
  /// What columns are ticked for, with what decides their order.
  var lists: [String: [(order: Double, node: StudyNode)]] = [:]

  /// Whether a workbook holds a study: it has the sheets Settings and Variables.
  ///
  /// - Parameter file: The workbook.
  /// - Returns: False for what is no workbook.
  static func isStudy(_ file: String) -> Bool {
    guard SheetGrid.isWorkbook(file), let names = try? SheetGrid.names(file) else { return false }
    return [FormLayout.Sheet.settings, .variables].allSatisfy { names.contains($0.rawValue) }
  }

  /// Reads the workbook.
  ///
  /// - Parameter file: Its path.
  /// - Returns: The study's tree, and what is wrong with cells by themselves.
  /// - Throws: ``StudyError`` if the workbook holds no study.
  static func read(
    _ file: String
  ) throws(StudyError) -> (root: StudyNode, faults: StudyFaults) {
    let known = FormLayout.Sheet.allCases.map(\.rawValue)
    let grids: [SheetGrid]
    let names: [String]
    do throws(SurveyFileError) {
      names = try SheetGrid.names(file)
      grids = try SheetGrid.read(file) { known.contains($0) }
    } catch {
      throw StudyError(error.report)
    }
    var reader = FormReader(file: file)
    for name in names where !known.contains(name) && !FormLayout.remarks.contains(name) {
      // The survey may stand in the same workbook; a slip of the pen is another thing.
      guard let near = NearestName.suggest(name, among: known), !names.contains(near) else {
        continue
      }
      reader.faults.add(
        StudyError(
          code: StudyNode.Code.unknownKey.rawValue,
          message: "the sheet '\(DisplayText.escaped(name))' is none of a study", file: file,
          hint: "did you mean '\(near)'?", cell: "\(name)!A1"))
    }
    guard !grids.isEmpty else {
      throw StudyError(
        code: StudyNode.Code.empty.rawValue, message: "the workbook holds no study", file: file,
        hint: "tessera init SURVEY --excel \(file) writes one; a survey is read by tessera init, "
          + "inspect and segment")
    }
    for sheet in FormLayout.Sheet.allCases {
      guard let grid = grids.first(where: { $0.name == sheet.rawValue }) else { continue }
      reader.read(sheet, grid)
    }
    return (reader.tree.node(path: "", file: file), reader.faults)
  }

  // MARK: - Sheets

  /// A heading with its place.
  struct Heading {
    let column: Int
    let name: String
    let cell: String
  }

  private mutating func read(_ sheet: FormLayout.Sheet, _ grid: SheetGrid) {
    let live = grid.rows.filter { $0.first?.text.hasPrefix("#") != true }
    guard let head = live.first else { return }
    let headings = head.compactMap { cell -> Heading? in
      guard !cell.text.hasPrefix("#") else { return nil }
      return Heading(
        column: cell.column, name: FormText.name(cell.text),
        cell: grid.place(row: cell.row, column: cell.column))
    }
    let remarks = Set(head.map(\.column)).subtracting(headings.map(\.column))
    if let known = columns(of: sheet) { check(headings, known, grid) }
    var last: String?
    for row in live.dropFirst() {
      let cells = row.filter { !remarks.contains($0.column) && !FormText.trimmed($0.text).isEmpty }
      guard let first = cells.first else { continue }
      if let stray = cells.first(where: { cell in
        !headings.contains { $0.column == cell.column }
      }) {
        fault(
          .unknownKey, "there is no heading over this cell", stray, grid,
          hint: "write a heading above it, or put # before the row's first cell")
        continue
      }
      var name = first.column == headings.first?.column ? FormText.name(first.text) : nil
      if name == nil, sheet == .edits { name = last }
      guard let name else {
        fault(
          .wrongType, "this row has no name in its first column", first, grid,
          hint: "name it, or put # there to leave the row out")
        continue
      }
      last = name
      let parts = cells.filter { $0.column != headings[0].column }.compactMap { cell in
        headings.first { $0.column == cell.column }.map { ($0, cell) }
      }
      switch sheet {
      case .settings: setting(name, first, parts.map(\.1), grid)
      case .variables: variable(name, first, parts, grid)
      case .products, .relations:
        named([sheet == .products ? "products" : "relations", name], first, parts, grid)
      case .edits: edit(name, first, parts, grid)
      case .sets, .needs, .features, .barriers:
        let path = FormLayout.tables.first { $0.sheet == sheet }?.path ?? []
        named(path + [name], first, parts, grid)
      }
    }
    if sheet == .variables { putLists() }
  }

  /// The headings that a sheet may have behind its first; `nil` where they are features.
  private func columns(of sheet: FormLayout.Sheet) -> [String]? {
    switch sheet {
    case .products, .relations: nil
    case .settings: ["value", "meaning"]
    case .variables: FormLayout.variableColumns
    case .edits: FormLayout.editColumns
    default:
      FormLayout.tables.first { $0.sheet == sheet }.map {
        StudyReference.names(under: ($0.path + ["*"]).joined(separator: "."))
      }
    }
  }

  private mutating func check(_ headings: [Heading], _ known: [String], _ grid: SheetGrid) {
    for heading in headings.dropFirst() where !known.contains(heading.name) {
      faults.add(
        StudyError(
          code: StudyNode.Code.unknownKey.rawValue,
          message: "'\(DisplayText.escaped(heading.name))' is no heading of the sheet \(grid.name)",
          file: file,
          hint: NearestName.question(heading.name, among: known)
            ?? "known: \(known.joined(separator: ", ")); a heading that begins with # is a remark",
          cell: heading.cell))
    }
  }
}
