import TesseraMath
public import TesseraStudy
import TesseraSurvey

/// Finds the line of products that is worth most against the competitors of a study.
public struct LineFinder: Sendable {
  private let market: MarketAnalysis
  private let source: FitSource

  /// Lines that are kept, and that resamples choose from.
  private static let kept = 1000
  /// Lines whose worth is worked out at most.
  private static let steps = 2_000_000
  /// Lines told beside the best.
  private static let told = 200

  /// Binds a study.
  ///
  /// - Parameters:
  ///   - study: The study.
  ///   - segmented: Its respondents and their segments, with replicates for intervals.
  ///   - settings: Threads and the smallest cell; nothing is drawn.
  /// - Throws: `StudyError` E0601 to E0610, E0652, E0653.
  public init(
    _ study: Study, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    try self.init(FitSource(study), segmented, settings: settings.protecting(study.file))
  }

  /// Binds declarations that need not stand in files.
  package init(
    _ source: FitSource, _ segmented: SegmentedSurvey, settings: RunSettings
  ) throws(StudyError) {
    self.source = source
    market = try MarketAnalysis(
      FitAnalysis(bare: source, segmented, settings: settings), source)
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
    let answer = search.best(steps: steps ?? Self.steps)
    let todays = market.market.today.offers.filter { $0.isOwn && $0.isPresent }
    // The line of today may be worth nothing that is known, where a cost is missing.
    var today: LineRows?
    if !todays.isEmpty {
      today = try? LineRows(market, goal, todays, names: todays.map { _ in "" })
    }
    var columns = answer.lines.map { rows.column($0.items) }
    if let today { columns.append(today.column(Array(todays.indices))) }
    let means = MarketMeans(
      analysis, groupOf: market.groupOf, columns, bases: columns.map { _ in 0 })
    return result(
      size, goal, candidates, answer, means,
      today: today == nil ? nil : todays.map { analysis.model.products[$0.product ?? 0].name })
  }

  private func result(
    _ size: Int, _ goal: LineGoal, _ candidates: [LineCandidate], _ answer: LineSearch.Answer,
    _ means: MarketMeans, today: [String]?
  ) -> LineResult {
    let analysis = market.analysis
    let isMoney = goal == .revenue || goal == .profit
    let people = source.file.population ?? 1000
    let factor = isMoney ? people : 1
    func number(_ column: Int, less other: Int? = nil) -> LineNumber {
      LineNumber(means.estimate(column, less: other, 0), factor, isHidden: isHidden)
    }
    let wins = Self.wins(means, answer.lines.count)
    var level: [Int] = []
    for place in answer.lines.indices {
      guard place > 0 else {
        level.append(0)
        continue
      }
      let behind = means.estimate(0, less: place, 0)
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
      replicates: wins.isEmpty ? 0 : means.replicates(0, 0).count, isExact: answer.isExact,
      bound: isHidden ? nil : factor * answer.bound, peopleInMarket: people,
      notes: notes(goal, answer, candidates.count, size))
  }

  private var isHidden: Bool { market.analysis.suppression.isTotalHidden }

  /// In how many replicates no line is worth more than each; empty without replicates.
  private static func wins(_ means: MarketMeans, _ count: Int) -> [Int] {
    let drawn = (0..<count).map { means.replicates($0, 0) }
    guard let first = drawn.first, !first.isEmpty else { return [] }
    var wins = [Int](repeating: 0, count: count)
    for replicate in first.indices {
      let best = drawn.reduce(-Double.infinity) { max($0, $1[replicate]) }
      let bar = best - 1e-12 * (1 + abs(best))
      for line in 0..<count where drawn[line][replicate] >= bar { wins[line] += 1 }
    }
    return wins
  }

  private static func combinations(_ count: Int, _ size: Int) -> Double {
    (0..<size).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }.rounded()
  }

  /// For each product of a line where its people would be without it, by first choice.
  private func taken(_ line: [LineCandidate]) -> [LineResult.Taken] {
    let rivals = market.market.today.offers.filter { $0.isPresent && !$0.isOwn }
    let offers = line.map(\.offer) + rivals
    let fit = market.analysis.scorer.scores(offers.map(\.levels)).fit
    func chances(without place: Int?) -> [Matrix] {
      var state = MarketState(name: "", label: "", offers: offers)
      if let place { state.offers[place].isPresent = false }
      return market.chances(state, .first, fit)
    }
    let with = chances(without: nil)
    var columns: [MarketColumn] = []
    for place in line.indices {
      let without = chances(without: place)
      func gained(_ rows: [Int]) -> MarketColumn {
        with.indices.map { group in
          (0..<fit.columns).map { person in
            rows.reduce(0) { $0 + without[group][$1, person] - with[group][$1, person] }
          }
        }
      }
      columns.append(with.map { Array($0.row(place)) })
      columns.append(gained(line.indices.filter { $0 != place }))
      columns.append(gained(Array(line.count..<offers.count)))
      columns.append(gained([offers.count]))
    }
    let means = MarketMeans(
      market.analysis, groupOf: market.groupOf, columns, bases: columns.map { _ in 0 })
    return line.indices.map { place in
      let told = (0..<4).map {
        LineNumber(means.estimate(4 * place + $0, 0), 1, isHidden: isHidden)
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
      notes.append(
        "People take the product of the highest fit that they accept; competitors stay as they are."
      )
    }
    if goal == .revenue || goal == .profit, source.file.population == nil {
      notes.append("Money is for 1,000 people, as the study names no population.")
    }
    if !market.market.hasOutside {
      notes.append("Lines are compared over all people, also those who would take none.")
    }
    if market.isTuned {
      notes.append("Known shares are not used here: lines are compared by first choice.")
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
  fileprivate init(_ one: MarketMeans.Estimate, _ factor: Double, isHidden: Bool) {
    func told(_ value: Double) -> Double? {
      isHidden || !value.isFinite ? nil : factor * value
    }
    self.init(value: told(one.value), se: told(one.se), low: told(one.low), high: told(one.high))
  }
}
