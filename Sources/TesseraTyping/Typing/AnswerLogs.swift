import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy

/// How likely each respondent's answer to each question is in each segment, on the log scale.
///
/// Sums over questions and the prior give the posterior of any subset exactly. Questions that a
/// covariance block or a direct effect ties are not summed but taken together. For methods that
/// measure distances a log-likelihood is the negative distance, and there is no probability.
struct AnswerLogs: Sendable {
  /// Number of segments.
  let segments: Int
  /// Number of respondents.
  let rows: Int
  /// Number of questions.
  var questions: Int { single.count }
  /// Log shares of the segments, respondents × segments.
  let prior: [Double]
  /// For each question by itself: respondents × segments.
  let single: [[Double]]
  /// Whether sums are log-probabilities.
  let isModel: Bool
  /// For each question those it is tied to, itself included; empty for none.
  private let ties: [[Int]]
  private let tied: Tied?

  /// What is needed to take tied questions together.
  private struct Tied: Sendable {
    let model: LatentClassModel
    let table: ItemTable
    /// Where each class of the model stands.
    var order: [Int]?
  }

  /// Whether every question speaks for itself, given the segment.
  var areIndependent: Bool { ties.allSatisfy(\.isEmpty) }

  /// Scores the answers to a latent class model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - table: Its items' answers and its covariates.
  /// - Throws: `SegmentationError` if the items differ.
  /// - Complexity: O(respondents · questions · segments).
  init(_ model: LatentClassModel, _ table: ItemTable) throws(SegmentationError) {
    segments = model.classCount
    rows = table.respondentCount
    isModel = true
    let count = table.items.count
    var ties = [[Int]](repeating: [], count: count)
    for block in model.blocks {
      for item in block.items { ties[item] = block.items.sorted() }
    }
    for effect in model.directEffects {
      ties[effect.first] = [effect.first, effect.second].sorted()
      ties[effect.second] = ties[effect.first]
    }
    self.ties = ties
    var single: [[Double]] = []
    for place in 0..<count { single.append(try Self.joint(model, table, [place])) }
    self.single = single
    tied = ties.allSatisfy(\.isEmpty) ? nil : Tied(model: model, table: table)
    var prior: [Double] = []
    prior.reserveCapacity(rows * segments)
    let shares = model.prevalence.map { log(max($0, 1e-300)) }
    for row in 0..<rows {
      if let membership = model.membership, let covariates = table.covariates {
        let logs = membership.map { own in
          zip(own.dropFirst(), covariates.row(row)).reduce(own[0]) { $0 + $1.0 * $1.1 }
        }
        let norm = logSumExp(logs)
        prior += logs.map { $0 - norm }
      } else {
        prior += shares
      }
    }
    self.prior = prior
  }

  /// Measures the answers to the columns of points.
  ///
  /// - Parameters:
  ///   - points: A point for each segment.
  ///   - items: The indicators' answers.
  init(_ points: NearestPoints, _ items: [Item]) {
    segments = points.points.rows
    rows = items.first?.answers.count ?? 0
    isModel = false
    single = points.distances(items).map { matrix in matrix.values.map { -$0 } }
    ties = [[Int]](repeating: [], count: items.count)
    tied = nil
    prior = [Double](repeating: 0, count: rows * segments)
  }

  /// The same with segments in another order: segment k stands in the place of `order[k]`.
  func ordered(_ order: [Int]) -> AnswerLogs {
    func moved(_ values: [Double]) -> [Double] {
      var result = values
      for start in stride(from: 0, to: values.count, by: segments) {
        for (own, segment) in order.enumerated() { result[start + segment] = values[start + own] }
      }
      return result
    }
    return AnswerLogs(self, prior: moved(prior), single: single.map(moved), order: order)
  }

  private init(_ other: AnswerLogs, prior: [Double], single: [[Double]], order: [Int]) {
    segments = other.segments
    rows = other.rows
    isModel = other.isModel
    ties = other.ties
    tied = other.tied.map { tied in
      Tied(model: tied.model, table: tied.table, order: order)
    }
    self.prior = prior
    self.single = single
  }

  /// Log-likelihoods of some items together but for a constant in each row.
  private static func joint(
    _ model: LatentClassModel, _ table: ItemTable, _ places: [Int]
  ) throws(SegmentationError) -> [Double] {
    let part = model.restricted(to: places)
    let flat = LatentClassModel(
      prevalence: [Double](
        repeating: 1 / Double(model.classCount), count: model.classCount), items: part.items,
      blocks: part.blocks, directEffects: part.directEffects, modelledGaps: part.modelledGaps)
    let items = try ItemTable(
      respondentCount: table.respondentCount,
      items: zip(places, part.items).map { place, model in
        let item = table.items[place]
        return Item(name: item.name, measurement: model.measurement, answers: item.answers)
      })
    return try flat.posterior(of: items).values.map { log(max($0, 1e-300)) }
  }

  /// What a question adds to the sums over other questions.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - others: Questions that are in the sums; may hold the question itself.
  /// - Returns: Respondents × segments.
  func gain(_ question: Int, beside others: [Int]) -> [Double] {
    guard let tied, !ties[question].isEmpty else { return single[question] }
    let known = ties[question].filter { $0 != question && others.contains($0) }
    guard !known.isEmpty,
      let all = try? Self.joint(tied.model, tied.table, (known + [question]).sorted()),
      let before = try? Self.joint(tied.model, tied.table, known)
    else { return single[question] }
    let gain = zip(all, before).map { $0 - $1 }
    guard let order = tied.order else { return gain }
    var result = gain
    for start in stride(from: 0, to: gain.count, by: segments) {
      for (own, segment) in order.enumerated() { result[start + segment] = gain[start + own] }
    }
    return result
  }

  /// Sums over some questions and the prior.
  ///
  /// - Parameter set: The questions.
  /// - Returns: Respondents × segments.
  func sums(_ set: [Int]) -> [Double] {
    var sums = prior
    var done: [Int] = []
    for question in set {
      let gain = gain(question, beside: done)
      for place in sums.indices { sums[place] += gain[place] }
      done.append(question)
    }
    return sums
  }

  /// The likeliest segment of each respondent, the first of equals.
  ///
  /// - Parameter sums: Respondents × segments.
  /// - Returns: A segment each, from 0.
  func labels(_ sums: [Double]) -> [Int] {
    (0..<rows).map { row in
      var best = row * segments
      for place in best + 1..<(row + 1) * segments where sums[place] > sums[best] { best = place }
      return best - row * segments
    }
  }

  /// Probabilities from sums.
  ///
  /// - Parameters:
  ///   - sums: Respondents × segments.
  ///   - row: Which respondent.
  /// - Returns: A probability for each segment.
  func chances(_ sums: [Double], _ row: Int) -> [Double] {
    let own = Array(sums[row * segments..<(row + 1) * segments])
    let norm = logSumExp(own)
    return own.map { exp($0 - norm) }
  }
}
