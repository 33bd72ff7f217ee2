public import TesseraProductFit
public import TesseraStudy

/// What a budget for channels reaches, in a sentence and tables.
public struct ChannelPlanReport: Sendable {
  private let plans: [ChannelPlan]
  private let segments: [Segment]
  private let labels: [String: String]
  private let unit: String
  private let numbers: NumberStyle

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - plans: Everybody's plan first.
  ///   - segments: The segments.
  ///   - channels: What channels are called.
  ///   - unit: The unit of costs; empty if it is not said.
  ///   - numbers: How numbers are written.
  public init(
    _ plans: [ChannelPlan], segments: [Segment], channels: [ChannelReach], unit: String = "",
    numbers: NumberStyle = .english
  ) {
    (self.plans, self.segments, self.unit, self.numbers) = (plans, segments, unit, numbers)
    labels = Dictionary(channels.map { ($0.channel, $0.label) }) { first, _ in first }
  }

  /// The plans of a fit.
  init(_ fit: FitResult, _ numbers: NumberStyle) {
    self.init(
      fit.channelPlans, segments: fit.segments, channels: fit.channels, unit: fit.costUnit,
      numbers: numbers)
  }

  /// The answer, the best purchase of each audience, and each channel alone.
  public var blocks: [Block] {
    (lead.map { [.lead(RichText($0))] } ?? [])
      + [budgetTable, channelTable, stepTable].compactMap(\.self).map { .table($0) }
  }

  /// What the budget buys for everybody; `nil` without a budget.
  public var lead: String? {
    guard let all = plans.first(where: { $0.segment == nil }), let budget = all.budget else {
      return nil
    }
    guard let best = all.best else {
      return "A budget of \(told(budget)) buys none of the channels."
    }
    guard let reach = best.reach else { return nil }
    var text =
      "For \(told(budget)), \(channels(best)) "
      + "\(best.items.count == 1 ? "reaches" : "reach") most people: \(numbers.percent(reach))"
    if let person = best.costPerPerson {
      text += ", at \(amount(person)) for each of them"
    }
    text += "."
    if let cheaper = all.level.first(where: { $0.cost < best.cost }) {
      text +=
        " \(channels(cheaper)) \(cheaper.items.count == 1 ? "reaches" : "reach") about as many "
        + "(\(numbers.percent(cheaper.reach))) for \(told(cheaper.cost))."
    }
    return text
  }

  private func channels(_ purchase: ChannelPlan.Purchase) -> String {
    Findings.list(purchase.items.map { labels[$0] ?? $0 })
  }

  /// A small amount of money with as many decimals as it needs.
  private func amount(_ value: Double?) -> String {
    guard let value else { return NumberStyle.absent }
    return numbers.number(value, decimals: value < 1 ? 3 : value < 100 ? 2 : 0)
  }

  private func told(_ cost: Double) -> String {
    numbers.number(cost) + (unit.isEmpty ? "" : " \(unit)")
  }

  private func name(_ plan: ChannelPlan) -> String {
    guard let id = plan.segment else { return "Everybody" }
    return segments.first { $0.id == id }?.title ?? id
  }

  private func title(_ plan: ChannelPlan) -> RichText {
    RichText(name(plan))
  }

  private static let measures: [ReportTable.Column] = [
    .init("Cost", isNumeric: true), .init("Reach", isNumeric: true), .init("95% interval"),
    .init("Contacts each", isNumeric: true), .init("Rating points", isNumeric: true),
    .init("Cost per person reached", isNumeric: true),
    .init("Cost per 1,000 contacts", isNumeric: true),
  ]

  private func cells(_ one: ChannelPlan.Purchase) -> [ReportTable.Cell] {
    [
      .number(one.cost, numbers), .percent(one.reach, numbers, decimals: 1),
      .init(
        RichText(
          one.low.map { "\(numbers.percent($0)) to \(numbers.percent(one.high))" }
            ?? NumberStyle.absent)),
      .number(one.frequency, numbers, decimals: 2), .number(one.ratingPoints, numbers),
      .init(RichText(amount(one.costPerPerson)), value: one.costPerPerson),
      .init(RichText(amount(one.costPerThousand)), value: one.costPerThousand),
    ]
  }

  private var notes: [String] {
    [
      "Contacts each: of a person who is reached. Rating points: contacts for each hundred people of the "
        + "audience. A channel is paid whole, also where it reaches others. Where contacts are bought, they "
        + "fall on a channel's users by chance; else everybody who uses it is reached once."
    ]
      + (plans.contains { $0.channels.contains { $0.costPerPerson != nil } }
        ? [] : ["With population: in the study, costs are told for each person."])
  }

  /// What the budget buys for each audience; `nil` without a budget.
  private var budgetTable: ReportTable? {
    guard let budget = plans.first?.budget else { return nil }
    return ReportTable(
      id: "channel-budget", caption: "What a budget of \(told(budget)) buys",
      columns: [.init("Audience"), .init("Channels")] + Self.measures + [.init("About as many")],
      rows: plans.map { plan in
        [.init(title(plan), isHeader: true)]
          + (plan.best.map { best in
            [.init(RichText(channels(best)))] + cells(best)
          }
            ?? ([.init(RichText("none"))]
              + Self.measures.map { _ in .init(RichText(NumberStyle.absent)) }))
          + [
            .init(
              RichText(
                plan.level.map {
                  "\(channels($0)) (\(numbers.percent($0.reach)), \(numbers.number($0.cost)))"
                }.joined(separator: "; ")))
          ]
      }, notes: notes)
  }

  /// Each channel alone, for each audience.
  private var channelTable: ReportTable? {
    guard let all = plans.first, !all.channels.isEmpty else { return nil }
    let isPerson = all.channels.contains { $0.costPerPerson != nil }
    return ReportTable(
      id: "channel-costs",
      caption: isPerson
        ? "Cost for each person reached, by channel alone"
        : "Cost for each point of reach, by channel alone",
      columns: [.init("Channel"), .init("Cost", isNumeric: true)]
        + plans.map {
          .init(name($0), isNumeric: true)
        },
      rows: all.channels.indices.map { place in
        [
          .init(RichText(channels(all.channels[place])), isHeader: true),
          .number(all.channels[place].cost, numbers),
        ]
          + plans.map { plan in
            let own = plan.channels[place]
            let value = isPerson ? own.costPerPerson : own.costPerPoint
            return .init(RichText(amount(value)), value: value)
          }
      }, notes: plans.first?.budget == nil ? notes : [])
  }

  /// What more money would buy for everybody.
  private var stepTable: ReportTable? {
    guard let all = plans.first, all.steps.count > 1 else { return nil }
    return ReportTable(
      id: "channel-steps",
      caption:
        "What more money buys: the cheapest sets, each reaching a point more than all that cost less",
      columns: [.init("Channels")] + Self.measures,
      rows: all.steps.map { [.init(RichText(channels($0)), isHeader: true)] + cells($0) })
  }
}
