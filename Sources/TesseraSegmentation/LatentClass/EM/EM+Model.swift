extension EM {
  /// The classes by falling prevalence; equal ones by their first differing parameter.
  ///
  /// Leaves `theta` and the posterior as they are. With covariates the prevalence is that of the
  /// last E-step.
  func orderByPrevalence() -> [Int] {
    let classes = layout.classes
    var sizes = theta.column(of: layout.sizes, classes: classes)
    if layout.designWidth > 0 {
      expectation(.double)
      maximisation()
      sizes = image.column(of: layout.sizes, classes: classes)
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
    layout.factors.flatMap { factor in
      factor.tables.filter { !$0.form.isShared }.flatMap { Array(theta[$0.row(latent)]) }
    }
  }

  /// Puts the classes of `theta` in another order.
  func permute(_ order: [Int]) {
    let old = theta
    for table in layout.tables where !table.form.isShared {
      for (new, latent) in order.enumerated() {
        theta.replaceSubrange(table.row(new), with: old[table.row(latent)])
      }
    }
    referMembership()
    for factor in layout.factors {
      factor.family.refer(factor, &theta, classes: layout.classes)
    }
  }

  /// Takes the membership coefficients against the first class.
  func referMembership() {
    let first = Array(theta[layout.membership.row(0)])
    for latent in 0..<layout.classes {
      for (index, reference) in zip(layout.membership.row(latent), first) {
        theta[index] -= reference
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
    var prevalence = theta.column(of: layout.sizes, classes: classes)
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
    for factor in layout.factors {
      for (item, distribution) in zip(factor.items, factor.family.distributions(factor, self)) {
        items[item] = ItemModel(
          name: data.table.items[item].name, measurement: data.table.items[item].measurement,
          distribution: distribution)
      }
      if let family = factor.family as? BlockFamily {
        blocks.append(family.block(factor, self))
      } else if let family = factor.family as? PairFamily {
        effects.append(family.effect(factor, self))
      }
    }
    return LatentClassModel(
      prevalence: prevalence, items: items.compactMap { $0 }, blocks: blocks,
      directEffects: effects, membership: membership, modelledGaps: data.modelledGaps)
  }

  /// Coefficients of one class in the units of the covariates.
  private func membershipRow(_ latent: Int) -> [Double] {
    var row = Array(theta[layout.membership.row(latent)])
    for covariate in 1..<layout.designWidth {
      row[covariate] /= data.covariateScales[covariate - 1]
      row[0] -= row[covariate] * data.covariateCenters[covariate - 1]
    }
    return row
  }
}
