import Foundation

/// The SQL of an engine, as far as engines differ in what a scoring statement needs.
public enum SQLDialect: String, Sendable, CaseIterable {
  /// PostgreSQL 12 or later.
  case postgresql
  /// DuckDB.
  case duckdb
  /// Apache Spark and Databricks.
  case spark
  /// SQLite 3.35 or later with its mathematical functions.
  case sqlite
  /// Snowflake.
  case snowflake
  /// Google BigQuery.
  case bigquery
  /// Standard SQL, for other engines.
  case ansi

  /// A name of a column or an alias.
  func name(_ name: String) -> String {
    switch self {
    // SQLite takes a name in double quotes that no column has for a text.
    case .spark, .sqlite: "`" + name.replacingOccurrences(of: "`", with: "``") + "`"
    case .bigquery:
      "`"
        + name.replacingOccurrences(of: "\\", with: "\\\\")
        .replacingOccurrences(of: "`", with: "\\`") + "`"
    // A quoted name is taken as it is written, and Snowflake stores plain ones in capitals.
    case .snowflake where Self.isPlain(name): name
    case .postgresql, .duckdb, .snowflake, .ansi:
      "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
  }

  /// A table, perhaps with its schema or its catalogue: `shop.customers`.
  func table(_ text: String) -> String {
    text.split(separator: ".", omittingEmptySubsequences: false).map { name(String($0)) }
      .joined(separator: ".")
  }

  private static func isPlain(_ name: String) -> Bool {
    name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// A text.
  func text(_ text: String) -> String {
    switch self {
    // These read a backslash as the beginning of an escape.
    case .spark, .bigquery:
      "'"
        + text.replacingOccurrences(of: "\\", with: "\\\\")
        .replacingOccurrences(of: "'", with: "\\'") + "'"
    case .snowflake:
      "'"
        + text.replacingOccurrences(of: "\\", with: "\\\\")
        .replacingOccurrences(of: "'", with: "''") + "'"
    case .postgresql, .duckdb, .sqlite, .ansi:
      "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
    }
  }

  /// A number in double precision: engines read a plain 0.1 as a decimal.
  func number(_ value: Double) -> String {
    let text = "\(value)"
    switch self {
    case .postgresql: return text + "::float8"
    case .snowflake: return text + "::FLOAT"
    case .spark: return text + "D"
    case .sqlite: return text
    case .duckdb, .bigquery, .ansi: return text.contains("e") ? text : text + "e0"
    }
  }

  /// The type of texts.
  private var textType: String {
    switch self {
    case .postgresql, .sqlite: "TEXT"
    case .spark, .bigquery: "STRING"
    case .duckdb, .snowflake: "VARCHAR"
    case .ansi: "VARCHAR(4000)"
    }
  }

  /// The type of numbers in double precision.
  var doubleType: String {
    switch self {
    case .postgresql, .ansi: "DOUBLE PRECISION"
    case .duckdb, .spark: "DOUBLE"
    case .sqlite: "REAL"
    case .snowflake: "FLOAT"
    case .bigquery: "FLOAT64"
    }
  }

  /// An expression as text without spaces around it.
  func trimmed(_ expression: String) -> String { "TRIM(CAST(\(expression) AS \(textType)))" }

  /// A missing text.
  var noText: String { "CAST(NULL AS \(textType))" }

  /// A column as a finite number in double precision; NULL where it holds anything else.
  func double(_ column: String) -> String {
    let text = trimmed(column)
    switch self {
    case .duckdb: return finite("TRY_CAST(\(text) AS DOUBLE)")
    case .spark: return finite("TRY_CAST(\(text) AS DOUBLE)")
    case .snowflake: return finite("TRY_TO_DOUBLE(\(text))")
    case .bigquery: return finite("SAFE_CAST(\(text) AS FLOAT64)")
    case .postgresql:
      return "CASE WHEN \(text) ~ '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,2})?$' "
        + "THEN CAST(\(text) AS DOUBLE PRECISION) END"
    case .sqlite:
      return "CASE WHEN typeof(\(column)) IN ('integer', 'real') THEN CAST(\(column) AS REAL) "
        + "WHEN \(text) GLOB '*[0-9]*' AND NOT \(text) GLOB '*[^-0-9.eE+]*' "
        + "AND NOT \(text) GLOB '*[-eE+]' AND NOT \(text) GLOB '[-+eE][-+eE]*' "
        + "THEN CAST(\(text) AS REAL) END"
    case .ansi: return "CAST(\(column) AS DOUBLE PRECISION)"
    }
  }

  /// Neither infinite nor no number at all.
  private func finite(_ expression: String) -> String {
    "CASE WHEN \(expression) BETWEEN \(number(-1e300)) AND \(number(1e300)) THEN \(expression) END"
  }

  /// Whether a text stands within another, letter by letter.
  func holds(_ whole: String, _ part: String) -> String {
    switch self {
    case .postgresql, .ansi, .snowflake: "POSITION(\(part) IN \(whole)) > 0"
    case .duckdb, .spark, .sqlite: "INSTR(\(whole), \(part)) > 0"
    case .bigquery: "STRPOS(\(whole), \(part)) > 0"
    }
  }

  /// The largest of several numbers.
  func largest(_ values: [String]) -> String {
    values.count == 1
      ? values[0]
      : "\(self == .sqlite ? "MAX" : "GREATEST")(\(values.joined(separator: ", ")))"
  }

  /// How a step of a WITH begins so that engines compute it once.
  var step: String {
    switch self {
    case .postgresql, .duckdb, .sqlite: "AS MATERIALIZED ("
    case .spark, .snowflake, .bigquery, .ansi: "AS ("
    }
  }

  /// What must be said before the statement.
  var opening: String? {
    self == .spark
      ? "-- Before it, so that Spark compiles the long expressions rather than interpreting them:\n"
        + "-- SET spark.sql.codegen.hugeMethodLimit=8000;"
      : nil
  }
}
