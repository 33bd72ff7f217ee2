internal import TesseraSurvey

extension StudyNode {
  /// The nodes of a list.
  func list(_ expected: String, example: String? = nil) throws(StudyError) -> [StudyNode] {
    if case .list(let nodes) = content { return nodes }
    if isEmpty { return [] }
    throw wrongType(expected, hint: example.map { "write \($0)" })
  }

  /// The entries of a mapping, whatever its keys; nothing at all is an empty mapping.
  func entries(_ expected: String, example: String? = nil) throws(StudyError) -> [Entry] {
    if case .map(let entries) = content { return entries }
    if isEmpty { return [] }
    throw wrongType(expected, hint: example.map { "write \($0)" })
  }

  /// Names in a list; a single name may stand without brackets.
  func names(_ expected: String, example: String) throws(StudyError) -> [String] {
    if case .text = content, !isEmpty {
      return [try text(expected, example: example)]
    }
    var names: [String] = []
    for node in try list(expected, example: example) {
      let name = try node.text("a name")
      if names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
        throw node.error(
          .duplicateKey, "'\(DisplayText.escaped(name))' stands twice in the list",
          hint: "name each once")
      }
      names.append(name)
    }
    return names
  }

  /// Exactly two numbers.
  func pair(_ expected: String, example: String) throws(StudyError) -> (Double, Double) {
    let nodes = try list(expected, example: example)
    guard nodes.count == 2 else {
      throw error(
        .wrongType, "expected \(expected), found a list of \(nodes.count)",
        hint: "write \(example)")
    }
    return (
      try nodes[0].number("a number", example: example),
      try nodes[1].number("a number", example: example)
    )
  }

  /// The values of a mapping whose keys are known beforehand.
  ///
  /// - Parameters:
  ///   - known: The keys that mean something here.
  ///   - expected: What the mapping is, such as "a need".
  ///   - example: What could be written.
  /// - Returns: The values by key.
  /// - Throws: ``StudyError`` for a key that is not known, with the nearest one that is.
  func fields(
    _ known: [String], of expected: String, example: String? = nil
  ) throws(StudyError) -> Fields {
    let entries = try entries("a mapping for \(expected)", example: example)
    for entry in entries where !known.contains(entry.key) {
      let error = entry.value.unknownKey(entry, of: expected, known: known)
      guard let log else { throw error }
      log.add(error)
    }
    return Fields(node: self, expected: expected, entries: entries)
  }

  /// An error for a key that means nothing, with the nearest one that does.
  func unknownKey(_ entry: Entry, of expected: String, known: [String]) -> StudyError {
    let near = NearestName.question(entry.key, among: known)
    return error(
      .unknownKey, "'\(DisplayText.escaped(entry.key))' is not a key of \(expected)",
      hint: near ?? "known keys: \(known.joined(separator: ", "))", line: entry.line)
  }

  /// The node and everything in it, noting keys that mean nothing.
  func noting(_ log: FaultLog) -> StudyNode {
    var node = self
    node.log = log
    switch content {
    case .text: break
    case .list(let nodes): node = with(.list(nodes.map { $0.noting(log) }), log)
    case .map(let entries):
      node = with(
        .map(
          entries.map {
            Entry(key: $0.key, line: $0.line, value: $0.value.noting(log), cell: $0.cell)
          }), log)
    }
    return node
  }

  private func with(_ content: Content, _ log: FaultLog) -> StudyNode {
    StudyNode(content: content, path: path, line: line, file: file, cell: cell, log: log)
  }

  /// The values of a mapping with known keys.
  struct Fields: Sendable {
    let node: StudyNode
    let expected: String
    let entries: [Entry]

    /// The value of a key, if the key is there.
    subscript(key: String) -> StudyNode? {
      entries.first { $0.key == key }?.value
    }

    /// The value of a key that must be there.
    func required(_ key: String, example: String) throws(StudyError) -> StudyNode {
      if let value = self[key] { return value }
      throw node.error(
        .missingKey, "\(expected) must say its '\(key)'", hint: "add \(key): \(example)")
    }

    /// The text of a key, if the key is there.
    func text(_ key: String, _ expected: String) throws(StudyError) -> String? {
      guard let value = self[key] else { return nil }
      return try value.text(expected)
    }
  }
}
