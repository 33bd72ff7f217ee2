import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// Answers that are drawn of a segment, and products whose losses are told.
  private static let mostBars = 8
  private static let mostLosses = 3

  /// A page for each segment: everything a team needs that works for it.
  func segmentPages() -> [Card] {
    results.profiles.segments.enumerated().map { position, profile in
      let cards = SegmentCards(results: results, numbers: numbers)
      let portrait = cards.portrait(of: profile).map(\.words)
      let told = portrait.isEmpty ? profile.description : [SegmentCards.sentence(portrait)]
      var blocks: [Block] = [.paragraph(RichText(told.joined(separator: " ")))]
      let bars = cards.bars(of: profile)
      if !bars.isEmpty {
        blocks.append(.heading("Who they are"))
        blocks.append(.bars(Array(bars.prefix(Self.mostBars)), colour: position))
      }
      if let fit = results.fit {
        let names = FitNames(study: results.study, fit: fit)
        blocks += needs(of: profile.id, fit, names)
        add("Barriers", barriers(of: profile.id, fit, names), to: &blocks)
        blocks += products(of: profile.id, fit, names)
      }
      add("How to reach them", channels(of: profile.id), to: &blocks)
      if let fit = results.productFit, !Findings(results).stopsAdvice {
        add("What to do", offer(to: profile.id, fit) + advice(for: profile.id, fit), to: &blocks)
      }
      blocks += signs(of: profile)
      blocks.append(
        .paragraph(
          .muted(
            "n\u{A0}=\u{A0}\(numbers.number(profile.respondents)). "
              + Findings(results, numbers: numbers).light.sentence)))
      return Card(
        id: "segment-\(Escape.slug(profile.id))", title: profile.title,
        subtitle: cards.size(of: profile),
        colour: position, blocks: blocks)
    }
  }

  private func add(_ title: String, _ points: [RichText], to blocks: inout [Block]) {
    guard !points.isEmpty else { return }
    blocks.append(.heading(title))
    blocks.append(.list(points, numbered: false))
  }

  /// How many find each need important, and how many are satisfied; the largest opportunity first.
  private func needs(of id: String, _ fit: FitResult, _ names: FitNames) -> [Block] {
    let own = fit.opportunities.filter { $0.segment == id && $0.importance != nil }
      .sorted { ($0.odi ?? 0) > ($1.odi ?? 0) }
    guard !own.isEmpty else { return [] }
    return [
      .heading("What they need"),
      .dumbbells(
        own.prefix(Self.mostBars).map {
          Dumbbell(
            label: names.need($0.need), first: $0.importance ?? 0, second: $0.satisfaction)
        }, first: "important (top boxes)", second: "satisfied today (top boxes)"),
    ]
  }

  /// Barriers that some product meets in this segment: of those that fit best, then by the largest share
  /// affected.
  private func barriers(of id: String, _ fit: FitResult, _ names: FitNames) -> [RichText] {
    // What hinders the products that fit best comes before what hinders others.
    let leaders = fit.leaders(in: id).map(\.product)
    let own = BarrierShare.all(in: id, fit, of: leaders)
    let others = BarrierShare.all(in: id, fit).filter { !leaders.contains($0.product) }
    return (own.prefix(2) + others).prefix(3).map { one in
      RichText([
        .strong(names.barrier(one.loss.barrier)),
        .plain(
          ": \(names.summary(ofBarrier: one.loss.barrier).effect(one.loss, isSmall: fit.isSmall(id))) with "
            + names.product(one.product)),
      ])
    }
  }

  /// The products by their fit, with what the best and the worst lose most by.
  private func products(of id: String, _ fit: FitResult, _ names: FitNames) -> [Block] {
    let cells = fit.cells.filter { $0.segment == id && $0.fit != nil }
      .sorted { ($0.fit ?? 0) > ($1.fit ?? 0) }
    guard let best = cells.first, let worst = cells.last else { return [] }
    let leaders = Set(fit.leaders(in: id).map(\.product))
    let table = ReportTable(
      id: "products-\(Escape.slug(id))", caption: "",
      columns: [
        .init("Product"), .init("Fit", isNumeric: true), .init("95% interval", isNumeric: true),
        .init("Would accept", isNumeric: true),
      ],
      rows: cells.prefix(Self.mostBars).map { cell in
        [
          .init(
            RichText(names.product(cell.product) + (leaders.contains(cell.product) ? " ★" : "")),
            isHeader: true),
          .number(cell.fit, numbers, shade: cell.fit.map { .sequential($0 / 100) } ?? .none),
          .init(RichText(numbers.shortRange(of: cell))),
          .init(
            RichText(names.percent(cell.acceptance, of: id, numbers)), value: cell.acceptance),
        ]
      }, notes: leaders.count > 1 ? ["★ may fit best: the difference is not clear."] : [])
    let told = [best] + (cells.count > 1 ? [worst] : [])
    return [
      .heading("What fits"), .table(table),
      .list(told.compactMap { losses($0, names) }, numbered: false),
    ]
  }

  /// What a product loses most by: needs and barriers alike.
  private func losses(_ cell: FitCell, _ names: FitNames) -> RichText? {
    guard let ledger = cell.ledger else { return nil }
    let all =
      ledger.needs.map { (names.need($0.need), $0.loss) }
      + ledger.barriers.map { (names.barrier($0.barrier), $0.loss) }
    let largest = all.filter { $0.1 >= 0.5 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      .prefix(Self.mostLosses)
    guard !largest.isEmpty else { return nil }
    return RichText([
      .strong(names.product(cell.product)),
      .plain(
        " loses most points on "
          + Findings.list(largest.map { "\($0.0) (\(numbers.number($0.1)))" })),
    ])
  }

  /// The channels to reach a segment by, those that reach most first: such as reach it clearly better
  /// than everybody, notably so if there are any; where none does, all.
  func bestChannels(of id: String) -> [ChannelReach] {
    let own = channelReaches.filter { $0.segment == id && ($0.reach ?? 0) >= 0.05 }
    let ahead = own.filter(\.isClearlyAbove)
    let notable = ahead.filter(\.isNotable)
    return (notable.isEmpty ? ahead.isEmpty ? own : ahead : notable)
      .sorted { ($1.reach ?? 0, $0.channel) < ($0.reach ?? 0, $1.channel) }
  }

  /// The channels that reach segments notably better than everybody, the clearest first, each with its
  /// segments.
  var clearestChannels: [(channel: String, segments: [String])] {
    let best = results.segmentation.segments.compactMap { segment -> (String, ChannelReach)? in
      bestChannels(of: segment.id).first.flatMap { $0.isNotable ? (segment.name, $0) : nil }
    }.sorted { ($1.1.affinity ?? 0, $0.1.segment) < ($0.1.affinity ?? 0, $1.1.segment) }
    return best.reduce(into: []) { found, one in
      if let place = found.firstIndex(where: { $0.channel == one.1.label }) {
        found[place].segments.append(one.0)
      } else {
        found.append((one.1.label, [one.0]))
      }
    }
  }

  private func channels(of id: String) -> [RichText] {
    bestChannels(of: id).prefix(3).map { channel in
      RichText([
        .strong(channel.label),
        .plain(
          " reaches \(numbers.percent(channel.reach))"
            + (channel.ofAll.map { " (all: \(numbers.percent($0)))" } ?? "")),
      ])
    }
  }

  /// Which product to offer, and by which channel.
  private func offer(to id: String, _ fit: FitResult) -> [RichText] {
    let leaders = fit.leaders(in: id)
    guard fit.products.count > 1, !leaders.isEmpty, leaders.count < fit.products.count,
      leaders.count <= 3, leaders.allSatisfy({ results.study.isOwn($0.product) }),
      (leaders.first?.fit ?? 0) >= FitResult.leastOffered
    else { return [] }
    let names = FitNames(study: results.study, fit: fit)
    let best = leaders.map { "the \(names.product($0.product)) (fit \(numbers.number($0.fit)))" }
    let channel = bestChannels(of: id).first.flatMap { $0.isNotable ? $0.label : nil }
    return [
      RichText([
        .plain("Offer "), .strong(Findings.list(best, "or")),
        .plain((channel.map { ", by \($0)" } ?? "") + "."),
      ])
    ]
  }

  /// Changes whose gain in this segment is beyond doubt, the largest for its cost first.
  private func advice(for id: String, _ fit: FitResult) -> [RichText] {
    let findings = Findings(results, numbers: numbers)
    let declared = findings.ownChanges(fit.improvements)
    let changes =
      declared.isEmpty ? findings.ownChanges(fit.trials.map(\.improvement)) : declared
    let gains = changes.compactMap { change -> (Improvement, Improvement.SegmentGain)? in
      guard let own = change.bySegment.first(where: { $0.segment == id }),
        let gain = own.gain, gain > 0, min(own.low ?? -1, own.gainMin ?? .infinity) > 1e-9
      else { return nil }
      return (change, own)
    }
    // Where every change has a cost, what gains most for it comes first.
    let isByCost = !changes.isEmpty && changes.allSatisfy { ($0.cost ?? 0) > 0 }
    func worth(_ one: (Improvement, Improvement.SegmentGain)) -> Double {
      (one.1.gain ?? 0) / (isByCost ? one.0.cost ?? 1 : 1)
    }
    return gains.enumerated()
      .sorted { (worth($1.element), $0.offset) < (worth($0.element), $1.offset) }
      .prefix(2).map { _, one in
        RichText([
          .plain("\(Findings.capitalised(findings.changed(one.0, fit))): "),
          .strong("\(numbers.signed(one.1.gain, decimals: 1)) points"),
          .plain(
            " (\(numbers.shortRange(of: one.1, isOuter: one.0.boundsAreOuter)))"
              + (isByCost ? " at a cost of \(fit.told(cost: one.0.cost, numbers))" : "")),
        ])
      }
  }
}

extension ChannelReach {
  /// Whether it reaches the segment notably better than everybody, beyond the error of its index.
  var isNotable: Bool { isClearlyAbove && (affinity ?? 0) >= 100 + ChannelChart.notable }
}
