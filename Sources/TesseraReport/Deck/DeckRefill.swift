import Foundation
import TesseraFiles

/// Fills the generated shapes of a deck with new results.
struct DeckRefill {
  /// Writes into the deck.
  private(set) var writer: DeckWriter
  /// What moved, in sentences.
  private(set) var moved: [String] = []
  /// Whether anything in the file is other than before.
  private(set) var isChanged = false

  private let deck: Deck
  private let file: String
  private let shapes: [String: DeckShape]
  private let titles: [String: String]
  private let notes: [String: String]
  private var seen: Set<String> = []

  init(_ deck: Deck, _ bytes: [UInt8], file: String) throws {
    self.deck = deck
    self.file = file
    let template = try DeckTemplate(try OfficePackage(bytes, file: file), file: file)
    writer = DeckWriter(template, file: file)
    shapes = Dictionary(
      deck.slides.flatMap(\.shapes).map { ($0.finding, $0) }, uniquingKeysWith: { one, _ in one })
    titles = Dictionary(
      deck.slides.map { ("\($0.id).title", $0.title) }, uniquingKeysWith: { one, _ in one })
    notes = Dictionary(
      deck.slides.map { ("\($0.id).notes", $0.notes) }, uniquingKeysWith: { one, _ in one })
  }

  mutating func run() throws {
    let parts = writer.package.parts.map(\.name).filter {
      ($0.hasPrefix("ppt/slides/slide") || $0.hasPrefix("ppt/notesSlides/"))
        && $0.hasSuffix(".xml")
    }
    for part in parts { try fill(part) }
    let missing = deck.slides.filter { slide in
      !seen.contains { $0.hasPrefix(slide.id + ".") }
    }
    guard !missing.isEmpty else { return }
    try writer.append(missing, title: deck.title)
    isChanged = true
    moved += missing.map { "New slide at the end: \($0.title)" }
  }

  private mutating func fill(_ part: String) throws {
    guard let text = writer.package.text(part), text.contains("name=\"\(DeckFile.prefix)") else {
      return
    }
    var tree = try XMLTree(text, member: part, file: file)
    let relations = try DeckRelations(of: part, in: writer.package, file: file)
    var charts: [(part: String, finding: String, chart: DeckChart)] = []
    var notices: [String] = []
    var found: [String] = []
    var hasChanged = false
    let (shapes, titles, notes, writer) = (shapes, titles, notes, writer)
    var failure: (any Error)?
    tree.change { element in
      guard element.name == "p:sp" || element.name == "p:graphicFrame",
        let name = element.find("p:cNvPr")?["name"].map(OfficeText.unescaped),
        name.hasPrefix(DeckFile.prefix)
      else { return false }
      let finding = String(name.dropFirst(DeckFile.prefix.count))
      found.append(finding)
      let before = element
      do {
        if let title = titles[finding] {
          Self.fill(
            &element, finding, writer.titleBody(title), plain: [title], &notices)
        } else if let note = notes[finding] {
          Self.fill(
            &element, finding, DeckWriter.notesBody(note),
            plain: note.split(separator: "\n").map(String.init), &notices)
        } else if let shape = shapes[finding] {
          let frame = Self.frame(of: element) ?? writer.frame(shape.frame)
          switch shape.content {
          case .text(let paragraphs):
            let body = DeckShapeXML.body(paragraphs, frame)
            Self.fill(&element, finding, body, plain: paragraphs.map(\.text), &notices)
          case .table(let table):
            let new = try XMLTree(DeckShapeXML.table(table, frame), member: finding, file: "")
            if Self.words(new) != element.find("a:tbl").map(Self.words) {
              notices.append("\(finding): the figures of the table changed")
              Self.replace("a:tbl", in: &element, by: new)
            }
          case .chart(let chart):
            if let id = element.find("c:chart")?["r:id"],
              let target = relations.all.first(where: { $0.id == id })
            {
              charts.append((target.part, finding, chart))
            }
          }
        } else {
          notices.append("\(finding): there is no such finding any more; the shape stays as it was")
          if element.name == "p:sp" { Self.outline(&element) }
        }
      } catch {
        failure = error
      }
      if element != before { hasChanged = true }
      return true
    }
    if let failure { throw failure }
    seen.formUnion(found)
    if hasChanged {
      self.writer.set(part, tree.text)
      isChanged = true
    }
    for one in charts
    where Self.data(self.writer.package.text(one.part)) != Self.data(DeckChartXML.part(one.chart)) {
      try self.writer.replace(one.part, by: one.chart)
      notices.append("\(one.finding): the figures of the chart changed")
      isChanged = true
    }
    moved += notices
  }

  /// The numbers and names of a chart, whatever it looks like.
  private static func data(_ xml: String?) -> [String] {
    guard let xml, let tree = try? XMLTree(xml, member: "", file: "") else { return [] }
    return tree.all("c:ser").flatMap { series in
      series.all("c:v").map { value in
        let text = OfficeText.unescaped(value.content)
        return Double(text).map { "\($0)" } ?? text
      }
    }
  }

  private static func words(_ table: XMLTree) -> [String] {
    table.all("a:tc").map { $0.all("a:t").map { OfficeText.unescaped($0.content) }.joined() }
  }

  /// Gives a text shape its new text, unless somebody changed the old one.
  private static func fill(
    _ element: inout XMLTree, _ finding: String, _ body: (xml: String, mark: String),
    plain: [String], _ notices: inout [String]
  ) {
    guard let old = element.find("p:txBody") else { return }
    let paragraphs = old.all("a:p").map { paragraph in
      paragraph.all("a:t").map { OfficeText.unescaped($0.content) }.joined()
    }
    let current = OfficeText.mark(DeckShapeXML.plain(paragraphs))
    if current == body.mark { return }
    let known = element.find("p:cNvPr")?["descr"] ?? ""
    guard known.hasSuffix(DeckShapeXML.mark + current) else {
      outline(&element)
      notices.append(
        "\(finding): somebody changed the text, and it stays: \"\(paragraphs.joined(separator: " "))\"; "
          + "the results now say: \"\(plain.joined(separator: " "))\"")
      return
    }
    guard let new = try? XMLTree(body.xml, member: finding, file: "") else { return }
    replace("p:txBody", in: &element, by: new)
    element.change { inner in
      guard inner.name == "p:cNvPr" else { return false }
      inner["descr"] = DeckShapeXML.mark + body.mark
      return true
    }
    notices.append("\(finding): the text changed to \"\(plain.joined(separator: " "))\"")
  }

  private static func replace(_ name: String, in element: inout XMLTree, by new: XMLTree) {
    element.change { inner in
      guard inner.name == name else { return false }
      inner = new
      return true
    }
  }

  /// Where a shape stands, in points; `nil` where its layout says.
  private static func frame(of element: XMLTree) -> DeckFrame? {
    let place = element.name == "p:sp" ? element.find("a:xfrm") : element.find("p:xfrm")
    func points(_ text: String?) -> Double? {
      text.flatMap(Double.init).map { $0 / DeckShapeXML.unit }
    }
    guard let place, let x = points(place.find("a:off")?["x"]),
      let y = points(place.find("a:off")?["y"]), let width = points(place.find("a:ext")?["cx"]),
      let height = points(place.find("a:ext")?["cy"])
    else { return nil }
    return DeckFrame(x: x, y: y, width: width, height: height)
  }

  /// Draws a line around a shape that needs a look.
  private static func outline(_ element: inout XMLTree) {
    var line = XMLTree("a:ln")
    line["w"] = "28575"
    line.children = [
      .raw(
        "<a:solidFill><a:srgbClr val=\"D55E00\"/></a:solidFill><a:prstDash val=\"dash\"/>")
    ]
    let before = [
      "a:xfrm", "a:custGeom", "a:prstGeom", "a:noFill", "a:solidFill", "a:gradFill", "a:blipFill",
      "a:pattFill", "a:grpFill",
    ]
    element.change { inner in
      guard inner.name == "p:spPr" else { return false }
      inner.children.removeAll {
        if case .element(let one) = $0 { one.name == "a:ln" } else { false }
      }
      let last = inner.children.lastIndex {
        if case .element(let one) = $0 { before.contains(one.name) } else { false }
      }
      inner.children.insert(.element(line), at: last.map { $0 + 1 } ?? 0)
      return true
    }
  }
}

extension XMLTree {
  /// The text directly inside, as written.
  fileprivate var content: String {
    children.map { if case .raw(let raw) = $0 { raw } else { "" } }.joined()
  }
}

extension OfficeText {
  /// Text as a reader sees it, from text as XML writes it.
  static func unescaped(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "&") {
      result += rest[..<open]
      rest = rest[open...]
      guard let close = rest.prefix(12).firstIndex(of: ";") else { break }
      let name = rest[rest.index(after: rest.startIndex)..<close]
      switch name {
      case "amp": result += "&"
      case "lt": result += "<"
      case "gt": result += ">"
      case "quot": result += "\""
      case "apos": result += "'"
      default:
        let number =
          name.hasPrefix("#x")
          ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        if let scalar = number.flatMap(UnicodeScalar.init) { result.unicodeScalars.append(scalar) }
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
