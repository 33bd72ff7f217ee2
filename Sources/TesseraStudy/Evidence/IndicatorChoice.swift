/// Which indicators carry the segments, and what each costs.
public struct IndicatorChoice: Sendable, Equatable {
  /// One question: a column, or a set with all of its members.
  public struct Question: Sendable, Equatable {
    /// The column, or the set.
    public var name: String
    /// What a reader sees.
    public var label: String
    /// Whether it carries the segments by BIC; `nil` where the method has no likelihood.
    public var carries: Bool?
    /// BIC gained by letting it differ between segments; above 0 it carries.
    public var gain: Double?
    /// Log Bayes factor, in nats, that segments differ in it, with parameters integrated out.
    public var integratedGain: Double
    /// Share of respondents placed elsewhere when its answers are shuffled among people, 0 to 1.
    public var importance: Double
    /// Share placed elsewhere when it is not asked at all, 0 to 1: what leaving it out costs.
    public var cost: Double
    /// Share expected to be misplaced when it is not asked.
    public var errorWithout: Double
    /// The question that says most of the same; `nil` if there is only one.
    public var twin: String?
    /// How strongly the twin is tied to it: the square root of the uncertainty it takes away, 0 to 1.
    public var redundancy: Double?
  }

  /// The questions, most important first.
  public var questions: [Question]
  /// BIC with all indicators, and with carriers only; `nil` where the method has no likelihood.
  public var bic: (all: Double, carriers: Double)?
  /// Agreement (adjusted Rand index) of the segments by carriers alone with the study's own.
  public var agreement: Double?
  /// Share of respondents expected to be misplaced with all questions asked.
  public var error: Double
  /// What follows, in sentences.
  public var sentences: [String]

  /// Whether two results hold the same.
  public static func == (left: IndicatorChoice, right: IndicatorChoice) -> Bool {
    left.questions == right.questions && left.bic?.all == right.bic?.all
      && left.bic?.carriers == right.bic?.carriers && left.agreement == right.agreement
      && left.error == right.error && left.sentences == right.sentences
  }
}
