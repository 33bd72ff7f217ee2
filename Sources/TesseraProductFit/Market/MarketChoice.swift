import TesseraMath

/// How people choose among the products of a market that they know and can get.
enum ChoiceRule: String, Sendable, CaseIterable {
  /// Everybody takes the product of the highest fit, ties shared.
  case first = "first_choice"
  /// The chance of a product is exp(fit/scale) over the sum.
  case preference = "share_of_preference"
  /// First choice with errors on features, so that look-alikes share.
  case randomised = "randomised_first_choice"
}

/// Everybody's chances of taking each product, where not all products are known or to be had.
///
/// Each product is among those that a person chooses from with its own chance, independently of the
/// others. First choice is exact. Share of preference is exact over all sets of the products that are
/// not always there, if these are at most ten; of more, sets are drawn.
struct MarketChoice: Sendable {
  /// Chance of each product to be among those chosen from; 0 for a product that is not on the market.
  let chances: [Double]
  /// For each product what it is a version of: who knows one version knows all.
  let versions: [Int]

  init(chances: [Double], versions: [Int]? = nil) {
    self.chances = chances
    self.versions = versions ?? Array(chances.indices)
  }

  /// Products that are neither always there nor never, of which all sets are looked at.
  private static let mostSets = 10
  private static let draws = 500

  /// What each person would take: the best fit, ties shared.
  ///
  /// Of versions of one product only the best can be taken, as all of them are known or none.
  ///
  /// - Parameter fit: Products × people; a fit of 0 is never chosen.
  /// - Returns: Products and none × people; columns sum to 1.
  func first(_ fit: Matrix) -> Matrix {
    var result = Matrix(rows: fit.rows + 1, columns: fit.columns)
    let there = chances.indices.filter { chances[$0] > 0 }
    for person in 0..<fit.columns {
      var order = there.filter { fit[$0, person] > 0 }
      order.sort {
        let (one, other) = (fit[$0, person], fit[$1, person])
        return one != other ? one > other : $0 < $1
      }
      var rest = 1.0
      var done: Set<Int> = []
      var place = 0
      while place < order.count, rest > 0 {
        let best = fit[order[place], person]
        let end = order[place...].firstIndex { fit[$0, person] < best - 1e-9 } ?? order.count
        let tied = order[place..<end].filter { !done.contains(versions[$0]) }
        let sizes = Dictionary(grouping: tied, by: { versions[$0] })
        for product in tied {
          let others = sizes.filter { $0.key != versions[product] }.map {
            (chance: chances[$0.value[0]], size: $0.value.count)
          }
          result[product, person] =
            rest * chances[product]
            * Self.share(among: others, own: sizes[versions[product]]?.count ?? 1)
        }
        for product in tied where done.insert(versions[product]).inserted {
          rest *= 1 - chances[product]
        }
        place = end
      }
      result[fit.rows, person] = max(0, rest)
    }
    return result
  }

  /// What is left for one of several tied products: the mean of 1 over all that are there.
  ///
  /// - Parameters:
  ///   - others: Other products with as high a fit: how likely each is there, with how many versions.
  ///   - own: Versions of the product itself.
  /// - Returns: The share of one of them, where the product itself is there.
  static func share(among others: [(chance: Double, size: Int)], own: Int) -> Double {
    var counts = [own: 1.0]
    // In one order, so that sums are the same in every run.
    for other in others.sorted(by: { ($0.chance, $0.size) < ($1.chance, $1.size) }) {
      var next: [Int: Double] = [:]
      for (count, weight) in counts.sorted(by: { $0.key < $1.key }) {
        next[count, default: 0] += weight * (1 - other.chance)
        next[count + other.size, default: 0] += weight * other.chance
      }
      counts = next
    }
    return counts.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value / Double($1.key) }
  }

  /// What each person would take with noise on every fit.
  ///
  /// - Parameters:
  ///   - fit: Products × people.
  ///   - scale: Points of noise, above 0.
  ///   - constants: What each product has beyond its fit, in units of the noise.
  /// - Returns: As ``first(_:)``.
  func preference(_ fit: Matrix, scale: Double, constants: [Double]) -> Matrix {
    var result = Matrix(rows: fit.rows + 1, columns: fit.columns)
    let sets = sets
    let there = chances.indices.filter { chances[$0] > 0 }
    var worth = [Double](repeating: 0, count: fit.rows)
    for person in 0..<fit.columns {
      var best = -Double.infinity
      for product in there where fit[product, person] > 0 {
        best = max(best, fit[product, person] / scale + constants[product])
      }
      for product in there {
        let own = fit[product, person]
        worth[product] = own > 0 ? (own / scale + constants[product] - best).exponential : 0
      }
      var none = 0.0
      for set in sets {
        let sum = set.products.reduce(0) { $0 + worth[$1] }
        guard sum > 0 else {
          none += set.chance
          continue
        }
        for product in set.products where worth[product] > 0 {
          result[product, person] += set.chance * worth[product] / sum
        }
      }
      result[fit.rows, person] = none
    }
    return result
  }

  /// Products that are neither always there nor never, versions of one together.
  var open: [[Int]] {
    var found: [[Int]] = []
    for product in chances.indices where chances[product] > 0 && chances[product] < 1 {
      if let place = found.firstIndex(where: { versions[$0[0]] == versions[product] }) {
        found[place].append(product)
      } else {
        found.append([product])
      }
    }
    return found
  }

  /// The sets of products that a person may choose from, with their chances.
  var sets: [(products: [Int], chance: Double)] {
    let sure = chances.indices.filter { chances[$0] >= 1 }
    let open = open
    guard open.count > Self.mostSets else {
      return (0..<(1 << open.count)).map { mask in
        let isIn = open.indices.map { mask >> $0 & 1 == 1 }
        let chance = zip(open, isIn).reduce(1) {
          $0 * ($1.1 ? chances[$1.0[0]] : 1 - chances[$1.0[0]])
        }
        return (sure + zip(open, isIn).filter(\.1).flatMap(\.0), chance)
      }
    }
    // The same draws in every market, so that markets differ by their products alone.
    let root = RandomStream(seed: 0x5E75)
    let uniforms = open.map { products -> [Double] in
      var stream = root.split(products[0])
      return (0..<Self.draws).map { _ in stream.uniform() }
    }
    return (0..<Self.draws).map { draw in
      let found = open.indices.filter { uniforms[$0][draw] < chances[open[$0][0]] }
      return (sure + found.flatMap { open[$0] }, 1 / Double(Self.draws))
    }
  }
}
