public import TesseraMath

extension LatentClassModel {
  /// All of the model's numbers, one after the other, in the units of the answers.
  ///
  /// Prevalence; membership coefficients, a row a class; each item's chances, or intercepts and
  /// slopes, or means and variances, or rates, class by class; blocks; direct effects. A model of the
  /// same form is made of them by ``with(numbers:)``.
  public var numbers: [Double] {
    var result = prevalence + (membership ?? []).flatMap { $0 }
    for item in items { result += item.distribution.numbers }
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
    let items = items.map {
      ItemModel(
        name: $0.name, measurement: $0.measurement, distribution: $0.distribution.with(take))
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
    order == Array(0..<classCount) ? self : selecting(classes: order)
  }

  /// The model of some of its classes, in the order given; one may come twice.
  ///
  /// Sizes stay as they are, and so need not sum to 1.
  func selecting(classes: [Int]) -> LatentClassModel {
    func chosen<Value>(_ values: [Value]) -> [Value] { classes.map { values[$0] } }
    return LatentClassModel(
      prevalence: chosen(prevalence),
      items: items.map {
        ItemModel(
          name: $0.name, measurement: $0.measurement,
          distribution: $0.distribution.selecting(classes))
      },
      blocks: blocks.map {
        CovarianceBlock(
          items: $0.items, means: chosen($0.means), covariances: chosen($0.covariances))
      },
      directEffects: directEffects.map {
        DirectEffect(
          first: $0.first, second: $0.second, probabilities: chosen($0.probabilities))
      },
      // The first class is the one that others are compared with.
      membership: membership.map { rows in
        chosen(rows).map { row in zip(row, rows[classes[0]]).map { $0 - $1 } }
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
