/// Writes a report as CommonMark with tables, and with charts as files beside it.
public struct MarkdownWriter: Sendable {
  /// The folder of the charts, relative to the report.
  public let chartFolder: String
  private let numbers: NumberStyle

  /// Whether the numbers of a chart stand below it.
  public let writesChartTables: Bool

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - chartFolder: Where the charts lie, relative to the report.
  ///   - writesChartTables: Whether the numbers of a chart stand below it.
  ///   - numbers: How numbers are written that no text holds yet.
  public init(
    chartFolder: String = "charts", writesChartTables: Bool = true,
    numbers: NumberStyle = .english
  ) {
    self.chartFolder = chartFolder
    self.writesChartTables = writesChartTables
    self.numbers = numbers
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
      if let claim = section.claim { out += "\n**\(Escape.markdown(claim))**\n" }
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
      let told = chart.title + (chart.title.hasSuffix(".") ? " " : ". ") + chart.subtitle
      out += "\n![\(Escape.markdown(told))](\(chartFolder)/\(chart.id).svg)\n"
      if writesChartTables { write(chart.table, to: &out) }
    // A reader of text is shown the segments at a glance; the page alone shows each by itself.
    case .pages: break
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
    case .tiles(let tiles):
      out += "\n"
      for tile in tiles {
        out += "- \(Escape.markdown("\(tile.title): \(tile.value) (\(tile.detail))"))\n"
      }
    case .shares(let cards):
      let told = cards.map { "\($0.name) \(numbers.percent($0.share))" }
      out += "\n\(Escape.markdown(told.joined(separator: " | ")))\n"
    case .segments(let cards): for card in cards { write(card, to: &out) }
    case .bars(let bars, _):
      out += "\n"
      for bar in bars {
        let told =
          "\(bar.label): \(numbers.percent(bar.share)) (all: \(numbers.percent(bar.total)))"
        out += "- \(Escape.markdown(told))\n"
      }
    case .dumbbells(let lines, let first, let second):
      out += "\n"
      for line in lines {
        var told = "\(line.label): \(first) \(numbers.percent(line.first))"
        if let other = line.second { told += ", \(second) \(numbers.percent(other))" }
        out += "- \(Escape.markdown(told))\n"
      }
    case .more(let links):
      let told = links.map { "[\(Escape.markdown($0.title))](appendix.md)" }
      out += "\nIn the appendix: \(told.joined(separator: ", ")).\n"
    }
  }

  private func write(_ card: SegmentCard, to out: inout String) {
    out +=
      "\n### \(Escape.markdown(card.id == card.name ? card.name : "\(card.id) \(card.name)"))\n\n"
    let base = "\(card.size); n = \(numbers.number(card.respondents))"
    out += "\(Escape.markdown(base))\n\n\(Escape.markdown(card.portrait))\n"
    write(.bars(card.bars, colour: card.position), to: &out)
    for fact in card.facts { out += "- \(Escape.markdown("\(fact.title): \(fact.text)"))\n" }
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
      case .link(let text, let file): "[\(Escape.markdown(text))](\(Escape.path(file)))"
      }
    }.joined()
  }
}
