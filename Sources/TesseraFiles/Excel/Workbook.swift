internal import TesseraSurvey

/// The parts of a workbook.
struct Workbook {
  /// A sheet of cells.
  struct Sheet {
    let name: String
    let path: String
    let isHidden: Bool
  }

  /// The sheets of cells, in the workbook's order; sheets of charts are left out.
  let sheets: [Sheet]

  private let archive: ZipArchive
  private let file: String
  private let isFrom1904: Bool
  private let textsPath: String?
  private let kinds: [StylesHandler.Kind]

  /// Reads the list of parts.
  init(_ archive: ZipArchive, file: String) throws(SurveyFileError) {
    self.archive = archive
    self.file = file
    let root = RelationsHandler()
    var path = "xl/workbook.xml"
    if archive.contains("_rels/.rels") {
      try archive.parse("_rels/.rels", root)
      if let target = root.relations.values.first(where: { $0.kind == "officeDocument" })?.target {
        path = RelationsHandler.path(target, in: "")
      }
    }
    let book = WorkbookHandler()
    try archive.parse(path, book)
    isFrom1904 = book.isFrom1904
    let parts = path.split(separator: "/").map(String.init)
    let folder = parts.dropLast().joined(separator: "/")
    let name = parts.last ?? "workbook.xml"
    let relations = RelationsHandler()
    let relationsPath = (folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels"
    if archive.contains(relationsPath) { try archive.parse(relationsPath, relations) }
    sheets = book.sheets.enumerated().compactMap { place, sheet in
      guard let relation = relations.relations[sheet.relation] else {
        // Without relations the parts have their usual names.
        let usual = "\(folder)/worksheets/sheet\(place + 1).xml"
        return archive.contains(usual)
          ? Sheet(name: sheet.name, path: usual, isHidden: sheet.isHidden) : nil
      }
      guard relation.kind == "worksheet" else { return nil }
      return Sheet(
        name: sheet.name, path: RelationsHandler.path(relation.target, in: folder),
        isHidden: sheet.isHidden)
    }
    func part(_ kind: String, _ usual: String) -> String? {
      let target = relations.relations.values.first { $0.kind == kind }?.target
      let path = target.map { RelationsHandler.path($0, in: folder) } ?? "\(folder)/\(usual)"
      return archive.contains(path) ? path : nil
    }
    textsPath = part("sharedStrings", "sharedStrings.xml")
    let styles = StylesHandler()
    if let path = part("styles", "styles.xml") { try archive.parse(path, styles) }
    kinds = styles.kinds
    guard !sheets.isEmpty else {
      throw .damaged(file: file, detail: "the workbook has no sheet of cells")
    }
  }

  /// What all cells share.
  func context() throws(SurveyFileError) -> SheetContext {
    let texts = SharedStringsHandler()
    if let textsPath { try archive.parse(textsPath, texts) }
    return SheetContext(
      texts: texts.texts, calendar: ExcelCalendar(isFrom1904: isFrom1904))
  }

  /// The sheet a user means: a name, a number from 1, or a name in other letter case.
  func sheet(_ wanted: String) throws(SurveyFileError) -> Sheet {
    if let exact = sheets.first(where: { $0.name.utf8.elementsEqual(wanted.utf8) }) {
      return exact
    }
    if let number = Int(wanted), sheets.indices.contains(number - 1) { return sheets[number - 1] }
    let alike = sheets.filter { $0.name.lowercased() == wanted.lowercased() }
    if alike.count == 1 { return alike[0] }
    throw .unknownSheet(
      file: file, name: wanted,
      suggestion: NearestName.suggest(wanted, among: sheets.map(\.name)),
      sheets: sheets.map(\.name))
  }

  /// Reads a sheet's cells; the first rows one by one, the others in columns.
  func read(
    _ sheet: Sheet, _ context: SheetContext, headRows: Int = SheetHandler.headRows
  ) throws(SurveyFileError) -> SheetHandler {
    let handler = SheetHandler(
      file: file, sheet: sheet.name, context: context, kinds: kinds, headRows: headRows)
    let stream = XMLStream(handler, file: file, member: sheet.path)
    var rows = PlainRows(handler, stream)
    try archive.read(sheet.path) { (bytes) throws(SurveyFileError) in try rows.take(bytes) }
    try rows.end()
    return handler
  }
}

/// Tells workbooks of other kinds by their bytes or members, and what to do with them.
enum ForeignWorkbook {
  /// Refuses what is no zip archive.
  static func refuse(_ view: ByteView, file: String) throws(SurveyFileError) {
    guard view.count > 0 else { throw .empty(file: file) }
    if view.count >= 8, view.bytes(0..<4) == [0xD0, 0xCF, 0x11, 0xE0] {
      throw isEncrypted(view)
        ? .saveAnew(
          file: file, found: "an encrypted workbook",
          remedy: "open it in a spreadsheet program with its password, and save it without one")
        : .saveAnew(
          file: file, found: "an old Excel workbook (.xls, before 2007) or an encrypted one",
          remedy: "open it in a spreadsheet program and save it as .xlsx, without a password")
    }
    guard view.count >= 4, view.bytes(0..<2) == [0x50, 0x4B] else {
      let isText = (0..<min(view.count, 512)).allSatisfy { view[$0] >= 0x09 }
      throw .wrongKind(
        file: file, found: (isText ? "text" : "something else") + ", not an Excel workbook")
    }
  }

  /// Refuses archives that are workbooks of another kind, or none.
  static func refuse(_ archive: ZipArchive, file: String) throws(SurveyFileError) {
    if archive.contains("xl/workbook.bin") {
      throw .saveAnew(
        file: file, found: "a binary Excel workbook (.xlsb)", remedy: "save it as .xlsx")
    }
    if archive.contains("content.xml"), archive.contains("mimetype") {
      throw .saveAnew(
        file: file, found: "an OpenDocument file", remedy: "save it as .xlsx or .csv")
    }
    if archive.containsFolder("index/") || archive.contains("index.zip") {
      throw .saveAnew(
        file: file, found: "a Numbers document", remedy: "export it as Excel (.xlsx) or CSV")
    }
    guard archive.contains("[content_types].xml") || archive.containsFolder("xl/") else {
      throw .wrongKind(file: file, found: "a zip archive that is no Excel workbook")
    }
    guard archive.containsFolder("xl/") else {
      throw .wrongKind(file: file, found: "an Office document that is no Excel workbook")
    }
  }

  /// Whether an OLE container says, in UTF-16, that it holds an encrypted package.
  private static func isEncrypted(_ view: ByteView) -> Bool {
    let mark = Array("EncryptedPackage".utf8.map { [$0, 0] }.joined())
    let last = min(view.count, 1 << 22) - mark.count
    guard last > 0 else { return false }
    var place = 0
    while place < last {
      if view[place] == mark[0], view.bytes(place..<place + mark.count) == mark { return true }
      place += 1
    }
    return false
  }
}
