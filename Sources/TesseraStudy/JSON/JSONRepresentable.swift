/// What can stand in a JSON document: texts, numbers, truth values, lists of them, and values that
/// may be absent.
///
/// An object is written as it reads, and keeps the order of its names:
/// `["name": name, "share": share, "answers": answers.map(\.json)]`.
public protocol JSONRepresentable {
  /// The value as JSON.
  var json: JSONValue { get }
}

extension JSONValue: JSONRepresentable, ExpressibleByDictionaryLiteral {
  /// The value itself.
  public var json: JSONValue { self }

  /// An object of names and values, in order.
  public init(dictionaryLiteral members: (String, any JSONRepresentable)...) {
    self = .object(members.map { ($0.0, $0.1.json) })
  }

  /// Adds the names and values of another object after its own.
  ///
  /// - Parameter members: The other object.
  public mutating func add(_ members: JSONValue) {
    self = .object((self.members ?? []) + (members.members ?? []))
  }

  /// The object with the names and values of another after its own.
  ///
  /// - Parameter members: The other object.
  /// - Returns: Both in one.
  public func adding(_ members: JSONValue) -> JSONValue {
    var all = self
    all.add(members)
    return all
  }

  /// Values in a row, one for each element.
  ///
  /// - Parameters:
  ///   - elements: What is listed.
  ///   - value: The value of an element.
  /// - Returns: An array.
  public static func list<Element>(
    _ elements: some Sequence<Element>, _ value: (Element) -> JSONValue
  ) -> JSONValue {
    .array(elements.map(value))
  }
}

extension String: JSONRepresentable {
  /// A string.
  public var json: JSONValue { .string(self) }
}

extension Double: JSONRepresentable {
  /// A number; `null` in the text if it is not finite.
  public var json: JSONValue { .number(self) }
}

extension Int: JSONRepresentable {
  /// A whole number.
  public var json: JSONValue { .integer(self) }
}

extension Bool: JSONRepresentable {
  /// True or false.
  public var json: JSONValue { .bool(self) }
}

extension Optional: JSONRepresentable where Wrapped: JSONRepresentable {
  /// The value, or `null` where there is none.
  public var json: JSONValue { self?.json ?? .null }
}

extension Array: JSONRepresentable where Element: JSONRepresentable {
  /// The values in a row.
  public var json: JSONValue { .array(map(\.json)) }
}
