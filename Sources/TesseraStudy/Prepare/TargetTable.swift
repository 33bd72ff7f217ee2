internal import TesseraFiles
internal import TesseraSurvey

/// Targets that stand in a file of their own, with the columns `variable`, `category`, `target`.
struct TargetTable {
  let table: TextTable

  /// The targets of one variable, or of all.
  ///
  /// - Parameter wanted: The variable; `nil` for all. Without a column `variable` all rows are its.
  /// - Returns: Targets in the order of the file.
  /// - Throws: ``StudyError`` `E0424` naming row and column.
  func targets(of wanted: String?) throws(StudyError) -> [RakingTarget] {
    let place = table.column("variable")
    guard let category = table.column("category"), let target = table.column("target"),
      place != nil || wanted != nil
    else {
      throw StudyError(
        code: "E0424", message: "a file of targets has the columns variable, category, target",
        file: table.file, row: 1, hint: "its first line must name them")
    }
    var names: [String] = []
    var values: [[(answer: String, value: Double)]] = []
    for row in table.rows {
      let name = place.map { row.cells[$0] } ?? wanted ?? ""
      if let wanted, name != wanted { continue }
      guard let value = Double(row.cells[target]), value > 0, value.isFinite else {
        throw StudyError(
          code: "E0424", message: "a target must be a number above 0", file: table.file,
          row: row.line, column: "target", hint: "write a share such as 0.51, or a total")
      }
      let position = names.firstIndex(of: name) ?? names.count
      if position == names.count {
        names.append(name)
        values.append([])
      }
      values[position].append((row.cells[category], value))
    }
    guard !names.isEmpty else {
      throw StudyError(
        code: "E0424",
        message: "there are no targets\(wanted.map { " of '\(DisplayText.escaped($0))'" } ?? "")",
        file: table.file, hint: "add a row for each answer")
    }
    return zip(names, values).map { RakingTarget(variable: $0, values: $1, file: nil) }
  }
}

extension RakingDeclaration {
  /// The declaration with all targets that stand in files read.
  ///
  /// - Parameter read: Reads the file that a key names.
  /// - Returns: The same targets with all values.
  /// - Throws: ``StudyError`` for a file that cannot be read, or holds no targets.
  func resolved(
    _ read: (_ name: String, _ key: String) throws(StudyError) -> TextTable
  ) throws(StudyError) -> RakingDeclaration {
    var result = self
    if let file {
      result.targets = try TargetTable(table: try read(file, "survey.weights.targets"))
        .targets(of: nil)
    }
    for (position, target) in targets.enumerated() {
      guard let file = target.file else { continue }
      let table = try read(file, "survey.weights.targets.\(target.variable)")
      result.targets[position] = try TargetTable(table: table).targets(of: target.variable)[0]
    }
    return result
  }
}
