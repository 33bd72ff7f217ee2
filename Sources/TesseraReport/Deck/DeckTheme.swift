import TesseraFiles

/// The package that slides are put into where the client gives no template of their own.
enum DeckTheme {
  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let names =
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    + "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
  private static let kinds =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
  private static let types = "application/vnd.openxmlformats-officedocument.presentationml."

  /// An empty presentation, 13.33 by 7.5 inches, with one master and a layout of a title alone.
  static var package: OfficePackage {
    var package = OfficePackage()
    package.set(
      "[Content_Types].xml",
      head
        + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        + "<Default Extension=\"rels\" "
        + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        + override("ppt/presentation.xml", types + "presentation.main+xml")
        + override("ppt/slideMasters/slideMaster1.xml", types + "slideMaster+xml")
        + override("ppt/slideLayouts/slideLayout1.xml", types + "slideLayout+xml")
        + override(
          "ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml")
        + override(
          "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
        + "</Types>")
    package.set(
      "_rels/.rels",
      relations([
        (kinds + "officeDocument", "ppt/presentation.xml"),
        (
          "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
          "docProps/core.xml"
        ),
      ]))
    package.set(
      "docProps/core.xml",
      head
        + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
        + "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        + "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
        + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title></dc:title>"
        + "<dc:creator>Tessera</dc:creator>"
        + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created>"
        + "</cp:coreProperties>")
    package.set(
      "ppt/presentation.xml",
      head + "<p:presentation \(names)><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" "
        + "r:id=\"rId1\"/></p:sldMasterIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/>"
        + "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>")
    package.set(
      "ppt/_rels/presentation.xml.rels",
      relations([
        (kinds + "slideMaster", "slideMasters/slideMaster1.xml"),
        (kinds + "theme", "theme/theme1.xml"),
      ]))
    package.set("ppt/theme/theme1.xml", theme)
    package.set("ppt/slideMasters/slideMaster1.xml", master)
    package.set(
      "ppt/slideMasters/_rels/slideMaster1.xml.rels",
      relations([
        (kinds + "slideLayout", "../slideLayouts/slideLayout1.xml"),
        (kinds + "theme", "../theme/theme1.xml"),
      ]))
    package.set(
      "ppt/slideLayouts/slideLayout1.xml",
      head + "<p:sldLayout \(names) type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Title Only\">"
        + tree(titleShape("")) + "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        + "</p:sldLayout>")
    package.set(
      "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
      relations([(kinds + "slideMaster", "../slideMasters/slideMaster1.xml")]))
    return package
  }

  /// The master of notes pages, for packages that have none.
  static func addNotesMaster(to package: inout OfficePackage) {
    package.set(
      "ppt/notesMasters/notesMaster1.xml",
      head
        + "<p:notesMaster \(names)><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/>"
        + "</p:bgRef></p:bg>"
        + tree(
          "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide Image\"/><p:cNvSpPr>"
            + "<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr>"
            + "<p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr>"
            + "<a:xfrm><a:off x=\"685800\" y=\"1143000\"/><a:ext cx=\"5486400\" cy=\"3086100\"/>"
            + "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:sp>"
            + "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr>"
            + "<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" sz=\"quarter\" "
            + "idx=\"3\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"685800\" y=\"4400550\"/>"
            + "<a:ext cx=\"5486400\" cy=\"3600450\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>"
            + "</a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
            + "<a:endParaRPr lang=\"en-GB\"/></a:p></p:txBody></p:sp>")
        + "</p:cSld>\(colourMap)</p:notesMaster>")
    package.set("ppt/theme/theme9.xml", theme)
    package.set(
      "ppt/notesMasters/_rels/notesMaster1.xml.rels",
      relations([(kinds + "theme", "../theme/theme9.xml")]))
  }

  private static let colourMap =
    "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" "
    + "accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" "
    + "accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>"

  /// The parts that one part refers to, `rId1` first.
  static func relations(_ all: [(kind: String, target: String)]) -> String {
    head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + all.enumerated().map {
        "<Relationship Id=\"rId\($0 + 1)\" Type=\"\($1.kind)\" Target=\"\($1.target)\"/>"
      }.joined() + "</Relationships>"
  }

  static func override(_ part: String, _ type: String) -> String {
    "<Override PartName=\"/\(part)\" ContentType=\"\(type)\"/>"
  }

  /// Shapes within the root that every slide has.
  static func tree(_ shapes: String) -> String {
    "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
      + "<p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/>"
      + "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>"
      + shapes + "</p:spTree>"
  }

  private static func titleShape(_ place: String) -> String {
    "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/>"
      + "</p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr>\(place)</p:spPr>"
      + "<p:txBody><a:bodyPr anchor=\"t\"/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>Title</a:t></a:r>"
      + "</a:p></p:txBody></p:sp>"
  }

  private static var master: String {
    let place =
      "<a:xfrm><a:off x=\"609600\" y=\"365760\"/><a:ext cx=\"10972800\" cy=\"914400\"/></a:xfrm>"
      + "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>"
    func levels(_ size: Int, _ isBold: Bool) -> String {
      "<a:lvl1pPr algn=\"l\"><a:lnSpc><a:spcPct val=\"95000\"/></a:lnSpc><a:buNone/>"
        + "<a:defRPr sz=\"\(size)\" b=\"\(isBold ? 1 : 0)\" kern=\"1200\"><a:solidFill>"
        + "<a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+m\(isBold ? "j" : "n")-lt\"/>"
        + "<a:ea typeface=\"+m\(isBold ? "j" : "n")-ea\"/><a:cs typeface=\"+m\(isBold ? "j" : "n")-cs\"/>"
        + "</a:defRPr></a:lvl1pPr>"
    }
    return head + "<p:sldMaster \(names)><p:cSld><p:bg><p:bgRef idx=\"1001\">"
      + "<a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>\(tree(titleShape(place)))</p:cSld>\(colourMap)"
      + "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst>"
      + "<p:txStyles><p:titleStyle>\(levels(2600, true))</p:titleStyle>"
      + "<p:bodyStyle>\(levels(1800, false))</p:bodyStyle>"
      + "<p:otherStyle>\(levels(1800, false))</p:otherStyle></p:txStyles></p:sldMaster>"
  }

  private static var theme: String {
    let accents = Palette.segments.prefix(6).enumerated().map {
      "<a:accent\($0 + 1)><a:srgbClr val=\"\($1.dropFirst())\"/></a:accent\($0 + 1)>"
    }.joined()
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
    func font(_ name: String) -> String {
      "<a:\(name)><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:\(name)>"
    }
    return head + "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
      + "name=\"Tessera\"><a:themeElements><a:clrScheme name=\"Tessera\">"
      + "<a:dk1><a:srgbClr val=\"1F2328\"/></a:dk1><a:lt1><a:srgbClr val=\"FFFFFF\"/></a:lt1>"
      + "<a:dk2><a:srgbClr val=\"0B4F8A\"/></a:dk2><a:lt2><a:srgbClr val=\"EEF2F6\"/></a:lt2>"
      + "\(accents)<a:hlink><a:srgbClr val=\"0B5394\"/></a:hlink>"
      + "<a:folHlink><a:srgbClr val=\"7A4B94\"/></a:folHlink></a:clrScheme>"
      + "<a:fontScheme name=\"Tessera\">\(font("majorFont"))\(font("minorFont"))</a:fontScheme>"
      + "<a:fmtScheme name=\"Tessera\"><a:fillStyleLst>\(fill)\(fill)\(fill)</a:fillStyleLst>"
      + "<a:lnStyleLst>"
      + String(repeating: "<a:ln w=\"9525\">\(fill)<a:prstDash val=\"solid\"/></a:ln>", count: 3)
      + "</a:lnStyleLst><a:effectStyleLst>"
      + String(
        repeating: "<a:effectStyle><a:effectLst/></a:effectStyle>", count: 3)
      + "</a:effectStyleLst><a:bgFillStyleLst>\(fill)\(fill)\(fill)</a:bgFillStyleLst>"
      + "</a:fmtScheme></a:themeElements></a:theme>"
  }
}
