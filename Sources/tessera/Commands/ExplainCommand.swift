import ArgumentParser
import Foundation
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera explain`: one cell in sentences, or more about an error.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why a product fits a segment as it does: the ledger in sentences.",
    discussion: """
      With an error's code in place of a folder it tells more about that error. Without --product \
      and --segment it lists what can be asked.

      EXAMPLES
        tessera explain study-tessera                  what can be asked
        tessera explain study-tessera --product coupe --segment S1
        tessera explain study.yaml --product suv --segment Families
        tessera explain E0401
      """)

  @Argument(help: "Folder of a finished run, a study file, or an error's code.")
  var subject: String

  @Option(help: "The product, by name or label.")
  var product: String?

  @Option(help: "The segment, by id or name.")
  var segment: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    if subject.wholeMatch(of: /E\d{4}/) != nil {
      try explainError()
      return
    }
    let fit = try self.fit()
    guard let product, let segment else {
      try list(fit)
      return
    }
    guard let sentences = Explanation.sentences(fit, segment: segment, product: product) else {
      throw unknown(product, segment, in: fit)
    }
    let mismatches = fit.mismatches.filter { mismatch in
      matches(mismatch.product, product, fit.products.map { ($0.name, $0.label) })
        && matches(mismatch.segment, segment, fit.segments.map { ($0.id, $0.name) })
    }
    let shortfalls = fit.shortfalls.filter { shortfall in
      matches(shortfall.product, product, fit.products.map { ($0.name, $0.label) })
        && matches(shortfall.segment, segment, fit.segments.map { ($0.id, $0.name) })
    }
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.explanation/1", "product": product, "segment": segment,
          "sentences": sentences, "mismatches": mismatches.map(\.sentence),
          "shortfalls": shortfalls.map(\.sentence),
        ] as JSONValue).text)
      return
    }
    try Console.out(
      (sentences + mismatches.map { "Mismatch: \($0.sentence)" }
        + shortfalls.map { "Still missing: \($0.sentence)" }).map {
          NumberStyle.english.amounts(in: $0)
        }.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n"))
  }

  /// Products and segments, with their fits: what can be asked.
  private func list(_ fit: FitResult) throws {
    guard !fit.products.isEmpty else {
      throw UsageError(
        message: "the run has no products, and so no fit to explain",
        hint: "add products: and relations: to the study; tessera help study products tells how")
    }
    if output.json {
      try Console.out(
        ([
          "schema": "tessera.explanation/1",
          "products": JSONValue.list(fit.products) { ["name": $0.name, "label": $0.label] },
          "segments": JSONValue.list(fit.segments) { ["id": $0.id, "name": $0.name] },
        ] as JSONValue).text)
      return
    }
    var lines = ["Fit of each product in each segment (0 to 100); every cell can be explained:"]
    lines += FitTable.grid(fit)
    lines += ["", "--product takes:"]
    lines += fit.products.map { "  \(Self.told($0.name, $0.label))" }
    lines += ["--segment takes:"]
    lines += fit.segments.map { "  \(Self.told($0.id, $0.name))" }
    let first = fit.products[0].name
    let segment = fit.segments.first?.id ?? "S1"
    lines += [
      "", "For example: tessera explain \(subject) --product \(first) --segment \(segment)",
    ]
    try Console.out(lines.map { DisplayText.escaped($0, limit: 400) }.joined(separator: "\n"))
  }

  private static func told(_ name: String, _ label: String) -> String {
    label == name || label.isEmpty ? name : "\(name)  (\(label))"
  }

  private func fit() throws -> FitResult {
    let finished = try FinishedRun(subject, moved)
    if let fit = try finished.fit() {
      if let doubt = finished.doubt { output.warn(doubt) }
      return fit
    }
    let settings = work.settings(output)
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, warn: output.warn)
    return try ProductFit.run(study, segmented, settings: settings)
  }

  private func matches(
    _ name: String, _ typed: String, _ known: [(name: String, label: String)]
  ) -> Bool {
    name == typed || known.contains { $0.name == name && $0.label == typed }
  }

  private func unknown(_ product: String, _ segment: String, in fit: FitResult) -> UsageError {
    let products = fit.products.flatMap { [$0.name, $0.label] }
    if !products.contains(product) {
      return UsageError(
        message: "there is no product '\(DisplayText.escaped(product))'",
        hint: NearestName.question(product, among: products)
          ?? "products: " + fit.products.map(\.name).joined(separator: ", "))
    }
    let segments = fit.segments.flatMap { [$0.id, $0.name] }
    return UsageError(
      message: "there is no segment '\(DisplayText.escaped(segment))'",
      hint: NearestName.question(segment, among: segments)
        ?? "segments: " + fit.segments.map(\.display).joined(separator: ", "))
  }

  private func explainError() throws {
    guard let text = ErrorGuide.text(for: subject) else {
      throw UsageError(
        message: "there is no error \(subject)", hint: "error codes look like E0101")
    }
    if output.json {
      try Console.out(
        (["code": subject, "text": text] as JSONValue).text)
    } else {
      try Console.out("\(subject): \(text)")
    }
  }
}
