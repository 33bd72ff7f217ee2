import Foundation
import TesseraMath
import TesseraSegmentation
import Testing

@testable import TesseraStudy

@Suite struct ExpectedLikelihoodTests {
  private static let chances: [[Double]] = [
    [0.9, 0.8, 0.85, 0.7, 0.9, 0.6], [0.2, 0.3, 0.1, 0.4, 0.25, 0.5],
  ]

  /// Mean and spread of the log-likelihood over all patterns of the questions that are answered.
  private static func exact(_ answered: [Int]) -> (mean: Double, spread: Double) {
    var mean = 0.0
    var square = 0.0
    for pattern in 0..<(1 << answered.count) {
      let chance = [0.6, 0.4].enumerated().reduce(0.0) { sum, one in
        sum
          + answered.enumerated().reduce(one.element) { product, item in
            let yes = chances[one.offset][item.element]
            return product * (pattern >> item.offset & 1 == 1 ? yes : 1 - yes)
          }
      }
      mean += chance * log(chance)
      square += chance * log(chance) * log(chance)
    }
    return (mean, (square - mean * mean).squareRoot())
  }

  @Test(arguments: [1_500, 9_000])
  func `mean and spread agree with all patterns, whoever is drawn`(_ rows: Int) throws {
    var random = RandomStream(seed: 8)
    let items = (0..<6).map { item in
      Item(
        name: "q\(item)", measurement: .binary,
        answers: .codes(
          (0..<rows).map { _ in
            item < 3 && random.uniform() < 0.25 ? 0 : random.uniform() < 0.5 ? 1 : 2
          }))
    }
    let model = LatentClassModel(
      prevalence: [0.6, 0.4],
      items: (0..<6).map { item in
        ItemModel(
          name: "q\(item)", measurement: .binary,
          distribution: .categories(Self.chances.map { [1 - $0[item], $0[item]] }))
      })
    let table = try ItemTable(respondentCount: rows, items: items)
    let found = try ExpectedLikelihood(
      model, table, stream: RandomStream(seed: 3), workers: Workers(2))
    #expect(found.nulls.count == 20 * min(rows, ExpectedLikelihood.mostDrawn))
    var distance = 0.0
    for row in 0..<rows {
      let answered = (0..<6).filter { !items[$0].isMissing(row) }
      let exact = Self.exact(answered)
      distance = max(distance, abs(found.means[row] - exact.mean))
      // Of 20 draws a mean is known to a fifth of a spread; regression over thousands knows more.
      let room = rows > ExpectedLikelihood.mostDrawn ? 0.12 : 1.3
      #expect(abs(found.means[row] - exact.mean) < room * exact.spread)
      if rows > ExpectedLikelihood.mostDrawn {
        #expect(abs(found.spreads[row] / exact.spread - 1) < 0.15)
      }
    }
    // Sets drawn from the model fall below the bound as often as is said.
    let bound = Descriptive.quantile(0.001, of: found.nulls) ?? 0
    #expect(bound < -2 && bound > -8)
  }
}
