import Foundation
import Synchronization

/// Tells how far long work has come, and how long it will take where that is over twenty seconds.
///
/// On a terminal one line is drawn over and over; elsewhere a line is written every ten seconds.
final class ProgressMeter: Sendable {
  private struct State {
    var shown: Date
    var width = 0
    var phase = ""
    var began: Date
  }

  private let isWatched: Bool
  private let state: Mutex<State>

  /// - Parameters:
  ///   - isWatched: Whether standard error is a terminal.
  ///   - now: When the work begins.
  init(isWatched: Bool, now: Date = Date()) {
    self.isWatched = isWatched
    state = Mutex(State(shown: isWatched ? .distantPast : now, began: now))
  }

  /// Shows how far a phase has come, and on a terminal clears the line at its end.
  func show(_ phase: String, _ done: Int, _ total: Int) {
    guard let text = text(phase, done, total, now: Date()) else { return }
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// What is to be written.
  ///
  /// - Parameters:
  ///   - phase: What is being done.
  ///   - done: Steps done.
  ///   - total: Steps in all.
  ///   - now: The time.
  /// - Returns: `nil` for nothing, because enough has been written lately.
  func text(_ phase: String, _ done: Int, _ total: Int, now: Date) -> String? {
    state.withLock { state in
      if phase != state.phase {
        state.phase = phase
        state.began = now
      }
      let isLast = done >= total
      guard
        now.timeIntervalSince(state.shown) > (isWatched ? 0.1 : 10) || isWatched && isLast
      else { return nil }
      state.shown = now
      let words =
        "\(phase): \(done) of \(total)\(Self.rest(done, total, now.timeIntervalSince(state.began)))"
      guard isWatched else { return words + "\n" }
      let line = isLast ? "" : words
      let padding = String(repeating: " ", count: max(0, state.width - line.count))
      state.width = line.count
      return "\r\(line)\(padding)\r\(line)"
    }
  }

  /// The time that a phase will still take, after its first two seconds.
  private static func rest(_ done: Int, _ total: Int, _ spent: Double) -> String {
    guard done > 0, spent > 2 else { return "" }
    let left = spent * Double(total - done) / Double(done)
    guard left > 20 else { return "" }
    return left < 90
      ? ", about \(Int((left / 10).rounded()) * 10) seconds left"
      : ", about \(Int((left / 60).rounded())) minutes left"
  }
}
