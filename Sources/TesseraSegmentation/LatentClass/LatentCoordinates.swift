import Foundation

/// Coordinates in which steps of EM are added and extrapolated.
///
/// Chances are taken by their square roots, which are free to move in any direction and spread
/// their uncertainty evenly; variances and rates by their logarithms.
struct LatentCoordinates: Sendable {
  /// What stands for one parameter.
  enum Scale: Sendable {
    /// The square root of a chance.
    case root
    /// The parameter itself.
    case plain
    /// Its logarithm.
    case logarithm
    /// Nothing: the parameter follows the plain EM step.
    case follow
  }

  /// One for each number of the layout.
  let scales: [Scale]
  private let layout: LatentLayout

  init(_ layout: LatentLayout) {
    self.layout = layout
    let classes = layout.classes
    var scales = [Scale](
      repeating: layout.designWidth > 0 ? .follow : .root, count: classes)
    scales += [Scale](repeating: .plain, count: classes * layout.designWidth)
    for factor in layout.factors {
      let size = factor.size(classes: classes)
      switch factor.kind {
      case .categorical: scales += [Scale](repeating: .root, count: size)
      case .adjacent: scales += [Scale](repeating: .plain, count: size)
      case .pair, .block: scales += [Scale](repeating: .follow, count: size)
      case .normal:
        scales += [Scale](repeating: .plain, count: classes)
        scales += [Scale](repeating: .logarithm, count: classes)
      case .poisson: scales += [Scale](repeating: .logarithm, count: size)
      }
    }
    self.scales = scales
  }

  /// The coordinate of a parameter.
  func forward(_ value: Double, at index: Int) -> Double {
    switch scales[index] {
    case .root: value.squareRoot()
    case .plain, .follow: value
    case .logarithm: log(value)
    }
  }

  /// Back to the parameter; a chance is never sent to 0, from which no EM step would return.
  ///
  /// - Parameters:
  ///   - value: The coordinate.
  ///   - image: Where the plain EM step leads.
  ///   - index: The parameter's place in the layout.
  /// - Returns: The parameter.
  func backward(_ value: Double, image: Double, at index: Int) -> Double {
    switch scales[index] {
    case .root:
      let root = max(value, 0.25 * image.squareRoot())
      return root * root
    case .plain, .follow: return value
    case .logarithm: return exp(min(max(value, -60), 60))
    }
  }

  /// Makes chances that belong together sum to 1.
  func normalise(_ theta: inout [Double]) {
    let classes = layout.classes
    if layout.designWidth == 0 {
      Self.normalise(&theta, at: 0, count: classes)
    }
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      guard case .categorical(let categories) = factor.kind else { continue }
      for latent in 0..<classes {
        Self.normalise(&theta, at: offset + latent * categories, count: categories)
      }
    }
  }

  private static func normalise(_ theta: inout [Double], at start: Int, count: Int) {
    var sum = 0.0
    for index in start..<start + count {
      sum += theta[index]
    }
    for index in start..<start + count {
      theta[index] /= sum
    }
  }
}
