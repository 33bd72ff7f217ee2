import Foundation

/// What kind of need a feature serves, from two questions: how people feel with it and without it.
///
/// - Reference: Kano, Seraku, Takahashi & Tsuji (1984), *Hinshitsu* 14(2), 39–48.
public enum KanoKind: String, Sendable, CaseIterable {
  /// Must be there: taken for granted, missed when absent.
  case mustBe = "M"
  /// The more the better.
  case oneDimensional = "O"
  /// Delights, and is not missed.
  case attractive = "A"
  /// Makes no difference.
  case indifferent = "I"
  /// Not wanted.
  case reverse = "R"
  /// The two answers contradict each other.
  case questionable = "Q"

  /// An answer to either question.
  public enum Answer: Int, Sendable, CaseIterable {
    /// I like it that way.
    case like = 1
    /// It must be that way.
    case must
    /// I am neutral.
    case neutral
    /// I can live with it.
    case tolerate
    /// I dislike it that way.
    case dislike
  }

  /// The kind by the evaluation table.
  ///
  /// - Parameters:
  ///   - functional: How people feel if the feature is there.
  ///   - dysfunctional: How they feel if it is not.
  /// - Reference: Berger et al. (1993), *Center for Quality of Management Journal* 2(4), 3–36.
  public init(functional: Answer, dysfunctional: Answer) {
    switch (functional, dysfunctional) {
    case (.like, .like), (.dislike, .dislike): self = .questionable
    case (.like, .dislike): self = .oneDimensional
    case (.like, _): self = .attractive
    case (.dislike, _), (_, .like): self = .reverse
    case (_, .dislike): self = .mustBe
    default: self = .indifferent
    }
  }
}

/// The kinds that many people's answers give one feature.
public struct KanoTable: Sendable, Equatable {
  /// People of each kind, in the order M, O, A, I, R, Q; weights may make them fractions.
  public let counts: [Double]

  /// Counts kinds.
  ///
  /// - Parameter counts: People for M, O, A, I, R, Q; 0 or more each.
  public init(counts: [Double]) {
    precondition(counts.count == 6 && counts.allSatisfy { $0 >= 0 }, "six counts of 0 or more")
    self.counts = counts
  }

  private static func position(_ kind: KanoKind) -> Int {
    KanoKind.allCases.firstIndex(of: kind) ?? 5
  }

  private subscript(kind: KanoKind) -> Double { counts[Self.position(kind)] }

  private var classified: Double {
    self[.mustBe] + self[.oneDimensional] + self[.attractive] + self[.indifferent]
  }

  /// Satisfaction gained by having it, 0 to 1: (A + O) / (A + O + M + I).
  public var better: Double {
    (self[.attractive] + self[.oneDimensional]) / classified
  }

  /// Satisfaction lost by not having it, −1 to 0: −(O + M) / (A + O + M + I).
  public var worse: Double {
    -(self[.oneDimensional] + self[.mustBe]) / classified
  }

  /// The kind named most often, ties in the order M, O, A, I, R, Q.
  public var mode: KanoKind {
    let kinds = KanoKind.allCases
    var best = kinds[0]
    for kind in kinds where self[kind] > self[best] { best = kind }
    return best
  }

  /// The statistic of the test that M, O, A and I are named equally often, 3 degrees of freedom.
  public var chiSquare: Double {
    let expected = classified / 4
    var sum = 0.0
    for kind in [KanoKind.mustBe, .oneDimensional, .attractive, .indifferent] {
      sum += (self[kind] - expected) * (self[kind] - expected) / expected
    }
    return sum
  }

  /// Fong's test of whether the most frequent kind is so by more than chance.
  public struct Fong: Sendable, Equatable {
    /// Difference of the two largest counts.
    public let difference: Double
    /// What it must exceed.
    public let critical: Double
    /// Whether it does.
    public var isClear: Bool { difference > critical }
  }

  /// Fong's test at 10% (one-sided 5%).
  ///
  /// With a and b the two largest counts of N, |a − b| is clear when it exceeds
  /// 1.65 √((a + b)(2N − a − b) / (2N)).
  ///
  /// - Reference: Fong (1996), *Center for Quality of Management Journal* 5(3), 21–24.
  public var fong: Fong {
    let sorted = counts.sorted(by: >)
    var total = 0.0
    for count in counts { total += count }
    let sum = sorted[0] + sorted[1]
    return Fong(
      difference: sorted[0] - sorted[1],
      critical: 1.65 * (sum * (2 * total - sum) / (2 * total)).squareRoot())
  }
}
