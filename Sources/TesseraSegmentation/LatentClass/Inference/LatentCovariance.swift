import TesseraDesign
import TesseraMath

/// Covariance of the free parameters, and what follows from it for the model's own numbers.
struct LatentCovariance {
  private let em: EM
  private let scores: LatentScores
  /// Free parameters x free parameters; nil when the information is not of full rank.
  private let matrix: Matrix?
  /// Position of each free parameter in `matrix`; nil for those at a border.
  private let kept: [Int?]

  init(
    _ em: EM, _ information: LatentInformation, spread: Matrix,
    _ estimator: LatentClassUncertainty.Estimator
  ) {
    self.em = em
    let scores = information.scores
    self.scores = scores
    let border = LatentCovariance.border(em, scores)
    let free = (0..<scores.count).filter { !border[$0] }
    var kept = [Int?](repeating: nil, count: scores.count)
    for (position, index) in free.enumerated() {
      kept[index] = position
    }
    self.kept = kept
    let hasBlock = em.layout.factors.contains { $0.columns > 1 }
    let curvature =
      estimator == .outerProduct || hasBlock ? information.outerProduct : information.observed
    let a = LatentCovariance.submatrix(curvature, free)
    guard let factorised = try? Cholesky(a) else {
      matrix = nil
      return
    }
    let inverse = factorised.inverse()
    if estimator == .sandwich {
      let b = LatentCovariance.submatrix(spread, free)
      matrix = inverse.multiplied(by: b).multiplied(by: inverse)
    } else {
      matrix = inverse
    }
  }

  /// The rows and columns of some parameters.
  static func submatrix(_ matrix: Matrix, _ indices: [Int]) -> Matrix {
    var result = Matrix(rows: indices.count, columns: indices.count)
    for (i, a) in indices.enumerated() {
      for (j, b) in indices.enumerated() {
        result[i, j] = matrix[a, b]
      }
    }
    return result
  }

  /// Log-ratios of chances that are 0, for all purposes.
  static func border(_ em: EM, _ scores: LatentScores) -> [Bool] {
    var result = [Bool](repeating: false, count: scores.count)
    for place in scores.places.joined() {
      for (column, isBorder) in zip(place.columns, place.factor.family.borders(place)) {
        result[column] = isBorder
      }
    }
    return result
  }

  /// Variance of a number with a given gradient over free parameters.
  private func variance(_ gradient: [(Int, Double)]) -> Double? {
    guard let matrix else { return nil }
    let known = gradient.compactMap { index, slope in
      kept[index].map { (position: $0, slope: slope) }
    }
    guard !known.isEmpty else { return nil }
    var result = 0.0
    for a in known {
      for b in known {
        result += a.slope * b.slope * matrix[a.position, b.position]
      }
    }
    return result > 0 ? result : nil
  }

  private func estimate(
    _ value: Double, _ gradient: [(Int, Double)], _ scale: IntervalScale, _ quantile: Double
  ) -> LatentClassUncertainty.Estimate {
    let isBorder =
      switch scale {
      case .logit: value < 1e-5 || value > 1 - 1e-5
      case .logarithm: value <= 0
      case .plain: false
      }
    guard !isBorder, let error = variance(gradient)?.squareRoot() else {
      return LatentClassUncertainty.Estimate(
        value: value, standardError: nil, low: nil, high: nil)
    }
    let (low, high) = scale.ends(value, reach: quantile * error)
    return LatentClassUncertainty.Estimate(
      value: value, standardError: error, low: low, high: high)
  }

  /// All of a model's numbers with their errors.
  func estimates(
    of model: LatentClassModel, quantile: Double,
    estimator: LatentClassUncertainty.Estimator, degreesOfFreedom: Double
  ) -> LatentClassUncertainty {
    let layout = em.layout
    let classes = layout.classes
    var items = [[[LatentClassUncertainty.Estimate]]](
      repeating: [], count: em.data.table.items.count)
    for factor in layout.factors {
      for (member, item) in factor.items.enumerated() {
        items[item] = (0..<classes).map { latent in
          let place = scores.places[latent][factor.position]
          return factor.family.gradients(place, of: model.items[item], member: member, em.data)
            .map { estimate($0.value, $0.slopes, $0.scale, quantile) }
        }
      }
    }
    return LatentClassUncertainty(
      prevalence: (0..<classes).map { latent in
        estimate(model.prevalence[latent], sizeGradient(latent), .logit, quantile)
      },
      items: items, membership: membership(model, quantile), estimator: estimator,
      degreesOfFreedom: degreesOfFreedom)
  }

  private func sizeGradient(_ latent: Int) -> [(Int, Double)] {
    let classes = em.layout.classes
    let width = em.layout.designWidth
    guard classes > 1 else { return [] }
    if width == 0 {
      return (1..<classes).map { other in
        let own = other == latent ? 1.0 : 0
        return (other - 1, em.theta[latent] * (own - em.theta[other]))
      }
    }
    let pairs = width * (width + 1) / 2
    return (1..<classes).flatMap { other in
      (0..<width).map { covariate in
        let cross = em.totals(em.shape.curvatureSum + other * pairs + covariate, latent)
        let own = other == latent ? em.membershipSum(latent, covariate) : 0
        return ((other - 1) * width + covariate, (own - cross) / em.marginals.total)
      }
    }
  }

  private func membership(
    _ model: LatentClassModel, _ quantile: Double
  ) -> [[LatentClassUncertainty.Estimate]]? {
    guard let rows = model.membership else { return nil }
    let width = em.layout.designWidth
    let data = em.data
    return (1..<max(1, rows.count)).map { latent in
      (0..<width).map { covariate in
        let first = (latent - 1) * width
        let gradient: [(Int, Double)]
        if covariate == 0 {
          var terms: [(Int, Double)] = [(first, 1)]
          for other in 1..<width {
            let slope = -data.covariateCenters[other - 1] / data.covariateScales[other - 1]
            terms.append((first + other, slope))
          }
          gradient = terms
        } else {
          gradient = [(first + covariate, 1 / data.covariateScales[covariate - 1])]
        }
        return estimate(rows[latent][covariate], gradient, .plain, quantile)
      }
    }
  }
}
