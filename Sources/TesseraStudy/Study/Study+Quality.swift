internal import TesseraSurvey

extension Study {
  /// The respondents as they would be if rules of quality had another say.
  public struct QualityAlternative: Sendable {
    /// Whom it concerns, and what becomes of them.
    public enum Change: Sendable {
      /// People who were left out are back in.
      case back
      /// People who were counted only are left out.
      case out
      /// People who were counted only are left out too, where others were left out already.
      case outToo
    }

    /// The respondents.
    public let data: StudyData
    /// How many people the rules concern.
    public let people: Int
    /// What becomes of these people.
    public let change: Change

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
      let fail = people == 1 ? "fails" : "fail"
      let who =
        "the \(people) \(people == 1 ? "person" : "people") who "
        + (change == .outToo ? "\(fail) the other rules of quality" : "\(fail) rules of quality")
      let condition = change == .back ? "With \(who)" : "Without \(who)"
      if verdict?.kind == own?.kind, segments == ownSegments {
        return "\(condition) the verdict would be the same, with \(segments) "
          + "segment\(segments == 1 ? "" : "s")."
      }
      return
        "\(condition) the verdict would be another: \(verdict?.words ?? "\(segments) segments.")"
    }
  }

  /// The respondents without those who fail rules of quality, and with them where they were left out.
  ///
  /// - Returns: The other respondents; empty without rules, and where nobody fails one.
  /// - Throws: ``StudyError`` as loading does.
  /// - Complexity: O(cells).
  public func qualityAlternatives() throws(StudyError) -> [QualityAlternative] {
    guard let quality = file.survey.preparation.quality else { return [] }
    let isRemoving = data.preparation.contains { $0.kind == .quality && ($0.removed ?? 0) > 0 }
    let isCounting = data.preparation.contains {
      $0.kind == .quality && $0.removed == 0 && ($0.answered ?? 0) > 0
    }
    let all = QualityDeclaration.Rule.allCases.filter { quality.declares($0) }
    var found: [QualityAlternative] = []
    if isRemoving { found.append(contentsOf: alternative([], .back)) }
    if isCounting || !isRemoving {
      found.append(contentsOf: alternative(all, isRemoving ? .outToo : .out))
    }
    return found
  }

  /// The respondents if these rules remove people; empty where that changes nothing.
  private func alternative(
    _ removed: [QualityDeclaration.Rule], _ change: QualityAlternative.Change
  ) -> [QualityAlternative] {
    var declared = file.survey
    declared.preparation.quality?.removed = removed
    let origin = DeclarationOrigin(study: file, path: path)
    // Rules that everybody fails leave nobody to judge.
    guard let other = try? StudyData.make(from: surveyFile, declaration: declared, origin: origin)
    else { return [] }
    let people = abs(other.survey.respondentCount - data.survey.respondentCount)
    return people == 0 ? [] : [QualityAlternative(data: other, people: people, change: change)]
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
