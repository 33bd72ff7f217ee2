/// How much of small groups of people outputs may show.
///
/// - Reference: Hundepool et al. (2012), *Statistical Disclosure Control*, chapters 4 and 5.
public enum Privacy: String, Sendable, Equatable, CaseIterable {
  /// By bases: nothing of a group of fewer than ten people, and no answer that fewer than ten people
  /// of the whole survey gave. Shares near 0 or 100% of a large group are shown.
  case standard
  /// By counts: no cell of fewer than ten people nor its complement, in any output, with further
  /// cells hidden so that no total gives one back.
  case strict
  /// Everything is shown: for one's own eyes.
  case none

  /// What every output says under ``none``.
  public static let unprotected =
    "Nothing is hidden (privacy: none): this output may tell of single people."

  /// The rule in plain sentences, for the report.
  ///
  /// - Parameters:
  ///   - minimum: People below whom nothing is shown.
  ///   - small: People below whom a base is marked.
  /// - Returns: Two sentences.
  public func sentences(minimum: Int, small: Int) -> [String] {
    switch self {
    case .standard:
      [
        "Outputs show nothing of groups of fewer than \(minimum) people, nor any answer that fewer "
          + "than \(minimum) people of the whole survey gave.",
        "Groups of \(minimum) to \(small - 1) people are marked with * and their shares are rounded "
          + "to 5 points.",
      ]
    case .strict:
      [
        "Outputs show no number that stands for fewer than \(minimum) people, nor one whose "
          + "complement does; further numbers are hidden so that no total gives one back.",
        "Groups of fewer than \(small) people are marked with *.",
      ]
    case .none:
      [
        Self.unprotected, "Keep it to yourself.",
      ]
    }
  }
}

/// Why a number is not shown.
public enum HiddenReason: String, Sendable, Equatable {
  /// It stands for too few people, or protects one that does.
  case base
  /// Too few people gave the answer, or did not; or it protects an answer of which that is true.
  case rare
}
