import Foundation
import TesseraMath

/// Score tests of a tie, common to the classes, between an item of numbers and another item.
///
/// The tie would shift the number's mean with the other answer inside every class; its score at 0
/// is the sum over respondents of the posterior mean of the two items' residuals multiplied.
///
/// - Reference: Oberski & Vermunt (2013), *Political Analysis* 21(4), 559-579; van Kollenburg,
///   Mulder & Vermunt (2015), *Methodology* 11(2), 65-79, doi:10.1027/1614-2241/a000093.
struct ScoreResiduals {
  let climb: LatentClimb
  private let information: LatentInformation
  private let root: Cholesky

  /// - Returns: `nil` if there is no item of numbers, or the scores do not determine the model.
  init?(_ climb: LatentClimb) {
    guard climb.layout.factors.contains(where: { $0.isSingleNumber }) else { return nil }
    self.climb = climb
    let found = LatentInformation(climb)
    var product = found.outerProduct
    for index in 0..<product.rows { product[index, index] += 1e-9 * (1 + product[index, index]) }
    guard let root = try? Cholesky(product) else { return nil }
    information = found
    self.root = root
  }

  /// A residual for each pair with a number in it, but for pairs of two normal items.
  func residuals() -> [BivariateResidual] {
    let factors = climb.layout.factors
    let codes = (0..<climb.patterns).map { LatentAnswers(pattern: $0, of: climb.data).codes }
    let kinds = factors.indices.filter { factors[$0].isSingleNumber || factors[$0].choices != nil }
    var result: [BivariateResidual] = []
    for (position, first) in kinds.enumerated() {
      for second in kinds[(position + 1)...] {
        guard factors[first].isSingleNumber || factors[second].isSingleNumber,
          !(factors[first].isNormal && factors[second].isNormal)
        else { continue }
        if let residual = residual(first, second, codes) { result.append(residual) }
      }
    }
    return result
  }

  private func residual(_ first: Int, _ second: Int, _ codes: [[Int]]) -> BivariateResidual? {
    let factors = climb.layout.factors
    let width = dimension(first) * dimension(second)
    guard width > 0 else { return nil }
    var score = Matrix(rows: climb.patterns, columns: width)
    let classes = climb.layout.classes
    for pattern in 0..<climb.patterns {
      for latent in 0..<classes {
        guard let one = gaps(first, pattern, latent, codes[pattern]),
          let other = gaps(second, pattern, latent, codes[pattern])
        else { break }
        let chance = information.posterior[pattern * classes + latent]
        var column = 0
        for a in one {
          for b in other {
            score[pattern, column] += chance * a * b
            column += 1
          }
        }
      }
    }
    let weights = Array(climb.weights[0..<climb.patterns])
    var spread = score.crossProduct(weights: weights)
    var sums = [Double](repeating: 0, count: width)
    var cross = Matrix(rows: width, columns: root.size)
    for pattern in 0..<climb.patterns where weights[pattern] > 0 {
      for column in 0..<width {
        let term = weights[pattern] * score[pattern, column]
        guard term != 0 else { continue }
        sums[column] += term
        for parameter in 0..<root.size {
          cross[column, parameter] += term * information.rows[pattern, parameter]
        }
      }
    }
    for a in 0..<width {
      let solved = root.solve(Array(cross.row(a)))
      for b in 0..<width { spread[a, b] -= dot(solved, Array(cross.row(b))) }
    }
    for a in 0..<width { spread[a, a] += 1e-9 * (1 + abs(spread[a, a])) }
    guard let inverse = try? Cholesky(spread) else { return nil }
    let statistic = max(0, dot(sums, inverse.solve(sums)))
    return BivariateResidual(
      first: min(factors[first].items[0], factors[second].items[0]),
      second: max(factors[first].items[0], factors[second].items[0]),
      statistic: statistic / Double(width), published: nil,
      pValue: ChiSquareDistribution(degreesOfFreedom: Double(width)).survival(statistic))
  }

  private func dimension(_ factor: Int) -> Int {
    climb.layout.factors[factor].choices.map { $0 - 1 } ?? 1
  }

  /// What an answer has over its expectation in a class; `nil` for no answer.
  private func gaps(_ factor: Int, _ pattern: Int, _ latent: Int, _ codes: [Int]) -> [Double]? {
    let form = climb.layout.factors[factor]
    let classes = climb.layout.classes
    if let choices = form.choices {
      let code = codes[factor]
      guard code > 0 else { return nil }
      return (2...choices).map { answer in
        (answer == code ? 1 : 0) - exp(climb.logs[(form.firstCell + answer) * classes + latent])
      }
    }
    let value = climb.data.numbers[form.firstColumn * climb.data.patternCount + pattern]
    guard !value.isNaN else { return nil }
    let center = climb.theta[climb.layout.offsets[factor] + latent]
    guard form.isNormal else { return [value / max(center, 1e-12) - 1] }
    return [(value - center) / climb.theta[climb.layout.offsets[factor] + classes + latent]]
  }
}

extension LatentFactor {
  fileprivate var isNormal: Bool { if case .normal = kind { true } else { false } }

  /// Whether it is one item of numbers.
  fileprivate var isSingleNumber: Bool { isNormal || kind == .poisson }

  /// Number of categories, two or more, of a single categorical item.
  fileprivate var choices: Int? {
    switch kind {
    case .categorical(let categories): categories > 1 ? categories : nil
    case .adjacent(let scores): scores.count > 1 ? scores.count : nil
    default: nil
    }
  }
}

extension LatentClassModel {
  /// Score tests of pairs with one item of numbers or two items of counts; see ``ScoreResiduals``.
  func scoreResiduals(on data: LatentClassData) throws(SegmentationError) -> [BivariateResidual] {
    let climb = try makeClimb(on: data, weights: nil, prior: .none, workers: .single)
    climb.expect(.double)
    return data.withoutOwnGaps(ScoreResiduals(climb)?.residuals() ?? [])
  }
}
