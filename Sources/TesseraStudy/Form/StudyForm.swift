public import TesseraFiles
public import TesseraSurvey

/// A study as a workbook to be filled in: what `tessera init --excel` writes and `run` reads.
///
/// Each key has its place (the sheet Keys tells where); what has no sheet of its own stands on
/// Settings by its path. Drop-downs offer what usually fits. Read back, a workbook gives the same
/// study as the text it was made from.
public struct StudyForm {
  private let root: StudyNode
  private let survey: Survey
  private var reasons: [String: String] = [:]
  var filters: [(condition: String, reason: String)] = []
  var tree: FormTree

  /// Whether a file is a workbook that holds a study: it has the sheets Settings and Variables.
  ///
  /// - Parameter file: Any file.
  /// - Returns: False for what is no workbook.
  public static func isStudy(_ file: String) -> Bool { FormReader.isStudy(file) }

  /// The workbook of a draft.
  ///
  /// - Parameters:
  ///   - draft: The draft.
  ///   - survey: The survey it was made from.
  /// - Returns: The sheets.
  /// - Throws: ``StudyError`` if the draft is no study, which cannot be.
  public static func sheets(
    of draft: StudyDraft, survey: Survey
  ) throws(StudyError) -> [FormSheet] {
    var form = StudyForm(
      try StudyNode.parse(draft.text, file: "study.yaml"), survey: survey)
    form.reasons = draft.reasons
    form.filters = draft.filters
    return form.sheets()
  }

  /// The workbook of a study file; tables of products and relations move into it.
  ///
  /// - Parameter study: A study that was loaded from a text.
  /// - Returns: The sheets.
  /// - Throws: ``StudyError`` if the file can no longer be read.
  public static func sheets(of study: Study) throws(StudyError) -> [FormSheet] {
    let bytes: [UInt8]
    do throws(SurveyFileError) { bytes = try StudyBytes.read(study.path) } catch {
      throw StudyError(error.report)
    }
    let root =
      SheetGrid.isWorkbook(study.path)
      ? try FormReader.read(study.path).root
      : try StudyNode.parse(StudyBytes.text(bytes, study.path), file: study.path)
    var form = StudyForm(root, survey: study.surveyFile.survey)
    for (key, role) in [("products", Study.Source.Role.products), ("relations", .relations)] {
      guard let source = study.sources.first(where: { $0.role == role }) else { continue }
      form.tree.take([key])
      do throws(SurveyFileError) {
        form.add(try TableReader.read(source.path), under: key)
      } catch {
        throw StudyError(error.report)
      }
    }
    return form.sheets()
  }

  private init(_ root: StudyNode, survey: Survey) {
    self.root = root
    self.survey = survey
    tree = FormTree(root)
  }

  private mutating func add(_ table: TextTable, under key: String) {
    for row in table.rows {
      let name = FormText.trimmed(row.cells[0])
      let empty = StudyNode(content: .map([]), path: "", line: row.line, file: table.file)
      _ = tree.put(empty, at: [key, name])
      for (heading, cell) in zip(table.header, row.cells).dropFirst() where !cell.isEmpty {
        let node = StudyNode(
          content: .text(FormText.trimmed(cell), isQuoted: false), path: "", line: row.line,
          file: table.file)
        _ = tree.put(node, at: [key, name, heading])
      }
    }
  }

  /// The sheets, left to right.
  private func sheets() -> [FormSheet] {
    var form = self
    var rest: [FormSheet] = []
    let variables = form.variables()
    for (sheet, noun, path) in FormLayout.tables {
      rest.append(form.table(sheet, noun, path))
    }
    let features = form.features
    rest.insert(form.products(features), at: 3)
    rest.insert(form.relations(features), at: 4)
    rest.append(form.edits())
    return [Self.readMe, form.settings(), variables] + rest + [Self.keys]
  }

  /// What the study says of needs.
  var needsNode: StudyNode? {
    guard case .map(let entries) = root.content else { return nil }
    return entries.first { $0.key == "needs" }?.value
  }

  /// The names of the study's features, in its order.
  private var features: [String] {
    FormTree(root).entries.first { $0.key == "features" }.flatMap { entry -> [String]? in
      if case .tree(let tree) = entry.value { tree.entries.map(\.key) } else { nil }
    } ?? []
  }
}

// MARK: - Variables

extension StudyForm {
  /// A name in a list of the study, with the words for its use.
  private typealias Use = (name: String, word: String)

  /// One row a column of the survey, and what it is used for.
  fileprivate mutating func variables() -> FormSheet {
    var uses: [Use] = []
    for use in FormLayout.uses {
      guard let names = names(at: use.path, isList: use.isList),
        names.allSatisfy({ name in !uses.contains { $0.name == name } })
      else { continue }
      uses += names.map { (name: $0, word: use.word) }
      tree.take(use.path[...])
    }
    var order = uses.map(\.name)
    for variable in survey.variables where !order.contains(variable.name) {
      order.append(variable.name)
    }
    var ticked: [String: [String: FormCell]] = [:]
    for key in FormLayout.ticks {
      guard let names = names(at: [key], isList: true), !names.isEmpty else { continue }
      for name in names where !order.contains(name) { order.append(name) }
      let places = names.compactMap { order.firstIndex(of: $0) }
      let isInOrder = zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
      for (place, name) in names.enumerated() {
        ticked[name, default: [:]][key] = isInOrder ? .text("x") : .number(Double(place + 1))
      }
      tree.take([key])
    }
    let levels = takeEntries(["survey", "levels"])
    let labels = takeEntries(["survey", "labels"])
    let missing = takeEntries(["survey", "missing"])
    for name in (levels + labels + missing).map(\.key) where !order.contains(name) {
      order.append(name)
    }
    var sheet = FormSheet(name: FormLayout.Sheet.variables.rawValue)
    sheet.widths = [24, 11, 26, 26, 24, 9, 9, 9, 9, 9, 50, 40, 40]
    sheet.frozenRows = 2
    sheet.textColumns = Array(0..<10)
    sheet.rows = [
      FormCell.row(FormLayout.variableColumns + ["# wording", "# labels", "# why"], .heading),
      FormCell.row(
        [
          "# column or set", "what it does", "level, or answers: low < high",
          "another label", "98 = refused; 99 = don't know", "x or order", "x or order", "1, 2, 3",
          "x", "x", "in the file", "in the file", "of the draft",
        ], .remark),
    ]
    for name in order {
      let variable = survey[name]
      func cell(_ entries: [FormTree.Entry], _ text: (StudyNode) -> FormCell) -> FormCell {
        guard let entry = entries.first(where: { $0.key == name }) else { return .blank }
        return text(FormTree.node(of: entry))
      }
      let use = uses.first { $0.name == name }?.word
      var row: [FormCell] = [
        .text(FormText.written(name: name)), use.map { .text($0) } ?? .blank,
        cell(levels, Self.level), cell(labels) { FormText.cell($0, isPlain: true) },
        cell(missing, Self.missing),
      ]
      row += FormLayout.ticks.map { ticked[name]?[$0] ?? .blank }
      let wording = variable?.label ?? survey.sets.first { $0.name == name }?.label ?? ""
      let told = Self.told(variable)
      row += FormCell.row(
        [wording, told, reasons[name] ?? ""].map { DisplayText.escaped($0, limit: 400) }, .remark)
      sheet.rows.append(row)
    }
    let rows = 2...max(2, sheet.rows.count + 50)
    sheet.choices = [
      FormChoice(rows: rows, column: 1, source: .words(FormLayout.uses.map(\.word))),
      FormChoice(
        rows: rows, column: 2, source: .words(["nominal", "ordinal", "numeric", "count"])),
    ]
    sheet.choices += FormLayout.ticks.indices.map {
      FormChoice(rows: rows, column: 5 + $0, source: .words(["x"]))
    }
    return sheet
  }

  /// Labels of the file itself; answers that people gave are not shown.
  private static func told(_ variable: Variable?) -> String {
    guard let variable else { return "" }
    let labelled = variable.categories.filter { $0.label != $0.code.text }
    return labelled.prefix(12).map { "\($0.code.text) \($0.label)" }.joined(separator: ", ")
      + (labelled.count > 12 ? ", ..." : "")
  }

  private static func level(_ node: StudyNode) -> FormCell {
    guard case .list(let nodes) = node.content else { return FormText.cell(node, isPlain: false) }
    let answers = nodes.map { node -> String in
      if case .text(let text, _) = node.content { text } else { "" }
    }
    let isSafe = answers.allSatisfy {
      !$0.isEmpty && !$0.contains("<") && FormText.trimmed($0) == $0
    }
    return .text(
      isSafe && answers.count > 1 && answers[0].first != "["
        ? answers.joined(separator: " < ") : FormText.flow(node))
  }

  private static func missing(_ node: StudyNode) -> FormCell {
    guard case .map(let entries) = node.content, !entries.isEmpty else {
      return .text(FormText.flow(node))
    }
    var parts: [String] = []
    for entry in entries {
      guard case .text(let reason, _) = entry.value.content else {
        return .text(FormText.flow(node))
      }
      let isSafe = [entry.key, reason].allSatisfy { text in
        !text.isEmpty && !text.contains { ";=\"".contains($0) } && FormText.trimmed(text) == text
          && text.first != "[" && text.first != "{"
      }
      guard isSafe else { return .text(FormText.flow(node)) }
      parts.append("\(entry.key) = \(reason)")
    }
    return .text(parts.joined(separator: "; "))
  }

  /// Names in a list, or one name; `nil` if something else stands there.
  private func names(at path: [String], isList: Bool) -> [String]? {
    guard case .leaf(let node)? = tree[path[...]] else { return nil }
    switch node.content {
    case .text(let text, _): return node.isEmpty ? nil : [text]
    case .list(let nodes):
      guard isList else { return nil }
      var names: [String] = []
      for node in nodes {
        guard case .text(let text, _) = node.content, !names.contains(text) else { return nil }
        names.append(text)
      }
      return names
    case .map: return nil
    }
  }

  /// The entries of a mapping by column, which then have their place; `all` stays for Settings.
  private mutating func takeEntries(_ path: [String]) -> [FormTree.Entry] {
    guard case .tree(let own)? = tree[path[...]] else { return [] }
    let entries = own.entries.filter { $0.key != "all" || path.last != "missing" }
    for entry in entries { tree.take((path + [entry.key])[...]) }
    return entries
  }
}
