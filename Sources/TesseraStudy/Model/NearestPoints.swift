public import TesseraMath
import TesseraSegmentation

/// A point for each segment: respondents belong to the segment whose point is nearest.
///
/// This is how methods that draw borders between respondents place them, so a new respondent is
/// placed exactly as the study's own were, gaps and ties included: of points equally near the one
/// of the larger segment counts.
public struct NearestPoints: Sendable, Equatable {
  /// What is added up over the columns that a respondent and a point both have.
  public enum Measure: String, Sendable, Equatable {
    /// Squared differences.
    case squares
    /// Absolute differences.
    case differences
    /// Gower's dissimilarity: absolute differences per question, numbers over their range.
    case gower
  }

  /// How answers become columns of numbers.
  public let encoding: MatrixEncoding
  /// Segments × columns; NaN where a point has no answer.
  public let points: Matrix
  /// How far apart two rows of numbers are.
  public let measure: Measure
  /// Questions that respondent and point must both have answered, in Gower's dissimilarity.
  ///
  /// Each one short of it counts as a full difference.
  public let needed: Double

  /// Binds what belongs together.
  ///
  /// - Parameters:
  ///   - encoding: How answers become columns of numbers.
  ///   - points: Segments × columns.
  ///   - measure: How far apart two rows of numbers are.
  ///   - needed: Questions that must be compared, in Gower's dissimilarity.
  public init(
    encoding: MatrixEncoding, points: Matrix, measure: Measure = .squares, needed: Double = 0
  ) {
    self.encoding = encoding
    self.points = points
    self.measure = measure
    self.needed = needed
  }

  /// Whether each point is the answers of a respondent of the study.
  public var areRespondents: Bool { measure == .gower }

  /// Places respondents.
  ///
  /// - Parameter items: The indicators' answers, in the order of the encoding.
  /// - Returns: A segment for each, from 0; 0 for those without any answer.
  func places(_ items: [Item]) -> [Int] {
    let table = encoding.matrix(items)
    return (0..<table.rows).map { row in
      let answers = Array(table.row(row))
      var best = 0
      var least = Double.infinity
      for segment in 0..<points.rows {
        let distance = distance(answers, points.row(segment))
        if distance < least { (best, least) = (segment, distance) }
      }
      return best
    }
  }

  private func distance(_ answers: [Double], _ point: ArraySlice<Double>) -> Double {
    var sum = 0.0
    var seen = 0.0
    var last = -1
    for (place, (answer, other)) in zip(answers, point).enumerated()
    where !answer.isNaN && !other.isNaN {
      let column = encoding.columns[place]
      // New answers beyond the study's range are as far as its end.
      let isRanged = measure == .gower && column.category == nil
      let gap = (isRanged ? max(0, min(1, answer)) : answer) - other
      sum += measure == .squares ? gap * gap : gap.magnitude
      if column.indicator != last {
        seen += 1
        last = column.indicator
      }
    }
    guard measure == .gower else { return sum }
    let lacking = max(0, needed - seen)
    return seen + lacking > 0 ? (sum + lacking) / (seen + lacking) : 1
  }

  /// The points in another order.
  ///
  /// - Parameter order: For each place the point that belongs there.
  /// - Returns: The same points.
  func reordered(_ order: [Int]) -> NearestPoints {
    NearestPoints(
      encoding: encoding, points: Matrix(order.map { Array(points.row($0)) }), measure: measure,
      needed: needed)
  }

  /// Everybody in the segment of the nearest point, segments by falling share.
  ///
  /// Searches end in single precision and at ties with either of two segments; what is frozen and
  /// what is told of the study's own respondents must be the same.
  ///
  /// - Parameters:
  ///   - items: The indicators' answers.
  ///   - weights: What each respondent counts for.
  /// - Returns: Points, segment of each respondent, and shares; `nil` if a segment has nobody.
  func settled(
    _ items: [Item], weights: [Double]
  ) -> (points: NearestPoints, labels: [Int], shares: [Double])? {
    var current = self
    // Ties go to the first point, so another order may move them once more.
    for _ in 0..<10 {
      let labels = current.places(items)
      var masses = [Double](repeating: 0, count: points.rows)
      for (row, label) in labels.enumerated() { masses[label] += weights[row] }
      let total = masses.reduce(0, +)
      guard total > 0, !masses.contains(0) else { return nil }
      let order = masses.indices.sorted { (-masses[$0], $0) < (-masses[$1], $1) }
      if order == Array(masses.indices) { return (current, labels, masses.map { $0 / total }) }
      current = current.reordered(order)
    }
    return nil
  }
}
