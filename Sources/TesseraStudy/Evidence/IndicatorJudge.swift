import Foundation
import TesseraMath
import TesseraSegmentation

/// Judges which indicators carry the segments, and what each question costs.
struct IndicatorJudge {
  private let task: SegmentationTask
  private let found: FoundSegments
  private let model: LatentClassModel
  private let table: ItemTable
  private let weights: [Double]
  /// A name for each question, with the items it stands for.
  private let questions: [(name: String, label: String, items: [Int])]

  /// Times the answers to a question are shuffled.
  private static let shuffles = 10

  init(_ task: SegmentationTask, _ found: FoundSegments, _ model: LatentClassModel) {
    self.task = task
    self.found = found
    self.model = model
    table = task.encoded.table
    weights = table.weights.effective(count: table.respondentCount)
    var questions: [(name: String, label: String, items: [Int])] = []
    for (place, indicator) in task.encoded.indicators.enumerated() {
      let name = indicator.set ?? indicator.name
      if let known = questions.firstIndex(where: { $0.name == name }) {
        questions[known].items.append(place)
      } else {
        questions.append((name, indicator.set ?? indicator.label, [place]))
      }
    }
    self.questions = questions
  }

  /// Judges all questions.
  ///
  /// - Returns: The questions, most important first, and what follows.
  /// - Throws: ``SegmentationError`` if a part of the answers cannot be fitted.
  /// - Complexity: O(questions² · respondents), and a run for each indicator and move.
  func choice() throws(SegmentationError) -> IndicatorChoice {
    let full = try posterior(without: [], shuffled: nil)
    let labels = full.likeliest
    let selection = try selected()
    let ties = Redundancy(table, questions.map(\.items), weights: weights)
    let own = found.posterior.likeliest
    let judged = try task.settings.workers.tryMap(questions.count) {
      place throws(SegmentationError) in
      let question = questions[place]
      let without = try posterior(without: question.items, shuffled: nil)
      var moved = 0.0
      for shuffle in 0..<Self.shuffles {
        let stream = task.stream(.choice).split(place * Self.shuffles + shuffle)
        let placed = try posterior(without: [], shuffled: (question.items, stream)).likeliest
        moved += disagreement(labels, placed) / Double(Self.shuffles)
      }
      let integrated = question.items.reduce(0) {
        $0
          + IntegratedEvidence.gain(
            of: table.items[$1], labels: own, segments: found.shares.count, weights: weights)
      }
      let twin = ties.strongest(place)
      return IndicatorChoice.Question(
        name: question.name, label: question.label,
        carries: selection.map { found in question.items.contains { found.carries[$0] } },
        gain: selection.map { found in question.items.reduce(0) { $0 + found.gains[$1] } },
        integratedGain: integrated, importance: moved,
        cost: disagreement(labels, without.likeliest), errorWithout: error(without),
        twin: twin.map { questions[$0.place].name }, redundancy: twin?.strength)
    }
    let order = judged.indices.sorted {
      (judged[$1].importance, $0) < (judged[$0].importance, $1)
    }
    let agreement = selection.flatMap { found in
      found.model.map { _ in CrossTable(own, found.labels, weights: weights).adjustedRand }
    }
    let sorted = order.map { judged[$0] }
    return IndicatorChoice(
      questions: sorted, bic: selection.map { ($0.fullBIC, $0.bic) }, agreement: agreement,
      error: error(full),
      sentences: IndicatorWords.sentences(
        sorted, bic: selection.map { ($0.fullBIC, $0.bic) }, agreement: agreement))
  }

  /// Carriers and noise, for models with a likelihood.
  ///
  /// Fitted anew without blocks, ties and modelled gaps, so that every indicator stands for itself.
  private func selected() throws(SegmentationError) -> IndicatorSelection? {
    guard task.hasLikelihood else { return nil }
    var settings = LatentClass(
      segments: found.shares.count, starts: .fixed(12),
      prior: task.declaration.prior == .none ? .none : .default,
      stream: task.stream(.choice).split(1_000_000), workers: task.settings.workers)
    var fit = try settings.fit(table)
    // The study's own model, where it is of that form, is never given up for a worse one.
    if model.blocks.isEmpty, model.directEffects.isEmpty, model.modelledGaps.isEmpty,
      (found.result.logLikelihood ?? -.infinity) > fit.logLikelihood + 1e-6
    {
      settings.starts = .adaptive
      settings.stream = task.stream(.fit).split(found.shares.count)
      fit = try settings.fit(table)
    }
    return try settings.selectIndicators(fit, of: table)
  }

  /// Memberships without some items, or with the answers to some shuffled among people.
  private func posterior(
    without left: [Int], shuffled: (items: [Int], stream: RandomStream)?
  ) throws(SegmentationError) -> Matrix {
    var order: [Int] = []
    if let shuffled {
      var random = shuffled.stream
      order = Array(0..<table.respondentCount)
      random.shuffle(&order)
    }
    let items = table.items.enumerated().map { place, item -> Item in
      let measurement = model.items[place].measurement
      if left.contains(place) {
        return Item(name: item.name, measurement: measurement, answers: item.answers.emptied)
      }
      let answers =
        shuffled?.items.contains(place) ?? false ? item.answers.reordered(order) : item.answers
      return Item(name: item.name, measurement: measurement, answers: answers)
    }
    return try model.posterior(
      of: ItemTable(
        respondentCount: table.respondentCount, items: items, covariates: table.covariates))
  }

  private func disagreement(_ one: [Int], _ other: [Int]) -> Double {
    var moved = 0.0
    var total = 0.0
    for row in one.indices {
      total += weights[row]
      if one[row] != other[row] { moved += weights[row] }
    }
    return total > 0 ? moved / total : 0
  }

  /// Share expected in another segment than their likeliest.
  private func error(_ posterior: Matrix) -> Double {
    var sum = 0.0
    var total = 0.0
    for row in 0..<posterior.rows {
      total += weights[row]
      sum += weights[row] * (1 - (posterior.row(row).max() ?? 1))
    }
    return total > 0 ? sum / total : 0
  }
}

extension Item.Answers {
  /// As many answers, all missing.
  fileprivate var emptied: Item.Answers {
    switch self {
    case .codes(let codes): .codes([UInt8](repeating: 0, count: codes.count))
    case .wideCodes(let codes): .wideCodes([UInt16](repeating: 0, count: codes.count))
    case .numbers(let numbers): .numbers([Double](repeating: .nan, count: numbers.count))
    }
  }

  /// The answers of other rows, in the order given.
  fileprivate func reordered(_ order: [Int]) -> Item.Answers {
    switch self {
    case .codes(let codes): .codes(order.map { codes[$0] })
    case .wideCodes(let codes): .wideCodes(order.map { codes[$0] })
    case .numbers(let numbers): .numbers(order.map { numbers[$0] })
    }
  }
}

/// What follows from the judgement of indicators, in sentences.
enum IndicatorWords {
  /// Ties from this strength on make a question nearly superfluous beside the other.
  static let strongTie = 0.6

  static func sentences(
    _ questions: [IndicatorChoice.Question], bic: (all: Double, carriers: Double)?,
    agreement: Double?
  ) -> [String] {
    var sentences: [String] = []
    let noise = questions.filter { $0.carries == false }.map(\.name)
    if bic != nil {
      if noise.isEmpty {
        sentences.append("Every question carries the segments by BIC.")
      } else if noise.count == questions.count {
        sentences.append(
          "No question carries segments by BIC: one segment describes the answers better.")
      } else if let bic {
        sentences.append(
          "\(ReplicationWords.list(noise)) \(noise.count == 1 ? "is" : "are") noise: without "
            + "\(noise.count == 1 ? "it" : "them") BIC is \(decimal(bic.all - bic.carriers, 1)) "
            + "better"
            + (agreement.map { " and the segments agree \(decimal($0, 2)) (adjusted Rand)" } ?? "")
            + ". Leave \(noise.count == 1 ? "it" : "them") out of the active questions.")
      }
    }
    if let first = questions.first {
      sentences.append(
        "\(first.name) weighs most: shuffled among people it would place "
          + "\(percent(first.importance)) of them elsewhere.")
    }
    let cheap = questions.filter { $0.cost < 0.01 }.map(\.name)
    if !cheap.isEmpty {
      sentences.append(
        "Not asking \(ReplicationWords.list(cheap)) would move fewer than 1% of respondents"
          + "\(cheap.count > 1 ? ", one at a time" : "").")
    }
    var told: Set<String> = []
    for question in questions {
      guard let twin = question.twin, let strength = question.redundancy, strength >= strongTie,
        !told.contains(question.name)
      else { continue }
      told.insert(twin)
      sentences.append(
        "\(question.name) and \(twin) say much the same (tie \(decimal(strength, 2)) of 1).")
    }
    return sentences
  }

  private static func percent(_ share: Double) -> String { "\(decimal(100 * share, 0))%" }
}
