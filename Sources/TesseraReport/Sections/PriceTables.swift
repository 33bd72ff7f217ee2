import TesseraProductFit
import TesseraStudy

extension QuestionReport {
  /// Van Westendorp's points, both ranges with acceptance, and purchases where intent was asked.
  func priceTables() -> [Block] {
    let told = fit.prices.filter { $0.points != nil }
    guard !told.isEmpty else { return [] }
    return [.table(pointTable(told)), .table(rangeTable(told))] + purchaseTables(told)
  }

  private func title(_ one: PriceSummary) -> ReportTable.Cell {
    .init(
      RichText(audiences(fit).first { $0.id == one.segment }?.title ?? ""), isHeader: true)
  }

  /// A price; small amounts need their cents.
  private func price(_ value: Double?, _ one: PriceSummary) -> String {
    numbers.number(value, decimals: NumberStyle.decimals(of: one.points?.all ?? []))
  }

  private func pointTable(_ told: [PriceSummary]) -> ReportTable {
    let definition = told[0].definition
    let ends: (PriceSensitivity.Point, PriceSensitivity.Point) =
      definition == .original
      ? (.marginalCheapness, .marginalExpensiveness)
      : (.narrowerCheapness, .narrowerExpensiveness)
    return ReportTable(
      id: "prices", caption: "Price sensitivity (van Westendorp)",
      columns: [
        .init("Audience"), .init("Acceptable from", isNumeric: true),
        .init("Optimal price point", isNumeric: true),
        .init("Indifference price point", isNumeric: true),
        .init("Acceptable to", isNumeric: true), .init("Valid answers", isNumeric: true),
        .init("Not in order", isNumeric: true), .init("Incomplete", isNumeric: true),
      ],
      rows: told.map { one in
        [title(one)]
          + [ends.0, .optimal, .indifference, ends.1].map { point in
            let interval = one.interval(point)
            return .init(
              RichText(
                "\(price(one.points?[point], one)) [\(price(interval?.low, one)), "
                  + "\(price(interval?.high, one))]"),
              value: one.points?[point])
          }
          + [one.valid, one.disordered, one.incomplete].map {
            .number($0, numbers)
          }
      },
      notes: [
        "Acceptable range by the \(Self.words(definition)). Optimal: too cheap x too expensive; "
          + "indifference: cheap x expensive. Only people whose four prices rise count. In brackets "
          + "95% intervals, by the design, the segments held fixed; a dash where the prices asked "
          + "do not reach."
      ] + crossings(told))
  }

  private static func words(_ definition: PriceQuestions.Range) -> String {
    switch definition {
    case .original:
      "original definition (too cheap x not cheap to not expensive x too expensive)"
    case .narrower: "narrower definition (too cheap x expensive to cheap x too expensive)"
    }
  }

  /// Where curves lie on each other for a while.
  private func crossings(_ told: [PriceSummary]) -> [String] {
    let names: [PriceSensitivity.Point: String] = [
      .marginalCheapness: "low end of the original range", .optimal: "optimal price point",
      .indifference: "indifference price point",
      .marginalExpensiveness: "high end of the original range",
      .narrowerCheapness: "low end of the narrower range",
      .narrowerExpensiveness: "high end of the narrower range",
    ]
    let found = told.flatMap { one in
      PriceSensitivity.Point.allCases.compactMap { point -> String? in
        guard let last = one.severalCrossings[point] else { return nil }
        return "\(title(one).text.plain), \(names[point] ?? "") "
          + "(\(price(one.points?[point], one)) to \(price(last, one)))"
      }
    }
    guard !found.isEmpty else { return [] }
    return [
      "The curves meet at several prices, of which the lowest is given: "
        + found.joined(separator: "; ") + "."
    ]
  }

  private func rangeTable(_ told: [PriceSummary]) -> ReportTable {
    let isBought = told.contains { $0.purchases != nil }
    return ReportTable(
      id: "price-ranges", caption: "Acceptable price ranges by both definitions",
      columns: [
        .init("Audience"), .init("Original"), .init("Narrower"),
        .init("Accept the optimal price", isNumeric: true), .init("Elasticity", isNumeric: true),
      ],
      rows: told.map { one in
        let accepted = zip(PriceSensitivity.Point.allCases, one.acceptance)
          .first { $0.0 == .optimal }?.1
        return [title(one)]
          + PriceQuestions.Range.allCases.map { definition in
            let range = one.points?.range(definition)
            return .init(RichText("\(price(range?.low, one)) to \(price(range?.high, one))"))
          } + [
            .percent(accepted, numbers),
            .init(
              RichText(one.elasticity.map { numbers.signed($0, decimals: 2) } ?? "–"),
              value: one.elasticity),
          ]
      },
      notes: [
        "\(PriceQuestions.Range.allCases.map(Self.words).joined(separator: "; ")). Accept: the "
          + "price lies between their too cheap and too expensive. Elasticity: change of "
          + (isBought ? "purchases" : "acceptance")
          + " from 5% below to 5% above the optimal price, "
          + "in per cent for each per cent of price; a dash where that leaves the prices asked."
      ])
  }

  private func purchaseTables(_ told: [PriceSummary]) -> [Block] {
    let asked = told.compactMap { one in one.purchases.map { (summary: one, bought: $0) } }
    guard let first = asked.first?.bought else { return [] }
    let chances = first.chances.map {
      "\(numbers.percent($0.chance)) for answer \(numbers.number($0.answer))"
    }.joined(separator: ", ")
    return [
      .table(
        ReportTable(
          id: "purchases", caption: "Purchases and revenue by price (Newton, Miller and Smith)",
          columns: [
            .init("Audience"), .init("Most buyers at", isNumeric: true),
            .init("Would buy", isNumeric: true), .init("Most revenue at", isNumeric: true),
            .init("Would buy", isNumeric: true), .init("Respondents", isNumeric: true),
          ],
          rows: asked.map { one, bought in
            [
              title(one),
              .init(RichText(price(bought.mostBuyersAt, one)), value: bought.mostBuyersAt),
              .percent(bought.mostBuyers, numbers),
              .init(RichText(price(bought.mostRevenueAt, one)), value: bought.mostRevenueAt),
              .percent(bought.buyersAtMostRevenue, numbers),
              .number(bought.respondents, numbers),
            ]
          },
          notes: [
            (first.areAssumed ? "Assumed" : "Declared") + " chances to buy: \(chances). 0 at too "
              + "cheap and too expensive, straight between."
          ]))
    ]
  }
}
