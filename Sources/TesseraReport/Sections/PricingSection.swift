import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// What people do at the prices of each product; `nil` where the study says nothing of prices.
  func pricingSection(_ fit: FitResult) -> ReportSection? {
    let reports = fit.pricesByProduct.map {
      PricingReport($0, segments: fit.segments, numbers: numbers)
    }.filter { report in
      report.pricing.audiences.first.map { !$0.points.isEmpty || !$0.curves.isEmpty } ?? false
    }
    guard !reports.isEmpty else { return nil }
    var blocks: [Block] = [
      .paragraph(
        "What people would do at other prices, everything else as it is. tessera price tells more of "
          + "one product.")
    ]
    for report in reports {
      var own: [Block] = [report.chart.map { .chart($0) }].compactMap(\.self)
      own += report.pricing.disagreements.map { .paragraph(RichText(numbers.amounts(in: $0))) }
      own.append(.table(report.audienceTable))
      let other = report.pricing.audiences.first.flatMap(report.otherTable)
      if let other { own.append(.table(other)) }
      if reports.count <= Self.shownPrices {
        blocks += [.heading(report.pricing.label)] + own
      } else {
        blocks.append(.details(summary: report.pricing.label, own))
      }
    }
    blocks += reports.prefix(1).map { .note(.info, RichText($0.notes)) }
    return ReportSection(id: "prices-by-product", title: "What price", blocks: blocks)
  }

  /// Products whose prices are shown without being asked for.
  private static let shownPrices = 6
}
