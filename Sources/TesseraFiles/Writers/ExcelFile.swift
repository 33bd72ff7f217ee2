/// A workbook on its way through a temporary folder, because the library writes to paths of its own.
enum ExcelFile {
  private static let pieceBytes = 1 << 20

  /// Writes a workbook and passes it on in pieces.
  ///
  /// - Parameters:
  ///   - output: Where it belongs.
  ///   - keepsRowsOnly: Whether only the current row is kept in memory.
  ///   - fill: Adds the sheets.
  /// - Throws: ``OutputError`` if a folder or a file cannot be made.
  static func write(
    to output: AtomicOutput, keepsRowsOnly: Bool, _ fill: (ExcelBook) -> Void
  ) throws(OutputError) {
    let file = output.file
    try TemporaryFolder.with(for: file) { (folder) throws(OutputError) in
      let path = folder + "/workbook.xlsx"
      guard let book = ExcelBook(path: path, folder: folder, keepsRowsOnly: keepsRowsOnly) else {
        throw .cannotCreate(file: file, reason: "the workbook could not be started")
      }
      fill(book)
      guard book.close(), WorkbookCheck.isWhole(path) else {
        throw .writeFailed(
          file: file,
          reason:
            "the workbook could not be finished in the temporary folder \(folder), whose disk may "
            + "be full; TMPDIR names another")
      }
      guard let owner = try? FileBytes.open(path) else {
        throw .cannotCreate(file: file, reason: "the workbook could not be read back")
      }
      for start in stride(from: 0, to: owner.view.count, by: pieceBytes) {
        let end = min(owner.view.count, start + pieceBytes)
        try output.append(owner.view.bytes(start..<end))
      }
    }
  }
}
