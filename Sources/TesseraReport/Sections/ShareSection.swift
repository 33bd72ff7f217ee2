import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// What the fit implies beyond each cell: shares, best sets, the classic tables, judgements.
  func furtherSections(_ fit: FitResult) -> [ReportSection] {
    let questions = QuestionReport(study: results.study, fit: fit, numbers: numbers)
    return [
      shareSection(fit), questions.bestSetsSection(), houseSection(fit), judgementSection(fit),
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
}
