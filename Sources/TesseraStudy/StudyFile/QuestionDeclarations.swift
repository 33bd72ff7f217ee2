/// Van Westendorp's four questions about price: a column each.
public struct PriceQuestions: Sendable, Equatable {
  /// The price at which the quality would be doubted.
  public let tooCheap: String
  /// The price at which it is a bargain.
  public let cheap: String
  /// The price at which it is getting expensive.
  public let expensive: String
  /// The price at which it would not be considered.
  public let tooExpensive: String
  /// The range that is told first.
  public var range = Range.original
  /// Questions on the intent to buy at the bargain and at the expensive price; `nil` if not asked.
  public var intent: Intent?

  /// How the acceptable range is defined.
  public enum Range: String, Sendable, CaseIterable {
    /// Too cheap x not cheap to not expensive x too expensive.
    case original
    /// Too cheap x expensive to cheap x too expensive.
    case narrower
  }

  /// The intent to buy at two prices.
  public struct Intent: Sendable, Equatable {
    /// Column of the intent at the bargain price.
    public let cheap: String
    /// Column of the intent at the expensive price.
    public let expensive: String
    /// For each answer the chance to buy.
    public let chances: [Double: Double]
    /// Whether the chances are Tessera's and not the study's.
    public let areAssumed: Bool

    /// Names the columns.
    ///
    /// - Parameters:
    ///   - cheap: Column of the intent at the bargain price.
    ///   - expensive: Column of the intent at the expensive price.
    ///   - chances: For each answer the chance to buy; `nil` for 70, 50, 30, 10 and 0% from 5 to 1.
    public init(cheap: String, expensive: String, chances: [Double: Double]? = nil) {
      self.cheap = cheap
      self.expensive = expensive
      self.chances = chances ?? [5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0]
      areAssumed = chances == nil
    }
  }

  /// The four columns, from too cheap to too expensive.
  public var columns: [String] { [tooCheap, cheap, expensive, tooExpensive] }

  /// The two columns of intent, where they were asked.
  public var intentColumns: [String] { intent.map { [$0.cheap, $0.expensive] } ?? [] }
}

/// Kano's two questions about one feature: a column each, answers 1 (like) to 5 (dislike).
public struct KanoQuestions: Sendable, Equatable {
  /// The name that barriers refer to.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// How people feel if the feature is there.
  public let functional: String
  /// How they feel if it is not.
  public let dysfunctional: String

  /// Names the columns.
  ///
  /// - Parameters:
  ///   - name: The name that barriers refer to.
  ///   - label: What a reader sees; the name if left out.
  ///   - functional: How people feel if the feature is there.
  ///   - dysfunctional: How they feel if it is not.
  public init(name: String, label: String? = nil, functional: String, dysfunctional: String) {
    self.name = name
    self.label = label ?? name
    self.functional = functional
    self.dysfunctional = dysfunctional
  }
}

/// An overall rating and the ratings that may drive it.
public struct DriverDeclaration: Sendable, Equatable {
  /// The overall rating.
  public let rating: String
  /// The drivers; empty for the satisfaction with each need.
  public let drivers: [String]

  /// Names the columns.
  public init(rating: String, drivers: [String] = []) {
    self.rating = rating
    self.drivers = drivers
  }
}

/// Which channels, products or features every best set holds, and which none may hold.
public struct ReachDeclaration: Sendable, Equatable {
  /// Items that every set holds.
  public var force: [String] = []
  /// Items that no set holds.
  public var exclude: [String] = []
  /// What the channels of a plan may cost together; `nil` where no limit is said.
  public var budget: Double?

  /// Leaves every item free.
  public init() {}
}

extension StudyFile {
  /// Columns of best-worst tasks, prices and Kano's pairs: no indicators of segments.
  var questionColumns: [String] {
    (maxDiff?.best ?? []) + (maxDiff?.worst ?? []) + (prices?.columns ?? [])
      + (prices?.intentColumns ?? []) + (priceLadder?.columns ?? [])
      + kano.flatMap { [$0.functional, $0.dysfunctional] }
  }
}
