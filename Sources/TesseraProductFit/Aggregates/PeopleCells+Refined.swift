import TesseraMath

extension PeopleCells {
  /// Exchanges tried for each person.
  private static let triesPerPerson = 100
  /// Exchanges tried at most.
  private static let mostTries = 400_000

  /// The same number of groups of the same sizes, with people exchanged so that edits of several
  /// features come out nearer to the truth.
  ///
  /// - Parameters:
  ///   - trial: What edits do to the people of these groups.
  ///   - shares: Respondents × segments.
  ///   - copies: People behind each respondent; only equals are exchanged.
  /// - Returns: The groups, in the same order.
  /// - Complexity: O(people × edits × (barriers + segments)).
  func refined(_ trial: TrialPeople, shares: Matrix, copies: [Double]) -> PeopleCells {
    var kernel = GroupSwapKernel(trial, cells: self, shares: shares)
    var members = [[Int]](repeating: [], count: shares.columns)
    for (person, group) in kernel.group.enumerated() { members[segments[group]].append(person) }
    var stream = RandomStream(seed: 3)
    let rounds = min(Self.triesPerPerson, Self.mostTries / max(1, trial.people.count))
    for _ in 0..<max(1, rounds) {
      for people in members where people.count > 1 {
        for _ in people.indices {
          let first = people[stream.below(people.count)]
          let second = people[stream.below(people.count)]
          guard copies[trial.people[first]] == copies[trial.people[second]] else { continue }
          kernel.exchange(first, second)
        }
      }
    }
    var result = [[Int]](repeating: [], count: cells.count)
    for (person, group) in kernel.group.enumerated() { result[group].append(trial.people[person]) }
    return PeopleCells(cells: result, segments: segments)
  }
}
