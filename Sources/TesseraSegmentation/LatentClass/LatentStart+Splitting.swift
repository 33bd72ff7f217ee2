import Foundation
import TesseraMath

extension LatentStart {
  /// Gives up one class and splits another in its place.
  ///
  /// - Reference: Ueda, Nakano, Ghahramani & Hinton (2000), *Neural Computation* 12(9), 2109-2128,
  ///   doi:10.1162/089976600300015088.
  static func rearrange(_ em: EM, _ stream: inout RandomStream) {
    let classes = em.layout.classes
    let sizes = Array(em.theta[0..<classes])
    let dropped = stream.categorical(sizes.map { 1 / (0.02 + $0) })
    let chosen = stream.categorical(sizes.indices.map { $0 == dropped ? 0 : sizes[$0] })
    split(em, class: chosen, into: dropped, &stream)
    let sum = em.theta[0..<classes].reduce(0, +)
    for latent in 0..<classes {
      em.theta[latent] /= sum
    }
  }

  /// Splits a class of `em.theta` in two that lie on either side of it.
  static func split(
    _ em: EM, class chosen: Int, into added: Int, _ stream: inout RandomStream
  ) {
    let classes = em.layout.classes
    splitMembership(em, chosen, added)
    em.theta[added] = em.theta[chosen] / 2
    em.theta[chosen] /= 2
    for (factor, offset) in zip(em.layout.factors, em.layout.offsets) {
      switch factor.kind {
      case .categorical(let size):
        splitChances(em, offset, size, chosen, added, &stream)
      case .pair(let a, let b):
        splitChances(em, offset, a * b, chosen, added, &stream)
      case .adjacent(let scores):
        let slope = offset + scores.count
        let move = stream.normal() / max(1, Double(scores.count) / 4)
        let middle = em.theta[slope + chosen]
        em.theta[slope + added] = middle - move
        em.theta[slope + chosen] = middle + move
        // The first slope stays 0: what it would be goes into the intercepts.
        let first = em.theta[slope]
        for (category, score) in scores.enumerated() {
          em.theta[offset + category] += first * (score - scores[0])
        }
        for latent in 0..<classes {
          em.theta[slope + latent] -= first
        }
      case .normal:
        let spread = em.theta[offset + classes + chosen]
        let move = 0.7 * spread.squareRoot() * stream.normal()
        em.theta[offset + added] = em.theta[offset + chosen] - move
        em.theta[offset + chosen] += move
        em.theta[offset + classes + added] = spread
      case .poisson:
        let move = 0.3 * stream.normal()
        let rate = em.theta[offset + chosen]
        em.theta[offset + added] = rate * exp(-move)
        em.theta[offset + chosen] = rate * exp(move)
      case .block(let size, _):
        let covariances = offset + classes * size
        for column in 0..<size {
          let variance = em.theta[
            covariances + chosen * size * size + column * size + column]
          let move = 0.7 * variance.squareRoot() * stream.normal()
          let middle = em.theta[offset + chosen * size + column]
          em.theta[offset + added * size + column] = middle - move
          em.theta[offset + chosen * size + column] = middle + move
        }
        for index in 0..<size * size {
          em.theta[covariances + added * size * size + index] =
            em.theta[covariances + chosen * size * size + index]
        }
      }
    }
  }

  /// Both halves keep the membership of the whole, the first class staying the reference.
  private static func splitMembership(_ em: EM, _ chosen: Int, _ added: Int) {
    let width = em.layout.designWidth
    let base = em.layout.membership
    for covariate in 0..<width {
      em.theta[base + added * width + covariate] =
        em.theta[
          base + chosen * width + covariate]
      let first = em.theta[base + covariate]
      for latent in 0..<em.layout.classes {
        em.theta[base + latent * width + covariate] -= first
      }
    }
  }

  private static func splitChances(
    _ em: EM, _ offset: Int, _ size: Int, _ chosen: Int, _ added: Int,
    _ stream: inout RandomStream
  ) {
    let from = offset + chosen * size
    let to = offset + added * size
    var sums = (from: 0.0, to: 0.0)
    for index in 0..<size {
      let move = exp(0.8 * stream.normal())
      let chance = em.theta[from + index] + 1e-4
      em.theta[from + index] = chance * move
      em.theta[to + index] = chance / move
      sums.from += chance * move
      sums.to += chance / move
    }
    for index in 0..<size {
      em.theta[from + index] /= sums.from
      em.theta[to + index] /= sums.to
    }
  }
}
