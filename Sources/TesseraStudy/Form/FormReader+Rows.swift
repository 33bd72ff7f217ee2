internal import TesseraFiles
internal import TesseraSurvey

// What the rows of each sheet say.
extension FormReader {
  mutating func setting(
    _ name: String, _ first: SheetGrid.Cell, _ cells: [SheetGrid.Cell], _ grid: SheetGrid
  ) {
    guard let value = cells.first(where: { $0.column == first.column + 1 }) else { return }
    guard let path = FormText.path(first.text) else {
      return fault(
        .syntax, "a quote in this key does not close", first, grid,
        hint: "keys are joined by points; a name with a point in it stands in quotes")
    }
    let isPlain = path.count == 1 && FormLayout.plain.contains(path[0])
    let file = file
    let node = faults.take { () throws(StudyError) in
      try FormText.node(value, isPlain: isPlain, grid, file)
    }
    guard let node else { return }
    put(node, path, value, grid, heading: grid.place(row: first.row, column: first.column))
  }

  /// A row whose cells are keys of what it names.
  mutating func named(
    _ path: [String], _ first: SheetGrid.Cell, _ parts: [(Heading, SheetGrid.Cell)],
    _ grid: SheetGrid
  ) {
    let file = file
    let place = grid.place(row: first.row, column: first.column)
    let empty = StudyNode(
      content: .map([]), path: "", line: first.row, file: file, cell: place)
    guard tree[path[...]] == nil else {
      return fault(
        .duplicateKey,
        "'\(DisplayText.escaped(path.last ?? ""))' stands twice on this sheet", first, grid,
        hint: "keep one of the rows")
    }
    put(empty, path, first, grid, heading: place)
    for (heading, cell) in parts {
      let isPlain = FormLayout.plain.contains(heading.name)
      let node = faults.take { () throws(StudyError) in
        try FormText.node(cell, isPlain: isPlain, grid, file)
      }
      guard let node else { continue }
      // What is at fault in a table of features may be the heading itself.
      let isTable = path.count == 2 && (path[0] == "products" || path[0] == "relations")
      put(node, path + [heading.name], cell, grid, heading: isTable ? heading.cell : nil)
    }
  }

  mutating func edit(
    _ name: String, _ first: SheetGrid.Cell, _ parts: [(Heading, SheetGrid.Cell)],
    _ grid: SheetGrid
  ) {
    func cell(_ heading: String) -> SheetGrid.Cell? { parts.first { $0.0.name == heading }?.1 }
    for key in ["label", "product", "cost"] {
      guard let cell = cell(key), let node = node(cell, key, grid) else { continue }
      if case .leaf(let known)? = tree[["edits", name, key]],
        case .text(let one, _) = known.content, case .text(one, _) = node.content
      {
        continue
      }
      put(node, ["edits", name, key], cell, grid)
    }
    switch (cell("feature"), cell("level")) {
    case (let feature?, let level?):
      guard let node = node(level, "level", grid) else { return }
      put(node, ["edits", name, "set", FormText.name(feature.text)], level, grid)
    case (let half?, nil), (nil, let half?):
      fault(
        .missingKey, "a change needs a feature and its new level", half, grid,
        hint: "fill in both columns of this row")
    case (nil, nil): break
    }
  }

  mutating func variable(
    _ name: String, _ first: SheetGrid.Cell, _ parts: [(Heading, SheetGrid.Cell)],
    _ grid: SheetGrid
  ) {
    let file = file
    for (heading, cell) in parts {
      let text = FormText.trimmed(cell.text)
      switch heading.name {
      case "use":
        guard let use = FormLayout.uses.first(where: { $0.word == text.lowercased() }) else {
          let known = FormLayout.uses.map(\.word)
          fault(
            .unknownWord, "'\(DisplayText.escaped(text))' is no use of a column", cell, grid,
            hint: NearestName.question(text, among: known)
              ?? "known: \(known.joined(separator: ", ")); other keys stand on the sheet Settings")
          continue
        }
        let node = FormText.leaf(name, cell, grid, file)
        if use.isList {
          lists[use.word, default: []].append((Double(cell.row), node))
        } else {
          put(node, use.path, cell, grid)
        }
      case "level":
        let node = faults.take { () throws(StudyError) in try FormText.level(cell, grid, file) }
        if let node { put(node, ["survey", "levels", name], cell, grid) }
      case "missing":
        let node = faults.take { () throws(StudyError) in try FormText.missing(cell, grid, file) }
        if let node { put(node, ["survey", "missing", name], cell, grid) }
      case "label":
        put(FormText.leaf(text, cell, grid, file), ["survey", "labels", name], cell, grid)
      default:
        let word = text.lowercased()
        if ["0", "no", "false", "-"].contains(word) { continue }
        let number = Double(word)
        guard number != nil || ["x", "✓", "✔", "☑", "yes", "true"].contains(word) else {
          fault(
            .unknownWord, "'\(DisplayText.escaped(text))' is no tick", cell, grid,
            hint: "write x, or a number where the order matters, or leave it blank")
          continue
        }
        lists[heading.name, default: []].append(
          (number ?? 1e6 + Double(cell.row), FormText.leaf(name, cell, grid, file)))
      }
    }
  }

  mutating func putLists() {
    let uses = FormLayout.uses.filter(\.isList).map { ($0.word, $0.path) }
    for (word, path) in uses + FormLayout.ticks.map({ ($0, [$0]) }) {
      guard let list = lists[word] else { continue }
      let nodes = list.enumerated().sorted {
        ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
      }.map(\.element.node)
      let node = StudyNode(
        content: .list(nodes), path: "", line: nodes[0].line, file: file, cell: nodes[0].cell)
      if !tree.put(node, at: path[...]) {
        faults.add(twice(path, nodes[0].line, nodes[0].cell))
      }
    }
  }

  // MARK: - Cells

  mutating func node(
    _ cell: SheetGrid.Cell, _ key: String, _ grid: SheetGrid
  ) -> StudyNode? {
    let file = file
    return faults.take { () throws(StudyError) in
      try FormText.node(cell, isPlain: FormLayout.plain.contains(key), grid, file)
    }
  }

  mutating func put(
    _ node: StudyNode, _ path: [String], _ cell: SheetGrid.Cell, _ grid: SheetGrid,
    heading: String? = nil
  ) {
    if !tree.put(node, at: path[...], heading: heading) {
      faults.add(twice(path, cell.row, grid.place(row: cell.row, column: cell.column)))
    }
  }

  func twice(_ path: [String], _ row: Int, _ cell: String?) -> StudyError {
    StudyError(
      code: StudyNode.Code.duplicateKey.rawValue,
      message: "\(FormText.written(path: path)) is said in two places", file: file, row: row,
      hint: "keep one: the sheet Keys tells where each key stands", cell: cell)
  }

  mutating func fault(
    _ code: StudyNode.Code, _ message: String, _ cell: SheetGrid.Cell, _ grid: SheetGrid,
    hint: String
  ) {
    faults.add(
      StudyError(
        code: code.rawValue, message: message, file: file, row: cell.row, hint: hint,
        cell: grid.place(row: cell.row, column: cell.column)))
  }
}
