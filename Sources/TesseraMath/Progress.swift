/// Where long work tells how far it has come.
///
/// Libraries report and never print; the command decides whether and how to show it.
public struct Progress: Sendable {
  /// Called with what is being done, how many steps are done and how many there are.
  ///
  /// May be called from any thread, often; it should return at once.
  public let report: @Sendable (_ phase: String, _ done: Int, _ total: Int) -> Void

  /// Makes a listener.
  ///
  /// - Parameter report: Called with the phase, the steps done and the steps in all.
  public init(report: @escaping @Sendable (_ phase: String, _ done: Int, _ total: Int) -> Void) {
    self.report = report
  }

  /// Listens to nothing.
  public static let silent = Progress { _, _, _ in }
}
