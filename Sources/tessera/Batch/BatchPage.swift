import Foundation
import TesseraReport
import TesseraStudy

/// The page over all exports of a batch: what came out of each, with links.
struct BatchPage {
  let folder: String
  let rows: [BatchLedger.Row]
  let numbers: NumberStyle

  /// What a finished job says in a line.
  private struct Summary {
    var people = ""
    var segments = ""
    var verdict = ""
    var fit = ""
    var drift = ""
    var link: String?
  }

  /// The page.
  var html: String { HTMLWriter(numbers: numbers).text(of: document) }

  private var document: ReportDocument {
    let done = rows.filter { $0.state == .done }
    let failed = rows.filter { $0.state == .failed }
    var sections = [
      ReportSection(
        id: "exports", title: "Exports",
        claim: failed.isEmpty
          ? rows.count == 1 ? "The export is done." : "All \(done.count) exports are done."
          : "\(done.count) of \(rows.count) exports are done; \(failed.count) failed.",
        blocks: [.table(table(done))])
    ]
    if !failed.isEmpty {
      sections.append(
        ReportSection(id: "failures", title: "Failures", blocks: [.table(failures(failed))]))
    }
    return ReportDocument(
      title: "Batch", subtitle: rows.count == 1 ? "1 export" : "\(rows.count) exports",
      sections: sections,
      footer: "Tessera \(TesseraVersion.current)")
  }

  private func table(_ done: [BatchLedger.Row]) -> ReportTable {
    ReportTable(
      id: "exports", caption: "What came out of each export",
      columns: [
        .init("Export"), .init("People", isNumeric: true), .init("Segments"), .init("Verdict"),
        .init("Best fit"), .init("Drift"),
      ],
      rows: done.map { row in
        let one = summary(row)
        let name = RichText(
          [one.link.map { .link(row.output, to: "\(row.output)/\($0)") } ?? .plain(row.output)])
        return [
          .init(name, isHeader: true), .init(RichText(one.people)), .init(RichText(one.segments)),
          .init(RichText(one.verdict)), .init(RichText(one.fit)), .init(RichText(one.drift)),
        ]
      })
  }

  private func failures(_ failed: [BatchLedger.Row]) -> ReportTable {
    ReportTable(
      id: "failures", caption: "Exports that failed, and why",
      columns: [.init("Export"), .init("Reason")],
      rows: failed.map {
        [.init(RichText($0.output), isHeader: true), .init(RichText($0.reason))]
      },
      notes: ["tessera batch retry \(folder) tries them again."])
  }

  private func summary(_ row: BatchLedger.Row) -> Summary {
    var result = Summary()
    if row.rows > 0 { result.people = numbers.number(Double(row.rows)) }
    if let drift = json(row, "drift.json") {
      result.link = "assignments.csv"
      result.segments = shares(drift["segments"]?.array ?? [])
      if result.people.isEmpty { result.people = numbers.number(drift["respondents"]?.number) }
      let moved = (drift["questions"]?.array ?? []).filter { $0["beyond_chance"] == .bool(true) }
      let largest = moved.max {
        ($0["stability_index"]?.number ?? 0) < ($1["stability_index"]?.number ?? 0)
      }
      result.drift =
        largest.map {
          "\(moved.count) questions; most \($0["label"]?.string ?? "") "
            + "(\(numbers.number($0["stability_index"]?.number, decimals: 2)))"
        } ?? "none beyond chance"
      return result
    }
    result.link = "report.html"
    if let model = json(row, "segments.json") {
      result.segments = shares(model["segments"]?.array ?? [])
      if result.people.isEmpty { result.people = numbers.number(model["respondents"]?.number) }
    }
    if let verdict = json(row, "run.json")?["verdict"]?["kind"]?.string {
      result.verdict = verdict.replacing("-", with: " ")
    }
    if let fit = json(row, "fit.json") { result.fit = best(fit) }
    return result
  }

  private func shares(_ segments: [JSONValue]) -> String {
    segments.map { segment in
      let name = [segment["name"]?.string, segment["id"]?.string].compactMap { $0 }
        .first { !$0.isEmpty }
      return "\(name ?? "") \(numbers.percent(segment["share"]?.number))"
    }.joined(separator: ", ")
  }

  /// The product that fits best in most segments.
  private func best(_ fit: JSONValue) -> String {
    var first: [String: (product: String, fit: Double)] = [:]
    for cell in fit["cells"]?.array ?? [] {
      guard let segment = cell["segment"]?.string, let product = cell["product"]?.string,
        let value = cell["fit"]?.number, value > first[segment]?.fit ?? -1
      else { continue }
      first[segment] = (product, value)
    }
    let counts = Dictionary(first.values.map { ($0.product, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) in \($0.value)" }.joined(separator: ", ")
  }

  private func json(_ row: BatchLedger.Row, _ name: String) -> JSONValue? {
    FileManager.default.contents(atPath: "\(folder)/\(row.output)/\(name)").flatMap {
      try? JSONValue.parse($0)
    }
  }
}
