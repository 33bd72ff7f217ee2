import Foundation
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

/// How respondents were drawn, for honest standard errors.
public struct CaseDesign: Sendable, Equatable {
  /// Stratum of each respondent, or none.
  public let strata: [Int]?
  /// Cluster of each respondent, or none.
  public let clusters: [Int]?

  /// Tells how respondents were drawn.
  ///
  /// - Parameters:
  ///   - strata: Stratum of each respondent; nil for one stratum.
  ///   - clusters: Cluster of each respondent; nil for each respondent alone.
  public init(strata: [Int]? = nil, clusters: [Int]? = nil) {
    self.strata = strata
    self.clusters = clusters
  }

  /// Each respondent drawn alone, from one stratum.
  public static let independent = CaseDesign()
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
  ///   - design: How respondents were drawn.
  ///   - estimator: Which covariance; nil chooses by weights and design.
  ///   - level: Coverage of the intervals, 0 to 1.
  /// - Returns: Estimates with errors, classes in the model's order.
  /// - Throws: ``SegmentationError`` if the data do not go with the model or the design.
  /// - Complexity: O(patterns · parameters²).
  /// - Reference: Louis (1982), *JRSS B* 44(2), 226-233; Binder (1983), *Int. Stat. Rev.* 51(3),
  ///   279-292, doi:10.2307/1402588.
  public func uncertainty(
    on data: LatentClassData, prior: LatentClassPrior = .default,
    design: CaseDesign = .independent,
    estimator: LatentClassUncertainty.Estimator? = nil, level: Double = 0.95
  ) throws(SegmentationError) -> LatentClassUncertainty {
    let rows = data.table.respondentCount
    for codes in [design.strata, design.clusters] {
      guard let codes, codes.count != rows else { continue }
      throw .count(of: "strata or clusters", expected: rows, found: codes.count)
    }
    guard level > 0, level < 1 else {
      throw .badSetting(name: "level", value: level, remedy: "Give a coverage between 0 and 1.")
    }
    let climb = try makeClimb(on: data, weights: nil, prior: prior, workers: .single)
    let isComplex =
      data.table.weights.kind == .sampling || design.strata != nil || design.clusters != nil
    let chosen = estimator ?? (isComplex ? .sandwich : .observedInformation)
    let information = LatentInformation(climb)
    let spread = DesignSpread(information, climb, design)
    let covariance = LatentCovariance(climb, information, spread, chosen)
    let quantile =
      spread.degreesOfFreedom.isFinite
      ? StudentDistribution(degreesOfFreedom: max(1, spread.degreesOfFreedom))
        .upperQuantile((1 - level) / 2)
      : NormalDistribution.standard.upperQuantile((1 - level) / 2)
    return covariance.estimates(
      of: self, quantile: quantile, estimator: chosen, degreesOfFreedom: spread.degreesOfFreedom)
  }
}
