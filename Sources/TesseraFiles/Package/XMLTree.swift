/// An element of an XML document that is changed and written back.
///
/// Text and attributes stay as they were written, entities included, so that what is not changed keeps
/// its bytes.
public struct XMLTree: Sendable, Equatable {
  /// The name, with its prefix.
  public var name: String
  /// Names and values as written, between their quotes.
  public var attributes: [(name: String, value: String)] = []
  /// Elements and text in their order.
  public var children: [Node] = []

  /// What stands in an element.
  public enum Node: Sendable, Equatable {
    /// An element.
    case element(XMLTree)
    /// Text, comments and whatever else is kept as it is written.
    case raw(String)
  }

  /// Names an element.
  public init(_ name: String) { self.name = name }

  /// Whether two elements are written alike.
  public static func == (left: XMLTree, right: XMLTree) -> Bool { left.text == right.text }

  /// The value of an attribute.
  public subscript(attribute: String) -> String? {
    get { attributes.first { $0.name == attribute }?.value }
    set {
      if let place = attributes.firstIndex(where: { $0.name == attribute }) {
        if let newValue { attributes[place].value = newValue } else { attributes.remove(at: place) }
      } else if let newValue {
        attributes.append((attribute, newValue))
      }
    }
  }

  /// The elements directly inside.
  public var elements: [XMLTree] {
    children.compactMap { if case .element(let tree) = $0 { tree } else { nil } }
  }

  /// The first element of that name directly inside.
  public func first(_ name: String) -> XMLTree? { elements.first { $0.name == name } }

  /// The first element of that name at any depth, in the order of the document.
  public func find(_ name: String) -> XMLTree? {
    for element in elements {
      if element.name == name { return element }
      if let found = element.find(name) { return found }
    }
    return nil
  }

  /// All elements of that name at any depth.
  public func all(_ name: String) -> [XMLTree] {
    elements.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
  }

  /// Changes every element that a rule picks, wherever it stands; inner ones of a changed one stay.
  public mutating func change(_ rule: (inout XMLTree) -> Bool) {
    for place in children.indices {
      guard case .element(var tree) = children[place] else { continue }
      if !rule(&tree) { tree.change(rule) }
      children[place] = .element(tree)
    }
  }

  /// The element as text.
  public var text: String {
    var out = ""
    write(to: &out)
    return out
  }

  private func write(to out: inout String) {
    out += "<\(name)"
    for attribute in attributes { out += " \(attribute.name)=\"\(attribute.value)\"" }
    guard !children.isEmpty else {
      out += "/>"
      return
    }
    out += ">"
    for child in children {
      switch child {
      case .element(let tree): tree.write(to: &out)
      case .raw(let raw): out += raw
      }
    }
    out += "</\(name)>"
  }

  /// Elements nested deeper are refused.
  private static let deepest = 200

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - text: The document.
  ///   - member: What it is called in messages.
  ///   - file: The file it stands in.
  /// - Throws: ``SurveyFileError`` if it is not well formed, or declares a type of its own.
  public init(_ text: String, member: String, file: String) throws(SurveyFileError) {
    let damaged = SurveyFileError.damaged(
      file: file, detail: "its member \(member) is not well-formed XML")
    var rest = text[...]
    var stack: [XMLTree] = []
    var root: XMLTree?
    while let open = rest.firstIndex(of: "<") {
      let before = rest[..<open]
      if !before.isEmpty, !stack.isEmpty {
        stack[stack.count - 1].children.append(.raw(String(before)))
      }
      rest = rest[open...]
      if let kept = try Self.kept(&rest, damaged) {
        if !stack.isEmpty { stack[stack.count - 1].children.append(.raw(kept)) }
        continue
      }
      guard let close = Self.end(of: rest) else { throw damaged }
      let tag = rest[rest.index(after: rest.startIndex)..<close]
      rest = rest[rest.index(after: close)...]
      if tag.hasPrefix("/") {
        guard let element = stack.popLast(), tag.dropFirst().hasPrefix(element.name) else {
          throw damaged
        }
        if stack.isEmpty {
          root = element
        } else {
          stack[stack.count - 1].children.append(.element(element))
        }
        continue
      }
      let isEmpty = tag.hasSuffix("/")
      guard let element = Self.element(isEmpty ? tag.dropLast() : tag) else { throw damaged }
      if !isEmpty {
        guard stack.count < Self.deepest else { throw damaged }
        stack.append(element)
      } else if stack.isEmpty {
        root = element
      } else {
        stack[stack.count - 1].children.append(.element(element))
      }
    }
    guard stack.isEmpty, let root else { throw damaged }
    self = root
  }

  /// A comment, a section or an instruction at the front, taken off; `nil` before an element.
  private static func kept(
    _ rest: inout Substring, _ damaged: SurveyFileError
  ) throws(SurveyFileError) -> String? {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
    where rest.hasPrefix(start) {
      guard let range = rest.firstRange(of: end) else { throw damaged }
      let kept = String(rest[..<range.upperBound])
      rest = rest[range.upperBound...]
      return kept
    }
    if rest.hasPrefix("<!") { throw damaged }
    return nil
  }

  /// Where a tag ends: at the first `>` outside quotes.
  private static func end(of tag: Substring) -> Substring.Index? {
    var quote: Character?
    for place in tag.indices {
      let character = tag[place]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == ">" {
        return place
      }
    }
    return nil
  }

  private static func element(_ tag: Substring) -> XMLTree? {
    var rest = tag
    func skip(_ rest: inout Substring) { rest = rest.drop { $0.isWhitespace } }
    let name = rest.prefix { !$0.isWhitespace }
    guard !name.isEmpty else { return nil }
    var tree = XMLTree(String(name))
    rest = rest.dropFirst(name.count)
    skip(&rest)
    while !rest.isEmpty {
      let key = rest.prefix { $0 != "=" && !$0.isWhitespace }
      rest = rest.dropFirst(key.count)
      skip(&rest)
      guard !key.isEmpty, rest.first == "=" else { return nil }
      rest = rest.dropFirst()
      skip(&rest)
      guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
      rest = rest.dropFirst()
      let value = rest.prefix { $0 != quote }
      rest = rest.dropFirst(value.count + 1)
      // Written back between double quotes.
      tree.attributes.append((String(key), String(value).replacing("\"", with: "&quot;")))
      skip(&rest)
    }
    return tree
  }
}
