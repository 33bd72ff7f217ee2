import TesseraMath
import Testing

@Suite("Correspondence analysis")
struct CorrespondenceAnalysisTests {
  /// Staff groups × smoking: none, light, medium, heavy; Greenacre (1984), table 3.1.
  private static let smoking = Matrix([
    [4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2],
  ])

  private func near(_ one: Double, _ other: Double, _ tolerance: Double = 5e-7) -> Bool {
    abs(one - other) < tolerance
  }

  // Numbers of `ca(smoke)` in Nenadić & Greenacre (2007), J. Statistical Software 20(3).
  @Test func `the smoking table gives the published inertias and coordinates`() throws {
    let map = try CorrespondenceAnalysis(Self.smoking)
    #expect(near(map.totalInertia, 0.085190))
    #expect(map.inertias.count == 3)
    #expect(near(map.inertias[0], 0.074759))
    #expect(near(map.inertias[1], 0.010017))
    #expect(near(map.inertias[2], 0.000414))
    #expect(near(map.share(of: 0), 0.878, 5e-4))
    #expect(near(map.share(of: 1), 0.118, 5e-4))
    // Signs of an axis are free: told by that of the senior employees and of the heavy smokers.
    let first = map.rows[2, 0] < 0 ? 1.0 : -1
    let second = map.columns[3, 1] > 0 ? 1.0 : -1
    let rows: [(Double, Double)] = [
      (-0.065768, 0.193737), (0.258958, 0.243305), (-0.380595, 0.010660), (0.232952, -0.057744),
      (-0.201089, -0.078911),
    ]
    for (row, expected) in rows.enumerated() {
      #expect(near(first * map.rows[row, 0], expected.0))
      #expect(near(second * map.rows[row, 1], expected.1))
    }
    let columns: [(Double, Double)] = [
      (-0.393308, 0.030492), (0.099456, -0.141064), (0.196321, -0.007359), (0.293776, 0.197766),
    ]
    for (column, expected) in columns.enumerated() {
      #expect(near(first * map.columns[column, 0], expected.0))
      #expect(near(second * map.columns[column, 1], expected.1))
    }
  }

  @Test func `contributions sum to one and the whole space gives the chi-square distance`() throws {
    let map = try CorrespondenceAnalysis(Self.smoking)
    for axis in 0..<3 {
      let sum = (0..<4).reduce(0) { $0 + map.columnContribution($1, to: axis) }
      let squares = (0..<4).reduce(0) {
        $0 + map.contributionCoordinate($1, on: axis) * map.contributionCoordinate($1, on: axis)
      }
      #expect(near(sum, 1, 1e-12))
      #expect(near(squares, 1, 1e-12))
    }
    let distance = (0..<3).reduce(0.0) {
      let gap = map.rows[0, $1] - map.rows[2, $1]
      return $0 + gap * gap
    }
    var expected = 0.0
    for column in 0..<4 {
      let gap = Self.smoking[0, column] / 11 - Self.smoking[2, column] / 51
      expected += gap * gap / map.columnMasses[column]
    }
    #expect(near(distance, expected, 1e-12))
    #expect(near(map.rowQuality(2, on: 3), 1, 1e-12))
  }

  @Test func `scale does not matter, and empty or proportional lines stand at the origin`() throws {
    let scaled = Matrix(rows: 5, columns: 4, values: Self.smoking.values.map { $0 * 7 })
    let one = try CorrespondenceAnalysis(Self.smoking)
    let other = try CorrespondenceAnalysis(scaled)
    #expect(near(one.totalInertia, other.totalInertia, 1e-14))
    let flat = try CorrespondenceAnalysis(Matrix([[1, 2, 0], [2, 4, 0], [0, 0, 0]]))
    #expect(flat.totalInertia < 1e-24)
    #expect(flat.rows.row(2).allSatisfy { $0 == 0 })
    #expect(flat.columns.row(2).allSatisfy { $0 == 0 })
    #expect(throws: LinearAlgebraError.self) {
      try CorrespondenceAnalysis(Matrix([[1, .nan], [1, 2]]))
    }
  }
}
