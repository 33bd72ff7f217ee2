public import TesseraSegmentation

/// How a latent-class logit is fitted.
public struct LatentClassLogitSettings: Sendable, Equatable {
  /// Number of classes, 1 or more.
  public var classes: Int
  /// Starts; all run a while, the best third to the end.
  public var starts = StartPolicy.adaptive
  /// Seed of all chance.
  public var seed: UInt64 = 1
  /// Rounds that every start is given.
  public var shortRounds = 15
  /// Most rounds of the starts that are kept.
  public var mostRounds = 2000
  /// Ends when a round gains less than this share of the log-likelihood.
  public var tolerance = 1e-10

  /// Asks for a number of classes.
  public init(classes: Int) {
    precondition(classes > 0, "a mixture has at least one class")
    self.classes = classes
  }
}
