import TesseraMath

/// M-step of what membership depends on.
extension EM {
  /// One Newton step on the membership coefficients; the first class's stay 0.
  func maximiseMembership() {
    let classes = layout.classes
    let width = layout.designWidth
    for index in layout.membership.all(classes: classes) {
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
    for (index, change) in zip(layout.membership.all(classes: classes).dropFirst(width), step) {
      image[index] += scale * change
    }
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
    for other in 1..<classes {
      for latent in 1..<classes {
        var pair = 0
        for a in 0..<width {
          for b in a..<width {
            var value = -totals(shape.curvatureSum + latent * pairs + pair, other)
            if latent == other {
              value += membershipSum(other, pair)
            }
            value *= 1 + pull
            information[(other - 1) * width + a, (latent - 1) * width + b] = value
            information[(other - 1) * width + b, (latent - 1) * width + a] = value
            pair += 1
          }
        }
      }
    }
    return information
  }
}
