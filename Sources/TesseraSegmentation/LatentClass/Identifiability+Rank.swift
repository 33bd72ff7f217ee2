import Foundation
import TesseraMath

extension Identifiability {
  /// Most free parameters for which the rank is worked out unasked.
  private static let largest = 300

  /// Looks whether the chances of the answers change with every combination of parameters.
  ///
  /// The rank is that of the derivatives of all pattern chances, or of simulated respondents five
  /// times as many as parameters, at parameters moved off the borders of their space.
  ///
  /// - Reference: Goodman (1974), *Biometrika* 61(2), 215-231, section 5.
  init(_ climb: LatentClimb) {
    let free = climb.layout.freeParameters
    guard free <= Identifiability.largest else {
      self = .notChecked(
        reason: "more than \(Identifiability.largest) parameters; ask for it if it matters")
      return
    }
    self = Identifiability.rank(climb)
  }

  static func rank(_ climb: LatentClimb) -> Identifiability {
    let theta = climb.interior()
    let scores = LatentScores(data: climb.data, layout: climb.layout, theta: theta)
    let rows = derivatives(climb, scores)
    guard let decomposition = try? SingularValues(rows) else {
      return .notChecked(reason: "the derivatives could not be decomposed")
    }
    let values = decomposition.values
    let rank = values.count { $0 > 1e-8 * (values.first ?? 0) }
    return rank >= scores.count
      ? .identified(rank: rank) : .notIdentified(rank: rank, parameters: scores.count)
  }

  /// Derivatives of log chances, each row times the root of its chance or drawn by its chance.
  private static func derivatives(_ climb: LatentClimb, _ scores: LatentScores) -> Matrix {
    let data = climb.data
    let layout = climb.layout
    let patterns = layout.factors.reduce(1.0) { product, factor in
      factor.isLookup && data.covariateCount == 0
        ? product * Double(answeredCodes(of: factor).count) : .infinity
    }
    let drawing = LatentDrawing(scores)
    var stream = RandomStream(seed: 0x5EED)
    let wanted = 5 * scores.count + 20
    let isWhole = patterns <= Double(max(wanted, 4096))
    let count = isWhole ? Int(patterns) : wanted
    var result = Matrix(rows: count, columns: scores.count)
    var buffer = [Double](repeating: 0, count: scores.widestClass)
    var row = [Double](repeating: 0, count: scores.count)
    for index in 0..<count {
      var answers = LatentAnswers(pattern: stream.below(max(1, climb.patterns)), of: data)
      if isWhole {
        var rest = index
        for (position, factor) in layout.factors.enumerated() {
          let codes = answeredCodes(of: factor)
          answers.codes[position] = codes[rest % codes.count]
          rest /= codes.count
        }
      } else {
        drawing.draw(&answers, &stream)
      }
      let logs = scores.logChances(answers)
      let norm = logSumExp(logs)
      scores.score(
        answers, posterior: logs.map { exp($0 - norm) }, buffer: &buffer, into: &row)
      let scale = isWhole ? exp(0.5 * norm) : 1
      for column in row.indices {
        result[index, column] = scale * row[column]
      }
    }
    return result
  }

  private static func answeredCodes(of factor: LatentFactor) -> [Int] {
    if case .pair(let a, let b) = factor.kind {
      return (1...a).flatMap { first in (1...b).map { first * (b + 1) + $0 } }
    }
    return Array(1..<max(2, factor.cells))
  }
}

extension LatentClimb {
  /// The parameters moved inside their space: a little of the whole sample and of chance.
  fileprivate func interior() -> [Double] {
    var stream = RandomStream(seed: 0xC0FFEE)
    var result = theta
    let classes = layout.classes
    func mix(_ start: Int, _ count: Int) {
      var sum = 0.0
      for index in start..<start + count {
        result[index] = result[index] + 0.02 / Double(count) * (0.5 + stream.uniform())
        sum += result[index]
      }
      for index in start..<start + count {
        result[index] /= sum
      }
    }
    mix(0, classes)
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      switch factor.kind {
      case .categorical(let size):
        for latent in 0..<classes {
          mix(offset + latent * size, size)
        }
      case .adjacent(let scores):
        for index in 0..<scores.count {
          result[offset + index] = max(-4, min(4, result[offset + index]))
        }
        for latent in 1..<max(1, classes) {
          result[offset + scores.count + latent] += 0.02 * stream.normal()
        }
      case .normal, .block:
        let width = factor.columns
        for index in offset..<offset + classes * width {
          result[index] += 0.02 * stream.normal()
        }
      case .poisson:
        for index in offset..<offset + classes {
          result[index] = max(result[index], 1e-3) * exp(0.02 * stream.normal())
        }
      case .pair:
        break
      }
    }
    return result
  }
}
