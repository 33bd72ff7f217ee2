internal import TesseraFiles
internal import TesseraSurvey

/// Turns the layouts in which choices come into menus of alternatives.
struct ChoiceLayout {
  let table: TextTable
  let declared: ChoicesDeclaration
  let idColumn: Int

  /// A row an alternative.
  func long() throws(StudyError) -> ChoiceReader.Menus {
    let chosen = try column(declared.chosen, at: "chosen")
    let task: Int? =
      if let name = declared.task { try column(name, at: "task") } else { nil }
    var menus = ChoiceReader.Menus()
    menus.columns = table.header + slotName
    var place: [String: Int] = [:]
    var members: [[Int]] = []
    var keys: [String] = []
    for row in table.rows.indices {
      let cells = table.rows[row].cells
      let key =
        ChoiceKey.of(cells[idColumn]) + "\u{1F}" + (task.map { ChoiceKey.of(cells[$0]) } ?? "")
      if let menu = place[key] {
        members[menu].append(row)
      } else {
        place[key] = members.count
        members.append([row])
        keys.append(cells[idColumn])
      }
    }
    var order: [Int] = []
    for (menu, rows) in members.enumerated() {
      var taken = -1
      for (position, row) in rows.enumerated() where try isYes(row, chosen) {
        guard taken < 0 else {
          throw error(
            "E0631", "two alternatives of one menu are marked as chosen", row, chosen,
            hint: declared.task == nil
              ? "if respondents have several menus, say task: COLUMN"
              : "one row of a menu has 1, the others 0")
        }
        taken = position
      }
      menus.sizes.append(rows.count)
      menus.chosen.append(taken)
      menus.identifiers.append(keys[menu])
      order += rows
    }
    menus.lines = order.map { table.rows[$0].line }
    menus.cells = table.header.indices.map { column in order.map { table.rows[$0].cells[column] } }
    if !slotName.isEmpty {
      menus.cells.append(menus.sizes.flatMap { (1...$0).map(String.init) })
    }
    return menus
  }

  /// A row a menu, a column for each slot of each attribute.
  func slots() throws(StudyError) -> ChoiceReader.Menus {
    let chosen = try column(declared.chosen, at: "chosen")
    let count = declared.slots
    var menus = ChoiceReader.Menus()
    let spread = table.header.filter { $0.hasSuffix("1") }.compactMap { name -> (String, [Int])? in
      let stem = String(name.dropLast())
      let columns = (1...count).compactMap { table.column("\(stem)\($0)") }
      return stem.isEmpty || columns.count < count || table.column(stem) != nil
        ? nil : (stem, columns)
    }
    guard !spread.isEmpty else {
      throw StudyError(
        code: "E0634", message: "no attribute has a column for each of \(count) slots",
        file: table.file, row: 1,
        hint: "columns are named price1, price2, ... price\(count); check slots:")
    }
    let used = Set(spread.flatMap(\.1))
    let shared = table.header.indices.filter { !used.contains($0) }
    menus.columns = spread.map(\.0) + shared.map { table.header[$0] } + slotName
    menus.cells = menus.columns.map { _ in [] }
    for row in table.rows.indices {
      let cells = table.rows[row].cells
      menus.sizes.append(count)
      menus.chosen.append(try slot(row, chosen))
      menus.identifiers.append(cells[idColumn])
      for position in 0..<count {
        menus.lines.append(table.rows[row].line)
        for (place, part) in spread.enumerated() {
          menus.cells[place].append(cells[part.1[position]])
        }
        for (place, column) in shared.enumerated() {
          menus.cells[spread.count + place].append(cells[column])
        }
        if !slotName.isEmpty { menus.cells[menus.columns.count - 1].append(String(position + 1)) }
      }
    }
    return menus
  }

  /// A row a pair, columns the first's attribute less the second's.
  func pairs() throws(StudyError) -> ChoiceReader.Menus {
    let chosen = try column(declared.chosen, at: "chosen")
    let differences = table.header.indices.filter { column in
      column != chosen && column != idColumn
        && table.rows.allSatisfy { Self.number($0.cells[column]) != nil }
    }
    var menus = ChoiceReader.Menus()
    menus.columns = differences.map { table.header[$0] } + slotName
    menus.cells = menus.columns.map { _ in [] }
    for row in table.rows.indices {
      let cells = table.rows[row].cells
      menus.sizes.append(2)
      menus.chosen.append(try isYes(row, chosen) ? 0 : 1)
      menus.identifiers.append(cells[idColumn])
      for position in 0..<2 {
        menus.lines.append(table.rows[row].line)
        for (place, column) in differences.enumerated() {
          let difference = Self.number(cells[column]) ?? 0
          let level = max(0, position == 0 ? difference : -difference)
          menus.cells[place].append(AnswerCode.number(level).text)
        }
        if !slotName.isEmpty { menus.cells[menus.columns.count - 1].append(String(position + 1)) }
      }
    }
    return menus
  }

  /// A decimal number, blanks around it allowed.
  static func number(_ text: String) -> Double? {
    let plain = text.split(separator: " ").joined()
    guard StudyNode.isDecimal(plain), let number = Double(plain), number.isFinite else {
      return nil
    }
    return number
  }

  var slotName: [String] { table.column("slot") == nil ? ["slot"] : [] }

  func column(_ name: String, at key: String) throws(StudyError) -> Int {
    if let column = table.column(name) { return column }
    throw StudyError(
      code: "E0634", message: "there is no column '\(DisplayText.escaped(name))' in the choices",
      file: table.file, row: 1, column: "choices.\(key)",
      hint: NearestName.question(name, among: table.header)
        ?? "its columns: \(table.header.prefix(30).joined(separator: ", "))")
  }

  /// The slot taken, from 0: `3`, or `choice3` in a column called choice; below 0 for nothing.
  private func slot(_ row: Int, _ column: Int) throws(StudyError) -> Int {
    var text = table.rows[row].cells[column].split(separator: " ").joined()
    if text.isEmpty || text == "0" { return -1 }
    if text.lowercased().hasPrefix(declared.chosen.lowercased()) {
      text = String(text.dropFirst(declared.chosen.count))
    }
    guard let slot = Int(text), (1...declared.slots).contains(slot) else {
      throw error(
        "E0631", "the slot taken must be 1 to \(declared.slots)", row, column,
        hint: "write the number of the slot, or \(declared.chosen)1 and so on")
    }
    return slot - 1
  }

  private func isYes(_ row: Int, _ column: Int) throws(StudyError) -> Bool {
    let text = table.rows[row].cells[column].split(separator: " ").joined().lowercased()
    if ["1", "yes", "true", "x", "1.0"].contains(text) { return true }
    if ["0", "no", "false", "", "0.0"].contains(text) { return false }
    throw error(
      "E0631", "whether a row was chosen must be 1 or 0", row, column,
      hint: "write 1 in the row that was taken and 0 in the others")
  }

  private func error(
    _ code: String, _ message: String, _ row: Int, _ column: Int, hint: String
  ) -> StudyError {
    StudyError(
      code: code, message: message, file: table.file, row: table.rows[row].line,
      column: table.header[column], hint: hint)
  }
}
