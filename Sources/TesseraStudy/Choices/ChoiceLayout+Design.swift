internal import TesseraFiles
internal import TesseraSurvey

extension ChoiceLayout {
  /// A row a respondent with a column a task; the menus stand in a design.
  ///
  /// - Parameter found: The design: a row an alternative.
  /// - Returns: A menu for each answered task; those not answered are left out.
  /// - Throws: ``StudyError`` E0631, E0633 or E0634 that names line and column.
  func design(_ found: TextTable?) throws(StudyError) -> ChoiceReader.Menus {
    guard let found, let declared = self.declared.design else { return ChoiceReader.Menus() }
    let plan = try ChoicePlan(table: found, declared: declared)
    let key: Int? =
      if let name = declared.key, !declared.isByRespondent {
        try column(name, at: "design.version")
      } else { declared.isByRespondent ? idColumn : nil }
    var columns: [Int] = []
    for name in self.declared.answers { columns.append(try column(name, at: "chosen")) }
    guard columns.count <= plan.mostTasks else {
      throw StudyError(
        code: "E0633",
        message: "the design has \(plan.mostTasks) tasks, and \(columns.count) columns of answers "
          + "are named", file: found.file, hint: "name a column for each task, in their order")
    }
    let hasNone = try noneOccurs(columns, key, plan)
    var menus = ChoiceReader.Menus()
    menus.columns = found.header + (found.column("slot") == nil ? ["slot"] : [])
    menus.cells = menus.columns.map { _ in [] }
    for row in table.rows.indices {
      let cells = table.rows[row].cells
      let tasks = try self.tasks(of: row, key, plan)
      for (place, column) in columns.enumerated() {
        let text = cells[column]
        if text.allSatisfy(\.isWhitespace) { continue }
        guard place < tasks.count else {
          throw fault("the version has \(tasks.count) tasks in the design", row, column)
        }
        let alternatives = tasks[place].rows
        guard let taken = position(of: text, tasks[place], plan) else {
          throw fault(
            "the answer must be one of the \(alternatives.count) alternatives of the task", row,
            column)
        }
        menus.sizes.append(alternatives.count + (hasNone ? 1 : 0))
        menus.chosen.append(taken)
        menus.identifiers.append(cells[idColumn])
        for (slot, alternative) in (alternatives.map { Optional($0) } + (hasNone ? [nil] : []))
          .enumerated()
        {
          menus.lines.append(table.rows[row].line)
          for (place, name) in menus.columns.enumerated() {
            menus.cells[place].append(
              place >= found.header.count
                ? String(slot + 1)
                : alternative.map { found.rows[$0].cells[place] }
                  ?? plan.cellOfNone(name, like: alternatives[0]))
          }
        }
      }
    }
    return menus
  }

  /// The tasks of the version that a row saw.
  private func tasks(
    of row: Int, _ key: Int?, _ plan: ChoicePlan
  ) throws(StudyError) -> [ChoicePlan.Task] {
    let version = key.map { table.rows[row].cells[$0] } ?? ""
    guard let tasks = plan.tasks(version) else {
      throw StudyError(
        code: "E0633",
        message: "the design has no version '\(DisplayText.escaped(version))'", file: table.file,
        row: table.rows[row].line, column: key.map { table.header[$0] },
        hint: "versions are matched as texts, or as numbers (1 and 1.0 are equal)")
    }
    return tasks
  }

  /// Whether "none of these" is on the menus: as declared, or as somebody's answer.
  private func noneOccurs(
    _ columns: [Int], _ key: Int?, _ plan: ChoicePlan
  ) throws(StudyError) -> Bool {
    if plan.none != nil { return true }
    for row in table.rows.indices {
      let tasks = try self.tasks(of: row, key, plan)
      for (place, column) in columns.enumerated() where place < tasks.count {
        let text = ChoiceKey.of(table.rows[row].cells[column])
        if text == String(tasks[place].rows.count + 1), tasks[place].place(of: text) == nil {
          return true
        }
      }
    }
    return false
  }

  /// The position taken; that behind the alternatives is none of them.
  private func position(of text: String, _ task: ChoicePlan.Task, _ plan: ChoicePlan) -> Int? {
    let answer = ChoiceKey.of(text)
    if let none = plan.none, ChoiceKey.of(none) == answer { return task.rows.count }
    if let place = task.place(of: answer) { return place }
    return plan.none == nil && answer == String(task.rows.count + 1) ? task.rows.count : nil
  }

  private func fault(_ message: String, _ row: Int, _ column: Int) -> StudyError {
    StudyError(
      code: "E0631", message: message, file: table.file, row: table.rows[row].line,
      column: table.header[column],
      hint:
        "write the number of the alternative as in the design; say none: CODE for none of these, "
        + "and leave the cell blank where nothing was answered")
  }
}

/// A design: versions with their tasks, in the order of the tasks' numbers.
struct ChoicePlan {
  /// A task: the rows of its alternatives.
  struct Task {
    var name: String
    var rows: [Int]
    /// What each alternative is called in answers.
    var names: [String]

    /// The place of an alternative that an answer names.
    func place(of answer: String) -> Int? { names.firstIndex(of: answer) }
  }

  /// The answer for none of these.
  let none: String?
  private let versions: [String: [Task]]
  private let hasKey: Bool
  private let shared: Set<String>
  private let table: TextTable

  /// Reads a design.
  ///
  /// - Throws: ``StudyError`` E0633 or E0634 that names line and column.
  init(table: TextTable, declared: ChoicesDeclaration.DesignFile) throws(StudyError) {
    func column(_ name: String) throws(StudyError) -> Int {
      if let column = table.column(name) { return column }
      throw StudyError(
        code: "E0634", message: "there is no column '\(DisplayText.escaped(name))' in the design",
        file: table.file, row: 1, column: "choices.design",
        hint: NearestName.question(name, among: table.header)
          ?? "its columns: \(table.header.prefix(30).joined(separator: ", "))")
    }
    let task = try column(declared.task)
    let key: Int? = if let name = declared.key { try column(name) } else { nil }
    let alternative: Int? = if let name = declared.alternative { try column(name) } else { nil }
    var versions: [String: [Task]] = [:]
    for (row, record) in table.rows.enumerated() {
      let version = key.map { ChoiceKey.of(record.cells[$0]) } ?? ""
      let name = ChoiceKey.of(record.cells[task])
      var tasks = versions[version] ?? []
      let place = tasks.firstIndex { $0.name == name } ?? tasks.count
      if place == tasks.count { tasks.append(Task(name: name, rows: [], names: [])) }
      let title =
        alternative.map { ChoiceKey.of(record.cells[$0]) } ?? String(tasks[place].rows.count + 1)
      guard tasks[place].place(of: title) == nil else {
        throw StudyError(
          code: "E0633", message: "an alternative stands twice in this task", file: table.file,
          row: record.line, column: declared.alternative,
          hint: "number the alternatives of a task 1, 2, 3; check the column of versions")
      }
      tasks[place].rows.append(row)
      tasks[place].names.append(title)
      versions[version] = tasks
    }
    self.versions = versions.mapValues { tasks in
      let numbers = tasks.map { ChoiceLayout.number($0.name) }
      guard !numbers.contains(where: { $0 == nil }) else { return tasks }
      return tasks.indices.sorted { (numbers[$0] ?? 0) < (numbers[$1] ?? 0) }.map { tasks[$0] }
    }
    self.table = table
    hasKey = key != nil
    none = declared.none
    shared = Set([declared.task, declared.key].compactMap { $0 })
  }

  /// Tasks of the version with most.
  var mostTasks: Int { versions.values.map(\.count).max() ?? 0 }

  /// The tasks of a version.
  func tasks(_ version: String) -> [Task]? { versions[hasKey ? ChoiceKey.of(version) : ""] }

  /// What stands in a column for none of these: what the menu shares, and blank attributes.
  func cellOfNone(_ column: String, like row: Int) -> String {
    guard shared.contains(column), let place = table.column(column) else { return "" }
    return table.rows[row].cells[place]
  }
}
