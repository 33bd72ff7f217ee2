import Foundation
import TesseraMath

/// Patterns of which each stands in a class, from which parameters follow.
struct LatentSlices {
  private let em: EM
  private let patterns: [Int]
  private let weights: [Double]
  /// The code of each factor in each pattern, patterns x factors.
  private let codes: [UInt16]
  /// The class of each pattern.
  private(set) var places: [Int]

  /// Patterns looked at where there are more.
  private static let pool = 2_000

  /// Everybody in class 0, or a sample of them where they are many.
  init(_ em: EM, _ stream: inout RandomStream) {
    self.em = em
    if em.patterns <= LatentSlices.pool {
      patterns = Array(0..<em.patterns)
      weights = Array(em.weights[0..<em.patterns])
    } else {
      let table = AliasTable(Array(em.weights[0..<em.patterns]))
      patterns = (0..<LatentSlices.pool).map { _ in table.draw(&stream) }
      weights = [Double](repeating: 1, count: patterns.count)
    }
    codes = em.data.factorCodes(of: patterns)
    places = [Int](repeating: 0, count: patterns.count)
  }

  /// Puts everybody into the likeliest class of the model at `em.theta`, one of them left out.
  mutating func place(without dropped: Int) {
    let classes = em.layout.classes
    let posterior = em.score().posterior
    for (position, pattern) in patterns.enumerated() {
      var most = -1.0
      for latent in 0..<classes where latent != dropped {
        let chance = posterior[pattern * classes + latent]
        if chance > most { (most, places[position]) = (chance, latent) }
      }
    }
  }

  /// Weight of the patterns in each of the first so many classes, 0 for those of fewer than two.
  func sizes(_ count: Int) -> [Double] {
    var sizes = [Double](repeating: 0, count: count)
    var members = [Int](repeating: 0, count: count)
    for (place, weight) in zip(places, weights) where place < count {
      sizes[place] += weight
      members[place] += 1
    }
    return sizes.indices.map { members[$0] > 1 ? sizes[$0] : 0 }
  }

  /// Moves those with the highest scores from a class, or from all, to another.
  ///
  /// A score adds up a number for each answer: drawn by chance, or how rare the answer is, or how
  /// high. How many move is drawn too: a small extreme class as often as halves.
  mutating func cut(_ chosen: Int?, to added: Int, _ stream: inout RandomStream) {
    let inside = places.indices.filter { chosen == nil || places[$0] == chosen }
    let scores = scores(of: inside, &stream)
    let order = inside.indices.sorted { (scores[$0], $0) > (scores[$1], $1) }
    let limit = inside.reduce(0) { $0 + weights[$1] } * exp(-4 * stream.uniform()) / 2
    var taken = 0.0
    for (rank, place) in order.enumerated() {
      taken += weights[inside[place]]
      guard rank == 0 || taken <= limit else { break }
      places[inside[place]] = added
    }
  }

  private func scores(of positions: [Int], _ stream: inout RandomStream) -> [Double] {
    let data = em.data
    let kind = stream.below(4)
    let turn: Double = stream.uniform() < 0.5 ? -1 : 1
    // The least bit of chance settles ties.
    var sums = positions.map { _ in 1e-6 * stream.normal() }
    for (number, factor) in data.factors.enumerated() where factor.isLookup {
      let values = (0..<factor.cells).map { code -> Double in
        guard code > 0 else { return 0 }
        switch kind {
        case 0: return -log(em.marginals.shares[factor.firstCell + code] + 1e-3)
        case 1: return turn * Double(code) / Double(factor.cells)
        default: return stream.normal()
        }
      }
      for (place, position) in positions.enumerated() {
        sums[place] += values[Int(codes[position * data.factors.count + number])]
      }
    }
    for column in data.columns.indices {
      let spread = max(em.marginals.variances[column], 1e-12).squareRoot()
      let slope = kind == 1 ? turn : stream.normal()
      for (place, position) in positions.enumerated() {
        let value = data.numbers[column * data.patternCount + patterns[position]]
        guard !value.isNaN else { continue }
        let gap = (value - em.marginals.means[column]) / spread
        sums[place] += kind == 0 ? gap.magnitude : slope * gap
      }
    }
    return sums
  }

  /// Writes what the classes answer into `em.theta`, drawn a little towards everybody.
  func fill() {
    let data = em.data
    let classes = em.layout.classes
    LatentStart.fillSizes(em)
    var sizes = [Double](repeating: 1e-3, count: classes)
    for (place, weight) in zip(places, weights) { sizes[place] += weight }
    let total = sizes.reduce(0, +)
    for latent in 0..<classes { em.theta[em.layout.sizes.index(latent)] = sizes[latent] / total }
    for (number, factor) in em.layout.factors.enumerated() {
      var counts = [Double](repeating: 0, count: classes * factor.cells)
      if factor.isLookup {
        for (position, place) in places.enumerated() {
          let code = Int(codes[position * data.factors.count + number])
          counts[place * factor.cells + code] += weights[position]
        }
      }
      factor.family.start(factor, em) { latent, cells in
        cells.map { cell in
          counts[latent * factor.cells + cell - factor.firstCell]
            + em.marginals.shares[cell] + 1e-3
        }
      } number: { latent, column in
        var sum = em.marginals.means[column]
        var weight = 1.0
        for (position, place) in places.enumerated() where place == latent {
          let value = data.numbers[column * data.patternCount + patterns[position]]
          guard !value.isNaN else { continue }
          sum += weights[position] * value
          weight += weights[position]
        }
        return sum / weight
      }
    }
  }
}

extension LatentStart {
  /// Everybody cut into classes along scores of their answers: at first all in one, then one class
  /// after the other is cut in two.
  ///
  /// Halves come up as well as a small extreme class, which starts that spread their classes evenly
  /// rarely come to.
  static func fillFromSlices(_ em: EM, _ stream: inout RandomStream) {
    var slices = LatentSlices(em, &stream)
    for added in 1..<max(1, em.layout.classes) {
      let sizes = slices.sizes(added)
      guard sizes.contains(where: { $0 > 0 }) else { break }
      slices.cut(stream.categorical(sizes), to: added, &stream)
    }
    slices.fill()
  }

  /// Gives up one class and cuts another in its place out of everybody, or out of one class.
  static func cutAnew(_ em: EM, fromAll: Bool, _ stream: inout RandomStream) {
    let classes = em.layout.classes
    let dropped = stream.categorical(
      em.theta.column(of: em.layout.sizes, classes: classes).map { 1 / (0.02 + $0) })
    var slices = LatentSlices(em, &stream)
    slices.place(without: dropped)
    let sizes = slices.sizes(classes)
    let chosen = fromAll || !sizes.contains { $0 > 0 } ? nil : stream.categorical(sizes)
    slices.cut(chosen, to: dropped, &stream)
    slices.fill()
  }
}
