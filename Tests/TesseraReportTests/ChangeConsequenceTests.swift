import TesseraMath
import TesseraProductFit
import TesseraReport
import Testing

@testable import TesseraStudy

/// What the first sentence says that a change wins, held against the study with the change made.
@Suite("What a change wins")
struct ChangeConsequenceTests {
  /// Ends of the sentence that were met.
  private enum End: Hashable { case behind, none, some, all }

  @Test func `the segments named are those that the changed product leads`() throws {
    var met: [End: Int] = [:]
    for seed in 0..<160 {
      if let end = try check(seed: UInt64(seed)) { met[end, default: 0] += 1 }
    }
    // Each of them was put to the test.
    for end in [End.behind, .none, .some, .all] { #expect(met[end, default: 0] > 0, "\(end)") }
  }

  private func check(seed: UInt64) throws -> End? {
    var study = GeneratedStudy(seed: seed)
    let change = Self.change(study, seed: seed)
    guard !change.set.isEmpty else { return nil }
    study.file.edits = [change]
    let fit = try ProductFit.run(study.source(), study.segmented, settings: study.settings)
    var results = SampleResults.make()
    results.study = study.file
    results.segmentation.segments = study.segmented.segments
    results.profiles.segments = []
    results.fit = fit
    let sentence = Findings(results).headline
    // Where the change leaves its product behind everywhere, what fits comes first.
    let gains = fit.improvements.contains { $0.least > 0.5 }
    let isOffer = gains && sentence.hasPrefix("Offer ")
    // Neither is a lower price the first thing to do by the fit alone.
    let isPrice = change.set.allSatisfy { setting in
      fit.features.first { $0.name == setting.feature }?.isPrice == true
    }
    if isPrice, isOffer { return nil }
    guard isOffer || sentence.hasPrefix("The one change listed, setting") else { return nil }

    var changed = study
    for setting in change.set { changed.set(setting.feature, setting.level, of: change.product) }
    let after = try ProductFit.run(changed.source(), study.segmented, settings: study.settings)
    func lead(_ segment: String) throws -> Double {
      let own = try #require(after.cell(segment: segment, product: change.product)?.fit)
      let others = after.cells.filter { $0.segment == segment && $0.product != change.product }
      return own - (others.compactMap(\.fit).max() ?? 0)
    }
    let leads = try after.segments.map { try lead($0.id) }
    let place = "study \(seed): \(sentence)"
    if isOffer || sentence.contains("another product still fits every segment better") {
      #expect(leads.allSatisfy { $0 < 0 }, "\(place)")
      return .behind
    }
    if sentence.hasSuffix("it would then be the best for all.") {
      #expect(leads.allSatisfy { $0 > 0 }, "\(place)")
      return .all
    }
    if let words = sentence.firstMatch(
      of: #/it would then be the best for (.+), and elsewhere level with another or behind/#)
    {
      let named = after.segments.indices.filter { words.1.contains(after.segments[$0].name) }
      for segment in named { #expect(leads[segment] > 0, "\(place)") }
      #expect(!named.isEmpty && named.count < after.segments.count, "\(place)")
      return .some
    }
    guard sentence.contains("it would not clearly be the best for any further segment") else {
      return nil
    }
    // A segment that it leads by four errors after the change it led before.
    for segment in after.segments {
      let own = after.contrasts.filter {
        $0.segment == segment.id && $0.product == change.product
      }
      let isKnown = !(fit.cells + after.cells).contains {
        $0.segment == segment.id && $0.unknownRange != nil
      }
      guard isKnown, own.allSatisfy({ ($0.difference ?? 0) > 4 * ($0.se ?? .infinity) }) else {
        continue
      }
      #expect(fit.leaders(in: segment.id).map(\.product) == [change.product], "\(place)")
    }
    return End.none
  }

  /// A product's first number or level moved to an end, on products drawn at random.
  private static func change(_ study: GeneratedStudy, seed: UInt64) -> EditDeclaration {
    var stream = RandomStream(seed: seed + 991)
    let product = stream.below(study.cells.count)
    let settings = study.file.features.enumerated().compactMap {
      column, feature -> FeatureSetting? in
      guard let level = study.cells[product][column], column == 0 || stream.below(2) == 0 else {
        return nil
      }
      switch (feature.value, level) {
      case (.levels, _): return FeatureSetting(feature: feature.name, level: "top")
      case (.linear(let worst, let best), .number):
        return FeatureSetting(feature: feature.name, level: best > worst ? "10" : "0")
      default: return nil
      }
    }
    return EditDeclaration(name: "change", product: "p\(product)", set: settings)
  }
}
