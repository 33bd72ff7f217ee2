import TesseraProductFit

extension StudyReport {
  /// The House of Quality: which features matter, in the classic arithmetic and with equal rows.
  func houseSection(_ fit: FitResult) -> ReportSection? {
    guard fit.houses.contains(where: { $0.importance != nil }) else { return nil }
    let names = FitNames(study: results.study, fit: fit)
    let audiences = audiences(fit)
    let overall = fit.houses.filter { $0.segment == nil }
    let reversed = overall.filter { $0.rank != $0.normalisedRank }
    let classic = ReportTable(
      id: "house", caption: "Everybody",
      columns: [
        .init("Feature"), .init("Importance", isNumeric: true), .init("Share", isNumeric: true),
        .init("Rank", isNumeric: true), .init("With equal rows", isNumeric: true),
        .init("Rank", isNumeric: true),
      ],
      rows: overall.map { one in
        [
          .init(RichText(names.feature(one.feature)), isHeader: true),
          .number(
            one.importance, numbers,
            hint: one.importanceSE.map { "standard error \(numbers.number($0, decimals: 1))" } ?? ""
          ),
          .percent(
            one.share, numbers, decimals: 1, shade: one.share.map { .sequential(3 * $0) } ?? .none),
          .init(RichText(one.rank.map { "\($0)" } ?? "–"), value: one.rank.map { Double($0) }),
          .number(one.normalised, numbers, decimals: 1),
          .init(
            RichText(one.normalisedRank.map { "\($0)" } ?? "–"),
            value: one.normalisedRank.map { Double($0) }),
        ]
      },
      notes: [
        "Importance is the sum over needs of their mean weight (of 100) times the strength of the "
          + "relation. With equal rows each need's relations are divided by their sum, as the fit "
          + "does it: a need with many relations otherwise counts several times."
      ])
    let bySegment = ReportTable(
      id: "house-segments", caption: "Share of importance by segment",
      columns: [.init("Feature")] + audiences.map { .init($0.title, isNumeric: true) },
      rows: overall.map { feature in
        [.init(RichText(names.feature(feature.feature)), isHeader: true)]
          + audiences.map { audience in
            let one = fit.houses.first {
              $0.segment == audience.id && $0.feature == feature.feature
            }
            return .percent(
              one?.share, numbers, decimals: 1,
              shade: one?.share.map { .sequential(3 * $0) } ?? .none)
          }
      })
    var blocks: [Block] = [.table(classic)]
    if !reversed.isEmpty {
      blocks.append(
        .note(
          .info,
          RichText(
            "\(reversed.count) of \(overall.count) features change their rank once rows are made "
              + "equal: " + reversed.map { names.feature($0.feature) }.joined(separator: ", ")
              + ".")))
    }
    blocks.append(.details(summary: "By segment", [.table(bySegment)]))
    return ReportSection(id: "house", title: "Which features carry the needs", blocks: blocks)
  }

  /// What the judgements in the catalogue decide, and what the catalogue leaves open.
  func judgementSection(_ fit: FitResult) -> ReportSection? {
    let names = FitNames(study: results.study, fit: fit)
    var blocks: [Block] = []
    let deciding = fit.sensitivity.filter { !$0.newFirst.isEmpty }
    if !fit.sensitivity.isEmpty {
      blocks.append(
        .paragraph(
          RichText(
            deciding.isEmpty
              ? "No relation moved by one step, and no end of a value moved by a tenth of its range, "
                + "brings another product to the first place in any segment."
              : "Some judgements decide which product comes first: look at these relations and "
                + "values again with those who know.")))
      let told = deciding + fit.sensitivity.filter { $0.newFirst.isEmpty }
      blocks.append(
        .table(
          ReportTable(
            id: "sensitivity",
            caption: "One judgement moved at a time, those that decide most first",
            columns: [
              .init("Moved"), .init("Moves most"), .init("By points", isNumeric: true),
              .init("First then"),
            ],
            rows: told.prefix(12).map { one in
              [
                .init(RichText(one.change), isHeader: true),
                .init(RichText("\(names.product(one.product)), \(names.segment(one.segment))")),
                .init(
                  RichText(numbers.signed(one.shift, decimals: 1)), value: one.shift,
                  shade: .diverging(one.shift / 10)),
                .init(
                  RichText(
                    one.newFirst.map {
                      "\(names.product($0.product)) in \(names.segment($0.segment))"
                    }
                    .joined(separator: "; "))),
              ]
            },
            notes: [
              "These shifts are judgement, not sampling: they stand beside the intervals and are no "
                + "part of them."
            ])))
    }
    let open = fit.catalogueGaps.map { gap -> RichText in
      switch gap {
      case .need(let need):
        let who = need.segment.map { " (\(names.segment($0)))" } ?? ""
        return RichText(
          "No product serves \(names.need(need.need)) well\(who): the best, "
            + "\(names.product(need.best)), fulfils \(numbers.percent(need.fulfilment)) of it.")
      case .feature(let feature):
        return RichText(
          "Hardly any need asks for \(names.feature(feature.feature)) "
            + "(\(numbers.percent(feature.share, decimals: 1)) of what matters"
            + (feature.isUsedByBarrier ? "; a barrier looks at it)." : ")."))
      }
    }
    if !open.isEmpty {
      blocks.append(.heading("What the catalogue leaves open"))
      blocks.append(.list(open, numbered: false))
    }
    guard !blocks.isEmpty else { return nil }
    return ReportSection(
      id: "judgements", title: "How sensitive results are to our assumptions", blocks: blocks)
  }
}
