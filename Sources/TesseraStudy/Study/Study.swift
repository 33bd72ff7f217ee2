public import TesseraFiles

/// A study with everything it names read, checked and bound: what a run starts from.
public struct Study: Sendable {
  /// What the study declares, with a scale for every need.
  ///
  /// The scale is the need's own, else the study's, else that of the value labels.
  public let file: StudyFile
  /// Path of the study file, as the user named it.
  public let path: String
  /// The survey as its files gave it, before the study's levels and sets.
  public let surveyFile: SurveyFile
  /// The respondents used.
  public let data: StudyData
  /// The products; `nil` if the study names none.
  public let products: ProductTable?
  /// The relations; `nil` if the study names none.
  public let relations: RelationTable?
  /// Real choices; `nil` if the study names none.
  public let choices: ChoiceRecords?
  /// Declared keys that have no effect, in sentences.
  public var warnings: [String] = []
  /// What best-worst tasks showed; `nil` without a design.
  public var maxDiffPlan: MaxDiffPlan?
  /// The files read, the study itself first.
  public let sources: [Source]
  /// What was guessed, left out, clamped or looks wrong, in sentences.
  public let notices: [String]

  /// A file that a study was read from.
  public struct Source: Sendable, Equatable {
    /// What a file is to a study.
    public enum Role: String, Sendable {
      /// The study file.
      case study
      /// Answers of respondents.
      case survey
      /// The table of products.
      case products
      /// The table of relations.
      case relations
      /// The table of choices.
      case choices
      /// Known shares of the population.
      case targets
    }

    /// What the file is to the study.
    public let role: Role
    /// The path, as far as the user named it.
    public let path: String
    /// Number of bytes.
    public let byteCount: Int
    /// SHA-256 of the bytes in hexadecimal.
    public let sha256: String

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - role: What the file is to the study.
    ///   - path: The path.
    ///   - byteCount: Number of bytes.
    ///   - sha256: SHA-256 in hexadecimal.
    public init(role: Role, path: String, byteCount: Int, sha256: String) {
      self.role = role
      self.path = path
      self.byteCount = byteCount
      self.sha256 = sha256
    }
  }

  /// Binds what belongs together.
  public init(
    file: StudyFile, path: String, surveyFile: SurveyFile, data: StudyData,
    products: ProductTable? = nil, relations: RelationTable? = nil,
    choices: ChoiceRecords? = nil, sources: [Source] = [], notices: [String] = []
  ) {
    self.file = file
    self.path = path
    self.surveyFile = surveyFile
    self.data = data
    self.products = products
    self.relations = relations
    self.choices = choices
    self.sources = sources
    self.notices = notices
  }

  /// Whether anything can be told beside the segments themselves: of products, or of questions that
  /// need none (channels, funnels, needs, prices, Kano's pairs, drivers).
  public var hasFitOrQuestions: Bool {
    products != nil || !file.needs.isEmpty || !file.channels.isEmpty || file.funnel != nil
      || file.prices != nil || file.priceLadder != nil || !file.kano.isEmpty || file.drivers != nil
  }
}
