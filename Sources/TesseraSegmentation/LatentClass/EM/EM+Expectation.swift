import Foundation

extension EM {
  /// Fills a sweep's tables from `theta`.
  func fillTables(of sweep: any LatentSweeping) {
    let classes = layout.classes
    for (factor, offset) in zip(layout.factors, layout.offsets) where factor.isLookup {
      fillLogs(of: factor, offset)
    }
    sweep.fillGroups(from: logs)
    if layout.designWidth == 0 {
      for latent in 0..<classes {
        sweep.setTable(shape.classTable, lane: latent, to: safeLog(theta[latent]))
      }
    }
    for covariate in 0..<layout.designWidth {
      for latent in 0..<classes {
        sweep.setTable(
          shape.membershipTable + covariate, lane: latent,
          to: theta[layout.membership + latent * layout.designWidth + covariate])
      }
    }
    for block in shape.blocks {
      fillBlock(block, of: sweep)
    }
    for numeric in shape.numeric {
      let offset = layout.offsets[numeric.factor]
      for latent in 0..<classes {
        if numeric.isCount {
          let rate = theta[offset + latent]
          sweep.setTable(numeric.table, lane: latent, to: -rate)
          sweep.setTable(numeric.table + 1, lane: latent, to: safeLog(rate))
        } else {
          let variance = theta[offset + classes + latent]
          sweep.setTable(numeric.table, lane: latent, to: -0.5 * log(2 * Double.pi * variance))
          sweep.setTable(numeric.table + 1, lane: latent, to: theta[offset + latent])
          sweep.setTable(numeric.table + 2, lane: latent, to: 0.5 / variance)
        }
      }
    }
  }

  /// ln x, kept finite at 0 so that sums of logs stay numbers.
  func safeLog(_ value: Double) -> Double {
    log(max(value, 1e-300))
  }

  /// Log chances of a lookup factor's codes; 0 for a missing answer.
  private func fillLogs(of factor: LatentFactor, _ offset: Int) {
    let classes = layout.classes
    let base = factor.firstCell * classes
    for latent in 0..<classes {
      logs[base + latent] = 0
    }
    switch factor.kind {
    case .categorical(let categories):
      for category in 0..<categories {
        for latent in 0..<classes {
          logs[base + (category + 1) * classes + latent] = safeLog(
            theta[offset + latent * categories + category])
        }
      }
    case .adjacent(let scores):
      for latent in 0..<classes {
        let slope = theta[offset + scores.count + latent]
        var peak = -Double.infinity
        for category in scores.indices {
          peak = max(peak, theta[offset + category] + slope * scores[category])
        }
        var sum = 0.0
        for category in scores.indices {
          sum += exp(theta[offset + category] + slope * scores[category] - peak)
        }
        let norm = peak + log(sum)
        for category in scores.indices {
          logs[base + (category + 1) * classes + latent] =
            theta[offset + category] + slope * scores[category] - norm
        }
      }
    case .pair(let a, let b):
      for latent in 0..<classes {
        fillPairLogs(base: base, latent: latent, a: a, b: b, chances: offset + latent * a * b)
      }
    default:
      break
    }
  }

  /// Pairs answered in full, and the margins that partly answered ones have.
  private func fillPairLogs(base: Int, latent: Int, a: Int, b: Int, chances: Int) {
    let classes = layout.classes
    for first in 0..<a {
      var sum = 0.0
      for second in 0..<b {
        let chance = theta[chances + first * b + second]
        sum += chance
        logs[base + ((first + 1) * (b + 1) + second + 1) * classes + latent] = safeLog(chance)
      }
      logs[base + (first + 1) * (b + 1) * classes + latent] = safeLog(sum)
    }
    for second in 0..<b {
      var sum = 0.0
      for first in 0..<a {
        sum += theta[chances + first * b + second]
      }
      logs[base + (second + 1) * classes + latent] = safeLog(sum)
    }
  }

  /// Log density of `theta` under the prior, but for a constant.
  func logPrior() -> Double {
    let classes = layout.classes
    let share = 1 / Double(classes)
    var result = 0.0
    if prior.sizes > 0 {
      if layout.designWidth == 0 {
        for latent in 0..<classes {
          result += prior.sizes * share * safeLog(theta[latent])
        }
      } else {
        for latent in 0..<classes {
          result +=
            prior.sizes * share / marginals.total * totals[shape.logPriorSum * lanes + latent]
        }
      }
    }
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      if factor.isLookup {
        guard prior.categories > 0 else { continue }
        for cell in factor.firstCell..<factor.firstCell + factor.cells
        where marginals.shares[cell] > 0 {
          for latent in 0..<classes {
            result +=
              prior.categories * share * marginals.shares[cell] * logs[cell * classes + latent]
          }
        }
      } else if case .normal = factor.kind, prior.variances > 0 {
        let overall = marginals.variances[factor.firstColumn]
        for latent in 0..<classes {
          let variance = theta[offset + classes + latent]
          result -= 0.5 * prior.variances * share * (log(variance) + overall / variance)
        }
      } else if case .poisson = factor.kind, prior.rates > 0 {
        let mean = marginals.means[factor.firstColumn]
        for latent in 0..<classes {
          let rate = theta[offset + latent]
          result += prior.rates * share * (mean * safeLog(rate) - rate)
        }
      }
    }
    for block in shape.blocks {
      result += logPrior(of: block)
    }
    return result
  }
}
