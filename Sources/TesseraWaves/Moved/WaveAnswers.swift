package import TesseraDesign
import TesseraMath
package import TesseraSegmentation

/// Answers to a model's questions in several waves, one row per person and wave.
package struct WaveAnswers: Sendable {
  /// The model's items in its order; sampling weights have a mean of 1 in each wave.
  package internal(set) var table: ItemTable
  /// For each row its wave, from 0.
  package internal(set) var waves: [Int]
  /// Number of waves.
  package let waveCount: Int
  /// For each row the number of its person; -1 where it is not known.
  package let persons: [Int]
  /// For each row its cluster; empty where people were drawn by themselves.
  package let clusters: [Int]
  /// What was drawn: clusters, or people with all of their waves.
  package let units: SamplingUnits

  /// Binds what belongs together.
  ///
  /// - Parameters:
  ///   - table: The model's items; with sampling weights or none.
  ///   - waves: For each row its wave, from 0; every wave has rows.
  ///   - persons: For each row the number of its person; -1 where it is not known.
  ///   - clusters: For each row its cluster, or empty.
  ///   - strata: For each row its stratum, or empty; a person is in that of their first row.
  /// - Throws: ``SegmentationError`` if the table's answers are unfit.
  package init(
    table: ItemTable, waves: [Int], persons: [Int], clusters: [Int] = [], strata: [Int] = []
  ) throws(SegmentationError) {
    let count = (waves.max() ?? -1) + 1
    let given = table.weights.effective(count: table.respondentCount)
    let weights = Self.balanced(given, waves, count)
    self.table = try ItemTable(
      respondentCount: table.respondentCount, items: table.items,
      weights: table.weights.kind == .none ? .none : .sampling(weights),
      covariates: table.covariates)
    self.waves = waves
    self.persons = persons
    self.clusters = clusters
    waveCount = count
    units = Self.units(weights: weights, persons: persons, clusters: clusters, strata: strata)
  }

  /// Weights with a mean of 1 in each wave, so that no wave counts for more than its people.
  package static func balanced(_ weights: [Double], _ waves: [Int], _ count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    var rows = sums
    for (row, wave) in waves.enumerated() {
      sums[wave] += weights[row]
      rows[wave] += 1
    }
    return waves.enumerated().map { row, wave in weights[row] * rows[wave] / sums[wave] }
  }

  /// The units drawn: clusters where there are some, else people with all of their waves.
  package static func units(
    weights: [Double], persons: [Int], clusters: [Int], strata: [Int]
  ) -> SamplingUnits {
    var first: [Int: Int] = [:]
    var codes: [Int] = []
    var home: [Int] = []
    var next = (persons.max() ?? -1) + 1
    for row in weights.indices {
      // A person stays with the cluster and stratum of their first wave.
      let person = persons[row]
      let origin = person < 0 ? row : first[person] ?? row
      if person >= 0, first[person] == nil { first[person] = row }
      home.append(strata.isEmpty ? 0 : strata[origin])
      if !clusters.isEmpty {
        codes.append(clusters[origin])
      } else if person >= 0 {
        codes.append(person)
      } else {
        codes.append(next)
        next += 1
      }
    }
    let isAlone = clusters.isEmpty && persons.allSatisfy { $0 < 0 }
    return SamplingUnits(
      weights: weights, strata: strata.isEmpty ? [] : home, clusters: isAlone ? [] : codes)
  }

  /// The rows of each wave.
  package var rowsOfWaves: [[Int]] {
    var rows = [[Int]](repeating: [], count: waveCount)
    for (row, wave) in waves.enumerated() { rows[wave].append(row) }
    return rows
  }

  /// The table of some rows.
  package func wave(_ rows: [Int]) throws(SegmentationError) -> ItemTable {
    try table.selecting(rows)
  }

  /// Weights as they are used.
  package var weights: [Double] { table.weights.effective(count: table.respondentCount) }
}

extension ItemTable {
  /// The table for some rows, its weights as they are.
  func selecting(_ rows: [Int]) throws(SegmentationError) -> ItemTable {
    try ItemTable(
      respondentCount: rows.count, items: items.map { $0.selecting(rows) },
      weights: weights.kind == .none
        ? .none : CaseWeights(kind: weights.kind, values: rows.map { weights.values[$0] }),
      covariates: covariates.map { given in
        Matrix(
          rows: rows.count, columns: given.columns, values: rows.flatMap { Array(given.row($0)) })
      })
  }
}

extension Item {
  /// The answers of some rows.
  fileprivate func selecting(_ rows: [Int]) -> Item {
    let chosen: Answers =
      switch answers {
      case .codes(let codes): .codes(rows.map { codes[$0] })
      case .wideCodes(let codes): .wideCodes(rows.map { codes[$0] })
      case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
      }
    return Item(name: name, measurement: measurement, answers: chosen)
  }
}
