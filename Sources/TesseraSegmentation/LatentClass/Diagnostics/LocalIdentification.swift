import TesseraMath

/// Whether the answers in hand determine a model's parameters at the estimate.
///
/// A design may carry a number of segments and the sample still leave some parameters open. This is
/// a doubt about them, not a reason against the number: ``Identifiability`` judges the design.
public struct LocalIdentification: Sendable, Equatable {
  /// Smallest eigenvalue of the information, scaled to a diagonal of ones.
  public let smallestEigenvalue: Double
  /// The item, by position, whose parameters the eigenvector of that value loads on most.
  public let item: Int?

  /// Eigenvalue below which parameters count as open.
  private static let bound = 1e-6

  /// Whether some parameters are open.
  public var isDoubtful: Bool { smallestEigenvalue < LocalIdentification.bound }
}

extension LatentClassModel {
  /// Looks whether the answers determine the parameters at the estimate.
  ///
  /// The information is the observed one, prior left out, over the parameters whose chances lie
  /// within .001 to .999: nearer the border derivatives vanish however well a chance is known. Scores
  /// alone would not do: answers that nobody in a class gave, and only the prior keeps off 0, all
  /// have the same score. With covariance blocks there are only scores.
  ///
  /// - Parameter data: The table the model was fitted to, made ready.
  /// - Returns: The judgement; `nil` if there is nothing to judge or the numbers cannot be had.
  /// - Throws: ``SegmentationError`` if the data do not go with the model.
  /// - Complexity: O(patterns · parameters²).
  public func localIdentification(
    on data: LatentClassData
  ) throws(SegmentationError) -> LocalIdentification? {
    let em = try makeEM(on: data, weights: nil, prior: .none, workers: .single)
    let information = LatentInformation(em)
    let owners = InnerParameters(em, information.scores)
    let inner = owners.item.indices.filter { owners.isInner[$0] }
    let hasBlock = em.layout.factors.contains {
      $0.columns > 1
    }
    let matrix = hasBlock ? information.outerProduct : information.observed
    guard !inner.isEmpty else { return nil }
    var scaled = Matrix(rows: inner.count, columns: inner.count)
    for (row, a) in inner.enumerated() {
      for (column, b) in inner.enumerated() {
        // A parameter that no answer speaks of is open by itself.
        scaled[row, column] =
          matrix[a, a] > 0 && matrix[b, b] > 0
          ? matrix[a, b] / (matrix[a, a] * matrix[b, b]).squareRoot() : 0
      }
    }
    guard let eigen = try? SymmetricEigen(scaled), let smallest = eigen.values.last else {
      return nil
    }
    var loads: [Int: Double] = [:]
    for (row, parameter) in inner.enumerated() {
      guard let item = owners.item[parameter] else { continue }
      let load = eigen.vectors[row, inner.count - 1]
      loads[item, default: 0] += load * load
    }
    let heaviest = loads.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    return LocalIdentification(smallestEigenvalue: smallest, item: heaviest)
  }
}

/// Which free parameters lie well inside their space, and the item each belongs to.
private struct InnerParameters {
  /// Whether each parameter's chance lies within .001 to .999; numbers always do.
  private(set) var isInner: [Bool]
  /// The item of each parameter, by position; `nil` for the sizes of the classes.
  private(set) var item: [Int?]

  init(_ em: EM, _ scores: LatentScores) {
    isInner = [Bool](repeating: true, count: scores.count)
    item = [Int?](repeating: nil, count: scores.count)
    let layout = em.layout
    if layout.designWidth == 0 {
      for latent in 1..<max(1, layout.classes) {
        isInner[latent - 1] = InnerParameters.isInner(em.theta[layout.sizes.index(latent)])
      }
    }
    for place in scores.places.joined() {
      let own = place.factor.family.ownFree(latent: place.latent)
      for column in place.columns { item[column] = place.factor.items.first }
      let chances = place.factor.family.chances(place)
      guard !chances.isEmpty else { continue }
      for (position, column) in place.columns.prefix(own).enumerated() {
        isInner[column] =
          chances.count == own
          ? InnerParameters.isInner(chances[position])
          : chances.contains(where: InnerParameters.isInner)
      }
    }
  }

  private static func isInner(_ chance: Double) -> Bool { chance > 0.001 && chance < 0.999 }
}
