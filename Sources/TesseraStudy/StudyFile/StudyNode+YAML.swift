internal import Foundation
internal import TesseraSurvey
internal import Yams

extension StudyNode {
  /// Most bytes a study file may have.
  static let largestText = 1 << 20
  /// How deep lists and mappings may be nested.
  static let deepestNesting = 24

  /// Reads YAML, or JSON if the file is called so.
  ///
  /// Anchors, aliases and tags are refused, so that a small text stays a small tree.
  ///
  /// - Parameters:
  ///   - text: The whole text.
  ///   - file: The file's name, for messages.
  /// - Returns: The root of the tree.
  /// - Throws: ``StudyError`` for what is not YAML, not safe, or nothing.
  static func parse(_ text: String, file: String) throws(StudyError) -> StudyNode {
    let text = try checkedText(text, file: file)
    let root: StudyNode?
    do {
      // Explicit, because the default asks an environment variable.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      // Nodes hold their anchors weakly: they last as long as the parser does.
      root = try withExtendedLifetime(parser) {
        try parser.singleRoot().map {
          var builder = Builder(file: file)
          return try builder.node($0, path: "", depth: 0)
        }
      }
    } catch let error as StudyError {
      throw error
    } catch {
      throw syntaxError(error, file: file, text: text)
    }
    guard let root, !root.isEmpty else {
      throw StudyError(
        code: Code.empty.rawValue, message: "the study file is empty", file: file,
        hint: "tessera init drafts one from a survey")
    }
    return root
  }

  /// Turns the parser's nodes into ours, refusing what a study file does not need.
  private struct Builder {
    let file: String
    var count = 0

    mutating func node(_ node: Node, path: String, depth: Int) throws(StudyError) -> StudyNode {
      let line = node.mark?.line ?? 1
      func place(_ content: Content = .list([])) -> StudyNode {
        StudyNode(content: content, path: path, line: line, file: file)
      }
      count += 1
      guard depth <= StudyNode.deepestNesting, count <= 100_000 else {
        throw place().error(
          .size, "the study file is nested too deep or has too many parts",
          hint: "a study needs no more than \(StudyNode.deepestNesting) levels")
      }
      guard node.anchor == nil else { throw StudyNode.aliasError(place()) }
      switch node {
      case .alias: throw StudyNode.aliasError(place())
      case .scalar(let scalar):
        let isQuoted = scalar.style != .plain && scalar.style != .any
        try checkTag(scalar.tag, allowed: isQuoted ? [.implicit, .str] : [.implicit], place())
        return place(.text(try checked(scalar.string, place()), isQuoted: isQuoted))
      case .sequence(let sequence):
        try checkTag(sequence.tag, allowed: [.implicit], place())
        var nodes: [StudyNode] = []
        for (position, element) in sequence.enumerated() {
          nodes.append(try self.node(element, path: "\(path)[\(position)]", depth: depth + 1))
        }
        return place(.list(nodes))
      case .mapping(let mapping):
        try checkTag(mapping.tag, allowed: [.implicit], place())
        return place(.map(try entries(mapping, path: path, depth: depth, at: place())))
      }
    }

    private mutating func entries(
      _ mapping: Node.Mapping, path: String, depth: Int, at place: StudyNode
    ) throws(StudyError) -> [Entry] {
      var entries: [Entry] = []
      var seen: Set<AnswerCode> = []
      for (key, value) in mapping {
        let line = key.mark?.line ?? place.line
        guard case .scalar(let scalar) = key else {
          throw place.error(.wrongType, "a key must be a single word", line: line)
        }
        guard key.anchor == nil else { throw StudyNode.aliasError(place) }
        // Keys are compared by the parser, which gives plain ones the tag of a text.
        try checkTag(scalar.tag, allowed: [.implicit, .str], place)
        let name = try checked(scalar.string, place)
        guard seen.insert(.text(name)).inserted else {
          throw StudyNode.duplicateKey(name, file: file, line: line)
        }
        let keyPath = path.isEmpty ? name : "\(path).\(name)"
        let child = try node(value, path: keyPath, depth: depth + 1)
        entries.append(Entry(key: name, line: line, value: child))
      }
      return entries
    }

    private func checkTag(
      _ tag: Tag, allowed: [Tag.Name], _ place: StudyNode
    ) throws(StudyError) {
      guard !allowed.contains(Tag.Name(rawValue: tag.rawValue)) else { return }
      throw place.error(
        .tag, "the type tag \(DisplayText.escaped(tag.rawValue)) is not read",
        hint: "leave the tag out: a study knows the type of each key")
    }

    private func checked(_ text: String, _ place: StudyNode) throws(StudyError) -> String {
      guard !text.unicodeScalars.contains("\0") else {
        throw place.error(.encoding, "there is a zero character in a text", hint: "take it out")
      }
      return text
    }
  }

  /// An error for anchors and aliases.
  private static func aliasError(_ place: StudyNode) -> StudyError {
    place.error(
      .alias, "anchors (&) and aliases (*) are not read",
      hint: "write it out; a text that begins with & or * needs quotes")
  }

  private static func duplicateKey(_ name: String, file: String, line: Int) -> StudyError {
    StudyError(
      code: Code.duplicateKey.rawValue,
      message: "the key '\(DisplayText.escaped(name))' stands twice in one mapping", file: file,
      row: line, column: name, hint: "keep one of them")
  }

  /// Words for what the YAML parser found.
  private static func syntaxError(_ error: any Error, file: String, text: String) -> StudyError {
    func syntax(_ problem: String, _ line: Int) -> StudyError {
      let place = StudyNode(content: .list([]), path: "", line: line, file: file)
      if problem.contains("alias") { return aliasError(place) }
      if problem.contains("nesting level") {
        return place.error(
          .size, "the study file is nested too deep",
          hint: "a study needs no more than \(deepestNesting) levels")
      }
      if problem.contains("another document") {
        return place.error(
          .syntax, "a second document begins here", hint: "keep one study in a file")
      }
      return place.error(
        .syntax, "this is not YAML: \(problem)",
        hint: "check indentation, colons, brackets and quotes on this line and the one before")
    }
    guard let error = error as? YamlError else { return syntax("it cannot be read", 1) }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return syntax(problem, mark.line)
    case .duplicatedKeysInMapping(let names, let context):
      return duplicateKey(names.first ?? "", file: file, line: context.mark.line)
    case .reader(let problem, let offset, _, _):
      let line = offset.map { text.prefix($0).count { $0.isNewline } + 1 } ?? 1
      return StudyError(
        code: Code.encoding.rawValue, message: "the text cannot be read: \(problem)", file: file,
        row: line, hint: "save the study as UTF-8 without control characters")
    default: return syntax("it cannot be read", 1)
    }
  }
}
