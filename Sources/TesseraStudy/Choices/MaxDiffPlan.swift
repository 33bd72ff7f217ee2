internal import TesseraFiles
internal import TesseraSurvey

/// What best-worst tasks showed: for each version or respondent the items of each task, in order.
public struct MaxDiffPlan: Sendable, Equatable {
  /// Column of the survey that says which tasks a respondent saw; `nil` if all saw the same.
  public let column: String?
  private let tasks: [String: [[String]]]

  /// Reads a design.
  ///
  /// - Throws: ``StudyError`` E0633 or E0634 that names line and column.
  init(
    _ table: TextTable, _ declared: MaxDiffDeclaration.Design, identifier: String?
  ) throws(StudyError) {
    func column(_ name: String) throws(StudyError) -> Int {
      if let column = table.column(name) { return column }
      throw StudyError(
        code: "E0634", message: "there is no column '\(DisplayText.escaped(name))' in the design",
        file: table.file, row: 1, column: "maxdiff.design",
        hint: NearestName.question(name, among: table.header)
          ?? "its columns: \(table.header.prefix(30).joined(separator: ", "))")
    }
    let task = try column(declared.task)
    let key: Int? = if let name = declared.key { try column(name) } else { nil }
    var items: [Int] = []
    for name in declared.items { items.append(try column(name)) }
    var order: [String: [String]] = [:]
    var shown: [String: [String: [String]]] = [:]
    for row in table.rows {
      let version = key.map { ChoiceKey.of(row.cells[$0]) } ?? ""
      let name = ChoiceKey.of(row.cells[task])
      if shown[version]?[name] == nil { order[version, default: []].append(name) }
      for item in items where !row.cells[item].allSatisfy(\.isWhitespace) {
        let text = ChoiceKey.of(row.cells[item])
        guard !(shown[version]?[name] ?? []).contains(text) else {
          throw StudyError(
            code: "E0633", message: "an item stands twice in this task", file: table.file,
            row: row.line, column: table.header[item],
            hint: "check the columns of task and version")
        }
        shown[version, default: [:]][name, default: []].append(text)
      }
    }
    self.tasks = Dictionary(
      uniqueKeysWithValues: order.map { version, names in
        let numbers = names.map { ChoiceLayout.number($0) }
        let sorted =
          numbers.contains { $0 == nil }
          ? names
          : names.indices.sorted { (numbers[$0] ?? 0) < (numbers[$1] ?? 0) }.map { names[$0] }
        return (version, sorted.map { shown[version]?[$0] ?? [] })
      })
    self.column = declared.isByRespondent ? identifier : declared.key
  }

  /// The items of each task of a version or respondent.
  ///
  /// - Parameter key: The version or identifier, equal as texts or as numbers.
  /// - Returns: `nil` if the design does not hold it.
  public func items(_ key: String) -> [[String]]? { tasks[column == nil ? "" : ChoiceKey.of(key)] }

  /// One text for all ways to write an item, as a text or as a number.
  public static func key(_ item: String) -> String { ChoiceKey.of(item) }

  /// Whether an item of the design is an answer, as texts or as numbers.
  public static func isSame(_ item: String, _ answer: String) -> Bool {
    item == ChoiceKey.of(answer)
  }
}
