import Foundation
import TesseraMath

extension EM {
  /// The classes by falling prevalence; equal ones by their first differing parameter.
  ///
  /// Leaves `theta` and the posterior as they are. With covariates the prevalence is that of the
  /// last E-step.
  func orderByPrevalence() -> [Int] {
    let classes = layout.classes
    var sizes = Array(theta[0..<classes])
    if layout.designWidth > 0 {
      expectation(.double)
      maximisation()
      sizes = Array(image[0..<classes])
    }
    return (0..<classes).sorted { a, b in
      if (sizes[a] - sizes[b]).magnitude > 1e-9 {
        return sizes[a] > sizes[b]
      }
      let (first, second) = (profile(a), profile(b))
      return second.lexicographicallyPrecedes(first)
    }
  }

  private func profile(_ latent: Int) -> [Double] {
    let classes = layout.classes
    var result: [Double] = []
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      for (first, length) in rows(of: factor, offset, latent, classes) {
        result += theta[first..<first + length]
      }
    }
    return result
  }

  /// Where the numbers of one class stand: first position and how many.
  private func rows(
    of factor: LatentFactor, _ offset: Int, _ latent: Int, _ classes: Int
  ) -> [(Int, Int)] {
    switch factor.kind {
    case .categorical(let size): [(offset + latent * size, size)]
    case .pair(let a, let b): [(offset + latent * a * b, a * b)]
    case .adjacent(let scores): [(offset + scores.count + latent, 1)]
    case .normal: [(offset + latent, 1), (offset + classes + latent, 1)]
    case .poisson: [(offset + latent, 1)]
    case .block(let size, _):
      [
        (offset + latent * size, size),
        (offset + classes * size + latent * size * size, size * size),
      ]
    }
  }

  /// Puts the classes of `theta` in another order.
  func permute(_ order: [Int]) {
    let classes = layout.classes
    let width = layout.designWidth
    let old = theta
    for (new, latent) in order.enumerated() {
      theta[new] = old[latent]
      for covariate in 0..<width {
        // Against the new first class.
        theta[layout.membership + new * width + covariate] =
          old[layout.membership + latent * width + covariate]
          - old[layout.membership + order[0] * width + covariate]
      }
      for (factor, offset) in zip(layout.factors, layout.offsets) {
        let targets = rows(of: factor, offset, new, classes)
        for ((from, length), (to, _)) in zip(rows(of: factor, offset, latent, classes), targets) {
          for index in 0..<length {
            theta[to + index] = old[from + index]
          }
        }
      }
    }
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      guard case .adjacent(let scores) = factor.kind else { continue }
      let first = theta[offset + scores.count]
      for (category, score) in scores.enumerated() {
        theta[offset + category] += first * (score - scores[0])
      }
      for latent in 0..<classes {
        theta[offset + scores.count + latent] -= first
      }
    }
  }

  /// The model that `theta` stands for, in the units of the table.
  ///
  /// - Parameter posterior: Chances at `theta`, patterns x classes; gives the prevalence where
  ///   there are covariates.
  /// - Returns: The model, its classes in the order of `theta`.
  func model(posterior: [Double]) -> LatentClassModel {
    let classes = layout.classes
    var prevalence = Array(theta[0..<classes])
    var membership: [[Double]]?
    if layout.designWidth > 0 {
      var sums = [Double](repeating: 0, count: classes)
      for (pattern, weight) in weights.enumerated() where weight > 0 {
        for latent in 0..<classes {
          sums[latent] += weight * posterior[pattern * classes + latent]
        }
      }
      prevalence = sums.map { $0 / marginals.total }
      membership = (0..<classes).map(membershipRow)
    }
    var items = [ItemModel?](repeating: nil, count: data.table.items.count)
    var blocks: [CovarianceBlock] = []
    var effects: [DirectEffect] = []
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      for (item, distribution) in zip(factor.items, distributions(of: factor, offset)) {
        items[item] = ItemModel(
          name: data.table.items[item].name, measurement: data.table.items[item].measurement,
          distribution: distribution)
      }
      switch factor.kind {
      case .block(let size, _): blocks.append(block(factor, offset, size))
      case .pair(let a, let b):
        effects.append(
          DirectEffect(
            first: factor.items[0], second: factor.items[1],
            probabilities: chunks(offset, classes, a * b)))
      default: break
      }
    }
    return LatentClassModel(
      prevalence: prevalence, items: items.compactMap { $0 }, blocks: blocks,
      directEffects: effects, membership: membership, modelledGaps: data.modelledGaps)
  }

  /// Coefficients of one class in the units of the covariates.
  private func membershipRow(_ latent: Int) -> [Double] {
    let width = layout.designWidth
    let first = layout.membership + latent * width
    var row = Array(theta[first..<first + width])
    for covariate in 1..<width {
      row[covariate] /= data.covariateScales[covariate - 1]
      row[0] -= row[covariate] * data.covariateCenters[covariate - 1]
    }
    return row
  }

  private func chunks(_ offset: Int, _ count: Int, _ size: Int) -> [[Double]] {
    (0..<count).map { Array(theta[offset + $0 * size..<offset + ($0 + 1) * size]) }
  }

  private func distributions(
    of factor: LatentFactor, _ offset: Int
  ) -> [ItemModel.Distribution] {
    let classes = layout.classes
    switch factor.kind {
    case .categorical(let size):
      return [.categories(chunks(offset, classes, size))]
    case .adjacent(let scores):
      let intercepts = Array(theta[offset..<offset + scores.count])
      let slopes = Array(
        theta[offset + scores.count..<offset + scores.count + classes])
      let rows = slopes.map { slope in
        let terms = zip(intercepts, scores).map { $0 + slope * $1 }
        let norm = logSumExp(terms)
        return terms.map { exp($0 - norm) }
      }
      return [
        .adjacentCategories(
          probabilities: rows, intercepts: intercepts.map { $0 - intercepts[0] }, slopes: slopes,
          scores: scores)
      ]
    case .pair(let a, let b):
      let tables = chunks(offset, classes, a * b)
      return [
        .categories(
          tables.map { table in
            (0..<a).map { first in (0..<b).reduce(0) { $0 + table[first * b + $1] } }
          }),
        .categories(
          tables.map { table in
            (0..<b).map { second in (0..<a).reduce(0) { $0 + table[$1 * b + second] } }
          }),
      ]
    case .normal:
      let column = data.columns[factor.firstColumn]
      return [
        .normal(
          means: (0..<classes).map { column.center + column.scale * theta[offset + $0] },
          variances: (0..<classes).map {
            column.scale * column.scale * theta[offset + classes + $0]
          })
      ]
    case .poisson:
      return [.counts(rates: Array(theta[offset..<offset + classes]))]
    case .block(let size, _):
      let block = block(factor, offset, size)
      return (0..<size).map { position in
        .normal(
          means: block.means.map { $0[position] },
          variances: block.covariances.map { $0[position * size + position] })
      }
    }
  }

  private func block(_ factor: LatentFactor, _ offset: Int, _ size: Int) -> CovarianceBlock {
    let classes = layout.classes
    let columns = (0..<size).map { data.columns[factor.firstColumn + $0] }
    let means = chunks(offset, classes, size).map { row in
      zip(row, columns).map { $1.center + $1.scale * $0 }
    }
    let covariances = chunks(offset + classes * size, classes, size * size).map { matrix in
      matrix.enumerated().map { position, value in
        value * columns[position / size].scale * columns[position % size].scale
      }
    }
    return CovarianceBlock(items: factor.items, means: means, covariances: covariances)
  }
}
