import TesseraMath

/// What kind of segments these are, in the sense of Dolnicar & Leisch.
public enum StructureVerdict: String, Sendable, Equatable, Codable, CaseIterable {
  /// There are groups in the population, and the segmentation finds them.
  case natural
  /// There may be no groups, but the same division is found again and again.
  case reproducible
  /// A useful division at best: another sample would be divided differently.
  case constructive
}

/// What is measured on the data, and in the same way on data without segments.
public struct StructureMeasure: Sendable, Equatable {
  /// Median adjusted Rand index between bootstrap samples.
  public let stability: Double
  /// What segments add over a single one, such as LL_K − LL₁ in nats; greater is more.
  public let gain: Double

  /// Joins two measures.
  public init(stability: Double, gain: Double) {
    self.stability = stability
    self.gain = gain
  }
}

/// Whether there is structure in the data, judged against what the same method finds without any.
///
/// - Reference: Dolnicar & Leisch (2010), *Marketing Letters* 21, 83–101; the bounds for the
///   adjusted Rand index follow Steinley (2004), those for Jaccard Hennig's `clusterboot`.
public struct StructureEvidence: Sendable, Equatable {
  /// Bounds that a verdict needs.
  public struct Thresholds: Sendable, Equatable {
    /// Median adjusted Rand index of a reproducible segmentation.
    public var reproducibleStability = 0.65
    /// Smallest segment-wise Jaccard overlap of a reproducible segmentation.
    public var reproducibleJaccard = 0.60
    /// Median adjusted Rand index of a natural segmentation.
    public var naturalStability = 0.80
    /// Smallest segment-wise Jaccard overlap of a natural segmentation.
    public var naturalJaccard = 0.75
    /// Entropy R² of a natural segmentation.
    public var naturalEntropyR2 = 0.80

    /// The usual bounds.
    public init() {}
  }

  /// What the data show.
  public let observed: StructureMeasure
  /// Jaccard overlap of the least stable segment.
  public let smallestJaccard: Double
  /// How sure memberships are, 0 to 1; `nil` for crisp methods, which are not asked.
  public let entropyR2: Double?
  /// Measures on sets whose columns were permuted.
  public let permuted: [StructureMeasure]
  /// Measures on sets with the same margins and correlations, but without segments.
  public let correlated: [StructureMeasure]
  /// The bounds used.
  public let thresholds: Thresholds

  /// Gathers the evidence.
  ///
  /// - Parameters:
  ///   - observed: What the data show.
  ///   - smallestJaccard: Jaccard overlap of the least stable segment.
  ///   - entropyR2: How sure memberships are; `nil` for crisp methods.
  ///   - permuted: Measures on sets whose columns were permuted.
  ///   - correlated: Measures on sets with the same margins and correlations.
  ///   - thresholds: The bounds to use.
  public init(
    observed: StructureMeasure, smallestJaccard: Double, entropyR2: Double?,
    permuted: [StructureMeasure], correlated: [StructureMeasure],
    thresholds: Thresholds = Thresholds()
  ) {
    self.observed = observed
    self.smallestJaccard = smallestJaccard
    self.entropyR2 = entropyR2
    self.permuted = permuted
    self.correlated = correlated
    self.thresholds = thresholds
  }

  /// One condition, and whether it holds.
  public struct Condition: Sendable, Equatable {
    /// What is asked, in words.
    public let name: String
    /// The number found.
    public let value: Double
    /// The number it must reach, or exceed where a null model sets it.
    public let bound: Double
    /// Whether it does.
    public let holds: Bool
  }

  /// The conditions of a reproducible segmentation.
  public var reproducibleConditions: [Condition] {
    [
      reaching(
        "median adjusted Rand index between samples", observed.stability,
        thresholds.reproducibleStability),
      reaching(
        "Jaccard overlap of the least stable segment", smallestJaccard,
        thresholds.reproducibleJaccard),
      exceeding(
        "stability above 95% of sets with permuted columns", observed.stability,
        permuted.map(\.stability)),
    ]
  }

  /// The further conditions of a natural segmentation.
  public var naturalConditions: [Condition] {
    var conditions = [
      reaching(
        "median adjusted Rand index between samples", observed.stability,
        thresholds.naturalStability),
      reaching(
        "Jaccard overlap of the least stable segment", smallestJaccard,
        thresholds.naturalJaccard),
    ]
    if let entropyR2 {
      conditions.append(
        reaching("certainty of membership (entropy R²)", entropyR2, thresholds.naturalEntropyR2))
    }
    conditions.append(
      exceeding(
        "stability above 95% of correlated sets without segments", observed.stability,
        correlated.map(\.stability)))
    conditions.append(
      exceeding(
        "gain above 95% of correlated sets without segments", observed.gain,
        correlated.map(\.gain)))
    return conditions
  }

  /// The verdict: natural, reproducible or else constructive.
  ///
  /// Without null sets nothing can be called reproducible or natural.
  public var verdict: StructureVerdict {
    guard reproducibleConditions.allSatisfy(\.holds) else { return .constructive }
    return naturalConditions.allSatisfy(\.holds) ? .natural : .reproducible
  }

  private func reaching(_ name: String, _ value: Double, _ bound: Double) -> Condition {
    Condition(name: name, value: value, bound: bound, holds: value >= bound)
  }

  private func exceeding(_ name: String, _ value: Double, _ nulls: [Double]) -> Condition {
    let bound = Descriptive.quantile(0.95, of: nulls) ?? .infinity
    return Condition(name: name, value: value, bound: bound, holds: value > bound)
  }
}
