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
  /// The inverse of the information at β: right if the model is, and choices are independent.
  public let covariance: Matrix
  /// The sandwich with a term for each menu: right too if the chances are not quite a logit's.
  public let robustCovariance: Matrix
  /// The sandwich with a term for each person: right too if a person's choices go together.
  public let clusteredCovariance: Matrix
  /// Σ w ln P(chosen), in nats.
  public let logLikelihood: Double
  /// The same with all alternatives equally likely.
  public let nullLogLikelihood: Double
  /// Steps of Newton's method.
  public let steps: Int
  /// Whether the climb ended at the maximum.
  public let isConverged: Bool

  /// Fits β by Newton's method with halved steps, on LAPACK's Cholesky factor.
  ///
  /// Attributes are scaled to a largest size of 1 and centred in each menu first, so that units
  /// decide neither about convergence nor about rounding.
  ///
  /// - Parameters:
  ///   - table: The choices.
  ///   - mostSteps: Most steps.
  ///   - start: Where the climb begins; at 0 without.
  /// - Throws: ``ConditionalLogitError`` where the data have no single best β.
  /// - Complexity: O(steps × rows × attributes²).
  public init(
    _ table: ChoiceTable, mostSteps: Int = 60, start: [Double]? = nil
  ) throws(ConditionalLogitError) {
    let design = try LogitDesign(table)
    let climb = try LogitClimb(
      design, weights: table.weights, from: start.map { design.scaled($0) },
      mostSteps: mostSteps)
    steps = climb.steps
    isConverged = climb.isConverged
    logLikelihood = climb.place.logLikelihood
    nullLogLikelihood = design.nullLogLikelihood(table.weights)
    let inverse = climb.factor.inverse()
    let scores = design.scores(table, climb.place.chances)
    let byPerson = table.persons.isEmpty ? scores : Self.sums(scores, table.persons)
    coefficients = design.unscaled(climb.beta)
    covariance = design.unscaled(inverse)
    let robust = design.unscaled(Self.sandwich(inverse, scores))
    robustCovariance = robust
    clusteredCovariance =
      table.persons.isEmpty ? robust : design.unscaled(Self.sandwich(inverse, byPerson))
  }

  /// Standard errors from the information.
  public var standardErrors: [Double] { Self.errors(covariance) }

  /// Standard errors from the sandwich over menus.
  public var robustStandardErrors: [Double] { Self.errors(robustCovariance) }

  /// Standard errors from the sandwich over persons.
  public var clusteredStandardErrors: [Double] { Self.errors(clusteredCovariance) }

  /// McFadden's ρ²: how far from chance to certainty the log-likelihood gets, 0 to 1.
  public var rhoSquared: Double {
    nullLogLikelihood < 0 ? 1 - logLikelihood / nullLogLikelihood : 0
  }

  /// What one unit of an attribute is worth in units of another, with its standard error.
  ///
  /// - Parameters:
  ///   - attribute: The attribute.
  ///   - price: The attribute it is measured in; its coefficient is below 0.
  ///   - covariance: Which covariance the error comes from; the information's without.
  /// - Returns: −β_attribute / β_price, by the delta method.
  public func willingnessToPay(
    for attribute: Int, in price: Int, covariance: Matrix? = nil
  ) -> (value: Double, standardError: Double) {
    let covariance = covariance ?? self.covariance
    let (a, p) = (coefficients[attribute], coefficients[price])
    let value = -a / p
    let (da, dp) = (-1 / p, a / (p * p))
    let variance =
      da * da * covariance[attribute, attribute] + dp * dp * covariance[price, price]
      + 2 * da * dp * covariance[attribute, price]
    return (value, max(0, variance).squareRoot())
  }

  /// The log-likelihood that these coefficients give to other choices.
  ///
  /// - Parameter table: Menus with the same attributes.
  /// - Returns: Σ w ln P(chosen).
  public func logLikelihood(of table: ChoiceTable) -> Double {
    var utilities = table.attributes.multiplied(by: coefficients)
    return LogitPlace.normalise(
      &utilities, starts: table.starts, chosen: table.chosen, weights: table.weights)
  }

  /// A likelihood-ratio test of this model against a smaller one within it.
  ///
  /// Under sampling weights, or where people choose more than once, twice the difference is not
  /// chi-square; use ``waldTest(_:)`` then.
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

  /// Wald's test that some coefficients are all 0, with the clustered covariance.
  ///
  /// - Parameter attributes: Which coefficients.
  /// - Returns: b′V⁻¹b, its degrees of freedom and *p*; `nil` if V is singular, as with fewer persons
  ///   than coefficients.
  public func waldTest(
    _ attributes: [Int]
  ) -> (statistic: Double, degreesOfFreedom: Int, p: Double)? {
    var part = Matrix(rows: attributes.count, columns: attributes.count)
    for (row, one) in attributes.enumerated() {
      for (column, other) in attributes.enumerated() {
        part[row, column] = clusteredCovariance[one, other]
      }
    }
    guard !attributes.isEmpty, let factor = try? Cholesky(part) else { return nil }
    let values = attributes.map { coefficients[$0] }
    let statistic = dot(values, factor.solve(values))
    let p = ChiSquareDistribution(degreesOfFreedom: Double(attributes.count)).survival(
      max(0, statistic))
    return (statistic, attributes.count, p)
  }

  private static func errors(_ matrix: Matrix) -> [Double] {
    (0..<matrix.rows).map { max(0, matrix[$0, $0]).squareRoot() }
  }

  private static func sums(_ scores: Matrix, _ persons: [Int]) -> Matrix {
    // Numbers may have gaps where menus were selected.
    var place: [Int: Int] = [:]
    for person in persons where place[person] == nil { place[person] = place.count }
    var result = Matrix(rows: place.count, columns: scores.columns)
    for (menu, person) in persons.enumerated() {
      let row = place[person] ?? 0
      for column in 0..<scores.columns { result[row, column] += scores[menu, column] }
    }
    return result
  }

  /// V B V, where B sums the products of scores, corrected for their number.
  private static func sandwich(_ inverse: Matrix, _ scores: Matrix) -> Matrix {
    var middle = scores.crossProduct()
    if scores.rows > 1 {
      let factor = Double(scores.rows) / Double(scores.rows - 1)
      for index in middle.values.indices { middle.values[index] *= factor }
    }
    return inverse.multiplied(by: middle).multiplied(by: inverse)
  }
}
