internal import TesseraSurvey

extension Study {
  /// Refuses a study with products that cannot be scored for want of something else.
  static func checkParts(_ study: StudyFile, _ origin: DeclarationOrigin) throws(StudyError) {
    func missing(_ key: String, for other: String) -> StudyError {
      origin.error(
        "E0608", "the study has \(other) but no \(key)", at: other,
        hint: "add \(key):, or take \(other): out")
    }
    if study.products != nil {
      if study.features.isEmpty { throw missing("features", for: "products") }
      if study.needs.isEmpty { throw missing("needs", for: "products") }
      if study.relations == nil { throw missing("relations", for: "products") }
    }
    if study.relations != nil {
      if study.needs.isEmpty { throw missing("needs", for: "relations") }
      if study.features.isEmpty { throw missing("features", for: "relations") }
    }
    guard study.products == nil else { return }
    if !study.edits.isEmpty { throw missing("products", for: "edits") }
    if !study.barriers.isEmpty { throw missing("products", for: "barriers") }
    if study.market != nil { throw missing("products", for: "market") }
    if !study.scenarios.isEmpty { throw missing("products", for: "scenarios") }
  }

  /// Holds edits and funnels against products, features and levels.
  ///
  /// - Parameters:
  ///   - study: What the study declares.
  ///   - products: The products.
  ///   - origin: Where the declarations stand.
  /// - Returns: What looks wrong.
  /// - Throws: ``StudyError`` with the line in the study and the nearest name.
  static func checkEdits(
    _ study: StudyFile, _ products: ProductTable, _ origin: DeclarationOrigin
  ) throws(StudyError) -> [String] {
    func unknown(_ name: String, _ noun: String, _ key: String, _ known: [String]) -> StudyError {
      origin.error(
        "E0606", "there is no \(noun) '\(DisplayText.escaped(name))'", at: key,
        hint: NearestName.question(name, among: known)
          ?? "known: \(known.joined(separator: ", "))")
    }
    var notices: [String] = []
    var faults = StudyFaults()
    for edit in study.edits {
      let key = "edits.\(edit.name)"
      if !products.names.contains(edit.product) {
        faults.add(unknown(edit.product, "product", "\(key).product", products.names))
      }
      for setting in edit.set {
        let place = "\(key).set.\(setting.feature)"
        guard let feature = study.features.first(where: { $0.name == setting.feature }) else {
          faults.add(unknown(setting.feature, "feature", place, study.features.map(\.name)))
          continue
        }
        switch feature.level(setting.level) {
        case .success(let level):
          if let note = feature.beyondEnds(level) { notices.append("edit \(edit.name): \(note)") }
        case .failure(let fault):
          faults.add(origin.error("E0603", fault.message, at: place, hint: fault.hint))
        }
      }
    }
    if case .byProduct(let funnels)? = study.funnel {
      for funnel in funnels where !products.names.contains(funnel.product) {
        faults.add(
          unknown(funnel.product, "product", "funnel.\(funnel.product)", products.names))
      }
    }
    var market = MarketCheck(study, products, origin)
    market.check()
    faults.add(market.faults)
    try faults.end()
    return notices + market.notices
  }
}

extension StudyData {
  /// The same respondents and design with other columns.
  func replacing(survey: Survey) -> StudyData {
    var result = StudyData(
      survey: survey, design: design, weightSum: weightSum, sourceRows: sourceRows, ids: ids,
      notes: notes, reserved: reserved)
    result.preparation = preparation
    result.scales = scales
    return result
  }
}
