import Foundation
public import TesseraProductFit
public import TesseraStudy

/// What people do at the prices of one product, in sentences and tables.
public struct PricingReport: Sendable {
  let pricing: ProductPricing
  let segments: [Segment]
  let numbers: NumberStyle

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - pricing: The product at its prices.
  ///   - segments: The segments, in their order.
  ///   - numbers: How numbers are written.
  public init(
    _ pricing: ProductPricing, segments: [Segment], numbers: NumberStyle = .english
  ) {
    (self.pricing, self.segments, self.numbers) = (pricing, segments, numbers)
  }

  /// The answer, the audiences, the curve of one of them, other questions.
  ///
  /// - Parameters:
  ///   - segment: Whose curve is told; `nil` for everybody.
  ///   - isBrief: Whether curves are left out.
  /// - Returns: What a page or a terminal shows.
  public func blocks(curveOf segment: String? = nil, isBrief: Bool = false) -> [Block] {
    var blocks: [Block] = [.lead(RichText(lead))]
    blocks += pricing.disagreements.map { .paragraph(RichText(numbers.amounts(in: $0))) }
    blocks.append(.table(audienceTable))
    if !isBrief, let audience = pricing.audiences.first(where: { $0.segment == segment }) {
      if !audience.points.isEmpty { blocks.append(.table(curveTable(audience))) }
      if isHidden(audience) { blocks.append(.paragraph(RichText(NumberStyle.hidden))) }
      if let table = otherTable(audience) { blocks.append(.table(table)) }
      blocks.append(.paragraph(RichText(notes)))
    }
    return blocks
  }

  /// Which price brings most, in a sentence or two.
  var lead: String {
    guard let everybody = pricing.audiences.first, !isHidden(everybody) else {
      return "Too few respondents to tell anything of prices."
    }
    if let open = pricing.openWords {
      return "Which price is best for \(pricing.label) is not known: levels are missing of "
        + "\(open). Whatever they are, acceptance, shares and money lie in the ranges shown. Fill them in to "
        + "know more."
    }
    var sentences = ProductPricing.Aim.allCases.compactMap { aim in
      everybody.best(aim, by: source).map { sentence($0, everybody) }
    }
    if let cost = pricing.cost, !sentences.isEmpty, everybody.best(.profit, by: source) == nil {
      sentences.append("At a cost of \(price(cost)) none of these prices earns anything.")
    }
    // Van Westendorp's questions know which prices are accepted, and not who would buy.
    if sentences.isEmpty, !hasFit, everybody.curves.contains(where: { !$0.demand.isEmpty }) {
      return
        "These questions say which prices people accept for \(pricing.label), and not which price brings "
        + "most."
    }
    return sentences.isEmpty
      ? "Nobody takes \(pricing.label) at any of these prices." : sentences.joined(separator: " ")
  }

  /// Whose best price is told: the fit's, or that of the questions of a study without products.
  var source: PriceSource {
    let everybody = pricing.audiences.first
    return (everybody?.points.isEmpty ?? true) ? everybody?.best.first?.source ?? .fit : .fit
  }

  private var hasFit: Bool { pricing.audiences.contains { !$0.points.isEmpty } }

  private func isHidden(_ audience: ProductPricing.Audience) -> Bool {
    audience.points.isEmpty && audience.curves.isEmpty
  }

  private func sentence(_ best: ProductPricing.Best, _ everybody: ProductPricing.Audience) -> String
  {
    let flat = best.flat
    let pieces = pieces(best, everybody)
    let end =
      best.isAtEnd
      ? isLowest(best.price)
        ? "the lowest price looked at, " : "the highest price looked at, "
      : ""
    var text =
      "\(best.aim == .revenue ? "Revenue" : "Profit") from \(pricing.label) is highest at "
      + "\(end)\(price(best.price))"
    if best.isAtEnd {
      text += ": a \(isLowest(best.price) ? "lower" : "higher") one may bring more"
    }
    if pieces.count > 1 {
      text += "; \(told(pieces)) may bring as much"
    } else if flat.count > 1, let low = flat.first, let high = flat.last {
      text += "; any price from \(amount(low)) to \(price(high)) may bring as much"
    }
    text += "."
    guard let now = pricing.present, let point = everybody.point(at: now),
      let brings = best.aim == .revenue ? point.revenue : point.profit, best.value.value > 0
    else { return text }
    if now == best.price { return text + " That is today's." }
    if flat.contains(now) { return text + " Today's \(price(now)) is among them." }
    if brings.value <= 0, best.aim == .profit {
      return text + " Today's \(price(now)) earns nothing."
    }
    let less = 1 - brings.value / best.value.value
    guard less >= 0.005 else { return text + " Today's \(price(now)) brings nearly as much." }
    return text + " Today's \(price(now)) brings \(numbers.percent(less)) less."
  }

  /// The curve of everybody as a picture; `nil` where nothing may be told.
  var chart: Chart? { PriceChart(pricing: pricing, report: self).chart() }

  /// What the numbers of the tables rest on.
  public var notes: String {
    let all =
      pricing.notes.map { numbers.amounts(in: $0) } + [
        "Money is price x share who take it x "
          + (pricing.population == nil ? "one person of the audience." : "people.")
      ]
      + (hasIntervals
        ? [
          pricing.replicates > 0
            ? "In brackets 95% intervals, from samples drawn again and segmented again."
            : "In brackets 95% intervals, with the segments held as they are."
        ] : [])
      + (pricing.openWords == nil
        ? [] : ["The brackets hold whatever the missing levels allow, too."])
    return all.joined(separator: " ")
  }

  private var hasIntervals: Bool {
    pricing.audiences.contains { audience in
      audience.points.contains { $0.share?.low != nil }
        || audience.curves.contains { $0.demand.contains { $0.share.low != nil } }
    }
  }

  /// The best prices of every audience, and what today's price does there.
  var audienceTable: ReportTable {
    let hasCost = pricing.cost != nil
    var columns: [ReportTable.Column] = [
      .init("Audience"), .init("Most revenue at", isNumeric: true),
      .init("May bring as much", isNumeric: true),
    ]
    if hasCost {
      columns += [
        .init("Most profit at", isNumeric: true), .init("May bring as much", isNumeric: true),
      ]
    }
    if hasFit {
      columns += [
        .init("Accept it now", isNumeric: true), .init("Take it now", isNumeric: true),
        .init("Elasticity now", isNumeric: true),
      ]
    }
    return ReportTable(
      id: "price-\(Escape.slug(pricing.product))-audiences",
      caption: "\(pricing.label): best prices\(unitWords)", columns: columns,
      rows: pricing.audiences.map { audience in
        let now = audience.point(at: pricing.present)
        let arc = audience.elasticities.first { $0.price == pricing.present }?.estimate
        return [.init(RichText(title(audience.segment)), isHeader: true)]
          + (hasCost ? ProductPricing.Aim.allCases : [.revenue]).flatMap { aim in
            let best = audience.best(aim, by: source)
            return [
              ReportTable.Cell(
                RichText(pricing.openWords == nil ? told(best) : "not known"), value: best?.price),
              .init(RichText(flat(best, audience))),
            ]
          }
          + (hasFit
            ? [share(now?.acceptance), share(now?.share), number(arc, decimals: 2)] : [])
      },
      notes: (hasFit
        ? [
          "Elasticity: change of the share in per cent for one per cent of price, from 5% below to 5% "
            + "above; a dash where that leaves the prices asked."
        ] : []) + (pricing.audiences.contains(where: isHidden) ? [NumberStyle.hidden] : []))
  }

  /// A best price; at an end of those looked at, what lies beyond is open.
  func told(_ best: ProductPricing.Best?) -> String {
    guard let best else { return NumberStyle.absent }
    guard best.isAtEnd else { return amount(best.price) }
    return amount(best.price) + (isLowest(best.price) ? " or less" : " or more")
  }

  private func isLowest(_ price: Double) -> Bool {
    2 * price < (pricing.prices.first ?? 0) + (pricing.prices.last ?? 0)
  }

  private func flat(
    _ best: ProductPricing.Best?, _ audience: ProductPricing.Audience
  ) -> String {
    guard let best, !best.flat.isEmpty else { return NumberStyle.absent }
    return told(pieces(best, audience))
  }

  /// The curve of an audience, price by price.
  func curveTable(_ audience: ProductPricing.Audience) -> ReportTable {
    let hasCost = pricing.cost != nil
    let money = MoneyScale(audience.points.compactMap { $0.revenue?.value })
    let unit = money.words(pricing.unit)
    let heading = unit.isEmpty ? "" : ", \(unit)"
    func told(_ estimate: IntervalEstimate?) -> ReportTable.Cell {
      .init(
        RichText(
          estimate.map { numbers.told($0) { money.text($0, numbers) } } ?? NumberStyle.absent),
        value: estimate.map { money.scaled($0.value) })
    }
    let isFirst = pricing.countedBy == "first_choice"
    return ReportTable(
      id: "price-\(Escape.slug(pricing.product))-\(Escape.slug(audience.segment ?? "all"))",
      caption: "\(pricing.label), \(whom(audience)): by price\(unitWords)",
      columns: [
        .init("Price", isNumeric: true), .init("Fit", isNumeric: true),
        .init("Accept it", isNumeric: true), .init("Take it", isNumeric: true),
        .init(isFirst ? "Share of preference" : "First choice", isNumeric: true),
        .init("Revenue\(heading)", isNumeric: true),
      ] + (hasCost ? [.init("Profit\(heading)", isNumeric: true)] : [])
        + [.init("Elasticity", isNumeric: true)],
      rows: audience.points.map { point in
        [
          .init(RichText(amount(point.price)), value: point.price, isHeader: true),
          fit(point), share(point.acceptance), share(point.share),
          .percent(isFirst ? point.preference : point.firstChoice, numbers), told(point.revenue),
        ] + (hasCost ? [told(point.profit)] : [])
          + [.number(point.elasticity, numbers, decimals: 2)]
      })
  }

  /// What other questions say at the same prices; `nil` without such.
  func otherTable(_ audience: ProductPricing.Audience) -> ReportTable? {
    guard !audience.curves.isEmpty else { return nil }
    let prices = pricing.prices.filter { price in
      audience.curves.contains { curve in curve.demand.contains { $0.price == price } }
    }
    return ReportTable(
      id: "price-\(Escape.slug(pricing.product))-questions",
      caption: "\(pricing.label), \(whom(audience)): other questions by "
        + "price\(unitWords)",
      columns: [.init("Price", isNumeric: true)]
        + audience.curves.map { curve in
          .init(
            (curve.source == .vanWestendorp ? "Accept it by " : "Would buy by ")
              + curve.source.words, isNumeric: true)
        },
      rows: prices.map { price in
        [.init(RichText(amount(price)), value: price, isHeader: true)]
          + audience.curves.map { curve in
            share(curve.demand.first { $0.price == price }?.share)
          }
      },
      notes: audience.curves.map { curve in
        let best = audience.best(.revenue, by: curve.source)
        return
          "\(Findings.capitalised(curve.source.words)): \(numbers.number(curve.base)) respondents"
          + (best.map { "; revenue is highest at \(amount($0.price)) (\(flat($0, audience)))" }
            ?? "") + "."
      })
  }

  func title(_ segment: String?) -> String {
    segment.map { id in segments.first { $0.id == id }?.title ?? id } ?? "Everybody"
  }

  private func whom(_ audience: ProductPricing.Audience) -> String {
    audience.segment == nil ? "everybody" : title(audience.segment)
  }

  private var unitWords: String { pricing.unit.isEmpty ? "" : ", in \(pricing.unit)" }

  /// A price without its unit; small ones keep their cents.
  func amount(_ price: Double?) -> String {
    numbers.number(price, decimals: NumberStyle.decimals(of: told))
  }

  /// The prices that tables and sentences tell.
  private var told: [Double] {
    pricing.prices + pricing.audiences.flatMap(\.best).flatMap { [$0.price] + $0.flat }
  }

  private func price(_ price: Double) -> String {
    amount(price) + (pricing.unit.isEmpty ? "" : " \(pricing.unit)")
  }

  private func share(_ estimate: IntervalEstimate?) -> ReportTable.Cell {
    .init(
      RichText(estimate.map { numbers.told($0) { numbers.percent($0) } } ?? NumberStyle.absent),
      value: estimate?.value)
  }

  /// A mean fit; the range of it where missing levels leave one.
  private func fit(_ point: ProductPricing.Point) -> ReportTable.Cell {
    guard let low = point.fitMin, let high = point.fitMax, high - low >= 0.05 else {
      return .number(point.fit, numbers, decimals: 1)
    }
    return .init(
      RichText(
        "\(numbers.number(low, decimals: 1)) to \(numbers.number(high, decimals: 1))"),
      value: point.fit)
  }

  private func number(_ estimate: IntervalEstimate?, decimals: Int) -> ReportTable.Cell {
    .init(
      RichText(
        estimate.map { numbers.told($0) { numbers.number($0, decimals: decimals) } }
          ?? NumberStyle.absent), value: estimate?.value)
  }
}

extension NumberStyle {
  /// Why a segment has dashes.
  static let hidden =
    "A dash: hidden, for too few people or so that those of a smaller group do not follow."
}
