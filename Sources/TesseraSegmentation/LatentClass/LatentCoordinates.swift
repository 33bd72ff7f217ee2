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
  private let layout: ParameterLayout

  init(_ layout: ParameterLayout) {
    self.layout = layout
    scales = layout.tables.flatMap { table in
      [Scale](repeating: table.form.scale, count: table.all(classes: layout.classes).count)
    }
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
    if layout.sizes.form.scale == .root {
      Self.normalise(&theta, layout.sizes.all(classes: layout.classes))
    }
    for factor in layout.factors {
      for table in factor.tables where table.form.scale == .root {
        for latent in 0..<layout.classes { Self.normalise(&theta, table.row(latent)) }
      }
    }
  }

  private static func normalise(_ theta: inout [Double], _ indices: Range<Int>) {
    var sum = 0.0
    for index in indices {
      sum += theta[index]
    }
    for index in indices {
      theta[index] /= sum
    }
  }
}
