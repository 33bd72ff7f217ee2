import TesseraStudy
import Testing
import simulate_coverage

/// A small version of the simulation whose figures stand in docs/evidence-fit.md.
@Suite struct CoverageTests {
  @Test func `intervals of resampled segments hold what fixed segments miss`() throws {
    let study = CoverageStudy(respondents: 150, replicates: 60, seed: 7)
    let sets = 30
    var (covered, naive, ratio) = (0.0, 0.0, 0.0)
    for index in 0..<sets {
      let result = try study.run(index)
      for place in 0..<2 {
        covered += result.isCovered[place] ? 1 : 0
        naive += result.isCoveredNaively[place] ? 1 : 0
        ratio += result.ratios[place]
      }
    }
    let cells = Double(2 * sets)
    // In the limit 95% and 73%; the standard errors stand as 1.77 to 1.
    #expect(covered / cells > 0.82 && naive / cells < 0.88)
    #expect(covered > naive + 0.05 * cells)
    #expect((1.4...2.2).contains(ratio / cells))
  }

  @Test func `the truth is what a large set tends to`() throws {
    let limit = try CoverageStudy(respondents: 10, replicates: 0, seed: 3).limit(20_000)
    for (found, truth) in zip(limit, CoverageStudy.truths) { #expect(isNear(found, truth, 0.3)) }
  }
}
