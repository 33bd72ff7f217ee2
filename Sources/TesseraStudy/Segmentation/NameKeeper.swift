import TesseraMath

/// Keeps the names of segments from run to run.
///
/// A name belongs to a profile, not to a rank: when the second largest segment becomes the largest,
/// its name goes with it.
enum NameKeeper {
  /// A mean distance of profiles above which a match is doubtful (0 alike, 1 nothing in common).
  private static let doubtful = 0.25
  /// A second match that is nearer than this to the best makes it doubtful too.
  private static let margin = 0.05

  /// Names for segments.
  ///
  /// - Parameters:
  ///   - proposed: A name for each segment, made from its answers.
  ///   - declared: Names the study gives by id; with a previous run, by the ids of that run.
  ///   - indicators: What each segment answers.
  ///   - shares: Their shares.
  ///   - previous: The earlier model.
  /// - Returns: A name for each segment, and doubts in sentences.
  static func names(
    proposed: [String], declared: [SegmentName], indicators: [IndicatorResult],
    shares: [Double], previous: SegmentModel?
  ) -> (names: [String], warnings: [String]) {
    var names = proposed
    var warnings: [String] = []
    let ids = shares.indices.map { "S\($0 + 1)" }
    func declaredName(_ id: String) -> String? { declared.first { $0.id == id }?.name }
    guard let previous, previous.result.method != "given",
      let distances = distances(indicators, previous.result.indicators)
    else {
      for (place, id) in ids.enumerated() { names[place] = declaredName(id) ?? names[place] }
      let unknown = declared.filter { !ids.contains($0.id) }
      if !unknown.isEmpty {
        warnings.append(
          "There is no segment \(unknown.map(\.id).joined(separator: ", ")) to give a name to; "
            + "there are \(shares.count).")
      }
      return (names, warnings)
    }
    let match = Assignment(distances, goal: .minimise)
    var matched: Set<Int> = []
    for (place, partner) in match.columnOfRow.enumerated() {
      guard let partner else { continue }
      let old = previous.result.segments[partner]
      let name = declaredName(old.id) ?? old.name
      let distance = distances[place, partner]
      let rival = (0..<distances.rows).filter { $0 != place }.map { distances[$0, partner] }.min()
      if distance > doubtful {
        warnings.append(
          "No segment answers as '\(name)' (\(old.id)) did before; \(ids[place]) is nearest "
            + "but differs, and got a name of its own.")
        continue
      }
      if let rival, rival - distance < margin {
        warnings.append(
          "'\(name)' was kept for \(ids[place]), but another segment is nearly as much like the "
            + "one that had the name before.")
      }
      names[place] = name
      matched.insert(place)
    }
    // A name of one's own must not repeat one that was kept.
    for place in names.indices where !matched.contains(place) {
      let others = names.indices.filter { $0 != place }.map { names[$0] }
      if others.contains(names[place]) { names[place] += " (\(ids[place]))" }
    }
    return (names, warnings)
  }

  /// Mean distance of profiles over the indicators both runs have: new × old.
  ///
  /// - Returns: `nil` if they share no indicator.
  static func distances(_ new: [IndicatorResult], _ old: [IndicatorResult]) -> Matrix? {
    let pairs = new.compactMap { one in
      old.first { $0.name == one.name && $0.level == one.level }.map { (one, $0) }
    }
    guard let first = pairs.first else { return nil }
    var result = Matrix(rows: first.0.bySegment.count, columns: first.1.bySegment.count)
    for (one, other) in pairs {
      for row in 0..<result.rows {
        for column in 0..<result.columns {
          result[row, column] +=
            distance(one, row, other, column) / Double(pairs.count)
        }
      }
    }
    return result
  }

  /// Half the sum of differing shares, or the difference of means in standard deviations up to 1.
  private static func distance(
    _ one: IndicatorResult, _ row: Int, _ other: IndicatorResult, _ column: Int
  ) -> Double {
    let mine = one.bySegment[row]
    let theirs = other.bySegment[column]
    if one.codes.isEmpty {
      let spread = max(
        (mine.count > 1 ? mine[1] : mine[0]), (theirs.count > 1 ? theirs[1] : theirs[0]), 1e-12
      ).squareRoot()
      return min(1, abs(mine[0] - theirs[0]) / (2 * spread))
    }
    var sum = 0.0
    for (place, code) in one.codes.enumerated() {
      let partner = other.codes.firstIndex(of: code).map { theirs[$0] } ?? 0
      sum += abs(mine[place] - partner)
    }
    for (place, code) in other.codes.enumerated() where !one.codes.contains(code) {
      sum += theirs[place]
    }
    return sum / 2
  }
}
