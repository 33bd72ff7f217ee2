/// Whether a workbook that libxlsxwriter made is whole.
///
/// The library writes every part to a temporary file first and does not notice when that fails: on a
/// full temporary disk it reports success for a workbook without content. A part that lost bytes is
/// not well-formed, or lacks its end.
public enum WorkbookCheck {
  /// Parses every part.
  ///
  /// - Parameter path: The workbook.
  /// - Returns: Whether each of them is whole.
  /// - Complexity: One pass over the inflated parts, without keeping them.
  public static func isWhole(_ path: String) -> Bool {
    do {
      let archive = try ZipArchive(FileBytes.open(path), file: path)
      guard archive.contains("[Content_Types].xml") else { return false }
      for member in archive.members {
        try archive.parse(member, XMLHandler())
      }
      return true
    } catch {
      return switch error {
      // What is too large for our own reader is not damaged.
      case .wrongKind, .saveAnew: true
      default: false
      }
    }
  }
}
