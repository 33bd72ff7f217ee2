/// What a study does to its survey before anything is estimated.
///
/// The order is fixed: a second file joins, variables are derived, filters and rules of quality say who
/// stays, and weights are made to fit.
public struct PreparationDeclaration: Sendable, Equatable {
  /// Files whose columns join the survey.
  public var merges: [MergeDeclaration] = []
  /// Who stays, one condition each; all must hold.
  public var filters: [FilterDeclaration] = []
  /// New variables, in the order of the file.
  public var derived: [DerivedVariable] = []
  /// Who is told not to have answered in earnest; `nil` without.
  public var quality: QualityDeclaration?
  /// Weights that are made to fit known shares of the population; `nil` without.
  public var raking: RakingDeclaration?

  /// A survey that is taken as it is.
  public init() {}
}

/// A condition that a respondent must meet to be counted.
public struct FilterDeclaration: Sendable, Equatable {
  /// What it is called; `filter` where the study gives it no name.
  public let name: String
  /// The condition as written.
  public let condition: String
  /// Keys that lead to it.
  let key: String
}

/// A variable made from others, row by row.
public struct DerivedVariable: Sendable, Equatable {
  /// Its name.
  public let name: String
  /// What readers see; empty to make one from the rule.
  public let label: String
  /// How it is made.
  public let rule: Rule
  /// The scale of the ratings that are turned round or counted by boxes; `nil` where the answers on
  /// offer say it, or the study does not.
  public internal(set) var scale: RatingScale?

  /// How a variable is made from others.
  public enum Rule: Sendable, Equatable {
    /// Ranges of a number; each begins at a bound and ends below the next.
    case bands(of: String, from: [Double], labels: [String])
    /// Answers joined under new names; `rest` takes all others.
    case net(of: String, into: [Net], rest: String?)
    /// The mean of ratings, those in `reversed` turned round first.
    case mean(of: [String], reversed: [String], atLeast: Int)
    /// The sum of numbers.
    case sum(of: [String], atLeast: Int)
    /// How many of some columns, or of a set's answers, were chosen.
    case count(of: [String], answers: [String])
    /// Whether an answer is among the highest ones.
    case top(of: String, boxes: Int)
    /// Whether an answer is among the lowest ones.
    case bottom(of: String, boxes: Int)
    /// Whether a condition holds.
    case when(String)
    /// A rating turned round.
    case reverse(of: String)
    /// Which one of several columns of yes and no says yes; `rest` where none does.
    case oneOf([String], rest: String?)
  }

  /// Answers under a new name.
  public struct Net: Sendable, Equatable {
    /// The new name.
    public let label: String
    /// Codes or labels of the answers.
    public let answers: [String]
  }

  /// Makes a declaration.
  public init(name: String, label: String = "", rule: Rule, scale: RatingScale? = nil) {
    self.name = name
    self.label = label
    self.rule = rule
    self.scale = scale
  }
}

/// Known shares of the population that weights are made to fit.
public struct RakingDeclaration: Sendable, Equatable {
  /// The column of weights to begin with; `nil` for 1 each.
  public let base: String?
  /// What is known of the population, one entry a variable; without values where a file has them.
  public internal(set) var targets: [RakingTarget]
  /// The file that holds the targets of all variables, where one does.
  public let file: String?
  /// The smallest and largest final weight relative to the base weight, both relative to their means.
  public let trim: ClosedRange<Double>?
  /// Whether people without an answer keep the weight that the other targets give them.
  public let keepsMissing: Bool
}

/// The known shares, or totals, of a variable's answers.
public struct RakingTarget: Sendable, Equatable {
  /// The variable.
  public let variable: String
  /// Shares or totals by code or label, in the order of the file.
  public let values: [(answer: String, value: Double)]
  /// The file that holds the values, where one does.
  public let file: String?

  /// Whether two targets say the same.
  public static func == (left: RakingTarget, right: RakingTarget) -> Bool {
    left.variable == right.variable && left.file == right.file
      && left.values.elementsEqual(right.values) { $0.answer == $1.answer && $0.value == $1.value }
  }
}

/// Rules by which people are told who did not answer in earnest.
public struct QualityDeclaration: Sendable, Equatable {
  /// The kinds of rules.
  public enum Rule: String, Sendable, CaseIterable {
    /// Faster than a part of the median.
    case speeders
    /// One answer to a whole battery.
    case straightLiners = "straight_liners"
    /// A wrong answer to a question that asks for a certain one.
    case checks
    /// Two answers that cannot both be true.
    case contradictions
    /// The answers of somebody before.
    case duplicates
  }

  /// The column of seconds, and below which part of the median somebody is too fast.
  public internal(set) var speeders: (seconds: String, below: Double)?
  /// Columns, or a set, of one battery.
  public internal(set) var battery: [String] = []
  /// Right answers by column.
  public internal(set) var checks: [(column: String, answer: String)] = []
  /// Conditions that nobody can meet in earnest, by name.
  public internal(set) var contradictions: [(name: String, condition: String)] = []
  /// Columns in which two people never agree throughout.
  public internal(set) var duplicates: [String] = []
  /// Rules whose people are left out; the others only count.
  public internal(set) var removed: [Rule] = []

  /// Whether two declarations say the same.
  public static func == (left: QualityDeclaration, right: QualityDeclaration) -> Bool {
    left.speeders?.seconds == right.speeders?.seconds
      && left.speeders?.below == right.speeders?.below && left.battery == right.battery
      && left.checks.elementsEqual(right.checks, by: ==)
      && left.contradictions.elementsEqual(right.contradictions, by: ==)
      && left.duplicates == right.duplicates && left.removed == right.removed
  }
}

/// A second file whose columns join the survey by an identifier.
public struct MergeDeclaration: Sendable, Equatable {
  /// The file, relative to the study.
  public let file: String
  /// The survey's column of identifiers.
  public let by: String
  /// The second file's column of identifiers.
  public let key: String
  /// The columns to take; empty for all.
  public let columns: [String]
}
