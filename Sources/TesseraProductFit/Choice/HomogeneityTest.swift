import TesseraMath

/// A test that people of several groups have the same mean vector.
///
/// The statistic is *n* times Pillai's trace. Where every person has exactly one of several options
/// it is Pearson's chi-square of the table; it holds as well where a person has several options or
/// shares of them. Weights count as so many people as they are worth (Kish).
struct HomogeneityTest: Sendable {
  let chiSquare: Double
  let degreesOfFreedom: Int
  let p: Double
  /// Cramér's V, 0 to 1.
  let cramersV: Double
  /// Groups × options: weighted means.
  let means: Matrix

  /// Tests.
  ///
  /// - Parameters:
  ///   - vectors: People × options.
  ///   - groups: For each person the group, from 0.
  ///   - count: Number of groups.
  ///   - weights: One for each person.
  ///   - isFrequency: Whether weights count people.
  init(
    _ vectors: Matrix, groups: [Int], count: Int, weights: [Double], isFrequency: Bool = false
  ) {
    let width = vectors.columns
    var means = Matrix(rows: count, columns: width)
    var mean = [Double](repeating: 0, count: width)
    var sizes = [Double](repeating: 0, count: count)
    var (total, squares) = (0.0, 0.0)
    for person in groups.indices {
      let weight = weights[person]
      total += weight
      squares += weight * weight
      sizes[groups[person]] += weight
      for option in 0..<width {
        mean[option] += weight * vectors[person, option]
        means[groups[person], option] += weight * vectors[person, option]
      }
    }
    for option in 0..<width { mean[option] /= max(total, 1e-300) }
    for group in 0..<count where sizes[group] > 0 {
      for option in 0..<width { means[group, option] /= sizes[group] }
    }
    var centred = vectors
    for person in groups.indices {
      for option in 0..<width { centred[person, option] -= mean[option] }
    }
    let within = centred.crossProduct(weights: weights)
    var differences = means
    for group in 0..<count {
      for option in 0..<width {
        differences[group, option] = sizes[group] > 0 ? means[group, option] - mean[option] : 0
      }
    }
    self.means = means
    let people = isFrequency ? total : squares > 0 ? total * total / squares : 0
    let used = sizes.count { $0 > 0 }
    guard width > 0, used > 1, let eigen = try? SymmetricEigen(within),
      let largest = eigen.values.first, largest > 0
    else {
      (chiSquare, degreesOfFreedom, p, cramersV) = (0, 0, 1, 0)
      return
    }
    var (trace, rank) = (0.0, 0)
    for (index, value) in eigen.values.enumerated() where value > 1e-10 * largest {
      rank += 1
      for group in 0..<count {
        var projection = 0.0
        for option in 0..<width {
          projection += differences[group, option] * eigen.vectors[option, index]
        }
        trace += sizes[group] * projection * projection / value
      }
    }
    let freedom = rank * (used - 1)
    chiSquare = people * trace
    degreesOfFreedom = freedom
    p = ChiSquareDistribution(degreesOfFreedom: Double(freedom)).survival(chiSquare)
    cramersV = (trace / Double(max(1, min(rank, used - 1)))).squareRoot()
  }
}
