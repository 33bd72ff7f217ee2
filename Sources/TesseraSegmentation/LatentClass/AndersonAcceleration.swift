import Foundation
import TesseraMath

/// Proposes where a sequence of EM steps leads, from the last few of them.
///
/// Chances are taken by their square roots, which are free to move in any direction and spread
/// their uncertainty evenly; variances and rates by their logarithms.
///
/// - Reference: Walker & Ni (2011), *SIAM J. Numer. Anal.* 49(4), 1715-1735,
///   doi:10.1137/10078356X.
final class AndersonAcceleration {
  private enum Scale: Sendable {
    case root, plain, logarithm, follow
  }

  private let layout: LatentLayout
  private let scales: [Scale]
  private let depth: Int
  private var filled = 0
  private var next = 0
  private var hasLast = false
  private var lastPoint: [Double]
  private var lastStep: [Double]
  private var point: [Double]
  private var step: [Double]
  /// Differences of points and of steps, one after the other.
  private var pointChanges: [Double]
  private var stepChanges: [Double]
  /// Products of the step changes with each other, depth x depth.
  private var products: [Double]

  init(layout: LatentLayout, depth: Int = 8) {
    self.layout = layout
    self.depth = depth
    let count = layout.count
    lastPoint = [Double](repeating: 0, count: count)
    lastStep = lastPoint
    point = lastPoint
    step = lastPoint
    pointChanges = [Double](repeating: 0, count: count * depth)
    stepChanges = pointChanges
    products = [Double](repeating: 0, count: depth * depth)
    scales = AndersonAcceleration.scales(of: layout)
  }

  private static func scales(of layout: LatentLayout) -> [Scale] {
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
    return scales
  }

  /// Forgets the past.
  func restart() {
    filled = 0
    next = 0
    hasLast = false
  }

  /// Writes the next point to try into `target`, and where it came from into `origin`.
  func propose(
    from theta: [Double], image: [Double], into target: inout [Double],
    keeping origin: inout [Double]
  ) {
    for index in theta.indices {
      origin[index] = theta[index]
      point[index] = forward(theta[index], scales[index])
      step[index] = forward(image[index], scales[index]) - point[index]
    }
    if hasLast {
      remember()
    }
    for index in theta.indices {
      lastPoint[index] = point[index]
      lastStep[index] = step[index]
    }
    hasLast = true
    let mix = coefficients()
    for index in theta.indices {
      guard scales[index] != .follow, filled > 0 else {
        target[index] = image[index]
        continue
      }
      var value = point[index] + step[index]
      for slot in 0..<filled {
        let position = slot * point.count + index
        value -= mix[slot] * (pointChanges[position] + stepChanges[position])
      }
      target[index] = backward(value, image[index], scales[index])
    }
    if filled > 0 {
      normalise(&target)
    }
  }

  private func remember() {
    let count = point.count
    let base = next * count
    for index in 0..<count {
      let isFree = scales[index] != .follow
      pointChanges[base + index] = isFree ? point[index] - lastPoint[index] : 0
      stepChanges[base + index] = isFree ? step[index] - lastStep[index] : 0
    }
    filled = min(depth, filled + 1)
    for other in 0..<filled {
      var product = 0.0
      for index in 0..<count {
        product += stepChanges[base + index] * stepChanges[other * count + index]
      }
      products[next * depth + other] = product
      products[other * depth + next] = product
    }
    next = (next + 1) % depth
  }

  /// Weights of the past changes that make the step smallest, lightly damped.
  private func coefficients() -> [Double] {
    guard filled > 0 else { return [] }
    let count = point.count
    var gram = Matrix(rows: filled, columns: filled)
    var right = [Double](repeating: 0, count: filled)
    var largest = 0.0
    for row in 0..<filled {
      for column in 0..<filled {
        gram[row, column] = products[row * depth + column]
      }
      largest = max(largest, gram[row, row])
      for index in 0..<count where scales[index] != .follow {
        right[row] += stepChanges[row * count + index] * step[index]
      }
    }
    for row in 0..<filled {
      gram[row, row] += 1e-10 * largest + 1e-300
    }
    guard let factor = try? Cholesky(gram) else {
      restart()
      hasLast = true
      return []
    }
    return factor.solve(right)
  }

  private func forward(_ value: Double, _ scale: Scale) -> Double {
    switch scale {
    case .root: value.squareRoot()
    case .plain, .follow: value
    case .logarithm: log(value)
    }
  }

  /// Back to the parameter; a chance is never sent to 0, from which no EM step would return.
  private func backward(_ value: Double, _ image: Double, _ scale: Scale) -> Double {
    switch scale {
    case .root:
      let root = max(value, 0.25 * image.squareRoot())
      return root * root
    case .plain, .follow: return value
    case .logarithm: return exp(min(max(value, -60), 60))
    }
  }

  private func normalise(_ theta: inout [Double]) {
    let classes = layout.classes
    if layout.designWidth == 0 {
      AndersonAcceleration.normalise(&theta, at: 0, count: classes)
    }
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      guard case .categorical(let categories) = factor.kind else { continue }
      for latent in 0..<classes {
        AndersonAcceleration.normalise(
          &theta, at: offset + latent * categories, count: categories)
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
