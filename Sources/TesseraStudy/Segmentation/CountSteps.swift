import TesseraSegmentation

/// Steps in which a model may show shares of answers where counts are hidden.
enum CountSteps {
  /// For each segment the share that as many people make as a cell must hold.
  ///
  /// - Parameters:
  ///   - item: What everybody answered.
  ///   - labels: The likeliest segment of each respondent.
  ///   - heads: Respondents behind each row.
  ///   - segments: Number of segments.
  ///   - minimum: People whom a cell must hold.
  /// - Returns: Steps of shares, 0 to .5; .5 where a segment has hardly that many people.
  static func of(
    _ item: Item, labels: [Int], heads: [Double], segments: Int, minimum: Double
  ) -> [Double] {
    var bases = [Double](repeating: 0, count: segments)
    for row in labels.indices where !item.isMissing(row) { bases[labels[row]] += heads[row] }
    return bases.map { min(0.5, minimum / max($0, 1)) }
  }
}
