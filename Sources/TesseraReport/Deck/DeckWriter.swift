import Foundation
import TesseraFiles

/// Puts slides into a package.
struct DeckWriter {
  private var template: DeckTemplate
  private let file: String
  private static let types = "application/vnd.openxmlformats-officedocument."
  private static let names =
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    + "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""

  /// The package so far.
  var package: OfficePackage { template.package }

  /// Prepares to write.
  ///
  /// - Parameters:
  ///   - template: A presentation whose own slides are gone, or are filled anew.
  ///   - file: The template's file, for messages.
  init(_ template: DeckTemplate, file: String) {
    self.template = template
    self.file = file
  }

  /// The place of a shape on a slide, in points.
  func frame(_ frame: DeckFrame) -> DeckFrame {
    let body = template.body
    return DeckFrame(
      x: body.x + frame.x * body.width, y: body.y + frame.y * body.height,
      width: frame.width * body.width, height: frame.height * body.height)
  }

  /// Adds slides behind those that are there.
  mutating func append(_ slides: [DeckSlide], title: String) throws {
    guard !slides.isEmpty else { return }
    try addNotesMaster()
    var presentation = try DeckRelations(of: "ppt/presentation.xml", in: package, file: file)
    var ids: [String] = []
    for slide in slides {
      let part = free("ppt/slides/slide", ".xml")
      try write(slide, to: part)
      ids.append(presentation.add(kind: "slide", target: String(part.dropFirst(4))))
      addType(part, Self.types + "presentationml.slide+xml")
    }
    presentation.write(to: &template.package)
    try list(ids)
    if let core = package.text("docProps/core.xml") {
      let tree = try XMLTree(core, member: "docProps/core.xml", file: file)
      var changed = tree
      changed.change { element in
        guard element.name == "dc:title" else { return false }
        element.children = [.raw(OfficeText.escaped(title))]
        return true
      }
      template.package.set("docProps/core.xml", changed.text)
    }
  }

  /// The slide as a part of its own, with notes and charts.
  private mutating func write(_ slide: DeckSlide, to part: String) throws {
    var relations = try DeckRelations(of: part, in: OfficePackage(), file: file)
    _ = relations.add(
      kind: "slideLayout", target: "../" + template.layout.dropFirst(4))
    var shapes = titleShape(slide)
    for (number, shape) in slide.shapes.enumerated() {
      let drawn = DeckShapeXML(frame: frame(shape.frame))
      let id = number + 3
      switch shape.content {
      case .text(let paragraphs): shapes += drawn.text(shape, paragraphs, id: id)
      case .table(let table): shapes += drawn.table(shape, table, id: id)
      case .chart(let chart):
        let place = try add(chart)
        let relation = relations.add(kind: "chart", target: "../" + place.dropFirst(4))
        shapes += drawn.chart(shape, relation: relation, id: id)
      }
    }
    shapes += numberShape(id: slide.shapes.count + 3)
    let notes = try addNotes(slide, of: part)
    _ = relations.add(kind: "notesSlide", target: "../" + notes.dropFirst(4))
    template.package.set(
      part,
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<p:sld \(Self.names)><p:cSld>"
        + DeckTheme.tree(shapes) + "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        + "</p:sld>")
    relations.write(to: &template.package)
  }

  /// The title, in smaller letters than the template's only where it would not fit.
  func titleBody(_ text: String) -> (xml: String, mark: String) {
    let room = template.title
    var size = template.titleSize
    while size > 14,
      Double(
        DeckLayout.lines(text, width: room.width - 16, size: size, isBold: true)) * size
        * DeckLayout.leading > room.height - 8
    {
      size -= 1
    }
    let sized = size < template.titleSize ? " sz=\"\(Int(size * 100))\"" : ""
    return (
      "<p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r>"
        + "<a:rPr lang=\"en-GB\"\(sized) dirty=\"0\"/><a:t>\(OfficeText.escaped(text))</a:t></a:r>"
        + "</a:p></p:txBody>", OfficeText.mark(DeckShapeXML.plain([text]))
    )
  }

  /// The slide's number, which follows its place.
  private func numberShape(id: Int) -> String {
    let place = DeckShapeXML(frame: frame(DeckFrame(x: 0.93, y: 1.01, width: 0.07, height: 0.055)))
    return "<p:sp><p:nvSpPr><p:cNvPr id=\"\(id)\" name=\"Slide Number\"/><p:cNvSpPr txBox=\"1\"/>"
      + "<p:nvPr/></p:nvSpPr><p:spPr>\(place.place("a"))<a:prstGeom prst=\"rect\"><a:avLst/>"
      + "</a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\"/><a:lstStyle/><a:p>"
      + "<a:pPr algn=\"r\"/><a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\" type=\"slidenum\">"
      + "<a:rPr lang=\"en-GB\" sz=\"1000\"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>"
  }

  private func titleShape(_ slide: DeckSlide) -> String {
    let body = titleBody(slide.title)
    let name = OfficeText.escaped(DeckShapeXML.name("\(slide.id).title"))
    return "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"\(name)\" "
      + "descr=\"\(DeckShapeXML.mark)\(body.mark)\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr>"
      + "<p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/>\(body.xml)</p:sp>"
  }

  /// Adds a chart with its workbook, and gives its part.
  mutating func add(_ chart: DeckChart) throws -> String {
    let part = free("ppt/charts/chart", ".xml")
    let book = free("ppt/embeddings/tessera", ".xlsx")
    template.package[book] = try DeckChartXML.workbook(chart)
    template.package.set(part, DeckChartXML.part(chart))
    var relations = try DeckRelations(of: part, in: OfficePackage(), file: file)
    _ = relations.add(kind: "package", target: "../" + book.dropFirst(4))
    relations.write(to: &template.package)
    addType(part, Self.types + "drawingml.chart+xml")
    addDefault("xlsx", Self.types + "spreadsheetml.sheet")
    return part
  }

  /// Puts a chart in the place of one that is there.
  mutating func replace(_ part: String, by chart: DeckChart) throws {
    var relations = try DeckRelations(of: part, in: package, file: file)
    if let book = relations.first(kind: "package")?.part {
      template.package[book] = nil
      relations.all.removeAll { $0.part == book }
    }
    let book = free("ppt/embeddings/tessera", ".xlsx")
    template.package[book] = try DeckChartXML.workbook(chart)
    relations.all = []
    _ = relations.add(kind: "package", target: "../" + book.dropFirst(4))
    relations.write(to: &template.package)
    template.package.set(part, DeckChartXML.part(chart))
    addDefault("xlsx", Self.types + "spreadsheetml.sheet")
  }

  /// Puts a text in the place of a part.
  mutating func set(_ part: String, _ text: String) { template.package.set(part, text) }

  /// The text of a notes page, and its mark.
  static func notesBody(_ text: String) -> (xml: String, mark: String) {
    let lines = text.split(separator: "\n").map(String.init)
    let paragraphs = lines.map {
      "<a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>\(OfficeText.escaped($0))</a:t></a:r></a:p>"
    }.joined()
    return (
      "<p:txBody><a:bodyPr/><a:lstStyle/>" + (paragraphs.isEmpty ? "<a:p/>" : paragraphs)
        + "</p:txBody>", OfficeText.mark(DeckShapeXML.plain(lines))
    )
  }

  private mutating func addNotes(_ slide: DeckSlide, of slidePart: String) throws -> String {
    let part = free("ppt/notesSlides/notesSlide", ".xml")
    let body = Self.notesBody(slide.notes)
    let name = OfficeText.escaped(DeckShapeXML.name("\(slide.id).notes"))
    template.package.set(
      part,
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<p:notes \(Self.names)><p:cSld>"
        + DeckTheme.tree(
          "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide Image\"/><p:cNvSpPr>"
            + "<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr>"
            + "<p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>"
            + "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"\(name)\" "
            + "descr=\"\(DeckShapeXML.mark)\(body.mark)\"/><p:cNvSpPr>"
            + "<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr>"
            + "</p:nvSpPr><p:spPr/>\(body.xml)</p:sp>")
        + "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>")
    let master =
      try DeckRelations(of: "ppt/presentation.xml", in: package, file: file)
      .first(kind: "notesMaster")?.part ?? "ppt/notesMasters/notesMaster1.xml"
    var relations = try DeckRelations(of: part, in: OfficePackage(), file: file)
    _ = relations.add(kind: "notesMaster", target: "../" + master.dropFirst(4))
    _ = relations.add(kind: "slide", target: "../" + slidePart.dropFirst(4))
    relations.write(to: &template.package)
    addType(part, Self.types + "presentationml.notesSlide+xml")
    return part
  }

  private mutating func addNotesMaster() throws {
    var relations = try DeckRelations(of: "ppt/presentation.xml", in: package, file: file)
    guard relations.first(kind: "notesMaster") == nil else { return }
    DeckTheme.addNotesMaster(to: &template.package)
    addType(
      "ppt/notesMasters/notesMaster1.xml", Self.types + "presentationml.notesMaster+xml")
    addType("ppt/theme/theme9.xml", Self.types + "theme+xml")
    let id = relations.add(kind: "notesMaster", target: "notesMasters/notesMaster1.xml")
    relations.write(to: &template.package)
    try insert(
      "<p:notesMasterIdLst><p:notesMasterId r:id=\"\(id)\"/></p:notesMasterIdLst>",
      behind: ["p:sldMasterIdLst"])
  }

  /// Lists slides in the presentation.
  private mutating func list(_ relations: [String]) throws {
    var tree = try presentation()
    let taken = tree.all("p:sldId").compactMap { $0["id"].flatMap(Int.init) }
    var next = max(255, taken.max() ?? 0)
    var entries = ""
    for relation in relations {
      next += 1
      entries += "<p:sldId id=\"\(next)\" r:id=\"\(relation)\"/>"
    }
    guard tree.first("p:sldIdLst") != nil else {
      try insert(
        "<p:sldIdLst>\(entries)</p:sldIdLst>",
        behind: ["p:sldMasterIdLst", "p:notesMasterIdLst", "p:handoutMasterIdLst"])
      return
    }
    tree.change { element in
      guard element.name == "p:sldIdLst" else { return false }
      element.children.append(.raw(entries))
      return true
    }
    template.package.set("ppt/presentation.xml", tree.text)
  }

  private func presentation() throws -> XMLTree {
    try XMLTree(
      package.text("ppt/presentation.xml") ?? "", member: "ppt/presentation.xml", file: file)
  }

  /// Puts an element behind the last of some that are there.
  private mutating func insert(_ text: String, behind names: [String]) throws {
    var tree = try presentation()
    let last = tree.children.lastIndex {
      if case .element(let one) = $0 { names.contains(one.name) } else { false }
    }
    tree.children.insert(.raw(text), at: last.map { $0 + 1 } ?? 0)
    template.package.set("ppt/presentation.xml", tree.text)
  }

  /// A name that no part has.
  private func free(_ start: String, _ end: String) -> String {
    var number = 1
    while package[start + String(number) + end] != nil { number += 1 }
    return start + String(number) + end
  }

  private mutating func addType(_ part: String, _ type: String) {
    addToTypes(DeckTheme.override(part, type), unless: "PartName=\"/\(part)\"")
  }

  private mutating func addDefault(_ ending: String, _ type: String) {
    addToTypes(
      "<Default Extension=\"\(ending)\" ContentType=\"\(type)\"/>",
      unless: "Extension=\"\(ending)\"")
  }

  private mutating func addToTypes(_ entry: String, unless known: String) {
    let name = "[Content_Types].xml"
    guard let text = package.text(name), !text.contains(known) else { return }
    template.package.set(name, text.replacing("</Types>", with: entry + "</Types>"))
  }
}
