internal import TesseraSurvey

/// Looks for blank and repeated identifiers, part after part.
///
/// Identifiers are compared by 64-bit hashes: of five million different ones two look alike with a
/// chance of less than one in a million.
public struct IdentifierCheck: Sendable {
  /// Identifiers that are compared unless more are asked for.
  public static let usualLimit = 5_000_000

  private static let bits = 12

  private let limit: Int
  /// Hashes by their first bits, so that only a few need to be in order at a time.
  private var hashes = [[Int]](repeating: [], count: 1 << Self.bits)
  private var blank = 0
  private var given = 0

  /// Starts without identifiers.
  ///
  /// - Parameter limit: Most identifiers that are compared; each takes 8 bytes.
  public init(limit: Int = usualLimit) { self.limit = limit }

  /// Adds identifiers.
  ///
  /// - Parameter ids: As written; empty where there is none.
  public mutating func add(_ ids: [String]) {
    for id in ids {
      if id.isEmpty {
        blank += 1
      } else {
        given += 1
        if given <= limit {
          let hash = id.hashValue
          hashes[Int(truncatingIfNeeded: UInt(bitPattern: hash) >> UInt(64 - Self.bits))]
            .append(hash)
        }
      }
    }
  }

  /// What was found.
  ///
  /// - Parameter column: The column that holds the identifiers.
  /// - Returns: Sentences with counts.
  /// - Complexity: O(n log n).
  public func notes(column: String) -> [String] {
    var notes: [String] = []
    if blank > 0 {
      notes.append(
        "\(DataWords.counted(blank, "respondent")) without an identifier in "
          + DisplayText.escaped(column))
    }
    guard given <= limit else {
      notes.append(
        "repeated identifiers in \(DisplayText.escaped(column)) were not looked for: more than "
          + "\(limit) respondents (--check-ids looks)")
      return notes
    }
    let repeated = hashes.reduce(0) { count, some in
      let sorted = some.sorted()
      return count + zip(sorted, sorted.dropFirst()).count { $0 == $1 }
    }
    if repeated > 0 {
      notes.append(
        "\(DataWords.counted(repeated, "row")) "
          + "\(repeated == 1 ? "repeats an identifier" : "repeat identifiers") of earlier ones in "
          + "\(DisplayText.escaped(column)): the same people twice?")
    }
    return notes
  }
}
