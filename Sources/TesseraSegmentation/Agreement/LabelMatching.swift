import TesseraMath

extension CrossTable {
  /// Pairs the segments of two divisions so that as many respondents as possible stand in pairs.
  ///
  /// - Returns: For each segment of the first division its partner in the second; `nil` where the
  ///   second has fewer segments.
  /// - Complexity: O(*k*³).
  public var matching: [Int?] {
    Assignment(counts, goal: .maximise).columnOfRow
  }

  /// Share of respondents who stand in paired segments, 0 to 1.
  public var matchedShare: Double {
    guard total > 0 else { return 1 }
    let matched = matching.enumerated().reduce(0.0) { sum, pair in
      sum + (pair.element.map { counts[pair.offset, $0] } ?? 0)
    }
    return matched / total
  }
}
