import TesseraDesign
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
    let columns = settings.workers.map(products) { product in
      estimator.errors(Array(scores.fit.row(product)), means: means(product))
    }
    let firsts = firstShares()
    var cells: [FitCell] = []
    for segment in 0..<segments {
      for product in 0..<products {
        let fit = fits[product, segment]
        let acceptance = acceptances[product, segment]
        let linearised = columns[product][segment]
        let spread = interval(
          fit, linearised: linearised, replicateFits(product, segment))
        let isHidden = suppression.isHidden[segment] || !fit.isFinite
        let range = self.bounds[product]
        let shift = rounding(product, segment)
        let hidden = hiddenRange(product, segment)
        // What is worth how much to those who accept would tell how many do not.
        let accepted =
          hidden.below > 0
          ? nil
          : told(share: acceptance, in: segment, columns: model.barriers.flatMap(\.columns))
        var cell = FitCell(
          segment: segmented.segments[segment].id, product: model.products[product].name,
          fit: told(fit + shift, in: segment),
          fitMin: range.flatMap { told(max(0, $0.low[segment] + shift), in: segment) },
          fitMax: range.flatMap { told(min(100, $0.high[segment] + shift), in: segment) },
          fitRho: sensitivity.flatMap { told($0[product, segment], in: segment) },
          se: told(spread.se, in: segment), seLinearised: told(linearised, in: segment),
          low: told(
            shift == 0 && hidden.below == 0
              ? spread.low : max(0, spread.low + shift - hidden.below), in: segment),
          high: told(
            shift == 0 && hidden.below == 0
              ? spread.high : min(100, spread.high + shift + hidden.above), in: segment),
          acceptance: accepted,
          quality: accepted.flatMap {
            quality(fit, shift, accepted: acceptance, shown: $0, in: segment)
          },
          ledger: isHidden
            ? nil
            : losses.ledger(
              of: model, product: product, segment: segment,
              told: { told(share: $0, of: $1, in: segment) },
              points: { told(points: $0, of: product, in: segment) }),
          base: suppression.bases[segment])
        cell.boundsAreOuter = range?.isOuter ?? false
        if let firsts {
          let (low, high) = (firsts.low[product, segment], firsts.high[product, segment])
          if high - low < 0.005 {
            cell.firstProbability = told(high, in: segment)
          } else {
            (cell.firstLow, cell.firstHigh) = (told(low, in: segment), told(high, in: segment))
          }
        }
        cells.append(cell)
      }
    }
    return cells
  }

  private func means(_ product: Int) -> [Double] {
    (0..<segments).map { fits[product, $0] - shifts[product, $0] }
  }

  /// Products × segments: share of replicates in which a product ranks first, ties shared; the least
  /// and the greatest that unknown levels allow.
  private func firstShares() -> (low: Matrix, high: Matrix)? {
    guard replicates.count > 0 else { return nil }
    let products = model.products.count
    var low = Matrix(rows: products, columns: segments)
    var high = low
    for segment in 0..<segments {
      let complete = completeReplicates(segment)
      let offsets = model.products.indices.map { offset($0, segment) }
      let isKnown = offsets.allSatisfy { $0.low == 0 && $0.high == 0 }
      for product in 0..<products {
        var sums = (low: 0.0, high: 0.0)
        for replicate in complete {
          sums.high += Self.first(replicate, product) {
            $0 == product ? offsets[$0].high : offsets[$0].low
          }
          guard !isKnown else { continue }
          sums.low += Self.first(replicate, product) {
            $0 == product ? offsets[$0].low : offsets[$0].high
          }
        }
        high[product, segment] = sums.high / Double(complete.count)
        low[product, segment] = isKnown ? high[product, segment] : sums.low / Double(complete.count)
      }
    }
    return (low, high)
  }

  /// How far below and above its fit unknown levels, and shares that are hidden, may take a product.
  private func offset(_ product: Int, _ segment: Int) -> (low: Double, high: Double) {
    let hidden = hiddenRange(product, segment)
    let slack = hidden.below + hidden.above
    guard let range = bounds[product] else { return (-slack, slack) }
    let fit = fits[product, segment]
    return (
      min(0, range.low[segment] - fit) - slack, max(0, range.high[segment] - fit) + slack
    )
  }

  /// A product's part of the first place in one replicate.
  private static func first(
    _ replicate: [Double], _ product: Int, _ offset: (Int) -> Double
  ) -> Double {
    let own = replicate[product] + offset(product)
    var winners = 1.0
    for other in replicate.indices where other != product {
      let value = replicate[other] + offset(other)
      if value > own + 1e-9 { return 0 }
      if value >= own - 1e-9 { winners += 1 }
    }
    return 1 / winners
  }

  /// For each replicate in which the segment was not empty the fits of all products.
  private func completeReplicates(_ segment: Int) -> [[Double]] {
    let columns = model.products.indices.map { replicateFits($0, segment) }
    return (0..<replicates.count).compactMap { replicate in
      let row = columns.map { $0[replicate] }
      return row.allSatisfy(\.isFinite) ? row : nil
    }
  }

  /// The fit among those who would accept: they must be enough, and on a small base it is no more
  /// exact than the share that is shown of them.
  private func quality(
    _ fit: Double, _ shift: Double, accepted: Double, shown: Double, in segment: Int
  ) -> Double? {
    let base = suppression.bases[segment]
    guard shown > 0, accepted * base >= suppression.minimum else { return nil }
    let isExact = base >= CellRules(settings).small
    return told(isExact ? fit / accepted : min(100, (fit + shift) / shown), in: segment)
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
      let columns = model.products.indices.map { replicateFits($0, segment) }
      for (one, other) in wanted[segment] {
        let pair = found[rows[min(one, other) * products + max(one, other)]]
        let sign = one < other ? 1.0 : -1.0
        let difference = sign * pair.differences[segment]
        let error = pair.errors[segment]
        let drawn = (0..<replicates.count).map {
          columns[one][$0] - columns[other][$0]
        }
        let spread = interval(difference, linearised: error, drawn)
        let shift = rounding(one, segment) - rounding(other, segment)
        let hidden = (hiddenRange(one, segment), hiddenRange(other, segment))
        let isHidden = hidden.0.below + hidden.1.below > 0
        let superiority = one < other ? pair.ahead[segment] : pair.behind[segment]
        var told = Contrast(
          segment: segmented.segments[segment].id, product: model.products[one].name,
          versus: model.products[other].name,
          difference: self.told(difference + shift, in: segment),
          se: self.told(spread.se, in: segment), seLinearised: self.told(error, in: segment),
          low: self.told(spread.low + shift - hidden.0.below - hidden.1.above, in: segment),
          high: self.told(spread.high + shift + hidden.0.above + hidden.1.below, in: segment),
          confidence: isHidden
            ? nil : self.told(confidence(difference, error: error, drawn), in: segment),
          superiority: isHidden ? nil : self.told(share: superiority, in: segment))
        if told.difference != nil, bounds[one] != nil || bounds[other] != nil {
          let (mine, its) = (offset(one, segment), offset(other, segment))
          told.differenceMin = difference + mine.low - its.high
          told.differenceMax = difference + mine.high - its.low
          // Where one scenario of unknown incomes holds for both sides, they move together.
          if isLevelKnown(one), isLevelKnown(other), let pair = scenarioRange(one, other, segment) {
            (told.differenceMin, told.differenceMax) = pair
          }
          // How sure a difference is cannot be said while its sign is not known.
          if let least = told.differenceMin, let most = told.differenceMax, least < -1e-9,
            most > 1e-9
          {
            (told.confidence, told.superiority) = (nil, nil)
          }
        }
        contrasts.append(told)
      }
    }
    return contrasts
  }

  private func isLevelKnown(_ product: Int) -> Bool {
    !model.products[product].levels.contains(where: \.isNaN)
  }

  /// The difference of two products if all unknown incomes are the worst for both, or the best.
  private func scenarioRange(_ one: Int, _ other: Int, _ segment: Int) -> (Double, Double)? {
    func ends(_ product: Int) -> (Double, Double) {
      bounds[product].map { ($0.low[segment], $0.high[segment]) }
        ?? (fits[product, segment], fits[product, segment])
    }
    let (mine, its) = (ends(one), ends(other))
    let (worst, best) = (mine.0 - its.0, mine.1 - its.1)
    return (min(worst, best), max(worst, best))
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
    let means = estimator.means(gaps)
    return Pair(
      differences: (0..<segments).map { fits[one, $0] - fits[other, $0] },
      errors: estimator.errors(gaps, means: means),
      ahead: estimator.means(gaps.map { $0 > 1e-9 ? 1 : 0 }),
      behind: estimator.means(gaps.map { $0 < -1e-9 ? 1 : 0 }))
  }

  /// The ranks that products may have.
  func ranks() -> [RankSet] {
    guard replicates.count > 0 else { return [] }
    let sets = settings.workers.map(segments) { segment in
      RankSets(
        estimates: model.products.indices.map { fits[$0, segment] },
        replicates: completeReplicates(segment),
        slack: model.products.indices.map { offset($0, segment) })
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
