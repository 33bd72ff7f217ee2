import Foundation
import TesseraMath
import TesseraSegmentation

/// The derivatives of each person's log-likelihood by the numbers of a model of one wave.
struct WaveScores {
  /// People × numbers of the model.
  private(set) var matrix: Matrix

  init(_ model: LatentClassModel, posterior: Matrix, table: ItemTable, rows: [Int]) {
    var columns: [[Double]] = []
    let segments = model.classCount
    for latent in 1..<max(1, segments) {
      columns.append(rows.indices.map { posterior[$0, latent] - model.prevalence[latent] })
    }
    for (place, item) in model.items.enumerated() {
      columns += Self.scores(item, table.items[place], posterior, rows, segments)
    }
    matrix = Matrix(rows: rows.count, columns: columns.count)
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() { matrix[row, column] = value }
    }
  }

  private static func scores(
    _ model: ItemModel, _ item: Item, _ posterior: Matrix, _ rows: [Int], _ segments: Int
  ) -> [[Double]] {
    func column(_ value: (_ place: Int, _ row: Int) -> Double) -> [Double] {
      rows.enumerated().map { item.isMissing($1) ? 0 : value($0, $1) }
    }
    /// What a class's chance of an answer adds.
    func part(_ place: Int, _ row: Int, _ latent: Int, _ answer: Int, _ chance: Double) -> Double {
      let given = item.code(row) == answer + 1 ? 1.0 : 0
      return posterior[place, latent] * (given - chance)
    }
    var columns: [[Double]] = []
    switch model.distribution {
    case .categories(let chances):
      for latent in 0..<segments {
        for answer in 1..<max(1, chances[latent].count) {
          columns.append(column { part($0, $1, latent, answer, chances[latent][answer]) })
        }
      }
    case .adjacentCategories(let chances, _, _, let scores):
      for answer in 1..<max(1, scores.count) {
        columns.append(
          column { place, row in
            var sum = 0.0
            for latent in 0..<segments {
              sum += part(place, row, latent, answer, chances[latent][answer])
            }
            return sum
          })
      }
      for latent in 1..<max(1, segments) {
        var mean = 0.0
        for (chance, score) in zip(chances[latent], scores) { mean += chance * score }
        let centre = mean
        columns.append(
          column { place, row in
            posterior[place, latent] * (scores[item.code(row) - 1] - centre)
          })
      }
    case .normal(let means, let variances):
      guard case .numbers(let numbers) = item.answers else { return [] }
      for latent in 0..<segments {
        columns.append(column { posterior[$0, latent] * (numbers[$1] - means[latent]) })
        columns.append(
          column { place, row in
            let distance = numbers[row] - means[latent]
            return posterior[place, latent] * (distance * distance - variances[latent])
          })
      }
    case .counts, .zeroInflated:
      guard case .numbers(let numbers) = item.answers else { return [] }
      for latent in 0..<segments {
        let mean = model.means[latent]
        columns.append(column { posterior[$0, latent] * (numbers[$1] - mean) })
        guard case .zeroInflated = model.distribution else { continue }
        let none = exp(model.distribution.logChances(count: 0)[latent])
        columns.append(column { posterior[$0, latent] * ((numbers[$1] == 0 ? 1 : 0) - none) })
      }
    }
    return columns
  }
}
