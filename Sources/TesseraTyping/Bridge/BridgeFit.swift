import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// A bridge fitted to some people: the logit of shared columns, and the model of active ones.
struct BridgeFit: Sendable {
  let logit: MembershipLogit
  /// What active columns say; `nil` without any.
  let active: (logs: AnswerLogs, places: [Int])?

  /// Chances of the segments for people who need not have been in the fit, on the log scale.
  ///
  /// Columns of the logit and active columns are taken as independent within segments.
  ///
  /// - Parameters:
  ///   - data: The people.
  ///   - rows: Which.
  /// - Returns: For each a chance of each segment.
  func chances(_ data: BridgeData, rows: [Int]) -> [[Double]] {
    let gains = active.map { active in
      var sums = [Double](repeating: 0, count: active.logs.rows * active.logs.segments)
      var done: [Int] = []
      for place in active.places {
        let gain = active.logs.gain(place, beside: done)
        for position in sums.indices { sums[position] += gain[position] }
        done.append(place)
      }
      return sums
    }
    return rows.map { row in
      let prior = logit.chances(data.profiles.columns.row(data.profiles.profileOf[row]))
      guard let gains else { return prior }
      let logs = prior.enumerated().map { segment, chance in
        log(max(chance, 1e-300)) + gains[row * prior.count + segment]
      }
      let norm = logSumExp(logs)
      return logs.map { exp($0 - norm) }
    }
  }
}

/// What a bridge predicts of people it was not made from.
struct BridgeTrial: Sendable {
  let data: BridgeData
  /// For each person a chance of each segment.
  let chances: [[Double]]
  /// The fold that each was left out of.
  let folds: [Int]

  /// Predicts each fold from the others, with segments, errors of assignment, ridge and logit of its
  /// own.
  ///
  /// - Parameters:
  ///   - data: The people.
  ///   - settings: Folds and seed.
  /// - Returns: A chance of each segment for each person, from a bridge made without them.
  /// - Throws: `StudyError` E0506 if the segments cannot be found again.
  static func crossValidated(
    _ data: BridgeData, _ settings: BridgeSettings
  ) throws(StudyError) -> BridgeTrial {
    let stream = RandomStream(seed: settings.seed).split(41)
    let parts = parts(data, settings.folds, stream.split(0))
    let inner = Self.parts(data, RidgeChoice.foldCount, stream.split(1))
    let results = settings.workers.map(settings.folds) { fold in
      Result { try self.fold(fold, parts, inner, data, stream.split(fold + 2)) }
    }
    var chances = [[Double]](repeating: [], count: data.rows)
    for (place, result) in results.enumerated() {
      do {
        let found = try result.get()
        for (row, own) in found { chances[row] = own }
      } catch let error as StudyError {
        throw error
      } catch let error as SegmentationError {
        throw StudyError(code: "E0506", message: error.description)
      } catch {
        throw StudyError(code: "E0506", message: "\(error)")
      }
      settings.progress.report("cross-validation", place + 1, settings.folds)
    }
    return BridgeTrial(data: data, chances: chances, folds: parts)
  }

  private static func fold(
    _ fold: Int, _ parts: [Int], _ inner: [Int], _ data: BridgeData, _ stream: RandomStream
  ) throws -> [(row: Int, chances: [Double])] {
    let outside = parts.indices.filter { parts[$0] == fold }
    let weights = parts.indices.map { parts[$0] == fold ? 0 : data.weights[$0] }
    var (assigned, classification) = (data.assigned, data.classification)
    var active: (logs: AnswerLogs, places: [Int])?
    // The order in which the study has the segments.
    var order = Array(0..<data.segments)
    if let classes = data.classes, let table = data.table {
      let inside = parts.indices.filter { parts[$0] != fold }
      let fit = try classes.refitted(on: try table.selecting(inside), stream)
      var counts = Matrix(rows: data.segments, columns: data.segments)
      for (row, label) in fit.labels.enumerated() {
        counts[label, data.assigned[inside[row]]] += data.weights[inside[row]]
      }
      let matching = CrossTable(counts: counts).matching.compactMap { $0 }
      let isMatched = Set(matching).count == data.segments
      if isMatched { order = matching }
      // Where segments cannot be matched the study's own are held.
      let used = isMatched ? fit.model : classes
      let posterior = Self.ordered(try used.posterior(of: table), order)
      assigned = posterior.likeliest
      classification = ThreeStep.classification(posterior, assigned: assigned, weights: weights)
      if !data.active.isEmpty {
        active = (try AnswerLogs(used, table).ordered(order), data.active)
      }
      guard (0..<classification.rows).allSatisfy({ classification[$0, $0].isFinite }) else {
        (assigned, classification) = (data.assigned, data.classification)
        return BridgeFit(
          logit: logit(data, assigned, classification, weights, inner, ridge: nil).logit,
          active: active
        ).chances(data, rows: outside).enumerated().map { (outside[$0], $1) }
      }
    }
    let fit = BridgeFit(
      logit: logit(data, assigned, classification, weights, inner, ridge: nil).logit,
      active: active)
    return fit.chances(data, rows: outside).enumerated().map { (outside[$0], $1) }
  }

  /// Fits the logit, its ridge chosen by cross-validation unless it is given.
  static func logit(
    _ data: BridgeData, _ assigned: [Int], _ classification: Matrix, _ weights: [Double],
    _ inner: [Int], ridge: Double?
  ) -> (logit: MembershipLogit, ridge: Double) {
    let ridge =
      ridge
      ?? (data.encodings.isEmpty
        ? 1
        : RidgeChoice.best(
          data.profiles, assigned: assigned, classification: classification, weights: weights,
          parts: inner))
    let counts = data.profiles.counts(assigned, segments: data.segments, weights: weights)
    return (
      MembershipLogit(
        data.profiles, counts: counts, classification: classification, ridge: ridge), ridge
    )
  }

  /// A part for each person, people of one cluster together.
  static func parts(_ data: BridgeData, _ count: Int, _ stream: RandomStream) -> [Int] {
    TypingTable.folds(
      data.design.clusters.isEmpty ? Array(0..<data.rows) : data.design.clusters, count, stream)
  }

  /// A posterior with its columns in another order: class k stands for segment `order[k]`.
  static func ordered(_ posterior: Matrix, _ order: [Int]) -> Matrix {
    var result = posterior
    for row in 0..<posterior.rows {
      for (own, segment) in order.enumerated() { result[row, segment] = posterior[row, own] }
    }
    return result
  }
}
