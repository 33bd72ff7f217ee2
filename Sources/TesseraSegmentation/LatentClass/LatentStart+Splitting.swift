import TesseraMath

extension LatentStart {
  /// Gives up one class and splits another in its place.
  ///
  /// - Reference: Ueda, Nakano, Ghahramani & Hinton (2000), *Neural Computation* 12(9), 2109-2128,
  ///   doi:10.1162/089976600300015088.
  static func rearrange(_ em: EM, _ stream: inout RandomStream) {
    let classes = em.layout.classes
    let all = em.layout.sizes.all(classes: classes)
    let sizes = Array(em.theta[all])
    let dropped = stream.categorical(sizes.map { 1 / (0.02 + $0) })
    let chosen = stream.categorical(sizes.indices.map { $0 == dropped ? 0 : sizes[$0] })
    split(em, class: chosen, into: dropped, &stream)
    let sum = em.theta[all].reduce(0, +)
    for index in all {
      em.theta[index] /= sum
    }
  }

  /// Splits a class of `em.theta` in two that lie on either side of it.
  static func split(
    _ em: EM, class chosen: Int, into added: Int, _ stream: inout RandomStream
  ) {
    let layout = em.layout
    // Both halves keep the membership of the whole, the first class staying the reference.
    em.theta.replaceSubrange(
      layout.membership.row(added), with: Array(em.theta[layout.membership.row(chosen)]))
    em.referMembership()
    let half = em.theta[layout.sizes.index(chosen)] / 2
    em.theta[layout.sizes.index(added)] = half
    em.theta[layout.sizes.index(chosen)] = half
    for factor in layout.factors {
      factor.family.split(factor, em, class: chosen, into: added, &stream)
    }
  }
}
