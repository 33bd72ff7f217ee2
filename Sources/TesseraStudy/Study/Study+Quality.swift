internal import TesseraSurvey

extension Study {
  /// The respondents as they would be if rules of quality had another say.
  public struct QualityAlternative: Sendable {
    /// The respondents.
    public let data: StudyData
    /// How many people the rules concern.
    public let people: Int
    /// Whether these people were left out and are back in; else they were kept and are left out.
    public let isBack: Bool

    /// What another verdict would be, beside the verdict of the run.
    ///
    /// - Parameters:
    ///   - verdict: The verdict on the other respondents.
    ///   - segments: How many segments they fall into.
    ///   - own: The verdict of the run.
    ///   - ownSegments: How many segments the run has.
    /// - Returns: One sentence.
    public func sentence(
      _ verdict: SegmentVerdict?, segments: Int, beside own: SegmentVerdict?, ownSegments: Int
    ) -> String {
      let who =
        "the \(people) \(people == 1 ? "person" : "people") who \(people == 1 ? "fails" : "fail") "
        + "rules of quality"
      let condition = isBack ? "With \(who)" : "Without \(who)"
      if verdict?.kind == own?.kind, segments == ownSegments {
        return "\(condition) the verdict would be the same, with \(segments) "
          + "segment\(segments == 1 ? "" : "s")."
      }
      return
        "\(condition) the verdict would be another: \(verdict?.words ?? "\(segments) segments.")"
    }
  }

  /// The respondents without those who fail rules of quality, or with them where they were left out.
  ///
  /// - Returns: The other respondents; `nil` without rules, and where nobody fails one.
  /// - Throws: ``StudyError`` as loading does.
  /// - Complexity: O(cells).
  public func qualityAlternative() throws(StudyError) -> QualityAlternative? {
    guard let quality = file.survey.preparation.quality else { return nil }
    var declared = file.survey
    let isBack = data.preparation.contains { $0.kind == .quality && ($0.removed ?? 0) > 0 }
    if isBack {
      declared.preparation.quality?.removed = []
    } else {
      declared.preparation.quality?.removed = QualityDeclaration.Rule.allCases.filter {
        quality.declares($0)
      }
    }
    let origin = DeclarationOrigin(study: file, path: path)
    // Rules that everybody fails leave nobody to judge.
    guard let other = try? StudyData.make(from: surveyFile, declaration: declared, origin: origin)
    else { return nil }
    let people = abs(other.survey.respondentCount - data.survey.respondentCount)
    return people == 0 ? nil : QualityAlternative(data: other, people: people, isBack: isBack)
  }
}

extension QualityDeclaration {
  /// Whether a rule is declared.
  func declares(_ rule: Rule) -> Bool {
    switch rule {
    case .speeders: speeders != nil
    case .straightLiners: !battery.isEmpty
    case .checks: !checks.isEmpty
    case .contradictions: !contradictions.isEmpty
    case .duplicates: !duplicates.isEmpty
    }
  }
}
