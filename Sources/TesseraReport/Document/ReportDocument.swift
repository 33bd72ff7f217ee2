/// A report as a tree: what is said, not how it looks.
///
/// Writers turn it into HTML, Markdown or a workbook; all of them show the same numbers because
/// all of them read the same tree.
public struct ReportDocument: Sendable, Equatable {
  /// What the report is called.
  public var title: String
  /// A line below the title: what it is based on.
  public var subtitle: String
  /// The sections, in reading order.
  public var sections: [ReportSection]
  /// A line at the end: what made the report, from what.
  public var footer: String

  /// Makes a report.
  public init(title: String, subtitle: String, sections: [ReportSection], footer: String) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
    self.footer = footer
  }

  /// All tools, in reading order.
  public var tools: [ReportTool] {
    sections.flatMap { $0.blocks.flatMap(\.tools) }
  }

  /// All charts, in reading order.
  public var charts: [Chart] {
    sections.flatMap { $0.blocks.flatMap(\.charts) }
  }

  /// The report with every chart changed.
  func mappingCharts(_ change: (Chart) -> Chart) -> ReportDocument {
    var result = self
    for place in sections.indices {
      result.sections[place].blocks = sections[place].blocks.map { $0.mappingCharts(change) }
    }
    return result
  }
}

/// A part of a report with a title that can be linked to.
public struct ReportSection: Sendable, Equatable {
  /// The anchor, in lower case and hyphens.
  public var id: String
  /// The title.
  public var title: String
  /// What it claims, in one sentence; `nil` where it only documents.
  public var claim: String?
  /// What is said.
  public var blocks: [Block]

  /// Makes a section.
  public init(id: String, title: String, claim: String? = nil, blocks: [Block]) {
    self.id = id
    self.title = title
    self.claim = claim
    self.blocks = blocks
  }
}

/// A piece of a section.
public indirect enum Block: Sendable, Equatable {
  /// Running text.
  case paragraph(RichText)
  /// A larger sentence: an answer.
  case lead(RichText)
  /// A title within a section.
  case heading(String)
  /// Points in no order, or numbered.
  case list([RichText], numbered: Bool)
  /// A table.
  case table(ReportTable)
  /// A picture with the table behind it.
  case chart(Chart)
  /// Cards side by side, each with blocks of its own.
  case cards([Card])
  /// Something a reader should not miss.
  case note(Tone, RichText)
  /// Blocks that are shown on demand; open in print and in Markdown.
  case details(summary: String, [Block])
  /// Something that answers its reader, in the page.
  case tool(ReportTool)
  /// Figures side by side.
  case tiles([Tile])
  /// All segments as one bar of named shares.
  case shares([SegmentCard])
  /// The segments at a glance, each linked to its page.
  case segments([SegmentCard])
  /// A page for each segment, shown when it is asked for.
  case pages([Card])
  /// Shares of a segment, each against everybody's, in the colour of a segment.
  case bars([SegmentCard.Bar], colour: Int)
  /// Pairs of shares; the words name both ends.
  case dumbbells([Dumbbell], first: String, second: String)
  /// Where the appendix holds more.
  case more([AppendixLink])

  /// How a note is meant.
  public enum Tone: String, Sendable {
    /// Worth knowing.
    case info
    /// Mind this before you trust the numbers.
    case warning
  }

  /// The tools in this block and inside it.
  var tools: [ReportTool] {
    switch self {
    case .tool(let tool): [tool]
    case .details(_, let blocks): blocks.flatMap(\.tools)
    default: []
    }
  }

  /// The charts in this block and inside it.
  var charts: [Chart] {
    switch self {
    case .chart(let chart): [chart]
    case .cards(let cards), .pages(let cards): cards.flatMap { $0.blocks.flatMap(\.charts) }
    case .details(_, let blocks): blocks.flatMap(\.charts)
    default: []
    }
  }

  /// The block with every chart in it changed.
  func mappingCharts(_ change: (Chart) -> Chart) -> Block {
    switch self {
    case .chart(let chart): return .chart(change(chart))
    case .cards(let cards): return .cards(cards.map { $0.mappingCharts(change) })
    case .pages(let cards): return .pages(cards.map { $0.mappingCharts(change) })
    case .details(let summary, let blocks):
      return .details(summary: summary, blocks.map { $0.mappingCharts(change) })
    default: return self
    }
  }
}

/// A card: a title, a line below it, and blocks.
public struct Card: Sendable, Equatable {
  /// The anchor.
  public var id: String
  /// The title.
  public var title: String
  /// A line below it.
  public var subtitle: String
  /// Colour of the card's edge: a position in the palette; `nil` for none.
  public var colour: Int?
  /// What the card says.
  public var blocks: [Block]

  /// The card with every chart in it changed.
  func mappingCharts(_ change: (Chart) -> Chart) -> Card {
    var card = self
    card.blocks = blocks.map { $0.mappingCharts(change) }
    return card
  }
}

/// Text with emphasis.
public struct RichText: Sendable, Equatable, ExpressibleByStringLiteral,
  ExpressibleByStringInterpolation
{
  /// A run of text.
  public enum Span: Sendable, Equatable {
    /// As it stands.
    case plain(String)
    /// Emphasised.
    case strong(String)
    /// Set back.
    case muted(String)
    /// Leads to a file beside the page.
    case link(String, to: String)
  }

  /// The runs, in order.
  public var spans: [Span]

  /// Makes text from runs.
  public init(_ spans: [Span]) {
    self.spans = spans
  }

  /// Makes plain text.
  public init(_ text: String) {
    spans = [.plain(text)]
  }

  /// Makes plain text.
  public init(stringLiteral value: String) {
    spans = [.plain(value)]
  }

  /// Emphasised text.
  public static func strong(_ text: String) -> RichText { RichText([.strong(text)]) }

  /// Text that is set back.
  public static func muted(_ text: String) -> RichText { RichText([.muted(text)]) }

  /// One text behind another.
  public static func + (left: RichText, right: RichText) -> RichText {
    RichText(left.spans + right.spans)
  }

  /// The text without emphasis.
  public var plain: String {
    spans.map { span in
      switch span {
      case .plain(let text), .strong(let text), .muted(let text), .link(let text, _): text
      }
    }.joined()
  }
}

/// A table: the same cells in every writer.
public struct ReportTable: Sendable, Equatable {
  /// Its name for files and anchors, in lower case and hyphens.
  public var id: String
  /// What it shows, above it.
  public var caption: String
  /// The columns, left to right.
  public var columns: [Column]
  /// The rows, top to bottom; each as long as the columns.
  public var rows: [[Cell]]
  /// What a reader should know, below it.
  public var notes: [String]

  /// Makes a table.
  public init(
    id: String, caption: String, columns: [Column], rows: [[Cell]], notes: [String] = []
  ) {
    self.id = id
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }

  /// A column.
  public struct Column: Sendable, Equatable {
    /// The header.
    public var title: String
    /// Whether its cells are numbers, set to the right.
    public var isNumeric: Bool

    /// Makes a column.
    public init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// A cell.
  public struct Cell: Sendable, Equatable {
    /// What is shown.
    public var text: RichText
    /// The number behind it, unrounded, for the workbook; `nil` for words.
    public var value: Double?
    /// More about it, on hover.
    public var hint: String
    /// How it is coloured.
    public var shade: Shade
    /// Whether it heads its row.
    public var isHeader: Bool

    /// Makes a cell.
    public init(
      _ text: RichText, value: Double? = nil, hint: String = "", shade: Shade = .none,
      isHeader: Bool = false
    ) {
      self.text = text
      self.value = value
      self.hint = hint
      self.shade = shade
      self.isHeader = isHeader
    }

    /// A number, with what is behind it.
    static func number(
      _ value: Double?, _ numbers: NumberStyle, decimals: Int = 0, hint: String = "",
      shade: Shade = .none
    ) -> Cell {
      Cell(
        RichText(numbers.number(value, decimals: decimals)), value: value, hint: hint, shade: shade)
    }

    /// A share as per cent, with the share behind it.
    static func percent(
      _ value: Double?, _ numbers: NumberStyle, decimals: Int = 0, hint: String = "",
      shade: Shade = .none
    ) -> Cell {
      Cell(
        RichText(numbers.percent(value, decimals: decimals)), value: value, hint: hint, shade: shade
      )
    }
  }

  /// The colour behind a cell.
  public enum Shade: Sendable, Equatable {
    /// None.
    case none
    /// From 0, pale, to 1, strong.
    case sequential(Double)
    /// From −1 through 0, neutral, to 1.
    case diverging(Double)
  }
}
