/// A latent class model: every respondent belongs, unseen, to one class, and answers each item
/// independently of the others given that class, save where a block or a direct effect says so.
///
/// Plain values, so that it can be written to a file and read again.
///
/// - Reference: Goodman (1974), *Biometrika* 61(2), 215-231, doi:10.1093/biomet/61.2.215.
public struct LatentClassModel: Sendable, Equatable, Codable {
  /// Share of the population in each class; falls from class to class and sums to 1.
  ///
  /// With covariates: the weighted mean of the respondents' chances.
  public let prevalence: [Double]

  /// How each item is answered in each class, in the order of the table's items.
  public let items: [ItemModel]

  /// Groups of numeric items that vary together within a class; empty when all are independent.
  public let blocks: [CovarianceBlock]

  /// Pairs of categorical items tied to each other within every class; empty when none is.
  public let directEffects: [DirectEffect]

  /// Log-odds of each class against the first, which has 0; absent without covariates.
  ///
  /// A row a class: its intercept and then one slope a covariate.
  public let membership: [[Double]]?

  /// Positions of the items whose gaps are modelled, in the order of the items behind the table's
  /// own that tell whether they were answered; empty when gaps say nothing.
  public let modelledGaps: [Int]

  /// Makes a model from its parts.
  ///
  /// - Parameters:
  ///   - prevalence: Share of each class.
  ///   - items: How each item is answered in each class.
  ///   - blocks: Groups of numeric items that vary together within a class.
  ///   - directEffects: Pairs of categorical items tied within every class.
  ///   - membership: Log-odds of each class, a row a class, intercept first.
  ///   - modelledGaps: Positions of the items whose gaps are modelled.
  public init(
    prevalence: [Double], items: [ItemModel], blocks: [CovarianceBlock] = [],
    directEffects: [DirectEffect] = [], membership: [[Double]]? = nil, modelledGaps: [Int] = []
  ) {
    self.prevalence = prevalence
    self.items = items
    self.blocks = blocks
    self.directEffects = directEffects
    self.membership = membership
    self.modelledGaps = modelledGaps
  }

  /// Number of classes.
  public var classCount: Int { prevalence.count }
}

/// Numeric items that vary together within a class, with a full covariance matrix.
public struct CovarianceBlock: Sendable, Equatable, Codable {
  /// Positions of the items in the table.
  public let items: [Int]
  /// Mean of each item: a row a class.
  public let means: [[Double]]
  /// Covariance of the items: a matrix a class, row after row.
  public let covariances: [[Double]]

  /// Makes a block.
  ///
  /// - Parameters:
  ///   - items: Positions of the items in the table.
  ///   - means: Mean of each item, a row a class.
  ///   - covariances: Covariance matrix of each class, row after row.
  public init(items: [Int], means: [[Double]], covariances: [[Double]]) {
    self.items = items
    self.means = means
    self.covariances = covariances
  }
}

/// Two categorical items tied to each other within every class, equally strongly in all.
public struct DirectEffect: Sendable, Equatable, Codable {
  /// Position of the first item in the table.
  public let first: Int
  /// Position of the second item in the table.
  public let second: Int
  /// Chance of each pair of answers: a row a class, pairs ordered by the first item's category.
  public let probabilities: [[Double]]

  /// Makes a direct effect.
  public init(first: Int, second: Int, probabilities: [[Double]]) {
    self.first = first
    self.second = second
    self.probabilities = probabilities
  }
}
