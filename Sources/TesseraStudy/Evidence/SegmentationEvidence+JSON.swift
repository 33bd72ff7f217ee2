import Foundation
import TesseraSegmentation

extension SegmentationEvidence {
  /// The evidence as members of `segments.json`; what was not asked is left out.
  ///
  /// Holds counts of odd respondents, never who they are.
  ///
  /// - Parameter segments: The segments, largest first.
  /// - Returns: An object.
  func json(_ segments: [Segment]) -> JSONValue {
    var members: JSONValue = [:]
    if let structure { members.add(["structure": structure.json]) }
    if let doubts = doubts.json { members.add(["doubts": doubts]) }
    if let recovery { members.add(["count_recovery": recovery.json]) }
    if !likelihoodRatios.isEmpty {
      members.add(["blrt": likelihoodRatios.map(\.json)])
    }
    if !residuals.isEmpty { members.add(["residuals": residuals.map(\.json)]) }
    if !counts.isEmpty { members.add(["segment_stability": counts.map(\.json)]) }
    if !covariates.isEmpty {
      members.add(["covariate_effects": covariates.map(\.json)])
    }
    if !outcomes.isEmpty {
      members.add(["outcomes": outcomes.map { $0.json(segments) }])
    }
    if let indicatorChoice { members.add(["indicator_choice": indicatorChoice.json]) }
    if let quality { members.add(["quality": quality.json(segments)]) }
    return members.asRead
  }
}

extension JSONValue {
  /// The value as it comes back from its text, so that a file read and written again is the same.
  fileprivate var asRead: JSONValue { (try? JSONValue.parse(Data(text.utf8))) ?? self }
}

extension StructureResult {
  var json: JSONValue {
    func conditions(_ list: [StructureEvidence.Condition]) -> JSONValue {
      .array(
        list.map {
          ["name": $0.name, "value": $0.value, "bound": $0.bound, "holds": $0.holds]
        })
    }
    return [
      "verdict": evidence.verdict.rawValue, "sentences": sentences,
      "stability": evidence.observed.stability, "gain": evidence.observed.gain,
      "smallest_jaccard": evidence.smallestJaccard, "entropy_r2": evidence.entropyR2,
      "reproducible": conditions(evidence.reproducibleConditions),
      "natural": conditions(evidence.naturalConditions), "sets": sets, "pairs": pairs,
    ]
  }

  /// The verdict in plain words, and what it rests on.
  public var sentences: [String] {
    let words = NumberWords.self
    let stability = words.decimal(evidence.observed.stability, 2)
    let lacking = { (conditions: [StructureEvidence.Condition]) -> String in
      conditions.filter { !$0.holds }.map {
        "\($0.name) is \(words.decimal($0.value, 2)) where \(words.decimal($0.bound, 2)) is asked"
      }.joined(separator: "; ")
    }
    switch evidence.verdict {
    case .natural:
      return [
        "Natural segments: they come back in nearly every sample (median adjusted Rand "
          + "\(stability)), membership is sure, and data with the same correlations but without "
          + "groups show nothing like it."
      ]
    case .reproducible:
      return [
        "Reproducible segments: another sample would be divided in much the same way (median "
          + "adjusted Rand \(stability)), but the data do not show separate groups; the borders "
          + "are drawn through a continuum.",
        "For natural segments it lacks: \(lacking(evidence.naturalConditions)).",
      ]
    case .constructive:
      return [
        "Constructive segments: another sample would be divided differently (median adjusted Rand "
          + "\(stability)). They can be useful, but they are made and not found.",
        "For reproducible segments it lacks: \(lacking(evidence.reproducibleConditions)).",
      ]
    }
  }
}

extension LikelihoodRatioResult {
  var json: JSONValue {
    [
      "segments": segments, "against": segments + 1, "statistic": statistic, "sets": sets,
      "p_value": pValue,
    ]
  }
}

extension ResidualResult {
  var json: JSONValue {
    [
      "first": first, "second": second, "statistic": statistic, "published": published,
      "p_value": pValue,
    ]
  }
}

extension CountStability {
  var json: JSONValue {
    [
      "segments": segments, "pairs": pairs,
      "global_ari": median == nil
        ? JSONValue.null
        : ["median": median, "low": low, "high": high], "within": within, "across": across,
    ]
  }
}

extension CovariateEffect {
  var json: JSONValue {
    [
      "segment": segment, "term": term, "estimate": estimate, "se": standardError, "low": low,
      "high": high,
    ]
  }
}

extension OutcomeResult {
  func json(_ segments: [Segment]) -> JSONValue {
    [
      "name": name, "label": label, "correction": correction.rawValue, "categories": categories,
      "segments": JSONValue.list(zip(segments, bySegment)) { segment, row in
        ["id": segment.id, "values": row.map { $0.value }, "se": row.map { $0.standardError }]
      }, "p_values": tests,
    ]
  }
}

extension IndicatorChoice {
  var json: JSONValue {
    [
      "bic_all": bic?.all, "bic_carriers": bic?.carriers, "agreement": agreement,
      "classification_error": error,
      "questions": JSONValue.list(questions) {
        [
          "name": $0.name, "label": $0.label, "carries": $0.carries, "bic_gain": $0.gain,
          "integrated_gain": $0.integratedGain, "importance": $0.importance, "cost": $0.cost,
          "error_without": $0.errorWithout, "twin": $0.twin, "redundancy": $0.redundancy,
        ]
      }, "sentences": sentences,
    ]
  }
}

extension ResponseQuality {
  func json(_ segments: [Segment]) -> JSONValue {
    [
      "outliers": outliers, "expected_outliers": expectedOutliers,
      "straight_liners": straightLiners, "grids": grids,
      "yes_sayers": yesSayers.map { segments[$0].id }, "sentences": sentences(segments),
    ]
  }

  /// What a reader should know of the answers' quality.
  ///
  /// - Parameters:
  ///   - segments: The segments, largest first.
  ///   - withNone: Whether it is told too where nobody was found.
  /// - Returns: A sentence for each thing found.
  public func sentences(_ segments: [Segment], withNone: Bool = true) -> [String] {
    var sentences: [String] = []
    if outliers > 0 || (withNone && expectedOutliers > 0) {
      sentences.append(
        "\(people(outliers)) gave answers that the segments find very unlikely (about "
          + "\(NumberWords.decimal(expectedOutliers, 1)) expected by chance).")
    }
    if !grids.isEmpty, withNone || straightLiners > 0 {
      let sizes = grids.map { String($0.count) }.joined(separator: ", ")
      sentences.append(
        "\(people(straightLiners)) gave one and the same answer to a whole row of "
          + "questions (\(grids.count == 1 ? "one row" : "\(grids.count) rows") of \(sizes)).")
    }
    for place in yesSayers {
      sentences.append(
        "\(segments[place].id) ticks far more than the others, nearly everywhere: a way of answering "
          + "rather than a taste, perhaps. Look at it without these questions, or with "
          + "--response-style center for ratings.")
    }
    return sentences
  }

  private func people(_ count: Double) -> String {
    count == 1 ? "One respondent" : "\(count == 0 ? "No" : whole(count)) respondents"
  }
}

/// Numbers in running text.
enum NumberWords {
  /// A number with so many decimals.
  static func decimal(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
