import Foundation
import TesseraMath

extension EM {
  /// Expected counts of each factor's codes from those of the groups.
  func unpackCounts() {
    let classes = layout.classes
    for index in counts.indices {
      counts[index] = 0
    }
    var position = 0
    for group in data.groups {
      let members = group.factors.count
      for cell in group.firstCell..<group.firstCell + group.cells {
        let source = cell * lanes
        for member in 0..<members {
          let target = Int(shape.decode[position + member]) * classes
          for latent in 0..<classes {
            counts[target + latent] += totals[source + latent]
          }
        }
        position += members
      }
    }
  }

  /// M-step: writes into `image` the parameters that fit the sums best, prior included.
  func maximisation() {
    let classes = layout.classes
    let share = 1 / Double(classes)
    var total = 0.0
    for latent in 0..<classes {
      total += totals[shape.classSum * lanes + latent]
    }
    // With covariates the sizes follow from the coefficients, where the prior is.
    let imaginary = layout.designWidth > 0 ? 0 : prior.sizes
    for latent in 0..<classes {
      image[latent] =
        (totals[shape.classSum * lanes + latent] + imaginary * share) / (total + imaginary)
    }
    if layout.designWidth > 0 {
      maximiseMembership()
    }
    for (position, factor) in layout.factors.enumerated() {
      let offset = layout.offsets[position]
      switch factor.kind {
      case .categorical(let categories): maximiseChances(factor, offset, categories)
      case .adjacent(let scores): maximiseAdjacent(factor, offset, scores)
      case .pair(let a, let b): maximisePair(factor, offset, a, b)
      case .normal, .poisson, .block: break
      }
    }
    for block in shape.blocks {
      maximiseBlock(block)
    }
    for numeric in shape.numeric {
      if numeric.isCount {
        maximiseRates(numeric)
      } else {
        maximiseNormal(numeric)
      }
    }
  }

  private func maximiseChances(_ factor: LatentFactor, _ offset: Int, _ categories: Int) {
    let classes = layout.classes
    let imaginary = prior.categories / Double(classes)
    for latent in 0..<classes {
      var sum = imaginary
      for category in 0..<categories {
        sum += counts[(factor.firstCell + 1 + category) * classes + latent]
      }
      for category in 0..<categories {
        let cell = factor.firstCell + 1 + category
        let position = offset + latent * categories + category
        // Nobody in this class answered: nothing to learn.
        image[position] =
          sum > 0
          ? (counts[cell * classes + latent] + imaginary * marginals.shares[cell]) / sum
          : theta[position]
      }
    }
  }

  /// Holds proposed variances to what the M-step allows.
  func keepAboveFloors() {
    for numeric in shape.numeric where !numeric.isCount {
      let first = layout.offsets[numeric.factor] + layout.classes
      for index in first..<first + layout.classes {
        theta[index] = max(theta[index], data.columns[numeric.column].floor)
      }
    }
  }

  private func maximiseRates(_ numeric: LatentShape.Numeric) {
    let classes = layout.classes
    let offset = layout.offsets[numeric.factor]
    let imaginary = prior.rates / Double(classes)
    for latent in 0..<classes {
      let weight = totals[numeric.sum * lanes + latent] + imaginary
      let sum =
        totals[(numeric.sum + 1) * lanes + latent] + imaginary * marginals.means[numeric.column]
      image[offset + latent] = weight > 0 ? max(sum / weight, 1e-12) : theta[offset + latent]
    }
  }

  private func maximiseNormal(_ numeric: LatentShape.Numeric) {
    let classes = layout.classes
    let offset = layout.offsets[numeric.factor]
    let overall = marginals.variances[numeric.column]
    let floor = data.columns[numeric.column].floor
    var commonSquares = 0.0
    var commonWeight = 0.0
    for latent in 0..<classes {
      let weight = totals[numeric.sum * lanes + latent]
      guard weight > 1e-12 else {
        image[offset + latent] = theta[offset + latent]
        image[offset + classes + latent] = theta[offset + classes + latent]
        continue
      }
      // The sums are about the present mean.
      let shift = totals[(numeric.sum + 1) * lanes + latent] / weight
      let squares = totals[(numeric.sum + 2) * lanes + latent] - weight * shift * shift
      image[offset + latent] = theta[offset + latent] + shift
      let imaginary = prior.variances / Double(classes)
      image[offset + classes + latent] = max(
        floor, (squares + imaginary * overall) / (weight + imaginary))
      commonSquares += squares
      commonWeight += weight
    }
    if layout.factors[numeric.factor].kind == .normal(.equal) {
      let common = max(
        floor,
        (commonSquares + prior.variances * overall) / (commonWeight + prior.variances))
      for latent in 0..<classes {
        image[offset + classes + latent] = common
      }
    }
  }

  /// Newton steps on intercepts and slopes; the first of each stays 0.
  private func maximiseAdjacent(_ factor: LatentFactor, _ offset: Int, _ scores: [Double]) {
    let classes = layout.classes
    let categories = scores.count
    let imaginary = prior.categories / Double(classes)
    for index in offset..<offset + categories + classes {
      image[index] = theta[index]
    }
    let free = categories - 1 + (categories > 1 ? classes - 1 : 0)
    guard free > 0 else { return }
    for _ in 0..<3 {
      var gradient = [Double](repeating: 0, count: free)
      var information = Matrix(rows: free, columns: free)
      for latent in 0..<classes {
        var chances = scores.indices.map { category in
          image[offset + category] + image[offset + categories + latent] * scores[category]
        }
        let norm = logSumExp(chances)
        var weight = 0.0
        var mean = 0.0
        let observed = scores.indices.map { category -> Double in
          let cell = factor.firstCell + 1 + category
          chances[category] = exp(chances[category] - norm)
          mean += chances[category] * scores[category]
          let count = counts[cell * classes + latent] + imaginary * marginals.shares[cell]
          weight += count
          return count
        }
        let slope = latent > 0 ? categories - 2 + latent : nil
        var spread = 0.0
        for category in scores.indices {
          let gap = observed[category] - weight * chances[category]
          spread += chances[category] * (scores[category] - mean) * (scores[category] - mean)
          if let slope {
            gradient[slope] += gap * scores[category]
          }
          guard category > 0 else { continue }
          gradient[category - 1] += gap
          if let slope {
            let cross = weight * chances[category] * (scores[category] - mean)
            information[category - 1, slope] += cross
            information[slope, category - 1] += cross
          }
          for other in 1..<categories {
            let own = other == category ? chances[category] : 0
            information[category - 1, other - 1] +=
              weight * (own - chances[category] * chances[other])
          }
        }
        if let slope {
          information[slope, slope] += weight * spread
        }
      }
      let ridge = 1e-9 * (1 + (0..<free).reduce(0) { max($0, information[$1, $1]) })
      for index in 0..<free {
        information[index, index] += ridge
      }
      guard let step = (try? Cholesky(information))?.solve(gradient) else { return }
      let longest = step.reduce(0) { max($0, $1.magnitude) }
      let scale = longest > 2 ? 2 / longest : 1
      for category in 1..<max(categories, 1) {
        image[offset + category] = max(-40, image[offset + category] + scale * step[category - 1])
      }
      for latent in 1..<max(classes, 1) {
        image[offset + categories + latent] += scale * step[categories - 2 + latent]
      }
      if longest < 1e-10 {
        return
      }
    }
  }
}
