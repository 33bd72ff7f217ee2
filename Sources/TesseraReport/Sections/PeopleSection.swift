import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// The segments: a card a segment, and the profile plot.
  func peopleSection() -> ReportSection {
    var blocks: [Block] = [.cards(cards())] + mapBlocks()
    if let chart = profileChart(limit: 24), results.productFit != nil {
      blocks.append(.chart(chart))
    }
    let tables = profileTables()
    if !tables.isEmpty {
      blocks.append(.details(summary: "Every question, by segment", tables))
    }
    for note in results.profiles.notes { blocks.append(.note(.info, RichText(note))) }
    return ReportSection(id: "people", title: "The segments", blocks: blocks)
  }

  private func cards() -> [Card] {
    results.profiles.segments.enumerated().map { position, profile in
      let reached = channels(of: profile.id)
      let areValuesTold = profile.description.contains { $0.hasPrefix(Self.valuesOpening) }
      var blocks: [Block] = profile.description
        .filter { reached.isEmpty || !$0.hasPrefix(Self.reachOpening) }
        .map { .paragraph(RichText($0)) }
      blocks += signs(of: profile)
      if let fit = results.fit {
        let names = FitNames(study: results.study, fit: fit)
        let isAsked = fit.opportunities.contains { $0.satisfaction != nil }
        add(
          isAsked ? "Unmet needs" : "What matters to them", pains(of: profile.id, fit, names),
          to: &blocks)
        add("Barriers to purchase", stops(of: profile.id, fit, names), to: &blocks)
        add("What fits", best(of: profile.id, fit, names), to: &blocks)
      }
      add("How to reach them", reached, to: &blocks)
      if !areValuesTold { add("What they value", values(of: profile), to: &blocks) }
      return Card(
        id: "segment-\(Escape.slug(profile.id))",
        title: profile.display,
        subtitle: size(of: profile), colour: position, blocks: blocks)
    }
  }

  /// How the sentences of a description begin that a card may tell in a list of its own.
  private static let reachOpening = "Reached by: "
  private static let valuesOpening = "What they value: "

  private func size(of profile: SegmentProfile) -> String {
    var text = numbers.percent(profile.share) + " of people"
    if let interval = profile.shareInterval {
      text += " (95% interval \(numbers.percent(interval.low)) to "
      text += "\(numbers.percent(interval.high)))"
    }
    if let population = results.study.population {
      text += ", about \(numbers.number((population * profile.share / 1000).rounded() * 1000))"
    }
    return text + "; \(numbers.number(profile.respondents)) respondents"
  }

  private func add(_ title: String, _ points: [RichText], to blocks: inout [Block]) {
    guard !points.isEmpty else { return }
    blocks.append(.heading(title))
    blocks.append(.list(points, numbered: false))
  }

  /// Needs that clearly matter to more people than are satisfied, or, where satisfaction was not asked at all,
  /// those that matter to most.
  private func pains(of id: String, _ fit: FitResult, _ names: FitNames) -> [RichText] {
    let isAsked = fit.opportunities.contains { $0.satisfaction != nil }
    let pains = fit.opportunities.filter { one in
      guard one.segment == id, one.odi != nil else { return false }
      guard isAsked else { return true }
      return one.isClearlyUnmet
    }
    return pains.sorted { ($0.odi ?? 0) > ($1.odi ?? 0) }.prefix(3).map { pain in
      var text = RichText([
        .strong(names.need(pain.need)),
        .plain(": important to \(numbers.percent(pain.importance))"),
      ])
      if let satisfaction = pain.satisfaction {
        text =
          text
          + RichText(
            ", satisfied \(numbers.percent(satisfaction)) (opportunity "
              + "\(numbers.number(pain.odi, decimals: 1)) of 20)")
      }
      return text
    }
  }

  /// Barriers that some product meets in this segment, by the largest share affected.
  private func stops(of id: String, _ fit: FitResult, _ names: FitNames) -> [RichText] {
    func share(_ loss: Ledger.BarrierLoss) -> Double { loss.shareAffected ?? 0 }
    var worst: [(loss: Ledger.BarrierLoss, product: String)] = []
    for cell in fit.cells where cell.segment == id {
      for barrier in cell.ledger?.barriers ?? [] where share(barrier) >= 0.05 {
        if let place = worst.firstIndex(where: { $0.loss.barrier == barrier.barrier }) {
          guard share(worst[place].loss) < share(barrier) else { continue }
          worst[place] = (barrier, cell.product)
        } else {
          worst.append((barrier, cell.product))
        }
      }
    }
    return worst.sorted {
      (share($1.loss), $0.loss.barrier) < (share($0.loss), $1.loss.barrier)
    }.prefix(3).map { one in
      RichText([
        .strong(names.barrier(one.loss.barrier)),
        .plain(
          ": \(names.summary(ofBarrier: one.loss.barrier).effect(one.loss)) with "
            + names.product(one.product)),
      ])
    }
  }

  private func best(of id: String, _ fit: FitResult, _ names: FitNames) -> [RichText] {
    let cells = fit.cells.filter { $0.segment == id && $0.fit != nil }
      .sorted { ($0.fit ?? 0) > ($1.fit ?? 0) }
    guard let first = cells.first else { return [] }
    func told(_ cell: FitCell, _ word: String) -> RichText {
      RichText([
        .strong(names.product(cell.product)),
        .plain(" \(word) (\(numbers.number(cell.fit)), \(numbers.range(of: cell)))"),
      ])
    }
    guard cells.count > 1 else { return [told(first, "is the only product")] }
    let leaders = fit.leaders(in: id)
    let isClear = leaders.count == 1
    let best = leaders.prefix(3).map { told($0, isClear ? "fits best" : "may fit best") }
    // The last only where the rank sets put it there.
    let last = cells.filter { cell in
      fit.ranks.contains {
        $0.segment == id && $0.product == cell.product && $0.best == cells.count
      }
    }
    return best + last.map { told($0, "fits least") }
  }

  /// The channels that favour the segment most, of those that reach one in twenty of it; where
  /// none favours it, those that reach most.
  private func channels(of id: String) -> [RichText] {
    let own = channelReaches.filter { $0.segment == id && ($0.reach ?? 0) >= 0.05 }
    let favouring = own.filter { $0.isClearlyAbove }
    let order =
      favouring.isEmpty
      ? own.sorted { ($1.reach ?? 0, $0.channel) < ($0.reach ?? 0, $1.channel) }
      : favouring.sorted { ($1.affinity ?? 0, $0.channel) < ($0.affinity ?? 0, $1.channel) }
    return order.prefix(3).map { channel in
      RichText([
        .strong(channel.label),
        .plain(
          " reaches \(numbers.percent(channel.reach)) (index "
            + "\(numbers.number(channel.affinity)))"),
      ])
    }
  }

  private func values(of profile: SegmentProfile) -> [RichText] {
    profile.variables.filter { $0.role == .value && $0.distinctive }
      .sorted { abs($0.effectSize ?? 0) > abs($1.effectSize ?? 0) }.prefix(3).map { variable in
        RichText([
          .strong(variable.label),
          .plain((variable.effectSize ?? 0) > 0 ? ": more than others" : ": less than others"),
        ])
      }
  }

  private func profileTables() -> [Block] {
    guard let first = results.profiles.segments.first else { return [] }
    let heads = results.profiles.segments.map {
      ReportTable.Column($0.display, isNumeric: true)
    }
    return first.variables.enumerated().map { position, variable in
      let columns = results.profiles.segments.map { $0.variables[position] }
      var rows: [[ReportTable.Cell]] = []
      if variable.categories.isEmpty {
        rows.append(
          [
            .init("mean", isHeader: true),
            .init(
              RichText(numbers.number(variable.totalMean, decimals: 2)),
              value: variable.totalMean),
          ]
            + columns.map { column in
              .init(
                RichText(numbers.number(column.mean, decimals: 2) + mark(column)),
                value: column.mean, hint: test(column),
                shade: column.effectSize.map { .diverging($0) } ?? .none)
            })
      }
      for (place, category) in variable.categories.enumerated() {
        rows.append(
          [
            .init(RichText(category.label), isHeader: true),
            .init(RichText(numbers.percent(category.totalShare)), value: category.totalShare),
          ]
            + columns.map { column in
              let one = column.categories[place]
              let difference = one.share.flatMap { share in
                category.totalShare.map { share - $0 }
              }
              return .init(
                RichText(numbers.percent(of: one) + mark(column)), value: one.share,
                hint: "index \(numbers.number(one.index)); " + test(column),
                shade: difference.map { .diverging($0 * 2.5) } ?? .none)
            })
      }
      return .table(
        ReportTable(
          id: "profile-\(Escape.slug(variable.name))",
          caption: "\(variable.label) (\(variable.role.rawValue), \(variable.level))",
          columns: [.init("Answer"), .init("Everybody", isNumeric: true)] + heads, rows: rows))
    }
  }

  private func mark(_ variable: VariableProfile) -> String { variable.smallBase ? " *" : "" }

  private func test(_ variable: VariableProfile) -> String {
    var text = "\(numbers.number(variable.base)) respondents"
    if variable.smallBase { text += ", too few for more than a hint" }
    if let effect = variable.effectSize {
      text += "; effect \(numbers.signed(effect, decimals: 2))"
    }
    if let p = variable.pAdjusted {
      text += "; adjusted p \(p < 0.001 ? "below 0.001" : numbers.number(p, decimals: 3))"
    }
    return text
  }
}
