import Foundation
import Synchronization

/// Draws progress on one line of the terminal, at most ten times a second.
final class ProgressMeter: Sendable {
  private struct State {
    var shown = Date.distantPast
    var width = 0
  }

  private let state = Mutex(State())

  /// Shows how far a phase has come, and clears the line at its end.
  ///
  /// - Parameters:
  ///   - phase: What is being done.
  ///   - done: Steps done.
  ///   - total: Steps in all.
  func show(_ phase: String, _ done: Int, _ total: Int) {
    state.withLock { state in
      let now = Date()
      let isLast = done >= total
      guard isLast || now.timeIntervalSince(state.shown) > 0.1 else { return }
      state.shown = now
      let text = isLast ? "" : "\(phase): \(done) of \(total)"
      let padding = String(repeating: " ", count: max(0, state.width - text.count))
      state.width = text.count
      try? FileHandle.standardError.write(contentsOf: Data("\r\(text)\(padding)\r\(text)".utf8))
    }
  }
}
