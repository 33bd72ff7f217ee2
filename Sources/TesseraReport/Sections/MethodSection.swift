import TesseraProductFit
import TesseraStudy

extension StudyReport {
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
    blocks.append(.paragraph(RichText(results.privacySentences.joined(separator: " "))))
    return ReportSection(id: "method", title: "Method, quality and settings", blocks: blocks)
  }

  /// What criteria are called that the files know by keys.
  private static let criterionNames = [
    "aic3": "AIC3", "caic": "CAIC", "icl_hard": "ICL (hard assignment)",
    "bic_effective": "BIC (effective number of respondents)",
    "classification_error": "Classification error", "log_prior": "Log prior", "g2": "G²",
    "x2": "X²", "silhouette": "Silhouette", "within_ss": "Sum of squares within",
    "cost": "Cost",
  ]

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
    for criterion in one.criteria {
      if criterion.name == "identified" {
        rows.append(("Determined by the answers", criterion.value == 1 ? "yes" : "no"))
      } else {
        add(Self.criterionNames[criterion.name] ?? criterion.name, criterion.value, 3)
      }
    }
    return ReportTable(
      id: "quality", caption: "", columns: [.init("Measure"), .init("Value", isNumeric: true)],
      rows: rows.map { [.init(RichText($0.0), isHeader: true), .init(RichText($0.1))] })
  }
}
