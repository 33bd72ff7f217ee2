import TesseraMath
public import TesseraStudy
import TesseraSurvey

/// Finds the line of products that is worth most against the competitors of a study.
public struct LineFinder: StudyQuestion {
  private let market: MarketAnalysis
  private let source: FitSource

  /// Lines that are kept, and that resamples choose from.
  private static let kept = 1000
  /// Lines whose worth is worked out at most.
  private static let steps = 2_000_000
  /// Lines told beside the best.
  private static let told = 200

  /// Puts the question to a study.
  ///
  /// - Throws: `StudyError` E0644 under strict privacy, E0652, E0653.
  public init(_ study: FinishedStudy) throws(StudyError) {
    source = study.source
    market = try MarketAnalysis(open: study.analysis, study.source)
  }

  /// The best line of a size.
  ///
  /// - Parameters:
  ///   - size: Products of a line, 1 or more.
  ///   - goal: What is looked for.
  ///   - kind: What lines are made of.
  ///   - steps: Most lines whose worth is worked out; beyond, a bound is told.
  /// - Returns: The best line with those that are level with it, and whom its products take from.
  /// - Throws: `StudyError` E0655 for too few or too many candidates, E0656 where the goal needs a price
  ///   or costs that are not known, E0606 for names that do not exist.
  public func best(
    _ size: Int, goal: LineGoal, from kind: LineSource, steps: Int? = nil
  ) throws(StudyError) -> LineResult {
    let analysis = market.analysis
    let candidates = try LineCandidates(
      source: source, model: analysis.model, market: market.market
    ).list(kind)
    guard size >= 1, candidates.count >= size else {
      throw StudyError(
        code: "E0655",
        message: "a line of \(size) products cannot be made of \(candidates.count) candidates",
        hint: "ask for fewer with --products, or list more candidates: --vary FEATURE=LEVEL,LEVEL, "
          + "--candidates FILE, edits: or scenarios: in the study", exitStatus: 64)
    }
    let rows = try LineRows(market, goal, candidates.map(\.offer), names: candidates.map(\.name))
    let search = LineSearch(
      rows.value, weights: rows.weights, size: size, most: Self.kept,
      workers: analysis.settings.workers)
    let answer = search.best(steps: steps ?? Self.steps, progress: analysis.settings.progress)
    let todays = market.market.today.offers.filter { $0.isOwn && $0.isPresent }
    // The line of today may be worth nothing that is known, where a cost is missing.
    var today: LineRows?
    if !todays.isEmpty {
      today = try? LineRows(market, goal, todays, names: todays.map { _ in "" })
    }
    var columns = AudienceSampler.Columns(analysis)
    let progress = analysis.settings.progress
    var places = answer.lines.enumerated().map { place, line in
      if place % 64 == 0 { progress.report("lines in resamples", place, answer.lines.count) }
      return columns.add(rows.column(line.items))
    }
    if let today { places.append(columns.add(today.column(Array(todays.indices)))) }
    let means = AudienceSampler(analysis, groupOf: market.groupOf, columns)
    progress.report("lines in resamples", answer.lines.count, answer.lines.count)
    return result(
      size, goal, candidates, answer, (means, places),
      today: today == nil ? nil : todays.map { analysis.model.products[$0.product ?? 0].name })
  }

  private func result(
    _ size: Int, _ goal: LineGoal, _ candidates: [LineCandidate], _ answer: LineSearch.Answer,
    _ sampled: (means: AudienceSampler, places: [Int]), today: [String]?
  ) -> LineResult {
    let (means, places) = sampled
    let analysis = market.analysis
    let isMoney = goal == .revenue || goal == .profit
    let people = source.file.population ?? 1000
    let factor = isMoney ? people : 1
    func number(_ column: Int, less other: Int? = nil) -> LineNumber {
      LineNumber(
        means.spread([(places[column], 1)] + (other.map { [(places[$0], -1)] } ?? []), 0), factor,
        isHidden: isHidden)
    }
    let wins = Self.wins(means, places.prefix(answer.lines.count))
    var level: [Int] = []
    for place in answer.lines.indices {
      guard place > 0 else {
        level.append(0)
        continue
      }
      let behind = means.spread([(places[0], 1), (places[place], -1)], 0)
      if behind.value <= 1e-12 || !(behind.low > 0) { level.append(place) }
    }
    func line(_ place: Int) -> LineResult.Line {
      LineResult.Line(
        items: answer.lines[place].items.map { candidates[$0].name }, value: number(place),
        behind: number(0, less: place), firstIn: wins.isEmpty ? nil : wins[place])
    }
    let model = analysis.model
    let common = (0..<candidates.count).filter { candidate in
      level.allSatisfy { answer.lines[$0].items.contains(candidate) }
    }
    return LineResult(
      goal: goal.rawValue, size: size,
      candidates: candidates.map { one in
        LineResult.Candidate(
          name: one.name, label: one.label,
          product: one.offer.product.map { model.products[$0].name }, set: one.set,
          price: market.market.price(of: one.offer), cost: one.offer.cost)
      }, lines: level.prefix(Self.told).map(line), level: level.count,
      common: common.map { candidates[$0].name },
      today: today.map { items in
        LineResult.Line(
          items: items, value: number(answer.lines.count),
          behind: number(0, less: answer.lines.count), firstIn: nil)
      }, taken: taken(answer.lines[0].items.map { candidates[$0] }),
      possible: Self.combinations(candidates.count, size), resampled: answer.lines.count,
      replicates: wins.isEmpty ? 0 : means.count, isExact: answer.isExact,
      bound: isHidden ? nil : factor * answer.bound, peopleInMarket: people,
      notes: notes(goal, answer, candidates.count, size))
  }

  private var isHidden: Bool { market.analysis.suppression.isTotalHidden }

  /// In how many replicates no line is worth more than each; empty without replicates.
  private static func wins(_ means: AudienceSampler, _ places: ArraySlice<Int>) -> [Int] {
    guard means.count > 0 else { return [] }
    let drawn = places.map { Array(means.drawn($0, 0)) }
    var wins = [Int](repeating: 0, count: drawn.count)
    for replicate in 0..<means.count {
      let best = drawn.reduce(-Double.infinity) { max($0, $1[replicate]) }
      let bar = best - 1e-12 * (1 + abs(best))
      for line in drawn.indices where drawn[line][replicate] >= bar { wins[line] += 1 }
    }
    return wins
  }

  private static func combinations(_ count: Int, _ size: Int) -> Double {
    (0..<size).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }.rounded()
  }

  /// For each product of a line where its people would be without it.
  private func taken(_ line: [LineCandidate]) -> [LineResult.Taken] {
    let rivals = market.market.today.offers.filter { $0.isPresent && !$0.isOwn }
    let offers = line.map(\.offer) + rivals
    let fit = market.analysis.scorer.scores(offers.map(\.levels)).fit
    func chances(without place: Int?) -> [Matrix] {
      var state = MarketState(name: "", label: "", offers: offers)
      if let place { state.offers[place].isPresent = false }
      return market.chances(state, market.rule, fit)
    }
    let with = chances(without: nil)
    var columns = AudienceSampler.Columns(market.analysis)
    let places = line.indices.map { place -> [Int] in
      let without = chances(without: place)
      func gained(_ rows: [Int]) -> MarketColumn {
        with.indices.map { group in
          (0..<fit.columns).map { person in
            rows.reduce(0) { $0 + without[group][$1, person] - with[group][$1, person] }
          }
        }
      }
      return [
        with.map { Array($0.row(place)) }, gained(line.indices.filter { $0 != place }),
        gained(Array(line.count..<offers.count)), gained([offers.count]),
      ].map { columns.add($0) }
    }
    let means = AudienceSampler(market.analysis, groupOf: market.groupOf, columns)
    return line.indices.map { place in
      let told = places[place].map {
        LineNumber(means.spread([($0, 1)], 0), 1, isHidden: isHidden)
      }
      return LineResult.Taken(
        product: line[place].name, share: told[0], own: told[1], competitors: told[2],
        none: told[3])
    }
  }

  private func notes(
    _ goal: LineGoal, _ answer: LineSearch.Answer, _ candidates: Int, _ size: Int
  ) -> [String] {
    var notes: [String] = []
    if !market.market.isDeclared {
      notes.append(
        "The study declares no market: all products count as own, and there are no competitors.")
    }
    switch goal {
    case .reach:
      notes.append(
        "Reach is the share of people who would accept at least one product of the line: for each "
          + "person the acceptance of the product they accept most.")
    case .share, .revenue, .profit:
      notes.append("\(market.countedWords) Competitors stay as they are.")
    }
    if goal == .revenue || goal == .profit, source.file.population == nil {
      notes.append("Money is for 1,000 people, as the study names no population.")
    }
    if !market.market.hasOutside {
      notes.append("Lines are compared over all people, also those who would take none.")
    }
    if market.isTuned, goal != .reach {
      notes.append(
        "A product has the constant that known shares give the product it is a version of.")
    }
    let possible = Self.combinations(candidates, size)
    if Double(answer.lines.count) < possible {
      notes.append(
        "Resamples choose among the \(answer.lines.count) lines that are best in the survey.")
    }
    return notes
  }
}

extension LineNumber {
  fileprivate init(_ one: AudienceSampler.Spread, _ factor: Double, isHidden: Bool) {
    func told(_ value: Double) -> Double? {
      isHidden || !value.isFinite ? nil : factor * value
    }
    self.init(value: told(one.value), se: told(one.se), low: told(one.low), high: told(one.high))
  }
}
