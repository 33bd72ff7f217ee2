import Foundation
import TesseraSegmentation
import TesseraSurvey

extension SegmentationEvidence {
  /// The evidence as members of `segments.json`; what was not asked is left out.
  ///
  /// Holds counts of odd respondents, never who they are.
  ///
  /// - Parameter segments: The segments, largest first.
  /// - Returns: An object.
  func json(_ segments: [Segment]) -> JSONValue {
    var members: [(String, JSONValue)] = []
    if let structure { members.append(("structure", structure.json)) }
    if let doubts = doubts.json { members.append(("doubts", doubts)) }
    if let recovery { members.append(("count_recovery", recovery.json)) }
    if !likelihoodRatios.isEmpty {
      members.append(("blrt", .array(likelihoodRatios.map(\.json))))
    }
    if !residuals.isEmpty { members.append(("residuals", .array(residuals.map(\.json)))) }
    if !counts.isEmpty { members.append(("segment_stability", .array(counts.map(\.json)))) }
    if !covariates.isEmpty {
      members.append(("covariate_effects", .array(covariates.map(\.json))))
    }
    if !outcomes.isEmpty {
      members.append(("outcomes", .array(outcomes.map { $0.json(segments) })))
    }
    if let indicatorChoice { members.append(("indicator_choice", indicatorChoice.json)) }
    if let quality { members.append(("quality", quality.json(segments))) }
    return JSONValue.object(members).asRead
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
          .object([
            ("name", .string($0.name)), ("value", .number($0.value)), ("bound", .number($0.bound)),
            ("holds", .bool($0.holds)),
          ])
        })
    }
    return .object([
      ("verdict", .string(evidence.verdict.rawValue)), ("sentences", .strings(sentences)),
      ("stability", .number(evidence.observed.stability)),
      ("gain", .number(evidence.observed.gain)),
      ("smallest_jaccard", .number(evidence.smallestJaccard)),
      ("entropy_r2", .optional(evidence.entropyR2)),
      ("reproducible", conditions(evidence.reproducibleConditions)),
      ("natural", conditions(evidence.naturalConditions)),
      ("sets", .integer(sets)), ("pairs", .integer(pairs)),
    ])
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
    .object([
      ("segments", .integer(segments)), ("against", .integer(segments + 1)),
      ("statistic", .number(statistic)), ("sets", .integer(sets)), ("p_value", .number(pValue)),
    ])
  }
}

extension ResidualResult {
  var json: JSONValue {
    .object([
      ("first", .string(first)), ("second", .string(second)), ("statistic", .number(statistic)),
      ("published", .optional(published)), ("p_value", .optional(pValue)),
    ])
  }
}

extension CountStability {
  var json: JSONValue {
    .object([
      ("segments", .integer(segments)), ("pairs", .integer(pairs)),
      (
        "global_ari",
        median == nil
          ? .null
          : .object([
            ("median", .optional(median)), ("low", .optional(low)), ("high", .optional(high)),
          ])
      ),
      ("within", .numbers(within)), ("across", .array(across.map { .optional($0) })),
    ])
  }
}

extension CovariateEffect {
  var json: JSONValue {
    .object([
      ("segment", .string(segment)), ("term", .string(term)), ("estimate", .number(estimate)),
      ("se", .optional(standardError)), ("low", .optional(low)), ("high", .optional(high)),
    ])
  }
}

extension OutcomeResult {
  func json(_ segments: [Segment]) -> JSONValue {
    .object([
      ("name", .string(name)), ("label", .string(label)),
      ("correction", .string(correction.rawValue)), ("categories", .strings(categories)),
      (
        "segments",
        .array(
          zip(segments, bySegment).map { segment, row in
            .object([
              ("id", .string(segment.id)),
              ("values", .array(row.map { .optional($0.value) })),
              ("se", .array(row.map { .optional($0.standardError) })),
            ])
          })
      ),
      ("p_values", .array(tests.map { .optional($0) })),
    ])
  }
}

extension IndicatorChoice {
  var json: JSONValue {
    .object([
      ("bic_all", .optional(bic?.all)), ("bic_carriers", .optional(bic?.carriers)),
      ("agreement", .optional(agreement)), ("classification_error", .number(error)),
      (
        "questions",
        .array(
          questions.map {
            .object([
              ("name", .string($0.name)), ("label", .string($0.label)),
              ("carries", $0.carries.map { .bool($0) } ?? .null),
              ("bic_gain", .optional($0.gain)), ("integrated_gain", .number($0.integratedGain)),
              ("importance", .number($0.importance)), ("cost", .number($0.cost)),
              ("error_without", .number($0.errorWithout)), ("twin", .optional($0.twin)),
              ("redundancy", .optional($0.redundancy)),
            ])
          })
      ),
      ("sentences", .strings(sentences)),
    ])
  }
}

extension ResponseQuality {
  func json(_ segments: [Segment]) -> JSONValue {
    .object([
      ("outliers", .number(outliers)), ("expected_outliers", .number(expectedOutliers)),
      ("straight_liners", .number(straightLiners)),
      ("grids", .array(grids.map { .strings($0) })),
      ("yes_sayers", .strings(yesSayers.map { segments[$0].id })),
      ("sentences", .strings(sentences(segments))),
    ])
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
