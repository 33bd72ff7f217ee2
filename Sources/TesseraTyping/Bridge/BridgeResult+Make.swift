import TesseraMath
import TesseraSegmentation
public import TesseraStudy

extension BridgeResult {
  /// Learns to find segments from columns that customers have.
  ///
  /// Columns that made the segments enter by the model's own probabilities; the others by a logit
  /// that allows for errors of assignment. All figures are of people left out.
  ///
  /// - Parameters:
  ///   - model: The segments.
  ///   - people: The survey, with the shared columns.
  ///   - settings: The columns, folds and replicates.
  /// - Returns: The bridge.
  /// - Throws: `StudyError` E0501 for an unknown column, E0521 for one that cannot be used.
  /// - Complexity: A fit of the segments and of some logits for each fold and replicate.
  public static func make(
    _ model: SegmentModel, people: TypingPeople, settings: BridgeSettings
  ) throws(StudyError) -> BridgeResult {
    let data = try BridgeData(model, people, settings)
    let trial = try BridgeTrial.crossValidated(data, settings)
    guard
      let figures = BridgeFigures(
        trial.chances, assigned: data.assigned, classification: data.classification,
        weights: data.weights, folds: trial.folds)
    else {
      throw StudyError(
        code: "E0521", message: "the survey's own typing does not tell the segments apart",
        hint: "fit fewer segments")
    }
    let stream = RandomStream(seed: settings.seed).split(41)
    let (logit, ridge) = BridgeTrial.logit(
      data, data.assigned, data.classification, data.weights,
      BridgeTrial.parts(data, RidgeChoice.foldCount, stream.split(1)), ridge: nil)
    let replicates = BridgeReplicates.make(data, ridge: ridge, settings)
    func interval(_ value: (BridgeFigures) -> Double) -> (low: Double, high: Double)? {
      let values = replicates.map(value).filter(\.isFinite).sorted()
      guard values.count >= 20 else { return nil }
      return (quantile(values, 0.025), quantile(values, 0.975))
    }
    let lines = model.segments.enumerated().map { place, segment -> Line in
      let top = interval { $0.lift[place][0] }
      return Line(
        segment: segment, lift: figures.lift[place], topInterval: top,
        gain: 100 * (figures.lift[place][0] - 1) * figures.shares[place],
        gainInterval: interval { 100 * ($0.lift[place][0] - 1) * $0.shares[place] },
        slope: figures.slopes[place].isFinite ? figures.slopes[place] : nil,
        isFound: top.map { $0.low > 1 } ?? false)
    }
    let result = BridgeResult(
      lines: lines, active: data.active.map { model.indicators[$0].name },
      shared: data.encodings.map(\.name), agreement: figures.agreement,
      agreementInterval: interval(\.agreement), largest: figures.largest, ridge: ridge,
      people: data.rows, leftOut: data.leftOut, replicates: replicates.count,
      folds: settings.folds, threshold: settings.threshold, model: model)
    return result.withModel(try bridge(data, logit, result.json))
  }

  private func withModel(_ model: SegmentModel) -> BridgeResult {
    BridgeResult(
      lines: lines, active: active, shared: shared, agreement: agreement,
      agreementInterval: agreementInterval, largest: largest, ridge: ridge, people: people,
      leftOut: leftOut, replicates: replicates, folds: folds, threshold: threshold, model: model)
  }

  /// The model that places customers: classes of the active columns, their shares by the logit.
  private static func bridge(
    _ data: BridgeData, _ logit: MembershipLogit, _ evidence: JSONValue
  ) throws(StudyError) -> SegmentModel {
    let part = data.classes.map { $0.restricted(to: data.active) }
    let shares = data.model.segments.map(\.share)
    let classes = LatentClassModel(
      prevalence: part?.prevalence ?? shares, items: part?.items ?? [],
      blocks: part?.blocks ?? [], directEffects: part?.directEffects ?? [],
      membership: data.encodings.isEmpty ? nil : logit.membership(data.profiles),
      modelledGaps: part?.modelledGaps ?? [])
    return data.model.part(
      data.active, covariates: data.encodings, parameters: .latentClass(classes),
      evidence: ["bridge": evidence])
  }

  /// The value below which a share of sorted values lies, linear between them.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
