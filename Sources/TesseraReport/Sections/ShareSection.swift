import TesseraProductFit

extension StudyReport {
  /// What the fit implies beyond each cell: shares, best sets, the classic tables, judgements.
  func furtherSections(_ fit: FitResult) -> [ReportSection] {
    let questions = QuestionReport(study: results.study, fit: fit, numbers: numbers)
    return [
      shareSection(fit), scenarioSection(fit), questions.bestSetsSection(), houseSection(fit),
      judgementSection(fit),
      questions.questionSection(),
    ].compactMap { $0 }
  }

  /// The audiences of a table: everybody, then the segments.
  func audiences(_ fit: FitResult) -> [(id: String?, title: String)] {
    FitNames(study: results.study, fit: fit).audiences
  }

  /// Who would take what, if everybody could have any of the products.
  func shareSection(_ fit: FitResult) -> ReportSection? {
    guard fit.shares.contains(where: { $0.first != nil }) else { return nil }
    let audiences = audiences(fit)
    var products = fit.products.map { (name: Optional($0.name), label: $0.label) }
    products.append((nil, "None of them"))
    let open = fit.products.filter { product in
      fit.cells.contains { $0.product == product.name && ($0.fitMax ?? 0) - ($0.fitMin ?? 0) >= 1 }
    }
    let unknown =
      open.isEmpty
      ? []
      : [
        "Features of \(Findings.list(open.map(\.label))) are unknown: all shares here take the "
          + "middle between their least and greatest fit."
      ]
    func table(
      _ id: String, _ caption: String,
      _ value: (PreferenceShare) -> (share: Double?, error: Double?, low: Double?, high: Double?),
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
              }.map(value)
              let range = one?.low.flatMap { low in
                one?.high.map { " (\(numbers.percent(low)) to \(numbers.percent($0)))" }
              }
              return .init(
                RichText(numbers.percent(one?.share) + (range ?? "")),
                // A number alone would hide what unknown features leave open.
                value: id == "shares-first" && range != nil ? nil : one?.share,
                hint: one?.error.map { "standard error \(numbers.percent($0, decimals: 1))" } ?? "",
                shade: one?.share.map { .sequential($0) } ?? .none)
            }
        }, notes: [note] + unknown)
    }
    let isOpen = fit.shares.contains { $0.firstMin != nil }
    let assumed =
      " In brackets the range at 5, 10 and 20 points of noise: how noisy choices are is an assumption, "
      + "as long as no choices are known."
    return ReportSection(
      id: "shares", title: "Preference shares",
      blocks: [
        .paragraph(
          "Preference among these products with full awareness and distribution: no forecast of "
            + "sales."),
        .table(
          table(
            "shares-first", "First choice: share whose best fit it is",
            { ($0.first, $0.firstSE, $0.firstMin, $0.firstMax) },
            "Ties are shared; none is for those who would refuse every product."
              + (isOpen
                ? " In brackets the widest range that unknown features leave." : ""))),
        .table(
          table(
            "shares-preference", "Share of preference",
            {
              (
                $0.preference, $0.preferenceSE, $0.preferenceMin ?? $0.preferenceLow,
                $0.preferenceMax ?? $0.preferenceHigh
              )
            },
            "The logit of the fit: look-alikes take from all others alike."
              + (isOpen
                ? " In brackets the widest range that unknown features leave, at 10 points of noise."
                : assumed))),
        .table(
          table(
            "shares-randomised", "Randomised first choice",
            { ($0.randomised, $0.randomisedSE, $0.randomisedLow, $0.randomisedHigh) },
            "500 draws a person (fewer where people are many) with errors on feature levels, which "
              + "look-alikes share, and on barriers and products; who accepts nothing takes none."
              + assumed)),
      ])
  }
}
