internal import TesseraSurvey

/// Finds which product each alternative is, and what it offers where that differs by menu.
struct ChoiceOffers {
  let declared: ChoicesDeclaration
  let study: StudyFile
  let products: ProductTable?
  let origin: DeclarationOrigin
  let file: String

  /// What alternatives are to the fit.
  struct Found {
    var products: [Int] = []
    var profiles: ProductTable?
    var profileOfAlternative: [Int] = []
  }

  /// Finds products and offers.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns.
  ///   - cells: Columns × alternatives.
  ///   - lines: The line of each alternative.
  /// - Returns: Products and the different offers; nothing where the study declares no fit.
  /// - Throws: ``StudyError`` E0632 for an unknown product, E0634 for an unknown column.
  func find(
    columns: [String], cells: [[String]], lines: [Int]
  ) throws(StudyError) -> Found {
    var found = Found()
    guard let products else {
      if declared.product != nil || !declared.features.isEmpty {
        throw origin.error(
          "E0632", "the study has no products for its choices to be of", at: "choices",
          hint: "add products:, or take product: and features: out to fit the choice model alone")
      }
      return found
    }
    if let name = declared.product {
      let texts = cells[try column(name, "choices.product", columns)]
      for (row, text) in texts.enumerated() {
        guard let product = ChoiceReader.find(text, products) else {
          throw StudyError(
            code: "E0632",
            message: "'\(DisplayText.escaped(text))' is not a product of the study", file: file,
            row: lines[row], column: name,
            hint: NearestName.question(text, among: products.names)
              ?? "products: \(products.names.joined(separator: ", "))")
        }
        found.products.append(product)
      }
    }
    guard !declared.features.isEmpty else {
      if !found.products.isEmpty {
        found.profiles = products
        found.profileOfAlternative = found.products
      }
      return found
    }
    try readProfiles(&found, products, columns: columns, cells: cells, lines: lines)
    return found
  }

  private func readProfiles(
    _ found: inout Found, _ products: ProductTable, columns: [String], cells: [[String]],
    lines: [Int]
  ) throws(StudyError) {
    var parts: [(feature: Int, column: Int)] = []
    for name in declared.features {
      guard let feature = products.features.firstIndex(of: name) else {
        throw origin.error(
          "E0634", "'\(DisplayText.escaped(name))' is not a feature of the study",
          at: "choices.features", hint: NearestName.question(name, among: products.features))
      }
      parts.append((feature, try column(name, "choices.features", columns)))
    }
    var place: [String: Int] = [:]
    var profiles: [[ProductTable.Level?]] = []
    for row in lines.indices {
      let base = found.products.isEmpty ? -1 : found.products[row]
      let key = parts.reduce(String(base)) { $0 + "\u{1F}" + cells[$1.column][row] }
      if let known = place[key] {
        found.profileOfAlternative.append(known)
        continue
      }
      var levels =
        base >= 0
        ? products.cells[base]
        : [ProductTable.Level?](repeating: nil, count: products.features.count)
      for part in parts {
        levels[part.feature] = try level(cells[part.column][row], part.feature, lines[row])
      }
      place[key] = profiles.count
      found.profileOfAlternative.append(profiles.count)
      profiles.append(levels)
    }
    found.profiles = ProductTable(
      names: profiles.indices.map { "offer \($0 + 1)" }, features: products.features,
      cells: profiles, file: file)
  }

  private func level(
    _ text: String, _ feature: Int, _ line: Int
  ) throws(StudyError) -> ProductTable.Level? {
    guard !text.isEmpty else { return nil }
    switch study.features[feature].level(text) {
    case .success(let level): return level
    case .failure(let fault):
      throw StudyError(
        code: "E0635", message: fault.message, file: file, row: line,
        column: study.features[feature].name, hint: fault.hint)
    }
  }

  private func column(
    _ name: String, _ key: String, _ columns: [String]
  ) throws(StudyError) -> Int {
    if let column = columns.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) {
      return column
    }
    throw origin.error(
      "E0634", "there is no column '\(DisplayText.escaped(name))' in the choices", at: key,
      hint: NearestName.question(name, among: columns)
        ?? "columns: \(columns.prefix(30).joined(separator: ", "))")
  }
}
