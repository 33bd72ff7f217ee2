import Foundation
import TesseraMath
import Testing

@testable import TesseraStudy

@Suite("How far segments are apart, and where they come from")
struct SolutionEvidenceTests {
  private static let nearness = Matrix([
    [0.97, 0.03], [0.96, 0.04], [0.81, 0.19], [0.55, 0.45], [0.02, 0.98], [1, 0],
  ])
  private static let ones = [Double](repeating: 1, count: 6)

  @Test func `bins count members and others, and 1 falls into the last`() throws {
    let bins = try #require(
      MembershipBins(Self.nearness, .posterior, heads: Self.ones, minimumCell: 1))
    #expect(bins.members[0][19] == 3)
    #expect(bins.members[0][16] == 1)
    #expect(bins.members[0][11] == 1)
    #expect(bins.others[0][0] == 1)
    #expect(bins.members[1].reduce(0, +) == 1)
    #expect(bins.others[1].reduce(0, +) == 5)
    #expect(bins.sure == [0.8, 1])
    let single = Matrix(rows: 3, columns: 1, repeating: 1)
    #expect(MembershipBins(single, .posterior, heads: [1, 1, 1], minimumCell: 1) == nil)
  }

  @Test func `frequencies count as so many respondents`() throws {
    let bins = try #require(
      MembershipBins(Self.nearness, .posterior, heads: [5, 1, 1, 1, 1, 1], minimumCell: 1))
    #expect(bins.members[0][19] == 7)
  }

  @Test func `bins of few respondents are pooled and rounded, and the doubtful still count`() throws
  {
    let bins = try #require(
      MembershipBins(
        Self.nearness, .posterior, heads: [11, 12, 9, 10, 47, 1], minimumCell: 10))
    // 24 of the first segment in the last bin; 9 at 0.81 and 10 at 0.55 pool.
    #expect(bins.members[0][19] == 20)
    #expect(bins.members[0][11...18].allSatisfy { $0 == 2.5 })
    #expect(bins.members[0][..<11].allSatisfy { $0 == 0 })
    #expect(bins.others[0][0] == 50)
    #expect(bins.base == 10)
    // 10 of 43 doubt.
    #expect(abs((bins.sure[0] ?? 0) - 33.0 / 43) < 1e-12)
    let few = try #require(
      MembershipBins(Self.nearness, .posterior, heads: Self.ones, minimumCell: 10))
    #expect(few.members.flatMap(\.self).allSatisfy { $0 == 0 })
    #expect(few.sure == [nil, nil])
  }

  @Test func `similarity falls with distance and sums to one`() {
    let squares = Matrix([[0, 4], [9, 9], [1e8, 0]])
    let near = squares.similarities
    #expect(abs(near[0, 0] - 1 / (1 + 0.1353352832366127)) < 1e-12)
    #expect(near[1, 0] == 0.5)
    #expect(near[2, 1] == 1)
  }

  @Test func `flows tell who stays and who splits`() {
    let two = [0, 0, 0, 0, 1, 1, 1, 1]
    let three = [0, 0, 0, 1, 1, 1, 2, 2]
    let steps = SolutionStep.all(
      [two, three], counts: [2, 3], weights: [1, 1, 1, 1, 1, 1, 1, 5],
      heads: [Double](repeating: 1, count: 8), minimumCell: 1)
    #expect(steps.count == 1)
    #expect(steps[0].flows[0] == [0.25, 1.0 / 12, 0])
    #expect(steps[0].flows[1] == [0, 2.0 / 12, 0.5])
    #expect(steps[0].toShares == [0.25, 0.25, 0.5])
    #expect(steps[0].stability[0] == 1)
    // A third of the second comes from one, two thirds from the other.
    let entropy = -(log(1.0 / 3) / 3 + 2 * log(2.0 / 3) / 3)
    #expect(abs((steps[0].stability[1] ?? 0) - (1 - entropy / log(2))) < 1e-12)
  }

  @Test func `flows of few respondents are not told, not even by the stability`() throws {
    let rows = 205
    let two = (0..<rows).map { $0 < 105 ? 0 : 1 }
    let three = (0..<rows).map { $0 < 100 ? 0 : ($0 < 160 ? 1 : 2) }
    let ones = [Double](repeating: 1, count: rows)
    let step = try #require(
      SolutionStep.all(
        [two, three], counts: [2, 3], weights: ones, heads: ones, minimumCell: 10
      ).first)
    // Five respondents come from the first to the second.
    #expect(step.flows[0][1] == nil)
    #expect(step.stability[1] == 1)
    let grain = 10.0 / 205
    for flow in step.flows.flatMap(\.self).compactMap(\.self) {
      #expect(abs(flow / grain - (flow / grain).rounded()) < 1e-9)
    }
  }

  @Test func `a segment that is nobody's likeliest keeps its place`() {
    let steps = SolutionStep.all(
      [[0, 0, 1], [0, 1, 1]], counts: [2, 3], weights: [1, 1, 1], heads: [1, 1, 1],
      minimumCell: 1)
    #expect(steps[0].flows.allSatisfy { $0.count == 3 })
    #expect(steps[0].stability[2] == nil)
  }

  @Test func `both come back from their JSON`() throws {
    let bins = try #require(
      MembershipBins(Self.nearness, .similarity, heads: Self.ones, minimumCell: 1))
    let known = ["S1", "S2"].map { Segment(id: $0, name: $0, share: 0.5, respondents: 3) }
    let binsAgain = try MembershipBins(try JSONReader(bins.json(known)), segments: 2)
    #expect(binsAgain == bins)
    let step = SolutionStep(
      fromSegments: 1, toSegments: 2, flows: [[0.5, nil]], fromShares: [1],
      toShares: [0.5, 0.5], stability: [nil, nil])
    #expect(try SolutionStep(try JSONReader(step.json)) == step)
    #expect(throws: StudyError.self) {
      try MembershipBins(try JSONReader(bins.json(known)), segments: 3)
    }
  }
}
