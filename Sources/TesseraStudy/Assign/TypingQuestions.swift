import Foundation
public import TesseraMath
import TesseraSegmentation

/// The few questions that best find a respondent's segment.
///
/// A model of answers types any subset of them exactly, by leaving the other factors out. Questions
/// are added one at a time, each time the one after which most respondents are placed as by all of
/// them. Respondents are drawn from the model, and how well the questions do is measured on others
/// than those they were chosen on.
public struct TypingQuestions: Sendable, Equatable {
  /// One question more.
  public struct Step: Sendable, Equatable {
    /// The column, or the set.
    public let name: String
    /// What a reader sees.
    public let label: String
    /// Share placed as by all questions, with this one and those before it.
    public let agreement: Double
    /// Share placed in the segment they were drawn from.
    public let accuracy: Double
  }

  /// The questions, best first.
  public let steps: [Step]
  /// Share placed in the segment they were drawn from, by all questions: what can be reached.
  public let fullAccuracy: Double
  /// Respondents drawn to measure on; as many others were drawn to choose on.
  public let respondents: Int

  /// Chooses questions.
  ///
  /// - Parameters:
  ///   - model: A model of answers.
  ///   - count: How many questions at most.
  ///   - seed: Seed of the draws.
  ///   - respondents: Respondents to draw for choosing, and as many for measuring.
  ///   - workers: How many threads may be used; the result does not depend on it.
  /// - Throws: ``StudyError`` E0512 if the model has no answers to ask for.
  /// - Complexity: O(respondents · questions · count · segments).
  public init(
    _ model: SegmentModel, count: Int, seed: UInt64 = 1, respondents: Int = 4_000,
    workers: Workers = .single
  ) throws(StudyError) {
    guard let classes = model.answers, classes.classCount > 1 else {
      throw StudyError(
        code: "E0512",
        message: "this model has no questions by which its segments could be told apart",
        hint: "fit segments on active columns")
    }
    // The members of a set are ticked in one question.
    var names: [String] = []
    var groups: [[Int]] = []
    for (place, indicator) in model.indicators.enumerated() {
      let name = indicator.set ?? indicator.name
      if let known = names.firstIndex(of: name) {
        groups[known].append(place)
      } else {
        names.append(name)
        groups.append([place])
      }
    }
    let stream = RandomStream(seed: seed)
    let choosing = Sample(classes, groups, respondents, stream.split(0))
    let measuring = Sample(classes, groups, respondents, stream.split(1))
    var left = Array(groups.indices)
    var chosenSums = choosing.prior
    var measuredSums = measuring.prior
    var steps: [Step] = []
    while steps.count < count, !left.isEmpty {
      let candidates = left
      let sums = chosenSums
      let scores = workers.map(candidates.count) { place in
        choosing.agreement(sums, adding: candidates[place])
      }
      guard let best = scores.indices.max(by: { (scores[$0], -$0) < (scores[$1], -$1) }) else {
        break
      }
      let group = candidates[best]
      choosing.add(group, to: &chosenSums)
      measuring.add(group, to: &measuredSums)
      left.remove(at: best)
      let first = model.indicators[groups[group][0]]
      steps.append(
        Step(
          name: names[group], label: first.set ?? first.label,
          agreement: measuring.agreement(measuredSums, adding: nil),
          accuracy: measuring.accuracy(measuredSums)))
    }
    self.steps = steps
    fullAccuracy = measuring.accuracy(measuring.full)
    self.respondents = respondents
  }

  /// The questions as JSON.
  public var json: JSONValue {
    .object([
      (
        "questions",
        .array(
          steps.map {
            .object([
              ("name", .string($0.name)), ("label", .string($0.label)),
              ("agreement", .number($0.agreement)), ("accuracy", .number($0.accuracy)),
            ])
          })
      ),
      ("full_accuracy", .number(fullAccuracy)), ("simulated_respondents", .integer(respondents)),
    ])
  }
}

/// Respondents drawn from a model, with what each question says of them.
private struct Sample: Sendable {
  private let classes: Int
  private let rows: Int
  /// For each question: log-likelihoods, respondents × classes.
  private let logs: [[Double]]
  private let truth: [Int]
  private let fullLabels: [Int]
  /// Log shares, respondents × classes.
  let prior: [Double]
  /// Sums over all questions.
  let full: [Double]

  init(_ model: LatentClassModel, _ groups: [[Int]], _ rows: Int, _ stream: RandomStream) {
    let classes = model.classCount
    var random = stream
    let truth = (0..<rows).map { _ in random.categorical(model.prevalence) }
    let shares = model.prevalence.map { log(max($0, 1e-300)) }
    let prior = (0..<rows).flatMap { _ in shares }
    let items = model.items.map { item in
      item.distribution.drawnLogs(truth, classes: classes, &random)
    }
    let logs = groups.map { group in
      var sums = [Double](repeating: 0, count: rows * classes)
      for item in group {
        for place in sums.indices { sums[place] += items[item][place] }
      }
      return sums
    }
    var full = prior
    for group in logs {
      for place in full.indices { full[place] += group[place] }
    }
    self.classes = classes
    self.rows = rows
    self.truth = truth
    self.logs = logs
    self.prior = prior
    self.full = full
    fullLabels = Sample.labels(full, classes: classes)
  }

  func add(_ group: Int, to sums: inout [Double]) {
    for place in sums.indices { sums[place] += logs[group][place] }
  }

  /// Share placed as by all questions.
  func agreement(_ sums: [Double], adding group: Int?) -> Double {
    var sums = sums
    if let group { add(group, to: &sums) }
    let labels = Sample.labels(sums, classes: classes)
    return Double(zip(labels, fullLabels).count { $0 == $1 }) / Double(rows)
  }

  /// Share placed in the segment they were drawn from.
  func accuracy(_ sums: [Double]) -> Double {
    let labels = Sample.labels(sums, classes: classes)
    return Double(zip(labels, truth).count { $0 == $1 }) / Double(rows)
  }

  private static func labels(_ sums: [Double], classes: Int) -> [Int] {
    stride(from: 0, to: sums.count, by: classes).map { start in
      var best = 0
      for place in 1..<classes where sums[start + place] > sums[start + best] { best = place }
      return best
    }
  }
}

extension ItemModel.Distribution {
  /// Draws an answer for each respondent of a known class, and tells how likely it is in each.
  ///
  /// - Returns: Log-likelihoods, respondents × classes.
  fileprivate func drawnLogs(
    _ truth: [Int], classes: Int, _ random: inout RandomStream
  ) -> [Double] {
    var logs: [Double] = []
    logs.reserveCapacity(truth.count * classes)
    for latent in truth {
      switch self {
      case .categories(let rows), .adjacentCategories(let rows, _, _, _):
        let answer = random.categorical(rows[latent])
        for row in rows { logs.append(log(max(row[answer], 1e-300))) }
      case .normal(let means, let variances):
        let answer = means[latent] + variances[latent].squareRoot() * random.normal()
        for (mean, variance) in zip(means, variances) {
          logs.append(-0.5 * (log(variance) + (answer - mean) * (answer - mean) / variance))
        }
      case .counts(let rates):
        let answer = Double(random.poisson(mean: rates[latent]))
        for rate in rates {
          logs.append(rate > 0 ? answer * log(rate) - rate : answer > 0 ? -1e300 : 0)
        }
      }
    }
    return logs
  }
}

extension SegmentModel {
  /// What is typical of each segment as a model of answers; `nil` where no answers are known.
  var answers: LatentClassModel? {
    if case .latentClass(let model) = parameters { return model }
    guard !indicators.isEmpty, result.indicators.count == indicators.count else { return nil }
    let items = zip(indicators, result.indicators).map { encoding, indicator -> ItemModel in
      let distribution: ItemModel.Distribution
      switch encoding.form {
      case .numeric:
        distribution = .normal(
          means: indicator.bySegment.map { $0[0] },
          variances: indicator.bySegment.map { max($0.count > 1 ? $0[1] : 1, 1e-12) })
      case .count: distribution = .counts(rates: indicator.bySegment.map { $0[0] })
      case .nominal, .ordinal, .chosen: distribution = .categories(indicator.bySegment)
      }
      return ItemModel(
        name: encoding.name, measurement: StudyEncoder.measurement(encoding, isOrdered: false),
        distribution: distribution)
    }
    return LatentClassModel(prevalence: segments.map(\.share), items: items)
  }
}
