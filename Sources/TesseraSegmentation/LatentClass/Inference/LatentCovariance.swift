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
    let hasBlock = em.layout.factors.contains {
      if case .block = $0.kind { true } else { false }
    }
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
    for (position, factor) in em.layout.factors.enumerated() {
      guard case .categorical(let size) = factor.kind else { continue }
      for latent in 0..<em.layout.classes {
        var free = scores.firstFree[position][latent]
        for category in 0..<size where category != scores.references[position][latent] {
          let chance = em.theta[em.layout.offsets[position] + latent * size + category]
          result[free] = chance < 1e-5
          free += 1
        }
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
    for (position, factor) in layout.factors.enumerated() {
      for (member, item) in factor.items.enumerated() {
        items[item] = (0..<classes).map { latent in
          row(model.items[item], factor, position, member, latent, quantile)
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

  private func row(
    _ item: ItemModel, _ factor: LatentFactor, _ position: Int, _ member: Int, _ latent: Int,
    _ quantile: Double
  ) -> [LatentClassUncertainty.Estimate] {
    let free = scores.firstFree[position][latent]
    switch factor.kind {
    case .categorical(let size):
      let chances = item.probabilities?[latent] ?? []
      let others = (0..<size).filter { $0 != scores.references[position][latent] }
      return chances.enumerated().map { category, chance in
        let gradient = others.enumerated().map { index, other in
          (free + index, chance * ((other == category ? 1 : 0) - chances[other]))
        }
        return estimate(chance, gradient, .logit, quantile)
      }
    case .adjacent(let given):
      let chances = item.probabilities?[latent] ?? []
      let mean = zip(chances, given).reduce(0) { $0 + $1.0 * $1.1 }
      let shared = scores.columns[latent]
      let own = factor.ownFree(latent: latent)
      let start = scores.starts[position][latent]
      return chances.enumerated().map { category, chance in
        var gradient: [(Int, Double)] = (1..<max(1, given.count)).map { other in
          (
            shared[start + own + other - 1],
            chance * ((other == category ? 1 : 0) - chances[other])
          )
        }
        if own > 0 {
          gradient.append((free, chance * (given[category] - mean)))
        }
        return estimate(chance, gradient, .logit, quantile)
      }
    case .pair(let a, let b):
      return pairRow(item, position, member, a, b, latent, quantile)
    case .normal:
      let scale = em.data.columns[factor.firstColumn].scale
      return [estimate(item.means[latent], [(free, scale)], .plain, quantile)]
    case .poisson:
      let rate = item.means[latent]
      return [estimate(rate, [(free, rate)], .logarithm, quantile)]
    case .block:
      let scale = em.data.columns[factor.firstColumn + member].scale
      return [estimate(item.means[latent], [(free + member, scale)], .plain, quantile)]
    }
  }

  /// Margins of a pair: each cell's chance moves with all log-ratios of the pair.
  private func pairRow(
    _ item: ItemModel, _ position: Int, _ member: Int, _ a: Int, _ b: Int, _ latent: Int,
    _ quantile: Double
  ) -> [LatentClassUncertainty.Estimate] {
    let offset = em.layout.offsets[position]
    let table = (0..<a * b).map { em.theta[offset + latent * a * b + $0] }
    let columns = scores.columns[latent]
    let start = scores.starts[position][latent]
    let count = (a - 1) + (b - 1) + (a - 1) * (b - 1)
    func indicator(_ cell: Int, _ parameter: Int) -> Double {
      let (first, second) = (cell / b, cell % b)
      if parameter < a - 1 { return first == parameter + 1 ? 1 : 0 }
      if parameter < a - 1 + b - 1 { return second == parameter - (a - 1) + 1 ? 1 : 0 }
      let rest = parameter - (a - 1) - (b - 1)
      return first == rest / (b - 1) + 1 && second == rest % (b - 1) + 1 ? 1 : 0
    }
    let means = (0..<count).map { parameter in
      table.indices.reduce(0) { $0 + table[$1] * indicator($1, parameter) }
    }
    return (item.probabilities?[latent] ?? []).enumerated().map { category, chance in
      let gradient = (0..<count).map { parameter -> (Int, Double) in
        var slope = 0.0
        for cell in table.indices where (member == 0 ? cell / b : cell % b) == category {
          slope += table[cell] * (indicator(cell, parameter) - means[parameter])
        }
        return (columns[start + parameter], slope)
      }
      return estimate(chance, gradient, .logit, quantile)
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
