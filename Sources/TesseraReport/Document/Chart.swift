import Foundation
public import TesseraStudy

/// A picture: a title that says the finding, the drawing, and the table behind it.
public struct Chart: Sendable, Equatable {
  /// Its name for files and anchors, in lower case and hyphens.
  public var id: String
  /// The finding, as a sentence.
  public var title: String
  /// Units, bases and what else is needed to read it.
  public var subtitle: String
  /// What it shows, in words, for those who cannot see it.
  public var description: String
  /// The segment whose people alone it shows; `nil` for everybody.
  public var segment: String?
  /// The drawing: one `svg` element.
  public var svg: String
  /// The same drawing for a screen as narrow as a phone's; `nil` where ``svg`` may shrink instead.
  public var narrowSVG: String?
  /// The same chart as a Vega-Lite specification, for those who restyle.
  public var vegaLite: JSONValue
  /// The numbers.
  public var table: ReportTable
}

/// A chart as files of its own, which have to speak for themselves.
extension Chart {
  /// The drawing with its title above and what is needed to read it, in the colours of light paper.
  public var standaloneSVG: String {
    let inner = Self.onPaper(svg)
    let size = drawingSize
    let width = max(size.width, Frame.least) + 2 * Frame.margin
    let titles = TextMeasure.wrapped(
      title, to: width - 2 * Frame.margin, size: Frame.title, lines: 4, isBold: true)
    let notes =
      subtitle.isEmpty
      ? []
      : TextMeasure.wrapped(
        subtitle, to: width - 2 * Frame.margin, size: Frame.note, lines: 8)
    let head =
      Frame.margin + Frame.line * (Frame.title * Double(titles.count))
      + Frame.line * (Frame.note * Double(notes.count)) + 14
    var frame = SVGCanvas(
      width: width, height: head + size.height + Frame.margin,
      description: "\(title). \(description)")
    frame.rectangle(x: 0, y: 0, width: frame.width, height: frame.height, fill: "#ffffff")
    var y = Frame.margin
    for line in titles {
      y += Frame.line * Frame.title
      frame.label(line, x: Frame.margin, y: y - 4, size: Frame.title, isBold: true)
    }
    y += 2
    for line in notes {
      y += Frame.line * Frame.note
      frame.label(line, x: Frame.margin, y: y - 3, size: Frame.note, fill: SVGCanvas.soft)
    }
    frame.embed(inner, x: Frame.margin, y: head)
    return Self.onPaper(frame.svg) + "\n"
  }

  /// Width and height of the file, in pixels.
  public var standaloneSize: (width: Double, height: Double) { Self.size(of: standaloneSVG) }

  /// The specification with the chart's own title and subtitle.
  public var specification: JSONValue {
    guard case .object(let members) = vegaLite else { return vegaLite }
    func lines(_ text: String) -> JSONValue {
      .array(
        TextMeasure.wrapped(text, to: 640, size: Frame.note, lines: 8).map { .string($0) })
    }
    let heading =
      ["text": lines(title), "subtitle": lines(subtitle), "anchor": "start"] as JSONValue
    return .object(members.prefix(1) + [("title", heading)] + members.dropFirst())
  }

  /// Sizes of the frame, in pixels.
  private enum Frame {
    static let margin = 16.0
    static let title = 16.0
    static let note = 12.0
    static let line = 1.3
    /// Narrower drawings leave room for the title.
    static let least = 480.0
  }

  /// Width and height of the drawing, in pixels.
  var drawingSize: (width: Double, height: Double) { Self.size(of: svg) }

  private static func size(of svg: String) -> (width: Double, height: Double) {
    func number(_ name: String) -> Double {
      guard let start = svg.range(of: " \(name)=\"") else { return 0 }
      return Double(svg[start.upperBound...].prefix { $0 != "\"" }) ?? 0
    }
    return (number("width"), number("height"))
  }

  /// A drawing whose colours, which follow a page, are those of light paper.
  private static func onPaper(_ svg: String) -> String {
    var result = ""
    var rest = svg[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "(")) {
      let inside = rest.utf8.index(after: open)
      guard rest[..<open].hasSuffix("var"), rest[inside...].hasPrefix("--"),
        let comma = rest.utf8[inside...].firstIndex(of: UInt8(ascii: ",")),
        let end = rest.utf8[comma...].firstIndex(of: UInt8(ascii: ")"))
      else {
        result += rest[..<inside]
        rest = rest[inside...]
        continue
      }
      result += rest[..<rest.index(open, offsetBy: -3)]
      result += rest[rest.utf8.index(after: comma)..<end]
      rest = rest[rest.utf8.index(after: end)...]
    }
    return result + rest
  }
}
