/// Data or settings from which no segmentation can be made.
public enum SegmentationError: Error, Sendable, Equatable {
  /// There are no respondents, or none of positive weight with an answer.
  case nobody
  /// More segments were asked for than there are different respondents.
  case tooManySegments(asked: Int, distinct: Int)
  /// A number is missing or not finite where the method needs one.
  case gap(row: Int, column: Int)
  /// A number is infinite, which no method can use.
  case notFinite(row: Int, column: Int)
  /// The weights do not go with the data.
  case weightCount(expected: Int, given: Int)
  /// A weight is negative or not finite.
  case badWeight(row: Int, value: Double)
  /// Exact work on all pairs would need more memory than allowed.
  case tooManyRespondents(given: Int, limit: Int)
  /// A matrix could not be decomposed.
  case decomposition(String)
  /// A setting lies outside its range.
  case badSetting(name: String, value: Double, remedy: String)
  /// No item to segment on.
  case noItems
  /// A list has the wrong length.
  case count(of: String, expected: Int, found: Int)
  /// A category code lies outside 0 ... categories.
  case code(item: String, row: Int, code: Int, categories: Int)
  /// A number is infinite, or not one the item's measurement allows.
  case number(item: String, row: Int, value: Double, allowed: String)
  /// A covariate of membership is missing or infinite.
  case covariate(column: Int, row: Int)
  /// The answers and the measurement of an item do not belong together.
  case answers(item: String, expected: String)
  /// A setting is impossible for a reason that a number alone does not tell.
  case setting(name: String, problem: String, remedy: String)
  /// A model and a table do not have the same items.
  case mismatch(of: String, expected: String, found: String)
}

extension SegmentationError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in one or two sentences.
  public var description: String {
    switch self {
    case .nobody:
      "nobody is left to segment: every respondent has zero weight or no answer to an active "
        + "variable. Check the weight column and the missing codes."
    case .tooManySegments(let asked, let distinct):
      "\(asked) segments were asked for, but only \(distinct) respondents differ in their answers. "
        + "Ask for \(distinct) or fewer."
    case .gap(let row, let column):
      "respondent \(row + 1) has no answer to active variable \(column + 1), and this method was "
        + "told to refuse gaps. Let it use the observed answers, or fill the gaps first."
    case .notFinite(let row, let column):
      "respondent \(row + 1) has an infinite value in active variable \(column + 1). "
        + "Correct it or declare it missing."
    case .weightCount(let expected, let given):
      "there are \(given) weights for \(expected) respondents. Give one weight to each."
    case .badWeight(let row, let value):
      "respondent \(row + 1) has the weight \(value). Weights must be 0 or more and finite."
    case .tooManyRespondents(let given, let limit):
      "all pairs of \(given) different respondents do not fit in memory; the limit is \(limit). "
        + "Use CLARA, k-means or a latent class model, or raise the limit."
    case .decomposition(let reason):
      "the variables could not be decomposed: \(reason). Look for constant or repeated columns."
    case .badSetting(let name, let value, let remedy):
      "\(name) is \(value). \(remedy)"
    case .noItems:
      "there is no item to segment on. Choose at least one active variable."
    case .count(let what, let expected, let found):
      "there are \(found) \(what) for \(expected) rows. Give one for each row."
    case .code(let item, let row, let code, let categories):
      "\(item), row \(row + 1): code \(code) lies outside 1 to \(categories); 0 means missing."
    case .number(let item, let row, let value, let allowed):
      "\(item), row \(row + 1): \(value) cannot be used. Allowed are \(allowed), or missing."
    case .covariate(let column, let row):
      "covariate \(column + 1), row \(row + 1) is missing or infinite. "
        + "Leave such rows out, or fill the gap first."
    case .answers(let item, let expected):
      "\(item): this measurement needs \(expected)."
    case .setting(let name, let problem, let remedy):
      "\(name): \(problem). \(remedy)"
    case .mismatch(let what, let expected, let found):
      "the model and the table differ in \(what): expected \(expected), found \(found)."
    }
  }
}
