public import TesseraMath

/// Latent class analysis: segments are classes that explain, each by itself, how people answer.
///
/// The value holds the settings; ``fit(_:seed:)`` searches for the best model.
public struct LatentClass: Segmenter {
  /// Number of classes, 1 to 32.
  public var segments: Int
  /// How many starts the search makes.
  public var starts: StartPolicy
  /// When a run may stop.
  public var rule: ConvergenceRule
  /// What is believed before the answers are seen.
  public var prior: LatentClassPrior
  /// Groups of numeric items, by position, that vary together within a class.
  public var blocks: [Block]
  /// Pairs of categorical items, by position, tied to each other within every class.
  public var directEffects: [ItemPair]
  /// Whether not answering may itself tell the classes apart.
  public var missing: MissingAnswers
  /// Source of chance; equal streams give equal fits.
  public var stream: RandomStream
  /// How many threads may be used; the fit does not depend on it.
  public var workers: Workers
  /// Where the search tells how far it has come.
  public var progress: Progress

  /// Makes settings; the fit checks them.
  ///
  /// - Parameters:
  ///   - segments: Number of classes, 1 to 32.
  ///   - starts: How many starts the search makes.
  ///   - rule: When a run may stop.
  ///   - prior: What is believed before the answers are seen.
  ///   - blocks: Groups of numeric items that vary together within a class.
  ///   - directEffects: Pairs of categorical items tied within every class.
  ///   - missing: Whether not answering may itself tell the classes apart.
  ///   - stream: Source of chance.
  ///   - workers: How many threads may be used.
  ///   - progress: Where the search tells how far it has come.
  public init(
    segments: Int, starts: StartPolicy = .adaptive, rule: ConvergenceRule = ConvergenceRule(),
    prior: LatentClassPrior = .default, blocks: [Block] = [], directEffects: [ItemPair] = [],
    missing: MissingAnswers = .atRandom, stream: RandomStream = RandomStream(seed: 1),
    workers: Workers = .single, progress: Progress = .silent
  ) {
    self.segments = segments
    self.starts = starts
    self.rule = rule
    self.prior = prior
    self.blocks = blocks
    self.directEffects = directEffects
    self.missing = missing
    self.stream = stream
    self.workers = workers
    self.progress = progress
  }

  /// Numeric items that vary together within a class.
  public struct Block: Sendable, Equatable {
    /// Positions of the items, two or more.
    public let items: [Int]
    /// Whether classes share one covariance matrix.
    public let variance: Item.VarianceForm

    /// Makes a block.
    public init(items: [Int], variance: Item.VarianceForm = .perClass) {
      self.items = items
      self.variance = variance
    }
  }
}

/// Two items, by their positions in a table.
public struct ItemPair: Sendable, Hashable {
  /// Position of the first item.
  public let first: Int
  /// Position of the second item.
  public let second: Int

  /// Makes a pair.
  public init(_ first: Int, _ second: Int) {
    self.first = first
    self.second = second
  }
}

/// What an unanswered item says.
public enum MissingAnswers: String, Sendable, Equatable, Codable {
  /// Nothing: its term is left out.
  case atRandom
  /// Whether an item was answered is itself an item, for each item that has gaps.
  case modelled
}

/// What is believed of the parameters before the answers are seen.
///
/// Imaginary respondents spread evenly over the classes, answering as the whole sample does: they
/// keep chances off 0 and 1 and variances off 0. Log-likelihoods are reported without them.
///
/// - Reference: Galindo-Garre & Vermunt (2006), *Behaviormetrika* 33(1), 43-59,
///   doi:10.2333/bhmk.33.43.
public struct LatentClassPrior: Sendable, Equatable, Codable {
  /// Imaginary respondents for the sizes of the classes.
  public let sizes: Double
  /// Imaginary respondents for each categorical item.
  public let categories: Double
  /// Imaginary respondents for each numeric item's variance.
  public let variances: Double
  /// Imaginary respondents for each count.
  public let rates: Double

  /// One imaginary respondent each.
  public static let `default` = LatentClassPrior(sizes: 1, categories: 1, variances: 1, rates: 1)
  /// Plain maximum likelihood.
  public static let none = LatentClassPrior(sizes: 0, categories: 0, variances: 0, rates: 0)
}
