public import TesseraMath

/// Data whose segments are known because they were put there.
public struct PlantedSegments: Sendable {
  /// Respondents × variables.
  public let values: Matrix
  /// The true segment of each respondent.
  public let truth: [Int]

  /// Draws respondents around centres on a grid, unequal in size.
  ///
  /// - Parameters:
  ///   - respondents: How many.
  ///   - segments: Into how many segments.
  ///   - columns: Number of variables.
  ///   - distance: Between neighbouring centres, in standard deviations within a segment.
  ///   - missing: Share of answers left out at random.
  ///   - seed: Starts the draws.
  public init(
    respondents: Int, segments: Int, columns: Int, distance: Double, missing: Double = 0,
    seed: UInt64
  ) {
    var random = RandomStream(seed: seed)
    let centres = (0..<segments).map { segment in
      (0..<columns).map { column in
        distance * Double((segment >> (column % 3)) & 1) + distance * Double(segment / 8)
      }
    }
    var values = Matrix(rows: respondents, columns: columns)
    var truth: [Int] = []
    for row in 0..<respondents {
      let segment = min(segments - 1, Int(Double(segments) * random.uniform() * 1.15))
      truth.append(segment)
      for column in 0..<columns {
        let value = centres[segment][column] + random.normal()
        values[row, column] = random.uniform() < missing ? .nan : value
      }
    }
    self.values = values
    self.truth = truth
  }
}
