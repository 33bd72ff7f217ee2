import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraProductFit
@testable import TesseraStudy

@Suite("The gain of a change that was chosen")
struct ChosenGainTests {
  private static let needs = (1...8).map { "n\($0)" }

  /// Eight needs rated alike by chance, and one feature for each of them.
  private func search(seed: UInt64) throws -> ImprovementSearch {
    var stream = RandomStream(seed: seed)
    let people = 60
    var file = StudyFile(
      title: "Eight equals", survey: SurveyDeclaration(files: ["people.csv"]),
      segments: SegmentsDeclaration())
    file.needScale = RatingScale(low: 1, high: 5)
    file.needs = Self.needs.map { NeedDeclaration(name: $0, importance: $0) }
    file.features = Self.needs.map {
      FeatureDeclaration(
        name: "f\($0)", value: .levels([.init(name: "no", value: 0), .init(name: "yes", value: 1)]))
    }
    let relations = Self.needs.indices.map { row in
      Self.needs.indices.map { $0 == row ? 9.0 : 0 }
    }
    let source = FitSource(
      file: file, path: "study.yaml",
      products: ProductTable(
        names: ["plain"], features: file.features.map(\.name),
        cells: [Self.needs.map { _ in .name("no") }], file: "products.csv", lines: [2]),
      relations: RelationTable(
        needs: Self.needs, features: file.features.map(\.name), strength: relations,
        file: "relations.csv"))
    let survey = Survey(
      variables: Self.needs.map { name in
        Variable(
          name: name, level: .numeric,
          answers: .numbers((0..<people).map { _ in Double(1 + stream.below(5)) }))
      })
    let segmented = SegmentedSurvey(
      survey: survey,
      design: SurveyDesign(kind: .sampling, weights: [Double](repeating: 1, count: people)),
      sourceRows: Array(0..<people),
      segments: [Segment(id: "all", name: "all", share: 1, respondents: Double(people))],
      posterior: Matrix(rows: people, columns: 1, repeating: 1), resegmenter: nil)
    return try ImprovementSearch(source, segmented, settings: HandCase.settings())
  }

  @Test func `the interval that includes choosing holds the truth where the plain one does not`()
    throws
  {
    let truth = 100.0 / 8
    var (plain, chosen) = (0, 0)
    let surveys = 100
    for seed in 1...surveys {
      let proposals = try search(seed: UInt64(seed)).proposals(bundle: 1).proposals
      #expect(proposals.count == 8)
      #expect(proposals.dropFirst().allSatisfy { $0.chosen == nil })
      let best = try #require(proposals.first)
      let interval = try #require(best.chosen)
      if best.improvement.low <= truth { plain += 1 }
      if interval.contains(truth) { chosen += 1 }
    }
    #expect(plain < 90, "\(plain)")
    #expect(chosen >= 93, "\(chosen)")
  }
}
