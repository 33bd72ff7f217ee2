import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// How segments are reached and how far they are: channels and funnel.
  func reachSection(_ fit: FitResult) -> ReportSection? {
    var blocks: [Block] = []
    if !fit.channels.isEmpty { blocks.append(.table(channelTable(fit))) }
    if !fit.funnel.isEmpty {
      blocks.append(.heading("From knowing to buying"))
      blocks += funnelTables(fit)
    }
    guard !blocks.isEmpty else { return nil }
    return ReportSection(id: "reach", title: "How to reach and win them", blocks: blocks)
  }

  private func channelTable(_ fit: FitResult) -> ReportTable {
    let first = fit.segments.first?.id
    let channels = fit.channels.filter { $0.segment == first }
    return ReportTable(
      id: "channels", caption: "Reach of each channel, with its index against everybody",
      columns: [.init("Channel")]
        + fit.segments.map { .init("\($0.id) \($0.name)", isNumeric: true) },
      rows: channels.map { channel in
        [.init(RichText(channel.label), isHeader: true)]
          + fit.segments.map { segment in
            let reach = fit.channels.first {
              $0.segment == segment.id && $0.channel == channel.channel
            }
            let index = reach?.affinity.map { " (\(numbers.number($0)))" } ?? ""
            return .init(
              RichText(numbers.percent(reach?.reach) + index), value: reach?.reach,
              shade: reach?.affinity.map { .diverging(($0 - 100) / 100) } ?? .none)
          }
      }, notes: ["100 is the reach among everybody; 200 is twice that."])
  }

  private func funnelTables(_ fit: FitResult) -> [Block] {
    var products: [String] = []
    for step in fit.funnel where !products.contains(step.product) { products.append(step.product) }
    return products.map { product in
      let steps = fit.funnel.filter { $0.product == product }
      var names: [String] = []
      for step in steps where !names.contains(step.step) { names.append(step.step) }
      let label = fit.products.first { $0.name == product }?.label ?? product
      return .table(
        ReportTable(
          id: "funnel-\(Escape.slug(product.isEmpty ? "all" : product))",
          caption: product.isEmpty ? "Share who got to each step" : "\(label): share at each step",
          columns: [.init("Step")]
            + fit.segments.map { .init("\($0.id) \($0.name)", isNumeric: true) },
          rows: names.map { name in
            let title = steps.first { $0.step == name }?.label ?? name
            return [.init(RichText(title), isHeader: true)]
              + fit.segments.map { segment in
                let step = steps.first { $0.segment == segment.id && $0.step == name }
                var text = numbers.percent(step?.share)
                if let conversion = step?.conversion {
                  text += " (\(numbers.percent(conversion)) of the step before)"
                }
                return .init(
                  RichText(text), value: step?.share,
                  hint: "95% interval \(numbers.percent(step?.low)) to "
                    + numbers.percent(step?.high),
                  shade: step?.share.map { .sequential($0) } ?? .none)
              }
          }))
    }
  }

  /// How it was done: settings, quality, warnings, inputs.
  func methodSection() -> ReportSection {
    let segmentation = results.segmentation
    var blocks: [Block] = []
    let warnings = segmentation.warnings + (results.fit?.warnings ?? [])
    if !warnings.isEmpty {
      blocks.append(.heading("Warnings"))
      blocks += warnings.map { .note(.warning, RichText($0)) }
    }
    if !results.dataNotes.isEmpty {
      blocks.append(.heading("What was found in the data"))
      blocks.append(.list(results.dataNotes.map { RichText($0) }, numbered: false))
    }
    blocks.append(.heading("Quality of the segmentation"))
    blocks.append(.table(qualityTable()))
    blocks.append(.heading("Settings and inputs"))
    blocks.append(
      .table(
        ReportTable(
          id: "settings", caption: "Settings", columns: [.init("Setting"), .init("Value")],
          rows: results.settings.map {
            [.init(RichText($0.name), isHeader: true), .init(RichText($0.value))]
          })))
    blocks.append(
      .table(
        ReportTable(
          id: "inputs", caption: "Inputs", columns: [.init("File"), .init("SHA-256")],
          rows: results.inputs.map {
            [.init(RichText($0.name), isHeader: true), .init(RichText($0.sha256))]
          })))
    if results.minimumCell > 1 {
      blocks.append(
        .paragraph(
          RichText(
            "Cells of fewer than \(results.minimumCell) respondents are suppressed, and others with "
              + "them where a total would give them back; * marks cells of fewer than 30.")))
    }
    return ReportSection(id: "method", title: "Method, quality and settings", blocks: blocks)
  }

  private func qualityTable() -> ReportTable {
    let one = results.segmentation
    var rows: [(String, String)] = [
      ("Method", one.method), ("Respondents", numbers.number(one.respondents)),
      ("Effective number of respondents", numbers.number(one.effectiveSampleSize)),
    ]
    func add(_ name: String, _ value: Double?, _ decimals: Int) {
      if value != nil { rows.append((name, numbers.number(value, decimals: decimals))) }
    }
    add("Log-likelihood", one.logLikelihood, 2)
    add("Parameters", one.parameters.map(Double.init), 0)
    add("AIC", one.aic, 1)
    add("BIC", one.bic, 1)
    add("ICL", one.icl, 1)
    add("Entropy R²", one.entropyR2, 3)
    if one.starts.run > 0 {
      rows.append(
        ("Starts that found the best", "\(one.starts.reachedBest) of \(one.starts.run)"))
    }
    for criterion in one.criteria { add(criterion.name, criterion.value, 3) }
    return ReportTable(
      id: "quality", caption: "", columns: [.init("Measure"), .init("Value", isNumeric: true)],
      rows: rows.map { [.init(RichText($0.0), isHeader: true), .init(RichText($0.1))] })
  }
}
