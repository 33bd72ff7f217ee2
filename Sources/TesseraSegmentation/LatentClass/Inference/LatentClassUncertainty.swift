public import TesseraDesign
import TesseraMath

/// How sure the parameters of a latent class model are.
public struct LatentClassUncertainty: Sendable, Equatable {
  /// Share of each class.
  public let prevalence: [Estimate]
  /// For each item, a row a class: chances of the categories, the mean, or the rate.
  public let items: [[[Estimate]]]
  /// Membership coefficients, a row a class but the first, intercept first.
  ///
  /// In the units of the covariates; absent without covariates.
  public let membership: [[Estimate]]?
  /// How the covariance of the estimates was found.
  public let estimator: Estimator
  /// Clusters less strata, or infinite: what the intervals' quantile is taken at.
  public let degreesOfFreedom: Double

  /// A number with its standard error and interval.
  public struct Estimate: Sendable, Equatable {
    /// The estimate.
    public let value: Double
    /// Its standard error; absent at a border of its space or when it is not determined.
    public let standardError: Double?
    /// Lower end of the interval; absent without a standard error.
    public let low: Double?
    /// Upper end of the interval; absent without a standard error.
    public let high: Double?
  }

  /// How the covariance of the estimates is found.
  public enum Estimator: String, Sendable, Equatable {
    /// The inverse of the observed information.
    case observedInformation
    /// The inverse of Σ w s s′ (as poLCA).
    case outerProduct
    /// Observed information around the spread of scores: honest under weights and clusters.
    case sandwich
  }
}

extension LatentClassModel {
  /// Standard errors and intervals of the parameters at a maximum.
  ///
  /// Shares and chances have intervals on the logit scale, rates on the log scale. With sampling
  /// weights or a design the covariance is the sandwich A⁻¹BA⁻¹; frequencies count as so many
  /// respondents each. With covariance blocks A is the outer product.
  ///
  /// - Parameters:
  ///   - data: The table the model was fitted to, made ready.
  ///   - prior: The prior it was fitted under.
  ///   - units: How respondents were drawn; nil for each by itself, as the table's weights say.
  ///   - estimator: Which covariance; nil chooses by weights and design.
  ///   - level: Coverage of the intervals, 0 to 1.
  /// - Returns: Estimates with errors, classes in the model's order.
  /// - Throws: ``SegmentationError`` if the data do not go with the model or the design.
  /// - Complexity: O(patterns · parameters²).
  /// - Reference: Louis (1982), *JRSS B* 44(2), 226-233; Binder (1983), *Int. Stat. Rev.* 51(3),
  ///   279-292, doi:10.2307/1402588.
  public func uncertainty(
    on data: LatentClassData, prior: LatentClassPrior = .default,
    units: SamplingUnits? = nil,
    estimator: LatentClassUncertainty.Estimator? = nil, level: Double = 0.95
  ) throws(SegmentationError) -> LatentClassUncertainty {
    let rows = data.table.respondentCount
    let weights = data.table.weights
    let units = units ?? weights.units(count: rows)
    guard units.unitOfRow.count == rows else {
      throw .count(of: "sampling units", expected: rows, found: units.unitOfRow.count)
    }
    guard level > 0, level < 1 else {
      throw .badSetting(name: "level", value: level, remedy: "Give a coverage between 0 and 1.")
    }
    let em = try makeEM(on: data, weights: nil, prior: prior, workers: .single)
    let chosen =
      estimator
      ?? (weights.kind == .sampling || !units.isSimple ? .sandwich : .observedInformation)
    let information = LatentInformation(em)
    let spread = units.covariance(
      of: information.rows, kinds: data.patternOf, weights: weights.effective(count: rows))
    let covariance = LatentCovariance(em, information, spread: spread, chosen)
    let freedom = units.isSimple ? .infinity : units.degreesOfFreedom
    let quantile = StudentDistribution(degreesOfFreedom: max(1, freedom))
      .upperQuantile((1 - level) / 2)
    return covariance.estimates(
      of: self, quantile: quantile, estimator: chosen, degreesOfFreedom: freedom)
  }
}

extension CaseWeights {
  /// Respondents drawn by themselves, of whom each counts so much.
  func units(count: Int) -> SamplingUnits {
    SamplingUnits(weights: effective(count: count), isFrequency: kind == .frequency)
  }
}
