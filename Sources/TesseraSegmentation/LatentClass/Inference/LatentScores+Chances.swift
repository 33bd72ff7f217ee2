import Foundation
import TesseraMath

extension LatentScores {
  /// Log of size times chance of the answers, for each class; drops what no class changes.
  func logChances(_ answers: LatentAnswers) -> [Double] {
    let sizes = sizes(answers)
    return (0..<layout.classes).map { latent in
      var result = log(max(sizes[latent], 1e-300))
      for (position, factor) in layout.factors.enumerated() {
        result += logChance(answers, position, factor, latent)
      }
      return result
    }
  }

  private func logChance(
    _ answers: LatentAnswers, _ position: Int, _ factor: LatentFactor, _ latent: Int
  ) -> Double {
    let offset = layout.offsets[position]
    let code = answers.codes[position]
    switch factor.kind {
    case .categorical(let categories):
      return code > 0 ? log(max(theta[offset + latent * categories + code - 1], 1e-300)) : 0
    case .adjacent(let scores):
      return code > 0 ? log(adjacentChances(offset, scores, latent)[code - 1]) : 0
    case .pair(let a, let b):
      guard code > 0 else { return 0 }
      let (first, second) = (code / (b + 1), code % (b + 1))
      var sum = 0.0
      for cell in 0..<a * b {
        let fitsFirst = first == 0 || cell / b + 1 == first
        let fitsSecond = second == 0 || cell % b + 1 == second
        if fitsFirst && fitsSecond {
          sum += theta[offset + latent * a * b + cell]
        }
      }
      return log(max(sum, 1e-300))
    case .normal:
      let value = answers.numbers[factor.firstColumn]
      guard !value.isNaN else { return 0 }
      let variance = theta[offset + layout.classes + latent]
      let distance = value - theta[offset + latent]
      return -0.5 * (log(2 * Double.pi * variance) + distance * distance / variance)
    case .poisson:
      let value = answers.numbers[factor.firstColumn]
      guard !value.isNaN else { return 0 }
      let rate = max(theta[offset + latent], 1e-300)
      return value * log(rate) - rate
    case .block(let size, _):
      return blockLogChance(answers, factor, offset, size, latent)
    }
  }

  private func blockLogChance(
    _ answers: LatentAnswers, _ factor: LatentFactor, _ offset: Int, _ size: Int, _ latent: Int
  ) -> Double {
    let known = (0..<size).filter { !answers.numbers[factor.firstColumn + $0].isNaN }
    let base = offset + layout.classes * size + latent * size * size
    var covariance = Matrix(rows: known.count, columns: known.count)
    for (i, a) in known.enumerated() {
      for (j, b) in known.enumerated() {
        covariance[i, j] = theta[base + a * size + b]
      }
    }
    guard !known.isEmpty, let factorised = try? Cholesky(covariance) else { return 0 }
    let gaps = known.map {
      answers.numbers[factor.firstColumn + $0] - theta[offset + latent * size + $0]
    }
    let square = dot(gaps, factorised.solve(gaps))
    let norm = Double(known.count) * log(2 * Double.pi) + factorised.logDeterminant
    return -0.5 * (norm + square)
  }
}
