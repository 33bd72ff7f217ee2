import TesseraDesign
import TesseraMath
import TesseraSegmentation
public import TesseraStudy
import TesseraSurvey

extension TypingResult {
  /// People drawn from a model where there is no survey.
  private static let drawn = 4_000
  /// Questions of the longest list that is looked at unless a longer one is asked for.
  private static let longest = 20

  /// Chooses short lists and judges them.
  ///
  /// The lists are chosen on everybody; how well they do is told of people who took no part: in each
  /// fold segments and lists are made anew from the others.
  ///
  /// - Parameters:
  ///   - model: The segments.
  ///   - people: The survey they were found in; `nil` to draw people from the model.
  ///   - settings: What must and cannot be asked, and how many questions.
  /// - Returns: The lists.
  /// - Throws: `StudyError` E0512 where the model has no questions that can be taken apart or a name
  ///   is unknown.
  /// - Complexity: A fit and a search for each fold.
  public static func make(
    _ model: SegmentModel, people: TypingPeople?, settings: TypingSettings
  ) throws(StudyError) -> TypingResult {
    if let fault = model.typingFault { throw fault }
    let names = model.indicators.map(\.name)
    let must = try places(settings.must, model, "--must")
    let never = try places(settings.never, model, "--never")
    if let both = must.first(where: never.contains) {
      throw StudyError(
        code: "E0512", message: "'\(names[both])' both must and cannot be asked",
        column: names[both], hint: "name it once")
    }
    let free = names.indices.filter { !must.contains($0) && !never.contains($0) }
    let most = must.count + free.count
    if let count = settings.count, count < max(1, must.count) || count > most {
      throw StudyError(
        code: "E0512",
        message: "\(count) questions were asked for, and between \(max(1, must.count)) and \(most) "
          + "can be", hint: "ask for a number between them with --questions")
    }
    let table: TypingTable
    if let people {
      table = try TypingTable(model, people)
    } else {
      table = try drawnTable(model, settings)
    }
    let largest = min(most, max(longest, settings.count ?? 0, must.count))
    let trial = TypingTrial(
      model: model, people: table, settings: settings, must: must, free: free, largest: largest)
    if settings.isAdaptive { try checkAdaptive(model) }
    let folds = try trial.folds()
    let logs = try logs(model, table.table)
    let all = Array(0..<names.count)
    let sets = QuestionSearch(
      logs: logs, weights: table.weights, target: logs.labels(logs.sums(all)), must: must,
      free: free
    ).best(upTo: largest)
    let isModel = logs.isModel
    let threshold = isModel && settings.threshold > 0 ? settings.threshold : nil
    let sizes = sets.enumerated().map { place, set in
      size(set.map { names[$0] }, place, folds, table, model, settings)
    }
    let wanted =
      settings.count.flatMap { count in sizes.first { $0.questions.count == count } }
      ?? sizes.first { $0.agreement >= TypingSettings.goal } ?? sizes[sizes.count - 1]
    var truth: (sum: Double, mass: Double) = (0, 0)
    for fold in folds {
      for (row, probability) in zip(fold.rows, fold.fullProbabilities) {
        truth.sum += table.weights[row] * probability
        truth.mass += table.weights[row]
      }
    }
    let evidence: Evidence =
      people == nil ? .simulated : isModel ? .refitted : .chosen
    let result = TypingResult(
      sizes: sizes, chosen: wanted, fullTruth: truth.mass > 0 ? truth.sum / truth.mass : nil,
      questions: names.count,
      labels: Dictionary(
        model.indicators.map { ($0.name, $0.question) }, uniquingKeysWith: { first, _ in first }),
      segments: model.segments,
      adaptive: settings.isAdaptive
        ? adaptive(folds, table, beside: wanted, names: names, segments: model.segments.count)
        : nil,
      evidence: evidence, people: table.table.respondentCount, folds: settings.folds,
      threshold: threshold, must: must.map { names[$0] },
      alwaysNeeded: model.covariates.map(\.name), model: model)
    // In an order of one's own any of them may be asked.
    return try result.withModel(
      model,
      asking: settings.isAdaptive
        ? (must + free).sorted().map { names[$0] } : wanted.questions)
  }

  /// The result with the model of the chosen questions, which holds the result's figures.
  private func withModel(
    _ full: SegmentModel, asking names: [String]
  ) throws(StudyError) -> TypingResult {
    TypingResult(
      sizes: sizes, chosen: chosen, fullTruth: fullTruth, questions: questions, labels: labels,
      segments: segments, adaptive: adaptive, evidence: evidence, people: people, folds: folds,
      threshold: threshold, must: must, alwaysNeeded: alwaysNeeded,
      model: try full.restricted(
        to: names, evidence: ["typing": json]))
  }

  private static func places(
    _ asked: [String], _ model: SegmentModel, _ flag: String
  ) throws(StudyError) -> [Int] {
    var places: [Int] = []
    for name in asked {
      let found = model.indicators.indices.filter {
        model.indicators[$0].name == name || model.indicators[$0].set == name
      }
      guard !found.isEmpty else {
        let known = model.indicators.flatMap { [$0.name, $0.set].compactMap { $0 } }
        throw StudyError(
          code: "E0512",
          message:
            "\(flag) names '\(DisplayText.escaped(name))', which is no question of the model",
          column: name,
          hint: NearestName.question(name, among: known)
            ?? "the questions are " + model.indicators.map(\.name).joined(separator: ", "))
      }
      for place in found where !places.contains(place) { places.append(place) }
    }
    return places.sorted()
  }

  private static func checkAdaptive(_ model: SegmentModel) throws(StudyError) {
    guard case .latentClass(let classes) = model.parameters, classes.blocks.isEmpty,
      classes.directEffects.isEmpty
    else {
      throw StudyError(
        code: "E0512",
        message: "an order of each person's own needs questions that are independent within "
          + "segments; this model of \(model.result.method) has others",
        hint: "leave --adaptive out: a fixed list is found for it")
    }
  }

  private static func drawnTable(
    _ model: SegmentModel, _ settings: TypingSettings
  ) throws(StudyError) -> TypingTable {
    guard case .latentClass(let classes) = model.parameters, classes.membership == nil else {
      throw StudyError(
        code: "E0512",
        message: "people cannot be drawn from a model of \(model.result.method) "
          + "with this form", hint: "name the survey: tessera typing MODEL SURVEY")
    }
    var stream = RandomStream(seed: settings.seed).split(30)
    do {
      let table = try classes.drawn(drawn, &stream)
      return TypingTable(
        table: try ItemTable(
          respondentCount: table.respondentCount,
          items: Array(table.items.prefix(model.indicators.count))),
        weights: [Double](repeating: 1, count: table.respondentCount), clusters: [])
    } catch {
      throw StudyError(code: "E0506", message: error.description)
    }
  }

  private static func logs(
    _ model: SegmentModel, _ table: ItemTable
  ) throws(StudyError) -> AnswerLogs {
    do {
      switch model.parameters {
      case .latentClass(let classes): return try AnswerLogs(classes, table)
      case .nearest(let points): return AnswerLogs(points, table.items)
      case .given: preconditionFailure("segments of a column have no questions")
      }
    } catch {
      throw StudyError(code: "E0506", message: error.description)
    }
  }

  private static func size(
    _ questions: [String], _ place: Int, _ folds: [TypingTrial.Fold], _ people: TypingTable,
    _ model: SegmentModel, _ settings: TypingSettings
  ) -> Size {
    var (mass, agreed, truth, told, toldAgreed) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var squares = 0.0
    var bySegment = [(count: Int, mass: Double, agreed: Double)](
      repeating: (0, 0, 0), count: model.segments.count)
    for fold in folds {
      for (row, placed) in zip(fold.rows, fold.sizes[place]) {
        let weight = people.weights[row]
        mass += weight
        squares += weight * weight
        truth += weight * placed.probability
        if placed.agrees { agreed += weight }
        if placed.probability >= settings.threshold {
          told += weight
          if placed.agrees { toldAgreed += weight }
        }
        guard let segment = placed.segment else { continue }
        bySegment[segment].count += 1
        bySegment[segment].mass += weight
        if placed.agrees { bySegment[segment].agreed += weight }
      }
    }
    let share = agreed / mass
    let interval = WilsonInterval(share: share, size: mass * mass / squares)
    let isModel = !truth.isNaN
    return Size(
      questions: questions, agreement: share, interval: (interval.low, interval.high),
      truth: isModel ? truth / mass : nil, told: isModel ? told / mass : nil,
      toldAgreement: isModel && told > 0 ? toldAgreed / told : nil,
      bySegment: bySegment.map {
        $0.count >= settings.minimumCell ? $0.agreed / $0.mass : nil
      })
  }

  /// The fewest questions on average at which an order of each person's own agrees as often as a
  /// fixed list.
  private static func adaptive(
    _ folds: [TypingTrial.Fold], _ people: TypingTable, beside fixed: Size, names: [String],
    segments: Int
  ) -> Adaptive {
    func outcome(_ stop: Double) -> (questions: Double, agreement: Double) {
      var (mass, asked, agreed) = (0.0, 0.0, 0.0)
      for fold in folds {
        for (row, person) in zip(fold.rows, fold.paths) {
          let path = person.path
          let end = path.probabilities.firstIndex { $0 >= stop } ?? path.labels.count - 1
          let weight = people.weights[row]
          mass += weight
          asked += weight * Double(end + 1)
          if path.labels[end] == person.full { agreed += weight }
        }
      }
      return (asked / mass, agreed / mass)
    }
    var best = (stop: 0.995, outcome: outcome(0.995))
    for step in 0..<96 {
      let stop = 0.04 + 0.01 * Double(step)
      guard stop > 1 / Double(segments) else { continue }
      let found = outcome(stop)
      if found.agreement >= fixed.agreement, found.questions < best.outcome.questions {
        best = (stop, found)
      }
    }
    var first: [Int: Double] = [:]
    var mass = 0.0
    for fold in folds {
      for (row, person) in zip(fold.rows, fold.paths) {
        mass += people.weights[row]
        if let question = person.path.asked.first {
          first[question, default: 0] += people.weights[row]
        }
      }
    }
    let count = Double(fixed.questions.count)
    let isReached = best.outcome.agreement >= fixed.agreement
    return Adaptive(
      questions: best.outcome.questions, agreement: best.outcome.agreement,
      stopAt: (best.stop * 1000).rounded() / 1000,
      saved: isReached ? max(0, 1 - best.outcome.questions / count) : 0,
      first: first.sorted { ($0.value, -$0.key) > ($1.value, -$1.key) }.prefix(3).map {
        (names[$0.key], $0.value / mass)
      })
  }
}

extension IndicatorEncoding {
  /// What is asked, in words.
  var question: String {
    guard let set, case .chosen = form else { return label }
    return label.contains(set) || label == name ? label : "\(set): \(label)"
  }
}
