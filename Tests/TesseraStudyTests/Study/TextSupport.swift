import Foundation

enum NSTemporaryFolder {
  /// A folder that exists on every machine.
  static var path: String { NSTemporaryDirectory() }
}

extension String {
  /// The text with one piece replaced throughout.
  func replacing(_ piece: String, _ other: String) -> String {
    replacingOccurrences(of: piece, with: other)
  }
}

extension StudyFolder {
  /// Writes the study as bytes that need be no text.
  func write(bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/study.yaml"))
  }
}
