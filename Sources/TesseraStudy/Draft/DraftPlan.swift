internal import TesseraSurvey

/// What a draft will say, with the reason for each part; parts can be dropped one by one.
struct DraftPlan {
  /// A name with the reason for its place.
  struct Entry {
    let name: String
    let reason: String
    /// Whether the column is about the interview, not the person.
    var isProcess = false
    /// What it stands together with in the draft.
    var section = ""
  }

  /// A multiple-response question.
  struct SetEntry {
    let name: String
    let members: [String]
    /// For one column that lists answers.
    let delimited: (column: String, separator: String, options: [String])?
    let reason: String
    /// What it is about.
    let topic: SetTopic
    /// Whether the survey's own file declares it, so that the study need not.
    let isDeclared: Bool
    /// What readers see; empty where the name says it.
    var label = ""
  }

  /// What a multiple-response question is about.
  enum SetTopic: String {
    case activities
    case media
    case barriers = "stops_me"
    case other
  }

  /// A need with its questions.
  struct NeedEntry {
    let name: String
    let label: String
    let importance: String
    let satisfaction: String?
    let scale: RatingScale
    let reason: String
  }

  /// Missing codes of one column.
  struct MissingEntry {
    let column: String
    let codes: [MissingGuess.Code]
  }

  /// Best-worst tasks, whose answers are needs.
  struct MaxDiff {
    let best: [String]
    let worst: [String]
    /// What could be named.
    let items: [String]
    /// How often each was shown to a person, as far as answers tell.
    let shown: Int
  }

  /// One question that the file holds as columns of 0 and 1.
  struct OneHot {
    /// What the one variable is called.
    let name: String
    let members: [String]
    /// What is said where no column is 1; `nil` where one is in every row.
    let rest: String?
    /// Whether it asks who people are.
    let isAboutPeople: Bool
  }

  /// Questions with one answer that the file holds as columns of 0 and 1.
  var oneHot: [OneHot] = []
  /// Van Westendorp's columns from too cheap to too expensive; empty if there are none.
  var prices: [String] = []
  /// Ratings in numbers without labels, whose steps have an order and no distances.
  var steps: [(column: String, scale: RatingScale)] = []
  /// Numbers without labels that stand for kinds.
  var kinds: [Entry] = []
  /// Numbers without labels that stand for steps of schooling or income.
  var graded: [Entry] = []
  /// Kano's pairs of questions.
  var kano: [(name: String, functional: String, dysfunctional: String)] = []
  var maxDiff: MaxDiff?
  /// Promoters, passives and detractors as a variable of their own, the rating it is made from,
  /// and its answers from 0 to 10 where only some of them are bare numbers.
  var promoters: (name: String, rating: String, answers: [(text: String, number: Double)])?

  var id: Entry?
  var weight: Entry?
  /// How many people each row of a table of counts is.
  var frequency: Entry?
  /// How many people its rows are together.
  var counted: Int?
  /// Guesses that are written as comments, because a wrong one would do harm.
  var suggestions: [(key: String, entry: Entry)] = []
  var missing: [MissingEntry] = []
  /// Answers in order; whether they are ranges of numbers, which are no ratings.
  var levels: [(column: String, order: [String], reason: String, isRange: Bool)] = []
  var sets: [SetEntry] = []
  var active: [Entry] = []
  var passive: [Entry] = []
  var needs: [NeedEntry] = []
  var values: [Entry] = []
  /// Columns that say in which wave or year a row was answered.
  var waves: [String] = []
  /// Columns that say who people are, and how that is known.
  var people: [(name: String, reason: String)] = []
  var channels: Entry?
  /// Columns and sets about health, religion, politics, origin, sexuality, unions and offences.
  var sensitive: [Entry] = []
  /// How yes and no are told behind a figure, by column.
  var say: [(column: String, answers: [(answer: String, words: String)])] = []
  var funnels: [(product: String, steps: [String])] = []
  var leftOut: [Entry] = []
  /// How many of the active columns only say who people are.
  var peopleActive = 0
  /// Grids and loops, told in a comment.
  var blocks: [QuestionBlock] = []
  var respondents = 0
  /// Rows whose answers end well before the last question.
  var dropouts = 0
  /// How many people the rows are of, where an identifier repeats, and that identifier.
  var persons: (count: Int, column: String)?
  /// Ratings on one scale, side by side.
  var batteries: [Battery] = []
  /// Position of the battery that makes the segments.
  var main: Int?
  /// How many items the main battery had before it was reduced; 0 if it was not.
  var reduced = 0
  /// A filter that is drafted, not only offered: the weight is of those it keeps; empty if none is.
  var keptFilter = ""
  /// Best-worst tasks whose items the file does not name.
  var choices: (columns: [String], low: Double, high: Double)?
  /// What an analyst should know before anything else, such as unfinished interviews.
  var warnings: [DraftWarning] = []
}

/// Something about the rows of a survey that an analyst has to decide.
struct DraftWarning {
  /// One sentence.
  let sentence: String
  /// A filter that would settle it; empty if none would.
  let filter: String
}
