import Foundation

/// Keeps what is read from being written over: it may be the only copy.
enum SourceGuard {
  /// Refuses a result that is one of the files read, by whatever path or link it is named.
  ///
  /// - Parameters:
  ///   - result: Where the result is to go.
  ///   - sources: The files that are read.
  /// - Throws: `UsageError`.
  static func check(_ result: String, against sources: [String]) throws {
    let place = real(result)
    guard !sources.contains(where: { real($0) == place }) else {
      throw UsageError(
        message: "the result would replace a file that is read", hint: "give it another name")
    }
  }

  private static func real(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
