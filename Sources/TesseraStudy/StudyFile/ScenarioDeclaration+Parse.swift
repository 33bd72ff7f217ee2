internal import TesseraSurvey

extension ScenarioDeclaration {
  /// Reads one entry of `scenarios`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    let example = "{ products: { suv: { price: 25000 } } }"
    let fields = try entry.value.fields(
      StudyReference.names(under: "scenarios.*"), of: "a scenario",
      example: "\(entry.key): \(example)")
    self.init(name: entry.key, label: try fields.text("label", "a label"))
    for change in try fields["products"]?.entries("new levels by product", example: example) ?? [] {
      var set: [FeatureSetting] = []
      let levels = try change.value.entries("new levels by feature", example: "{ price: 25000 }")
      for level in levels {
        set.append(
          FeatureSetting(
            feature: level.key, level: try level.value.text("a level", example: "25000")))
      }
      guard !set.isEmpty else {
        throw change.value.error(
          .missingKey, "the scenario changes nothing of this product", hint: "write \(example)",
          line: change.line)
      }
      products.append(ProductChange(product: change.key, set: set))
    }
    if let node = fields["add"] { add = try Self.entrants(node) }
    remove = try fields["remove"]?.names("products that leave", example: "[coupe]") ?? []
    guard !(products.isEmpty && add.isEmpty && remove.isEmpty) else {
      throw entry.value.error(
        .missingKey, "the scenario changes nothing", hint: "write \(example)", line: entry.line)
    }
    let names = remove + add.map(\.product)
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw entry.value.error(
        .conflict, "'\(DisplayText.escaped(names[twice]))' is added and removed",
        hint: "take it out of one of the lists")
    }
    if let gone = products.first(where: { remove.contains($0.product) }) {
      throw entry.value.error(
        .conflict, "'\(DisplayText.escaped(gone.product))' is changed and removed",
        hint: "take it out of products: or of remove:")
    }
  }

  /// Reads a list of products of others, or says whose each is.
  private static func entrants(_ node: StudyNode) throws(StudyError) -> [Entrant] {
    enum Owner: String, CaseIterable { case own, competitor }
    guard case .map(let entries) = node.content else {
      return try node.names("products that enter", example: "[rival]")
        .map { Entrant(product: $0, isOwn: false) }
    }
    var result: [Entrant] = []
    for entry in entries {
      let owner = try entry.value.word(Owner.self, "own or competitor")
      result.append(Entrant(product: entry.key, isOwn: owner == .own))
    }
    return result
  }
}
