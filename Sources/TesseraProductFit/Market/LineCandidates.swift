public import TesseraStudy
import TesseraSurvey

/// What a line may be made of.
public enum LineSource: Sendable {
  /// Own products, declared edits of them, and what scenarios make of them.
  case declared
  /// All combinations of listed levels, of one own product (beside the others as they are) or of each.
  case levels([LevelList], product: String?)
  /// The products of another table.
  case table(ProductTable)

  /// A feature and the levels it may take, as typed.
  public struct LevelList: Sendable, Equatable {
    /// The feature's name or label.
    public let feature: String
    /// The levels.
    public let levels: [String]

    /// Lists levels.
    public init(feature: String, levels: [String]) {
      self.feature = feature
      self.levels = levels
    }
  }
}

/// A product that may be in a line.
struct LineCandidate: Sendable {
  let name: String
  let label: String
  let offer: MarketOffer
  /// What differs from the product of the study; empty for one as it is.
  var set: [FeatureSetting] = []
}

/// Lists the products that lines may be made of.
struct LineCandidates {
  let source: FitSource
  let model: FitModel
  let market: MarketModel

  /// Most candidates of a search.
  static let most = 1000

  /// The candidates, no two of the same product with the same levels.
  ///
  /// - Throws: `StudyError` E0655 for none, or too many; E0606 for names that do not exist.
  func list(_ kind: LineSource) throws(StudyError) -> [LineCandidate] {
    var found: [LineCandidate]
    switch kind {
    case .declared: found = try declared()
    case .levels(let lists, let product): found = try combinations(lists, product)
    case .table(let table):
      var warnings: [String] = []
      let products = try CatalogueBinder(source: source).bind(table, model.features, &warnings)
      found = products.enumerated().map { place, product in
        let known = model.products.firstIndex { $0.name == product.name }
        return LineCandidate(
          name: product.name, label: product.label,
          offer: MarketOffer(
            product: known, levels: product.levels, isOwn: true, isPresent: true,
            cost: table.costs[place] ?? known.flatMap { changed($0, product.levels).cost }))
      }
    }
    var kept: [LineCandidate] = []
    for one in found where !kept.contains(where: { Self.isSame($0, one) }) { kept.append(one) }
    guard kept.count <= Self.most else {
      throw StudyError(
        code: "E0655",
        message: "there are \(kept.count) candidates; at most \(Self.most) are compared",
        hint: "list fewer levels", exitStatus: 64)
    }
    return kept
  }

  /// Whether two candidates are one: by name, or made of the same product with the same levels.
  private static func isSame(_ one: LineCandidate, _ other: LineCandidate) -> Bool {
    if one.name == other.name { return true }
    guard one.offer.product != nil, one.offer.product == other.offer.product else { return false }
    return zip(one.offer.levels, other.offer.levels).allSatisfy {
      $0 == $1 || ($0.isNaN && $1.isNaN)
    }
  }

  private var own: [Int] { market.today.offers.indices.filter { market.today.offers[$0].isOwn } }

  private func changed(_ product: Int, _ levels: [Double]) -> MarketOffer {
    var offer = MarketModel.changed(market.today.offers[product], to: levels, model.features)
    (offer.isOwn, offer.isPresent) = (true, true)
    return offer
  }

  private func unchanged(_ product: Int) -> LineCandidate {
    LineCandidate(
      name: model.products[product].name, label: model.products[product].label,
      offer: changed(product, model.products[product].levels))
  }

  private func declared() throws(StudyError) -> [LineCandidate] {
    var found = own.map(unchanged)
    for edit in model.edits where own.contains(edit.product) {
      let levels = model.levels(of: edit.product, with: edit.changes)
      var offer = changed(edit.product, levels)
      // What an edit costs is what a piece earns less, a lower price included.
      if let lost = edit.cost, let margin = market.margin(of: market.today.offers[edit.product]),
        let price = market.price(of: offer)
      {
        offer = MarketOffer(
          product: edit.product, levels: levels, isOwn: true, isPresent: true,
          cost: price - margin + lost)
      }
      found.append(
        LineCandidate(name: edit.name, label: edit.label, offer: offer, set: settings(edit.changes))
      )
    }
    for scenario in market.scenarios {
      for (product, offer) in scenario.offers.enumerated() where offer.isPresent && offer.isOwn {
        let changes = model.features.indices.filter {
          offer.levels[$0] != model.products[product].levels[$0] && !offer.levels[$0].isNaN
        }.map { FitEdit.Change(feature: $0, level: offer.levels[$0]) }
        let isNew = !own.contains(product)
        guard isNew || !changes.isEmpty else { continue }
        found.append(
          LineCandidate(
            name: isNew && changes.isEmpty
              ? model.products[product].name : "\(scenario.name).\(model.products[product].name)",
            label: "\(model.products[product].label) (\(scenario.label))", offer: offer,
            set: settings(changes)))
      }
    }
    return found
  }

  private func settings(_ changes: [FitEdit.Change]) -> [FeatureSetting] {
    changes.map {
      FeatureSetting(
        feature: model.features[$0.feature].name,
        level: model.features[$0.feature].written($0.level))
    }
  }

  /// Refuses a level that is far from all that the study knows: its worth would be a guess.
  private func refuse(_ change: FitEdit.Change) throws(StudyError) {
    let feature = model.features[change.feature]
    let catalogue = model.products.map { $0.levels[change.feature] }
    guard let span = feature.limits(catalogue: catalogue)?.span else { return }
    let (least, most) = (span.lowerBound, span.upperBound)
    let reach = feature.isPrice ? most : max(most - least, abs(most) / 2)
    let isFree = feature.isPrice && change.level <= 0
    guard isFree || !(least - reach...most + reach).contains(change.level) else { return }
    throw StudyError(
      code: "E0606",
      message: "'\(DisplayText.escaped(feature.name))' cannot be "
        + (isFree ? "0 or less" : "varied to \(feature.text(change.level))"),
      hint: "the products and the value of the feature run from \(feature.text(least)) to "
        + feature.text(most), exitStatus: 64)
  }

  private func combinations(
    _ lists: [LineSource.LevelList], _ product: String?
  ) throws(StudyError) -> [LineCandidate] {
    var products = own
    if let product {
      let known = model.products.firstIndex { $0.name == product || $0.label == product }
      guard let known else {
        throw CatalogueBinder.unknownProduct(product, model.products, exitStatus: 64)
      }
      guard own.contains(known) else {
        throw StudyError(
          code: "E0655",
          message: "\(model.products[known].label) is not one of your own products",
          hint: "vary an own product, or name it under market: own: in the study", exitStatus: 64)
      }
      products = [known]
    }
    let count = lists.reduce(products.count) {
      $0.multipliedReportingOverflow(by: $1.levels.count).partialValue
    }
    guard count <= 100 * Self.most else {
      throw StudyError(
        code: "E0655", message: "the levels make \(count) combinations",
        hint: "list fewer levels; at most \(Self.most) candidates are compared", exitStatus: 64)
    }
    var sets: [[FeatureSetting]] = [[]]
    for list in lists {
      sets = sets.flatMap { set in
        list.levels.map { set + [FeatureSetting(feature: list.feature, level: $0)] }
      }
    }
    // The other own products stay on the shelf beside the one that varies.
    var found = own.filter { !products.contains($0) }.map(unchanged)
    let binder = CatalogueBinder(source: source)
    for place in products {
      for set in sets {
        let bound = try binder.bind(
          product: model.products[place].name, set: set, model.features, model.products
        ) { StudyError(code: "E0606", message: $0, hint: $1, exitStatus: 64) }
        for change in bound.changes { try refuse(change) }
        let written = settings(bound.changes)
        found.append(
          LineCandidate(
            name: model.products[place].name + " "
              + written.map { "\($0.feature)=\($0.level)" }.joined(separator: " "),
            label: model.products[place].label + " ("
              + bound.changes.map {
                "\(model.features[$0.feature].label) \(model.features[$0.feature].text($0.level))"
              }.joined(separator: ", ") + ")",
            offer: changed(place, model.levels(of: place, with: bound.changes)), set: written))
      }
    }
    return found
  }
}
