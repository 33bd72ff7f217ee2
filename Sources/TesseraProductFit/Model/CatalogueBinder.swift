import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Checks the catalogue of a study: features, products, relations and edits.
struct CatalogueBinder {
  let source: FitSource

  /// What a checked catalogue is made of.
  struct Catalogue {
    var features: [FitFeature]
    var products: [FitProduct]
    var relations: Matrix
    var edits: [FitEdit]
    var warnings: [String]

    /// Nothing to be scored: a study of questions alone.
    static let none = Catalogue(
      features: [], products: [], relations: Matrix(rows: 0, columns: 0), edits: [], warnings: [])
  }

  /// Checks everything; the first thing wrong is thrown.
  func catalogue() throws(StudyError) -> Catalogue {
    let file = source.file
    guard !file.needs.isEmpty else {
      throw source.error(
        "E0602", "the study declares no needs, so no product can be scored", at: "needs",
        hint: "add needs: with the column that asks how important each is")
    }
    guard !file.features.isEmpty else {
      throw source.error("E0602", "the study declares no features", at: "features")
    }
    guard let table = source.products, !table.names.isEmpty else {
      throw source.error("E0602", "the study names no products", at: "products")
    }
    guard let relations = source.relations else {
      throw source.error("E0602", "the study names no relations", at: "relations")
    }
    let features = file.features.map { declaration in
      FitFeature(declaration, incomeLabel: incomeLabel(of: declaration))
    }
    for (declaration, feature) in zip(file.features, features) {
      try check(declaration, feature)
    }
    var warnings: [String] = []
    let products = try bind(table, features, &warnings)
    let strengths = try bind(relations, features, &warnings)
    var edits: [FitEdit] = []
    for edit in file.edits { edits.append(try bind(edit, features, products)) }
    return Catalogue(
      features: features, products: products, relations: strengths, edits: edits,
      warnings: warnings)
  }

  /// What the survey calls the column that a burden names.
  private func incomeLabel(of declaration: FeatureDeclaration) -> String? {
    guard case .burden(let income, _, _) = declaration.value else { return nil }
    return source.labels[income]
  }

  private func check(
    _ declaration: FeatureDeclaration, _ feature: FitFeature
  ) throws(StudyError) {
    let key = "features.\(feature.name)"
    let problem: String? =
      switch feature.value {
      case .linear(let from, let to):
        from.isFinite && to.isFinite && from != to ? nil : "linear needs two different numbers"
      case .target(let target, let tolerance):
        target.isFinite && tolerance > 0 && tolerance.isFinite
          ? nil : "target needs a tolerance above 0"
      case .threshold(let from, let ramp):
        from.isFinite && ramp >= 0 && ramp.isFinite ? nil : "threshold needs a ramp of 0 or more"
      case .rate(let from, let scale):
        from.isFinite && scale > 0 && scale.isFinite ? nil : "rate needs a scale above 0"
      case .knots(let knots): knotProblem(knots)
      case .levels(let levels):
        levels.isEmpty
          ? "it has no levels"
          : levels.allSatisfy { (0...1).contains($0.value) }
            ? nil : "levels are worth from 0 to 1"
      case .burden(_, let fullAt, let zeroAt):
        fullAt >= 0 && zeroAt > fullAt && zeroAt.isFinite
          ? nil : "burden needs 0 <= full_at < zero_at"
      }
    if let problem {
      throw source.error(
        "E0603", "the value of feature '\(feature.name)' cannot be: \(problem)", at: key)
    }
  }

  private func knotProblem(_ knots: [ValueFunction.Knot]) -> String? {
    if knots.count < 2 { return "diminishing needs at least two knots" }
    let rising = zip(knots, knots.dropFirst()).allSatisfy { $0.level < $1.level }
    if !rising { return "the levels of its knots must rise" }
    return knots.allSatisfy { (0...1).contains($0.value) } ? nil : "knots are worth from 0 to 1"
  }

  /// Takes the products of a table, with a level for each feature.
  func bind(
    _ table: ProductTable, _ features: [FitFeature], _ warnings: inout [String]
  ) throws(StudyError) -> [FitProduct] {
    var products: [FitProduct] = []
    for (row, name) in table.names.enumerated() {
      if let first = table.names.firstIndex(of: name), first != row {
        throw StudyError(
          code: "E0604", message: "two products are called '\(DisplayText.escaped(name))'",
          file: table.file, row: table.lines[row],
          hint: "the first stands on line \(table.lines[first]); give each its own name")
      }
      var levels: [Double] = []
      for feature in features {
        guard let column = table.features.firstIndex(of: feature.name) else {
          throw StudyError(
            code: "E0604", message: "the table of products has no column '\(feature.name)'",
            file: table.file, row: 1, column: feature.name,
            hint: NearestName.question(feature.name, among: table.features))
        }
        guard let cell = table.cells[row][column] else {
          levels.append(.nan)
          continue
        }
        let level = try level(cell, of: feature) { (message, hint) in
          StudyError(
            code: "E0604", message: message, file: table.file, row: table.lines[row],
            column: feature.name, hint: hint)
        }
        warnOutside(level, feature, name, &warnings)
        levels.append(level)
      }
      products.append(
        FitProduct(
          name: name, label: table.labels[row], levels: levels, isOwn: source.file.isOwn(name)))
    }
    return products
  }

  private func warnOutside(
    _ level: Double, _ feature: FitFeature, _ product: String, _ warnings: inout [String]
  ) {
    guard case .linear = feature.value, let range = feature.range, !range.contains(level) else {
      return
    }
    warnings.append(
      "\(feature.label) of \(product) is \(feature.text(level)), outside "
        + "\(feature.text(range.lowerBound)) to \(feature.text(range.upperBound)): "
        + "it counts as the nearer end.")
  }

  /// A level as a number.
  private func level(
    _ cell: ProductTable.Level, of feature: FitFeature,
    _ failure: (String, String?) -> StudyError
  ) throws(StudyError) -> Double {
    switch cell {
    case .number(let value) where feature.levelNames.isEmpty:
      guard value.isFinite else {
        throw failure("'\(feature.name)' must be a finite number", nil)
      }
      return value
    case .number(let value):
      return try level(FitFeature.number(value), of: feature, failure)
    case .name(let text):
      return try level(text, of: feature, failure)
    }
  }

  private func level(
    _ text: String, of feature: FitFeature, _ failure: (String, String?) -> StudyError
  ) throws(StudyError) -> Double {
    let shown = DisplayText.escaped(text)
    guard feature.levelNames.isEmpty else {
      if let position = feature.position(ofLevel: text) { return Double(position) }
      throw failure(
        "'\(shown)' is no level of '\(feature.name)'",
        NearestName.question(text, among: feature.levelNames)
          ?? "the levels are \(listed(feature.levelNames))")
    }
    guard let value = Double(text), value.isFinite else {
      throw failure("'\(feature.name)' must be a number, not '\(shown)'", nil)
    }
    return value
  }

  private func bind(
    _ table: RelationTable, _ features: [FitFeature], _ warnings: inout [String]
  ) throws(StudyError) -> Matrix {
    let needs = source.file.needs
    var strengths = Matrix(rows: needs.count, columns: features.count)
    for (k, need) in needs.enumerated() {
      guard let row = table.needs.firstIndex(of: need.name) else {
        throw StudyError(
          code: "E0605", message: "the table of relations has no row for need '\(need.name)'",
          file: table.file, hint: NearestName.question(need.name, among: table.needs))
      }
      for (f, feature) in features.enumerated() {
        guard let column = table.features.firstIndex(of: feature.name) else { continue }
        let strength = table.strength[row][column]
        guard [0, 1, 3, 9].contains(abs(strength)) else {
          throw StudyError(
            code: "E0605",
            message: "\(FitFeature.number(strength)) is no strength of a relation",
            file: table.file, column: feature.name,
            hint: "write 9, 3 or 1 (strong, medium, weak), with a minus where the feature harms")
        }
        strengths[k, f] = strength
      }
      if strengths.row(k).allSatisfy({ $0 == 0 }) {
        throw StudyError(
          code: "E0605", message: "no feature serves need '\(need.name)': its row is empty",
          file: table.file, hint: "relate it to a feature, or take the need out of the study")
      }
    }
    for (f, feature) in features.enumerated() where strengths.column(f).allSatisfy({ $0 == 0 }) {
      warnings.append("No need uses the feature \(feature.label).")
    }
    return strengths
  }

  private func bind(
    _ edit: EditDeclaration, _ features: [FitFeature], _ products: [FitProduct]
  ) throws(StudyError) -> FitEdit {
    let key = "edits.\(edit.name)"
    let (product, changes) = try bind(product: edit.product, set: edit.set, features, products) {
      source.error("E0606", $0, at: key, hint: $1)
    }
    if let cost = edit.cost, !(cost >= 0 && cost.isFinite) {
      throw source.error("E0606", "the cost of edit '\(edit.name)' must be 0 or more", at: key)
    }
    return FitEdit(
      name: edit.name, label: edit.label, product: product, changes: changes, cost: edit.cost)
  }

  /// Finds the product and the levels of a change, wherever it was asked for.
  func bind(
    product name: String, set: [FeatureSetting], _ features: [FitFeature],
    _ products: [FitProduct], _ failure: (String, String?) -> StudyError
  ) throws(StudyError) -> (product: Int, changes: [FitEdit.Change]) {
    guard
      let product = products.firstIndex(where: { $0.name == name })
        ?? products.firstIndex(where: { $0.label == name })
    else {
      let problem = Self.unknownProduct(name, products).report
      throw failure(problem.message, problem.hint)
    }
    guard !set.isEmpty else { throw failure("the change sets no feature", nil) }
    var changes: [FitEdit.Change] = []
    for setting in set {
      guard
        let feature = features.firstIndex(where: { $0.name == setting.feature })
          ?? features.firstIndex(where: {
            $0.label.lowercased() == setting.feature.lowercased()
          })
      else {
        let names = features.flatMap { $0.label == $0.name ? [$0.name] : [$0.name, $0.label] }
        throw failure(
          "there is no feature '\(DisplayText.escaped(setting.feature))'",
          NearestName.question(setting.feature, among: names)
            ?? "the features are \(listed(names))")
      }
      let level = try level(setting.level, of: features[feature], failure)
      let catalogue = products.map { $0.levels[feature] }
      if let (message, hint) = features[feature].impossibility(level, catalogue: catalogue) {
        throw failure(message, hint)
      }
      guard !changes.contains(where: { $0.feature == feature }) else {
        throw failure("feature '\(setting.feature)' is set twice", nil)
      }
      changes.append(FitEdit.Change(feature: feature, level: level))
    }
    return (product, changes)
  }

  /// The error for a product that the table does not have.
  static func unknownProduct(
    _ name: String, _ products: [FitProduct], exitStatus: Int32 = 65
  ) -> StudyError {
    let names = products.map(\.name)
    return StudyError(
      code: "E0606", message: "there is no product '\(DisplayText.escaped(name))'",
      hint: NearestName.question(name, among: names) ?? "the products are \(listed(names))",
      exitStatus: exitStatus)
  }
}
