/// A column of a banner.
public struct BannerColumn: Sendable, Equatable {
  /// The stable name, such as `gender=F` or `S1`.
  public let id: String
  /// What readers see.
  public let label: String
  /// Its letter in tests.
  public let letter: String
  /// The group it belongs to, from 0; Total is a group by itself.
  public let group: Int
}

/// Columns of a banner that were made from one variable, or from nested ones.
public struct BannerGroup: Sendable, Equatable {
  /// The names in the study, such as `gender > age_band`.
  public let id: String
  /// What readers see.
  public let label: String
  /// Whether the columns are segments, or nested with them.
  public let isSegments: Bool
  /// Whether a respondent may be in several of them.
  public let isOverlapping: Bool
  /// Positions of the columns.
  public let columns: Range<Int>
}

/// A question by all columns of a banner.
public struct SurveyTable: Sendable, Equatable {
  /// The column or set.
  public let name: String
  /// What readers see.
  public let label: String
  /// The level as outputs write it; `multiple` for a set.
  public let level: String
  /// Whether the question was used to form the segments.
  public let isActive: Bool
  /// Whether its numbers are years, which take no thousands mark.
  public let isYears: Bool
  /// How segment columns were estimated, and what was left out, in sentences.
  public let notes: [String]
  /// What each column rests on, Total first.
  public let bases: [Base]
  /// Answers, nets and means.
  public let rows: [Row]
  /// The test of each group of columns that has one.
  public let tests: [GroupTest]

  /// Whether the answers differ between the columns of a group at all.
  public struct GroupTest: Sendable, Equatable {
    /// Position of the group in ``TablesResult/groups``.
    public let group: Int
    /// Pearson's statistic corrected for the design, referred to F.
    public let statistic: Double
    /// First degrees of freedom.
    public let numerator: Double
    /// Second degrees of freedom.
    public let denominator: Double
    /// Chance of a statistic as large without any association.
    public let pValue: Double
  }

  /// What a column rests on.
  public struct Base: Sendable, Equatable {
    /// Respondents who answered (unweighted); `nil` where the column is hidden.
    public let unweighted: Double?
    /// Sum of their weights, whose mean over the survey is 1; without weights the same number.
    public let weighted: Double?
    /// Kish's effective number of them.
    public let effective: Double?
    /// Whether the base is small: shares are rounded to 5 points and nothing is tested.
    public let isSmall: Bool
  }

  /// A line of a table.
  public struct Row: Sendable, Equatable {
    /// What a line shows.
    public enum Kind: String, Sendable {
      /// Share of those who gave an answer.
      case answer
      /// Share of those who gave one of several answers.
      case net
      /// The mean of numbers.
      case mean

      /// Whether the line shows shares of people.
      public var isShare: Bool { self != .mean }
    }

    /// What the line shows.
    public let kind: Kind
    /// The answer's code, or the name of the net.
    public let code: String
    /// What readers see.
    public let label: String
    /// A cell for each column.
    public let cells: [Cell]
  }

  /// A figure and what is told of it.
  public struct Cell: Sendable, Equatable {
    /// Share of the column, 0 to 1, or a mean; `nil` if hidden or nobody answered.
    public let value: Double?
    /// Where a rounded share of 0 or 1 lies.
    public let bounds: ClosedRange<Double>?
    /// Share of the people with this answer who are in the column, 0 to 1.
    public let rowShare: Double?
    /// 100 times the value over that of Total.
    public let index: Double?
    /// Respondents (unweighted); only where the privacy of the run allows.
    public let count: Double?
    /// Letters of columns whose figure is significantly lower.
    public let letters: String
    /// Why the figure is hidden.
    public let hidden: HiddenReason?
  }
}

/// Tables of questions by a banner.
public struct TablesResult: Sendable, Equatable {
  /// What the study is called.
  public let title: String
  /// Whether some respondents count more than others: else all bases are the same.
  public let isWeighted: Bool
  /// Groups of columns, Total first.
  public let groups: [BannerGroup]
  /// Columns, Total first.
  public let columns: [BannerColumn]
  /// The tables, in the order of the stub.
  public let tables: [SurveyTable]
  /// What holds for all tables, in sentences.
  public let notes: [String]
  /// What could not be done, in sentences with a remedy.
  public let warnings: [String]
}
