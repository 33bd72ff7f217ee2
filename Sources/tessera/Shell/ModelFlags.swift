import ArgumentParser
import TesseraStudy
import TesseraSurvey

/// How the model of answers is built beyond its defaults.
struct ModelFlags: ParsableArguments {
  @Option(
    name: .customLong("ordinal-form"),
    help: ArgumentHelp(
      """
      Ordered answers: adjacent-categories (their log-odds shift with the segment; default) or \
      nominal (the order says nothing).
      """, valueName: "form"))
  var ordinalForm: String?

  @Option(
    help: ArgumentHelp(
      "Variances of numbers: class-specific (default) or equal.", valueName: "form"))
  var variances: String?

  @Option(
    help: ArgumentHelp(
      """
      Unanswered questions: ignored (missing at random; default) or modelled (not answering may \
      differ between segments).
      """, valueName: "way"))
  var gaps: String?

  @Option(
    help: ArgumentHelp(
      """
      Method mixture: numeric columns that vary together within a segment, as a*b*c,d*e. Default: \
      all of them.
      """, valueName: "blocks"))
  var blocks: String?

  @Option(
    name: .customLong("direct-effects"),
    help: ArgumentHelp(
      "Pairs of categorical columns tied within segments, as a*b,c*d.", valueName: "pairs"))
  var directEffects: String?

  @Option(
    name: .customLong("zero-inflated"),
    help: ArgumentHelp(
      "Columns of counts where some people never count anything, whatever the others do.",
      valueName: "columns"))
  var zeroInflated: String?

  @Option(
    name: .customLong("response-style"),
    help: ArgumentHelp(
      """
      Ratings on one scale: none (default), center (a respondent's mean is taken off) or ipsatise \
      (and divided by their own spread). New respondents are treated alike.
      """, valueName: "way"))
  var responseStyle: String?

  @Option(
    name: .customLong("scale-use"),
    help: ArgumentHelp(
      """
      What to do about people who rate everything high or low: raw (default), center, rank or \
      intercept. Profiles show the ratings as given.
      """, valueName: "way"))
  var scaleUse: String?

  @Option(
    help: ArgumentHelp(
      """
      What numbers are divided by before distances are taken (kmeans, kmedians, ward, bagged, \
      ensemble): standard-deviation (default), range or none.
      """, valueName: "unit"))
  var scale: String?

  /// The flags laid over what a study declares.
  ///
  /// - Parameter declared: What the study declares.
  /// - Returns: What the flags and the rest say together.
  /// - Throws: ``ReportedError`` that says what could stand there.
  func applied(to declared: ModelDeclaration) throws -> ModelDeclaration {
    var result = declared
    if let ordinalForm { result.ordinal = try WordFlag.read(ordinalForm, "--ordinal-form") }
    if let variances { result.variances = try WordFlag.read(variances, "--variances") }
    if let gaps { result.gaps = try WordFlag.read(gaps, "--gaps") }
    if let blocks { result.blocks = try Self.groups(blocks, "--blocks", example: "income*age") }
    if let directEffects {
      result.directEffects = try Self.groups(
        directEffects, "--direct-effects", example: "tv*radio", exactly: 2)
    }
    if let zeroInflated { result.zeroInflated = ColumnFlags.list(zeroInflated) }
    if let responseStyle {
      result.responseStyle = try WordFlag.read(responseStyle, "--response-style")
    }
    if let scaleUse {
      let use: ScaleUseDeclaration = try WordFlag.read(scaleUse, "--scale-use")
      guard responseStyle == nil || use.correction == result.responseStyle else {
        throw UsageError(
          message: "--scale-use and --response-style both say how ratings are corrected",
          hint: "keep --scale-use")
      }
      result.responseStyle = use.correction
    }
    if let scale { result.scale = try WordFlag.read(scale, "--scale") }
    return result
  }

  private static func groups(
    _ text: String, _ flag: String, example: String, exactly size: Int? = nil
  ) throws -> [[String]] {
    try ColumnFlags.list(text).map { entry in
      let names = ColumnFlags.list(entry.replacing("*", with: ","))
      guard names.count >= 2, size.map({ names.count == $0 }) ?? true else {
        throw UsageError(
          message: "\(flag) takes columns joined by *, not '\(DisplayText.escaped(entry))'",
          hint: "for example \(flag) '\(example)'")
      }
      return names
    }
  }
}

/// Reads a flag that takes one of several words.
enum WordFlag {
  /// The word's meaning.
  ///
  /// - Parameters:
  ///   - text: What the user wrote.
  ///   - flag: The flag's name, for messages.
  /// - Returns: The meaning.
  /// - Throws: ``UsageError`` that suggests the nearest word.
  static func read<Word: CaseIterable & RawRepresentable<String>>(
    _ text: String, _ flag: String
  ) throws -> Word {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    throw UsageError(
      message: "\(flag) takes \(words.joined(separator: ", ")), not '\(DisplayText.escaped(text))'",
      hint: NearestName.question(text, among: words) ?? "write \(flag) \(words[0])")
  }
}
