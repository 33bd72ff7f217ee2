import ArgumentParser
import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera inspect`: what is in an export.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "What is in an export: variables, levels, labels, missing answers, problems.",
    discussion: """
      Levels and roles are guesses; a study's levels: and the options of tessera segment overrule \
      them. Open answers are counted and never shown.

      EXAMPLES
        tessera inspect wave3.sav
        tessera inspect answers.csv --encoding windows-1252 --json
      """)

  @Argument(help: "Survey files; several are read as one survey.")
  var files: [String]

  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let read = try SurveyReader.read(files, options: reading.options(threads: nil))
    let inspection = Inspection(read.survey, rows: read.rows)
    if output.json {
      try Console.out(InspectionDocument(read, inspection).json.text)
    } else {
      try Console.out(InspectionDocument(read, inspection).text)
    }
  }
}

/// An inspection as JSON, and as text for a terminal.
struct InspectionDocument {
  private let file: SurveyFile
  private let inspection: Inspection
  private let numbers = NumberStyle.english

  /// Takes what was read and what was seen in it.
  init(_ file: SurveyFile, _ inspection: Inspection) {
    self.file = file
    self.inspection = inspection
  }

  /// The keys of `tessera inspect --json`.
  var json: JSONValue {
    let notices = file.notices.map { problem($0.row, $0.column, $0.message) }
    let found = inspection.problems.map { problem($0.row, $0.column, $0.message) }
    return .object([
      ("schema", .string("tessera.inspect/1")),
      ("file", .string(file.sources.map(\.path).joined(separator: ", "))),
      ("format", .string(file.format.rawValue)), ("label", .string(file.label)),
      ("respondents", .integer(inspection.respondents)),
      ("completes", .integer(inspection.completes)),
      ("variables", .array(inspection.variables.map(variable))),
      (
        "multiple_response",
        .array(
          inspection.sets.map { set in
            .object([
              ("name", .string(set.name)), ("label", .string(set.label)),
              ("members", .strings(set.members)),
            ])
          })
      ),
      ("grids", .array(inspection.grids.map { .strings($0) })),
      ("weight", weight), ("problems", .array(notices + found)),
    ])
  }

  private func variable(_ one: Inspection.VariableSummary) -> JSONValue {
    .object([
      ("name", .string(one.name)), ("label", .string(one.label)),
      ("level", .string(one.level.rawValue)),
      ("type", .string(one.isNumeric ? "number" : "text")), ("missing", .integer(one.missing)),
      ("distinct", .integer(one.distinct)),
      (
        "categories",
        .array(
          shown(one).map { category in
            .object([
              (
                "code",
                category.code.number.map { .number($0) } ?? .string(category.code.text)
              ),
              ("label", .string(category.label)), ("count", .integer(category.count)),
            ])
          })
      ),
      ("mean", .optional(one.moments?.mean)),
      ("standard_deviation", .optional(one.moments?.standardDeviation)),
      ("role", .string(one.role.role.rawValue)), ("role_reason", .string(one.role.reason)),
      (
        "missing_reasons",
        .array(
          one.missingReasons.map {
            .object([
              ("label", .string($0.label)), ("kind", .string($0.kind.rawValue)),
              ("count", .integer($0.count)),
            ])
          })
      ),
    ])
  }

  /// The categories that may be shown: none of open answers, identifiers and the like.
  private func shown(_ one: Inspection.VariableSummary) -> [Inspection.CategoryCount] {
    guard one.level != .text, one.level != .date, one.role.role != .openEnd else { return [] }
    // A text of several words that few gave is likely somebody's own words, whatever the column is taken for.
    return one.categories.filter { category in
      category.code.number != nil || category.label != category.code.text
        || category.label.split(separator: " ").count <= 2 || category.count >= 10
    }
  }

  private var weight: JSONValue {
    guard let weight = inspection.weight else { return .null }
    return .object([
      ("variable", .string(weight.variable)),
      ("effective_sample_size", .number(weight.effectiveSampleSize)),
      ("minimum", .number(weight.minimum)), ("maximum", .number(weight.maximum)),
    ])
  }

  private func problem(_ row: Int?, _ column: String?, _ message: String) -> JSONValue {
    .object([
      ("row", row.map { .integer($0) } ?? .null), ("column", .optional(column)),
      ("message", .string(message)),
    ])
  }

  /// One screen for an analyst.
  var text: String {
    var lines = [
      "\(file.sources.map(\.path).joined(separator: ", ")): \(file.format.rawValue), "
        + "\(numbers.number(Double(inspection.respondents))) respondents "
        + "(\(numbers.number(Double(inspection.completes))) complete), "
        + "\(inspection.variables.count) variables"
    ]
    if !file.label.isEmpty { lines.append(file.label) }
    if let weight = inspection.weight {
      lines.append(
        "weight: \(weight.variable), effective number of respondents "
          + numbers.number(weight.effectiveSampleSize))
    }
    lines.append("")
    lines += TextTableLayout.lines(
      header: ["variable", "level", "missing", "distinct", "role", "answers"],
      rows: inspection.variables.map { one in
        [
          DisplayText.escaped(one.name, limit: 28), one.level.rawValue, String(one.missing),
          String(one.distinct), one.role.role.rawValue, answers(one),
        ]
      })
    if !inspection.sets.isEmpty {
      lines += ["", "Multiple-response questions:"]
      lines += inspection.sets.map { "  \($0.name): \($0.members.joined(separator: ", "))" }
    }
    let notices = file.notices.map { place($0.row, $0.column) + $0.message }
    let problems = inspection.problems.map { place($0.row, $0.column) + $0.message }
    if !(notices + problems).isEmpty {
      lines += ["", "To look at:"]
      lines += (notices + problems).map { "  \($0)" }
    }
    return lines.map { DisplayText.escaped($0, limit: 400) }.joined(separator: "\n")
  }

  private func answers(_ one: Inspection.VariableSummary) -> String {
    if let moments = one.moments, one.level == .numeric || one.level == .count {
      return "mean \(numbers.number(moments.mean, decimals: 2)), sd "
        + numbers.number(moments.standardDeviation, decimals: 2)
    }
    let categories = shown(one)
    let parts = categories.prefix(4).map {
      "\(DisplayText.escaped($0.label, limit: 18)) \($0.count)"
    }
    return parts.joined(separator: ", ") + (categories.count > 4 ? ", ..." : "")
  }

  private func place(_ row: Int?, _ column: String?) -> String {
    switch (row, column) {
    case (let row?, let column?): "line \(row), \(column): "
    case (let row?, nil): "line \(row): "
    case (nil, let column?): "\(column): "
    case (nil, nil): ""
    }
  }
}
