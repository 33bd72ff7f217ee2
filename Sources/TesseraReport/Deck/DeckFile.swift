import TesseraFiles

/// Writes the results of a run as slides, and fills a deck that people have worked on anew.
public struct DeckFile: Sendable {
  private let deck: Deck

  /// Prepares slides.
  ///
  /// - Parameters:
  ///   - results: The results of a run.
  ///   - validation: How well the fit predicts real choices, in a sentence; `nil` without choices.
  ///   - numbers: How numbers within text are written.
  public init(
    _ results: StudyResults, validation: String? = nil, numbers: NumberStyle = .english
  ) {
    deck = StudyDeck(results, validation: validation, numbers: numbers).deck
  }

  /// The titles of the slides.
  public var titles: [String] { deck.slides.map(\.title) }

  /// Begin of the name of a generated shape.
  static let prefix = "tessera:"

  /// Whether a presentation holds generated shapes.
  ///
  /// - Parameters:
  ///   - bytes: The presentation.
  ///   - file: The file, for messages.
  /// - Returns: True if one of its slides has a shape that Tessera made.
  /// - Throws: `SurveyFileError` if it is no zip archive.
  public static func isGenerated(_ bytes: [UInt8], file: String) throws -> Bool {
    let package = try OfficePackage(bytes, file: file)
    return package.parts.contains {
      $0.name.hasPrefix("ppt/slides/slide")
        && String(decoding: $0.bytes, as: UTF8.self).contains("name=\"\(prefix)")
    }
  }

  /// Whether a presentation has a look of its own, not Tessera's.
  ///
  /// - Parameters:
  ///   - bytes: The presentation.
  ///   - file: The file, for messages.
  /// - Returns: True if its theme is another.
  /// - Throws: `SurveyFileError` if it is no zip archive.
  public static func hasOwnLook(_ bytes: [UInt8], file: String) throws -> Bool {
    let package = try OfficePackage(bytes, file: file)
    return package["ppt/theme/theme1.xml"] != DeckTheme.package["ppt/theme/theme1.xml"]
  }

  /// The slides in a presentation of their own.
  ///
  /// - Parameter template: A presentation whose layouts, fonts and colours are taken, with its file's
  ///   name for messages; its own slides are left out. `nil` for Tessera's look.
  /// - Returns: A `.pptx` file; the same results give the same bytes.
  /// - Throws: `SurveyFileError` if the template cannot be used, `OutputError` if the file cannot be made.
  public func bytes(template: (bytes: [UInt8], file: String)? = nil) throws -> [UInt8] {
    let file = template?.file ?? "deck.pptx"
    var base = try DeckTemplate(
      try template.map { try OfficePackage($0.bytes, file: file) } ?? DeckTheme.package, file: file)
    if template != nil { try base.removeSlides(file: file) }
    var writer = DeckWriter(base, file: file)
    try writer.append(deck.slides, title: deck.title)
    return try writer.package.bytes()
  }

  /// A deck filled anew.
  ///
  /// Generated charts, tables and texts take the new results where they stand; slides for new findings
  /// come last. A generated text that somebody changed stays, with an outline. What people added stays.
  ///
  /// - Parameters:
  ///   - bytes: The deck.
  ///   - file: Its file, for messages.
  /// - Returns: The deck, and what moved, in sentences; the same bytes if nothing did.
  /// - Throws: `SurveyFileError` if it cannot be read, `OutputError` if the file cannot be made.
  public func refilled(
    _ bytes: [UInt8], file: String
  ) throws -> (bytes: [UInt8], moved: [String]) {
    var refill = try DeckRefill(deck, bytes, file: file)
    try refill.run()
    return refill.isChanged
      ? (try refill.writer.package.bytes(), refill.moved) : (bytes, refill.moved)
  }
}
