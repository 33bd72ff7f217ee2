/// A JSON value whose objects keep their order, so that equal results are equal bytes.
public enum JSONValue: Sendable, Equatable {
  /// Absent.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A number; one that is not finite is written as `null`.
  case number(Double)
  /// A text.
  case string(String)
  /// Values in a row.
  case array([JSONValue])
  /// Values by name, in order.
  case object([(String, JSONValue)])

  /// A number, or `null` where there is none.
  ///
  /// - Parameter value: The number.
  /// - Returns: A number or `null`.
  public static func optional(_ value: Double?) -> JSONValue {
    value.map { .number($0) } ?? .null
  }

  /// A text, or `null` where there is none.
  ///
  /// - Parameter value: The text.
  /// - Returns: A string or `null`.
  public static func optional(_ value: String?) -> JSONValue {
    value.map { .string($0) } ?? .null
  }

  /// Texts in a row.
  ///
  /// - Parameter values: The texts.
  /// - Returns: An array of strings.
  public static func strings(_ values: [String]) -> JSONValue {
    .array(values.map { .string($0) })
  }

  /// Numbers in a row.
  ///
  /// - Parameter values: The numbers.
  /// - Returns: An array of numbers.
  public static func numbers(_ values: [Double]) -> JSONValue {
    .array(values.map { .number($0) })
  }

  /// Whether two values are the same, order of names included.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.integer(let one), .integer(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): one == other
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)):
      one.count == other.count
        && zip(one, other).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
    default: false
    }
  }

  /// The value with a name, where this is an object that has one.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  /// The number, where this is one.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The text, where this is one.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The values, where this is an array.
  public var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  /// The names and values, where this is an object.
  public var members: [(String, JSONValue)]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension JSONValue {
  /// The value as JSON text, indented by two spaces, with a line break at the end.
  ///
  /// Arrays of plain values stand on one line. Numbers are the shortest that read back the same.
  public var text: String {
    var out = ""
    write(to: &out, indent: 0)
    out += "\n"
    return out
  }

  /// The value as JSON text on one line, safe inside an HTML script element.
  public var compactText: String {
    var out = ""
    writeCompact(to: &out)
    return out
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(to out: inout String, indent: Int) {
    switch self {
    case .array(let values) where !values.allSatisfy(\.isPlain):
      out += "[\n"
      for (position, value) in values.enumerated() {
        out += String(repeating: " ", count: indent + 2)
        value.write(to: &out, indent: indent + 2)
        out += position + 1 < values.count ? ",\n" : "\n"
      }
      out += String(repeating: " ", count: indent) + "]"
    case .array(let values):
      out += "["
      for (position, value) in values.enumerated() {
        if position > 0 { out += ", " }
        value.write(to: &out, indent: indent)
      }
      out += "]"
    case .object(let members) where !members.isEmpty:
      out += "{\n"
      for (position, member) in members.enumerated() {
        out += String(repeating: " ", count: indent + 2)
        JSONValue.writeString(member.0, to: &out)
        out += ": "
        member.1.write(to: &out, indent: indent + 2)
        out += position + 1 < members.count ? ",\n" : "\n"
      }
      out += String(repeating: " ", count: indent) + "}"
    default: writeCompact(to: &out)
    }
  }

  private func writeCompact(to out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .integer(let value): out += String(value)
    case .number(let value): out += JSONValue.text(of: value)
    case .string(let text): JSONValue.writeString(text, to: &out)
    case .array(let values):
      out += "["
      for (position, value) in values.enumerated() {
        if position > 0 { out += "," }
        value.writeCompact(to: &out)
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (position, member) in members.enumerated() {
        if position > 0 { out += "," }
        JSONValue.writeString(member.0, to: &out)
        out += ":"
        member.1.writeCompact(to: &out)
      }
      out += "}"
    }
  }

  private static func text(of value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }

  /// Escapes as JSON asks, and `<` too, so that the text can stand inside HTML.
  private static func writeString(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "<", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
