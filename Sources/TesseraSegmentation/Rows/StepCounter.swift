import Synchronization
import TesseraMath

/// Counts steps that several threads finish, and tells a listener.
final class StepCounter: Sendable {
  private let done = Atomic<Int>(0)
  private let phase: String
  private let total: Int
  private let progress: Progress

  /// Starts counting at 0.
  ///
  /// - Parameters:
  ///   - phase: What is being done.
  ///   - total: Number of steps in all.
  ///   - progress: Told after every step.
  init(_ phase: String, total: Int, progress: Progress) {
    self.phase = phase
    self.total = total
    self.progress = progress
  }

  /// One more step is done.
  func step() {
    let now = done.wrappingAdd(1, ordering: .relaxed).newValue
    progress.report(phase, now, total)
  }

  /// Nothing more is to be done.
  func finish() { progress.report(phase, total, total) }
}
