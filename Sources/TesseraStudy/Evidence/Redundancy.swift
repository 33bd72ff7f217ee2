import Foundation
import TesseraMath
import TesseraSegmentation

/// How much questions say of each other, whatever their levels.
///
/// For two items √(1 − exp(−2 I)), with I their mutual information in nats: |r| for two normal
/// numbers. Numbers are cut at their quintiles, and a small sample's excess, (a − 1)(b − 1) / 2n,
/// is taken off. Questions of several items are as tied as their two most tied items.
///
/// - Reference: Linfoot (1957), *Information and Control* 1(1), 85-89; Miller (1955) for the excess.
struct Redundancy {
  private let strengths: Matrix

  /// Measures all pairs of questions.
  ///
  /// - Complexity: O(items² · respondents).
  init(_ table: ItemTable, _ questions: [[Int]], weights: [Double]) {
    let codes = table.items.map { Self.codes($0, weights) }
    var strengths = Matrix(rows: questions.count, columns: questions.count)
    for first in questions.indices {
      for second in questions.indices where second > first {
        var largest = 0.0
        for a in questions[first] {
          for b in questions[second] {
            largest = max(largest, Self.tie(codes[a], codes[b], weights))
          }
        }
        strengths[first, second] = largest
        strengths[second, first] = largest
      }
    }
    self.strengths = strengths
  }

  /// The question most tied to one, the first of equals; `nil` without others.
  func strongest(_ place: Int) -> (place: Int, strength: Double)? {
    let others = (0..<strengths.columns).filter { $0 != place }
    return others.max { (strengths[place, $0], -$0) < (strengths[place, $1], -$1) }.map {
      ($0, strengths[place, $0])
    }
  }

  /// Categories from 1, 0 for none; numbers by fifths.
  private static func codes(_ item: Item, _ weights: [Double]) -> [Int] {
    guard case .numbers(let numbers) = item.answers else {
      return (0..<item.answers.count).map { item.code($0) }
    }
    let known = numbers.filter { !$0.isNaN }
    let cuts = [0.2, 0.4, 0.6, 0.8].compactMap { Descriptive.quantile($0, of: known) }
    return numbers.map { number in
      number.isNaN ? 0 : 1 + cuts.count { number > $0 }
    }
  }

  private static func tie(_ one: [Int], _ other: [Int], _ weights: [Double]) -> Double {
    let rows = (one.max() ?? 0) + 1
    let columns = (other.max() ?? 0) + 1
    var counts = [Double](repeating: 0, count: rows * columns)
    var total = 0.0
    for place in one.indices where one[place] > 0 && other[place] > 0 {
      counts[one[place] * columns + other[place]] += weights[place]
      total += weights[place]
    }
    guard total > 0 else { return 0 }
    var left = [Double](repeating: 0, count: rows)
    var right = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        left[row] += counts[row * columns + column]
        right[column] += counts[row * columns + column]
      }
    }
    var information = 0.0
    for row in 0..<rows where left[row] > 0 {
      for column in 0..<columns where counts[row * columns + column] > 0 {
        let count = counts[row * columns + column]
        information += count / total * log(count * total / (left[row] * right[column]))
      }
    }
    let a = Double(left.count { $0 > 0 })
    let b = Double(right.count { $0 > 0 })
    let excess = (a - 1) * (b - 1) / (2 * total)
    return (1 - exp(-2 * max(0, information - excess))).squareRoot()
  }
}
