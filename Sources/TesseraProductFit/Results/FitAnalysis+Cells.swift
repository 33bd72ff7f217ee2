import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// Every segment with every product.
  func cells() -> [FitCell] {
    let rho = model.rho
    let sensitivity =
      rho == 1
      ? nil : estimator.means(scorer.scores(model.productLevels, rho: rho).fit)
    let products = model.products.count
    let acceptances = estimator.means(scores.acceptance)
    let columns = settings.workers.map(products) { product in
      estimator.errors(Array(scores.fit.row(product)), means: Array(fits.row(product)))
    }
    let firsts = firstShares()
    var cells: [FitCell] = []
    for segment in 0..<segments {
      for product in 0..<products {
        let fit = fits[product, segment]
        let acceptance = acceptances[product, segment]
        let linearised = columns[product][segment]
        let spread = interval(
          fit, linearised: linearised, replicates.fit(product, segment))
        let isHidden = suppression.isHidden[segment] || !fit.isFinite
        let bounds = scores.bounds[product]
        cells.append(
          FitCell(
            segment: segmented.segments[segment].id, product: model.products[product].name,
            fit: told(fit, in: segment),
            fitMin: bounds.flatMap { told(estimator.means($0.low)[segment], in: segment) },
            fitMax: bounds.flatMap { told(estimator.means($0.high)[segment], in: segment) },
            fitRho: sensitivity.flatMap { told($0[product, segment], in: segment) },
            se: told(spread.se, in: segment), seLinearised: told(linearised, in: segment),
            low: told(spread.low, in: segment), high: told(spread.high, in: segment),
            acceptance: told(acceptance, in: segment),
            quality: acceptance > 0 ? told(fit / acceptance, in: segment) : nil,
            ledger: isHidden
              ? nil : losses.ledger(of: model, product: product, segment: segment),
            firstProbability: firsts.map { $0[product, segment] }.flatMap {
              told($0, in: segment)
            },
            base: suppression.bases[segment]))
      }
    }
    return cells
  }

  /// Products × segments: share of replicates in which a product ranks first, ties shared.
  private func firstShares() -> Matrix? {
    guard replicates.count > 0 else { return nil }
    let products = model.products.count
    var shares = Matrix(rows: products, columns: segments)
    for segment in 0..<segments {
      var counted = 0.0
      for replicate in completeReplicates(segment) {
        let best = replicate.max() ?? 0
        let winners = replicate.indices.filter { replicate[$0] >= best - 1e-9 }
        for winner in winners { shares[winner, segment] += 1 / Double(winners.count) }
        counted += 1
      }
      for product in 0..<products { shares[product, segment] /= counted }
    }
    return shares
  }

  /// For each replicate in which the segment was not empty the fits of all products.
  private func completeReplicates(_ segment: Int) -> [[Double]] {
    let columns = model.products.indices.map { replicates.fit($0, segment) }
    return (0..<replicates.count).compactMap { replicate in
      let row = columns.map { $0[replicate] }
      return row.allSatisfy(\.isFinite) ? row : nil
    }
  }

  /// Most products of which every pair is told.
  static let pairedProducts = 8

  /// Which products are compared with which in a segment: each with every other, or of many each
  /// with the best, the best with each, and each with the next.
  private func pairs(_ segment: Int) -> [(one: Int, other: Int)] {
    let products = model.products.count
    var pairs: [(one: Int, other: Int)] = []
    if products <= Self.pairedProducts {
      for one in 0..<products {
        for other in 0..<products where other != one { pairs.append((one, other)) }
      }
      return pairs
    }
    let order = (0..<products).sorted {
      let (one, two) = (fits[$0, segment], fits[$1, segment])
      return one != two ? one > two : $0 < $1
    }
    for place in 1..<products {
      pairs.append((order[0], order[place]))
      pairs.append((order[place], order[0]))
      if place + 1 < products { pairs.append((order[place], order[place + 1])) }
    }
    return pairs
  }

  /// Products against others in every segment.
  func contrasts() -> [Contrast] {
    let products = model.products.count
    let wanted = (0..<segments).map(pairs)
    var needed = [Bool](repeating: false, count: products * products)
    for (one, other) in wanted.flatMap({ $0 }) {
      needed[min(one, other) * products + max(one, other)] = true
    }
    let places = needed.indices.filter { needed[$0] }
    let found = settings.workers.map(places.count) {
      contrast(places[$0] / products, places[$0] % products)
    }
    var rows = [Int](repeating: 0, count: products * products)
    for (position, place) in places.enumerated() { rows[place] = position }
    var contrasts: [Contrast] = []
    for segment in 0..<segments {
      let columns = model.products.indices.map { replicates.fit($0, segment) }
      for (one, other) in wanted[segment] {
        let pair = found[rows[min(one, other) * products + max(one, other)]]
        let sign = one < other ? 1.0 : -1.0
        let difference = sign * pair.differences[segment]
        let error = pair.errors[segment]
        let drawn = (0..<replicates.count).map {
          columns[one][$0] - columns[other][$0]
        }
        let spread = interval(difference, linearised: error, drawn)
        let superiority = one < other ? pair.ahead[segment] : pair.behind[segment]
        contrasts.append(
          Contrast(
            segment: segmented.segments[segment].id, product: model.products[one].name,
            versus: model.products[other].name, difference: told(difference, in: segment),
            se: told(spread.se, in: segment), seLinearised: told(error, in: segment),
            low: told(spread.low, in: segment), high: told(spread.high, in: segment),
            confidence: told(
              confidence(difference, error: error, drawn), in: segment),
            superiority: told(superiority, in: segment)))
      }
    }
    return contrasts
  }

  /// How sure it is that a mean difference is above 0.
  private func confidence(_ difference: Double, error: Double, _ drawn: [Double]) -> Double {
    let drawn = drawn.filter(\.isFinite)
    if isGiven || drawn.isEmpty {
      if error == 0 { return abs(difference) < 1e-9 ? 0.5 : difference > 0 ? 1 : 0 }
      return NormalDistribution.standard.cumulative(difference / error)
    }
    var ahead = 0.0
    for value in drawn { ahead += abs(value) < 1e-9 ? 0.5 : value > 0 ? 1 : 0 }
    return ahead / Double(drawn.count)
  }

  private struct Pair: Sendable {
    let differences: [Double]
    let errors: [Double]
    /// Share of people for whom the first is ahead, and for whom it is behind.
    let ahead: [Double]
    let behind: [Double]
  }

  private func contrast(_ one: Int, _ other: Int) -> Pair {
    let count = model.respondents.count
    let first = scores.fit.row(one)
    let second = scores.fit.row(other)
    var gaps = [Double](repeating: 0, count: count)
    for respondent in 0..<count {
      gaps[respondent] =
        first[first.startIndex + respondent] - second[second.startIndex + respondent]
    }
    let means = (0..<segments).map { fits[one, $0] - fits[other, $0] }
    return Pair(
      differences: means, errors: estimator.errors(gaps, means: means),
      ahead: estimator.means(gaps.map { $0 > 1e-9 ? 1 : 0 }),
      behind: estimator.means(gaps.map { $0 < -1e-9 ? 1 : 0 }))
  }

  /// The ranks that products may have.
  func ranks() -> [RankSet] {
    guard replicates.count > 0 else { return [] }
    let sets = settings.workers.map(segments) { segment in
      RankSets(
        estimates: model.products.indices.map { fits[$0, segment] },
        replicates: completeReplicates(segment))
    }
    var result: [RankSet] = []
    for segment in 0..<segments where !suppression.isHidden[segment] {
      for product in model.products.indices {
        let ranks = sets[segment].ranks[product]
        result.append(
          RankSet(
            segment: segmented.segments[segment].id, product: model.products[product].name,
            best: ranks.lowerBound, worst: ranks.upperBound))
      }
    }
    return result
  }
}
