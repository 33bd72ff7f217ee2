/// Slides as values: what stands on which slide, before any file is made.
struct Deck: Sendable, Equatable {
  /// Title in the file's properties.
  var title: String
  /// The slides, in their order.
  var slides: [DeckSlide]
}

/// A slide.
struct DeckSlide: Sendable, Equatable {
  /// What the slide is about, such as `answer` or `segment:S1`.
  let id: String
  /// The claim.
  let title: String
  /// What stands below it.
  var shapes: [DeckShape] = []
  /// What the speaker should know: base and method.
  let notes: String
}

/// A piece of a slide, known by the finding it shows.
struct DeckShape: Sendable, Equatable {
  /// The finding, such as `fit.table`; the shape is called `tessera:` and this.
  let finding: String
  /// What it shows, for those who cannot see it.
  let description: String
  /// Its place, as shares of the room below the title.
  let frame: DeckFrame
  /// What it shows.
  let content: Content

  /// What a shape shows.
  enum Content: Sendable, Equatable {
    case text([DeckParagraph])
    case chart(DeckChart)
    case table(DeckTable)
  }
}

/// A rectangle.
struct DeckFrame: Sendable, Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double
}

/// A paragraph of a text box.
struct DeckParagraph: Sendable, Equatable {
  let text: String
  var style = Style.plain

  /// How a paragraph looks.
  enum Style: Sendable, Equatable {
    case plain
    case strong
    case bullet
    case muted
  }

  init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A chart whose data the reader can change.
struct DeckChart: Sendable, Equatable {
  let kind: Kind
  /// How numbers are shown, such as `0%` or `0.0`.
  let format: String
  let categories: [String]
  let series: [Series]

  /// What a chart draws.
  enum Kind: Sendable, Equatable {
    /// Bars to the right, the first category on top.
    case bars
    /// Two dots a category with a line between.
    case dumbbell
    /// A line for each series, over categories from left to right.
    case lines
  }

  /// Numbers of one kind.
  struct Series: Sendable, Equatable {
    let name: String
    /// One for each category; `nil` leaves it out.
    let values: [Double?]
    /// Colour of all of it, or of each bar.
    let colours: [DeckColour]
  }
}

/// A colour of the theme.
enum DeckColour: Sendable, Equatable {
  /// The colour of a segment, from 0: the theme's accents, beyond six those of the page.
  case accent(Int)
  /// The colour of what is compared with: a grey of the text's own colour.
  case rest
  /// The colour of what is no segment: the theme's second text colour.
  case strong
}

/// A table.
struct DeckTable: Sendable, Equatable {
  /// Shares of the width.
  let widths: [Double]
  let header: [String]
  let rows: [[Cell]]

  /// A cell.
  struct Cell: Sendable, Equatable {
    let text: String
    /// Strength of the fill, 0 pale to 1 strong; `nil` for none.
    var heat: Double?
    var isStrong = false
    var isNumber = false
  }
}
