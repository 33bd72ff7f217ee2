import ArgumentParser
import TesseraStudy

/// What else is asked about a segmentation.
struct EvidenceFlags: ParsableArguments {
  @Flag(
    help: """
      All evidence that takes time: --stability 50 for every number of segments, --structure 50, \
      --blrt 99, --residuals 99, --folds 10, --choose-indicators.
      """)
  var evidence = false

  @Option(
    help: ArgumentHelp(
      """
      Is there structure at all? So many sets with columns permuted, and as many with the same \
      correlations but no groups, give the verdict: natural, reproducible or constructive.
      """, valueName: "sets"))
  var structure: Int?

  @Option(
    help: ArgumentHelp(
      "Bootstrap likelihood-ratio test of each number of segments against one more.",
      valueName: "sets"))
  var blrt: Int?

  @Option(
    help: ArgumentHelp(
      "Simulated sets for the p-values of the ties left between pairs of questions.",
      valueName: "sets"))
  var residuals: Int?

  @Option(help: ArgumentHelp("Folds of the cross-validated likelihood.", valueName: "folds"))
  var folds: Int?

  @Flag(
    help: """
      Judge the indicators: which carry the segments and which are noise (BIC), what each is worth \
      (shuffled, or not asked), and which say the same.
      """)
  var chooseIndicators = false

  @Option(
    help: ArgumentHelp(
      "Columns told by segment with a three-step correction for misplaced respondents.",
      valueName: "columns"))
  var outcomes: String?

  @Option(
    help: ArgumentHelp("The correction of --outcomes: bch (default) or ml.", valueName: "way"))
  var correction: String?

  @Flag(
    help:
      "Add a column 'flags' to assignments.csv: outlier, straightliner. Reports have counts only.")
  var flags = false

  func validate() throws {
    for (name, value) in [
      ("structure", structure), ("blrt", blrt), ("residuals", residuals), ("folds", folds),
    ] {
      if let value, value < 0 { throw ValidationError("--\(name) must be 0 or more") }
    }
    if folds == 1 { throw ValidationError("--folds must be 2 or more, or 0 for none") }
  }

  /// The flags laid over what a study declares.
  ///
  /// - Parameter declared: What the study declares.
  /// - Returns: What the flags and the rest say together.
  /// - Throws: ``ReportedError`` that says what could stand there.
  func applied(to declared: EvidenceDeclaration) throws -> EvidenceDeclaration {
    var result = declared
    if evidence {
      result = .full
      result.outcomes = declared.outcomes
      result.correction = declared.correction
      result.writesFlags = declared.writesFlags
    }
    result.structureSets = structure ?? result.structureSets
    result.likelihoodRatioSets = blrt ?? result.likelihoodRatioSets
    result.residualSets = residuals ?? result.residualSets
    result.folds = folds ?? result.folds
    result.choosesIndicators = chooseIndicators || result.choosesIndicators
    result.writesFlags = flags || result.writesFlags
    if let outcomes { result.outcomes = ColumnFlags.list(outcomes) }
    if let correction { result.correction = try WordFlag.read(correction, "--correction") }
    return result
  }

  /// The settings, with a bootstrap of every number of segments where all evidence is asked for.
  func applied(to settings: RunSettings) -> RunSettings {
    var result = settings
    if evidence, result.stability == nil { result.stability = EvidenceDeclaration.stabilityPairs }
    return result
  }
}
