/// How a study turns respondents into segments.
public struct SegmentsDeclaration: Sendable, Equatable {
  /// Columns or sets that make the segments; empty to guess them.
  public var active: [String] = []
  /// Columns or sets that only describe them.
  public var passive: [String] = []
  /// Columns that explain membership (concomitant variables).
  public var covariates: [String] = []
  /// How many segments, or the range to choose from.
  public var count: SegmentCount = .between(1, 8)
  /// The method.
  public var method: SegmentationMethod = .latentClass
  /// Column of segments that exist already; then nothing is fitted.
  public var given: String?
  /// Names by segment id, such as `S1: Families`, in the order of the file.
  public var names: [SegmentName] = []
  /// Names stored beside the study with the model they belong to; `nil` if there are none.
  public var known: NamesFile?
  /// Random starts for each number of segments; `nil` for the method's own rule.
  public var starts: Int?
  /// Relative change of the log-likelihood below which a run ends; `nil` for the default.
  public var tolerance: Double?
  /// Pull of the estimates away from 0 and 1.
  public var prior: PriorDeclaration = .standard
  /// Bootstrap replicates for stability; 0 for none; `nil` for the default.
  public var stability: Int?
  /// How the model of answers is built beyond its defaults.
  public var model = ModelDeclaration()
  /// What else is asked about the segmentation.
  public var evidence = EvidenceDeclaration()

  /// Declares the defaults.
  public init() {}
}

/// How many segments are wanted.
public enum SegmentCount: Sendable, Equatable {
  /// This many.
  case exactly(Int)
  /// Choose from the first to the second, both included.
  case between(Int, Int)

  /// The largest number of segments that any method makes.
  public static let largest = 32

  /// The numbers to be tried.
  public var range: ClosedRange<Int> {
    switch self {
    case .exactly(let count): count...count
    case .between(let low, let high): low...high
    }
  }
}

/// A way to make segments.
public enum SegmentationMethod: String, Sendable, CaseIterable {
  /// Latent classes over indicators of any level.
  case latentClass = "latent-class"
  /// Latent classes whose numeric indicators vary together within a class.
  case mixture
  /// k-means over standardised indicators.
  case kmeans
  /// k-medians over standardised indicators.
  case kmedians
  /// k-modes over categories.
  case kmodes
  /// k-prototypes over numbers and categories.
  case kprototypes
  /// Partition around medoids, on Gower's dissimilarity.
  case pam
  /// Partition around medoids of samples, for many respondents.
  case clara
  /// Ward's hierarchical clustering.
  case ward
  /// k-means on the components of a factor analysis of mixed data.
  case famd
  /// Bagged clustering.
  case bagged
  /// The consensus of several methods.
  case ensemble
}

/// The prior of a latent class model.
public enum PriorDeclaration: String, Sendable, CaseIterable {
  /// Bayes constants of 1: no estimate on the boundary.
  case standard = "default"
  /// Plain maximum likelihood.
  case none
}

/// A name a study gives to a segment.
public struct SegmentName: Sendable, Equatable {
  /// The segment's id.
  public let id: String
  /// The name.
  public let name: String

  /// Names a segment.
  ///
  /// - Parameters:
  ///   - id: The segment's id, such as `S1`.
  ///   - name: The name.
  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}
