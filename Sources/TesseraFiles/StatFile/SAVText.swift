internal import Glibc

/// Turns texts of an SPSS dictionary into Unicode.
@safe
final class SAVText {
  private let converter: iconv_t?

  /// Takes the name of the file's encoding; what is UTF-8, or unknown, is taken as it stands.
  init(encoding: String) {
    let name = encoding.uppercased()
    let isPlain = name.isEmpty || name == "UTF-8" || name == "UTF8" || name == "US-ASCII"
    let opened = isPlain ? nil : unsafe iconv_open("UTF-8", encoding)
    unsafe converter = opened == iconv_t(bitPattern: -1) ? nil : opened
  }

  deinit {
    if let converter = unsafe converter { unsafe iconv_close(converter) }
  }

  /// A text; signs that are not valid in the encoding stand as U+FFFD.
  func decode(_ bytes: ArraySlice<UInt8>) -> String {
    guard let converter = unsafe converter, bytes.contains(where: { $0 >= 0x80 }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    unsafe iconv(converter, nil, nil, nil, nil)
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 4)
    let isWhole = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target -> Int? in
        var from = source.baseAddress
        var left = source.count
        var to = target.baseAddress
        var room = target.count
        unsafe iconv(converter, &from, &left, &to, &room)
        return left == 0 ? target.count - room : nil
      }
    }
    guard let count = isWhole else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: output[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
