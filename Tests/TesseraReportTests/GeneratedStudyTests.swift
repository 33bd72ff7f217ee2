import Foundation
import TesseraMath
import TesseraProductFit
import TesseraReport
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Small random studies, and what may be said of each.
///
/// `TESSERA_STUDIES` says how many are tried; a few by default.
@Suite("Sentences of generated studies")
struct GeneratedStudyTests {
  private static let count = ProcessInfo.processInfo.environment["TESSERA_STUDIES"].flatMap(
    Int.init)

  @Test func `no sentence contradicts its number`() throws {
    for seed in 0..<(Self.count ?? 40) { try check(seed: UInt64(seed)) }
  }

  private func check(seed: UInt64) throws {
    let study = GeneratedStudy(seed: seed)
    let fit = try ProductFit.run(study.source(), study.segmented, settings: study.settings)
    var results = SampleResults.make()
    results.study = study.file
    results.segmentation.segments = study.segmented.segments
    results.profiles.segments = []
    results.fit = fit
    let findings = Findings(results).sentences
    let place = "study \(seed): "

    // What does not suit a segment, and what is called a mismatch, fits clearly worse than another.
    for mismatch in fit.mismatches {
      #expect(isBeaten(mismatch.segment, mismatch.product, fit), "\(place)\(mismatch.sentence)")
    }
    if let words = findings[1].wholeMatch(of: #/The (\S+) does not suit (\S+): .*/#) {
      #expect(isBeaten(String(words.2), String(words.1), fit), "\(place)\(findings[1])")
    }
    // What "does not suit" fits far less than another.
    if let words = findings[1].firstMatch(of: #/The (\S+) does not suit (\S+): fit (\d+)/#) {
      let best = fit.cells.filter { $0.segment == words.2 }.compactMap(\.fit).max() ?? 0
      let own = try #require(Double(words.3))
      #expect(own <= 75 && best - own >= 9.5, "\(place)\(findings[1])")
    }
    if let words = findings[1].firstMatch(of: #/the (\S+) fits best there/#) {
      let segment = try #require(findings[1].firstMatch(of: #/(?:suit|well for) (\S+):/#)).1
      let best = fit.cells.filter { $0.segment == segment }.max { ($0.fit ?? 0) < ($1.fit ?? 0) }
      #expect(best?.product == String(words.1), "\(place)\(findings[1])")
    }

    // "Most of it" goes to the segment with the largest size times gain.
    if let words = findings[2].firstMatch(of: #/most of it for (\S+) /#) {
      let all = fit.improvements.isEmpty ? fit.proposals.map(\.improvement) : fit.improvements
      let change = try #require(
        all.first { findings[2].contains("for the \($0.product) ") && $0.low > 0 })
      func part(_ segment: String) -> Double {
        let share = fit.segments.first { $0.id == segment }?.share ?? 0
        return share * (change.bySegment.first { $0.segment == segment }?.gain ?? 0)
      }
      let own = part(String(words.1))
      for segment in fit.segments {
        #expect(own >= part(segment.id) - 1e-9, "\(place)\(findings[2])")
      }
    }

    // Only a barrier of strength 1 stops anybody.
    var texts = (fit.mismatches + fit.shortfalls).map(\.sentence)
    for segment in fit.segments {
      for product in fit.products {
        texts += Explanation.sentences(fit, segment: segment.id, product: product.name) ?? []
      }
    }
    for barrier in fit.barriers {
      let word = barrier.strength < 1 ? "stop" : "slow"
      for text in texts where text.contains(barrier.label) {
        #expect(!text.contains(word), "\(place)\(text)")
      }
    }
    if fit.barriers.allSatisfy({ $0.strength < 1 }) {
      let report =
        MarkdownWriter(chartFolder: "charts").text(of: StudyReport(results).document)
        + MarkdownWriter().text(of: StudyReport(results).appendix)
      #expect(!report.contains(#/\bstops? \d/#), "\(place)")
    }

    try checkRemedies(study, fit, place)
    #expect(findings.allSatisfy { !$0.contains("one group") }, "\(place)\(findings[0])")
    #expect(texts.allSatisfy { !$0.contains("passed") })
  }

  /// What would lift a barrier frees everybody it hit; what would close a loss closes it.
  private func checkRemedies(_ study: GeneratedStudy, _ fit: FitResult, _ place: String) throws {
    for loss in fit.mismatches + fit.shortfalls where !loss.needed.isEmpty {
      var changed = study
      if loss.needed.contains(" and ") {
        for part in loss.needed.components(separatedBy: " and ") {
          let words = part.split(separator: " ", maxSplits: 1).map(String.init)
          changed.set(words[0], words[1], of: loss.product)
        }
      } else {
        changed.set(loss.feature, loss.needed, of: loss.product)
      }
      let after = try ProductFit.run(changed.source(), study.segmented, settings: study.settings)
      let (old, new) = (
        try #require(fit.cell(segment: loss.segment, product: loss.product)?.ledger),
        try #require(after.cell(segment: loss.segment, product: loss.product)?.ledger)
      )
      // What closes one gap is told only where it opens none that is larger.
      let (fitBefore, fitAfter) = (
        try #require(fit.cell(segment: loss.segment, product: loss.product)?.fit),
        try #require(after.cell(segment: loss.segment, product: loss.product)?.fit)
      )
      #expect(fitAfter >= fitBefore - 1e-6, "\(place)\(loss.sentence)")
      switch loss.cause {
      case .barrier(let name):
        let share = new.barriers.first { $0.barrier == name }?.shareAffected
        #expect(share == 0, "\(place)\(loss.sentence)")
      case .need(let name):
        let before = try #require(old.needs.first { $0.need == name })
        let now = try #require(new.needs.first { $0.need == name })
        let own = now.features.first { $0.feature == loss.feature }?.loss ?? 0
        #expect(own <= 3 + 1e-6, "\(place)\(loss.sentence)")
        #expect(before.loss - now.loss >= loss.points - 3 - 1e-6, "\(place)\(loss.sentence)")
      }
    }
  }

  private func isBeaten(_ segment: String, _ product: String, _ fit: FitResult) -> Bool {
    fit.contrasts.contains {
      $0.segment == segment && $0.product == product && ($0.difference ?? 0) < 0
        && ($0.high ?? 1) < 0 && ($0.differenceMax ?? -1) < 0
    }
  }
}

/// A study drawn at random: needs, features, products, barriers and people.
struct GeneratedStudy {
  var file: StudyFile
  var cells: [[ProductTable.Level?]]
  let relations: [[Double]]
  let segmented: SegmentedSurvey
  var settings = RunSettings()

  init(seed: UInt64) {
    var stream = RandomStream(seed: seed + 77)
    let (needs, features, products) = (
      2 + stream.below(3), 2 + stream.below(4), 2 + stream.below(3)
    )
    file = StudyFile(
      title: "Drawn", survey: SurveyDeclaration(files: ["people.csv"]),
      segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    let combinations = NeedDeclaration.Combination.allCases
    file.needs = (0..<needs).map {
      NeedDeclaration(
        name: "n\($0)", importance: "i\($0)",
        combine: combinations[stream.below(combinations.count)])
    }
    file.features = (0..<features).map { number in
      FeatureDeclaration(
        name: "f\(number)",
        value: stream.below(4) == 0
          ? .levels([
            .init(name: "low", value: 0), .init(name: "mid", value: 0.6),
            .init(name: "top", value: 1),
          ]) : stream.below(3) == 0 ? .linear(10, 0) : .linear(0, 10))
    }
    let isNamed = file.features.map { if case .levels = $0.value { true } else { false } }
    cells = (0..<products).map { _ in
      (0..<features).map { feature in
        if stream.below(12) == 0 { return nil }
        return isNamed[feature]
          ? .name(["low", "mid", "top"][stream.below(3)]) : .number(Double(stream.below(11)))
      }
    }
    var relations = (0..<needs).map { _ in
      (0..<features).map { _ in [0.0, 0, 1, 3, 9, 9, -3][stream.below(7)] }
    }
    for need in 0..<needs where relations[need].allSatisfy({ $0 == 0 }) { relations[need][0] = 9 }
    self.relations = relations
    let isWeak = stream.below(2) == 0
    file.barriers = (0..<stream.below(3)).map { number in
      func statement() -> String {
        let feature = stream.below(features)
        return isNamed[feature]
          ? "f\(feature) < \(["mid", "top"][stream.below(2)])"
          : "f\(feature) \(["<", ">"][stream.below(2)]) \(2 + stream.below(7))"
      }
      let joined =
        stream.below(3) == 0
        ? statement() : "\(statement()) \(["or", "and"][stream.below(2)]) \(statement())"
      return BarrierDeclaration(
        name: "b\(number)", label: "barrier\(number)", violatedWhen: joined,
        heldBy: stream.below(2) == 0 ? "held < \(1 + stream.below(4))" : nil,
        strength: isWeak ? Double(1 + stream.below(9)) / 10 : 1)
    }
    let count = 60 + stream.below(60)
    let groups = 2 + stream.below(2)
    let members = (0..<count).map { $0 < groups ? $0 : stream.below(groups) }
    let means = (0..<groups).map { _ in (0..<needs).map { _ in 1 + 4 * stream.uniform() } }
    var variables = (0..<needs).map { need in
      Variable(
        name: "i\(need)", level: .numeric,
        answers: .numbers(
          members.map { min(5, max(1, (means[$0][need] + stream.normal()).rounded())) }))
    }
    variables.append(
      Variable(
        name: "held", level: .numeric,
        answers: .numbers(members.map { _ in Double(stream.below(5)) })))
    var posterior = Matrix(rows: count, columns: groups)
    for (row, group) in members.enumerated() { posterior[row, group] = 1 }
    segmented = SegmentedSurvey(
      survey: Survey(variables: variables),
      design: SurveyDesign(kind: .sampling, weights: [Double](repeating: 1, count: count)),
      sourceRows: Array(0..<count),
      segments: (0..<groups).map { group in
        let size = members.count { $0 == group }
        return Segment(
          id: "G\(group)", name: "G\(group)", share: Double(size) / Double(count),
          respondents: Double(size))
      }, posterior: posterior, resegmenter: nil)
    settings.replicates = 0
    settings.minimumCell = 1
  }

  /// Gives a product the level that words ask for, such as "at least 4".
  mutating func set(_ feature: String, _ words: String, of product: String) {
    guard let row = Int(product.dropFirst()),
      let column = file.features.firstIndex(where: { $0.name == feature }),
      let last = words.split(separator: " ").last
    else { return }
    cells[row][column] = Double(last).map { .number($0) } ?? .name(String(last))
  }

  func source() -> FitSource {
    FitSource(
      file: file, path: "study.yaml",
      products: ProductTable(
        names: cells.indices.map { "p\($0)" }, features: file.features.map(\.name), cells: cells,
        file: "products.csv"),
      relations: RelationTable(
        needs: file.needs.map(\.name), features: file.features.map(\.name), strength: relations,
        file: "relations.csv"))
  }
}
