import Foundation
import TesseraDesign
import TesseraMath
import TesseraSurvey

/// Profiles one question over all segments.
struct VariableTally {
  /// One profile a segment.
  private(set) var profiles: [VariableProfile] = []
  /// What sets each segment apart in it.
  private(set) var traits: [[Trait]] = []
  /// Answers left out because too few people gave them.
  let rareAnswers: Int

  private let descriptor: Descriptor
  private let context: ProfileContext
  private let rules: CellRules

  /// Tallies, hides and tests.
  ///
  /// There is no profile of a question all of whose answers are too rare.
  ///
  /// - Parameters:
  ///   - question: The question.
  ///   - context: What holds for all questions, by posterior probabilities.
  ///   - corrected: The same freed from the errors of placing; `nil` without.
  ///   - estimator: Which of the two a question goes by.
  /// - Complexity: O(respondents · segments²).
  init(
    _ question: Descriptor, _ context: ProfileContext, corrected: ProfileContext?,
    _ estimator: SegmentEstimator
  ) {
    let isSensitive = context.sensitive.contains(question.name)
    rules = context.rules.strict(isSensitive)
    // By counts rare answers are hidden cells without a label, and bases do not tell of them.
    let common = question.withoutRare(
      minimum: rules.minimum, heads: context.units.heads, keepsAll: rules.isStrict)
    rareAnswers = common.rare
    descriptor = common.question ?? question
    let way = estimator.way(of: descriptor, isActive: descriptor.role == .active)
    let own = way == .corrected ? corrected ?? context : context
    self.context = own
    traits = [[Trait]](repeating: [], count: own.segments)
    guard common.question != nil else { return }
    defer {
      if isSensitive { traits = traits.map { _ in [] } }
    }
    switch descriptor.content {
    case .numbers(let numbers): tally(numbers)
    case .categories(let categories, let positions):
      let table = AnswerTable(positions, categories: categories.count, own, rules)
      tally(
        table, answers: categories.map { ($0.code.text, $0.label) },
        effects: (0..<own.segments).map { own.test(table, segment: $0) })
      if descriptor.level == MeasurementLevel.ordinal.rawValue, let steps = Self.steps(categories) {
        tellMeans(positions.map { $0 > 0 ? steps[$0 - 1] : .nan }, table.bases)
      }
    case .members(let members): tally(members)
    }
  }

  private func profile(
    base: Double, mean: Double? = nil, totalMean: Double? = nil, level: String? = nil,
    categories: [CategoryProfile] = [], effect: Double?, pValue: Double?
  ) -> VariableProfile {
    VariableProfile(
      name: descriptor.name, label: descriptor.label, level: level ?? descriptor.level,
      role: descriptor.role, mean: mean, totalMean: totalMean, categories: categories, base: base,
      smallBase: base < context.smallBase, effectSize: effect, pValue: pValue)
  }

  private mutating func tally(_ numbers: [Double]) {
    let bases = context.bases { !numbers[$0].isNaN }
    let hidden = rules.hiddenColumns(bases)
    let totalMean = hidden[context.segments] ? nil : context.mean(numbers)
    for segment in 0..<context.segments {
      guard !hidden[segment] else {
        profiles.append(
          profile(base: bases[segment], totalMean: totalMean, effect: nil, pValue: nil))
        continue
      }
      let membership = context.memberships[segment]
      let contrast =
        context.segments > 1
        ? MeanContrast(
          numbers: numbers, membership: membership, weights: context.weights,
          units: context.units) : nil
      let mean = contrast?.inside ?? context.mean(numbers, membership: membership)
      profiles.append(
        profile(
          base: bases[segment], mean: mean, totalMean: totalMean, effect: contrast?.cohenD,
          pValue: context.tests ? contrast?.pValue : nil))
      guard let effect = contrast?.cohenD, let mean, let totalMean else { continue }
      let words = AnswerWords.question(descriptor)
      traits[segment].append(
        Trait(
          variable: descriptor.name, words: words, role: descriptor.role, effect: effect,
          measure: .mean(mean, total: totalMean), smallBase: bases[segment] < context.smallBase,
          question: descriptor.label))
    }
  }

  /// The numbers of a scale of eight steps or more without words; `nil` for other answers.
  private static func steps(_ categories: [Category]) -> [Double]? {
    let numbers = categories.compactMap { Double($0.label) }
    return categories.count >= 8 && numbers.count == categories.count ? numbers : nil
  }

  /// Tells a long scale by its mean: "27% answered 5" of nine steps says nothing.
  private mutating func tellMeans(_ numbers: [Double], _ bases: [Double]) {
    let hidden = rules.hiddenColumns(bases)
    // Under counts alone a mean would tell of hidden answers.
    guard !rules.isStrict, !hidden[context.segments], let total = context.mean(numbers) else {
      return
    }
    for segment in traits.indices where !traits[segment].isEmpty && !hidden[segment] {
      let contrast = MeanContrast(
        numbers: numbers, membership: context.memberships[segment], weights: context.weights,
        units: context.units)
      guard let effect = contrast?.cohenD, let mean = contrast?.inside else { continue }
      traits[segment] = [
        Trait(
          variable: descriptor.name, words: AnswerWords.question(descriptor), role: descriptor.role,
          effect: effect, measure: .mean(mean, total: total),
          smallBase: bases[segment] < context.smallBase, question: descriptor.label)
      ]
    }
  }

  private mutating func tally(
    _ table: AnswerTable, answers: [(code: String, label: String)], effects: [Double?]
  ) {
    for segment in 0..<context.segments {
      let cells = table.cells(segment, answers: answers)
      var largest: Double?
      for (position, cell) in cells.enumerated() {
        guard cell.share != nil, let effect = table.effect(position, segment) else { continue }
        // Of two answers the effects mirror each other: the first is told, whatever the last digits.
        if abs(effect) > abs(largest ?? 0) * (1 + 1e-9) { largest = effect }
        guard let share = cell.share, let total = cell.totalShare else { continue }
        traits[segment].append(
          Trait(
            variable: descriptor.name,
            words: AnswerWords.of(answer: cell.label, to: descriptor),
            role: descriptor.role, effect: effect, measure: .share(share, total: total),
            smallBase: table.bases[segment] < context.smallBase, question: descriptor.label,
            isTick: AnswerWords.isYes(cell.label, to: descriptor),
            answer: AnswerWords.shown(cell.label, to: descriptor), code: cell.code))
      }
      // A test of hidden cells would tell about them.
      let isShown = cells.contains { $0.share != nil }
      profiles.append(
        profile(
          base: table.bases[segment], categories: cells, effect: largest,
          pValue: isShown ? effects[segment] : nil))
    }
  }

  private mutating func tally(_ members: [Descriptor.Member]) {
    let tables = members.map { AnswerTable($0.positions, categories: 2, context, rules) }
    for segment in 0..<context.segments {
      var cells: [CategoryProfile] = []
      var largest: Double?
      var smallest: Double?
      var tests = 0.0
      for (member, table) in zip(members, tables) {
        let cell = table.cells(
          segment, answers: [("", ""), (member.name, member.label)])[1]
        cells.append(cell)
        guard let share = cell.share else { continue }
        if let p = context.test(table, segment: segment) {
          smallest = min(smallest ?? 1, p)
          tests += 1
        }
        guard let effect = table.effect(1, segment) else { continue }
        if abs(effect) > abs(largest ?? 0) * (1 + 1e-9) { largest = effect }
        guard let total = cell.totalShare else { continue }
        traits[segment].append(
          Trait(
            variable: member.name,
            words: AnswerWords.option(member.label, else: member.name), role: descriptor.role,
            effect: effect, measure: .share(share, total: total),
            smallBase: table.bases[segment] < context.smallBase, question: member.label,
            isTick: true, set: descriptor.label, answer: member.label, code: member.name))
      }
      // The smallest of several p values, at the price of having looked at all (Bonferroni).
      profiles.append(
        profile(
          base: tables.map { $0.bases[segment] }.max() ?? 0, categories: cells, effect: largest,
          pValue: smallest.map { min(1, $0 * tests) }))
    }
  }
}

/// Answers by segments: shares, people, and which cells are hidden.
struct AnswerTable {
  /// Weighted shares with their covariance.
  let soft: SoftTable
  /// Respondents with an answer in each segment (unweighted).
  let bases: [Double]
  /// A row an answer; segments, and everybody last.
  let hidden: [[Bool]]

  private let rules: CellRules

  init(_ positions: [Int], categories: Int, _ context: ProfileContext, _ rules: CellRules) {
    self.rules = rules
    soft = SoftTable(
      memberships: context.posterior, answers: positions, categories: categories,
      weights: context.weights, units: context.units)
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: context.segments), count: categories)
    for (row, position) in positions.enumerated() where position > 0 {
      counts[position - 1][context.labels[row]] += context.units.heads[row]
    }
    bases = (0..<context.segments).map { segment in counts.reduce(0) { $0 + $1[segment] } }
    hidden = rules.hidden(counts)
  }

  /// Share of a segment that gives an answer; everybody's for no segment.
  func share(_ answer: Int, _ segment: Int?) -> Double? {
    let rows = segment.map { $0..<($0 + 1) } ?? 0..<soft.shares.rows
    var part = 0.0
    var whole = 0.0
    for row in rows {
      part += soft.shares[row, answer]
      whole += soft.shares.row(row).reduce(0, +)
    }
    // Corrected memberships can carry a share a little beyond its bounds.
    return whole > 1e-12 ? min(1, max(0, part / whole)) : nil
  }

  /// Cohen's h of an answer: a segment against all others.
  func effect(_ answer: Int, _ segment: Int) -> Double? {
    guard let inside = share(answer, segment) else { return nil }
    var part = 0.0
    var whole = 0.0
    for row in 0..<soft.shares.rows where row != segment {
      part += soft.shares[row, answer]
      whole += soft.shares.row(row).reduce(0, +)
    }
    guard whole > 1e-12 else { return nil }
    func angle(_ share: Double) -> Double { 2 * asin(min(1, max(0, share)).squareRoot()) }
    return angle(inside) - angle(part / whole)
  }

  /// p of the answer that sets a segment furthest apart, adjusted for the number of answers.
  ///
  /// By tables of that answer against all others, with pooled variances: what is left where nobody in a
  /// segment gave some answers, of which the design knows no variance.
  ///
  /// - Parameters:
  ///   - segment: The segment.
  ///   - worth: Effective respondents for each respondent, 0 to 1.
  /// - Returns: p, by Bonferroni's rule; `nil` where all answered alike.
  func pooledTest(_ segment: Int, worth: Double) -> Double? {
    let own = bases[segment] * worth
    let rest = (bases.reduce(0, +) - bases[segment]) * worth
    guard own > 0, rest > 0 else { return nil }
    let found = (0..<soft.shares.columns).compactMap { answer -> Double? in
      guard let inside = share(answer, segment), let total = share(answer, nil) else { return nil }
      let outside = min(1, max(0, (total * (own + rest) - inside * own) / rest))
      let error = (total * (1 - total) * (1 / own + 1 / rest)).squareRoot()
      guard error > 0 else { return nil }
      return 2 * NormalDistribution.standard.survival(abs(inside - outside) / error)
    }
    return found.min().map { min(1, $0 * Double(found.count)) }
  }

  /// What may be shown of a segment.
  func cells(_ segment: Int, answers: [(code: String, label: String)]) -> [CategoryProfile] {
    let everybody = bases.reduce(0, +)
    return answers.indices.map { answer in
      let total =
        hidden[answer][bases.count]
        ? nil : share(answer, nil).map { rules.shown($0, base: everybody) }
      let own =
        hidden[answer][segment]
        ? nil : share(answer, segment).map { rules.shown($0, base: bases[segment]) }
      let index: Double? =
        if let own, own.bounds == nil, let total, total.share > 0 {
          100 * own.share / total.share
        } else { nil }
      return CategoryProfile(
        code: answers[answer].code, label: answers[answer].label, share: own?.share,
        totalShare: total?.share, index: index,
        shareBounds: own?.bounds.map { .init(low: $0.0, high: $0.1) },
        hidden: hidden[answer][segment] ? bases[segment] < rules.minimum ? .base : .rare : nil)
    }
  }
}
