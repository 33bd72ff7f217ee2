public import ArgumentParser
import Foundation
import TesseraFiles
import TesseraStudy
public import TesseraTyping

/// `tessera sql`: a model as SQL, to place people where they are.
struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "A model as SQL, to place customers in a warehouse that they may not leave.",
    discussion: """
      One readable statement gives each row of a table its segment, the probability of each, or the \
      reason why there is none: the same as tessera assign says. In front of it stands a proof: the \
      statement over 50 made-up people whose segments are known; where it says 0 mismatches the engine \
      computes what Tessera computes. The model's numbers leave, no respondent does.

      EXAMPLES
        tessera sql --model study-tessera --dialect postgresql --table customers --id customer_id
        tessera sql --model typing.json --dialect duckdb --table shop.customers --id id --as table \
      --into shop.segments -o segments.sql
        tessera sql --model study-tessera --dialect spark --table customers --id id --drift -o drift.sql
        tessera sql --model bridge.json --dialect snowflake --table customers --id id --as dbt -o dbt-project
      """)

  @Option(
    help:
      "The model: the folder of a finished run, its segments.json, a typing.json or a bridge.json.")
  var model: String

  @Option(help: "The engine: \(SQLDialect.allCases.map(\.rawValue).joined(separator: ", ")).")
  var dialect: SQLDialect

  @Option(help: "The table with the people, schema.table where it has one.")
  var table: String

  @Option(
    name: .customLong("id"),
    help: ArgumentHelp(
      "A column that is carried along, such as the customer's number; may be repeated. Default: that of the study.",
      valueName: "column"))
  var keys: [String] = []

  @Option(name: .customLong("as"), help: "What is written: query, view, table, or a model of dbt.")
  var form: SQLFile.Form = .query

  @Option(
    help: "The view, table or model of dbt to be made. Default: the table's name with _segments.")
  var into: String?

  @Option(
    help: ArgumentHelp(
      "CSV with the columns model,file: what the table calls columns of the model.",
      valueName: "file"))
  var map: String?

  @Flag(
    help: "Write the drift queries instead: how far the table's people differ from the study's.")
  var drift = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "File for the SQL; for dbt the project's folder. Default: standard output.")
  var target: String?

  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if form == .dbt, target == nil {
      throw ValidationError("--as dbt needs -o, the project's folder")
    }
    if form == .dbt, drift { throw ValidationError("--drift writes queries; leave --as dbt out") }
    if table.isEmpty || table.split(separator: ".", omittingEmptySubsequences: false).contains("") {
      throw ValidationError("--table takes a name such as customers or shop.customers")
    }
  }

  func run() throws {
    let known = try ModelFile.read(ModelFile.place(model))
    if let verdict = known.result.verdict, verdict.stopsAdvice { output.warn(verdict.words) }
    let own = keys.isEmpty ? [known.survey?.id].compactMap(\.self) : keys
    guard !own.isEmpty else {
      throw UsageError(
        message: "no column says who a person is",
        hint: "name the one that is carried along, for example --id customer_id")
    }
    let names = try map.map { try ColumnNames(TableReader.read($0)) } ?? ColumnNames()
    let file = try SQLFile(
      known, title: title, dialect: dialect, table: table,
      target: into ?? "\(table)_segments", keys: own, names: names)
    let idle = names.mapped.filter { !file.modelColumns.contains($0) && $0 != known.survey?.id }
    if !idle.isEmpty {
      output.warn(
        "the map names what the model does not read: \(idle.joined(separator: ", ")); it reads "
          + file.modelColumns.joined(separator: ", "))
    }
    if !file.derived.isEmpty {
      output.warn(
        "\(file.derived.joined(separator: ", ")) "
          + (file.derived.count == 1 ? "is" : "are")
          + " made from other columns in the study; the table must hold "
          + (file.derived.count == 1 ? "it" : "them") + " ready made")
    }
    if form == .dbt, let target {
      let folder = URL(fileURLWithPath: target)
      for (name, text) in try file.dbt() {
        let path = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try AtomicFile.write(text, to: path.path)
        output.note(path.path)
      }
      return
    }
    let text = try drift ? file.drift() : file.text(form)
    if let target {
      try SourceGuard.check(target, against: [ModelFile.place(model)])
      try AtomicFile.write(text, to: target)
    }
    if output.json {
      let shown: JSONValue = [
        "schema": "tessera.sql/1", "dialect": dialect.rawValue, "table": table, "ids": own,
        "columns": file.columns, "file": target,
        "sql": target == nil ? JSONValue.string(text) : .null,
      ]
      try Console.out(shown.text)
    } else if target == nil {
      try Console.out(text)
    }
  }

  /// The folder or file of the model, without what leads to it.
  private var title: String { URL(fileURLWithPath: model).lastPathComponent }
}

extension SQLDialect: ExpressibleByArgument {}
extension SQLFile.Form: ExpressibleByArgument {}
