internal import CExpat
internal import CZip
internal import CZlib
internal import Glibc

/// Versions of the C libraries that files are read with, as the libraries in use state them.
public enum LibraryVersions {
  /// The parser of XML.
  public static var expat: String {
    let version = XML_ExpatVersionInfo()
    return "\(version.major).\(version.minor).\(version.micro)"
  }

  /// What opens archives.
  public static var libzip: String { unsafe String(cString: zip_libzip_version()) }

  /// What inflates.
  public static var zlib: String { unsafe String(cString: zlibVersion()) }

  /// ReadStat, as the program that reads with it finds it.
  ///
  /// - Parameter reader: Path of `tessera-read`.
  /// - Returns: The version; `nil` where it cannot be told.
  public static func readStat(of reader: String) -> String? {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let child = ChildProcess.start([reader, "version"], output: ends[1])
    close(ends[1])
    guard let child else { return nil }
    defer { _ = ChildProcess.end(of: child) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe read(ends[0], $0.baseAddress, $0.count)
    }
    let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return text.first?.isNumber == true
      ? text.trimmingPrefix { $0 == " " }.split(whereSeparator: \.isWhitespace).first.map(
        String.init)
      : nil
  }
}
