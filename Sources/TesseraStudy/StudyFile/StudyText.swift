internal import Foundation
internal import TesseraSurvey

extension StudyNode {
  /// A text that is safe to hand to the YAML parser.
  ///
  /// - Parameters:
  ///   - text: The whole text.
  ///   - file: The file's name: one that ends in `.json` must be JSON.
  /// - Returns: The text without its byte-order mark.
  /// - Throws: ``StudyError`` for what is too long, no text, or no JSON.
  static func checkedText(_ text: String, file: String) throws(StudyError) -> String {
    func error(_ code: Code, _ message: String, line: Int? = nil, hint: String) -> StudyError {
      StudyError(code: code.rawValue, message: message, file: file, row: line, hint: hint)
    }
    guard text.utf8.count <= largestText else {
      throw error(
        .size, "the study file has \(text.utf8.count) bytes; at most \(largestText) are read",
        hint: "is this the survey? name that under survey: file")
    }
    var text = text
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    if let zero = text.utf8.firstIndex(of: 0) {
      throw error(
        .encoding, "there is a zero byte in the text",
        line: text.utf8[..<zero].count { $0 == 0x0A } + 1, hint: "save the study as UTF-8")
    }
    // Before the parser sees it: it compares keys, and a key made of aliases of aliases would
    // keep it busy for ever.
    if let line = firstAlias(text) {
      throw error(
        .alias, "anchors (&) and aliases (*) are not read", line: line,
        hint: "write it out; a text that begins with & or * needs quotes")
    }
    guard file.lowercased().hasSuffix(".json") else { return text }
    if let line = trailingComma(text) {
      throw error(
        .syntax, "this is not JSON: a comma with nothing behind it", line: line,
        hint: "take the comma out")
    }
    do {
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    } catch let problem {
      let detail = (problem as NSError).userInfo["NSDebugDescription"] as? String ?? ""
      throw error(
        .syntax, "this is not JSON, or it was cut short", line: lineNumber(in: detail),
        hint: "look for a comma too many, a missing bracket, or NaN")
    }
    return joiningSurrogates(text)
  }

  /// The line of the first `*name` for which there is an `&name`, quotes and comments not regarded.
  ///
  /// An alias needs both, so a text without such a pair has none.
  private static func firstAlias(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    func names(after mark: UInt8) -> [(name: ArraySlice<UInt8>, offset: Int)] {
      bytes.indices.filter { bytes[$0] == mark }.compactMap { offset in
        let name = bytes[(offset + 1)...].prefix { byte in
          byte >= 0x80 || byte == 0x2D || byte == 0x5F || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        return name.isEmpty ? nil : (name, offset)
      }
    }
    let anchors = Set(names(after: UInt8(ascii: "&")).map(\.name))
    guard !anchors.isEmpty else { return nil }
    return names(after: UInt8(ascii: "*")).first { anchors.contains($0.name) }.map { alias in
      bytes[..<alias.offset].count { $0 == 0x0A } + 1
    }
  }

  /// The line of the first comma before a closing bracket, which Foundation lets pass.
  private static func trailingComma(_ text: String) -> Int? {
    var line = 1
    var comma: Int?
    var isInString = false
    var isEscaped = false
    for byte in text.utf8 {
      if byte == 0x0A { line += 1 }
      if isInString {
        if byte == UInt8(ascii: "\""), !isEscaped { isInString = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: break
      case UInt8(ascii: ","): comma = line
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let comma { return comma }
      default:
        comma = nil
        isInString = byte == UInt8(ascii: "\"")
      }
    }
    return nil
  }

  /// The line that Foundation names in the description of an error.
  private static func lineNumber(in description: String) -> Int? {
    guard let range = description.range(of: "line ") else { return nil }
    return Int(description[range.upperBound...].prefix { $0.isNumber })
  }

  /// JSON whose escaped surrogate pairs are characters, since YAML knows no pairs.
  ///
  /// - Parameter text: Valid JSON.
  /// - Returns: The same JSON.
  private static func joiningSurrogates(_ text: String) -> String {
    let bytes = Array(text.utf8)
    func unit(at offset: Int) -> UInt32? {
      guard offset + 6 <= bytes.count, bytes[offset] == 0x5C, bytes[offset + 1] == 0x75 else {
        return nil
      }
      let digits = bytes[(offset + 2)..<(offset + 6)]
      return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var offset = 0
    while offset < bytes.count {
      if let high = unit(at: offset), (0xD800...0xDBFF).contains(high),
        let low = unit(at: offset + 6), (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
      {
        result.append(contentsOf: Array(String(scalar).utf8))
        offset += 12
      } else {
        // A backslash keeps what follows it from being taken for the start of an escape.
        let length = bytes[offset] == 0x5C ? min(2, bytes.count - offset) : 1
        result.append(contentsOf: bytes[offset..<(offset + length)])
        offset += length
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
