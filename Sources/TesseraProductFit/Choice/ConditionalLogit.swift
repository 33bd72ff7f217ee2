import Foundation
public import TesseraMath

/// A conditional (multinomial) logit: the chance of an alternative is exp(x β) over the menu's sum.
///
/// It judges the fit against real choices; the fit itself does not need it. Its ratios of chances do
/// not depend on what else is on the menu, which near substitutes violate.
///
/// - Reference: McFadden (1974), in Zarembka (ed.), *Frontiers in Econometrics*, 105–142; Train
///   (2009), *Discrete Choice Methods with Simulation*, 3.
public struct ConditionalLogit: Sendable, Equatable {
  /// β, one for each attribute.
  public let coefficients: [Double]
  /// The inverse of the information at β.
  public let covariance: Matrix
  /// The sandwich, with one term for each person (or menu).
  public let robustCovariance: Matrix
  /// Σ w ln P(chosen), in nats.
  public let logLikelihood: Double
  /// The same with all alternatives equally likely.
  public let nullLogLikelihood: Double
  /// Steps of Newton's method.
  public let steps: Int
  /// Whether the climb ended at the maximum.
  public let isConverged: Bool

  /// Fits β by Newton's method with halved steps.
  ///
  /// - Parameters:
  ///   - table: The choices.
  ///   - mostSteps: Most steps.
  /// - Throws: `LinearAlgebraError.notPositiveDefinite` where the attributes do not tell the
  ///   alternatives apart in as many ways as there are coefficients, or where some attribute
  ///   separates the choices.
  /// - Complexity: O(steps × rows × attributes²).
  public init(_ table: ChoiceTable, mostSteps: Int = 50) throws(LinearAlgebraError) {
    let scales = Self.scales(table.attributes)
    let scaled = Self.rescaled(table, scales)
    var beta = [Double](repeating: 0, count: scales.count)
    var place = LogitPlace(scaled, beta)
    nullLogLikelihood = place.logLikelihood
    var steps = 0
    var isConverged = scales.isEmpty
    var factor = try Cholesky(place.information)
    while steps < mostSteps, !isConverged {
      let step = factor.solve(place.gradient)
      if dot(step, place.gradient) < 1e-14 * max(1, abs(place.logLikelihood)) {
        isConverged = true
        break
      }
      steps += 1
      var length = 1.0
      var next = place
      var trial = beta
      repeat {
        for index in beta.indices { trial[index] = beta[index] + length * step[index] }
        next = LogitPlace(scaled, trial)
        length /= 2
      } while !(next.logLikelihood >= place.logLikelihood) && length > 1e-10
      guard next.logLikelihood >= place.logLikelihood else { break }
      beta = trial
      place = next
      factor = try Cholesky(place.information)
    }
    self.steps = steps
    self.isConverged = isConverged
    logLikelihood = place.logLikelihood
    let inverse = factor.inverse()
    let middle = Self.scoreProducts(scaled, beta)
    let robust = inverse.multiplied(by: middle).multiplied(by: inverse)
    coefficients = beta.indices.map { beta[$0] / scales[$0] }
    covariance = Self.unscaled(inverse, scales)
    robustCovariance = Self.unscaled(robust, scales)
  }

  /// Standard errors from the information.
  public var standardErrors: [Double] {
    coefficients.indices.map { covariance[$0, $0].squareRoot() }
  }

  /// Standard errors from the sandwich.
  public var robustStandardErrors: [Double] {
    coefficients.indices.map { robustCovariance[$0, $0].squareRoot() }
  }

  /// What one unit of an attribute is worth in units of another, with its standard error.
  ///
  /// - Parameters:
  ///   - attribute: The attribute.
  ///   - price: The attribute it is measured in; its coefficient is below 0.
  /// - Returns: −β_attribute / β_price, by the delta method.
  public func willingnessToPay(
    for attribute: Int, in price: Int
  ) -> (value: Double, standardError: Double) {
    let (a, p) = (coefficients[attribute], coefficients[price])
    let value = -a / p
    let (da, dp) = (-1 / p, a / (p * p))
    let variance =
      da * da * covariance[attribute, attribute] + dp * dp * covariance[price, price]
      + 2 * da * dp * covariance[attribute, price]
    return (value, max(0, variance).squareRoot())
  }

  /// The chances of all alternatives of a table.
  ///
  /// - Parameter table: Menus with the same attributes.
  /// - Returns: One for each row; they sum to 1 over each menu.
  public func chances(_ table: ChoiceTable) -> [Double] {
    LogitPlace.chances(table, coefficients).chances
  }

  /// The log-likelihood that these coefficients give to other choices.
  ///
  /// - Parameter table: Menus with the same attributes.
  /// - Returns: Σ w ln P(chosen).
  public func logLikelihood(of table: ChoiceTable) -> Double {
    LogitPlace.chances(table, coefficients).logLikelihood
  }

  /// A likelihood-ratio test of this model against a smaller one within it.
  ///
  /// - Parameter smaller: The model with fewer coefficients on the same choices.
  /// - Returns: Twice the difference of log-likelihoods, the coefficients more, and *p*.
  public func likelihoodRatio(
    against smaller: ConditionalLogit
  ) -> (statistic: Double, degreesOfFreedom: Int, p: Double) {
    let statistic = 2 * (logLikelihood - smaller.logLikelihood)
    let freedom = coefficients.count - smaller.coefficients.count
    precondition(freedom > 0, "the other model is not the smaller")
    let p = ChiSquareDistribution(degreesOfFreedom: Double(freedom)).survival(max(0, statistic))
    return (statistic, freedom, p)
  }

  /// Largest size of each column, so that units do not decide about convergence.
  private static func scales(_ attributes: Matrix) -> [Double] {
    (0..<attributes.columns).map { column in
      var most = 0.0
      for row in 0..<attributes.rows { most = max(most, abs(attributes[row, column])) }
      return most > 0 ? most : 1
    }
  }

  private static func rescaled(_ table: ChoiceTable, _ scales: [Double]) -> ChoiceTable {
    var attributes = table.attributes
    for row in 0..<attributes.rows {
      for column in scales.indices { attributes[row, column] /= scales[column] }
    }
    let sizes = (0..<table.count).map { table.starts[$0 + 1] - table.starts[$0] }
    return ChoiceTable(
      attributes: attributes, sizes: sizes,
      chosen: (0..<table.count).map { table.chosen[$0] - table.starts[$0] },
      weights: table.weights, persons: table.persons)
  }

  private static func unscaled(_ matrix: Matrix, _ scales: [Double]) -> Matrix {
    var result = matrix
    for row in scales.indices {
      for column in scales.indices { result[row, column] /= scales[row] * scales[column] }
    }
    return result
  }

  /// Σ s s′ over persons, corrected for their number.
  private static func scoreProducts(_ table: ChoiceTable, _ beta: [Double]) -> Matrix {
    let chances = LogitPlace.chances(table, beta).chances
    let persons = table.persons.isEmpty ? Array(0..<table.count) : table.persons
    let count = (persons.max() ?? -1) + 1
    var scores = Matrix(rows: count, columns: beta.count)
    for menu in 0..<table.count {
      for row in table.starts[menu]..<table.starts[menu + 1] {
        let residual =
          table.weights[menu] * ((row == table.chosen[menu] ? 1 : 0) - chances[row])
        for column in beta.indices {
          scores[persons[menu], column] += residual * table.attributes[row, column]
        }
      }
    }
    var products = scores.crossProduct()
    if count > 1 {
      let factor = Double(count) / Double(count - 1)
      for index in products.values.indices { products.values[index] *= factor }
    }
    return products
  }
}

/// Log-likelihood, gradient and information at one place.
private struct LogitPlace {
  var logLikelihood: Double
  var gradient: [Double]
  var information: Matrix

  init(_ table: ChoiceTable, _ beta: [Double]) {
    let width = beta.count
    let found = Self.chances(table, beta)
    logLikelihood = found.logLikelihood
    gradient = [Double](repeating: 0, count: width)
    var centred = table.attributes
    var mean = gradient
    var weights = [Double](repeating: 0, count: table.attributes.rows)
    for menu in 0..<table.count {
      let rows = table.starts[menu]..<table.starts[menu + 1]
      for column in 0..<width { mean[column] = 0 }
      for row in rows {
        for column in 0..<width {
          mean[column] += found.chances[row] * table.attributes[row, column]
        }
      }
      for row in rows {
        weights[row] = table.weights[menu] * found.chances[row]
        for column in 0..<width { centred[row, column] -= mean[column] }
      }
      for column in 0..<width {
        gradient[column] += table.weights[menu] * centred[table.chosen[menu], column]
      }
    }
    information = centred.crossProduct(weights: weights)
  }

  /// Chances by log-sum-exp.
  static func chances(
    _ table: ChoiceTable, _ beta: [Double]
  ) -> (chances: [Double], logLikelihood: Double) {
    var utilities = table.attributes.multiplied(by: beta)
    var total = 0.0
    for menu in 0..<table.count {
      let rows = table.starts[menu]..<table.starts[menu + 1]
      var most = -Double.infinity
      for row in rows { most = max(most, utilities[row]) }
      var sum = 0.0
      for row in rows { sum += exp(utilities[row] - most) }
      total += table.weights[menu] * (utilities[table.chosen[menu]] - most - log(sum))
      for row in rows { utilities[row] = exp(utilities[row] - most) / sum }
    }
    return (utilities, total)
  }
}
