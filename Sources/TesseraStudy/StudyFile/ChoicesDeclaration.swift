/// Real choices that the fit can be held against: where they stand and how they are to be read.
public struct ChoicesDeclaration: Sendable, Equatable {
  /// How a table of choices is laid out.
  public enum Layout: String, Sendable, CaseIterable {
    /// A row an alternative; `chosen` is 1 in the row taken.
    case long
    /// A row a menu; an attribute has a column for each slot (`price1`, `price2`, ...).
    case slots
    /// A row a pair; columns are the first's attribute less the second's; `chosen` is 1 for the first.
    case pairs
    /// A row a respondent with a column a task that holds the alternative taken; what was on the
    /// menus stands in a file of its own.
    case design
    /// A column of the survey that names the product each respondent took, out of all products.
    case survey
  }

  /// What the fit has to reach to pass.
  public enum Bar: String, Sendable, CaseIterable {
    /// The fit alone predicts better than chance.
    case chance
    /// The fit adds to what market shares already tell.
    case adds
    /// The fit alone predicts better than market shares.
    case shares
  }

  /// A file with what was on the menus: a row an alternative.
  public struct DesignFile: Sendable, Equatable {
    /// The file, relative to the study.
    public let file: String
    /// Column of the version, there and in the responses, or of the respondent; `nil` if everybody
    /// saw the same.
    public let key: String?
    /// Whether ``key`` names respondents.
    public let isByRespondent: Bool
    /// Column of the task.
    public let task: String
    /// Column with the number of the alternative; `nil` counts rows.
    public let alternative: String?
    /// The answer for "none of these"; `nil` for one more than the alternatives, where it occurs.
    public let none: String?
  }

  /// Something that an alternative has, for a choice model.
  public struct Term: Sendable, Equatable {
    /// What it is called.
    public let name: String
    /// How it is computed: columns, `column = value`, numbers, joined by `*` and `/`.
    public let expression: String
  }

  /// The table's file, relative to the study; `nil` for a column of the survey.
  public var file: String?
  /// How the table is laid out.
  public var layout: Layout
  /// Number of alternatives of a menu in `slots`.
  public var slots = 0
  /// Column of the respondent's identifier; that of the survey if the study does not say.
  public var respondent: String?
  /// In `long` the column that says which menu a row belongs to; one menu a respondent without.
  public var task: String?
  /// Column that says what was chosen.
  public var chosen: String
  /// Column that names the product of an alternative.
  public var product: String?
  /// Columns, named like features, whose levels hold for the alternative instead of the product's.
  public var features: [String] = []
  /// What a choice model looks at.
  public var attributes: [Term] = []
  /// Attributes that are quantities, with one coefficient each; other whole numbers are codes of
  /// levels, with a part-worth each.
  public var numeric: [String] = []
  /// What was on the menus, for the layout `design`.
  public var design: DesignFile?
  /// Columns of the alternative taken, a column a task, for the layout `design`.
  public var answers: [String] = []
  /// Terms for how the menu was built, which are no tastes: tests are told with and without them.
  public var controls: [Term] = []
  /// Attributes whose coefficients may differ by segment; all of them if empty.
  public var bySegment: [String] = []
  /// The attribute in which willingness to pay is told.
  public var price: String?
  /// The column whose values are counted to see whether segments were shown the same.
  public var exposureOf: String?
  /// Which alternatives are counted, as a condition such as `slot = 1|3|5`.
  public var exposureWhere: String?
  /// Menus at the start of each respondent that are left out, such as those the needs came from.
  public var skip = 0
  /// Folds of the cross-validation over respondents.
  public var folds = 10
  /// What the fit has to reach.
  public var bar = Bar.adds
  /// Fewest and most latent classes of tastes to be fitted; `nil` for none.
  public var latentClasses: ClosedRange<Int>?
}
