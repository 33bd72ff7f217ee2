import TesseraDesign
import TesseraSurvey
import Testing

/// Weights that fit known totals, against R's survey (Lumley) on its cluster sample of schools.
struct RakingTests {
  // rake(dclus1, list(~stype, ~sch.wide), ...) with 4421/755/1018 and 1072/5122.
  private static func known() throws -> (PublishedDesign, KnownMargins) {
    let schools = try PublishedDesign(.apiclus1)
    let base = [Double](repeating: 33.846996307373, count: schools.score.count)
    let margins = [
      KnownMargins.Margin(
        variable: "stype", places: schools.schoolType.map { $0 - 1 }, totals: [4421, 755, 1018]),
      KnownMargins.Margin(
        variable: "sch.wide", places: schools.target.map { $0 - 1 }, totals: [1072, 5122]),
    ]
    return (schools, KnownMargins(base: base, margins: margins))
  }

  private func mean(_ values: [Double], _ weights: [Double]) -> Double {
    zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  @Test func `weights and means are those of R`() throws {
    let (schools, known) = try Self.known()
    let result = Raking(known).weights(known.base, passes: 1000)
    #expect(result.worst.distance < 1e-9)
    #expect(abs((result.weights.min() ?? 0) - 29.870_675) < 1e-6)
    #expect(abs((result.weights.max() ?? 0) - 67.125_529) < 1e-6)
    #expect(abs(mean(schools.score, result.weights) - 641.23) < 0.005)
  }

  @Test func `the linearised error takes out what the margins explain`() throws {
    let (schools, known) = try Self.known()
    let weights = Raking(known).weights(known.base, passes: 1000).weights
    let design = SurveyDesign(
      kind: .sampling, weights: weights, clusters: schools.design.clusters,
      fractions: schools.design.fractions, margins: known)
    let units = SamplingUnits(design)
    let mean = mean(schools.score, design.weights)
    let sum = design.weights.reduce(0, +)
    let scores = zip(schools.score, design.weights).map { ($0 - mean) * $1 / sum }
    #expect(abs(units.variance(of: scores).squareRoot() - 23.704) < 5e-4)
  }

  @Test func `replicates that are fitted anew give the error of the jackknife`() throws {
    let (schools, known) = try Self.known()
    let clusters = schools.design.clusters
    let names = Array(Set(clusters)).sorted()
    let count = Double(names.count)
    let means = names.map { left in
      let drawn = zip(known.base, clusters).map { $1 == left ? 0 : $0 * count / (count - 1) }
      return mean(schools.score, Raking(known).weights(drawn, passes: 1000).weights)
    }
    let centre = means.reduce(0, +) / count
    let spread = means.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    let error = ((count - 1) / count * (1 - (schools.design.fractions.first ?? 0)) * spread)
      .squareRoot()
    #expect(abs(error - 26.874) < 5e-4)
  }

  @Test func `trimmed weights keep their bounds and their margins`() throws {
    let (_, known) = try Self.known()
    let free = Raking(known).weights(known.base, passes: 1000).weights
    let scale = free.reduce(0, +) / known.base.reduce(0, +)
    let largest = zip(free, known.base).map { $0 / $1 / scale }.max() ?? 0
    #expect(largest > 1.9)
    let bounds = KnownMargins(base: known.base, margins: known.margins, bounds: 0.5...1.85)
    let result = Raking(bounds).weights(known.base, passes: 5000)
    #expect(result.worst.distance < 1e-6)
    let trimmed = zip(result.weights, known.base).map { $0 / $1 / scale }
    #expect(trimmed.allSatisfy { 0.5 - 1e-9 <= $0 && $0 <= 1.85 + 1e-6 })
  }
}
