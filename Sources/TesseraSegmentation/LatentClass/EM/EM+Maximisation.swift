extension EM {
  /// Expected counts of each factor's codes from those of the groups.
  func unpackCounts() {
    let classes = layout.classes
    let (sums, lanes, decode) = (totals, lanes, shape.decode)
    var expected = counts
    counts = []
    for index in expected.indices {
      expected[index] = 0
    }
    var position = 0
    for group in data.groups {
      let members = group.factors.count
      for cell in group.firstCell..<group.firstCell + group.cells {
        let source = cell * lanes
        for member in 0..<members {
          let target = Int(decode[position + member]) * classes
          for latent in 0..<classes {
            expected[target + latent] += sums[source + latent]
          }
        }
        position += members
      }
    }
    counts = expected
  }

  /// M-step: writes into `image` the parameters that fit the sums best, prior included.
  func maximisation() {
    let classes = layout.classes
    let share = 1 / Double(classes)
    var total = 0.0
    for latent in 0..<classes {
      total += totals[shape.classSum * lanes + latent]
    }
    // With covariates the sizes follow from the coefficients, where the prior is.
    let imaginary = layout.designWidth > 0 ? 0 : prior.sizes
    for latent in 0..<classes {
      image[layout.sizes.index(latent)] =
        (totals[shape.classSum * lanes + latent] + imaginary * share) / (total + imaginary)
    }
    if layout.designWidth > 0 {
      maximiseMembership()
    }
    for factor in layout.factors {
      factor.family.maximise(factor, self)
    }
  }

  /// Holds proposed parameters to what the M-step allows.
  func keepAboveFloors() {
    for factor in layout.factors {
      factor.family.keepAboveFloors(factor, self)
    }
  }

  /// One class's part of a sum of the last sweep.
  func totals(_ sum: Int, _ latent: Int) -> Double {
    totals[sum * lanes + latent]
  }

  /// Expected answers of a class to what is read by code, those of the prior included.
  func answered(_ factor: LatentFactor, _ latent: Int) -> Double {
    let classes = layout.classes
    return (1..<factor.cells).reduce(prior.categories / Double(classes)) {
      $0 + counts[(factor.firstCell + $1) * classes + latent]
    }
  }
}
