import Foundation
import TesseraMath

/// M-steps of the parts that need more than a division.
extension EM {
  /// One Newton step on the membership coefficients; the first class's stay 0.
  func maximiseMembership() {
    let classes = layout.classes
    let width = layout.designWidth
    let base = layout.membership
    for index in base..<base + classes * width {
      image[index] = theta[index]
    }
    guard classes > 1 else { return }
    let free = (classes - 1) * width
    let pull = prior.sizes / marginals.total
    var gradient = [Double](repeating: 0, count: free)
    for covariate in 0..<width {
      var all = 0.0
      for latent in 0..<classes {
        all += membershipSum(latent, covariate)
      }
      for latent in 1..<classes {
        gradient[(latent - 1) * width + covariate] =
          totals(shape.gradientSum + covariate, latent)
          + pull * (all / Double(classes) - membershipSum(latent, covariate))
      }
    }
    var information = membershipInformation()
    let ridge = 1e-9 * (1 + (0..<free).reduce(0) { max($0, information[$1, $1]) })
    for index in 0..<free {
      information[index, index] += ridge
    }
    guard let step = (try? Cholesky(information))?.solve(gradient) else { return }
    let longest = step.reduce(0) { max($0, $1.magnitude) }
    let scale = longest > 2 ? 2 / longest : 1
    for index in 0..<free {
      image[base + width + index] += scale * step[index]
    }
  }

  /// One class's part of a sum of the last sweep.
  func totals(_ sum: Int, _ latent: Int) -> Double {
    totals[sum * lanes + latent]
  }

  /// Σ w π x x′ of a class, by the pair of covariates; the first pairs hold the intercept.
  func membershipSum(_ latent: Int, _ pair: Int) -> Double {
    let pairs = layout.designWidth * (layout.designWidth + 1) / 2
    return (0..<layout.classes).reduce(0) {
      $0 + totals(shape.curvatureSum + $1 * pairs + pair, latent)
    }
  }

  /// Curvature of the membership coefficients of all classes but the first, prior included.
  func membershipInformation() -> Matrix {
    let classes = layout.classes
    let width = layout.designWidth
    let pairs = width * (width + 1) / 2
    let pull = prior.sizes / marginals.total
    var information = Matrix(rows: (classes - 1) * width, columns: (classes - 1) * width)
    for lane in 1..<classes {
      for latent in 1..<classes {
        var pair = 0
        for a in 0..<width {
          for b in a..<width {
            var value = -totals(shape.curvatureSum + latent * pairs + pair, lane)
            if latent == lane {
              value += membershipSum(lane, pair)
            }
            value *= 1 + pull
            information[(lane - 1) * width + a, (latent - 1) * width + b] = value
            information[(lane - 1) * width + b, (latent - 1) * width + a] = value
            pair += 1
          }
        }
      }
    }
    return information
  }

  /// Iterative proportional fitting of class x first, class x second and first x second.
  func maximisePair(_ factor: LatentFactor, _ offset: Int, _ a: Int, _ b: Int) {
    let classes = layout.classes
    let cells = a * b
    let imaginary = prior.categories / Double(classes)
    var expected = [Double](repeating: 0, count: classes * cells)
    for latent in 0..<classes {
      let chances = offset + latent * cells
      for first in 0..<a {
        for second in 0..<b {
          let cell = factor.firstCell + (first + 1) * (b + 1) + second + 1
          let chance = theta[chances + first * b + second]
          let firstLog = logs[(factor.firstCell + (first + 1) * (b + 1)) * classes + latent]
          let secondLog = logs[(factor.firstCell + second + 1) * classes + latent]
          let firstOnly = counts[(factor.firstCell + (first + 1) * (b + 1)) * classes + latent]
          let secondOnly = counts[(factor.firstCell + second + 1) * classes + latent]
          var count = counts[cell * classes + latent] + imaginary * marginals.shares[cell]
          if firstOnly > 0 {
            count += firstOnly * chance / exp(firstLog)
          }
          if secondOnly > 0 {
            count += secondOnly * chance / exp(secondLog)
          }
          expected[latent * cells + first * b + second] = count
          image[chances + first * b + second] = chance
        }
      }
    }
    for latent in 0..<classes {
      let weight = (0..<cells).reduce(0) { $0 + expected[latent * cells + $1] }
      for cell in 0..<cells {
        image[offset + latent * cells + cell] *= weight
      }
    }
    for _ in 0..<3 {
      for latent in 0..<classes {
        let start = latent * cells
        for first in 0..<a {
          fit(expected, offset, (0..<b).map { start + first * b + $0 })
        }
        for second in 0..<b {
          fit(expected, offset, (0..<a).map { start + $0 * b + second })
        }
      }
      for cell in 0..<cells {
        fit(expected, offset, (0..<classes).map { $0 * cells + cell })
      }
    }
    for latent in 0..<classes {
      let start = offset + latent * cells
      let weight = (0..<cells).reduce(0) { $0 + image[start + $1] }
      for cell in start..<start + cells {
        image[cell] = weight > 0 ? image[cell] / weight : theta[cell]
      }
    }
  }

  /// Scales the fitted cells of one margin to the expected sum.
  private func fit(_ expected: [Double], _ offset: Int, _ cells: [Int]) {
    let wanted = cells.reduce(0) { $0 + expected[$1] }
    let found = cells.reduce(0) { $0 + image[offset + $1] }
    guard found > 0 else { return }
    for cell in cells {
      image[offset + cell] *= wanted / found
    }
  }
}
