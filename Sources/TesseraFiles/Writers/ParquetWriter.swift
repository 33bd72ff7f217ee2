internal import Glibc
internal import TesseraSurvey

/// Writes a survey as Parquet through the command `duckdb`, which takes it as delimited text.
struct ParquetWriter {
  let file: String
  let usesLabels: Bool

  private static let pieceBytes = 1 << 20

  /// Writes a survey: whole numbers as integers, other numbers as doubles, the rest as texts.
  ///
  /// - Returns: What tables cannot hold.
  /// - Throws: ``OutputError`` if the command is missing or fails.
  func write(
    _ survey: Survey, _ details: FileDetails, to output: AtomicOutput
  ) throws(OutputError) -> ConversionLosses {
    guard let program = DuckDB.program() else {
      throw .cannotCreate(
        file: file,
        reason: "Parquet is written by the command duckdb, which is not installed "
          + "(pip install duckdb-cli)")
    }
    return try TemporaryFolder.with(for: file) { (folder) throws(OutputError) in
      let (table, query, made) = (
        "\(folder)/table.csv", "\(folder)/query.sql", "\(folder)/table.parquet"
      )
      let losses = try AtomicFile.write(to: table) { (text) throws(OutputError) in
        try DelimitedWriter(delimiter: 0x2C, usesLabels: usesLabels).write(
          survey, details, to: text)
      }
      try AtomicFile.write(Array(self.query(survey, table, made).utf8), to: query)
      let status = ChildProcess.start(
        [program, "-init", "/dev/null", "-batch", "-bail", "-f", query],
        output: STDERR_FILENO
      ).map { ChildProcess.end(of: $0) }
      guard status == 0, let owner = try? FileBytes.open(made),
        ParquetReader.isParquet(owner.view)
      else {
        throw .writeFailed(
          file: file, reason: "the command duckdb could not make the file; the disk may be full")
      }
      for start in stride(from: 0, to: owner.view.count, by: Self.pieceBytes) {
        try output.append(
          owner.view.bytes(start..<min(owner.view.count, start + Self.pieceBytes)))
      }
      return losses
    }
  }

  private func query(_ survey: Survey, _ table: String, _ made: String) -> String {
    let columns = survey.variables.map { variable in
      "\(DuckDB.literal(variable.name)): \(DuckDB.literal(type(variable, survey.respondentCount)))"
    }
    return "copy (select * from read_csv(\(DuckDB.literal(table)), header = true, delim = ',', "
      + "quote = '\"', escape = '\"', nullstr = '', auto_detect = false, parallel = false, "
      + "max_line_size = 67108864, columns = {\(columns.joined(separator: ", "))})) "
      + "to \(DuckDB.literal(made)) (format parquet, compression zstd);\n"
  }

  /// What a column holds.
  private func type(_ variable: Variable, _ rows: Int) -> String {
    let cells = TableCells(variable, usesLabels: usesLabels)
    var (isAny, isWhole) = (false, true)
    for row in 0..<rows {
      switch cells.cell(row) {
      case .empty: continue
      case .number(let number):
        isAny = true
        isWhole = isWhole && number == number.rounded() && abs(number) < 0x1p53
      case .text, .moment: return "VARCHAR"
      }
    }
    return isAny ? (isWhole ? "BIGINT" : "DOUBLE") : "VARCHAR"
  }
}
