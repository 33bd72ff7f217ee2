import TesseraMath

/// The people of each segment, by highest membership: whom a number in the page may stand for.
struct PeopleGroups: Sendable {
  /// For each segment its people, by position among the respondents.
  let members: [[Int]]
  /// People behind each respondent: its frequency, or 1.
  let copies: [Double]
  /// Fewest people a number may stand for.
  let minimum: Double

  init(posterior: Matrix, isUsable: [Bool], copies: [Double], minimum: Double) {
    var members = [[Int]](repeating: [], count: posterior.columns)
    for respondent in 0..<posterior.rows where isUsable[respondent] && copies[respondent] > 0 {
      var best = 0
      for segment in 1..<max(1, posterior.columns)
      where posterior[respondent, segment] > posterior[respondent, best] {
        best = segment
      }
      members[best].append(respondent)
    }
    self.members = members
    self.copies = copies
    self.minimum = minimum
  }

  /// People among respondents.
  func people(_ respondents: some Sequence<Int>) -> Double {
    var sum = 0.0
    for respondent in respondents { sum += copies[respondent] }
    return sum
  }

  /// Whether two states of a product differ for nobody in a segment or for enough people.
  ///
  /// - Parameters:
  ///   - one: The barriers each respondent's are hit in one state; empty for none.
  ///   - other: The same in the other state.
  ///   - segment: The segment.
  /// - Returns: Whether the difference may be told.
  func mayTell(_ one: [UInt64], _ other: [UInt64], segment: Int) -> Bool {
    let changed = people(
      members[segment].lazy.filter {
        (one.isEmpty ? 0 : one[$0]) != (other.isEmpty ? 0 : other[$0])
      })
    return changed == 0 || changed >= minimum
  }
}
