/// What a fit costs in misfit and in parameters, in the forms in use.
///
/// Less is better, save for `entropyR2`. *p* parameters, *n* respondents, weights *w*, posterior
/// *z*, entropy of a respondent *E* = -Σ z ln z in nats.
public struct InformationCriteria: Sendable, Equatable {
  /// -2 LL + 2p.
  public let aic: Double
  /// -2 LL + 3p.
  public let aic3: Double
  /// -2 LL + p ln n.
  public let bic: Double
  /// -2 LL + p ln((n + 2) / 24).
  public let sabic: Double
  /// -2 LL + p (ln n + 1).
  public let caic: Double
  /// BIC + 2 Σ w E.
  public let icl: Double
  /// BIC - 2 Σ w ln max z.
  public let iclHard: Double
  /// 1 - Σ w E / (Σ w ln K); absent for one class.
  public let entropyR2: Double?
  /// Weighted share of respondents expected in another class than their likeliest, 0 to 1.
  public let classificationError: Double
  /// BIC on Kish's effective sample size, the likelihood scaled too; equals `bic` unless the
  /// weights are sampling weights.
  public let effectiveBIC: Double
  /// Likelihood-ratio distance from the saturated model; only for categorical items answered by
  /// all, without covariates.
  public let g2: Double?
  /// Pearson's distance from the observed patterns; absent where `g2` is.
  public let x2: Double?
  /// Patterns less parameters less one; absent where `g2` is, negative when there are too many
  /// parameters.
  public let degreesOfFreedom: Int?
}
