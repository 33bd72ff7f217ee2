import Foundation

extension EM {
  /// Fills a sweep's tables from `theta`.
  func fillTables(of sweep: any LatentSweeping) {
    let classes = layout.classes
    // Out of the object meanwhile: every write to a property is checked for exclusive access.
    var filled = logs
    logs = []
    for factor in layout.factors where factor.isLookup {
      for latent in 0..<classes { filled[factor.firstCell * classes + latent] = 0 }
      factor.family.fillLogs(factor, self, into: &filled)
    }
    logs = filled
    sweep.fillGroups(from: logs)
    for latent in 0..<classes {
      if layout.designWidth == 0 {
        sweep.setTable(
          shape.classTable, lane: latent, to: safeLog(theta[layout.sizes.index(latent)]))
      }
      for (covariate, index) in layout.membership.row(latent).enumerated() {
        sweep.setTable(shape.membershipTable + covariate, lane: latent, to: theta[index])
      }
    }
    for factor in layout.factors where factor.columns > 0 {
      factor.family.fillNumbers(factor, self, of: sweep)
    }
  }

  /// ln x, kept finite at 0 so that sums of logs stay numbers.
  func safeLog(_ value: Double) -> Double {
    log(max(value, 1e-300))
  }

  /// Log density of `theta` under the prior, but for a constant.
  func logPrior() -> Double {
    let classes = layout.classes
    let share = 1 / Double(classes)
    var result = 0.0
    if prior.sizes > 0 {
      if layout.designWidth == 0 {
        for latent in 0..<classes {
          result += prior.sizes * share * safeLog(theta[layout.sizes.index(latent)])
        }
      } else {
        for latent in 0..<classes {
          result +=
            prior.sizes * share / marginals.total * totals[shape.logPriorSum * lanes + latent]
        }
      }
    }
    for isBlock in [false, true] {
      for factor in layout.factors where (factor.columns > 1) == isBlock {
        factor.family.addLogPrior(factor, self, to: &result)
      }
    }
    return result
  }
}
