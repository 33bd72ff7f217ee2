internal import TesseraSurvey

/// A study that is put together from cells: mappings that grow key by key.
struct FormTree {
  /// What stands at a key.
  enum Value {
    case leaf(StudyNode)
    case tree(FormTree)
  }

  /// A key with its place.
  struct Entry {
    let key: String
    let line: Int
    let cell: String?
    var value: Value
  }

  private(set) var entries: [Entry] = []

  /// Takes a mapping apart, so that parts of it can be taken out.
  init(_ node: StudyNode? = nil) {
    guard case .map(let parts)? = node?.content else { return }
    entries = parts.map { part in
      var value = Value.leaf(part.value)
      if case .map = part.value.content { value = .tree(FormTree(part.value)) }
      return Entry(key: part.key, line: part.line, cell: part.cell, value: value)
    }
  }

  /// Puts a value where the keys lead.
  ///
  /// - Returns: False if something stands there already.
  mutating func put(_ node: StudyNode, at path: ArraySlice<String>, heading: String? = nil) -> Bool
  {
    guard let key = path.first else { return false }
    let rest = path.dropFirst()
    guard let place = entries.firstIndex(where: { $0.key == key }) else {
      var value = Value.leaf(node)
      if !rest.isEmpty {
        var tree = FormTree()
        guard tree.put(node, at: rest, heading: heading) else { return false }
        value = .tree(tree)
      }
      entries.append(
        Entry(key: key, line: node.line, cell: heading ?? node.cell, value: value))
      return true
    }
    guard !rest.isEmpty else {
      // An entry that was only named may still get its keys.
      guard case .map(let parts) = node.content, parts.isEmpty,
        case .tree = entries[place].value
      else { return false }
      return true
    }
    var tree: FormTree
    switch entries[place].value {
    case .tree(let own): tree = own
    case .leaf(let leaf):
      guard case .map(let parts) = leaf.content, parts.isEmpty else { return false }
      tree = FormTree()
    }
    let isNew = tree.put(node, at: rest, heading: heading)
    entries[place].value = .tree(tree)
    return isNew
  }

  /// What stands where the keys lead.
  subscript(path: ArraySlice<String>) -> Value? {
    guard let key = path.first, let entry = entries.first(where: { $0.key == key }) else {
      return nil
    }
    if path.count == 1 { return entry.value }
    guard case .tree(let tree) = entry.value else { return nil }
    return tree[path.dropFirst()]
  }

  /// Takes out what stands where the keys lead.
  mutating func take(_ path: ArraySlice<String>) {
    guard let key = path.first, let place = entries.firstIndex(where: { $0.key == key }) else {
      return
    }
    guard path.count > 1 else {
      entries.remove(at: place)
      return
    }
    guard case .tree(var tree) = entries[place].value else { return }
    tree.take(path.dropFirst())
    entries[place].value = .tree(tree)
  }

  /// The tree as a node of a study.
  ///
  /// - Parameters:
  ///   - path: The keys that lead to it.
  ///   - file: The workbook.
  /// - Returns: A mapping whose parts know their cells.
  func node(path: String, file: String) -> StudyNode {
    let parts = entries.map { entry -> StudyNode.Entry in
      let own = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      switch entry.value {
      case .leaf(let leaf):
        return StudyNode.Entry(
          key: entry.key, line: entry.line, value: leaf.moved(to: own, cell: entry.cell),
          cell: entry.cell)
      case .tree(let tree):
        var node = tree.node(path: own, file: file)
        node.cell = entry.cell
        return StudyNode.Entry(key: entry.key, line: entry.line, value: node, cell: entry.cell)
      }
    }
    return StudyNode(
      content: .map(parts), path: path, line: entries.first?.line ?? 1, file: file)
  }

  /// What stands at an entry, as a node.
  static func node(of entry: Entry) -> StudyNode {
    switch entry.value {
    case .leaf(let leaf): leaf
    case .tree(let tree): tree.node(path: "", file: "")
    }
  }

  /// All leaves with the keys that lead to them.
  func leaves(_ path: [String] = []) -> [(path: [String], node: StudyNode)] {
    entries.flatMap { entry -> [(path: [String], node: StudyNode)] in
      switch entry.value {
      case .leaf(let leaf): [(path + [entry.key], leaf)]
      case .tree(let tree): tree.leaves(path + [entry.key])
      }
    }
  }
}

extension StudyNode {
  /// The node with everything in it, as standing at other keys; its cell stays if it has one.
  fileprivate func moved(to path: String, cell: String?) -> StudyNode {
    let own = self.cell ?? cell
    let content: Content =
      switch self.content {
      case .text: self.content
      case .list(let nodes):
        .list(nodes.enumerated().map { $1.moved(to: "\(path)[\($0)]", cell: own) })
      case .map(let entries):
        .map(
          entries.map {
            Entry(
              key: $0.key, line: line, value: $0.value.moved(to: "\(path).\($0.key)", cell: own),
              cell: own)
          })
      }
    return StudyNode(content: content, path: path, line: line, file: file, cell: own)
  }
}
