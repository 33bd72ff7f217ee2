import Foundation
import TesseraMath

/// Choices made ready for Newton's method: attributes scaled, and centred in each menu.
///
/// Centring changes no chance, since what all alternatives of a menu share cancels.
struct LogitDesign: Sendable {
  /// Alternatives × attributes.
  let attributes: Matrix
  let starts: [Int]
  let chosen: [Int]
  /// Largest size of each attribute as given.
  let scales: [Double]

  init(_ table: ChoiceTable) throws(ConditionalLogitError) {
    let width = table.attributes.columns
    var scales = [Double](repeating: 0, count: width)
    var attributes = table.attributes
    for row in 0..<attributes.rows {
      for column in 0..<width {
        let value = attributes[row, column]
        guard value.isFinite else { throw .notFinite(attribute: column) }
        scales[column] = max(scales[column], abs(value))
      }
    }
    scales = scales.map { $0 > 0 ? $0 : 1 }
    var mean = scales
    for menu in 0..<table.count {
      let rows = table.starts[menu]..<table.starts[menu + 1]
      for column in 0..<width { mean[column] = 0 }
      for row in rows {
        for column in 0..<width { mean[column] += attributes[row, column] }
      }
      for row in rows {
        for column in 0..<width {
          attributes[row, column] =
            (attributes[row, column] - mean[column] / Double(rows.count)) / scales[column]
        }
      }
    }
    self.attributes = attributes
    self.scales = scales
    starts = table.starts
    chosen = table.chosen
  }

  var menus: Int { chosen.count }

  func scaled(_ beta: [Double]) -> [Double] { zip(beta, scales).map { $0 * $1 } }

  func unscaled(_ beta: [Double]) -> [Double] { zip(beta, scales).map { $0 / $1 } }

  func unscaled(_ covariance: Matrix) -> Matrix {
    var result = covariance
    for row in scales.indices {
      for column in scales.indices { result[row, column] /= scales[row] * scales[column] }
    }
    return result
  }

  /// Σ w ln(1/alternatives).
  func nullLogLikelihood(_ weights: [Double]) -> Double {
    var sum = 0.0
    for menu in 0..<menus { sum -= weights[menu] * log(Double(starts[menu + 1] - starts[menu])) }
    return sum
  }

  /// Each menu's derivative of the log-likelihood, a row a menu.
  func scores(_ table: ChoiceTable, _ chances: [Double]) -> Matrix {
    var scores = Matrix(rows: menus, columns: scales.count)
    for menu in 0..<menus {
      for row in starts[menu]..<starts[menu + 1] {
        let residual = table.weights[menu] * ((row == chosen[menu] ? 1 : 0) - chances[row])
        for column in scales.indices { scores[menu, column] += residual * attributes[row, column] }
      }
    }
    return scores
  }
}

/// Log-likelihood, chances, gradient and information at one place.
struct LogitPlace: Sendable {
  var logLikelihood: Double
  var chances: [Double]
  var gradient: [Double]
  var information: Matrix

  init(_ design: LogitDesign, _ beta: [Double], _ weights: [Double]) {
    var chances = design.attributes.multiplied(by: beta)
    let sum = Self.normalise(
      &chances, starts: design.starts, chosen: design.chosen, weights: weights)
    self.init(design, chances: chances, weights)
    logLikelihood = sum
  }

  /// Gradient and information at chances that are known already; the log-likelihood is left at 0.
  init(_ design: LogitDesign, chances: [Double], _ weights: [Double]) {
    let width = design.scales.count
    self.chances = chances
    logLikelihood = 0
    var residuals = chances
    var rowWeights = chances
    var means = Matrix(rows: design.menus, columns: width)
    for menu in 0..<design.menus {
      for row in design.starts[menu]..<design.starts[menu + 1] {
        let chance = chances[row]
        rowWeights[row] = weights[menu] * chance
        residuals[row] = weights[menu] * ((row == design.chosen[menu] ? 1 : 0) - chance)
        for column in 0..<width {
          means[menu, column] += chance * design.attributes[row, column]
        }
      }
    }
    gradient = design.attributes.transposedMultiplied(by: residuals)
    information = design.attributes.crossProduct(weights: rowWeights)
    let between = means.crossProduct(weights: weights)
    for index in information.values.indices { information.values[index] -= between.values[index] }
  }

  /// Turns utilities into chances, menu by menu.
  ///
  /// - Returns: Σ w ln P(chosen); weights of 1 without.
  static func normalise(
    _ utilities: inout [Double], starts: [Int], chosen: [Int], weights: [Double]?
  ) -> Double {
    var total = 0.0
    for menu in chosen.indices {
      let rows = starts[menu]..<starts[menu + 1]
      var most = -Double.infinity
      for row in rows { most = max(most, utilities[row]) }
      var sum = 0.0
      for row in rows { sum += exp(utilities[row] - most) }
      let weight = weights?[menu] ?? 1
      // A menu of no weight says nothing, whatever its chance.
      if weight > 0 { total += weight * (utilities[chosen[menu]] - most - log(sum)) }
      for row in rows { utilities[row] = exp(utilities[row] - most) / sum }
    }
    return total
  }
}

/// Newton's climb to the maximum, in the units of a design.
struct LogitClimb: Sendable {
  var beta: [Double]
  var place: LogitPlace
  var factor: Cholesky
  var steps = 0
  var isConverged = false

  /// Climbs.
  ///
  /// - Parameters:
  ///   - design: The choices.
  ///   - weights: One for each menu.
  ///   - from: Where to begin; at 0 without.
  ///   - mostSteps: Most steps.
  /// - Throws: ``ConditionalLogitError`` where there is no single best place.
  init(
    _ design: LogitDesign, weights: [Double], from: [Double]? = nil, mostSteps: Int
  ) throws(ConditionalLogitError) {
    guard weights.contains(where: { $0 > 0 }) else { throw .noChoices }
    beta = from ?? [Double](repeating: 0, count: design.scales.count)
    let origin = LogitPlace(design, [Double](repeating: 0, count: beta.count), weights)
    let atOrigin = try Self.factor(origin.information, weight: weights.reduce(0, +))
    place = from == nil ? origin : LogitPlace(design, beta, weights)
    factor = from == nil ? atOrigin : try Self.climbing(place.information, beta)
    isConverged = beta.isEmpty
    while steps < mostSteps, !isConverged {
      let step = factor.solve(place.gradient)
      if dot(step, place.gradient) < 1e-14 * max(1, abs(place.logLikelihood)) {
        isConverged = true
        // One step more doubles the digits that are right.
        for index in beta.indices { beta[index] += step[index] }
        place = LogitPlace(design, beta, weights)
        factor = try Self.climbing(place.information, beta)
        break
      }
      steps += 1
      var length = 1.0
      var next = place
      var trial = beta
      repeat {
        for index in beta.indices { trial[index] = beta[index] + length * step[index] }
        next = LogitPlace(design, trial, weights)
        length /= 2
      } while !(next.logLikelihood >= place.logLikelihood) && length > 1e-10
      // Rounding alone can keep the last step from rising.
      guard next.logLikelihood >= place.logLikelihood else {
        isConverged = dot(step, place.gradient) < 1e-9 * max(1, abs(place.logLikelihood))
        break
      }
      beta = trial
      place = next
      factor = try Self.climbing(place.information, beta)
    }
    // Where an attribute separates, what is left to know of it dwindles as the climb goes on.
    let before = atOrigin.inverse()
    let after = factor.inverse()
    var worst: (attribute: Int, ratio: Double) = (0, 1)
    for index in beta.indices {
      let ratio = before[index, index] / after[index, index]
      if ratio < worst.ratio { worst = (index, ratio) }
    }
    if worst.ratio < 1e-6 { throw .separated(attribute: worst.attribute) }
  }

  /// The factor of the information at 0.
  private static func factor(
    _ information: Matrix, weight: Double
  ) throws(ConditionalLogitError) -> Cholesky {
    do {
      let factor = try Cholesky(information)
      for index in 0..<factor.size {
        let pivot = factor.lower[index, index] * factor.lower[index, index]
        guard pivot > 1e-9 * information[index, index], pivot > 1e-18 * weight else {
          throw ConditionalLogitError.collinear(attribute: index)
        }
      }
      return factor
    } catch let error as ConditionalLogitError {
      throw error
    } catch LinearAlgebraError.notPositiveDefinite(let order) {
      throw .collinear(attribute: order - 1)
    } catch {
      throw .notFinite(attribute: 0)
    }
  }

  /// The factor on the way: if it fails now, an attribute separates the choices.
  private static func climbing(
    _ information: Matrix, _ beta: [Double]
  ) throws(ConditionalLogitError) -> Cholesky {
    do {
      return try Cholesky(information)
    } catch {
      let largest = beta.indices.max { abs(beta[$0]) < abs(beta[$1]) } ?? 0
      throw .separated(attribute: largest)
    }
  }
}
