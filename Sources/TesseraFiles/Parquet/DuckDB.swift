internal import Glibc

/// The command `duckdb`, which reads and writes Parquet where it is installed.
enum DuckDB {
  /// The command on the search path; `nil` without.
  static func program() -> String? {
    guard let path = unsafe getenv("PATH") else { return nil }
    return unsafe String(cString: path).split(separator: ":").lazy.map { "\($0)/duckdb" }
      .first { unsafe access($0, X_OK) == 0 }
  }

  /// A text as a literal of a query: a quote in it must not end it.
  static func literal(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted.unicodeScalars.append("'") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "'"
  }
}
