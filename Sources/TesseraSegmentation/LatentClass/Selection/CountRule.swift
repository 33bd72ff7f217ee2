import Foundation

/// The rule for the number of classes: the least of -2 LL + p · c, where the penalty c is the larger
/// of 3.5 and ln((n + 2) / 24).
///
/// That is sample-size adjusted BIC above 792 respondents, whose penalty falls towards 0 in smaller
/// samples and is kept there. With BIC's ln n too few of several overlapping classes are found in
/// samples of usual size. AIC3's penalty of 3 splits clear classes now and then where ordered answers
/// do not quite follow the model. Chosen on 200 simulated surveys by `simulate-segments count`.
///
/// - Reference: Bozdogan (1994), in *Proc. First US/Japan Conference on the Frontiers of Statistical
///   Modeling* 2, 69-113 (AIC3); Sclove (1987), *Psychometrika* 52(3), 333-343,
///   doi:10.1007/BF02294360 (the adjusted size).
public struct CountRule: Sendable, Equatable {
  /// Respondents that count: the effective number where unequal weights cost a sixth or more.
  public let respondents: Double
  /// Whether the effective number counts.
  public let usesEffectiveSize: Bool
  /// The part of the log-likelihood that so many respondents stand for.
  private let scale: Double

  /// Design effect above which the effective number of respondents counts.
  private static let designEffectBound = 1.2

  /// The rule for a sample.
  ///
  /// - Parameters:
  ///   - sampleSize: Respondents.
  ///   - effectiveSampleSize: Kish's effective number of them.
  public init(sampleSize: Double, effectiveSampleSize: Double) {
    usesEffectiveSize = sampleSize > CountRule.designEffectBound * effectiveSampleSize
    respondents = usesEffectiveSize ? effectiveSampleSize : sampleSize
    scale = sampleSize > 0 ? respondents / sampleSize : 1
  }

  /// The rule for the sample of a fit.
  ///
  /// - Parameter fit: A fit; all fits of a table have the same sample.
  public init(_ fit: LatentClassFit) {
    self.init(sampleSize: fit.sampleSize, effectiveSampleSize: fit.effectiveSampleSize)
  }

  /// What a parameter costs at least.
  public static let least = 3.5

  /// What a parameter costs in so large a sample.
  ///
  /// - Parameter respondents: Size of the sample.
  /// - Returns: The penalty in units of twice the log-likelihood.
  public static func penalty(_ respondents: Double) -> Double {
    max(least, log((respondents + 2) / 24))
  }

  /// What a parameter costs.
  public var penalty: Double { CountRule.penalty(respondents) }

  /// What the rule is called in this sample: SABIC where it equals it, else AIC with its penalty.
  public var criterionName: String { penalty > CountRule.least ? "SABIC" : "AIC3.5" }

  /// The criterion of a fit; less is better.
  ///
  /// - Parameter fit: The fit.
  /// - Returns: -2 LL + p · c, on the respondents that count.
  public func value(of fit: LatentClassFit) -> Double {
    value(logLikelihood: fit.logLikelihood, parameters: fit.parameters)
  }

  /// The criterion of a log-likelihood reached with so many parameters.
  func value(logLikelihood: Double, parameters: Int) -> Double {
    -2 * logLikelihood * scale + Double(parameters) * penalty
  }

  /// Fits from the best on, the fewer classes first of equals.
  ///
  /// - Parameter fits: Fits of one table, fewest classes first.
  /// - Returns: Their positions.
  public func order(_ fits: [LatentClassFit]) -> [Int] {
    let values = fits.map(value(of:))
    return fits.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  }
}

extension CountRule {
  /// What the choice of a number goes by.
  public struct Candidate: Sendable, Equatable {
    let segments: Int
    let logLikelihood: Double
    let parameters: Int
    let entropyR2: Double?

    /// A fit as a candidate.
    ///
    /// - Parameters:
    ///   - segments: The number of classes.
    ///   - logLikelihood: The log-likelihood reached.
    ///   - parameters: Free parameters.
    ///   - entropyR2: How sure memberships are, 1 is certain; `nil` for one class.
    public init(segments: Int, logLikelihood: Double, parameters: Int, entropyR2: Double?) {
      (self.segments, self.logLikelihood) = (segments, logLikelihood)
      (self.parameters, self.entropyR2) = (parameters, entropyR2)
    }

    /// A fit as a candidate.
    public init(_ fit: LatentClassFit) {
      self.init(
        segments: fit.segmentCount, logLikelihood: fit.logLikelihood, parameters: fit.parameters,
        entropyR2: fit.criteria.entropyR2)
    }
  }

  /// How sure memberships must be at BIC's number, and how much surer than at a larger one, for BIC's to
  /// be taken.
  static let (sure, surer) = (0.9, 0.03)

  /// A share of the mean level above this is too much: segments differ mainly in how high people rate.
  public static let levelBound = 0.6

  /// The number to take.
  public struct Choice: Sendable, Equatable {
    /// The position of the candidate to take.
    public let position: Int
    /// The position of the one with the least criterion.
    public let least: Int
    /// Why another than that is taken; `nil` where it is not.
    public let hold: Hold?
  }

  /// Why a smaller number is taken than the one with the least criterion.
  public enum Hold: Sendable, Equatable {
    /// Memberships of BIC's number are sure, and those of the larger less so.
    case sure
    /// What further segments differ by is mainly how high people rate: this share of it.
    case level(Double)
  }

  /// The number to take: the least criterion, or a smaller one that is held.
  ///
  /// It is held back at a smaller number of segments
  ///
  /// - at BIC's or ICL's, where what the further segments differ by is mainly how high people rate, and
  ///   those of the smaller number differ mainly in what they rate high;
  /// - at BIC's, where the memberships of that are sure and those of the larger are less so.
  ///
  /// Answers that go together within segments, such as those of people who rate everything a little
  /// higher, are no segments, yet with enough respondents each costs less than it explains: clear
  /// segments are then cut into unclear parts. Segments that do exist and are added to clear ones stay
  /// as clear.
  ///
  /// - Parameters:
  ///   - candidates: Fits of one table, fewest classes first, at least one.
  ///   - level: The share of the mean level in what the segments of the second position differ by within
  ///     those of the first, or altogether; `nil` where that is not known.
  /// - Returns: The choice.
  public func choice(
    _ candidates: [Candidate], level: (_ within: Int?, _ position: Int) -> Double? = { _, _ in nil }
  ) -> Choice {
    func least(_ value: (Candidate) -> Double) -> Int {
      let values = candidates.map(value)
      return values.indices.min { (values[$0], $0) < (values[$1], $1) } ?? 0
    }
    func cost(_ one: Candidate, _ penalty: Double) -> Double {
      -2 * one.logLikelihood * scale + Double(one.parameters) * penalty
    }
    let cautious = log(max(respondents, 1))
    let own = least { cost($0, penalty) }
    let modest = least { cost($0, cautious) }
    let clear = least { one in
      let unsure = 1 - (one.entropyR2 ?? 1)
      return cost(one, cautious) + 2 * unsure * respondents * log(Double(one.segments))
    }
    for fewer in Set([modest, clear]).sorted() where fewer < own && candidates[fewer].segments > 1 {
      guard let share = level(fewer, own), share > Self.levelBound,
        let before = level(nil, fewer), before <= Self.levelBound
      else { continue }
      return Choice(position: fewer, least: own, hold: .level(share))
    }
    guard modest < own, let sure = candidates[modest].entropyR2,
      let other = candidates[own].entropyR2, sure >= Self.sure, sure - other >= Self.surer
    else { return Choice(position: own, least: own, hold: nil) }
    return Choice(position: modest, least: own, hold: .sure)
  }
}
