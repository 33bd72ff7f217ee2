/// Writes a report as CommonMark with tables, and with charts as files beside it.
public struct MarkdownWriter: Sendable {
  /// The folder of the charts, relative to the report.
  public let chartFolder: String

  /// Makes a writer.
  ///
  /// - Parameter chartFolder: Where the charts lie, relative to the report.
  public init(chartFolder: String = "charts") {
    self.chartFolder = chartFolder
  }

  /// The report as text.
  ///
  /// - Parameter document: The report.
  /// - Returns: CommonMark with the tables GitHub renders.
  public func text(of document: ReportDocument) -> String {
    var out = "# \(Escape.markdown(document.title))\n\n"
    out += Escape.markdown(document.subtitle) + "\n"
    for section in document.sections {
      out += "\n## \(Escape.markdown(section.title))\n"
      for block in section.blocks { write(block, to: &out) }
    }
    return out + "\n---\n\n" + Escape.markdown(document.footer) + "\n"
  }

  private func write(_ block: Block, to out: inout String) {
    switch block {
    case .paragraph(let text), .lead(let text):
      out += "\n\(rich(text))\n"
    case .heading(let text):
      out += "\n### \(Escape.markdown(text))\n"
    case .list(let points, let numbered):
      out += "\n"
      for (position, point) in points.enumerated() {
        out += (numbered ? "\(position + 1). " : "- ") + rich(point) + "\n"
      }
    case .table(let table):
      write(table, to: &out)
    case .chart(let chart):
      // The file carries the title and what is needed to read it; here they are told where no picture
      // is shown.
      let told = "\(chart.title). \(chart.subtitle)"
      out += "\n![\(Escape.markdown(told))](\(chartFolder)/\(chart.id).svg)\n"
      write(chart.table, to: &out)
    case .cards(let cards):
      for card in cards {
        out += "\n### \(Escape.markdown(card.title))\n"
        if !card.subtitle.isEmpty { out += "\n\(Escape.markdown(card.subtitle))\n" }
        for block in card.blocks { write(block, to: &out) }
      }
    case .note(let tone, let text):
      out += "\n> **\(tone == .warning ? "Mind" : "Note"):** \(rich(text))\n"
    case .details(let summary, let blocks):
      out += "\n**\(Escape.markdown(summary))**\n"
      for block in blocks { write(block, to: &out) }
    case .tool(let tool):
      out += "\n\(rich(tool.fallback))\n"
    }
  }

  private func write(_ table: ReportTable, to out: inout String) {
    guard !table.columns.isEmpty else { return }
    if !table.caption.isEmpty { out += "\n*\(Escape.markdown(table.caption))*\n" }
    out +=
      "\n| " + table.columns.map { Escape.markdown($0.title) }.joined(separator: " | ") + " |\n"
    out += "|" + table.columns.map { $0.isNumeric ? " ---: |" : " --- |" }.joined() + "\n"
    for row in table.rows {
      out += "| " + row.map { rich($0.text) }.joined(separator: " | ") + " |\n"
    }
    for note in table.notes { out += "\n\(Escape.markdown(note))\n" }
  }

  private func rich(_ text: RichText) -> String {
    text.spans.map { span in
      switch span {
      case .plain(let text), .muted(let text): Escape.markdown(text)
      case .strong(let text): text.isEmpty ? "" : "**\(Escape.markdown(text))**"
      }
    }.joined()
  }
}
