public import TesseraMath

/// What becomes of segments as their number rises (SLSA): which persist, split or join.
///
/// A Jaccard overlap across different numbers of segments cannot tell real segments from noise,
/// since some must merge; the links and containments here say where members come from.
///
/// - Reference: Dolnicar & Leisch (2017), *Marketing Letters* 28, 423–436.
public struct SegmentLevelStability: Sendable, Equatable {
  /// From one number of segments to the next number examined.
  public struct Step: Sendable, Equatable {
    /// Number of segments before.
    public let from: Int
    /// Number of segments after.
    public let to: Int
    /// Share of each later segment's members who come from each earlier one; later × earlier.
    public let sources: Matrix
    /// Share of each earlier segment's members who go to each later one; earlier × later.
    public let destinations: Matrix
    /// For each later segment 1 − H / ln(earlier segments), H the entropy of its sources.
    ///
    /// 1 if all members come from one segment, 0 if evenly from all; undefined from a single one.
    public let stability: [Double?]
  }

  /// The steps in rising order of the number of segments.
  public let steps: [Step]

  /// Follows respondents through solutions with more and more segments.
  ///
  /// - Parameters:
  ///   - solutions: Labels of all respondents, from 0, in rising order of the number of segments.
  ///   - weights: Effective weight of each respondent.
  public init(_ solutions: [[Int]], weights: [Double]? = nil) {
    steps = zip(solutions, solutions.dropFirst()).map { before, after in
      Step(CrossTable(before, after, weights: weights))
    }
  }
}

extension SegmentLevelStability.Step {
  /// Takes how two solutions overlap.
  ///
  /// - Parameter table: Earlier × later segments.
  public init(_ table: CrossTable) {
    let sources = CrossTable(counts: table.counts.transposed).containment
    let earlier = sources.columns
    self.init(
      from: earlier, to: sources.rows, sources: sources, destinations: table.containment,
      stability: (0..<sources.rows).map { segment in
        guard earlier > 1 else { return nil }
        let entropy = CrossTable.entropy(Array(sources.row(segment)), total: 1)
        return 1 - entropy
          / CrossTable.entropy(
            [Double](repeating: 1, count: earlier), total: Double(earlier))
      })
  }
}
