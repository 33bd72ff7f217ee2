import Foundation
public import TesseraMath

extension LatentClassModel {
  /// All of the model's numbers, one after the other, in the units of the answers.
  ///
  /// Prevalence; membership coefficients, a row a class; each item's chances, or intercepts and
  /// slopes, or means and variances, or rates, class by class; blocks; direct effects. A model of the
  /// same form is made of them by ``with(numbers:)``.
  public var numbers: [Double] {
    var result = prevalence + (membership ?? []).flatMap { $0 }
    for item in items {
      switch item.distribution {
      case .categories(let rows): result += rows.flatMap { $0 }
      case .adjacentCategories(_, let intercepts, let slopes, _): result += intercepts + slopes
      case .normal(let means, let variances): result += means + variances
      case .counts(let rates): result += rates
      }
    }
    for block in blocks {
      result += block.means.flatMap { $0 } + block.covariances.flatMap { $0 }
    }
    for effect in directEffects { result += effect.probabilities.flatMap { $0 } }
    return result
  }

  /// A model of this one's form with other numbers.
  ///
  /// - Parameter numbers: As ``numbers`` gives them.
  /// - Returns: The model; `nil` if there are more or fewer numbers than the form has.
  public func with(numbers: [Double]) -> LatentClassModel? {
    guard numbers.count == self.numbers.count else { return nil }
    var rest = numbers[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    func take(_ rows: [[Double]]) -> [[Double]] { rows.map { take($0.count) } }
    let prevalence = take(classCount)
    let membership = membership.map(take)
    let items = items.map { item -> ItemModel in
      let distribution: ItemModel.Distribution
      switch item.distribution {
      case .categories(let rows): distribution = .categories(take(rows))
      case .adjacentCategories(_, let intercepts, let slopes, let scores):
        distribution = .adjacent(
          intercepts: take(intercepts.count), slopes: take(slopes.count), scores: scores)
      case .normal(let means, let variances):
        distribution = .normal(means: take(means.count), variances: take(variances.count))
      case .counts(let rates): distribution = .counts(rates: take(rates.count))
      }
      return ItemModel(name: item.name, measurement: item.measurement, distribution: distribution)
    }
    let blocks = blocks.map {
      CovarianceBlock(items: $0.items, means: take($0.means), covariances: take($0.covariances))
    }
    let effects = directEffects.map {
      DirectEffect(first: $0.first, second: $0.second, probabilities: take($0.probabilities))
    }
    return LatentClassModel(
      prevalence: prevalence, items: items, blocks: blocks, directEffects: effects,
      membership: membership, modelledGaps: modelledGaps)
  }

  /// The same model with its classes in another order.
  ///
  /// - Parameter order: For each place the class that comes there.
  /// - Returns: The model.
  public func reordered(_ order: [Int]) -> LatentClassModel {
    guard order != Array(0..<classCount) else { return self }
    let items = items.map { item -> ItemModel in
      let distribution: ItemModel.Distribution
      switch item.distribution {
      case .categories(let rows): distribution = .categories(order.map { rows[$0] })
      case .adjacentCategories(_, let intercepts, let slopes, let scores):
        // The first class has slope 0: what it had goes into the intercepts.
        let first = slopes[order[0]]
        distribution = .adjacent(
          intercepts: zip(intercepts, scores).map { $0 + first * ($1 - scores[0]) },
          slopes: order.map { slopes[$0] - first }, scores: scores)
      case .normal(let means, let variances):
        distribution = .normal(
          means: order.map { means[$0] }, variances: order.map { variances[$0] })
      case .counts(let rates): distribution = .counts(rates: order.map { rates[$0] })
      }
      return ItemModel(name: item.name, measurement: item.measurement, distribution: distribution)
    }
    return LatentClassModel(
      prevalence: order.map { prevalence[$0] }, items: items,
      blocks: blocks.map { block in
        CovarianceBlock(
          items: block.items, means: order.map { block.means[$0] },
          covariances: order.map { block.covariances[$0] })
      },
      directEffects: directEffects.map { effect in
        DirectEffect(
          first: effect.first, second: effect.second,
          probabilities: order.map { effect.probabilities[$0] })
      },
      membership: membership.map { rows in
        order.map { place in zip(rows[place], rows[order[0]]).map { $0 - $1 } }
      }, modelledGaps: modelledGaps)
  }

  /// Chance of each class for the respondents of prepared data.
  ///
  /// - Parameter data: The model's items, made ready; its weights play no part.
  /// - Returns: Respondents x classes, rows summing to 1.
  /// - Throws: ``SegmentationError/mismatch(of:expected:found:)`` if the items differ.
  public func posterior(on data: LatentClassData) throws(SegmentationError) -> Matrix {
    let rows = data.table.respondentCount
    let em = try makeEM(
      on: data, weights: [Double](repeating: 1, count: rows), prior: .none, workers: .single)
    let scored = em.score().posterior
    var posterior = Matrix(rows: rows, columns: classCount)
    for row in 0..<rows {
      let start = Int(data.patternOf[row]) * classCount
      for latent in 0..<classCount { posterior[row, latent] = scored[start + latent] }
    }
    return posterior
  }
}

extension ItemModel.Distribution {
  /// Chances of adjacent categories from their log-odds.
  fileprivate static func adjacent(
    intercepts: [Double], slopes: [Double], scores: [Double]
  ) -> ItemModel.Distribution {
    .adjacentCategories(
      probabilities: slopes.map { slope in
        let logs = zip(intercepts, scores).map { $0 + slope * $1 }
        let top = logs.max() ?? 0
        let raw = logs.map { exp($0 - top) }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
      }, intercepts: intercepts, slopes: slopes, scores: scores)
  }
}
