public import Foundation

/// Text that is not JSON.
public struct JSONError: Error, Equatable {
  /// What is wrong, in one sentence.
  public let message: String
}

extension JSONValue {
  /// Reads JSON text; the members of objects come sorted by name.
  ///
  /// - Parameter data: UTF-8 text.
  /// - Returns: The value.
  /// - Throws: ``JSONError`` if it is not JSON, or nested more than 512 deep.
  public static func parse(_ data: Data) throws(JSONError) -> JSONValue {
    do {
      return try JSONDecoder().decode(JSONValue.self, from: data)
    } catch {
      throw JSONError(message: "this is not JSON, or it was cut short")
    }
  }
}

extension JSONValue: Decodable {
  /// Reads a value of any kind.
  ///
  /// - Parameter decoder: Where to read from.
  /// - Throws: What the decoder throws.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let values = try? container.decode([JSONValue].self) {
      self = .array(values)
    } else {
      let members = try container.decode([String: JSONValue].self)
      self = .object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }
}
