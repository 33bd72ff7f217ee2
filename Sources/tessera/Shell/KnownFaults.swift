/// Versions of libraries with faults that are known, and what they mean for Tessera.
///
/// The table of docs/dependencies.md, for `tessera doctor`. A distribution may have mended a fault
/// without a new version number.
struct KnownFault {
  /// The library.
  let library: String
  /// The first version without the fault; `nil` where none is known.
  let mendedIn: String?
  /// What can happen.
  let fault: String
  /// What Tessera does about it, or what is left to do.
  let consequence: String

  static let all = [
    KnownFault(
      library: "ReadStat", mendedIn: nil,
      fault: "crafted files make it read or write beyond its buffers (issues 285, 388, 389, 390)",
      consequence: "contained: it runs in tessera-read, under limits"),
    KnownFault(
      library: "expat", mendedIn: "2.7.0",
      fault: "crafted XML can exhaust stack or memory (CVE-2023-52426, CVE-2024-8176)",
      consequence: "contained: XML that declares types or entities is refused"),
    KnownFault(
      library: "expat", mendedIn: nil,
      fault: "crafted XML can take minutes (CVE-2025-66382)",
      consequence: "do not open workbooks of strangers where time matters"),
    KnownFault(
      library: "zlib", mendedIn: "1.3.1", fault: "minizip overflows (CVE-2023-45853)",
      consequence: "does not concern Tessera, which does not use minizip"),
    KnownFault(
      library: "OpenBLAS", mendedIn: "0.3.22",
      fault: "takes its oldest kernel on new processors, and hangs where addresses are scarce",
      consequence: "contained: Tessera chooses a kernel and asks for one thread"),
  ]

  /// Whether a version has the fault.
  ///
  /// - Parameter version: Numbers between points, as the library states them.
  /// - Returns: True where it is older than the one that mends it.
  func concerns(_ version: String) -> Bool {
    guard let mendedIn else { return true }
    return Self.numbers(version).lexicographicallyPrecedes(Self.numbers(mendedIn))
  }

  private static func numbers(_ version: String) -> [Int] {
    version.split(separator: ".").map { Int($0.prefix { $0.isASCII && $0.isNumber }) ?? 0 }
  }
}
