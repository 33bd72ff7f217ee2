internal import TesseraFiles
internal import TesseraSurvey

/// Values of a study as they stand in cells.
///
/// A cell holds a word, a number or a sentence; `[a, b]` and `{ key: value }` are read as in a study
/// file. A text that would be taken for one of these stands in double quotes.
enum FormText {
  /// What a cell says.
  ///
  /// - Parameters:
  ///   - cell: The cell.
  ///   - isPlain: Whether no sign has a meaning there.
  ///   - grid: Its sheet.
  ///   - file: The workbook.
  /// - Returns: A node that knows its cell.
  /// - Throws: ``StudyError`` naming the cell, for brackets that do not close and the like.
  static func node(
    _ cell: SheetGrid.Cell, isPlain: Bool, _ grid: SheetGrid, _ file: String
  ) throws(StudyError) -> StudyNode {
    let place = grid.place(row: cell.row, column: cell.column)
    let text = trimmed(cell.text)
    func leaf(_ text: String) -> StudyNode {
      StudyNode(
        content: .text(text, isQuoted: isPlain), path: "", line: cell.row, file: file, cell: place)
    }
    if isPlain || cell.isNumber { return leaf(text) }
    if text == "TRUE" || text == "FALSE" { return leaf(text.lowercased()) }
    let isQuoted = text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
    guard isQuoted || text.hasPrefix("[") || text.hasPrefix("{") else { return leaf(text) }
    do {
      return try placed(StudyNode.parse(text, file: "cell"), cell.row, file, place)
    } catch {
      throw StudyError(
        code: StudyNode.Code.syntax.rawValue,
        message: "the list or mapping in this cell cannot be read", file: file, row: cell.row,
        hint: "write [a, b] or { key: value }; a text that begins with a bracket stands in quotes",
        cell: place)
    }
  }

  private static func placed(
    _ node: StudyNode, _ line: Int, _ file: String, _ cell: String
  ) -> StudyNode {
    let content: StudyNode.Content =
      switch node.content {
      case .text: node.content
      case .list(let nodes): .list(nodes.map { placed($0, line, file, cell) })
      case .map(let entries):
        .map(
          entries.map {
            StudyNode.Entry(
              key: $0.key, line: line, value: placed($0.value, line, file, cell), cell: cell)
          })
      }
    return StudyNode(content: content, path: "", line: line, file: file, cell: cell)
  }

  /// `nominal`, or answers in order: `never < sometimes < often`.
  static func level(
    _ cell: SheetGrid.Cell, _ grid: SheetGrid, _ file: String
  ) throws(StudyError) -> StudyNode {
    guard !cell.text.hasPrefix("["), cell.text.contains("<") else {
      return try node(cell, isPlain: false, grid, file)
    }
    let answers = cell.text.split(separator: "<", omittingEmptySubsequences: false).map {
      leaf(trimmed(String($0)), cell, grid, file)
    }
    return list(answers, cell, grid, file)
  }

  /// `-99 = refused; 98 = don't know`, or codes alone.
  static func missing(
    _ cell: SheetGrid.Cell, _ grid: SheetGrid, _ file: String
  ) throws(StudyError) -> StudyNode {
    if cell.isNumber || cell.text.hasPrefix("[") || cell.text.hasPrefix("{") {
      return try node(cell, isPlain: false, grid, file)
    }
    var codes: [StudyNode] = []
    var entries: [StudyNode.Entry] = []
    for part in cell.text.split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1).map { name(String($0)) }
      guard let code = sides.first, !code.isEmpty else { continue }
      codes.append(leaf(code, cell, grid, file))
      guard sides.count == 2 else { continue }
      entries.append(
        StudyNode.Entry(key: code, line: cell.row, value: leaf(sides[1], cell, grid, file)))
    }
    guard !entries.isEmpty else { return list(codes, cell, grid, file) }
    guard entries.count == codes.count else {
      throw StudyError(
        code: StudyNode.Code.conflict.rawValue,
        message: "some codes in this cell have a reason and others have none", file: file,
        row: cell.row, hint: "write 98 = don't know; 99 = refused",
        cell: grid.place(row: cell.row, column: cell.column))
    }
    return StudyNode(
      content: .map(entries), path: "", line: cell.row, file: file,
      cell: grid.place(row: cell.row, column: cell.column))
  }

  /// A text as a node that knows its cell.
  static func leaf(
    _ text: String, _ cell: SheetGrid.Cell, _ grid: SheetGrid, _ file: String
  ) -> StudyNode {
    StudyNode(
      content: .text(text, isQuoted: true), path: "", line: cell.row, file: file,
      cell: grid.place(row: cell.row, column: cell.column))
  }

  private static func list(
    _ nodes: [StudyNode], _ cell: SheetGrid.Cell, _ grid: SheetGrid, _ file: String
  ) -> StudyNode {
    StudyNode(
      content: .list(nodes), path: "", line: cell.row, file: file,
      cell: grid.place(row: cell.row, column: cell.column))
  }

  /// A name as a first cell or a heading holds it.
  static func name(_ text: String) -> String {
    let text = trimmed(text)
    guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\""),
      let node = try? StudyNode.parse(text, file: "cell"), case .text(let name, _) = node.content
    else { return text }
    return name
  }

  /// A name so that it is read back: in quotes if it begins like a remark.
  static func written(name: String) -> String {
    name.hasPrefix("#") || name.hasPrefix("\"") || trimmed(name) != name || name.isEmpty
      ? quoted(name) : name
  }

  /// A value as a cell.
  static func cell(_ node: StudyNode, isPlain: Bool) -> FormCell {
    guard case .text(let text, let isQuoted) = node.content else { return .text(flow(node)) }
    if !isQuoted, StudyNode.isDecimal(text), let number = Double(text),
      AnswerCode.number(number).text == text
    {
      return .number(number)
    }
    if isPlain { return .text(text) }
    let needsQuotes =
      text.first.map { "[{\"".contains($0) } ?? true || node.isEmpty || trimmed(text) != text
      || text == "TRUE" || text == "FALSE"
    return .text(needsQuotes ? quoted(text) : text)
  }

  /// A list, a mapping or a text as a study file writes it on one line.
  static func flow(_ node: StudyNode) -> String {
    switch node.content {
    case .text(let text, let isQuoted):
      !isQuoted && StudyNode.isDecimal(text) ? text : DraftYAML.text(text)
    case .list(let nodes): "[" + nodes.map(flow).joined(separator: ", ") + "]"
    case .map(let entries):
      entries.isEmpty
        ? "{}"
        : "{ "
          + entries.map { "\(DraftYAML.code($0.key)): \(flow($0.value))" }.joined(separator: ", ")
          + " }"
    }
  }

  /// Keys joined by points; a key that holds a point stands in quotes.
  static func written(path: [String]) -> String {
    path.map { key in
      let isSafe = !key.isEmpty && !key.contains(".") && written(name: key) == key
      return isSafe ? key : quoted(key)
    }.joined(separator: ".")
  }

  /// The keys of a path.
  ///
  /// - Returns: `nil` if a quote does not close.
  static func path(_ text: String) -> [String]? {
    var keys: [String] = []
    var rest = Substring(trimmed(text))
    while true {
      if rest.first == "\"" {
        var end: Substring.Index?
        var isEscaped = false
        for place in rest.indices.dropFirst() {
          if rest[place] == "\"", !isEscaped {
            end = place
            break
          }
          isEscaped = rest[place] == "\\" && !isEscaped
        }
        guard let end else { return nil }
        keys.append(name(String(rest[...end])))
        rest = rest[rest.index(after: end)...]
      } else {
        let key = rest.prefix { $0 != "." }
        keys.append(trimmed(String(key)))
        rest = rest.dropFirst(key.count)
      }
      guard rest.first == "." else { return rest.isEmpty ? keys : nil }
      rest = rest.dropFirst()
    }
  }

  static func quoted(_ text: String) -> String { DraftYAML.quoted(text) }

  static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
