public import TesseraProductFit
public import TesseraStudy

/// Everything a report is written from: the results of one run and how they came about.
public struct StudyResults: Sendable {
  /// What the study declared.
  public var study: StudyFile
  /// People of the survey, with those who are in no segment; `nil` if that is not known.
  public var asked: Double?
  /// The segments and how their number was chosen.
  public var segmentation: SegmentationResult
  /// What else was found about the segmentation.
  public var evidence = SegmentationEvidence()
  /// Every number of segments that was tried; `nil` for methods that keep only one.
  public var solutions: SolutionsFile?
  /// Who the segments are.
  public var profiles: ProfileResult
  /// How the products fit; `nil` if the study has none.
  public var fit: FitResult?
  /// How well the fit predicts real choices; `nil` if the study has none.
  public var validation: ValidationResult?
  /// Sums over groups of people, for what-if in the page; `nil` if there are none to show.
  public var whatIf: WhatIfAggregates?
  /// Profiles of parts of the people, for the filter in the page; `nil` without.
  public var filters: ProfileFilters?
  /// Every question by segment with letters, for the workbook; `nil` without.
  public var tables: TablesResult?
  /// The model, for the typing tool; `nil` to leave it out.
  public var model: SegmentModel?
  /// The files read, with their checksums.
  public var inputs: [InputFile]
  /// Settings, in the order they are told.
  public var settings: [(name: String, value: String)]
  /// What was guessed, left out or looks wrong in the data.
  public var dataNotes: [String]
  /// Groups of fewer respondents are not shown.
  public var minimumCell: Int
  /// Groups of fewer respondents are marked.
  public var smallBase = 30
  /// What is hidden of small groups.
  public var privacy = Privacy.standard

  /// The fit where there are products; `nil` for a study of questions alone.
  public var productFit: FitResult? { fit.flatMap { $0.products.isEmpty ? nil : $0 } }

  /// A file that was read.
  public struct InputFile: Sendable, Equatable {
    /// The file's name, without its folder.
    public var name: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String

    /// Names a file.
    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// What is hidden of small groups, in sentences.
  var privacySentences: [String] {
    privacy.sentences(minimum: minimumCell, small: smallBase)
  }

  /// Gathers the results.
  public init(
    study: StudyFile, segmentation: SegmentationResult, profiles: ProfileResult, fit: FitResult?,
    inputs: [InputFile], settings: [(name: String, value: String)], dataNotes: [String],
    minimumCell: Int, whatIf: WhatIfAggregates? = nil, model: SegmentModel? = nil
  ) {
    self.study = study
    self.segmentation = segmentation
    self.profiles = profiles
    self.fit = fit
    self.inputs = inputs
    self.settings = settings
    self.dataNotes = dataNotes
    self.minimumCell = minimumCell
    self.whatIf = whatIf
    self.model = model
  }
}
