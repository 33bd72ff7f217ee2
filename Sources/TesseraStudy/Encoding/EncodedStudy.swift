public import TesseraSegmentation

/// A survey as a model reads it, and how it came to be read so.
public struct EncodedStudy: Sendable, Equatable {
  /// How each indicator enters the model, in the order of the table's items.
  public let indicators: [IndicatorEncoding]
  /// How covariates enter the model; empty without covariates.
  public let covariates: [CovariateEncoding]
  /// The rows of the study's data that are used: those with an answer to an indicator and to every
  /// covariate.
  public let rows: [Int]
  /// The rows without an answer to any indicator.
  public let silentRows: Set<Int>
  /// The answers.
  public let table: ItemTable
  /// Active columns that could not be used.
  public let dropped: [DroppedIndicator]
  /// How ratings were corrected for response style; `nil` if they were not.
  public let style: ResponseStyle?
  /// What was guessed, merged or left out, in sentences.
  public let notes: [String]
}

extension EncodedStudy {
  /// The same questions with other answers, such as a set without structure.
  ///
  /// - Parameter table: Answers to the same items.
  /// - Returns: A study without covariates.
  func answering(_ table: ItemTable) -> EncodedStudy {
    EncodedStudy(
      indicators: indicators, covariates: [], rows: rows, silentRows: silentRows, table: table,
      dropped: dropped,
      style: style, notes: [])
  }
}

/// An active column that could not be used, and why.
public struct DroppedIndicator: Sendable, Equatable {
  /// The column.
  public let name: String
  /// Why it is left out.
  public let reason: Reason
  /// The set it is an option of.
  public let set: String?

  /// Tells that a column is left out.
  public init(name: String, reason: Reason, set: String? = nil) {
    self.name = name
    self.reason = reason
    self.set = set
  }

  /// What is left out, in sentences: options that few people chose are counted by set and not named.
  ///
  /// - Parameter all: What is left out.
  /// - Returns: Sentences in the order of the columns.
  static func sentences(_ all: [DroppedIndicator]) -> [String] {
    var told: Set<String> = []
    return all.compactMap { one in
      guard let set = one.set, case .rare(let minimum) = one.reason else { return one.sentence }
      guard told.insert(set).inserted else { return nil }
      let count = all.count { $0.set == set && $0.reason == one.reason }
      return "\(set): \(count) \(count == 1 ? "option is" : "options are") not used: fewer than "
        + "\(minimum) people chose, or did not choose, \(count == 1 ? "it" : "each of them")."
    }
  }

  /// Why a column cannot tell segments apart.
  public enum Reason: Sendable, Equatable {
    /// Nobody answered.
    case allMissing
    /// Everybody who answered gave the same answer.
    case constant
    /// All answers but one were given by fewer people than a cell may hold.
    case rare(minimum: Int)
    /// Nearly everybody has an answer of their own.
    case identifier
    /// Open text.
    case text
    /// A date.
    case date
    /// Too many different answers for the number of respondents.
    case tooManyCategories(Int)
    /// The same answers as another active column.
    case duplicate(of: String)
  }

  /// The reason in words.
  public var sentence: String {
    let words =
      switch reason {
      case .allMissing: "nobody answered it"
      case .constant: "everybody gave the same answer"
      case .rare(let minimum): "fewer than \(minimum) people gave any but the commonest answer"
      case .identifier: "nearly every respondent has an answer of their own, as identifiers do"
      case .text: "it holds open text"
      case .date: "it holds dates"
      case .tooManyCategories(let count): "it has \(count) different answers, too many to estimate"
      case .duplicate(let other): "it says the same as \(other)"
      }
    return "\(name) is not used: \(words)."
  }
}

/// How a column becomes numbers on which membership depends.
public struct CovariateEncoding: Sendable, Equatable {
  /// The column.
  public let name: String
  /// Codes that have a 0/1 column each (all but the first); empty for numbers as they stand.
  public let codes: [EncodedCategory]
  /// The code that has no column of its own; absent for numbers.
  public let reference: EncodedCategory?

  /// Makes an encoding.
  ///
  /// - Parameters:
  ///   - name: The column.
  ///   - codes: Codes with a 0/1 column each; empty for numbers.
  ///   - reference: The code without a column.
  public init(name: String, codes: [EncodedCategory] = [], reference: EncodedCategory? = nil) {
    self.name = name
    self.codes = codes
    self.reference = reference
  }

  /// Names of the columns of numbers it makes.
  public var columnNames: [String] {
    codes.isEmpty ? [name] : codes.map { "\(name)=\($0.codeText)" }
  }
}
