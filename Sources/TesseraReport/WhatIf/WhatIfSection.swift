import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// What a change would do, worked out in the page from sums over groups of people.
  func whatIfTool() -> [Block]? {
    guard let aggregates = results.whatIf else { return nil }
    let segments = aggregates.json["segments"]?.array ?? []
    let data = aggregates.json.adding([
      "ledgers": ledgers(segments), "open": openRanges(segments), "scales": [5, 10, 20],
      "shares": shares(segments), "words": WhatIfWords.json(numbers),
    ])
    return [
      .paragraph(
        "Change one product or several, or add new ones; all others stay as they are. The address of "
          + "the page then holds the scenario, so that it can be passed on."),
      .tool(
        ReportTool(
          id: "whatif-tool", title: "What if?", script: WhatIfScript.text, data: data,
          fallback: RichText(
            "Try it on the page report.html, or on the command line: "
              + "tessera whatif DIR --product P --set F=V."))),
      .details(summary: "How exact this is", [.list(accuracy(aggregates), numbered: false)]),
    ]
  }

  /// Exact shares of preference of the products as they are, and of taking none: scales × products ×
  /// segments, with everybody behind them where all segments are told; `null` where one is hidden.
  private func shares(_ segments: [JSONValue]) -> JSONValue {
    guard let fit = results.productFit else { return .null }
    let isWhole = segments.allSatisfy { $0["part"]?.number != nil }
    let audiences = segments.map { $0["id"]?.string } + (isWhole ? [nil] : [])
    let known = (fit.products.map { Optional($0.name) } + [nil]).map { product in
      audiences.map { audience in
        fit.shares.first { $0.segment == audience && $0.product == product }?.preferenceByScale
          ?? []
      }
    }
    guard known.allSatisfy({ $0.allSatisfy { $0.count == 3 } }) else { return .null }
    return .array(
      (0..<3).map { scale in .array(known.map { .numbers($0.map { rounded($0[scale]) }) }) })
  }

  private func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

  /// Products × segments: between which fits unknown levels leave a product; `null` where its interval
  /// is as wide.
  private func openRanges(_ segments: [JSONValue]) -> JSONValue {
    guard let fit = results.productFit else { return .null }
    return .array(
      fit.products.map { product in
        .array(
          segments.map { segment in
            guard case .string(let id)? = segment["id"],
              let range = fit.cell(segment: id, product: product.name)?.unknownRange
            else { return .null }
            return .numbers([range.low, range.high])
          })
      })
  }

  /// The exact ledgers of the products as they are, products × segments: what needs lose by feature
  /// and what barriers take, each by its position.
  private func ledgers(_ segments: [JSONValue]) -> JSONValue {
    guard let fit = results.productFit else { return .null }
    func place(_ name: String, _ names: [String]) -> JSONValue {
      .integer(names.firstIndex(of: name) ?? 0)
    }
    let needs = results.study.needs.map(\.name)
    let features = results.study.features.map(\.name)
    let barriers = results.study.barriers.map(\.name)
    return .array(
      fit.products.map { product in
        .array(
          segments.map { segment -> JSONValue in
            guard case .string(let id)? = segment["id"],
              let ledger = fit.cell(segment: id, product: product.name)?.ledger
            else { return .null }
            let lost = ledger.needs.flatMap { need in
              need.features.filter { $0.loss > 0 }.map { feature -> JSONValue in
                .array([
                  place(need.need, needs), place(feature.feature, features),
                  .number(rounded(feature.loss)),
                ])
              }
            }
            let stopped = ledger.barriers.filter { $0.loss > 0 }.map { barrier -> JSONValue in
              .array([
                place(barrier.barrier, barriers), .number(rounded(barrier.loss)),
                barrier.shareAffected.map { .number(rounded($0)) } ?? .null,
              ])
            }
            return .array([.array(lost), .array(stopped)])
          })
      })
  }

  private func accuracy(_ aggregates: WhatIfAggregates) -> [RichText] {
    var points: [RichText] = [
      RichText(
        "No respondent is in this page: it holds sums over groups of at least "
          + "\(numbers.number(aggregates.leastPeople)) people who are alike in what hinders them, "
          + "and corrections to them, each over \(numbers.number(aggregates.leastTold)) people "
          + "or more, or over a whole segment."),
      "A change of one feature is exact, and so is any further change of features that no barrier "
        + "and no burden looks at. Where a change would tell what hinders fewer people than that, "
        + "it is an estimate too; the table says which.",
    ]
    for one in aggregates.accuracy {
      let what =
        one.changes == 1
        ? "one feature changed, at any level in between"
        : one.changes >= 4 ? "all of them changed" : "\(one.changes) of them changed"
      points.append(
        RichText(
          "Of \(one.edits) edits tried with \(what), 95% were within "
            + "\(numbers.number(one.usual, decimals: 2)) points of the exact fit in every segment, "
            + "all within \(numbers.number(one.largest, decimals: 2))\(overall(one))."))
    }
    if let between = aggregates.between {
      points.append(
        RichText(
          "Of \(between.edits) edits with any number of them changed to levels between the stops of "
            + "the sliders, 95% were within \(numbers.number(between.usual, decimals: 2)) points, "
            + "all within \(numbers.number(between.largest, decimals: 2))\(overall(between))."))
    }
    points.append(
      RichText(
        "One person can make up to \(numbers.number(aggregates.pointsPerPerson, decimals: 2)) "
          + "points of a segment's fit. Numbers that stand for "
          + "\(numbers.number(aggregates.leastPeople)) people or more cannot tell how many of "
          + "these a barrier and another stop together, so no page that keeps respondents out can "
          + "be exact for every edit."))
    points.append(
      "For exact numbers with intervals: tessera whatif. Ledgers of edited products split what "
        + "barriers take by groups of people; their sum is that of the fit shown.")
    return points
  }

  /// How far off edits were over all people, after how far they were in segments.
  private func overall(_ one: WhatIfAggregates.Accuracy) -> String {
    guard one.overall.largest.isFinite else { return "" }
    return "; over everybody 95% within \(numbers.number(one.overall.usual, decimals: 2)), "
      + "all within \(numbers.number(one.overall.largest, decimals: 2))"
  }
}

/// The script of the what-if.
enum WhatIfScript {
  /// Its text, as it stands in the page.
  static let text = String(decoding: PackageResources.whatif_js, as: UTF8.self)
}

/// What the script says, and how it writes numbers.
enum WhatIfWords {
  /// The words by the names the script knows them by.
  static func json(_ numbers: NumberStyle) -> JSONValue {
    .object(
      [
        ("decimal", numbers.decimalMark), ("group", numbers.groupMark),
        ("percent", numbers.percentMark), ("unknown", "unknown"), ("added", "new"),
        ("link", "Link to this scenario"), ("product", "Product"), ("slider", "slider"),
        ("reset", "Reset"), ("add", "Add as a new product"), ("remove", "Remove"),
        ("segment", "Segment"), ("before", "Fit now"), ("fit", "Fit"), ("gain", "Gain"),
        ("acceptance", "Would accept"), ("quality", "Fit among these"), ("isExact", "How exact"),
        ("yes", "exact"), ("no", "estimate"), ("everybody", "Everybody"),
        ("click", "Click a cell to see where its points go."),
        ("ranking", "Rank and fit in every segment"), ("ledgerOf", "Ledger for"),
        ("ledger", "Where 100 points go: %p, %s"), ("where", "Where"), ("points", "Points"),
        ("kind", "Kind"), ("what", "What"), ("need", "need not met"), ("barrier", "barrier"),
        ("stops", "stops %"), ("slows", "slows %"),
        ("mismatches", "Where it loses most, largest losses first"),
        ("pointsWord", "points"), ("none", "Nothing takes three points or more anywhere."),
        ("command", "Exact, with intervals:"), ("overAll", "points over all people"),
        ("exact", "These numbers are exact."),
        (
          "estimate",
          "An estimate where not marked exact: of %n such changes that were checked, 95% were within "
            + "%u points in every segment and the farthest was off by %m."
        ),
        (
          "beyond",
          "A level lies beyond those that this page holds and is read as the nearest of them: the "
            + "numbers may be far off."
        ),
        ("rough", "An estimate from groups of people."), ("to", "to"),
        ("negative", "It is 0 or more: %s."), ("fraction", "Its levels are whole numbers: %s."),
        (
          "shares",
          "What people would prefer, if all were known and on sale: an assumption, no forecast"
        ), ("nothing", "None of them"),
        (
          "shareNote",
          "In brackets the points gained or lost against today's products. Below it the range, since how "
            + "firmly people take what fits best is not known. After a change the shares are estimates."
        ),
        (
          "midway",
          "Levels of this product are unknown: its fit stands midway between the bounds in brackets."
        ),
      ].map { ($0.0, .string($0.1)) })
  }
}
