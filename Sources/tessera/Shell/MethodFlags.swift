import ArgumentParser
import TesseraStudy
import TesseraSurvey

/// How segments are found.
struct MethodFlags: ParsableArguments {
  @Option(help: "How many segments: a number, or a range such as 2-8.")
  var segments: String?

  @Option(
    help: ArgumentHelp(
      "Method: \(SegmentationMethod.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "method"))
  var method: String?

  @Option(help: "Random starts for each number of segments.")
  var starts: Int?

  @Option(help: "Relative change of the objective below which EM has converged.")
  var tolerance: Double?

  @Option(
    help: "Pull of the estimates away from 0 and 1: default, or none for maximum likelihood.")
  var prior: String?

  @Option(help: "Bootstrap replicates for the stability of the segments; 0 for none.")
  var stability: Int?

  func validate() throws {
    if let starts, starts < 1 { throw ValidationError("--starts must be 1 or more") }
    if let stability, stability < 0 { throw ValidationError("--stability must be 0 or more") }
    if let tolerance, !(tolerance > 0 && tolerance < 1) {
      throw ValidationError("--tolerance must lie between 0 and 1")
    }
  }

  /// The flags laid over what a study declares.
  ///
  /// - Parameter declared: What the study declares.
  /// - Returns: What the flags and the rest say together.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func applied(to declared: SegmentsDeclaration) throws -> SegmentsDeclaration {
    var result = declared
    if let segments {
      guard let count = SegmentCount.parse(segments) else {
        throw UsageError(
          message: "--segments takes a whole number from 1 to \(SegmentCount.largest), or a range "
            + "of such numbers, not '\(DisplayText.escaped(segments))'",
          hint: "for example --segments 4 or --segments 2-8")
      }
      result.count = count
    }
    if let method {
      let names = SegmentationMethod.allCases.map(\.rawValue)
      // "k-means" and "latentclass" are what others write.
      func bare(_ name: String) -> String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
      }
      guard
        let known = SegmentationMethod.allCases.first(where: {
          bare($0.rawValue) == bare(method)
        })
      else {
        throw UsageError(
          message: "there is no method '\(DisplayText.escaped(method))'",
          hint: NearestName.question(method, among: names)
            ?? "methods: " + names.joined(separator: ", "))
      }
      result.method = known
    }
    if let prior {
      guard let known = PriorDeclaration(rawValue: prior) else {
        throw UsageError(
          message: "--prior takes default or none, not '\(DisplayText.escaped(prior))'",
          hint: "--prior none is plain maximum likelihood")
      }
      result.prior = known
    }
    result.starts = starts ?? result.starts
    result.tolerance = tolerance ?? result.tolerance
    return result
  }

  /// The flags laid over the settings of a run.
  ///
  /// - Parameter settings: The settings.
  /// - Returns: What the flags and the rest say together.
  /// - Throws: ``ReportedError`` that says where, what and what to do.
  func applied(to settings: RunSettings) throws -> RunSettings {
    var result = settings
    result.stability = stability ?? result.stability
    return result
  }
}

extension SegmentCount {
  /// Reads a number or a range.
  ///
  /// - Parameter text: Such as `4` or `2-8`.
  /// - Returns: `nil` if it is neither, or out of range.
  static func parse(_ text: String) -> SegmentCount? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    switch (parts.count, parts.first ?? nil, parts.last ?? nil) {
    case (1, let count?, _) where (1...largest).contains(count): return .exactly(count)
    case (2, let low?, let high?) where low >= 1 && low <= high && high <= largest:
      return low == high ? .exactly(low) : .between(low, high)
    default: return nil
    }
  }
}
