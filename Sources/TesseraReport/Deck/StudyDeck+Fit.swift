import TesseraProductFit
import TesseraStudy

extension StudyDeck {
  /// Every product for every segment.
  var fit: DeckSlide? {
    guard let fit = results.productFit else { return nil }
    var slide = DeckSlide(
      id: "fit", title: FitHeatMap(fit: fit, numbers: numbers).title,
      notes: notes([
        "Fit is 0 to 100, the mean over the people of a segment of acceptance times quality; "
          + "products are level unless their difference is beyond its error.",
        findings.whatFits(fit),
      ]))
    let products = Array(fit.products.prefix(14))
    let room = 0.78 / Double(max(1, fit.segments.count))
    let rows = products.map { product in
      [DeckTable.Cell(text: product.label, isStrong: true)]
        + fit.segments.map { segment -> DeckTable.Cell in
          let value = fit.cell(segment: segment.id, product: product.name)?.fit
          let isFirst = fit.leaders(in: segment.id).contains { $0.product == product.name }
          return DeckTable.Cell(
            text: numbers.number(value) + (isFirst ? " ★" : ""), heat: value.map { $0 / 100 })
        }
    }
    // The words follow the table, whatever its length.
    let height = min(0.72, 0.14 + 0.09 * Double(rows.count))
    slide.shapes = [
      table(
        "fit.heat", "Heat map of fit by product and segment.", Self.frame(0, 0, 1, height),
        DeckTable(
          widths: [0.22] + fit.segments.map { _ in room },
          header: ["Fit, 0 to 100"] + fit.segments.map { $0.name }, rows: rows)),
      text(
        "fit.words", Self.frame(0, height + 0.03, 1, 0.97 - height),
        [
          DeckParagraph(findings.whatFits(fit)),
          DeckParagraph("★ fits best, or is level with the best.", .muted),
        ]
          + (products.count < fit.products.count
            ? [
              DeckParagraph(
                "\(fit.products.count - products.count) more products stand in the report.", .muted)
            ] : [])),
    ]
    return slide
  }

  /// Why products do not suit.
  var mismatches: DeckSlide? {
    guard let fit = results.productFit, !fit.mismatches.isEmpty else { return nil }
    let names = FitNames(study: results.study, fit: fit)
    let all = fit.mismatches.enumerated().sorted {
      ($1.element.points, $0.offset) < ($0.element.points, $1.offset)
    }.map(\.element)
    // The picture shows what the title says.
    let claimed = findings.claimedCell(fit)
    let own = all.filter { $0.segment == claimed?.segment && $0.product == claimed?.product }
    let isOwn = own.count > 1 && findings.fitReasons != nil
    let worst = Array((isOwn ? own : all).prefix(8))
    let others = isOwn ? all.filter { one in !own.contains(one) } : []
    var slide = DeckSlide(
      id: "mismatches",
      title: isOwn ? findings.fitClaim ?? "" : "Where products lose most",
      notes: notes(
        ["Points of 100 that a segment loses by a cause, from the exact ledger of each cell."]
          + worst.map { numbers.amounts(in: $0.sentence) }))
    func segment(_ id: String) -> String { fit.segments.first { $0.id == id }?.name ?? id }
    func label(_ one: Mismatch) -> String {
      let cause = names.cause(one.cause)
      let feature = one.feature.isEmpty ? "" : "\(names.feature(one.feature)): "
      return isOwn
        ? short(feature + cause, 60)
        : short("\(names.product(one.product)), \(segment(one.segment)): \(cause)", 70)
    }
    func sentence(_ one: Mismatch) -> String {
      let words = numbers.amounts(in: one.sentence)
      // The title says of which product and segment.
      let opening = "\(names.product(one.product)) for \(names.segment(one.segment)): "
      return isOwn && own.contains(one) && words.hasPrefix(opening)
        ? Findings.capitalised(String(words.dropFirst(opening.count))) : words
    }
    slide.shapes = [
      chart(
        "mismatches.points", "Bar chart of points lost by cause.",
        Self.frame(0, 0, 0.52, 1),
        DeckChart(
          kind: .bars, format: "0.0", categories: worst.map(label),
          series: [
            .init(
              name: "Points lost of 100", values: worst.map { rounded($0.points, 1) },
              colours: [.strong])
          ])),
      text(
        "mismatches.words", Self.frame(0.55, 0, 0.45, 1),
        worst.prefix(isOwn ? 3 : 4).map { DeckParagraph(sentence($0), .bullet) }
          + (others.isEmpty ? [] : [DeckParagraph("Elsewhere", .strong)])
          + others.prefix(2).map { DeckParagraph(numbers.amounts(in: $0.sentence), .bullet) }),
    ]
    return slide
  }

  /// What to change first.
  var change: DeckSlide? {
    guard let fit = results.productFit else { return nil }
    let all = fit.improvements.isEmpty ? fit.trials.map(\.improvement) : fit.improvements
    guard !all.isEmpty, !findings.stopsAdvice else { return nil }
    let names = FitNames(study: results.study, fit: fit)
    let ranking = ChangeRanking(all)
    let best = Array(ranking.order.prefix(8))
    let title =
      switch ranking.first.count {
      case 0: "No change clearly raises the fit"
      case _ where fit.improvements.isEmpty:
        "What would raise the fit: trials, since no change was listed"
      case 1:
        "\(names.change(ranking.first[0], numbers: numbers)) gains most"
          + (ranking.isByCost ? " for its cost" : "")
      default: "\(ranking.first.count) changes gain most, too close to call"
      }
    var slide = DeckSlide(
      id: "change", title: Findings.capitalised(title),
      notes: notes(
        ["Points of fit gained on average across everyone, with 95% intervals:"]
          + best.map {
            "\(findings.changed($0, fit)): \(numbers.signed($0.gain, decimals: 1)) "
              + "(\(numbers.range(of: $0)))"
          }))
    slide.shapes = [
      text(
        "change.words", Self.frame(0, 0, 1, 0.26), [DeckParagraph(findings.whatToChange(fit))]),
      chart(
        "change.gains", "Bar chart of gains by change.", Self.frame(0, 0.28, 1, 0.72),
        DeckChart(
          kind: .bars, format: "0.0",
          categories: best.map { names.priced($0, isByCost: ranking.isByCost, numbers: numbers) },
          series: [
            .init(
              name: ranking.isByCost
                ? "Points of fit gained, everyone (the most for its cost first)"
                : "Points of fit gained, everyone", values: best.map { rounded($0.gain, 1) },
              colours: [.strong])
          ])),
    ]
    return slide
  }

  /// What people would pay, where it was asked.
  var price: DeckSlide? {
    guard let fit = results.fit else { return nil }
    let told = fit.prices.filter { $0.points != nil }
    guard !told.isEmpty else { return nil }
    func name(_ one: PriceSummary) -> String {
      one.segment.map { id in fit.segments.first { $0.id == id }?.name ?? id } ?? "Everybody"
    }
    let decimals = NumberStyle.decimals(of: told.flatMap { $0.points?.all ?? [] })
    var slide = DeckSlide(
      id: "price", title: "What they would pay",
      notes: notes([
        "Van Westendorp. Optimal point: too cheap crosses too expensive; only people whose four "
          + "prices rise count."
      ]))
    let points: [(String, PriceSensitivity.Point)] = [
      (
        "Acceptable from", told[0].definition == .original ? .marginalCheapness : .narrowerCheapness
      ),
      ("Optimal", .optimal), ("Indifference", .indifference),
      (
        "Acceptable to",
        told[0].definition == .original ? .marginalExpensiveness : .narrowerExpensiveness
      ),
    ]
    slide.shapes = [
      chart(
        "price.optimal", "Bar chart of the optimal price by audience.", Self.frame(0, 0, 0.42, 1),
        DeckChart(
          kind: .bars, format: decimals == 2 ? "0.00" : "0", categories: told.map(name),
          series: [
            .init(
              name: "Optimal price point",
              values: told.map { rounded($0.points?[.optimal], decimals) },
              colours: [.strong])
          ])),
      table(
        "price.points", "Table of price points by audience.", Self.frame(0.45, 0, 0.55, 1),
        DeckTable(
          widths: [0.32, 0.17, 0.17, 0.17, 0.17], header: ["Audience"] + points.map(\.0),
          rows: told.map { one in
            [DeckTable.Cell(text: name(one), isStrong: true)]
              + points.map {
                DeckTable.Cell(
                  text: numbers.number(one.points?[$0.1], decimals: decimals), isNumber: true)
              }
          })),
    ]
    return slide
  }

  /// How segments are reached.
  var channels: DeckSlide? {
    let reaches = StudyReport(results, numbers: numbers).channelReaches
    let segments = results.segmentation.segments
    var labels: [(id: String, label: String)] = []
    for one in reaches where !labels.contains(where: { $0.id == one.channel }) {
      labels.append((one.channel, one.label))
    }
    guard !labels.isEmpty else { return nil }
    let room = 0.74 / Double(max(1, segments.count))
    let rows = labels.prefix(14).map { channel in
      [DeckTable.Cell(text: channel.label, isStrong: true)]
        + segments.map { segment -> DeckTable.Cell in
          let reach = rounded(
            reaches.first { $0.segment == segment.id && $0.channel == channel.id }?.reach, 4)
          return DeckTable.Cell(text: numbers.percent(reach), heat: reach)
        }
    }
    let best = segments.compactMap { segment -> String? in
      StudyReport(results, numbers: numbers).bestChannels(of: segment.id).first.flatMap {
        $0.isNotable
          ? "\(label(segment)): \($0.label) \(numbers.percent($0.reach)) "
            + "(all: \(numbers.percent($0.ofAll)))" : nil
      }
    }
    var slide = DeckSlide(
      id: "channels", title: findings.reachClaim ?? "How to reach them",
      notes: notes(["Share of each segment that a medium reaches."]))
    slide.shapes = [
      table(
        "channels.heat", "Heat map of reach by medium and segment.",
        Self.frame(0, 0, 1, min(0.78, 0.14 + 0.075 * Double(rows.count))),
        DeckTable(
          widths: [0.26] + segments.map { _ in room },
          header: ["Reach"] + segments.map(label), rows: rows)),
      text(
        "channels.words", Self.frame(0, min(0.82, 0.17 + 0.075 * Double(rows.count)), 1, 0.18),
        [
          DeckParagraph(
            best.isEmpty
              ? "No medium clearly reaches one segment better than everybody."
              : "Reach clearly above everybody's. " + best.joined(separator: "; ") + ".")
        ]),
    ]
    return slide
  }
}
