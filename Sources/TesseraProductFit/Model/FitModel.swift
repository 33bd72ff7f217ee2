package import TesseraMath
package import TesseraStudy

/// Needs, features, products, barriers and respondents' answers about them, checked and bound:
/// what every score is computed from.
package struct FitModel: Sendable {
  package let needs: [FitNeed]
  package let features: [FitFeature]
  package let products: [FitProduct]
  /// Needs × features: strengths of the relations, signed.
  package let relations: Matrix
  package let barriers: [FitBarrier]
  package let edits: [FitEdit]
  /// Exponent of the mean over needs.
  package let rho: Double
  package let respondents: FitRespondents
  /// What a reader should know of the catalogue and the answers, in sentences.
  package let warnings: [String]

  /// The features a need has a relation with, in their order.
  package func features(of need: Int) -> [Int] {
    features.indices.filter { relations[need, $0] != 0 }
  }

  /// The levels of the products, one row a product.
  package var productLevels: [[Double]] { products.map(\.levels) }

  /// A product with some levels changed.
  package func levels(of product: Int, with changes: [FitEdit.Change]) -> [Double] {
    var levels = products[product].levels
    for change in changes { levels[change.feature] = change.level }
    return levels
  }
}

/// A need, checked.
package struct FitNeed: Sendable, Equatable {
  package let name: String
  package let label: String
  package let combine: NeedDeclaration.Combination
  /// Whether people were asked how satisfied they are.
  package let isSatisfactionAsked: Bool
}

/// A product, checked.
package struct FitProduct: Sendable, Equatable {
  package let name: String
  package let label: String
  /// One level a feature; NaN is unknown.
  package let levels: [Double]
  /// Whether it is the asker's own to change.
  var isOwn = true
}

/// A barrier, bound to features and respondents.
package struct FitBarrier: Sendable {
  package let name: String
  package let label: String
  /// When a product hits it.
  let violated: BoundExpression
  /// For each respondent whether the barrier is held; unanswered counts as not.
  let held: Truths
  /// Share of acceptance lost, 0 to 1.
  package let strength: Double
  /// What ``violated`` says of features, as a reader sees it, in the order of its
  /// ``BoundExpression/featureStatements``.
  let statements: [Statement]
  /// Columns and sets whose answers it rests on.
  let columns: [String]
  /// What the questions are called with which ``violated`` compares features.
  let asked: String

  /// That some did not answer what barriers rest on.
  static func unanswered(_ count: Int, _ asked: String, _ barriers: [String]) -> String {
    "\(count) \(count == 1 ? "person" : "people") did not answer "
      + "\(asked.isEmpty ? "what it rests on" : asked): \(barriers.joined(separator: ", ")) "
      + "\(barriers.count == 1 ? "counts" : "count") as not stopping them."
  }

  /// One statement about a feature.
  struct Statement: Sendable, Equatable {
    let feature: Int
    /// How the feature's level compares where the statement holds.
    let comparison: Comparison
    /// The level, or what a column of the respondents is called.
    let bound: String
    /// Whether the level is compared with each respondent's own number.
    let isPersonal: Bool
  }
}

/// A change to a product, checked.
package struct FitEdit: Sendable, Equatable {
  package let name: String
  package let label: String
  package let product: Int
  package let changes: [Change]
  package let cost: Double?

  package init(name: String, label: String, product: Int, changes: [Change], cost: Double?) {
    self.name = name
    self.label = label
    self.product = product
    self.changes = changes
    self.cost = cost
  }

  /// A feature and its new level.
  package struct Change: Sendable, Hashable {
    package let feature: Int
    package let level: Double

    package init(feature: Int, level: Double) {
      self.feature = feature
      self.level = level
    }
  }
}

/// What respondents say about needs, and what they earn.
package struct FitRespondents: Sendable {
  /// Number of respondents.
  package let count: Int
  /// Respondents × needs: the weight of each need, rows summing to 1, or 0 for those left out.
  package let needWeights: Matrix
  /// Respondents × needs: importance as a share of the scale; NaN without an answer.
  package let importance: Matrix
  /// Respondents × needs: satisfaction as a share of the scale; NaN without an answer.
  package let satisfaction: Matrix
  /// Respondents × needs: 1 in the top boxes of importance, 0 below, NaN without an answer.
  package let topImportance: Matrix
  /// Respondents × needs: 1 in the top two boxes of satisfaction, 0 below, NaN without an answer.
  package let topSatisfaction: Matrix
  /// Whether a respondent gives any need any weight; the others have no fit.
  package let isUsable: [Bool]
  /// Best less worst and showings of each need in best-worst tasks; NaN for other needs.
  package let bestWorst: (net: Matrix, shown: Matrix)
  /// The answered best-worst tasks of each respondent, and how many items they have; none where it is
  /// not known what was shown.
  let bestWorstMenus: (all: [[BestWorstMenu]], items: Int)
  /// For each feature the respondents' incomes if its value is a burden on them, else empty.
  package var incomes: [[Double]]
}

extension FitModel {
  /// The same model with other relations, or with other values of its features.
  func replacing(relations: Matrix? = nil, features: [FitFeature]? = nil) -> FitModel {
    FitModel(
      needs: needs, features: features ?? self.features, products: products,
      relations: relations ?? self.relations, barriers: barriers, edits: edits, rho: rho,
      respondents: respondents, warnings: warnings)
  }

  /// The same model where other incomes stand behind one feature.
  func replacing(incomes feature: Int, _ change: (Double) -> Double) -> FitModel {
    var respondents = respondents
    respondents.incomes[feature] = respondents.incomes[feature].map { $0.isNaN ? $0 : change($0) }
    return FitModel(
      needs: needs, features: features, products: products, relations: relations,
      barriers: barriers, edits: edits, rho: rho, respondents: respondents, warnings: warnings)
  }
}
