import Foundation
public import TesseraStudy

/// The statement with its proof, as files for an engine or for dbt.
public struct SQLFile: Sendable {
  /// What the statement becomes.
  public enum Form: String, Sendable, CaseIterable {
    /// A query that lists people with their segments.
    case query
    /// A view.
    case view
    /// A table, made anew.
    case table
    /// A model of dbt with its description and tests.
    case dbt
  }

  let statement: SQLStatement
  let dialect: SQLDialect
  let proof: String
  /// The table with the people.
  let table: String
  /// The view or the table to be made.
  let target: String
  /// What the study is called.
  let title: String

  /// Makes ready to write; draws and places the people of the proof.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - title: What the segmentation is called.
  ///   - dialect: The engine.
  ///   - table: The table with the people; `schema.table` where it has one.
  ///   - target: The view or table to be made.
  ///   - keys: Columns that are carried along.
  ///   - names: What the table calls columns of the model.
  /// - Throws: `StudyError` E0671 for a model that SQL cannot compute.
  public init(
    _ model: SegmentModel, title: String, dialect: SQLDialect, table: String, target: String,
    keys: [String], names: ColumnNames
  ) throws(StudyError) {
    // A table that is made from itself would be dropped before it is read.
    if table.lowercased() == target.lowercased() {
      throw StudyError(
        code: "E0671",
        message: "the result would take the place of the table it is made from",
        hint: "give it another name with --into", exitStatus: 64)
    }
    let columnName: @Sendable (String) -> String = { names.name(of: $0) }
    statement = try SQLStatement(model, dialect: dialect, keys: keys, columnName: columnName)
    self.dialect = dialect
    self.table = table
    self.target = target
    self.title = title
    let test = try SQLStatement(
      model, dialect: dialect, keys: ["golden_row"], columnName: columnName)
    let golden = try SQLGolden(test)
    proof = try test.proof(golden)
  }

  /// The statement with its proof in front of it.
  ///
  /// - Parameter form: A query, a view or a table.
  /// - Returns: Two statements with comments that explain them.
  /// - Throws: `StudyError` E0671 for what SQL cannot compute.
  public func text(_ form: Form) throws(StudyError) -> String {
    let query = try statement.query(over: dialect.table(table))
    let made =
      switch form {
      case .query, .dbt: query
      case .view:
        // SQLite knows no CREATE OR REPLACE.
        (dialect == .sqlite
          ? "DROP VIEW IF EXISTS \(dialect.table(target));\nCREATE VIEW "
          : "CREATE OR REPLACE VIEW ")
          + dialect.table(target) + " AS\n" + query
      case .table:
        ([.postgresql, .sqlite, .ansi].contains(dialect)
          ? "DROP TABLE IF EXISTS \(dialect.table(target));\nCREATE TABLE "
          : "CREATE OR REPLACE TABLE ") + dialect.table(target) + " AS\n" + query
      }
    return [
      heading,
      "-- 1. The proof: the statement over \(SQLGolden.count) made-up people whose segments Tessera knows.",
      "-- It must say 0 mismatches here before step 2 is relied on.", proof + ";", "",
      "-- 2. The segments of \(Self.oneLine(table)).", made + ";", "",
    ].joined(separator: "\n")
  }

  /// Columns that the model reads, by its own names.
  public var modelColumns: [String] { statement.modelColumns }

  /// Columns that the table must have beside those that are carried along.
  public var columns: [String] { statement.columns }

  /// Questions that the study made of other columns: the table must hold them ready made.
  public var derived: [String] { statement.derived }

  /// What the statement is and needs.
  private var heading: String {
    var lines = [
      "-- Segments of \"\(Self.oneLine(title))\" for \(dialect.rawValue), written by tessera sql.",
      "-- Columns that the table must have: "
        + statement.columns.map(Self.oneLine).joined(separator: ", ") + ".",
    ]
    if !derived.isEmpty {
      lines.append(
        "-- Made from other columns in the study, ready made in the table: "
          + derived.map(Self.oneLine).joined(separator: ", ") + ".")
    }
    lines += [
      "-- Answers are read by code or by label; unknown ones count as missing.",
      "-- Columns of the result: " + statement.keys.map(Self.oneLine).joined(separator: ", ")
        + ", segment, segment_name, probability, "
        + statement.chances.joined(separator: ", ") + ", reason (why somebody has no segment).",
    ]
    if let opening = dialect.opening { lines.append(opening) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func oneLine(_ text: String) -> String { SQLStatement.oneLine(text) }

  /// The drift of the table's people: two queries.
  ///
  /// - Throws: `StudyError` E0671 for what SQL cannot compute.
  public func drift() throws(StudyError) -> String {
    var parts = [
      "-- Drift of \(Self.oneLine(table)) against the people of \"\(Self.oneLine(title))\", written by "
        + "tessera sql."
    ]
    if let stability = try statement.stability(over: table) {
      parts += [
        "-- Numbers and counts are left to tessera assign --drift.",
        "-- 1. How far answers to questions of categories moved: up to 0.1 little, over 0.25 much (population stability index).",
        stability + ";", "",
      ]
    }
    parts += [
      "-- \(parts.count > 1 ? "2" : "1"). Sizes of the segments, and the share of people under "
        + "70% sure.", try statement.sizes(over: table) + ";", "",
    ]
    return parts.joined(separator: "\n")
  }

  /// A model of dbt: file names below the project's folder, and what stands in them.
  ///
  /// - Throws: `StudyError` E0671 for what SQL cannot compute.
  public func dbt() throws(StudyError) -> [(name: String, text: String)] {
    let parts = table.split(separator: ".").map(String.init)
    let source =
      parts.count == 1
      ? "{{ ref('\(Self.jinja(table))') }}"
      : "{{ source('\(Self.jinja(parts[parts.count - 2]))', '\(Self.jinja(parts[parts.count - 1]))') }}"
    let query = try statement.query(over: source)
    let name = target.split(separator: ".").last.map(String.init) ?? target
    let ids = statement.model.segments.map { "'\($0.id)'" }.joined(separator: ", ")
    func text(_ text: String) -> String {
      "'" + Self.oneLine(text).replacingOccurrences(of: "'", with: "''") + "'"
    }
    var yaml = [
      "version: 2", "models:", "  - name: \(name)",
      "    description: \(text("Segments of \"\(title)\", written by tessera sql."))",
      "    columns:",
    ]
    for key in statement.keys {
      yaml += ["      - name: \(text(key))", "        data_tests: [unique, not_null]"]
    }
    yaml += [
      "      - name: segment",
      "        description: The likeliest segment, or nothing where there is a reason.",
      "        data_tests:", "          - accepted_values:", "              values: [\(ids)]",
      "      - name: probability", "        description: Probability of the segment.",
    ]
    for (chance, segment) in zip(statement.chances, statement.model.segments) {
      yaml += [
        "      - name: \(chance)",
        "        description: \(text("Probability of \(segment.display)."))",
      ]
    }
    yaml += ["      - name: reason", "        description: Why somebody has no segment.", ""]
    let proof = Self.escaped(proof)
    return [
      (
        "models/\(name).sql",
        "{{ config(materialized='table') }}\n" + Self.comments(heading)
          + Self.escaped(query, keeping: source) + "\n"
      ),
      ("models/\(name).yml", yaml.joined(separator: "\n")),
      (
        "tests/\(name)_golden.sql",
        "-- Fails where the engine computes anything else than Tessera for \(SQLGolden.count) made-up people.\n"
          + "SELECT * FROM (\n" + proof + "\n) AS proof WHERE mismatches > 0\n"
      ),
    ]
  }

  /// A name within a text of Jinja.
  private static func jinja(_ text: String) -> String {
    text.filter { $0 != "'" && $0 != "\\" && $0 != "{" && $0 != "}" }
  }

  /// Text in which nothing is a command of Jinja but what is kept.
  private static func escaped(_ text: String, keeping kept: String = "") -> String {
    let parts = kept.isEmpty ? [text] : text.components(separatedBy: kept)
    return parts.map { part in
      ["{{", "{%", "{#"].contains { part.contains($0) } ? "{% raw %}\(part){% endraw %}" : part
    }.joined(separator: kept)
  }

  private static func comments(_ text: String) -> String { escaped(text) }
}

extension SQLStatement {
  /// One row: how many people were placed, and how many of them otherwise than Tessera does.
  func proof(_ golden: SQLGolden) throws(StudyError) -> String {
    let none = dialect.text("")
    var differences = ["COALESCE(p.segment, \(none)) <> COALESCE(e.segment, \(none))"]
    differences += chances.map {
      "ABS(COALESCE(p.\($0), \(dialect.number(-1))) - COALESCE(e.\($0), \(dialect.number(-1)))) > "
        + dialect.number(1e-9)
    }
    return try query(
      over: "tessera_golden", before: [step(golden), step(expected: golden)],
      select: [
        "SELECT COUNT(*) AS people,",
        "  SUM(CASE WHEN \(differences.joined(separator: "\n    OR ")) THEN 1 ELSE 0 END) AS mismatches",
        "FROM tessera_placed p JOIN tessera_expected e ON e.golden_row = p.golden_row",
      ].joined(separator: "\n"))
  }
}
