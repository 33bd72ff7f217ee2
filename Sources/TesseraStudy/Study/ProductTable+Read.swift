internal import TesseraSurvey

extension ProductTable {
  /// Binds a table of products to the features of a study.
  ///
  /// - Parameters:
  ///   - table: A row a product, a column a feature; a column `label` may say what a reader sees.
  ///   - features: The features the study declares.
  /// - Returns: The products, and what looks wrong.
  /// - Throws: ``StudyError`` (`E06xx`) naming line and column.
  static func bind(
    _ table: StudyTable, _ features: [FeatureDeclaration]
  ) throws(StudyError) -> (products: ProductTable, notices: [String]) {
    let names = try table.names("product")
    var faults = StudyFaults()
    var columns: [Int] = []
    for feature in features {
      guard let column = table.header.dropFirst().firstIndex(of: feature.name) else {
        faults.add(
          table.error(
            "E0601", "there is no column for the feature '\(DisplayText.escaped(feature.name))'",
            hint: NearestName.question(feature.name, among: Array(table.header.dropFirst()))
              ?? "add the column; leave cells blank where a level is unknown"))
        continue
      }
      columns.append(column)
    }
    try faults.end()
    var notices: [String] = []
    let cost = table.header.indices.dropFirst().first {
      table.header[$0].lowercased() == "cost" && !columns.contains($0)
    }
    let label = table.header.firstIndex { $0.lowercased() == "label" }.flatMap { column in
      columns.contains(column) || column == 0 ? nil : column
    }
    for column in table.header.indices.dropFirst()
    where !columns.contains(column) && column != label && column != cost {
      notices.append(
        "\(table.file): the column '\(DisplayText.escaped(table.header[column]))' is no feature of "
          + "the study and is not used")
    }
    var cells: [[Level?]] = []
    for row in names.indices {
      var levels: [Level?] = []
      for (feature, column) in zip(features, columns) {
        let text = table.text(row, column)
        if text.isEmpty {
          levels.append(nil)
          continue
        }
        switch feature.level(text) {
        case .success(let level):
          levels.append(level)
          if let note = feature.beyondEnds(level) {
            notices.append("\(table.place(row, column)): \(names[row]): \(note)")
          }
        case .failure(let fault):
          faults.add(
            table.error("E0603", fault.message, row: row, column: column, hint: fault.hint))
        }
      }
      cells.append(levels)
    }
    try faults.end()
    let labels = names.indices.map { row in
      label.map { table.text(row, $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? names[row]
    }
    var costs = [Double?](repeating: nil, count: names.count)
    for row in names.indices {
      guard let cost, !table.text(row, cost).isEmpty else { continue }
      let text = table.text(row, cost)
      if StudyNode.isDecimal(text), let number = Double(text), number.isFinite, number >= 0 {
        costs[row] = number
      } else {
        faults.add(
          table.error(
            "E0603", "expected the cost of a piece, found '\(DisplayText.escaped(text))'", row: row,
            column: cost, hint: "write a number of 0 or more, or leave it blank"))
      }
    }
    try faults.end()
    var products = ProductTable(
      names: names, labels: labels, features: features.map(\.name), cells: cells, file: table.file,
      lines: table.rows.map(\.line))
    products.costs = costs
    return (products, notices)
  }
}

extension FeatureDeclaration {
  /// Why a text is no level of a feature.
  struct LevelFault: Error {
    let message: String
    let hint: String
  }

  /// Reads a level as a table, an edit or a command writes it.
  ///
  /// - Parameter text: A number, or the name of a level; not empty.
  /// - Returns: The level, or what is wrong with the text.
  func level(_ text: String) -> Result<ProductTable.Level, LevelFault> {
    guard case .levels(let levels) = value else {
      if StudyNode.isDecimal(text), let number = Double(text), number.isFinite {
        return .success(.number(number))
      }
      return .failure(
        LevelFault(
          message: "expected a number for \(DisplayText.escaped(name)), found "
            + "'\(DisplayText.escaped(text))'",
          hint: "write a plain number such as 7.5; leave the cell blank if it is unknown"))
    }
    let spoken = text.lowercased()
    let match =
      levels.first { $0.name.utf8.elementsEqual(text.utf8) }
      ?? levels.first { $0.name.lowercased() == spoken }
      ?? Double(text).flatMap { number in levels.first { Double($0.name) == number } }
    if let match { return .success(.name(match.name)) }
    let known = levels.map(\.name)
    return .failure(
      LevelFault(
        message: "'\(DisplayText.escaped(text))' is not a level of \(DisplayText.escaped(name))",
        hint: NearestName.question(text, among: known)
          ?? "its levels are \(known.joined(separator: ", "))"))
  }

  /// A sentence where a level, as it is typed, lies beyond the ends of the value function.
  public func beyondEnds(typed text: String) -> String? {
    guard case .success(let level) = level(text) else { return nil }
    return beyondEnds(level)
  }

  /// A sentence where a level lies beyond the ends of the value function, which then stay flat.
  func beyondEnds(_ level: ProductTable.Level) -> String? {
    guard case .number(let number) = level else { return nil }
    let ends: ClosedRange<Double>
    switch value {
    case .linear(let one, let other): ends = min(one, other)...max(one, other)
    case .knots(let knots):
      guard let low = knots.first?.level, let high = knots.last?.level else { return nil }
      ends = low...high
    default: return nil
    }
    guard !ends.contains(number) else { return nil }
    let text = AnswerCode.number(number).text
    let low = AnswerCode.number(ends.lowerBound).text
    let high = AnswerCode.number(ends.upperBound).text
    return "\(DisplayText.escaped(name)) \(text) lies outside \(low) to \(high) and counts as the "
      + "nearer end"
  }
}
