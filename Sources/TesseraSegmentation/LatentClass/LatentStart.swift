import Foundation
import TesseraMath

/// Where runs begin.
enum LatentStart {
  /// Patterns weighed up when seeds are drawn.
  private static let seedPool = 1_000

  /// The start with a given number: by turns chance alone and seeds far apart, and, if asked for,
  /// slices of everybody every other time; once an optimum is known, every third rearranges it.
  static func fill(
    _ em: EM, number: Int, best: [Double]?, slices: Bool = false,
    stream: RandomStream
  ) {
    var stream = stream.split(number)
    if let best, number % 3 == 2, em.layout.classes > 1 {
      em.theta = best
      rearrange(em, &stream)
    } else if slices, number % 2 == 0 {
      fillFromSlices(em, &stream)
    } else if number % (slices ? 4 : 2) == (slices ? 1 : 0) {
      fillFromSeeds(em, &stream)
    } else {
      fillRandom(em, &stream)
    }
  }

  /// Chances drawn evenly, means around the overall mean.
  static func fillRandom(_ em: EM, _ stream: inout RandomStream) {
    fillSizes(em)
    for factor in em.layout.factors {
      factor.family.start(factor, em) { latent, cells in
        stream.dirichlet([Double](repeating: 1, count: cells.count)).map { $0 + 1e-3 }
      } number: { _, column in
        let spread = em.marginals.variances[column].squareRoot()
        return em.marginals.means[column] + spread * stream.normal()
      }
    }
  }

  /// One respondent a class, drawn far from those before (k-means++), mixed with everybody.
  static func fillFromSeeds(_ em: EM, _ stream: inout RandomStream) {
    let seeds = drawSeeds(em, &stream)
    fillSizes(em)
    let data = em.data
    let codes = data.factorCodes(of: seeds)
    let trust = 0.4 + 0.5 * stream.uniform()
    for factor in em.layout.factors {
      factor.family.start(factor, em) { latent, cells in
        let answer = Int(codes[latent * data.factors.count + factor.position])
        return cells.map { cell in
          let own = cell - factor.firstCell == answer ? 1.0 : 0
          let isKnown = answer > 0 && cells.contains(factor.firstCell + answer)
          let share = em.marginals.shares[cell] + 1e-3
          return isKnown ? (1 - trust) * share + trust * own : share
        }
      } number: { latent, column in
        let value = data.numbers[column * data.patternCount + seeds[latent]]
        let mean = em.marginals.means[column]
        return value.isNaN ? mean : mean + trust * (value - mean)
      }
    }
  }

  static func fillSizes(_ em: EM) {
    let layout = em.layout
    for index in layout.sizes.all(classes: layout.classes) {
      em.theta[index] = 1 / Double(layout.classes)
    }
    for index in layout.membership.all(classes: layout.classes) {
      em.theta[index] = 0
    }
  }

  /// Patterns drawn with a chance in proportion to weight and squared distance to those before.
  private static func drawSeeds(_ em: EM, _ stream: inout RandomStream) -> [Int] {
    let data = em.data
    let pool: [Int]
    if em.patterns <= seedPool {
      pool = Array(0..<em.patterns)
    } else {
      let table = AliasTable(Array(em.weights[0..<em.patterns]))
      pool = (0..<seedPool).map { _ in table.draw(&stream) }
    }
    let weights = pool.map { em.patterns <= seedPool ? em.weights[$0] : 1 }
    let codes = data.factorCodes(of: pool)
    var distances = [Double](repeating: 1, count: pool.count)
    var seeds: [Int] = []
    for _ in 0..<em.layout.classes {
      let odds = zip(weights, distances).map { $0 * $1 }
      let isSpent = odds.reduce(0, +) <= 0
      let drawn = draw(isSpent ? weights : odds, &stream)
      seeds.append(pool[drawn])
      for index in pool.indices {
        let distance = distance((pool[index], index), (pool[drawn], drawn), codes, data)
        distances[index] = seeds.count == 1 ? distance : min(distances[index], distance)
      }
    }
    return seeds
  }

  /// Draws an index with chances in proportion to weights: `RandomStream.categorical` for arrays,
  /// which the compiler makes fast here.
  private static func draw(_ weights: [Double], _ stream: inout RandomStream) -> Int {
    let target = stream.uniform() * weights.reduce(0, +)
    var sum = 0.0
    var last = 0
    for index in weights.indices where weights[index] > 0 {
      sum += weights[index]
      last = index
      if target < sum { return index }
    }
    return last
  }

  private static func distance(
    _ one: (pattern: Int, place: Int), _ other: (pattern: Int, place: Int), _ codes: [UInt16],
    _ data: LatentClassData
  ) -> Double {
    var result = 0.0
    let factors = data.factors.count
    for factor in 0..<factors {
      let (first, second) = (
        codes[one.place * factors + factor], codes[other.place * factors + factor]
      )
      if first > 0, second > 0, first != second { result += 1 }
    }
    for column in data.columns.indices {
      let start = column * data.patternCount
      let gap = data.numbers[start + one.pattern] - data.numbers[start + other.pattern]
      if !gap.isNaN {
        result += min(gap * gap, 9) / 2
      }
    }
    return result
  }
}

extension LatentClassData {
  /// The code of each factor in some patterns, one after the other; 0 where there is none.
  func factorCodes(of patterns: [Int]) -> [UInt16] {
    let (count, width) = (factors.count, groups.count)
    let sizes = groups.map { group in group.factors.map { factors[$0].cells } }
    var result = [UInt16](repeating: 0, count: patterns.count * count)
    for (place, pattern) in patterns.enumerated() {
      for (position, group) in groups.enumerated() {
        let code = Int(codes[pattern * width + position]) - group.firstCell
        for member in group.factors.indices {
          result[place * count + group.factors[member]] = UInt16(
            code / group.strides[member] % sizes[position][member])
        }
      }
    }
    return result
  }
}
