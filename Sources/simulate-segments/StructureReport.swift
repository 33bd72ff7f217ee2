import Foundation
import TesseraSegmentation

/// The verdicts over many surveys whose structure is known.
public struct StructureReport: Sendable {
  private var trials: [StructureTrial] = []

  /// Starts without trials.
  public init() {}

  /// Takes up a trial.
  public mutating func add(_ trial: StructureTrial) {
    trials.append(trial)
  }

  /// How often each kind got each verdict, a line a kind, and the rates of error.
  public var text: String {
    StructureTrial.Kind.allCases.compactMap { kind in
      let own = trials.filter { $0.kind == kind }
      guard !own.isEmpty else { return nil }
      let verdicts = StructureVerdict.allCases.map { verdict in
        "\(verdict.rawValue) \(own.count { $0.verdict == verdict })"
      }
      let wrong = own.count { !kind.rightVerdicts.contains($0.verdict) }
      let rate = Double(wrong) / Double(own.count)
      let error = (rate * (1 - rate) / Double(own.count)).squareRoot()
      return "structure, \(kind.rawValue): \(verdicts.joined(separator: ", ")) of \(own.count); "
        + String(format: "wrong %.1f%% (standard error %.1f)", 100 * rate, 100 * error)
    }.joined(separator: "\n")
  }
}
