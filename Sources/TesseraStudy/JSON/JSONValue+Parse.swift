public import Foundation

/// Text that is not JSON.
public struct JSONError: Error, Equatable {
  /// What is wrong, in one sentence.
  public let message: String
  /// Where: the byte, from 0.
  public let offset: Int
}

extension JSONValue {
  /// Reads JSON text (RFC 8259); the members of objects keep their order.
  ///
  /// Stricter than the standard asks: a name may stand only once in an object, and no value may be
  /// nested more than 512 deep.
  ///
  /// - Parameter data: UTF-8 text.
  /// - Returns: The value.
  /// - Throws: ``JSONError`` that says what is wrong and where.
  /// - Complexity: O(bytes).
  public static func parse(_ data: Data) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes: [UInt8](data))
    return try parser.document()
  }
}

/// Reads one JSON document.
private struct JSONParser {
  let bytes: [UInt8]
  var place = 0
  var depth = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no part of the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func document() throws(JSONError) -> JSONValue {
    skipSpace()
    guard place < bytes.count else { throw failure("this is empty, not JSON") }
    let value = try value()
    skipSpace()
    guard place == bytes.count else { throw failure("something follows the end of the JSON") }
    return value
  }

  private func failure(_ message: String) -> JSONError {
    JSONError(message: message, offset: place)
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    guard depth < 512 else { throw failure("this JSON is nested too deeply") }
    depth += 1
    defer { depth -= 1 }
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw failure("this JSON was cut short")
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for byte in word.utf8 {
      guard next == byte else { throw failure("this is not JSON") }
      place += 1
    }
    return value
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    place += 1
    var members: [(String, JSONValue)] = []
    var names: Set<String> = []
    skipSpace()
    if next == UInt8(ascii: "}") {
      place += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("a name in quotes is missing") }
      let name = try text()
      guard names.insert(name).inserted else { throw failure("the name '\(name)' stands twice") }
      skipSpace()
      guard next == UInt8(ascii: ":") else { throw failure("a colon is missing") }
      place += 1
      skipSpace()
      members.append((name, try value()))
      skipSpace()
      if next == UInt8(ascii: "}") { break }
      guard next == UInt8(ascii: ",") else {
        throw failure(next == nil ? "this JSON was cut short" : "a comma is missing")
      }
      place += 1
    }
    place += 1
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    place += 1
    var values: [JSONValue] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      place += 1
      return .array([])
    }
    while true {
      skipSpace()
      values.append(try value())
      skipSpace()
      if next == UInt8(ascii: "]") { break }
      guard next == UInt8(ascii: ",") else {
        throw failure(next == nil ? "this JSON was cut short" : "a comma is missing")
      }
      place += 1
    }
    place += 1
    return .array(values)
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = place
    var isWhole = true
    while let byte = next {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"):
        isWhole = false
      default:
        return try number(from: start, isWhole: isWhole)
      }
      place += 1
    }
    return try number(from: start, isWhole: isWhole)
  }

  private func number(from start: Int, isWhole: Bool) throws(JSONError) -> JSONValue {
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard let first = digits.first, first.isNumber, digits.last?.isNumber == true,
      !(digits.count > 1 && first == "0" && digits.dropFirst().first?.isNumber == true)
    else { throw failure("this is not JSON") }
    if isWhole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else {
      throw failure("a number is too large or misshapen")
    }
    return .number(value)
  }

  private mutating func text() throws(JSONError) -> String {
    place += 1
    var out: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: out, as: UTF8.self) else {
          throw failure("a text is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &out)
      case 0x00..<0x20: throw failure("a text holds a control character")
      default: out.append(byte)
      }
    }
    throw failure("this JSON was cut short")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    guard let byte = next else { throw failure("this JSON was cut short") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        guard next == UInt8(ascii: "\\"), place + 1 < bytes.count,
          bytes[place + 1] == UInt8(ascii: "u")
        else { throw failure("half a character") }
        place += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half a character") }
        code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half a character") }
      out.append(contentsOf: String(Character(scalar)).utf8)
    default: throw failure("an unknown escape in a text")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    guard place + 4 <= bytes.count,
      bytes[place..<place + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw failure("an escape needs four hexadecimal digits") }
    place += 4
    return value
  }
}
