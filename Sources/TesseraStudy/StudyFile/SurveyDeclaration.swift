public import TesseraSurvey

/// Where a study's answers come from and how its columns are to be read.
public struct SurveyDeclaration: Sendable, Equatable {
  /// Paths or globs, relative to the study file.
  public var files: [String]
  /// Column of the respondents' identifiers: carried to assignments, never an input.
  public var id: String?
  /// Column of weights, and what they mean.
  public var weight: WeightDeclaration?
  /// Column of strata.
  public var strata: String?
  /// Column of clusters.
  public var cluster: String?
  /// Column that says of how many units in the population a row's stratum was drawn.
  public var population: String?
  /// What stands for the variance of a stratum of which a single unit was drawn.
  public var lonelyUnits = SurveyDesign.LonelyUnits.join
  /// Column that says from which wave an answer is; made from the files' names where they have none.
  public var wave: String?
  /// Codes that are missing in every column, with their reasons.
  public var missingEverywhere: [MissingDeclaration] = []
  /// Codes that are missing in one column, with their reasons; columns in the order of the file.
  public var missingByColumn: [ColumnMissing] = []
  /// Measurement levels by column, in the order of the file.
  public var levels: [LevelDeclaration] = []
  /// What columns and sets are called in reports, in the order of the file.
  public var labels: [LabelDeclaration] = []
  /// Multiple-response questions that the file does not declare.
  public var sets: [SetDeclaration] = []
  /// What is done to the survey before anything is estimated.
  public var preparation = PreparationDeclaration()
  /// How the file is to be read, by the name of the reading option.
  ///
  /// The names are `encoding`, `delimiter`, `quote`, `escape`, `decimal`, `sheet`, `format`,
  /// `header` and `salvage`, as on the command line.
  public var reading: [String: String] = [:]

  /// Declares the files of a survey.
  public init(files: [String]) {
    self.files = files
  }
}

/// A column of weights.
public enum WeightDeclaration: Sendable, Equatable {
  /// A row stands for so many people.
  case sampling(String)
  /// A row stands for so many respondents with the same answers.
  case frequency(String)

  /// The column's name.
  public var column: String {
    switch self {
    case .sampling(let column), .frequency(let column): column
    }
  }
}

/// A code that means "no answer".
public struct MissingDeclaration: Sendable, Equatable {
  /// What stands in the file; matched as a number where the column is numeric.
  public let code: String
  /// What it means, such as "refused"; `nil` if the study does not say.
  public let reason: String?
}

/// The codes that mean "no answer" in one column.
public struct ColumnMissing: Sendable, Equatable {
  /// The column's name.
  public let column: String
  /// The codes.
  public let codes: [MissingDeclaration]
}

/// The measurement level of a column.
public struct LevelDeclaration: Sendable, Equatable {
  /// The column's name.
  public let column: String
  /// The level.
  public let level: MeasurementLevel
  /// For an ordinal column the codes or labels in order; empty to take the file's order.
  public let order: [String]

  /// Declares a level.
  ///
  /// - Parameters:
  ///   - column: The column's name.
  ///   - level: The level.
  ///   - order: Codes or labels in order, or empty.
  public init(column: String, level: MeasurementLevel, order: [String] = []) {
    self.column = column
    self.level = level
    self.order = order
  }
}

/// What a column or a set is called in reports, where its file has no label or a poor one.
public struct LabelDeclaration: Sendable, Equatable {
  /// The column's or the set's name.
  public let column: String
  /// What a reader sees.
  public let label: String
}

/// A multiple-response question.
public struct SetDeclaration: Sendable, Equatable {
  /// The name that stands for all its members.
  public let name: String
  /// How the file holds it.
  public let source: Source

  /// The ways a file holds what was chosen.
  public enum Source: Sendable, Equatable {
    /// A column for each answer.
    ///
    /// Patterns with `*` and `?` are allowed. `chosen` is the code that says so; by default 1, yes,
    /// true or any text other than no.
    case columns([String], chosen: String?)
    /// One column that lists the answers, with something between them.
    /// With `options` known, an answer may have the separator in it, and others are joined.
    case delimited(column: String, separator: String, options: [String] = [])
  }

  /// Declares a set.
  public init(name: String, source: Source) {
    self.name = name
    self.source = source
  }
}
