import TesseraSegmentation
import TesseraSurvey

/// The evidence that every method can give: odd respondents, and what each question is worth.
enum EvidenceRun {
  /// What the method found, and the rest.
  static func completed(
    _ task: SegmentationTask, _ found: FoundSegments
  ) throws(StudyError) -> SegmentationEvidence {
    var evidence = found.evidence
    if !task.declaration.evidence.outcomes.isEmpty, !task.hasLikelihood {
      throw StudyError(
        code: "E0513",
        message: "outcomes are related to segments by a three-step correction, which needs a model "
          + "of answers; \(task.declaration.method.rawValue) has none",
        column: "segments.outcomes",
        hint: "say --method latent-class, or name the columns as passive")
    }
    do throws(SegmentationError) {
      let model = answers(task, found)
      evidence.quality = try ResponseQuality.find(
        model, task, indicators: found.result.indicators, shares: found.shares)
      if task.declaration.evidence.choosesIndicators, found.shares.count > 1 {
        evidence.indicatorChoice = try IndicatorJudge(task, found, model).choice()
      }
    } catch {
      throw StudyError(segmentation: error)
    }
    return evidence
  }

  /// What is typical of each segment, as a model of answers.
  private static func answers(
    _ task: SegmentationTask, _ found: FoundSegments
  ) -> LatentClassModel {
    if case .latentClass(let model) = found.parameters { return model }
    return AnswerModel.of(
      task.encoded, found.posterior, weights: task.data.design.weights, shares: found.shares)
  }

  /// What should be read before the numbers are used.
  static func warnings(
    _ task: SegmentationTask, _ evidence: SegmentationEvidence, _ segments: [Segment]
  ) -> [String] {
    var warnings: [String] = []
    if let quality = evidence.quality {
      let respondents = task.data.design.respondents
      let isNotable =
        quality.outliers > max(5, 5 * quality.expectedOutliers)
        || quality.straightLiners > 0.05 * respondents || !quality.yesSayers.isEmpty
      if isNotable { warnings += quality.sentences(segments, withNone: false) }
    }
    let model = task.declaration.model
    if model.scale != .standardDeviation, !task.usesScale {
      warnings.append(
        "The scale plays no part in \(task.declaration.method.rawValue), which has one of its own.")
    }
    let form = [
      (model.ordinal != .adjacent, "ordinal"), (model.variances != .classSpecific, "variances"),
      (model.gaps != .ignored, "gaps"), (!model.blocks.isEmpty, "blocks"),
      (!model.directEffects.isEmpty, "direct_effects"),
      (!model.zeroInflated.isEmpty, "zero_inflated"),
      (task.declaration.evidence.likelihoodRatioSets > 0, "blrt"),
      (task.declaration.evidence.residualSets > 0, "residuals"),
      (task.declaration.evidence.folds > 0, "folds"),
    ].filter(\.0).map(\.1)
    if !task.hasLikelihood, !form.isEmpty {
      warnings.append(
        "\(form.joined(separator: ", ")): these belong to models of answers and play no part in "
          + "\(task.declaration.method.rawValue).")
    }
    return warnings
  }
}

extension SegmentationTask {
  /// Whether the method is a model of answers with a likelihood.
  var hasLikelihood: Bool { [.latentClass, .mixture].contains(declaration.method) }

  /// Whether the method measures distances between columns of numbers as the study scales them.
  var usesScale: Bool {
    [.kmeans, .kmedians, .ward, .bagged, .ensemble].contains(declaration.method)
  }
}
