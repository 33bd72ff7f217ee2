public import TesseraMath
import TesseraSegmentation

/// Two segmentations of the same respondents held against each other.
public struct SegmentComparison: Sendable, Equatable {
  /// Ids of the first segmentation's segments, in order.
  public let firstSegments: [String]
  /// Ids of the second's.
  public let secondSegments: [String]
  /// Weighted respondents: first × second.
  public let counts: Matrix
  /// Agreement beyond chance: 1 for the same division, about 0 for unrelated ones.
  public let adjustedRand: Double
  /// What one division leaves unknown of the other, in nats; 0 for the same division.
  public let variationOfInformation: Double
  /// For each segment of the first its partner in the second; `nil` for those left over.
  public let partners: [String?]
  /// Share of respondents who stand in partners, 0 to 1.
  public let matchedShare: Double
  /// Respondents of one only, who were left out.
  public let unmatched: Int

  /// Compares assignments by respondents' identifiers.
  ///
  /// - Parameters:
  ///   - first: Identifier and segment of each respondent; those without a segment are left out.
  ///   - second: The same for the other segmentation.
  /// - Throws: ``StudyError`` E0511 if they have no respondent in common, or one occurs twice.
  /// - Complexity: O(respondents).
  public init(
    first: [(id: String, segment: String)], second: [(id: String, segment: String)]
  ) throws(StudyError) {
    var segments: [String: String] = [:]
    for entry in second {
      guard segments.updateValue(entry.segment, forKey: entry.id) == nil else {
        throw StudyError(
          code: "E0511", message: "an identifier occurs twice in the second segmentation",
          hint: "compare assignments with one row a respondent")
      }
    }
    var seen: Set<String> = []
    var pairs: [(String, String)] = []
    for entry in first {
      guard seen.insert(entry.id).inserted else {
        throw StudyError(
          code: "E0511", message: "an identifier occurs twice in the first segmentation",
          hint: "compare assignments with one row a respondent")
      }
      if let other = segments[entry.id] { pairs.append((entry.segment, other)) }
    }
    guard !pairs.isEmpty else {
      throw StudyError(
        code: "E0511", message: "the two segmentations have no respondent in common",
        hint: "compare assignments of the same survey, with the same identifiers")
    }
    self.init(
      first: pairs.map(\.0), second: pairs.map(\.1),
      unmatched: first.count + second.count - 2 * pairs.count)
  }

  /// Compares the segments of the same respondents, in the same order.
  ///
  /// - Parameters:
  ///   - first: The segment of each respondent.
  ///   - second: The segment of each respondent by the other segmentation.
  ///   - weights: What each respondent counts for; `nil` for one each.
  ///   - unmatched: Respondents of one only, who were left out before.
  public init(
    first: [String], second: [String], weights: [Double]? = nil, unmatched: Int = 0
  ) {
    precondition(first.count == second.count, "the same respondents are expected")
    firstSegments = SegmentComparison.ordered(first)
    secondSegments = SegmentComparison.ordered(second)
    let rows = Dictionary(uniqueKeysWithValues: firstSegments.enumerated().map { ($1, $0) })
    let columns = Dictionary(uniqueKeysWithValues: secondSegments.enumerated().map { ($1, $0) })
    var counts = Matrix(rows: firstSegments.count, columns: secondSegments.count)
    for place in first.indices {
      if let row = rows[first[place]], let column = columns[second[place]] {
        counts[row, column] += weights?[place] ?? 1
      }
    }
    let table = CrossTable(counts: counts)
    self.counts = counts
    adjustedRand = table.adjustedRand
    variationOfInformation = table.variationOfInformation
    matchedShare = table.matchedShare
    let names = secondSegments
    partners = table.matching.map { $0.map { names[$0] } }
    self.unmatched = unmatched
  }

  /// Ids with the numbers in them in order: S2 before S10.
  private static func ordered(_ ids: [String]) -> [String] {
    Set(ids).sorted {
      let one = Int($0.drop { !$0.isNumber })
      let other = Int($1.drop { !$0.isNumber })
      if let one, let other, one != other { return one < other }
      return $0 < $1
    }
  }

  /// The comparison as `compare --json` writes it.
  public var json: JSONValue {
    .object([
      ("first", .strings(firstSegments)), ("second", .strings(secondSegments)),
      ("counts", .array((0..<counts.rows).map { .numbers(Array(counts.row($0))) })),
      ("adjusted_rand", .number(adjustedRand)),
      ("variation_of_information", .number(variationOfInformation)),
      (
        "partners",
        .array(
          zip(firstSegments, partners).map {
            .object([("first", .string($0)), ("second", .optional($1))])
          })
      ),
      ("matched_share", .number(matchedShare)), ("unmatched", .integer(unmatched)),
    ])
  }
}
