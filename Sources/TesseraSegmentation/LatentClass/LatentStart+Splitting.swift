import Foundation
import TesseraMath

extension LatentStart {
  /// Gives up one class and splits another in its place.
  ///
  /// - Reference: Ueda, Nakano, Ghahramani & Hinton (2000), *Neural Computation* 12(9), 2109-2128,
  ///   doi:10.1162/089976600300015088.
  static func rearrange(_ climb: LatentClimb, _ stream: inout RandomStream) {
    let classes = climb.layout.classes
    let sizes = Array(climb.theta[0..<classes])
    let dropped = stream.categorical(sizes.map { 1 / (0.02 + $0) })
    let chosen = stream.categorical(sizes.indices.map { $0 == dropped ? 0 : sizes[$0] })
    split(climb, class: chosen, into: dropped, &stream)
    let sum = climb.theta[0..<classes].reduce(0, +)
    for latent in 0..<classes {
      climb.theta[latent] /= sum
    }
  }

  /// Splits a class of `climb.theta` in two that lie on either side of it.
  static func split(
    _ climb: LatentClimb, class chosen: Int, into added: Int, _ stream: inout RandomStream
  ) {
    let classes = climb.layout.classes
    splitMembership(climb, chosen, added)
    climb.theta[added] = climb.theta[chosen] / 2
    climb.theta[chosen] /= 2
    for (factor, offset) in zip(climb.layout.factors, climb.layout.offsets) {
      switch factor.kind {
      case .categorical(let size):
        splitChances(climb, offset, size, chosen, added, &stream)
      case .pair(let a, let b):
        splitChances(climb, offset, a * b, chosen, added, &stream)
      case .adjacent(let scores):
        let slope = offset + scores.count
        let move = stream.normal() / max(1, Double(scores.count) / 4)
        let middle = climb.theta[slope + chosen]
        climb.theta[slope + added] = middle - move
        climb.theta[slope + chosen] = middle + move
        // The first slope stays 0: what it would be goes into the intercepts.
        let first = climb.theta[slope]
        for (category, score) in scores.enumerated() {
          climb.theta[offset + category] += first * (score - scores[0])
        }
        for latent in 0..<classes {
          climb.theta[slope + latent] -= first
        }
      case .normal:
        let spread = climb.theta[offset + classes + chosen]
        let move = 0.7 * spread.squareRoot() * stream.normal()
        climb.theta[offset + added] = climb.theta[offset + chosen] - move
        climb.theta[offset + chosen] += move
        climb.theta[offset + classes + added] = spread
      case .poisson:
        let move = 0.3 * stream.normal()
        let rate = climb.theta[offset + chosen]
        climb.theta[offset + added] = rate * exp(-move)
        climb.theta[offset + chosen] = rate * exp(move)
      case .block(let size, _):
        let covariances = offset + classes * size
        for column in 0..<size {
          let variance = climb.theta[
            covariances + chosen * size * size + column * size + column]
          let move = 0.7 * variance.squareRoot() * stream.normal()
          let middle = climb.theta[offset + chosen * size + column]
          climb.theta[offset + added * size + column] = middle - move
          climb.theta[offset + chosen * size + column] = middle + move
        }
        for index in 0..<size * size {
          climb.theta[covariances + added * size * size + index] =
            climb.theta[covariances + chosen * size * size + index]
        }
      }
    }
  }

  /// Both halves keep the membership of the whole, the first class staying the reference.
  private static func splitMembership(_ climb: LatentClimb, _ chosen: Int, _ added: Int) {
    let width = climb.layout.designWidth
    let base = climb.layout.membership
    for covariate in 0..<width {
      climb.theta[base + added * width + covariate] =
        climb.theta[
          base + chosen * width + covariate]
      let first = climb.theta[base + covariate]
      for latent in 0..<climb.layout.classes {
        climb.theta[base + latent * width + covariate] -= first
      }
    }
  }

  private static func splitChances(
    _ climb: LatentClimb, _ offset: Int, _ size: Int, _ chosen: Int, _ added: Int,
    _ stream: inout RandomStream
  ) {
    let from = offset + chosen * size
    let to = offset + added * size
    var sums = (from: 0.0, to: 0.0)
    for index in 0..<size {
      let move = exp(0.8 * stream.normal())
      let chance = climb.theta[from + index] + 1e-4
      climb.theta[from + index] = chance * move
      climb.theta[to + index] = chance / move
      sums.from += chance * move
      sums.to += chance / move
    }
    for index in 0..<size {
      climb.theta[from + index] /= sums.from
      climb.theta[to + index] /= sums.to
    }
  }
}
