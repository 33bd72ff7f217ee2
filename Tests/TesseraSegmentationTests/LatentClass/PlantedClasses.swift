import Foundation
import TesseraMath
import TesseraSegmentation

/// Respondents drawn from three known classes: mixed items, one answer in ten missing, weights.
struct PlantedClasses {
  let truth: [Int]
  let weights: CaseWeights
  private var codes: [[UInt8]]
  private var numbers: [[Double]]

  private static let sizes = [0.5, 0.3, 0.2]
  private static let yes = [[0.8, 0.2, 0.3, 0.7], [0.2, 0.8, 0.4, 0.3], [0.6, 0.7, 0.9, 0.1]]
  private static let rating = [
    [0.1, 0.2, 0.4, 0.3], [0.5, 0.3, 0.1, 0.1], [0.2, 0.2, 0.2, 0.4],
  ]
  private static let mean = [1.0, 3.0, 5.0]
  private static let rate = [1.0, 4.0, 2.0]

  init(respondents: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed)
    var truth: [Int] = []
    var codes = [[UInt8]](repeating: [], count: 6)
    var numbers = [[Double]](repeating: [], count: 2)
    var weights: [Double] = []
    for _ in 0..<respondents {
      let latent = stream.categorical(Self.sizes)
      truth.append(latent)
      weights.append(0.5 + stream.uniform())
      func isMissing() -> Bool { stream.uniform() < 0.1 }
      for item in 0..<4 {
        let answer: UInt8 = stream.uniform() < Self.yes[latent][item] ? 2 : 1
        codes[item].append(isMissing() ? 0 : answer)
      }
      for item in 4..<6 {
        let answer = UInt8(1 + stream.categorical(Self.rating[latent]))
        codes[item].append(isMissing() ? 0 : answer)
      }
      let number = Self.mean[latent] + stream.normal()
      numbers[0].append(isMissing() ? .nan : number)
      let count = Double(stream.poisson(mean: Self.rate[latent]))
      numbers[1].append(isMissing() ? .nan : count)
    }
    self.truth = truth
    self.codes = codes
    self.numbers = numbers
    self.weights = .sampling(weights)
  }

  mutating func clear(row: Int) {
    for item in codes.indices {
      codes[item][row] = 0
    }
    for item in numbers.indices {
      numbers[item][row] = .nan
    }
  }

  func table(rows: [Int]? = nil, weights: CaseWeights = .none) throws -> ItemTable {
    let rows = rows ?? Array(truth.indices)
    var items: [Item] = []
    for item in 0..<4 {
      items.append(
        Item(
          name: "tick \(item + 1)", measurement: .binary,
          answers: .codes(rows.map { codes[item][$0] })))
    }
    items.append(
      Item(
        name: "brand", measurement: .nominal(categories: 4),
        answers: .codes(rows.map { codes[4][$0] })))
    items.append(
      Item(
        name: "rating", measurement: .ordinal(categories: 4, as: .nominal),
        answers: .codes(rows.map { codes[5][$0] })))
    items.append(
      Item(
        name: "income", measurement: .gaussian(variance: .perClass),
        answers: .numbers(rows.map { numbers[0][$0] })))
    items.append(
      Item(name: "visits", measurement: .poisson, answers: .numbers(rows.map { numbers[1][$0] })))
    return try ItemTable(respondentCount: rows.count, items: items, weights: weights)
  }

  /// The likeliest class of each respondent under the model they were drawn from.
  func idealLabels() -> [Int] {
    truth.indices.map { row in
      let logs = (0..<3).map { latent -> Double in
        var log = Foundation.log(Self.sizes[latent])
        for item in 0..<4 where codes[item][row] > 0 {
          let yes = Self.yes[latent][item]
          log += Foundation.log(codes[item][row] == 2 ? yes : 1 - yes)
        }
        for item in 4..<6 where codes[item][row] > 0 {
          log += Foundation.log(Self.rating[latent][Int(codes[item][row]) - 1])
        }
        if !numbers[0][row].isNaN {
          let gap = numbers[0][row] - Self.mean[latent]
          log -= 0.5 * gap * gap
        }
        if !numbers[1][row].isNaN {
          log += numbers[1][row] * Foundation.log(Self.rate[latent]) - Self.rate[latent]
        }
        return log
      }
      return logs[0] >= max(logs[1], logs[2]) ? 0 : (logs[1] >= logs[2] ? 1 : 2)
    }
  }

  /// Adjusted Rand index against the truth (Hubert & Arabie 1985).
  func agreement(of labels: [Int]) -> Double {
    func pairs(_ counts: [Int]) -> Double {
      counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
    }
    let classes = (labels.max() ?? 0) + 1
    var cells = [Int](repeating: 0, count: 3 * classes)
    var rows = [Int](repeating: 0, count: 3)
    var columns = [Int](repeating: 0, count: classes)
    for (a, b) in zip(truth, labels) {
      cells[a * classes + b] += 1
      rows[a] += 1
      columns[b] += 1
    }
    let all = pairs([truth.count])
    let expected = pairs(rows) * pairs(columns) / all
    return (pairs(cells) - expected) / ((pairs(rows) + pairs(columns)) / 2 - expected)
  }
}
