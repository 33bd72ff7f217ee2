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
    let codes = seeds.map { factorCodes(of: $0, data) }
    let trust = 0.4 + 0.5 * stream.uniform()
    for factor in em.layout.factors {
      factor.family.start(factor, em) { latent, cells in
        let answer = codes[latent][factor.position]
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
    let codes = pool.map { factorCodes(of: $0, data) }
    var distances = [Double](repeating: 1, count: pool.count)
    var seeds: [Int] = []
    for _ in 0..<em.layout.classes {
      let odds = zip(weights, distances).map { $0 * $1 }
      let isSpent = odds.reduce(0, +) <= 0
      let drawn = draw(isSpent ? weights : odds, &stream)
      seeds.append(pool[drawn])
      for index in pool.indices {
        let distance = distance(pool[index], pool[drawn], codes[index], codes[drawn], data)
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
    _ a: Int, _ b: Int, _ aCodes: [Int], _ bCodes: [Int], _ data: LatentClassData
  ) -> Double {
    var result = 0.0
    for (first, second) in zip(aCodes, bCodes) where first > 0 && second > 0 && first != second {
      result += 1
    }
    for column in data.columns.indices {
      let gap =
        data.numbers[column * data.patternCount + a] - data.numbers[column * data.patternCount + b]
      if !gap.isNaN {
        result += min(gap * gap, 9) / 2
      }
    }
    return result
  }

  /// The code of each factor in a pattern; 0 where there is none.
  static func factorCodes(of pattern: Int, _ data: LatentClassData) -> [Int] {
    var result = [Int](repeating: 0, count: data.factors.count)
    let width = data.groups.count
    for (position, group) in data.groups.enumerated() {
      let code = Int(data.codes[pattern * width + position]) - group.firstCell
      for (factor, factorCode) in zip(group.factors, group.factorCodes(code, data.factors)) {
        result[factor] = factorCode
      }
    }
    return result
  }
}
