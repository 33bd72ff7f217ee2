import Foundation

@testable import TesseraReport

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a drawing shows: its size, its elements, and where its texts stand.
final class Drawing: NSObject, XMLParserDelegate {
  struct Text {
    let string: String
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    /// Whether two texts cover each other by more than a hair.
    func touches(_ other: Text) -> Bool {
      min(right, other.right) - max(left, other.left) > 0.5
        && min(bottom, other.bottom) - max(top, other.top) > 0.5
    }
  }

  private(set) var width = 0.0
  private(set) var height = 0.0
  private(set) var texts: [Text] = []
  /// Ends of straight lines: left, top, right, bottom as they are written.
  private(set) var lines: [(x1: Double, y1: Double, x2: Double, y2: Double)] = []
  private(set) var elements: Set<String> = []
  private var offset = (x: 0.0, y: 0.0)
  private var current: [String: String]?
  private var string = ""
  private var isTitle = false

  /// Texts that leave the drawing or cover each other, in words.
  var faults: [String] {
    var found: [String] = []
    for (position, text) in texts.enumerated() {
      if text.left < -0.5 || text.right > width + 0.5 || text.top < -0.5
        || text.bottom > height + 0.5
      {
        found.append("'\(text.string)' leaves the drawing")
      }
      for other in texts[(position + 1)...] where text.touches(other) {
        found.append("'\(text.string)' touches '\(other.string)'")
      }
    }
    return found
  }

  init?(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.insert(name)
    switch name {
    case "svg":
      // A drawing within a drawing stands at a place of its own.
      if width > 0 {
        offset = (
          attributes["x"].flatMap(Double.init) ?? 0, attributes["y"].flatMap(Double.init) ?? 0
        )
        break
      }
      let box = (attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
      if box.count == 4 { (width, height) = (box[2], box[3]) }
    case "line":
      let ends = ["x1", "y1", "x2", "y2"].compactMap { attributes[$0].flatMap(Double.init) }
      if ends.count == 4 { lines.append((ends[0], ends[1], ends[2], ends[3])) }
    case "text":
      current = attributes
      string = ""
    case "title": isTitle = true
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) {
    if current != nil, !isTitle { string += characters }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "title" { isTitle = false }
    guard name == "text", let own = current else { return }
    current = nil
    guard let x = own["x"].flatMap(Double.init).map({ $0 + offset.x }),
      let y = own["y"].flatMap(Double.init).map({ $0 + offset.y }),
      let size = own["font-size"].flatMap(Double.init)
    else { return }
    let width = TextMeasure.width(string, size: size, isBold: own["font-weight"] != nil)
    let left =
      switch own["text-anchor"] {
      case "middle": x - width / 2
      case "end": x - width
      default: x
      }
    // From the top of capitals to the foot of descenders.
    texts.append(
      Text(
        string: string, left: left, top: y - 0.75 * size, right: left + width,
        bottom: y + 0.2 * size))
  }
}
