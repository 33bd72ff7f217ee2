import TesseraMath
import Testing

@testable import TesseraProductFit

/// The laws that randomised first choice keeps.
@Suite struct ShareLawTests {
  private func choice(
    _ quality: [[Double]], features: [[RandomisedFirstChoice.Level]], strengths: [Double] = [],
    hits: [[UInt64]]? = nil
  ) -> RandomisedFirstChoice {
    RandomisedFirstChoice(
      quality: [Matrix(quality)], hits: [hits ?? quality.map { _ in [] }], strengths: strengths,
      levels: features, names: [0, 3])
  }

  private static let people = 400

  private func qualities(_ products: Int) -> [[Double]] {
    var stream = RandomStream(seed: 5)
    return (0..<products).map { _ in (0..<Self.people).map { _ in 0.3 + 0.5 * stream.uniform() } }
  }

  private func shares(_ chances: Matrix) -> [Double] {
    (0..<chances.rows).map { row in chances.row(row).reduce(0, +) / Double(chances.columns) }
  }

  @Test func `without an error of products a clone leaves the share of the pair as it was`() {
    let quality = qualities(2)
    let levels: [[RandomisedFirstChoice.Level]] = [
      [.worth(0.4), .named(0)], [.worth(0.9), .named(2)],
    ]
    let settings = RandomisedFirstChoice.Settings(feature: 8, product: 0)
    let alone = shares(choice(quality, features: levels).chances(settings))
    let cloned = shares(
      choice(quality + [quality[1]], features: levels + [levels[1]]).chances(settings))
    #expect(abs(alone[1] - cloned[1] - cloned[2]) < 1e-12)
    #expect(abs(alone[0] - cloned[0]) < 1e-12)
  }

  @Test func `without errors of features it is the share of preference`() {
    let quality = qualities(3)
    let levels = [[RandomisedFirstChoice.Level]](
      repeating: [.worth(0.5), .named(1)], count: 3)
    let drawn = shares(
      choice(quality, features: levels).chances(.init(feature: 0, product: 10)))
    let exact = shares(
      PreferenceShares.preferenceChances(Matrix(quality.map { $0.map { 100 * $0 } }), scale: 10))
    for (one, other) in zip(drawn, exact) { #expect(abs(one - other) < 0.005) }
  }

  @Test func `without any error it is the first choice`() {
    let quality = qualities(3)
    let levels = [[RandomisedFirstChoice.Level]](
      repeating: [.worth(0.5), .named(1)], count: 3)
    let drawn = choice(quality, features: levels).chances(.init(feature: 0, product: 0, draws: 3))
    let exact = PreferenceShares.firstChances(Matrix(quality.map { $0.map { 100 * $0 } }))
    for (one, other) in zip(drawn.values, exact.values) { #expect(abs(one - other) < 1e-12) }
  }

  @Test func `one draw of a barrier holds for all products that meet it`() {
    let quality = qualities(2)
    let levels = [[RandomisedFirstChoice.Level]](
      repeating: [.worth(0.5), .named(1)], count: 2)
    let met = [UInt64](repeating: 1, count: Self.people)
    let drawn = shares(
      choice(quality, features: levels, strengths: [0.3], hits: [met, met])
        .chances(.init(feature: 0, product: 0)))
    // Both are refused together, so that three in ten take none.
    #expect(abs(drawn[2] - 0.3) < 0.01)
  }

  @Test func `a clone takes nearly all from its twin, and threads change nothing`() {
    let quality = [[Double]](repeating: [Double](repeating: 0.6, count: Self.people), count: 2)
    let levels: [[RandomisedFirstChoice.Level]] = [
      [.worth(0.1), .named(0)], [.worth(0.9), .named(2)],
    ]
    let settings = RandomisedFirstChoice.Settings(scale: 10, features: 2)
    let alone = shares(choice(quality, features: levels).chances(settings))
    let both = choice(quality + [quality[1]], features: levels + [levels[1]])
    let cloned = shares(both.chances(settings))
    #expect(alone[0] - cloned[0] < 0.1 && cloned[1] < 0.7 * alone[1])
    #expect(
      both.chances(settings, workers: Workers(2)).values == both.chances(settings).values)
  }
}
