/// A need: something people want done, and the questions that ask about it.
public struct NeedDeclaration: Sendable, Equatable {
  /// The name that relations refer to.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// Where its weight comes from.
  public let weight: NeedWeightSource
  /// Column that asks how satisfied people are today; `nil` if not asked.
  public let satisfaction: String?
  /// Ends of this need's scale; `nil` for the study's.
  public let scale: RatingScale?
  /// How features make up the fulfilment.
  public let combine: Combination

  /// How the values of several features become the fulfilment of one need.
  public enum Combination: String, Sendable, CaseIterable {
    /// Their mean, weighted by the strength of the relations.
    case mean
    /// The worst of them: all are needed.
    case all
    /// The best of them: any will do.
    case any
  }

  /// Declares a need.
  ///
  /// - Parameters:
  ///   - name: The name that relations refer to.
  ///   - label: What a reader sees; the name if left out.
  ///   - weight: Where its weight comes from.
  ///   - satisfaction: Column that asks how satisfied people are.
  ///   - scale: Ends of this need's scale.
  ///   - combine: How features make up the fulfilment.
  public init(
    name: String, label: String? = nil, weight: NeedWeightSource, satisfaction: String? = nil,
    scale: RatingScale? = nil, combine: Combination = .mean
  ) {
    self.name = name
    self.label = label ?? name
    self.weight = weight
    self.satisfaction = satisfaction
    self.scale = scale
    self.combine = combine
  }

  /// Declares a need whose weight is a rating of importance.
  ///
  /// - Parameters:
  ///   - name: The name that relations refer to.
  ///   - label: What a reader sees; the name if left out.
  ///   - importance: Column that asks how important it is.
  ///   - satisfaction: Column that asks how satisfied people are.
  ///   - scale: Ends of this need's scale.
  ///   - combine: How features make up the fulfilment.
  public init(
    name: String, label: String? = nil, importance: String, satisfaction: String? = nil,
    scale: RatingScale? = nil, combine: Combination = .mean
  ) {
    self.init(
      name: name, label: label, weight: .importance(importance), satisfaction: satisfaction,
      scale: scale, combine: combine)
  }

  /// The columns that hold ratings on the need's scale.
  public var ratings: [String] { [weight.rating, satisfaction].compactMap { $0 } }
}

/// A feature: something products have more or less of.
public struct FeatureDeclaration: Sendable, Equatable {
  /// The name: a column of the table of products.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// The unit of its levels; empty if there is none.
  public let unit: String
  /// What its levels are worth.
  public let value: ValueFunction
  /// The levels that a search for improvements may try; those at hand if left out.
  public var range: CandidateRange?
  /// What a product costs more or less with a level; empty if not said.
  public var costs: [LevelCost] = []
  /// What one unit more of a numeric feature costs; `nil` if not said.
  public var costPerUnit: Double?

  /// Numbers from one to another in equal steps.
  public struct CandidateRange: Sendable, Equatable {
    /// The levels, ascending.
    public let levels: [Double]

    /// Lists levels from one end to the other.
    public init(from: Double, to: Double, step: Double) {
      let count = Int(((to - from) / step + 1e-9).rounded(.down))
      levels = (0...max(0, count)).map { from + Double($0) * step }
    }
  }

  /// What a product costs with a level, beside its other levels.
  public struct LevelCost: Sendable, Equatable {
    /// The level, as written.
    public let level: String
    /// What it costs.
    public let cost: Double
  }

  /// Declares a feature.
  ///
  /// - Parameters:
  ///   - name: A column of the table of products.
  ///   - label: What a reader sees; the name if left out.
  ///   - unit: The unit of its levels.
  ///   - value: What its levels are worth.
  public init(name: String, label: String? = nil, unit: String = "", value: ValueFunction) {
    self.name = name
    self.label = label ?? name
    self.unit = unit
    self.value = value
  }
}

/// What the levels of a feature are worth, from 0 to 1.
///
/// End points are declared and never taken from the products at hand, so that adding a product
/// changes no other.
public enum ValueFunction: Sendable, Equatable {
  /// From 0 at the first level to 1 at the second; the first may be the larger.
  case linear(Double, Double)
  /// 1 at a level, falling to 0 at a distance of the tolerance.
  case target(Double, tolerance: Double)
  /// 0 below the level, 1 from the level plus the ramp on.
  case threshold(Double, ramp: Double)
  /// Straight lines between knots of (level, value), levels rising.
  case knots([Knot])
  /// 1 − exp(−(x − from) / scale) above `from`, else 0.
  case rate(from: Double, scale: Double)
  /// Named levels from worst to best as listed, each with its value.
  case levels([NamedLevel])
  /// Price against the respondent's income: 1 up to a share of `fullAt`, 0 from `zeroAt` on.
  case burden(income: String, fullAt: Double, zeroAt: Double)

  /// A point of a piecewise linear value.
  public struct Knot: Sendable, Equatable {
    /// The feature's level.
    public let level: Double
    /// Its worth, 0 to 1.
    public let value: Double

    /// Makes a point.
    public init(level: Double, value: Double) {
      self.level = level
      self.value = value
    }
  }

  /// A level with a name.
  public struct NamedLevel: Sendable, Equatable {
    /// The level's name as in the table of products.
    public let name: String
    /// Its worth, 0 to 1.
    public let value: Double
  }
}

/// A barrier: what makes a respondent refuse a product however good it is.
public struct BarrierDeclaration: Sendable, Equatable {
  /// The name.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// When a product hits the barrier: an expression over features and columns.
  public let violatedWhen: String
  /// Which respondents hold it: an expression over columns; `nil` for everyone.
  public let heldBy: String?
  /// Pair of Kano's questions: only those to whom it is a must hold the barrier; `nil` for all.
  public let mustBe: String?
  /// Share of acceptance lost when it is hit, 0 to 1.
  public let strength: Double

  /// Declares a barrier.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - label: What a reader sees; the name if left out.
  ///   - violatedWhen: When a product hits it.
  ///   - heldBy: Which respondents hold it.
  ///   - mustBe: Pair of Kano's questions whose answers make it a must.
  ///   - strength: Share of acceptance lost.
  public init(
    name: String, label: String? = nil, violatedWhen: String, heldBy: String? = nil,
    mustBe: String? = nil, strength: Double = 1
  ) {
    self.name = name
    self.label = label ?? name
    self.violatedWhen = violatedWhen
    self.heldBy = heldBy
    self.mustBe = mustBe
    self.strength = strength
  }
}

/// A change to a product.
public struct EditDeclaration: Sendable, Equatable {
  /// The name.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// The product that is changed.
  public let product: String
  /// The new levels, as written.
  public let set: [FeatureSetting]
  /// What the change costs; `nil` if not said.
  public let cost: Double?

  /// Declares a change.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - label: What a reader sees; the name if left out.
  ///   - product: The product that is changed.
  ///   - set: The new levels.
  ///   - cost: What the change costs.
  public init(
    name: String, label: String? = nil, product: String, set: [FeatureSetting],
    cost: Double? = nil
  ) {
    self.name = name
    self.label = label ?? name
    self.product = product
    self.set = set
    self.cost = cost
  }
}

/// A feature and the level it is set to, as written.
public struct FeatureSetting: Sendable, Equatable {
  /// The feature's name.
  public let feature: String
  /// The level: a number or a level's name.
  public let level: String

  /// Sets a feature.
  public init(feature: String, level: String) {
    self.feature = feature
    self.level = level
  }
}

/// The steps from knowing a product to having it.
public enum FunnelDeclaration: Sendable, Equatable {
  /// One funnel: 0/1 columns or members of a set, first step first.
  case overall([String])
  /// A funnel for each product, products in the order of the file.
  case byProduct([ProductFunnel])

  /// The funnel of one product.
  public struct ProductFunnel: Sendable, Equatable {
    /// The product.
    public let product: String
    /// 0/1 columns, first step first.
    public let steps: [String]
  }
}
