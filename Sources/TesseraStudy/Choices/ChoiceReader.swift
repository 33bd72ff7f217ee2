internal import TesseraFiles
internal import TesseraSurvey

/// Reads a study's choices: finds menus, what was taken, whose choice it was, which product it is.
struct ChoiceReader {
  let declared: ChoicesDeclaration
  let study: StudyFile
  let data: StudyData
  let products: ProductTable?
  let origin: DeclarationOrigin

  /// Menus in the making.
  struct Menus {
    var columns: [String] = []
    var cells: [[String]] = []
    var sizes: [Int] = []
    /// Position within the menu; below 0 where none was named.
    var chosen: [Int] = []
    var identifiers: [String] = []
    var lines: [Int] = []
  }

  /// Reads a table of choices.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - design: What was on the menus, for the layout `design`.
  /// - Returns: Menus whose respondents are in the study.
  /// - Throws: ``StudyError`` E0630 to E0635 naming line and column.
  func read(_ table: TextTable, design: TextTable? = nil) throws(StudyError) -> ChoiceRecords {
    let layout = ChoiceLayout(table: table, declared: declared, idColumn: try idColumn(table))
    let menus =
      switch declared.layout {
      case .slots: try layout.slots()
      case .pairs: try layout.pairs()
      case .design: try layout.design(design)
      default: try layout.long()
      }
    return try records(menus, file: table.file)
  }

  /// Takes the choices from a column of the survey: one menu of all products each.
  func readSurvey() throws(StudyError) -> ChoiceRecords {
    guard let products else {
      throw origin.error(
        "E0632", "a column of products taken needs the products", at: "choices",
        hint: "add products:, or name a file: with menus")
    }
    guard let column = data.survey[declared.chosen] else {
      throw origin.unknownColumn(
        declared.chosen, at: "choices.chosen", among: data.survey.variables.map(\.name))
    }
    var taken: [(row: Int, product: Int)] = []
    var without = 0
    for row in 0..<data.survey.respondentCount {
      guard column.answers.isAnswered(row) else {
        without += 1
        continue
      }
      taken.append((row, try product(of: column, row, products)))
    }
    guard !taken.isEmpty else {
      throw origin.error(
        "E0631", "nobody has a choice in '\(DisplayText.escaped(declared.chosen))'",
        at: "choices.chosen", hint: "name the column that says which product was taken")
    }
    let width = products.names.count
    let file = study.survey.files.first ?? ""
    let names = taken.flatMap { _ in products.names }
    let slots = taken.flatMap { _ in (1...width).map(String.init) }
    return ChoiceRecords(
      file: file, columns: ["product", "slot"], cells: [names, slots],
      starts: (0...taken.count).map { $0 * width },
      chosen: taken.enumerated().map { $0 * width + $1.product },
      respondents: taken.map(\.row),
      lines: taken.flatMap { [Int](repeating: data.sourceRows[$0.row] + 2, count: width) },
      products: taken.flatMap { _ in Array(0..<width) }, profiles: products,
      profileOfAlternative: taken.flatMap { _ in Array(0..<width) },
      notices: without > 0 ? ["\(without) respondents have no choice and are left out"] : [])
  }

  private func product(
    of column: Variable, _ row: Int, _ products: ProductTable
  ) throws(StudyError) -> Int {
    var words: [String] = []
    if column.answers.isCoded {
      let category = column.categories[column.answers.position(row) - 1]
      words = [category.code.text, category.label]
    } else {
      words = [AnswerCode.number(column.number(row)).text]
    }
    for word in words {
      if let found = Self.find(word, products) { return found }
    }
    throw origin.error(
      "E0632",
      "'\(DisplayText.escaped(declared.chosen))' holds an answer that is no product",
      at: "choices.chosen",
      hint: "its answers must be the products' names or labels: "
        + products.names.joined(separator: ", "))
  }

  private func idColumn(_ table: TextTable) throws(StudyError) -> Int {
    let name = declared.respondent ?? study.survey.id
    guard data.ids != nil else {
      throw origin.error(
        "E0630", "choices are matched to respondents by identifier, and the survey has none",
        at: "choices", hint: "add id: COLUMN under survey:")
    }
    guard let name, let column = table.column(name) else {
      throw origin.error(
        "E0634",
        "there is no column '\(DisplayText.escaped(name ?? "respondent"))' in the choices",
        at: declared.respondent == nil ? "choices" : "choices.respondent",
        hint: NearestName.question(name ?? "respondent", among: table.header)
          ?? "say respondent: COLUMN, the column with the survey's identifiers")
    }
    return column
  }

  /// Keeps menus of known respondents, after the first few of each, and finds their offers.
  private func records(_ menus: Menus, file: String) throws(StudyError) -> ChoiceRecords {
    let rowOfID = ChoiceKey.Index(data.ids ?? [])
    var (seen, unknown, skipped) = ([Int: Int](), 0, 0)
    var (starts, chosen, respondents, kept) = ([0], [Int](), [Int](), [Int]())
    var first = 0
    for menu in menus.sizes.indices {
      let rows = first..<(first + menus.sizes[menu])
      first = rows.upperBound
      guard rows.count > 1 else {
        throw error(
          "E0633", "this menu has a single alternative, so nothing was chosen", file,
          menus.lines[rows.lowerBound],
          hint: "menus need two or more alternatives; take it out, or check the column of tasks")
      }
      guard menus.chosen[menu] >= 0 else {
        throw error(
          "E0631", "nothing was chosen on this menu", file, menus.lines[rows.lowerBound],
          column: declared.chosen,
          hint: "take menus without a choice out, or add 'none of these' as an alternative")
      }
      let id = menus.identifiers[menu]
      guard let respondent = rowOfID[id] else {
        unknown += 1
        continue
      }
      seen[respondent, default: 0] += 1
      if seen[respondent, default: 0] <= declared.skip {
        skipped += 1
        continue
      }
      chosen.append(kept.count + menus.chosen[menu])
      kept += Array(rows)
      starts.append(kept.count)
      respondents.append(respondent)
    }
    guard !chosen.isEmpty else {
      throw origin.error(
        "E0630", "none of the choices is of a respondent of the survey", at: "choices",
        hint: skipped > 0
          ? "skip: leaves out all of them"
          : "the identifiers in \(file) and in the survey must be the same")
    }
    var notices: [String] = []
    if unknown > 0 {
      notices.append(
        "\(file): \(unknown) menus of respondents who are not in the survey are left out")
    }
    if skipped > 0 {
      notices.append(
        "\(file): the first \(declared.skip) menus of each respondent are left out, as the study says"
      )
    }
    let cells = menus.cells.map { column in kept.map { column[$0] } }
    let lines = kept.map { menus.lines[$0] }
    let offers = try ChoiceOffers(
      declared: declared, study: study, products: products, origin: origin, file: file
    ).find(columns: menus.columns, cells: cells, lines: lines)
    return ChoiceRecords(
      file: file, columns: menus.columns, cells: cells, starts: starts, chosen: chosen,
      respondents: respondents, lines: lines, products: offers.products,
      profiles: offers.profiles, profileOfAlternative: offers.profileOfAlternative,
      notices: notices)
  }

  /// A product by name or label.
  static func find(_ word: String, _ products: ProductTable) -> Int? {
    products.names.firstIndex { $0.utf8.elementsEqual(word.utf8) }
      ?? products.labels.firstIndex { $0.lowercased() == word.lowercased() }
      ?? products.names.firstIndex { $0.lowercased() == word.lowercased() }
  }

  private func error(
    _ code: String, _ message: String, _ file: String, _ line: Int, column: String? = nil,
    hint: String
  ) -> StudyError {
    StudyError(code: code, message: message, file: file, row: line, column: column, hint: hint)
  }
}
