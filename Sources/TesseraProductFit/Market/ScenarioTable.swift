import TesseraDesign
import TesseraMath
import TesseraStudy

/// The numbers of several markets, the first of them today's.
struct ScenarioTable {
  private let market: MarketAnalysis
  private let states: [MarketState]
  private let people: Double
  private let means: AudienceSampler
  /// For each market its scores.
  private let scores: [ProductScores]
  /// For each market and offer (own products together last) its columns by measure.
  private let places: [[[Measure: Int]]]
  /// For each market the products with levels that nobody knows.
  private let open: [[MarketAnalysis.OpenOffer]]

  private enum Measure: Hashable {
    case share(ChoiceRule)
    case revenue, profit, fit, acceptance
    /// The least, or the most, that unknown levels allow.
    indirect case end(Measure, Scenario)
  }

  init(_ market: MarketAnalysis, _ states: [MarketState], people: Double) {
    self.market = market
    self.states = states
    self.people = people
    let scores = states.map { market.scores($0) }
    self.scores = scores
    let open = states.map { market.openOffers($0) }
    self.open = open
    var builder = AudienceSampler.Columns(market.analysis)
    places = states.indices.map { place in
      var columns = Self.columns(market, states[place], scores[place], &builder)
      if !open[place].isEmpty {
        Self.addEnds(market, states[place], scores[place], to: &columns, &builder)
      }
      return columns
    }
    means = AudienceSampler(market.analysis, groupOf: market.groupOf, builder)
  }

  private static func columns(
    _ market: MarketAnalysis, _ state: MarketState, _ scores: ProductScores,
    _ builder: inout AudienceSampler.Columns
  ) -> [[Measure: Int]] {
    let offers = state.offers
    var places = [[Measure: Int]](repeating: [:], count: offers.count + 1)
    let own = offers.indices.filter { offers[$0].isOwn && offers[$0].isPresent }
    func sum(_ columns: [MarketColumn], _ factors: [Double]) -> MarketColumn {
      columns[0].indices.map { group in
        columns[0][group].indices.map { person in
          columns.indices.reduce(0) { $0 + factors[$1] * columns[$1][group][person] }
        }
      }
    }
    for rule in ChoiceRule.allCases {
      let chances = market.chances(state, rule, scores.fit)
      func column(_ offer: Int) -> MarketColumn { chances.map { Array($0.row(offer)) } }
      var base: Int?
      if !market.market.hasOutside {
        base = builder.add(column(offers.count).map { $0.map { 1 - $0 } })
      }
      for offer in offers.indices where offers[offer].isPresent {
        places[offer][.share(rule)] = builder.add(column(offer), over: base)
      }
      let columns = own.map(column)
      if !own.isEmpty {
        places[offers.count][.share(rule)] = builder.add(
          sum(columns, own.map { _ in 1 }), over: base)
      }
      guard rule == market.rule else { continue }
      let worths: [(Measure, (MarketOffer) -> Double?)] = [
        (.revenue, market.market.price(of:)), (.profit, market.market.margin(of:)),
      ]
      for (measure, worth) in worths {
        for offer in offers.indices where offers[offer].isPresent {
          guard let one = worth(offers[offer]) else { continue }
          places[offer][measure] = builder.add(sum([column(offer)], [one]), over: base)
        }
        let all = own.compactMap { worth(offers[$0]) }
        guard !own.isEmpty, all.count == own.count else { continue }
        places[offers.count][measure] = builder.add(sum(columns, all), over: base)
      }
    }
    for offer in offers.indices where offers[offer].isPresent {
      for (measure, table) in [(Measure.fit, scores.fit), (.acceptance, scores.acceptance)] {
        places[offer][measure] = builder.add(table.row(offer))
      }
    }
    return places
  }

  /// Adds between which numbers unknown levels leave fits, acceptance and shares.
  ///
  /// A share is least with the product's own fit least and every other's greatest: outer bounds.
  private static func addEnds(
    _ market: MarketAnalysis, _ state: MarketState, _ scores: ProductScores,
    to places: inout [[Measure: Int]], _ builder: inout AudienceSampler.Columns
  ) {
    let offers = state.offers
    let present = offers.indices.filter { offers[$0].isPresent }
    let own = present.filter { offers[$0].isOwn }
    for (side, other) in [(Scenario.worst, Scenario.best), (.best, .worst)] {
      let (fits, others) = (scores.fits(side), scores.fits(other))
      let accepted = market.analysis.scorer.acceptances(
        offers.map(\.levels), offers.map { _ in side })
      for offer in present {
        places[offer][.end(.fit, side)] = builder.add(fits.row(offer), isDrawn: false)
        places[offer][.end(.acceptance, side)] = builder.add(accepted[offer], isDrawn: false)
      }
      let groups = present.map { (at: $0, of: [$0]) } + (own.isEmpty ? [] : [(offers.count, own)])
      for (place, members) in groups {
        var fit = others
        for member in members {
          for person in 0..<fit.columns { fit[member, person] = fits[member, person] }
        }
        for rule in [ChoiceRule.first, .preference] {
          let chances = market.chances(state, rule, fit)
          let base =
            market.market.hasOutside
            ? nil
            : builder.add(chances.map { $0.row(offers.count).map { 1 - $0 } }, isDrawn: false)
          places[place][.end(.share(rule), side)] = builder.add(
            chances.map { chances in
              (0..<fit.columns).map { person in
                members.reduce(0) { $0 + chances[$1, person] }
              }
            }, over: base, isDrawn: false)
        }
      }
    }
  }

  /// Everything that is told.
  func result(isPopulation: Bool) -> ScenarioResult {
    let analysis = market.analysis
    var cells: [ScenarioCell] = []
    for place in states.indices {
      let gains = gains(place)
      for audience in analysis.audiences {
        let state = states[place]
        let offers =
          [state.offers.count]
          + state.offers.indices.filter {
            state.offers[$0].isPresent || states[0].offers[$0].isPresent
          }
        for offer in offers { cells.append(cell(place, offer, audience, gains)) }
      }
    }
    var notes =
      market.notes + [
        market.countedWords,
        isPopulation
          ? "Money is for the population of the study."
          : "Money is for 1,000 people, as the study names no population.",
      ]
    if market.market.today.offers.contains(where: { $0.isOwn && $0.isPresent && $0.cost == nil }) {
      notes.append(
        "Profit is not told of products without a cost: add a column cost to the products.")
    }
    let words = Set(open.joined().map(\.words)).sorted()
    if !words.isEmpty {
      notes.append(
        "Levels are missing of \(words.joined(separator: ", ")): shares lie between the ends that are "
          + "told, whatever these are; changes, revenue and profit are not known.")
    }
    return ScenarioResult(
      scenarios: states.dropFirst().map { .init(name: $0.name, label: $0.label) },
      countedBy: market.rule.rawValue, peopleInMarket: people, cells: cells, notes: notes)
  }

  /// What changed products gain in fit, as whatif tells it.
  private func gains(_ place: Int) -> [Int: Improvement] {
    let model = market.analysis.model
    var edits: [EditedFit] = []
    for (offer, one) in states[place].offers.enumerated() where one.isPresent {
      let before = model.products[offer].levels
      let changes = model.features.indices.filter { feature in
        let (old, new) = (before[feature], one.levels[feature])
        return old != new && !(old.isNaN && new.isNaN)
      }.map { FitEdit.Change(feature: $0, level: one.levels[$0]) }
      guard !changes.isEmpty else { continue }
      edits.append(
        EditedFit(
          edit: FitEdit(name: "", label: "", product: offer, changes: changes, cost: nil),
          fit: Array(scores[place].fit.row(offer))))
    }
    let told = market.analysis.improvements(edits)
    return Dictionary(uniqueKeysWithValues: zip(edits.map(\.edit.product), told))
  }

  private func cell(
    _ place: Int, _ offer: Int, _ audience: FitAnalysis.Audience, _ gains: [Int: Improvement]
  ) -> ScenarioCell {
    let (model, state) = (market.analysis.model, states[place])
    let isAll = offer == state.offers.count
    var cell = ScenarioCell(
      scenario: place == 0 ? nil : state.name, segment: audience.id,
      product: isAll ? nil : model.products[offer].name,
      isOwn: isAll || state.offers[offer].isOwn)
    cell.first = share(.first, place, offer, audience)
    cell.preference = share(.preference, place, offer, audience)
    cell.randomised = share(.randomised, place, offer, audience)
    let size = people * (audience.segment.map { market.analysis.segmented.segments[$0].share } ?? 1)
    cell.people = number(.share(market.rule), place, offer, audience, factor: size)
    if !isKnown(place) { cell.randomised = ScenarioNumber() }
    cell.revenue = number(.revenue, place, offer, audience, factor: size)
    cell.profit = number(.profit, place, offer, audience, factor: size)
    guard !isAll else { return cell }
    cell.acceptance = number(.acceptance, place, offer, audience)
    cell.fit = fit(place, offer, audience, gains[offer])
    return cell
  }

  /// The fit as cells of `fit.json` tell it, and its change as whatif does.
  private func fit(
    _ place: Int, _ offer: Int, _ audience: FitAnalysis.Audience, _ gain: Improvement?
  ) -> ScenarioNumber {
    let analysis = market.analysis
    guard states[place].offers[offer].isPresent else { return ScenarioNumber() }
    let plain =
      audience.segment.map { analysis.fits[offer, $0] }
      ?? analysis.population.means(Array(analysis.scores.fit.row(offer)))[0]
    guard place > 0 else {
      return ends(
        of: .fit, place, offer, audience, ScenarioNumber(value: analysis.told(plain, of: audience)))
    }
    guard let gain else {
      let isThere = states[0].offers[offer].isPresent
      let zero = isThere ? analysis.told(0, of: audience) : nil
      return ends(
        of: .fit, place, offer, audience,
        ScenarioNumber(
          value: analysis.told(plain, of: audience), change: zero, se: zero, low: zero, high: zero))
    }
    guard let segment = audience.segment else {
      func told(_ value: Double) -> Double? { analysis.told(value, of: audience) }
      return ends(
        of: .fit, place, offer, audience,
        ScenarioNumber(
          value: told(plain + gain.gain), change: told(gain.gain), se: told(gain.se),
          low: told(gain.low), high: told(gain.high)))
    }
    let own = gain.bySegment[segment]
    return ends(
      of: .fit, place, offer, audience,
      ScenarioNumber(value: own.fit, change: own.gain, se: own.se, low: own.low, high: own.high))
  }

  /// Whether all levels are known that shares of a market, and of today's, hang on.
  private func isKnown(_ place: Int) -> Bool { open[0].isEmpty && open[place].isEmpty }

  /// A number with the ends that unknown levels leave, as far as its base lets them be told.
  private func ends(
    of measure: Measure, _ place: Int, _ offer: Int, _ audience: FitAnalysis.Audience,
    _ number: ScenarioNumber, factor: Double = 1
  ) -> ScenarioNumber {
    guard number.value != nil, let least = places[place][offer][.end(measure, .worst)],
      let most = places[place][offer][.end(measure, .best)]
    else { return number }
    var number = number
    func told(_ row: Int) -> Double? {
      market.analysis.told(factor * means.mean(row, audience.place), of: audience)
    }
    (number.least, number.most) = (told(least), told(most))
    return number
  }

  /// A share, as exact as the base of an audience lets it be.
  private func share(
    _ rule: ChoiceRule, _ place: Int, _ offer: Int, _ audience: FitAnalysis.Audience
  ) -> ScenarioNumber {
    number(.share(rule), place, offer, audience)
  }

  private func number(
    _ measure: Measure, _ place: Int, _ offer: Int, _ audience: FitAnalysis.Audience,
    factor: Double = 1
  ) -> ScenarioNumber {
    let analysis = market.analysis
    let base =
      audience.segment.map { analysis.suppression.bases[$0] }
      ?? analysis.suppression.bases.reduce(0, +)
    let rules = CellRules(
      analysis.settings, columns: analysis.model.barriers.flatMap(\.columns))
    guard analysis.isTold(audience) else { return ScenarioNumber() }
    let isExact = rules.minimum <= 1 || (!rules.isStrict && base >= rules.small)
    let column = places[place][offer][measure]
    let before = places[0][offer][measure]
    if !isKnown(place), measure == .revenue || measure == .profit { return ScenarioNumber() }
    let isShare = if case .share = measure { factor == 1 } else { measure == .acceptance }
    guard isExact else {
      guard isShare, let column else { return ScenarioNumber() }
      return ScenarioNumber(value: rules.told(means.mean(column, audience.place), base: base))
    }
    // A product that is not there is taken by nobody, where there is anything to take it from.
    let isMissing =
      if case .share = measure { true } else { measure == .revenue || measure == .profit }
    guard column != nil || (isMissing && before != nil && place > 0) else {
      return ScenarioNumber()
    }
    let value = column.map { means.mean($0, audience.place) } ?? 0
    var number = ends(
      of: measure, place, offer, audience,
      ScenarioNumber(value: analysis.told(factor * value, of: audience)), factor: factor)
    guard place > 0, isKnown(place) else { return number }
    let change: AudienceSampler.Spread
    var sign = 1.0
    switch (column, before) {
    case (let column?, let before?):
      change = means.spread([(column, 1), (before, -1)], audience.place)
    case (let column?, nil):
      guard isMissing,
        !states[0].offers.indices.contains(offer) || !states[0].offers[offer].isPresent
      else { return number }
      change = means.spread([(column, 1)], audience.place)
    case (nil, let before?):
      guard !states[place].offers.indices.contains(offer) || !states[place].offers[offer].isPresent
      else { return ScenarioNumber() }
      change = means.spread([(before, 1)], audience.place)
      sign = -1
    case (nil, nil): return number
    }
    func told(_ value: Double) -> Double? { analysis.told(factor * value, of: audience) }
    number.change = told(sign * change.value)
    number.se = told(change.se)
    (number.low, number.high) =
      sign > 0
      ? (told(change.low), told(change.high)) : (told(-change.high), told(-change.low))
    return number
  }
}
