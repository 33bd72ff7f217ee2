internal import TesseraSurvey

/// Holds the market, scenarios and price ladder against products, features and levels.
struct MarketCheck {
  let study: StudyFile
  let products: ProductTable
  let origin: DeclarationOrigin
  private(set) var faults = StudyFaults()
  private(set) var notices: [String] = []

  init(_ study: StudyFile, _ products: ProductTable, _ origin: DeclarationOrigin) {
    (self.study, self.products, self.origin) = (study, products, origin)
  }

  /// Collects all that is wrong.
  mutating func check() {
    if let market = study.market { check(market) }
    for scenario in study.scenarios { check(scenario) }
    if let product = study.priceLadder?.product { known(product, "price_ladder.product") }
  }

  private mutating func check(_ market: MarketDeclaration) {
    for name in market.own { known(name, "market.own") }
    for name in market.competitors ?? [] { known(name, "market.competitors") }
    let present = market.present(among: products.names)
    let told = [
      ("awareness", market.awareness.map(\.product)),
      ("distribution", market.distribution.map(\.product)),
    ]
    for (key, names) in told {
      for name in names { known(name, "market.\(key).\(name)") }
    }
    for one in market.shares where known(one.product, "market.shares.\(one.product)") {
      guard !present.contains(one.product) else { continue }
      faults.add(
        origin.error(
          "E0650",
          "'\(DisplayText.escaped(one.product))' has a market share but is not in the "
            + "market",
          at: "market.shares.\(one.product)",
          hint: "name it under own: or competitors:, or take its share out"))
    }
    let sum = market.shares.reduce(0) { $0 + $1.share }
    let isWhole = abs(sum - 1) < 0.005
    let isAll = Set(market.shares.map(\.product)).isSuperset(of: present)
    if !market.shares.isEmpty, isAll != isWhole {
      faults.add(
        origin.error(
          "E0650",
          isAll
            ? "the market shares of all products do not add up to 1"
            : "the market shares leave nothing to products without one", at: "market.shares",
          hint: "shares are of what is bought of the products in this market"))
    }
  }

  private mutating func check(_ scenario: ScenarioDeclaration) {
    let key = "scenarios.\(scenario.name)"
    let present = study.market?.present(among: products.names) ?? products.names
    for change in scenario.products where known(change.product, "\(key).products.\(change.product)")
    {
      for setting in change.set {
        let place = "\(key).products.\(change.product).\(setting.feature)"
        guard let feature = study.features.first(where: { $0.name == setting.feature }) else {
          faults.add(unknown(setting.feature, "feature", place, study.features.map(\.name)))
          continue
        }
        switch feature.level(setting.level) {
        case .success(let level):
          if let note = feature.beyondEnds(level) {
            notices.append("scenario \(scenario.name): \(note)")
          }
        case .failure(let fault):
          faults.add(origin.error("E0603", fault.message, at: place, hint: fault.hint))
        }
      }
      let isThere =
        present.contains(change.product) || scenario.add.contains { $0.product == change.product }
      if !isThere {
        fault(
          "'\(change.product)' is changed but is not in the market", "\(key).products",
          "name it under add: too")
      }
    }
    for one in scenario.add where known(one.product, "\(key).add") && present.contains(one.product)
    {
      fault(
        "'\(one.product)' is added but is in the market already", "\(key).add",
        "take it out; what is listed under neither own: nor competitors: can be added")
    }
    for name in scenario.remove where known(name, "\(key).remove") && !present.contains(name) {
      fault("'\(name)' is removed but is not in the market", "\(key).remove", "take it out")
    }
    if Set(present).subtracting(scenario.remove).isEmpty && scenario.add.isEmpty {
      fault("the scenario leaves no product in the market", "\(key).remove", "keep one")
    }
  }

  private mutating func fault(_ message: String, _ key: String, _ hint: String) {
    faults.add(origin.error("E0651", DisplayText.escaped(message, limit: 300), at: key, hint: hint))
  }

  @discardableResult
  private mutating func known(_ name: String, _ key: String) -> Bool {
    if products.names.contains(name) { return true }
    faults.add(unknown(name, "product", key, products.names))
    return false
  }

  private func unknown(
    _ name: String, _ noun: String, _ key: String, _ known: [String]
  ) -> StudyError {
    origin.error(
      "E0606", "there is no \(noun) '\(DisplayText.escaped(name))'", at: key,
      hint: NearestName.question(name, among: known) ?? "known: \(known.joined(separator: ", "))")
  }
}

extension MarketDeclaration {
  /// The products that are on the market today, in the order of the table.
  ///
  /// - Parameter names: All products of the table.
  /// - Returns: Own products and competitors; all products where no competitors are named.
  public func present(among names: [String]) -> [String] {
    guard let competitors else { return names }
    return names.filter { own.contains($0) || competitors.contains($0) }
  }
}
