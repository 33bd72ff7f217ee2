import Foundation
import TesseraMath

/// M-steps of the parts that need more than a division.
extension LatentClimb {
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
    var information = Matrix(rows: free, columns: free)
    var gradient = [Double](repeating: 0, count: free)
    // Sums of w π x by class, and of w x: both follow from the curvature's sums.
    let pairs = width * (width + 1) / 2
    func cross(_ latent: Int, _ pair: Int, _ lane: Int) -> Double {
      totals[(shape.curvatureSum + latent * pairs + pair) * lanes + lane]
    }
    var expected = [Double](repeating: 0, count: classes * pairs)
    for lane in 0..<classes {
      for pair in 0..<pairs {
        for latent in 0..<classes {
          expected[lane * pairs + pair] += cross(latent, pair, lane)
        }
      }
    }
    for lane in 1..<classes {
      for covariate in 0..<width {
        var all = 0.0
        for latent in 0..<classes {
          all += expected[latent * pairs + covariate]
        }
        gradient[(lane - 1) * width + covariate] =
          totals[(shape.gradientSum + covariate) * lanes + lane]
          + pull * (all / Double(classes) - expected[lane * pairs + covariate])
      }
      for latent in 1..<classes {
        var pair = 0
        for a in 0..<width {
          for b in a..<width {
            var value = -cross(latent, pair, lane)
            if latent == lane {
              value += expected[lane * pairs + pair]
            }
            value *= 1 + pull
            information[(lane - 1) * width + a, (latent - 1) * width + b] = value
            information[(lane - 1) * width + b, (latent - 1) * width + a] = value
            pair += 1
          }
        }
      }
    }
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
