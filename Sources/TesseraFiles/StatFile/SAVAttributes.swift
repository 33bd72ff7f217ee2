internal import TesseraSurvey

/// The custom attributes of an SPSS dictionary (record type 7, subtypes 17 and 18), read and
/// written.
///
/// After the description of the format in the PSPP developers' guide: `name('value'⏎'value'⏎)`, for
/// variables `VARIABLE:name('value'⏎)name('value'⏎)/VARIABLE:...`.
enum SAVAttributes {
  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "'")

  /// The attributes of the file.
  static func ofFile(_ bytes: [UInt8], _ text: SAVText) -> [FileAttribute] {
    var place = 0
    return list(bytes, &place, text)
  }

  /// The attributes of variables, by their names in upper case.
  static func ofVariables(_ bytes: [UInt8], _ text: SAVText) -> [String: [FileAttribute]] {
    var found: [String: [FileAttribute]] = [:]
    var place = 0
    while let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) {
      let name = text.decode(bytes[place..<colon])
      place = colon + 1
      found[name.uppercased(), default: []] += list(bytes, &place, text)
      guard place < bytes.count, bytes[place] == UInt8(ascii: "/") else { break }
      place += 1
    }
    return found
  }

  private static func list(_ bytes: [UInt8], _ place: inout Int, _ text: SAVText)
    -> [FileAttribute]
  {
    var found: [FileAttribute] = []
    while place < bytes.count, bytes[place] != UInt8(ascii: "/") {
      guard let open = bytes[place...].firstIndex(of: UInt8(ascii: "(")) else { break }
      let name = text.decode(bytes[place..<open])
      place = open + 1
      var values: [String] = []
      while place < bytes.count, bytes[place] == quote {
        // A value ends with a quote before a line's end; quotes inside it stand as they are.
        guard
          let end = (place + 1..<bytes.count).first(where: {
            bytes[$0] == newline && bytes[$0 - 1] == quote && $0 > place + 1
          })
        else { return found }
        values.append(text.decode(bytes[place + 1..<end - 1]))
        place = end + 1
      }
      guard place < bytes.count, bytes[place] == UInt8(ascii: ")") else { return found }
      place += 1
      found.append(FileAttribute(name: name, values: values))
    }
    return found
  }

  /// The text of attributes, as the file holds it.
  static func text(_ attributes: [FileAttribute]) -> String {
    attributes.map { attribute in
      let values = attribute.values.map { value in
        "'" + value.map { $0.isNewline ? " " : String($0) }.joined() + "'\n"
      }
      return "\(attribute.name)(\(values.joined()))"
    }
    .joined()
  }

  /// The text of the attributes of variables; empty without any.
  static func text(_ variables: [(name: String, attributes: [FileAttribute])]) -> String {
    variables.filter { !$0.attributes.isEmpty }
      .map { "\($0.name):\(text($0.attributes))" }.joined(separator: "/")
  }
}
