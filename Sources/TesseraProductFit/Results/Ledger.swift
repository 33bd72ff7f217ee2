/// An exact account of 100 points: the fit, the losses by need and feature, and by barrier.
public struct Ledger: Sendable, Equatable {
  /// Points lost to needs that the product does not fulfil.
  public var needs: [NeedLoss]
  /// Points lost because respondents would refuse the product.
  public var barriers: [BarrierLoss]

  /// Points lost to one need.
  public struct NeedLoss: Sendable, Equatable {
    /// The need's name.
    public var need: String
    /// Points lost.
    public var loss: Double
    /// The same points, by feature.
    public var features: [FeatureLoss]
  }

  /// Points one feature loses in one need.
  public struct FeatureLoss: Sendable, Equatable {
    /// The feature's name.
    public var feature: String
    /// Points lost.
    public var loss: Double
  }

  /// Points lost to one barrier.
  public struct BarrierLoss: Sendable, Equatable {
    /// The barrier's name.
    public var barrier: String
    /// Points lost.
    public var loss: Double
    /// Weighted share of the segment whom it stops or slows, 0 to 1; midway where that is unknown,
    /// `nil` where it may not be shown.
    public var shareAffected: Double?
    /// The share whom it does however unknown levels turn out.
    public var shareLeast: Double?
    /// The share whom it does if unknown levels turn out for the worst.
    public var shareMost: Double?

    /// Makes a loss.
    public init(
      barrier: String, loss: Double, shareAffected: Double?, shareLeast: Double? = nil,
      shareMost: Double? = nil
    ) {
      self.barrier = barrier
      self.loss = loss
      self.shareAffected = shareAffected
      self.shareLeast = shareLeast ?? shareAffected
      self.shareMost = shareMost ?? shareAffected
    }
  }
}
