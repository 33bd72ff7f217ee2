import Foundation
import TesseraMath

extension InformationCriteria {
  /// Criteria of a fit.
  ///
  /// - Reference: the formulas stand at the properties; soft and hard ICL after Biernacki, Celeux &
  ///   Govaert (2000), *IEEE PAMI* 22(7), 719-725, doi:10.1109/34.865189.
  init(
    logLikelihood: Double, parameters: Int, sampleSize: Double, effectiveSampleSize: Double,
    posterior: [Double], classes: Int, weights: [Double], patterns: PatternTable?,
    workers: Workers
  ) {
    let p = Double(parameters)
    let starts = Array(stride(from: 0, to: weights.count, by: 8_192))
    let parts = workers.map(starts.count) { place in
      Doubt(
        starts[place]..<min(starts[place] + 8_192, weights.count), posterior, classes, weights)
    }
    var (entropy, hard, error, total) = (0.0, 0.0, 0.0, 0.0)
    for part in parts {
      entropy += part.entropy
      hard += part.hard
      error += part.error
      total += part.total
    }
    let deviance = -2 * logLikelihood
    aic = deviance + 2 * p
    aic3 = deviance + 3 * p
    bic = deviance + p * log(sampleSize)
    sabic = deviance + p * log((sampleSize + 2) / 24)
    caic = deviance + p * (log(sampleSize) + 1)
    icl = bic + 2 * entropy
    iclHard = bic + 2 * hard
    entropyR2 = classes > 1 ? 1 - entropy / (total * log(Double(classes))) : nil
    classificationError = error / total
    effectiveBIC =
      deviance * effectiveSampleSize / sampleSize + p * log(effectiveSampleSize)
    g2 = patterns?.g2
    x2 = patterns?.x2
    degreesOfFreedom = patterns.flatMap { table in
      table.cells <= 1e15 ? Int(table.cells) - 1 - parameters : nil
    }
  }
}

/// The table of all answer patterns, where every item is categorical and answered by all.
struct PatternTable {
  let g2: Double
  let x2: Double
  /// Number of patterns that could be answered.
  let cells: Double

  init?(_ data: LatentClassData, weights: [Double], logs: [Double]) {
    guard data.covariateCount == 0, data.factors.allSatisfy(\.isLookup),
      data.table.weights.kind != .sampling
    else { return nil }
    let table = data.table
    for item in table.items {
      let isComplete = (0..<table.respondentCount).allSatisfy { row in
        !item.isMissing(row) || weights[Int(data.patternOf[row])] == 0
      }
      guard isComplete else { return nil }
    }
    let total = weights.reduce(0, +)
    var g2 = 0.0
    var x2 = 0.0
    var expectedSum = 0.0
    for (count, log) in zip(weights, logs) where count > 0 {
      let expected = total * exp(log)
      g2 += 2 * count * (Foundation.log(count) - Foundation.log(total) - log)
      x2 += (count - expected) * (count - expected) / expected
      expectedSum += expected
    }
    self.g2 = g2
    self.x2 = x2 + total - expectedSum
    cells = table.items.reduce(1) { $0 * Double($1.measurement.categories) }
  }
}

/// What some patterns leave open, as weighted sums.
private struct Doubt: Sendable {
  var entropy = 0.0
  /// Less logarithms of the largest chances.
  var hard = 0.0
  /// Chances of the classes that are not the likeliest.
  var error = 0.0
  var total = 0.0

  init(_ patterns: Range<Int>, _ posterior: [Double], _ classes: Int, _ weights: [Double]) {
    for pattern in patterns where weights[pattern] > 0 {
      let weight = weights[pattern]
      var largest = 0.0
      var uncertainty = 0.0
      for latent in 0..<classes {
        let chance = posterior[pattern * classes + latent]
        largest = max(largest, chance)
        if chance > 0 {
          uncertainty -= chance * log(chance)
        }
      }
      entropy += weight * uncertainty
      hard -= weight * log(largest)
      error += weight * (1 - largest)
      total += weight
    }
  }
}
