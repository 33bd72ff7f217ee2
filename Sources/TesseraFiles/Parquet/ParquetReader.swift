internal import Glibc

/// Reads Parquet files through the command `duckdb`, where it is installed.
///
/// The command turns the file into delimited text, which is read like any other.
struct ParquetReader {
  let file: String

  /// Whether a file is Parquet, by its first and last bytes.
  static func isParquet(_ view: ByteView) -> Bool {
    let mark = Array("PAR1".utf8)
    return view.count >= 12 && view.bytes(0..<4) == mark
      && view.bytes(view.count - 4..<view.count) == mark
  }

  /// Refuses Arrow files, which the command does not read either.
  static func refuseArrow(_ view: ByteView, file: String) throws(SurveyFileError) {
    let mark = Array("ARROW1".utf8)
    if view.count >= 6, view.bytes(0..<6) == mark {
      throw .saveAnew(
        file: file, found: "an Arrow (Feather) file", remedy: "save it as Parquet or CSV")
    }
  }

  /// The file as delimited text.
  ///
  /// - Returns: UTF-8, with a header.
  /// - Throws: ``SurveyFileError`` if the command is missing or refuses the file.
  func text() throws(SurveyFileError) -> FileBytes {
    guard let program = DuckDB.program() else {
      throw .saveAnew(
        file: file, found: "a Parquet file, which the command duckdb can open",
        remedy: "install it (pip install duckdb-cli), or save the file as CSV")
    }
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else {
      throw .readFailed(file: file, reason: "no pipe could be opened")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = spawn(program, ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    guard let child else {
      throw .readFailed(file: file, reason: "the command duckdb could not be started")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { target in
        unsafe Glibc.read(ends[0], target.baseAddress, target.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    guard ChildProcess.end(of: child) == 0, !bytes.isEmpty else {
      throw .damaged(file: file, detail: "the command duckdb cannot read it as Parquet")
    }
    return FileBytes.copying(bytes)
  }

  private func spawn(_ program: String, _ output: Int32) -> pid_t? {
    // Signs of patterns stand for themselves.
    let name = file.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
    let query =
      "copy (select * from read_parquet(\(DuckDB.literal(name)))) to '/dev/stdout' (format csv, header true)"
    return ChildProcess.start(
      [program, "-init", "/dev/null", "-batch", "-c", query], output: output)
  }
}
