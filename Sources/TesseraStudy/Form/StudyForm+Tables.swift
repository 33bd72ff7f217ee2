internal import TesseraFiles
internal import TesseraSurvey

// Sheets with a row for each need, feature, product and so on.
extension StudyForm {
  private static let examples: [FormLayout.Sheet: [[String: String]]] = [
    .sets: [["": "media", "columns": "[tv, radio, web]", "chosen": "1"]],
    .needs: [["": "keep_safe", "label": "Keeps us safe", "importance": "imp_safety"]],
    .features: [
      ["": "seats", "label": "Seats", "value": "{ linear: [2, 5] }"],
      ["": "child_seat_fit", "levels": "{ none: 0, tight: 0.5, comfortable: 1 }"],
    ],
    .barriers: [
      [
        "": "too_dear", "label": "Costs more than they would pay",
        "violated_when": "price > max_price", "strength": "0.8",
      ]
    ],
  ]

  private static let variableNames = "=Variables!$A$3:$A$5000"

  /// A sheet whose columns are the keys of an entry.
  mutating func table(
    _ sheet: FormLayout.Sheet, _ noun: String, _ path: [String]
  ) -> FormSheet {
    let pattern = (path + ["*"]).joined(separator: ".")
    let keys = StudyReference.names(under: pattern)
    var form = FormSheet(name: sheet.rawValue)
    form.widths = [22] + keys.map { $0 == "violated_when" || $0 == "value" ? 32 : 18 }
    form.frozenRows = 2
    form.rows = [
      FormCell.row([noun] + keys, .heading),
      FormCell.row(
        ["# its name"]
          + keys.map { key in
            StudyReference.keys.first { $0.path == "\(pattern).\(key)" }?.meaning ?? ""
          }, .remark),
    ]
    for entry in takeMappings(path) {
      guard case .tree(let own) = entry.value else { continue }
      form.rows.append(
        [.text(FormText.written(name: entry.key))]
          + keys.map { key in
            guard let part = own.entries.first(where: { $0.key == key }) else { return .blank }
            return FormText.cell(
              FormTree.node(of: part), isPlain: FormLayout.plain.contains(key))
          })
    }
    if form.rows.count == 2 {
      for example in Self.examples[sheet] ?? [] {
        let cells = ([""] + keys).map { ($0.isEmpty ? "# " : "") + (example[$0] ?? "") }
        form.rows.append(FormCell.row(cells, .remark))
      }
    }
    let rows = 2...form.rows.count + 60
    for (place, key) in keys.enumerated() {
      switch key {
      case "importance", "satisfaction", "top2", "rank", "points":
        form.choices.append(
          FormChoice(rows: rows, column: place + 1, source: .cells(Self.variableNames)))
      case "combine":
        form.choices.append(
          FormChoice(rows: rows, column: place + 1, source: .words(["mean", "all", "any"])))
      default: break
      }
    }
    return form
  }

  /// A row a product, a column a feature.
  mutating func products(_ features: [String]) -> FormSheet {
    var form = grid("products", "product", ["label"] + features, .products) { $0 }
    if form.rows.count == 1, features.isEmpty {
      form.rows[0] += FormCell.row(["# seats", "# price"], .heading)
      form.rows.append(
        FormCell.row(["# suv", "Family SUV", "5", "32000"], .remark))
    }
    form.rows.insert(
      [.text("# one row per product, one column per feature; blank is unknown", .remark)], at: 0)
    form.frozenRows = 2
    return form
  }

  /// A row a need, a column a feature.
  mutating func relations(_ features: [String]) -> FormSheet {
    let needs = FormTree(needsNode).entries.map(\.key)
    var form = grid("relations", "need", features, .relations) { node in
      guard case .text(let text, let isQuoted) = node.content, let number = Double(text) else {
        return node
      }
      let words: [Double: String] = [
        9: "strong", 3: "medium", 1: "weak", -9: "harms", -3: "-medium", -1: "-weak",
      ]
      guard let word = words[number] else { return node }
      return StudyNode(
        content: .text(word, isQuoted: isQuoted), path: "", line: node.line, file: node.file)
    }
    if form.rows.count == 1 {
      if features.isEmpty { form.rows[0] += FormCell.row(["# seats", "# price"], .heading) }
      for need in needs.isEmpty ? ["keep_safe"] : needs {
        form.rows.append(FormCell.row(["# " + need, "strong", "weak"], .remark))
      }
    }
    form.rows.insert(
      [
        .text(
          "# one row per need, one column per feature: strong, medium, weak, a tick (x, strong), or "
            + "harms; blank is none", .remark)
      ], at: 0)
    form.frozenRows = 2
    for column in 1...max(2, features.count) {
      form.choices.append(
        FormChoice(
          rows: 2...form.rows.count + 60, column: column,
          source: .words(["strong", "medium", "weak", "harms"])))
    }
    return form
  }

  private mutating func grid(
    _ key: String, _ noun: String, _ known: [String], _ sheet: FormLayout.Sheet,
    _ change: (StudyNode) -> StudyNode
  ) -> FormSheet {
    let entries = takeMappings([key])
    var columns = known
    for entry in entries {
      guard case .tree(let own) = entry.value else { continue }
      for part in own.entries where !columns.contains(part.key) { columns.append(part.key) }
    }
    var form = FormSheet(name: sheet.rawValue)
    form.widths = [22] + columns.map { _ in 14 }
    form.rows = [
      FormCell.row([noun] + columns.map { FormText.written(name: $0) }, .heading)
    ]
    for entry in entries {
      guard case .tree(let own) = entry.value else { continue }
      form.rows.append(
        [.text(FormText.written(name: entry.key))]
          + columns.map { column in
            guard let part = own.entries.first(where: { $0.key == column }) else { return .blank }
            return FormText.cell(
              change(FormTree.node(of: part)), isPlain: FormLayout.plain.contains(column))
          })
    }
    return form
  }

  /// A row for each level that changes.
  mutating func edits() -> FormSheet {
    var form = FormSheet(name: FormLayout.Sheet.edits.rawValue)
    form.widths = [20, 30, 18, 18, 14, 12]
    form.frozenRows = 2
    form.rows = [
      FormCell.row(FormLayout.editColumns, .heading),
      FormCell.row(
        [
          "# its name", "what readers see", "which product changes", "what changes", "new level",
          "what it costs",
        ], .remark),
    ]
    for entry in takeMappings(["edits"]) {
      guard case .tree(let own) = entry.value else { continue }
      func cell(_ key: String) -> FormCell {
        guard let part = own.entries.first(where: { $0.key == key }) else { return .blank }
        return FormText.cell(
          FormTree.node(of: part), isPlain: FormLayout.plain.contains(key))
      }
      guard case .tree(let set)? = own[["set"]] else { continue }
      for (place, level) in set.entries.enumerated() {
        let isFirst = place == 0
        form.rows.append([
          .text(FormText.written(name: entry.key)), isFirst ? cell("label") : .blank,
          isFirst ? cell("product") : .blank, .text(FormText.written(name: level.key)),
          FormText.cell(FormTree.node(of: level), isPlain: false),
          isFirst ? cell("cost") : .blank,
        ])
      }
    }
    if form.rows.count == 2 {
      form.rows.append(
        FormCell.row(["# back_seat", "A back seat", "coupe", "seats", "4", "1800"], .remark))
    }
    let rows = 2...form.rows.count + 60
    form.choices = [
      FormChoice(rows: rows, column: 2, source: .cells("=Products!$A$3:$A$500")),
      FormChoice(rows: rows, column: 3, source: .cells("=Features!$A$3:$A$500")),
    ]
    return form
  }

  /// The mappings under a key whose names have a row each; others stay for Settings.
  private mutating func takeMappings(_ path: [String]) -> [FormTree.Entry] {
    guard case .tree(let own)? = tree[path[...]] else { return [] }
    let entries = own.entries.filter { entry in
      guard case .tree(let parts) = entry.value else { return false }
      // An edit that changes nothing is an error of the study, told from Settings.
      guard path == ["edits"] else { return true }
      if case .tree(let set)? = parts[["set"]] { return !set.entries.isEmpty }
      return false
    }
    for entry in entries { tree.take((path + [entry.key])[...]) }
    return entries
  }
}
