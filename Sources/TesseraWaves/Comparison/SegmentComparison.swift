import TesseraDesign
public import TesseraMath
import TesseraSegmentation
public import TesseraStudy

/// Two segmentations of the same people compared.
public struct SegmentComparison: Sendable, Equatable {
  /// The first segmentation's segments, in order.
  public let first: Side
  /// The second's.
  public let second: Side
  /// Share of everybody, weighted, who is in both segments of a pair: first × second; NaN where hidden.
  public let shares: Matrix
  /// Overlap of each pair (Jaccard index), 0 to 1: first × second; NaN where hidden.
  public let jaccard: Matrix
  /// Agreement beyond chance: 1 for the same division, about 0 for unrelated ones.
  public let adjustedRand: Double
  /// What one division leaves unknown of the other, in nats; 0 for the same division.
  public let variationOfInformation: Double
  /// For each segment of the first the position of its partner in the second; `nil` for those left over.
  public let partners: [Int?]
  /// Share of people, weighted, who are in partners, 0 to 1.
  public let matchedShare: Double
  /// People in both segmentations, unweighted.
  public let people: Double
  /// Whether people count by weight.
  public let isWeighted: Bool

  /// One of the two segmentations, as far as both have the people.
  public struct Side: Sendable, Equatable {
    /// What a reader sees: the name of the folder or file.
    public let label: String
    /// Ids, in order.
    public let ids: [String]
    /// Name of each segment; its id where it has none.
    public let names: [String]
    /// Id and name of each segment.
    public let displays: [String]
    /// Share of people, weighted, 0 to 1; `nil` where hidden.
    public let shares: [Double?]
    /// People, unweighted.
    public let bases: [Double]
    /// People of this segmentation alone, who were left out.
    public let unmatched: Int
  }

  /// Compares assignments by respondents' identifiers.
  ///
  /// - Parameters:
  ///   - one: The first segmentation.
  ///   - other: The second.
  ///   - settings: Which numbers may be shown.
  /// - Throws: ``StudyError`` E0511 if they have no respondent in common, or one occurs twice.
  /// - Complexity: O(respondents + segments³).
  public init(
    _ one: ComparedSegmentation, _ other: ComparedSegmentation, settings: RunSettings
  ) throws(StudyError) {
    let rules = CellRules(settings)
    let pairs = try JoinedPeople(one, other)
    let counts = pairs.table { pairs.weights[$0] }
    let heads = pairs.table { pairs.heads[$0] }
    let table = CrossTable(counts: counts)
    let hidden = Self.hidden(heads, rules)
    let total = table.total
    var shares = Matrix(rows: counts.rows, columns: counts.columns, repeating: .nan)
    var jaccard = shares
    let headTable = CrossTable(counts: heads)
    let headSums = (rows: headTable.rowSums, columns: headTable.columnSums)
    let overlap = table.jaccard
    for row in 0..<counts.rows {
      for column in 0..<counts.columns where !hidden.cells[row][column] {
        // What a small segment's people do is as exact as its base lets it be.
        let smallest = min(headSums.rows[row], headSums.columns[column])
        let whole =
          headSums.rows[row] <= headSums.columns[column]
          ? table.rowSums[row] : table.columnSums[column]
        shares[row, column] =
          rules.rounded(counts[row, column] / whole, base: smallest) * whole / total
        jaccard[row, column] = rules.rounded(overlap[row, column], base: smallest)
      }
    }
    self.shares = shares
    self.jaccard = jaccard
    func side(
      _ given: ComparedSegmentation, _ ids: [String], _ sums: [Double], _ bases: [Double],
      _ isHidden: [Bool], _ unmatched: Int
    ) -> Side {
      Side(
        label: given.label, ids: ids, names: ids.map(given.name), displays: ids.map(given.display),
        shares: sums.indices.map { isHidden[$0] ? nil : sums[$0] / total }, bases: bases,
        unmatched: unmatched)
    }
    first = side(
      one, pairs.rows, table.rowSums, headTable.rowSums, hidden.rows,
      one.people.count - pairs.count)
    second = side(
      other, pairs.columns, table.columnSums, headTable.columnSums, hidden.columns,
      other.people.count - pairs.count)
    adjustedRand = table.adjustedRand
    variationOfInformation = table.variationOfInformation
    partners = table.matching
    matchedShare = table.matchedShare
    people = headTable.total
    isWeighted = pairs.isWeighted
  }

  /// Segments of too few people on either side hide their cells; under `strict` small cells too.
  private static func hidden(
    _ heads: Matrix, _ rules: CellRules
  ) -> (rows: [Bool], columns: [Bool], cells: [[Bool]]) {
    let rows = Array(
      rules.hiddenColumns((0..<heads.rows).map { heads.row($0).reduce(0, +) }).dropLast())
    let columns = Array(
      rules.hiddenColumns((0..<heads.columns).map { heads.column($0).reduce(0, +) }).dropLast())
    let byCell =
      rules.isStrict
      ? rules.hidden((0..<heads.rows).map { Array(heads.row($0)) })
      : rows.map { _ in columns.map { _ in false } }
    let cells = rows.indices.map { row in
      columns.indices.map { rows[row] || columns[$0] || byCell[row][$0] }
    }
    return (rows, columns, cells)
  }

  /// Share of a segment of the first that is in a segment of the second, 0 to 1; `nil` where hidden.
  public func shareOfFirst(_ row: Int, _ column: Int) -> Double? {
    guard let whole = first.shares[row], whole > 0, shares[row, column].isFinite else { return nil }
    return shares[row, column] / whole
  }

  /// Share of a segment of the second that comes from a segment of the first; `nil` where hidden.
  public func shareOfSecond(_ row: Int, _ column: Int) -> Double? {
    guard let whole = second.shares[column], whole > 0, shares[row, column].isFinite else {
      return nil
    }
    return shares[row, column] / whole
  }

  /// The moves of people out of their segment's partner, the largest first.
  public var moves: [(first: Int, second: Int, share: Double)] {
    var found: [(first: Int, second: Int, share: Double)] = []
    for row in 0..<shares.rows {
      for column in 0..<shares.columns where partners[row] != column && shares[row, column] > 0 {
        found.append((row, column, shares[row, column]))
      }
    }
    return found.sorted { ($1.share, $0.first, $0.second) < ($0.share, $1.first, $1.second) }
  }
}

/// The people whom two segmentations have in common.
private struct JoinedPeople {
  /// Ids of the segments of either, in order.
  let rows: [String]
  let columns: [String]
  let weights: [Double]
  let heads: [Double]
  let isWeighted: Bool
  private let places: [(row: Int, column: Int)]

  var count: Int { places.count }

  init(_ one: ComparedSegmentation, _ other: ComparedSegmentation) throws(StudyError) {
    func places(
      _ side: ComparedSegmentation, _ word: String
    ) throws(StudyError) -> [String: Int] {
      var found: [String: Int] = [:]
      for (place, person) in side.people.enumerated() {
        guard found.updateValue(place, forKey: person.id) == nil else {
          throw StudyError(
            code: "E0511",
            message: "an identifier occurs twice in the \(word) segmentation, \(side.label)",
            hint: "compare assignments with one row per respondent")
        }
      }
      return found
    }
    _ = try places(one, "first")
    let second = try places(other, "second")
    let pairs = one.people.enumerated().compactMap { place, person in
      second[person.id].map { (place, $0) }
    }
    guard !pairs.isEmpty else {
      throw StudyError(
        code: "E0511", message: "the two segmentations have no respondent in common",
        hint: "compare assignments of the same survey, with the same identifiers")
    }
    rows = Self.ordered(pairs.map { one.people[$0.0].segment })
    columns = Self.ordered(pairs.map { other.people[$0.1].segment })
    let rowOf = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
    let columnOf = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    self.places = pairs.map {
      (rowOf[one.people[$0.0].segment] ?? 0, columnOf[other.people[$0.1].segment] ?? 0)
    }
    let isFrequency = one.weights != nil ? one.isFrequency : other.isFrequency
    let given =
      one.weights.map { weights in pairs.map { weights[$0.0] } }
      ?? other.weights.map { weights in pairs.map { weights[$0.1] } }
    heads =
      isFrequency ? given ?? [] : [Double](repeating: 1, count: pairs.count)
    // Sampling weights have a mean of 1, so that pairs of people are counted as they should be.
    let mean = (given?.reduce(0, +) ?? 0) / Double(pairs.count)
    weights = given.map { isFrequency ? $0 : $0.map { $0 / mean } } ?? heads
    isWeighted = given.map { Set($0).count > 1 } ?? false
  }

  /// Sums over the people of each pair of segments.
  func table(_ value: (Int) -> Double) -> Matrix {
    var sums = Matrix(rows: rows.count, columns: columns.count)
    for (place, cell) in places.enumerated() { sums[cell.row, cell.column] += value(place) }
    return sums
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
}
