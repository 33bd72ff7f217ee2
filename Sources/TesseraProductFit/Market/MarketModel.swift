import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A product as it stands in a market.
struct MarketOffer: Sendable, Equatable {
  /// The product of the study whose awareness and distribution it has; `nil` for a new one.
  let product: Int?
  /// One level a feature; NaN is unknown.
  let levels: [Double]
  /// Whether it is a product of one's own.
  var isOwn: Bool
  /// Whether it is on the market.
  var isPresent: Bool
  /// What a piece costs; `nil` where it is not known.
  let cost: Double?
}

/// A market: today's, or one that could be.
struct MarketState: Sendable {
  /// The scenario's name; empty for today.
  let name: String
  let label: String
  /// One for each product of the study.
  var offers: [MarketOffer]
}

/// The products of a study as they compete, bound to its products and segments.
struct MarketModel: Sendable {
  /// Whether the study declares a market; if not, all products are own.
  let isDeclared: Bool
  /// Whether people who accept nothing take none.
  let hasOutside: Bool
  /// Position of the price among the features; `nil` if none is a price.
  let price: Int?
  /// Segments × products: awareness times distribution.
  let chances: Matrix
  /// The rule that the study says to count by.
  let countedBy: MarketDeclaration.CountRule?
  /// Known shares by product.
  let shares: [Double?]
  /// The market as it is.
  let today: MarketState
  /// The declared scenarios.
  let scenarios: [MarketState]
  /// Features of the study.
  private let features: [FitFeature]

  /// Binds the market of a study.
  ///
  /// - Throws: `StudyError` E0652 for a segment that does not exist, E0606 for levels.
  init(
    _ source: FitSource, _ model: FitModel, segments: [Segment]
  ) throws(StudyError) {
    let declared = source.file.market
    let names = model.products.map(\.name)
    isDeclared = declared != nil
    hasOutside = declared?.hasOutside ?? true
    countedBy = declared?.countedBy
    features = model.features
    price = model.features.firstIndex(where: \.isPrice)
    let present = declared?.present(among: names) ?? names
    chances = try Self.chances(source, names, segments)
    shares = names.map { name in declared?.shares.first { $0.product == name }?.share }
    let costs = source.products?.costs ?? []
    today = MarketState(
      name: "", label: "today",
      offers: model.products.enumerated().map { place, product in
        MarketOffer(
          product: place, levels: product.levels,
          isOwn: declared?.own.contains(product.name) ?? true,
          isPresent: present.contains(product.name),
          cost: costs.indices.contains(place) ? costs[place] : nil)
      })
    var states: [MarketState] = []
    for scenario in source.file.scenarios {
      states.append(try Self.state(scenario, from: today, source, model))
    }
    scenarios = states
  }

  private static func state(
    _ scenario: ScenarioDeclaration, from today: MarketState, _ source: FitSource,
    _ model: FitModel
  ) throws(StudyError) -> MarketState {
    var state = MarketState(name: scenario.name, label: scenario.label, offers: today.offers)
    for change in scenario.products {
      let key = "scenarios.\(scenario.name).products.\(change.product)"
      let bound = try CatalogueBinder(source: source).bind(
        product: change.product, set: change.set, model.features, model.products
      ) { source.error("E0606", $0, at: key, hint: $1) }
      state.offers[bound.product] = changed(
        today.offers[bound.product], to: model.levels(of: bound.product, with: bound.changes),
        model.features)
    }
    let names = model.products.map(\.name)
    for one in scenario.add {
      guard let place = names.firstIndex(of: one.product) else { continue }
      state.offers[place].isPresent = true
      state.offers[place].isOwn = one.isOwn
    }
    for name in scenario.remove {
      guard let place = names.firstIndex(of: name) else { continue }
      state.offers[place].isPresent = false
    }
    return state
  }

  /// An offer with other levels, and what its levels cost more or less.
  static func changed(
    _ offer: MarketOffer, to levels: [Double], _ features: [FitFeature]
  ) -> MarketOffer {
    var cost = offer.cost
    for (place, feature) in features.enumerated() where feature.tellsCosts {
      let (before, after) = (offer.levels[place], levels[place])
      guard before != after, !(before.isNaN && after.isNaN) else { continue }
      guard let sum = cost, let change = feature.cost(from: before, to: after) else {
        cost = nil
        break
      }
      cost = sum + change
    }
    return MarketOffer(
      product: offer.product, levels: levels, isOwn: offer.isOwn, isPresent: offer.isPresent,
      cost: cost)
  }

  /// What an offer is sold at; `nil` where that is not known.
  func price(of offer: MarketOffer) -> Double? {
    price.flatMap { offer.levels[$0].isNaN ? nil : offer.levels[$0] }
  }

  /// What is earned with a piece; `nil` where price or cost is not known.
  func margin(of offer: MarketOffer) -> Double? {
    guard let price = price(of: offer), let cost = offer.cost else { return nil }
    return price - cost
  }

  /// Segments that have the same chances of all products, in groups; and for each segment its group.
  var groups: (segments: [[Int]], of: [Int]) {
    var (groups, places): ([[Int]], [Int]) = ([], [])
    for segment in 0..<chances.rows {
      if let place = groups.firstIndex(where: {
        chances.row($0[0]).elementsEqual(chances.row(segment))
      }) {
        groups[place].append(segment)
        places.append(place)
      } else {
        places.append(groups.count)
        groups.append([segment])
      }
    }
    return (groups, places)
  }

  /// Awareness times distribution: the chance that a product is among those a person chooses from.
  private static func chances(
    _ source: FitSource, _ names: [String], _ segments: [Segment]
  ) throws(StudyError) -> Matrix {
    var result = Matrix(rows: segments.count, columns: names.count, repeating: 1)
    guard let market = source.file.market else { return result }
    for (key, list) in [("awareness", market.awareness), ("distribution", market.distribution)] {
      for one in list {
        guard let product = names.firstIndex(of: one.product) else { continue }
        for special in one.bySegment
        where !segments.contains(where: { $0.matches(special.segment) }) {
          let known = segments.flatMap { $0.name.isEmpty ? [$0.id] : [$0.id, $0.name] }
          throw source.error(
            "E0652", "there is no segment '\(DisplayText.escaped(special.segment))'",
            at: "market.\(key).\(one.product).\(special.segment)",
            hint: NearestName.question(special.segment, among: known)
              ?? "the segments are \(known.joined(separator: ", "))")
        }
        for (place, segment) in segments.enumerated() {
          let own = one.bySegment.first { segment.matches($0.segment) }?.chance
          result[place, product] *= own ?? one.everybody
        }
      }
    }
    return result
  }
}

extension Segment {
  /// Whether a name or an id is this segment's.
  func matches(_ text: String) -> Bool {
    id == text || (!name.isEmpty && name.lowercased() == text.lowercased())
  }
}
