import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// What the fit implies beyond each cell: shares, best sets, the classic tables, judgements.
  func furtherSections(_ fit: FitResult) -> [ReportSection] {
    [
      shareSection(fit), bestSetsSection(fit), houseSection(fit), judgementSection(fit),
      questionSection(fit),
    ].compactMap { $0 }
  }

  /// The audiences of a table: everybody, then the segments.
  func audiences(_ fit: FitResult) -> [(id: String?, title: String)] {
    let names = FitNames(study: results.study, fit: fit)
    return [(nil, "Everybody")] + fit.segments.map { ($0.id, names.segment($0.id)) }
  }

  /// Who would take what, if everybody could have any of the products.
  func shareSection(_ fit: FitResult) -> ReportSection? {
    guard fit.shares.contains(where: { $0.first != nil }) else { return nil }
    let audiences = audiences(fit)
    var products = fit.products.map { (name: Optional($0.name), label: $0.label) }
    products.append((nil, "None of them"))
    func table(
      _ id: String, _ caption: String, _ value: (PreferenceShare) -> (Double?, Double?),
      _ note: String
    ) -> ReportTable {
      ReportTable(
        id: id, caption: caption,
        columns: [.init("Product")] + audiences.map { .init($0.title, isNumeric: true) },
        rows: products.map { product in
          [.init(RichText(product.label), isHeader: true)]
            + audiences.map { audience in
              let one = fit.shares.first {
                $0.segment == audience.id && $0.product == product.name
              }
              let (share, error) = one.map(value) ?? (nil, nil)
              return .init(
                RichText(numbers.percent(share)), value: share,
                hint: error.map { "standard error \(numbers.percent($0, decimals: 1))" } ?? "",
                shade: share.map { .sequential($0) } ?? .none)
            }
        }, notes: [note])
    }
    return ReportSection(
      id: "shares", title: "Who would take what",
      blocks: [
        .paragraph(
          "Preference among these products when all are known and to be had everywhere: no forecast "
            + "of sales."),
        .table(
          table(
            "shares-first", "Share whose best fit it is (first choice)", { ($0.first, $0.firstSE) },
            "Ties are shared; none is for those who would refuse every product.")),
        .table(
          table(
            "shares-randomised", "Share when fits are blurred (randomised first choice)",
            { ($0.randomised, $0.randomisedSE) },
            "Extreme-value noise of 10 points is on every fit before the best is taken.")),
      ])
  }

  /// The sets of media, products and features that reach most.
  func bestSetsSection(_ fit: FitResult) -> ReportSection? {
    guard !fit.reachSets.isEmpty else { return nil }
    let names = FitNames(study: results.study, fit: fit)
    let audiences = audiences(fit)
    func label(_ kind: ReachSet.Kind, _ item: String) -> String {
      switch kind {
      case .channels: fit.channels.first { $0.channel == item }?.label ?? item
      case .products: names.product(item)
      case .features: names.feature(item)
      }
    }
    let titles: [(ReachSet.Kind, String, String)] = [
      (.channels, "Channels", "A person is reached who uses one of them."),
      (.products, "Products", "A person is reached whom one of them fits by 50 points or more."),
      (
        .features, "Features",
        "A person is reached if one of them serves strongly (9) a need in their top two boxes."
      ),
    ]
    let tables = titles.compactMap { kind, title, note -> Block? in
      let sets = fit.reachSets.filter { $0.kind == kind && $0.reach != nil }
      guard !sets.isEmpty else { return nil }
      let ordered = audiences.flatMap { audience in sets.filter { $0.segment == audience.id } }
      return .table(
        ReportTable(
          id: "best-\(kind.rawValue)", caption: title,
          columns: [
            .init("Audience"), .init("Set"), .init("Reach", isNumeric: true),
            .init("Of them by", isNumeric: true), .init("Index", isNumeric: true),
            .init("One by one", isNumeric: true),
          ],
          rows: ordered.map { set in
            [
              .init(
                RichText(audiences.first { $0.id == set.segment }?.title ?? ""), isHeader: true),
              .init(
                RichText(
                  set.items.map { label(kind, $0) }.joined(separator: ", ")
                    + (set.isOptimal ? "" : " (may not be the best)"))),
              .init(
                RichText(numbers.percent(set.reach)), value: set.reach,
                hint: set.se.map { "standard error \(numbers.percent($0, decimals: 1))" } ?? "",
                shade: set.reach.map { .sequential($0) } ?? .none),
              .init(RichText(numbers.number(set.frequency, decimals: 2)), value: set.frequency),
              .init(RichText(numbers.number(set.affinity)), value: set.affinity),
              .init(RichText(numbers.percent(set.greedyReach)), value: set.greedyReach),
            ]
          },
          notes: [
            note
              + " The index is 100 where the audience is reached like everybody; \"of them by\" is "
              + "how many of the set reach a person on average; \"one by one\" is the reach when the "
              + "next best is added each time."
          ]))
    }
    guard !tables.isEmpty else { return nil }
    return ReportSection(
      id: "best-sets", title: "The sets that reach most",
      blocks: tables.count > 1
        ? [tables[0], .details(summary: "Products and features", Array(tables.dropFirst()))]
        : tables)
  }
}
