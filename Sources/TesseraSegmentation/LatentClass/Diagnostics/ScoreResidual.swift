import Foundation
import TesseraMath

/// Score tests of a tie, common to the classes, between an item of numbers and another item.
///
/// The tie would shift the number's mean with the other answer inside every class; its score at 0
/// is the sum over respondents of the posterior mean of the two items' residuals multiplied.
///
/// - Reference: Oberski & Vermunt (2013), *Political Analysis* 21(4), 559-579; van Kollenburg,
///   Mulder & Vermunt (2015), *Methodology* 11(2), 65-79, doi:10.1027/1614-2241/a000093.
struct ScoreResiduals: Sendable {
  /// Patterns whose scores are held at once.
  private static let chunk = 2048

  private let layout: ParameterLayout
  /// Chances of the classes, patterns x classes.
  private let posterior: [Double]
  private let weights: [Double]
  /// Scores of the model's own parameters, patterns x parameters.
  private let rows: Matrix
  private let root: Cholesky
  /// The code of each pattern, by factor; empty for items of numbers.
  private let codes: [[UInt16]]
  /// Chance of each category but the first, categories x classes, by factor.
  private let chances: [[Double]]
  /// Items of numbers, by factor.
  private let numbers: [Number?]

  /// An item of numbers: its answers, and what turns them into residuals by class.
  private struct Number {
    /// By pattern; NaN where there is none.
    let answers: ArraySlice<Double>
    let means: [Double]
    let rates: [Double]
  }

  /// - Returns: `nil` if there is no item of numbers, or the scores do not determine the model.
  init?(_ em: EM) {
    let layout = em.layout
    guard layout.factors.contains(where: { $0.isSingleNumber }) else { return nil }
    let found = LatentInformation(em)
    var product = found.outerProduct
    for index in 0..<product.rows { product[index, index] += 1e-9 * (1 + product[index, index]) }
    guard let root = try? Cholesky(product) else { return nil }
    self.layout = layout
    self.root = root
    posterior = found.posterior
    rows = found.rows
    weights = Array(em.weights[0..<em.patterns])
    var codes = layout.factors.map { factor in
      [UInt16](repeating: 0, count: factor.choices == nil ? 0 : em.patterns)
    }
    for pattern in 0..<em.patterns {
      for (factor, code) in LatentAnswers(pattern: pattern, of: em.data).codes.enumerated()
      where !codes[factor].isEmpty {
        codes[factor][pattern] = UInt16(code)
      }
    }
    self.codes = codes
    let classes = layout.classes
    chances = layout.factors.map { factor in
      guard let choices = factor.choices else { return [] }
      let first = (factor.firstCell + 2) * classes
      return em.logs[first..<first + (choices - 1) * classes].map { exp($0) }
    }
    numbers = layout.factors.indices.map { place in
      let factor = layout.factors[place]
      guard factor.isSingleNumber else { return nil }
      let means = em.theta.column(of: factor.table, classes: classes)
      let first = factor.firstColumn * em.data.patternCount
      return Number(
        answers: em.data.numbers[first..<first + em.patterns], means: means,
        rates: factor.isNormal
          ? em.theta.column(of: factor.tables[1], classes: classes).map { 1 / $0 }
          : means.map { 1 / max($0, 1e-12) })
    }
  }

  /// A residual for each pair with a number in it, but for pairs of two normal items.
  ///
  /// - Complexity: O(patterns · items of numbers · categories of all items · parameters), in matrix
  ///   products.
  func residuals(_ workers: Workers) -> [BivariateResidual] {
    let kinds = layout.factors.indices.filter { numbers[$0] != nil }
    return workers.map(kinds.count) { ties(of: kinds[$0]) }.flatMap(\.self)
  }

  /// The ties of an item of numbers with categorical items and with numbers behind it.
  private func ties(of number: Int) -> [BivariateResidual] {
    let factors = layout.factors
    guard let one = numbers[number] else { return [] }
    let partners = factors.indices.filter { other in
      guard factors[other].isSingleNumber else { return factors[other].choices != nil }
      return other > number && !(factors[other].isNormal && factors[number].isNormal)
    }
    var starts = [0]
    for partner in partners { starts.append((starts.last ?? 0) + dimension(partner)) }
    let width = starts.last ?? 0
    guard width > 0 else { return [] }
    var sums = [Double](repeating: 0, count: width)
    var spread = Matrix(rows: width, columns: width)
    var cross = Matrix(rows: width, columns: root.size)
    for first in stride(from: 0, to: weights.count, by: Self.chunk) {
      let chosen = first..<min(weights.count, first + Self.chunk)
      let score = scores(one, with: partners, at: starts, of: chosen)
      var weighted = score
      for (row, pattern) in chosen.enumerated() {
        for column in 0..<width {
          weighted[row, column] *= weights[pattern]
          sums[column] += weighted[row, column]
        }
      }
      spread.store(weighted, .transposed, times: score, keeping: 1)
      let own = Matrix(
        rows: chosen.count, columns: root.size,
        values: Array(rows.values[first * root.size..<chosen.upperBound * root.size]))
      cross.store(weighted, .transposed, times: own, keeping: 1)
    }
    return partners.enumerated().compactMap { place, partner in
      let columns = starts[place]..<starts[place + 1]
      var block = Matrix(rows: columns.count, columns: columns.count)
      for (a, row) in columns.enumerated() {
        let solved = root.solve(Array(cross.row(row)))
        for (b, column) in columns.enumerated() {
          block[a, b] = spread[row, column] - dot(solved, Array(cross.row(column)))
        }
      }
      return tested(number, partner, sums: Array(sums[columns]), spread: block)
    }
  }

  /// Posterior means of the products of residuals, patterns x columns; 0 where one is missing.
  private func scores(
    _ one: Number, with partners: [Int], at starts: [Int], of chosen: Range<Int>
  ) -> Matrix {
    let classes = layout.classes
    var score = Matrix(rows: chosen.count, columns: starts.last ?? 0)
    var parts = [Double](repeating: 0, count: classes)
    for (row, pattern) in chosen.enumerated() {
      let value = one.answers[one.answers.startIndex + pattern]
      guard !value.isNaN else { continue }
      var total = 0.0
      for latent in 0..<classes {
        parts[latent] =
          posterior[pattern * classes + latent] * (value - one.means[latent]) * one.rates[latent]
        total += parts[latent]
      }
      for (place, partner) in partners.enumerated() {
        if let other = numbers[partner] {
          let value = other.answers[other.answers.startIndex + pattern]
          guard !value.isNaN else { continue }
          var sum = 0.0
          for latent in 0..<classes {
            sum += parts[latent] * (value - other.means[latent]) * other.rates[latent]
          }
          score[row, starts[place]] = sum
        } else {
          let code = Int(codes[partner][pattern])
          guard code > 0 else { continue }
          for answer in 0..<starts[place + 1] - starts[place] {
            var sum = code == answer + 2 ? total : 0
            for latent in 0..<classes {
              sum -= parts[latent] * chances[partner][answer * classes + latent]
            }
            score[row, starts[place] + answer] = sum
          }
        }
      }
    }
    return score
  }

  /// The test of one pair; `nil` if the model's own parameters take up all of its score.
  private func tested(
    _ first: Int, _ second: Int, sums: [Double], spread: Matrix
  ) -> BivariateResidual? {
    var spread = spread
    for a in sums.indices { spread[a, a] += 1e-9 * (1 + abs(spread[a, a])) }
    guard let inverse = try? Cholesky(spread) else { return nil }
    let statistic = max(0, dot(sums, inverse.solve(sums)))
    let items = [layout.factors[first].items[0], layout.factors[second].items[0]].sorted()
    return BivariateResidual(
      first: items[0], second: items[1], statistic: statistic / Double(sums.count),
      published: nil,
      pValue: ChiSquareDistribution(degreesOfFreedom: Double(sums.count)).survival(statistic))
  }

  private func dimension(_ factor: Int) -> Int {
    layout.factors[factor].choices.map { $0 - 1 } ?? 1
  }
}

extension LatentFactor {
  var isNormal: Bool { family is NormalFamily }

  /// Whether it is one item of numbers.
  fileprivate var isSingleNumber: Bool { columns == 1 && !isLookup }

  /// Number of categories of a single categorical item.
  var categories: Int? { isLookup && columns == 0 && items.count == 1 ? cells - 1 : nil }

  /// Number of categories where there are two or more.
  fileprivate var choices: Int? { categories.flatMap { $0 > 1 ? $0 : nil } }
}

extension LatentClassModel {
  /// Score tests of pairs with one item of numbers or two items of counts; see ``ScoreResiduals``.
  func scoreResiduals(
    on data: LatentClassData, workers: Workers
  ) throws(SegmentationError) -> [BivariateResidual] {
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: .single)
    em.expectation(.double)
    return data.withoutOwnGaps(ScoreResiduals(em)?.residuals(workers) ?? [])
  }
}
