/// Which numbers of segments come back in bootstrap samples, in words.
enum ReplicationWords {
  /// Median adjusted Rand index from which a number is said to replicate.
  static let bound = 0.65

  /// A phrase such as "3 and 4 replicate, 5 does not".
  static func phrase(_ counts: [CountStability]) -> String? {
    let known = counts.filter { $0.median != nil }
    let yes = known.filter { ($0.median ?? 0) >= bound }.map { String($0.segments) }
    let no = known.filter { ($0.median ?? 0) < bound }.map { String($0.segments) }
    guard !known.isEmpty else { return nil }
    if no.isEmpty { return "\(list(yes)) \(yes.count == 1 ? "replicates" : "replicate")" }
    if yes.isEmpty { return "\(list(no)) \(no.count == 1 ? "does" : "do") not replicate" }
    return "\(list(yes)) \(yes.count == 1 ? "replicates" : "replicate"), \(list(no)) "
      + "\(no.count == 1 ? "does" : "do") not"
  }

  /// The numbers behind the phrase.
  static func sentences(_ counts: [CountStability], chosen: Int) -> [String] {
    let known = counts.compactMap { one in one.median.map { (one, $0) } }
    guard !known.isEmpty else { return [] }
    return [
      "Median adjusted Rand index between pairs of bootstrap samples: "
        + known.map { one, median in
          "\(one.segments): \(decimal(median, 2)) "
            + "(90% of pairs \(decimal(one.low ?? median, 2)) to "
            + "\(decimal(one.high ?? median, 2)))"
        }.joined(separator: ", ") + "."
    ]
  }

  /// That the number chosen does not come back, if so.
  static func doubts(_ counts: [CountStability], chosen: Int) -> [String] {
    guard let median = counts.first(where: { $0.segments == chosen })?.median, median < bound
    else { return [] }
    return [
      "Doubt: another sample would be divided differently (median adjusted Rand index "
        + "\(decimal(median, 2)), \(decimal(bound, 2)) asked for)."
    ]
  }

  /// Words in a row: "3", "3 and 4", "3, 4 and 5".
  static func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
