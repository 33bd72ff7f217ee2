/// Shapes of a slide as DrawingML.
struct DeckShapeXML {
  /// How many units of DrawingML a point has.
  static let unit = 12_700.0

  /// A rectangle in points.
  let frame: DeckFrame

  /// Where it stands, in units of DrawingML.
  func place(_ prefix: String) -> String {
    func units(_ points: Double) -> Int { Int((points * Self.unit).rounded()) }
    return "<\(prefix):xfrm><a:off x=\"\(units(frame.x))\" y=\"\(units(frame.y))\"/>"
      + "<a:ext cx=\"\(units(frame.width))\" cy=\"\(units(frame.height))\"/></\(prefix):xfrm>"
  }

  /// The name of a shape that shows a finding.
  static func name(_ finding: String) -> String { "tessera:" + finding }

  /// Begin of the mark in a description.
  static let mark = "tessera-text:"

  /// A text box.
  func text(_ shape: DeckShape, _ paragraphs: [DeckParagraph], id: Int) -> String {
    let body = Self.body(paragraphs, frame)
    let name = OfficeText.escaped(Self.name(shape.finding))
    return "<p:sp><p:nvSpPr><p:cNvPr id=\"\(id)\" name=\"\(name)\" "
      + "descr=\"\(Self.mark)\(body.mark)\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr>"
      + "<p:spPr>\(place("a"))<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>"
      + "\(body.xml)</p:sp>"
  }

  /// The text of a box, at the largest size that fits, and its mark.
  static func body(
    _ paragraphs: [DeckParagraph], _ frame: DeckFrame, largest: Double = 18
  ) -> (xml: String, mark: String) {
    let fit = DeckLayout.fitted(
      paragraphs, width: frame.width, height: frame.height, largest: largest)
    let inset = Int(DeckLayout.inset * unit)
    var xml =
      "<p:txBody><a:bodyPr wrap=\"square\" lIns=\"\(inset)\" tIns=\"\(inset)\" rIns=\"\(inset)\" "
      + "bIns=\"\(inset)\" anchor=\"t\"><a:noAutofit/></a:bodyPr><a:lstStyle/>"
    for one in fit.paragraphs {
      let bullet =
        one.style == .bullet
        ? "<a:pPr marL=\"177800\" indent=\"-177800\"><a:spcAft><a:spcPts val=\"300\"/></a:spcAft>"
          + "<a:buFont typeface=\"Arial\"/><a:buChar char=\"&#8226;\"/></a:pPr>"
        : "<a:pPr marL=\"0\" indent=\"0\"><a:spcAft><a:spcPts val=\"300\"/></a:spcAft><a:buNone/>"
          + "</a:pPr>"
      xml += "<a:p>\(bullet)" + run(one.text, fit.size, one.style) + "</a:p>"
    }
    xml += "</p:txBody>"
    return (xml, OfficeText.mark(plain(fit.paragraphs.map(\.text))))
  }

  /// Paragraphs as one text, as a reader of the slide finds them.
  static func plain(_ paragraphs: [String]) -> String {
    paragraphs.map(OfficeText.escaped).joined(separator: "\n")
  }

  private static func run(
    _ text: String, _ size: Double, _ style: DeckParagraph.Style
  ) -> String {
    let fill =
      style == .muted
      ? "<a:solidFill><a:schemeClr val=\"tx1\"><a:lumMod val=\"65000\"/><a:lumOff val=\"35000\"/>"
        + "</a:schemeClr></a:solidFill>" : ""
    return "<a:r><a:rPr lang=\"en-GB\" sz=\"\(Int(size * 100))\""
      + (style == .strong ? " b=\"1\"" : "")
      + " dirty=\"0\">\(fill)<a:latin typeface=\"+mn-lt\"/></a:rPr>"
      + "<a:t>\(OfficeText.escaped(text))</a:t></a:r>"
  }

  /// A chart of a part of the slide.
  func chart(_ shape: DeckShape, relation: String, id: Int) -> String {
    graphic(
      shape, id: id, uri: "http://schemas.openxmlformats.org/drawingml/2006/chart",
      "<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
        + "r:id=\"\(relation)\"/>")
  }

  /// A table.
  func table(_ shape: DeckShape, _ table: DeckTable, id: Int) -> String {
    graphic(
      shape, id: id, uri: "http://schemas.openxmlformats.org/drawingml/2006/table",
      Self.table(table, frame))
  }

  private func graphic(_ shape: DeckShape, id: Int, uri: String, _ content: String) -> String {
    let name = OfficeText.escaped(Self.name(shape.finding))
    return "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"\(id)\" name=\"\(name)\" "
      + "descr=\"\(OfficeText.escaped(shape.description))\"/><p:cNvGraphicFramePr>"
      + "<a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>"
      + "\(place("p"))<a:graphic><a:graphicData uri=\"\(uri)\">\(content)</a:graphicData>"
      + "</a:graphic></p:graphicFrame>"
  }

  /// A table as `a:tbl`, in letters that fit its frame.
  static func table(_ table: DeckTable, _ frame: DeckFrame) -> String {
    let fit = DeckLayout.rows(table, width: frame.width, height: frame.height)
    func units(_ points: Double) -> Int { Int((points * unit).rounded()) }
    var xml = "<a:tbl><a:tblPr firstRow=\"1\"/><a:tblGrid>"
    for width in table.widths { xml += "<a:gridCol w=\"\(units(width * frame.width))\"/>" }
    xml += "</a:tblGrid>"
    let header = table.header.enumerated().map { place, text in
      DeckTable.Cell(
        text: text, heat: nil, isStrong: true,
        isNumber: table.rows.first.map { $0[place].isNumber || $0[place].heat != nil } ?? false)
    }
    for (number, row) in ([header] + table.rows).prefix(fit.heights.count).enumerated() {
      xml += "<a:tr h=\"\(units(fit.heights[number]))\">"
      for cell in row { xml += self.cell(cell, fit.size, isHeader: number == 0) }
      xml += "</a:tr>"
    }
    return xml + "</a:tbl>"
  }

  private static func cell(_ cell: DeckTable.Cell, _ size: Double, isHeader: Bool) -> String {
    let align = cell.isNumber || cell.heat != nil ? " algn=\"ctr\"" : ""
    // Heat cells are pale in any theme, so their figures are dark in any theme.
    let ink =
      cell.heat != nil
      ? "<a:solidFill><a:srgbClr val=\"1A1A1A\"/></a:solidFill>" : ""
    var fill = "<a:noFill/>"
    if let heat = cell.heat {
      let strength = Int((min(1, max(0, heat)) * 55 + 3).rounded()) * 1000
      fill =
        "<a:solidFill><a:schemeClr val=\"tx2\"><a:lumMod val=\"\(strength)\"/>"
        + "<a:lumOff val=\"\(100_000 - strength)\"/></a:schemeClr></a:solidFill>"
    }
    let line =
      "<a:ln\(isHeader ? "B w=\"12700\"" : "B w=\"6350\"")><a:solidFill><a:schemeClr val=\"tx1\">"
      + "<a:lumMod val=\"50000\"/><a:lumOff val=\"50000\"/></a:schemeClr></a:solidFill></a:lnB>"
    return "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr\(align)/>"
      + "<a:r><a:rPr lang=\"en-GB\" sz=\"\(Int(size * 100))\""
      + (cell.isStrong ? " b=\"1\"" : " b=\"0\"")
      + " dirty=\"0\">\(ink)<a:latin typeface=\"+mn-lt\"/></a:rPr>"
      + "<a:t>\(OfficeText.escaped(cell.text))</a:t></a:r></a:p></a:txBody>"
      + "<a:tcPr marL=\"50800\" marR=\"50800\" marT=\"38100\" marB=\"38100\" anchor=\"ctr\">"
      + "<a:lnL w=\"0\"><a:noFill/></a:lnL><a:lnR w=\"0\"><a:noFill/></a:lnR>"
      + "<a:lnT w=\"0\"><a:noFill/></a:lnT>\(line)\(fill)</a:tcPr></a:tc>"
  }
}
