extension JSONValue {
  /// The value with the members of all objects sorted by the bytes of their names.
  ///
  /// Two texts that say the same, in whatever order and layout, have the same canonical compact
  /// text; checksums are taken over it.
  public var canonical: JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.map { ($0.0, $0.1.canonical) }.sorted {
          $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
        })
    case .array(let values): .array(values.map(\.canonical))
    default: self
    }
  }

  /// The object without one of its members; the same value if it is not an object.
  ///
  /// - Parameter name: The member to leave out.
  /// - Returns: All other members in their order.
  public func without(_ name: String) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.0 != name })
  }

  /// The number as a whole number, where it is one.
  public var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value) where value == value.rounded() && abs(value) < 0x1p53: Int(value)
    default: nil
    }
  }

  /// The truth value, where this is one.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// Whether nothing stands here.
  public var isNull: Bool { self == .null }
}
