/// Finds the name that was probably meant by a mistyped one.
public enum NearestName {
  /// The name nearest to a mistyped one.
  ///
  /// Distance is the number of letters typed wrongly, left out, added or swapped with their
  /// neighbour (optimal string alignment), letter case aside. A name is suggested only if at most
  /// a third of its letters, and at most three, would have to change. Of equally near names the
  /// first is taken.
  ///
  /// - Parameters:
  ///   - name: What was typed.
  ///   - candidates: The names that exist.
  /// - Returns: The nearest name; `nil` if none is near.
  /// - Complexity: O(candidates × letters²).
  public static func suggest(_ name: String, among candidates: [String]) -> String? {
    let typed = Array(name.lowercased().unicodeScalars.prefix(64))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().unicodeScalars.prefix(64))
      let allowed = min(3, max(1, max(typed.count, letters.count) / 3))
      guard abs(letters.count - typed.count) <= allowed else { continue }
      let found = distance(typed, letters)
      if found <= allowed, found < best?.distance ?? .max { best = (candidate, found) }
    }
    return best?.name
  }

  /// Words to put behind an error: "did you mean 'age'?", or nothing.
  ///
  /// - Parameters:
  ///   - name: What was typed.
  ///   - candidates: The names that exist.
  /// - Returns: A question without a leading space; `nil` if no name is near.
  public static func question(_ name: String, among candidates: [String]) -> String? {
    suggest(name, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// Optimal string alignment distance of two sequences of letters.
  static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var before = [Int](repeating: 0, count: other.count + 1)
    var above = Array(0...other.count)
    for row in 0..<one.count {
      var current = [row + 1]
      current.reserveCapacity(other.count + 1)
      for column in 0..<other.count {
        var cost = min(
          above[column + 1] + 1, current[column] + 1,
          above[column] + (one[row] == other[column] ? 0 : 1))
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      before = above
      above = current
    }
    return above[other.count]
  }
}
