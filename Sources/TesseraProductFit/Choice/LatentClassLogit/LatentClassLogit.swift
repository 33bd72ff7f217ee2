import Foundation
public import TesseraMath
import TesseraSegmentation

/// A mixture of conditional logits: people belong to classes of tastes that nobody sees.
///
/// All choices of a person come from one class, so people with several menus tell most. Classes
/// are ordered by share, largest first.
///
/// - Reference: Kamakura & Russell (1989), *J. Marketing Research* 26(4), 379–390; Train (2009),
///   *Discrete Choice Methods with Simulation*, 14.2 (EM).
public struct LatentClassLogit: Sendable, Equatable {
  /// Share of people in each class, summing to 1.
  public let shares: [Double]
  /// Classes × attributes.
  public let coefficients: Matrix
  /// Classes × attributes: standard errors from the outer products of people's scores; not numbers
  /// where these do not suffice, as with fewer people than parameters.
  public let standardErrors: Matrix
  /// People × classes, rows summing to 1; people in the order in which they first occur.
  public let posterior: Matrix
  /// Σ w ln P(all choices of a person), in nats.
  public let logLikelihood: Double
  /// Free parameters: coefficients, and shares but one.
  public let parameters: Int
  /// Number of people, weights counted.
  public let people: Double
  /// Rounds of the best start.
  public let rounds: Int
  /// Whether the best start ended at a maximum.
  public let isConverged: Bool
  /// Starts in all.
  public let starts: Int
  /// Starts that were run to the end.
  public let startsFinished: Int
  /// How many of all starts came to the best.
  public let startsAtBest: Int

  /// Fits a mixture by EM from many starts of several kinds.
  ///
  /// In each round people are shared out over the classes, and each class takes a Newton step on its
  /// own weighted logit, halved until the log-likelihood does not fall. A penalty of 1e-4 on squared
  /// coefficients (attributes scaled to at most 1) keeps classes of very few people finite.
  ///
  /// - Parameters:
  ///   - table: The choices; people by ``ChoiceTable/persons``.
  ///   - settings: Classes, starts, seed.
  ///   - workers: Threads; the result is the same for any number.
  /// - Throws: ``ConditionalLogitError`` where even one class has no single best β.
  /// - Complexity: O(starts × rounds × classes × rows × attributes²).
  public init(
    _ table: ChoiceTable, _ settings: LatentClassLogitSettings, workers: Workers = .single
  ) throws(ConditionalLogitError) {
    let climber = try LatentLogitClimber(table, classes: settings.classes)
    let found = LatentLogitSearch(climber: climber, settings: settings, workers: workers).run()
    let best = found.best
    let ranks = best.shares.indices.sorted {
      best.shares[$0] != best.shares[$1] ? best.shares[$0] > best.shares[$1] : $0 < $1
    }
    let errors = climber.standardErrors(best)
    let width = table.attributes.columns
    var coefficients = Matrix(rows: ranks.count, columns: width)
    var standardErrors = coefficients
    var posterior = Matrix(rows: climber.people, columns: ranks.count)
    for (rank, kind) in ranks.enumerated() {
      let beta = climber.design.unscaled(best.betas[kind])
      for column in 0..<width {
        coefficients[rank, column] = beta[column]
        standardErrors[rank, column] = errors[kind][column] / climber.design.scales[column]
      }
      for person in 0..<climber.people {
        posterior[person, rank] = best.posterior[person, kind]
      }
    }
    shares = ranks.map { best.shares[$0] }
    self.coefficients = coefficients
    self.standardErrors = standardErrors
    self.posterior = posterior
    logLikelihood = best.logLikelihood
    parameters = settings.classes * width + settings.classes - 1
    people = climber.weightSum
    rounds = best.rounds
    isConverged = best.isConverged
    starts = found.tally.run
    startsFinished = found.finished
    startsAtBest = found.tally.reachedBest
  }

  /// Bayesian information criterion over people: smaller is better.
  public var bic: Double { -2 * logLikelihood + Double(parameters) * log(people) }

  /// Akaike's information criterion.
  public var aic: Double { -2 * logLikelihood + 2 * Double(parameters) }

  /// How surely people belong to one class, from 0 to 1; 1 for one class.
  public var entropyR2: Double {
    guard shares.count > 1 else { return 1 }
    var entropy = 0.0
    for value in posterior.values where value > 0 { entropy -= value * log(value) }
    return 1 - entropy / (Double(posterior.rows) * log(Double(shares.count)))
  }
}
