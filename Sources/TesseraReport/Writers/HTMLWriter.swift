import Foundation
import TesseraFiles
import TesseraStudy

/// Writes a report as one HTML file that needs nothing from outside.
public struct HTMLWriter: Sendable {
  /// How numbers are written that no text holds yet.
  let numbers: NumberStyle

  /// Makes a writer.
  public init(numbers: NumberStyle = .english) {
    self.numbers = numbers
  }

  /// The report as a page.
  ///
  /// The page carries a content security policy that allows its own style, its own scripts by
  /// their checksums, and nothing else: no connection, no font and no picture from outside.
  ///
  /// - Parameter document: The report.
  /// - Returns: HTML in UTF-8.
  public func text(of document: ReportDocument) -> String {
    var out = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; \(scriptPolicy(document))img-src data:; base-uri 'none'; form-action 'none'">
      <title>\(Escape.html(document.title))</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the findings</a>
      <header class="top">
      <h1 dir="auto">\(Escape.html(document.title))</h1>
      <p class="subtitle">\(Escape.html(document.subtitle))</p>
      </header>
      <nav aria-label="Sections"><ul>

      """
    for section in document.sections {
      out += "<li><a href=\"#\(section.id)\">\(Escape.html(section.title))</a></li>\n"
    }
    out += "</ul></nav>\n<main id=\"main\">\n"
    for section in document.sections {
      out += "<section id=\"\(section.id)\" aria-labelledby=\"\(section.id)-title\">\n"
      if let claim = section.claim {
        out += "<p class=\"topic\">\(Escape.html(section.title))</p>\n"
        out += "<h2 class=\"claim\" id=\"\(section.id)-title\" dir=\"auto\">"
        out += "\(Escape.html(claim))</h2>\n"
      } else {
        out += "<h2 id=\"\(section.id)-title\">\(Escape.html(section.title))</h2>\n"
      }
      for block in section.blocks { write(block, headings: 3, to: &out) }
      out += "</section>\n"
    }
    out += "</main>\n<footer><p>\(Escape.html(document.footer))</p></footer>\n"
    for script in scripts(of: document) { out += "<script>\(script)</script>\n" }
    return out + "</body>\n</html>\n"
  }

  /// What runs in the page.
  private func scripts(of document: ReportDocument) -> [String] {
    document.tools.map(\.script) + [PageScript.text]
  }

  /// Which scripts may run: those of the report, by SHA-256.
  private func scriptPolicy(_ document: ReportDocument) -> String {
    let hashes = scripts(of: document).map { script -> String in
      let digits = Array(SHA256.hex(of: Array(script.utf8)))
      let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
      }
      return "'sha256-\(Data(bytes).base64EncodedString())'"
    }
    return "script-src \(hashes.joined(separator: " ")); "
  }

  private func write(_ block: Block, headings level: Int, to out: inout String) {
    switch block {
    case .paragraph(let text):
      out += "<p dir=\"auto\">\(rich(text))</p>\n"
    case .lead(let text):
      out += "<p class=\"lead\" dir=\"auto\">\(rich(text))</p>\n"
    case .heading(let text):
      out += "<h\(level) dir=\"auto\">\(Escape.html(text))</h\(level)>\n"
    case .list(let points, let numbered):
      let tag = numbered ? "ol" : "ul"
      out += "<\(tag)>\n"
      for point in points { out += "<li dir=\"auto\">\(rich(point))</li>\n" }
      out += "</\(tag)>\n"
    case .table(let table):
      write(table, to: &out)
    case .chart(let chart):
      write(chart, to: &out)
    case .cards(let cards):
      out += "<div class=\"cards\">\n"
      for card in cards { write(card, headings: level, to: &out) }
      out += "</div>\n"
    case .note(let tone, let text):
      let name = tone == .warning ? "Mind" : "Note"
      out += "<p class=\"note \(tone.rawValue)\" role=\"note\" dir=\"auto\">"
      out += "<strong>\(name):</strong> \(rich(text))</p>\n"
    case .details(let summary, let blocks):
      out += "<details><summary>\(Escape.html(summary))</summary>\n"
      for block in blocks { write(block, headings: level, to: &out) }
      out += "</details>\n"
    case .tool(let tool):
      out += "<div id=\"\(tool.id)\" class=\"tool\" role=\"group\" aria-label=\""
      out += "\(Escape.html(tool.title))\"></div>\n"
      out += "<noscript><p>\(rich(tool.fallback))</p></noscript>\n"
      out += "<script type=\"application/json\" id=\"\(tool.id)-data\">"
      out += "\(Escape.data(tool.data.compactText))</script>\n"
    default: write(screen: block, headings: level, to: &out)
    }
  }

  /// Writes a card, or a page of its own that is shown when it is asked for.
  func write(_ card: Card, headings level: Int, isPage: Bool = false, to out: inout String) {
    let edge = card.colour.map { " style=\"--edge:\(Palette.segment($0))\"" } ?? ""
    out += "<article class=\"\(isPage ? "page" : "card")\" id=\"\(card.id)\"\(edge)>\n"
    out += "<h\(level) dir=\"auto\">\(Escape.html(card.title))</h\(level)>\n"
    if !card.subtitle.isEmpty { out += "<p class=\"subtitle\">\(Escape.html(card.subtitle))</p>\n" }
    for block in card.blocks { write(block, headings: level + 1, to: &out) }
    out += "</article>\n"
  }

  private func write(_ chart: Chart, to out: inout String) {
    let kind = chart.drawingSize.width > Self.widestBeside ? " class=\"wide\"" : ""
    out += "<figure id=\"chart-\(chart.id)\"\(kind)>\n<figcaption><strong dir=\"auto\">"
    out += Escape.html(chart.title) + "</strong>"
    if !chart.subtitle.isEmpty { out += "<span>\(Escape.html(chart.subtitle))</span>" }
    out +=
      "</figcaption>\n<div class=\"drawing\"\(width(of: chart)) tabindex=\"0\" role=\"region\" aria-label=\""
    out += "\(Escape.html(chart.title))\">\n\(chart.svg)\n"
    if let narrow = chart.narrowSVG { out += "<div class=\"narrow\">\(narrow)</div>\n" }
    out += "</div>\n"
    out += "<details><summary>The numbers</summary>\n"
    write(chart.table, to: &out)
    out += "</details>\n</figure>\n"
  }

  /// Drawings up to this width have room for text beside them.
  private static let widestBeside = 760.0
  /// More columns than this do not fit on paper at the size of the others.
  private static let mostColumns = 9

  /// How wide a drawing is, for a narrow screen: it shrinks somewhat before it has to be moved.
  private func width(of chart: Chart) -> String {
    " style=\"--w:\(Int(chart.drawingSize.width.rounded(.up)))px\""
  }

  private func write(_ table: ReportTable, to out: inout String) {
    guard !table.columns.isEmpty else { return }
    let label = table.caption.isEmpty ? "Table" : table.caption
    out += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\""
    out += "\(Escape.html(label))\">\n<table id=\"table-\(table.id)\""
    // Printed small, so that a page of paper holds every column.
    out += table.columns.count > Self.mostColumns ? " class=\"dense\">\n" : ">\n"
    if !table.caption.isEmpty { out += "<caption>\(Escape.html(table.caption))</caption>\n" }
    out += "<thead><tr>"
    for column in table.columns {
      out += "<th scope=\"col\"\(column.isNumeric ? " class=\"n\"" : "")>"
      out += "\(Escape.html(column.title))</th>"
    }
    out += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      out += "<tr>"
      for (column, cell) in zip(table.columns, row) { write(cell, in: column, to: &out) }
      out += "</tr>\n"
    }
    out += "</tbody>\n</table>\n</div>\n"
    for note in table.notes { out += "<p class=\"table-note\">\(Escape.html(note))</p>\n" }
  }

  private func write(
    _ cell: ReportTable.Cell, in column: ReportTable.Column, to out: inout String
  ) {
    let tag = cell.isHeader ? "th" : "td"
    out += cell.isHeader ? "<th scope=\"row\" dir=\"auto\"" : "<td dir=\"auto\""
    if column.isNumeric { out += " class=\"n\"" }
    if !cell.hint.isEmpty { out += " title=\"\(Escape.html(cell.hint))\"" }
    switch cell.shade {
    case .none: break
    case .sequential(let share):
      let colour = Palette.sequential(share)
      out += " style=\"background:\(colour.fill);color:\(colour.ink)\""
    case .diverging(let value):
      let colour = Palette.diverging(value)
      out += " style=\"background:\(colour.fill);color:\(colour.ink)\""
    }
    out += ">\(rich(cell.text))</\(tag)>"
  }

  private func rich(_ text: RichText) -> String {
    text.spans.map { span in
      switch span {
      case .plain(let text): Escape.html(text)
      case .strong(let text): "<strong>\(Escape.html(text))</strong>"
      case .muted(let text): "<span class=\"muted\">\(Escape.html(text))</span>"
      case .link(let text, let file):
        "<a href=\"\(Escape.html(Escape.path(file)))\">\(Escape.html(text))</a>"
      }
    }.joined()
  }
}

/// The script of every page: a reader keeps a chart, and opens or closes everything.
enum PageScript {
  /// Its text, as it stands in the page.
  static let text = String(decoding: PackageResources.page_js, as: UTF8.self)
}
