import TesseraMath

/// How items become columns of a factor analysis: centred, and scaled so that each item weighs 1.
///
/// A number becomes its z-score. A category *l* chosen by the share p becomes (1[l] − p) / √p. A gap
/// stands at the mean, 0 in all columns of its item.
struct FactorColumns: Sendable, Equatable {
  /// Where an item's columns lie, and what they do.
  struct Block: Sendable, Equatable {
    let item: Int
    let start: Int
    /// Mean and inverse deviation of a number.
    let centre: Double
    let rate: Double
    /// Share of each category, from code 1; empty for a number.
    let shares: [Double]

    var width: Int { shares.isEmpty ? 1 : shares.count }
  }

  let layout: FactorLayout
  let blocks: [Block]
  /// Items with at least two different answers.
  let informative: Int

  /// Number of columns.
  var count: Int { layout.count }

  /// Finds means and shares.
  ///
  /// - Parameters:
  ///   - rows: The rows that differ.
  ///   - weights: What each counts for.
  ///   - layout: Where each item's columns lie.
  init(_ rows: FactorRows, weights: [Double], layout: FactorLayout) {
    let masses = FactorCrossKernel.masses(rows, weights: weights)
    let moments = FactorCrossKernel.moments(rows, weights: weights)
    var blocks: [Block] = []
    var informative = 0
    var measure = 0
    for place in layout.places {
      var centre = 0.0
      var rate = 0.0
      var shares: [Double] = []
      if place.categories == 0 {
        (centre, rate) = moments[measure]
        measure += 1
      } else {
        let own = masses[place.start..<place.start + place.categories]
        let mass = own.reduce(0, +)
        shares = own.map { mass > 0 ? $0 / mass : 0 }
      }
      informative += rate > 0 || shares.count { $0 > 0 } > 1 ? 1 : 0
      blocks.append(
        Block(
          item: place.item, start: place.start, centre: centre, rate: rate, shares: shares))
    }
    self.layout = layout
    self.blocks = blocks
    self.informative = informative
  }

  /// Whether all items are categories.
  var allCategories: Bool { blocks.allSatisfy { !$0.shares.isEmpty } }

  /// Means and inverse deviations of the numbers, in their order.
  var scales: [(centre: Double, rate: Double)] {
    blocks.filter(\.shares.isEmpty).map { ($0.centre, $0.rate) }
  }
}

extension FactorColumns {
  /// The weighted sums of products of all columns, from counts of answers given together.
  ///
  /// - Parameters:
  ///   - rows: The rows that differ.
  ///   - weights: What each counts for.
  ///   - workers: Threads to use.
  /// - Returns: Columns × columns, divided by the sum of the weights.
  func products(_ rows: FactorRows, weights: [Double], workers: Workers) -> Matrix {
    let sums = FactorCrossKernel.sums(
      rows, weights: weights, scales: scales, workers: workers)
    let rate = 1 / weights.reduce(0, +)
    let choices = blocks.filter { !$0.shares.isEmpty }
    let measures = blocks.filter(\.shares.isEmpty)
    var result = Matrix(rows: count, columns: count)
    for (place, block) in measures.enumerated() {
      for (other, second) in measures.enumerated() {
        result[block.start, second.start] =
          rate * sums.numbers[max(place, other) * rows.numeric + min(place, other)]
      }
      for choice in choices {
        // Answers of a number's respondents by category, and of all who answered both.
        let own = choice.shares.indices.map {
          sums.mixed[(choice.start + $0) * rows.numeric + place]
        }
        let all = own.reduce(0, +)
        for (category, share) in choice.shares.enumerated() where share > 0 {
          let value = rate * (own[category] - share * all) / share.squareRoot()
          result[block.start, choice.start + category] = value
          result[choice.start + category, block.start] = value
        }
      }
    }
    for (place, block) in choices.enumerated() {
      fillOwn(block, sums, rate, &result)
      for second in choices[(place + 1)...] {
        fillPair(block, second, sums, rate, &result)
      }
    }
    return result
  }

  /// Products of the columns of one item.
  private func fillOwn(
    _ block: Block, _ sums: FactorCrossKernel.Sums, _ rate: Double, _ result: inout Matrix
  ) {
    let counts = block.shares.indices.map {
      sums.pairs[(block.start + $0) * (count + 1) + block.start + $0]
    }
    let all = counts.reduce(0, +)
    for (a, p) in block.shares.enumerated() where p > 0 {
      for (b, q) in block.shares.enumerated() where q > 0 {
        let both = a == b ? counts[a] : 0
        result[block.start + a, block.start + b] =
          rate * (both - p * counts[b] - q * counts[a] + p * q * all) / (p * q).squareRoot()
      }
    }
  }

  /// Products of the columns of two items, over those who answered both.
  private func fillPair(
    _ first: Block, _ second: Block, _ sums: FactorCrossKernel.Sums, _ rate: Double,
    _ result: inout Matrix
  ) {
    func both(_ a: Int, _ b: Int) -> Double {
      sums.pairs[(first.start + a) * (count + 1) + second.start + b]
    }
    let rows = first.shares.indices.map { a in
      second.shares.indices.reduce(0) { $0 + both(a, $1) }
    }
    let columns = second.shares.indices.map { b in
      first.shares.indices.reduce(0) { $0 + both($1, b) }
    }
    let all = rows.reduce(0, +)
    for (a, p) in first.shares.enumerated() where p > 0 {
      for (b, q) in second.shares.enumerated() where q > 0 {
        let value =
          rate * (both(a, b) - p * columns[b] - q * rows[a] + p * q * all) / (p * q).squareRoot()
        result[first.start + a, second.start + b] = value
        result[second.start + b, first.start + a] = value
      }
    }
  }

  /// What each column adds to a row's coordinates when its answer is given; the last row, for a
  /// gap, is 0.
  ///
  /// - Parameter axes: Columns × components.
  /// - Returns: For categories (columns + 1) × components; for numbers their axes, in order.
  func steps(along axes: Matrix) -> (categories: [Double], numbers: [Double]) {
    let width = axes.columns
    var categories = [Double](repeating: 0, count: (count + 1) * width)
    var numbers: [Double] = []
    for block in blocks {
      guard !block.shares.isEmpty else {
        numbers.append(contentsOf: axes.row(block.start))
        continue
      }
      for component in 0..<width {
        var all = 0.0
        for (category, share) in block.shares.enumerated() {
          all += share.squareRoot() * axes[block.start + category, component]
        }
        for (category, share) in block.shares.enumerated() {
          let own = share > 0 ? axes[block.start + category, component] / share.squareRoot() : 0
          categories[(block.start + category) * width + component] = own - all
        }
      }
    }
    return (categories, numbers)
  }
}
