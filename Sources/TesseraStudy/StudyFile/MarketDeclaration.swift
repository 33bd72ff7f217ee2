/// Which products compete, who knows them, and what is known of their shares.
public struct MarketDeclaration: Sendable, Equatable {
  /// The products of the people who ask, at least one.
  public var own: [String]
  /// The products of others; `nil` for all that are not own.
  ///
  /// Products in neither list are not on the market today: scenarios may add them.
  public var competitors: [String]?
  /// Whether people who accept nothing may take none.
  public var hasOutside = true
  /// Share of people who know a product; everybody where nothing is said.
  public var awareness: [ProductChance] = []
  /// Share of people who can get a product; everybody where nothing is said.
  public var distribution: [ProductChance] = []
  /// Known shares of what is bought, to which shares of preference are tuned.
  public var shares: [ProductShare] = []
  /// The share that prices, targets, lines and scenarios count people by; `nil` for what follows from
  /// ``shares``.
  public var countedBy: CountRule?

  /// How people are counted who take a product.
  public enum CountRule: String, Sendable, CaseIterable {
    /// Everybody takes the product of the highest fit.
    case first = "first_choice"
    /// The higher a fit, the likelier a product is taken.
    case preference = "share_of_preference"
  }

  /// A share of people for one product, for everybody or by segment.
  public struct ProductChance: Sendable, Equatable {
    /// The product.
    public let product: String
    /// For segments that are not named; 1 where nothing is said.
    public var everybody = 1.0
    /// By id or name of a segment.
    public var bySegment: [SegmentChance] = []
  }

  /// A share of the people of one segment.
  public struct SegmentChance: Sendable, Equatable {
    /// Id or name of the segment.
    public let segment: String
    /// 0 to 1.
    public let chance: Double
  }

  /// A product's share of what is bought.
  public struct ProductShare: Sendable, Equatable {
    /// The product.
    public let product: String
    /// Above 0, below 1.
    public let share: Double
  }

  /// Names the own products; all others compete.
  public init(own: [String]) { self.own = own }
}

extension StudyFile {
  /// Whether a product is the asker's own to offer and to change; all are where no market says whose.
  public func isOwn(_ product: String) -> Bool { market?.own.contains(product) ?? true }
}
