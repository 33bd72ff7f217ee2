import Foundation
import TesseraMath

/// Proposes where a sequence of EM steps leads, from the last few of them.
///
/// - Reference: Walker & Ni (2011), *SIAM J. Numer. Anal.* 49(4), 1715-1735,
///   doi:10.1137/10078356X.
struct AndersonAcceleration {
  private let coordinates: LatentCoordinates
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

  init(layout: ParameterLayout, depth: Int = 8) {
    self.depth = depth
    let count = layout.count
    lastPoint = [Double](repeating: 0, count: count)
    lastStep = lastPoint
    point = lastPoint
    step = lastPoint
    pointChanges = [Double](repeating: 0, count: count * depth)
    stepChanges = pointChanges
    products = [Double](repeating: 0, count: depth * depth)
    coordinates = LatentCoordinates(layout)
  }

  /// Forgets the past.
  mutating func restart() {
    filled = 0
    next = 0
    hasLast = false
  }

  /// Writes the next point to try into `target`, and where it came from into `origin`.
  mutating func propose(
    from theta: [Double], image: [Double], into target: inout [Double],
    keeping origin: inout [Double]
  ) {
    for index in theta.indices {
      origin[index] = theta[index]
      point[index] = coordinates.forward(theta[index], at: index)
      step[index] = coordinates.forward(image[index], at: index) - point[index]
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
      guard coordinates.scales[index] != .follow, filled > 0 else {
        target[index] = image[index]
        continue
      }
      var value = point[index] + step[index]
      for slot in 0..<filled {
        let position = slot * point.count + index
        value -= mix[slot] * (pointChanges[position] + stepChanges[position])
      }
      target[index] = coordinates.backward(value, image: image[index], at: index)
    }
    if filled > 0 {
      coordinates.normalise(&target)
    }
  }

  private mutating func remember() {
    let count = point.count
    let base = next * count
    for index in 0..<count {
      let isFree = coordinates.scales[index] != .follow
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
  private mutating func coefficients() -> [Double] {
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
      for index in 0..<count where coordinates.scales[index] != .follow {
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
}
