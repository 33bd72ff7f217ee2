import ArgumentParser
import TesseraStudy
import TesseraSurvey

/// Which columns of a survey are what; lists are separated by commas.
struct ColumnFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Columns or sets that make the segments. Default: guessed.", valueName: "columns"))
  var active: String?

  @Option(
    help: ArgumentHelp("Columns or sets that only describe them.", valueName: "columns"))
  var passive: String?

  @Option(help: ArgumentHelp("Columns whose answers have no order.", valueName: "columns"))
  var nominal: String?

  @Option(help: ArgumentHelp("Columns whose answers have an order.", valueName: "columns"))
  var ordinal: String?

  @Option(help: ArgumentHelp("Columns of numbers.", valueName: "columns"))
  var numeric: String?

  @Option(
    name: .customLong("count-variable"),
    help: ArgumentHelp("Columns that count something.", valueName: "columns"))
  var countVariable: String?

  @Option(
    help: ArgumentHelp(
      "Multiple-response questions: NAME=columns, or NAME=column;separator; may be repeated.",
      valueName: "set"))
  var multiple: [String] = []

  @Option(help: ArgumentHelp("Column of sampling weights.", valueName: "column"))
  var weight: String?

  @Option(
    help: ArgumentHelp(
      "Column of counts: a row stands for so many respondents.", valueName: "column"))
  var frequency: String?

  @Option(
    help: ArgumentHelp(
      "Column of identifiers: carried to assignments, never an input.", valueName: "column"))
  var id: String?

  @Option(
    help: ArgumentHelp(
      "Columns that membership depends on (concomitant variables).", valueName: "columns"))
  var covariates: String?

  func validate() throws {
    if weight != nil, frequency != nil {
      throw ValidationError("--weight and --frequency exclude each other")
    }
  }

  /// What the flags say of a survey file.
  ///
  /// - Parameter file: The file's path.
  /// - Returns: What the flags and the rest say together.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func survey(_ file: String) throws -> SurveyDeclaration {
    var declared = SurveyDeclaration(files: [file])
    declared.id = id
    if let weight { declared.weight = .sampling(weight) }
    if let frequency { declared.weight = .frequency(frequency) }
    let levels: [(String?, MeasurementLevel)] = [
      (nominal, .nominal), (ordinal, .ordinal), (numeric, .numeric), (countVariable, .count),
    ]
    for (names, level) in levels {
      declared.levels += Self.list(names).map { LevelDeclaration(column: $0, level: level) }
    }
    declared.sets = try multiple.map(Self.set)
    return declared
  }

  /// The flags laid over what a study declares.
  ///
  /// - Parameter segments: What the study declares.
  /// - Returns: What the flags and the rest say together.
  func applied(to segments: SegmentsDeclaration) -> SegmentsDeclaration {
    var result = segments
    if let active { result.active = Self.list(active) }
    if let passive { result.passive = Self.list(passive) }
    if let covariates { result.covariates = Self.list(covariates) }
    return result
  }

  /// The names in a list, without the blanks around them.
  static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { part in
      var name = part
      while name.first == " " { name.removeFirst() }
      while name.last == " " { name.removeLast() }
      return String(name)
    }.filter { !$0.isEmpty }
  }

  private static func set(_ text: String) throws -> SetDeclaration {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw UsageError(
        message: "--multiple takes NAME=columns, not '\(DisplayText.escaped(text))'",
        hint: "for example --multiple hobbies=act_1,act_2 or --multiple media='q7;,'")
    }
    if let mark = parts[1].firstIndex(of: ";") {
      let separator = String(parts[1][parts[1].index(after: mark)...])
      return SetDeclaration(
        name: parts[0],
        source: .delimited(
          column: String(parts[1][..<mark]), separator: separator.isEmpty ? ";" : separator))
    }
    return SetDeclaration(name: parts[0], source: .columns(list(parts[1]), chosen: nil))
  }
}
