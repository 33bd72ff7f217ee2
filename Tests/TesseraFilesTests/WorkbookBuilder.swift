/// Makes small Excel workbooks, right and wrong, byte by byte.
struct WorkbookBuilder {
  /// The parts of the archive, in order; a name may stand twice.
  var parts: [(name: String, text: String)] = []

  /// A workbook of sheets.
  ///
  /// - Parameters:
  ///   - sheets: Names, states and the XML of what each holds.
  ///   - strings: The XML inside `sst`.
  ///   - styles: The XML inside `styleSheet`.
  ///   - properties: Attributes of `workbookPr`.
  init(
    sheets: [(name: String, state: String, xml: String)], strings: String = "",
    styles: String = Self.styles, properties: String = ""
  ) {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var list = ""
    var relations = ""
    for (place, sheet) in sheets.enumerated() {
      list += "<sheet name=\"\(sheet.name)\" sheetId=\"\(place + 1)\" state=\"\(sheet.state)\" "
      list += "r:id=\"r\(place + 1)\"/>"
      relations += "<Relationship Id=\"r\(place + 1)\" Type=\"\(kinds)/worksheet\" "
      relations += "Target=\"worksheets/sheet\(place + 1).xml\"/>"
    }
    relations +=
      "<Relationship Id=\"s\" Type=\"\(kinds)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    relations += "<Relationship Id=\"t\" Type=\"\(kinds)/styles\" Target=\"styles.xml\"/>"
    parts.append(("[Content_Types].xml", "<Types/>"))
    parts.append(
      (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(kinds)/officeDocument\" "
          + "Target=\"xl/workbook.xml\"/></Relationships>"
      ))
    parts.append(
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(kinds)\"><workbookPr \(properties)/>"
          + "<sheets>\(list)</sheets></workbook>"
      ))
    parts.append(("xl/_rels/workbook.xml.rels", "<Relationships>\(relations)</Relationships>"))
    parts.append(("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"))
    parts.append(("xl/sharedStrings.xml", "<sst>\(strings)</sst>"))
    for (place, sheet) in sheets.enumerated() {
      parts.append(
        (
          "xl/worksheets/sheet\(place + 1).xml",
          "<worksheet xmlns=\"\(main)\">\(sheet.xml)</worksheet>"
        ))
    }
  }

  /// A workbook of one sheet.
  init(_ xml: String, strings: String = "", properties: String = "") {
    self.init(
      sheets: [("Answers", "visible", xml)], strings: strings, properties: properties)
  }

  /// Styles 1 to 5: a day, a moment, a time, a day by a code of its own, a number with a text.
  static let styles = """
    <numFmts count="2"><numFmt numFmtId="170" formatCode="[$-407]dd/mm/yyyy;@"/>\
    <numFmt numFmtId="171" formatCode="0.0&quot; days&quot;"/></numFmts>\
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="21"/>\
    <xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>
    """

  /// A row of texts standing in the cells themselves.
  static func row(_ number: Int, _ texts: [String]) -> String {
    let cells = texts.enumerated().map { column, text in
      let place = "\(Unicode.Scalar(UInt8(0x41 + column)))\(number)"
      return text.isEmpty
        ? "" : "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }
    return "<row r=\"\(number)\">\(cells.joined())</row>"
  }

  /// The archive, its members stored as they are.
  var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in parts {
      let content = Array(text.utf8)
      var header = Self.little(20, 2) + Self.little(0, 2) + Self.little(0, 2)
      header += Self.little(0, 2) + Self.little(0x21, 2)
      header += Self.little(Int(Self.checksum(content)), 4)
      header += Self.little(content.count, 4) + Self.little(content.count, 4)
      header += Self.little(name.utf8.count, 2) + Self.little(0, 2)
      directory += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + header
      directory += Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 4)
      directory += Self.little(body.count, 4) + Array(name.utf8)
      body += Self.little(0x0403_4B50, 4) + header + Array(name.utf8) + content
    }
    var end = Self.little(0x0605_4B50, 4) + Self.little(0, 4)
    end += Self.little(parts.count, 2) + Self.little(parts.count, 2)
    end += Self.little(directory.count, 4) + Self.little(body.count, 4) + Self.little(0, 2)
    return body + directory + end
  }

  private static func little(_ number: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var state: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      state ^= UInt32(byte)
      for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0xEDB8_8320 : state >> 1 }
    }
    return ~state
  }
}
