import Foundation

/// A data file of the NIST Statistical Reference Datasets, read as the tests need it.
struct NISTFile {
  let lines: [String]

  init(_ path: String) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/nist/\(path).dat")
    let text = try String(contentsOf: url, encoding: .isoLatin1)
    lines = text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n")
  }

  /// The numbers of a line, in order; words are skipped.
  static func numbers(_ line: String) -> [Double] {
    line.split(separator: " ").compactMap { Double($0) }
  }

  /// The first number after the colon in the line that starts with a label.
  func certified(_ label: String) -> Double? {
    lines.first { $0.hasPrefix(label) }
      .flatMap { $0.split(separator: ":").last }
      .flatMap { NISTFile.numbers(String($0)).first }
  }

  /// The rows of numbers from line 61 on, where every file keeps its data.
  var rows: [[Double]] {
    lines.dropFirst(60).map(NISTFile.numbers).filter { !$0.isEmpty }
  }
}

/// Number of leading digits in which a result agrees with a certified value, 0 to 15.
func digits(_ result: Double?, _ certified: Double?) -> Double {
  guard let result, let certified, result.isFinite else { return 0 }
  let error = certified == 0 ? abs(result) : abs((result - certified) / certified)
  return error == 0 ? 15 : max(0, min(15, -log10(error)))
}
