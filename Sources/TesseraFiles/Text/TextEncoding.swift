internal import Glibc

/// Finds out the encoding of a text file, and turns it into UTF-8.
enum TextEncoding {
  /// A text as UTF-8, and what was found out about it.
  struct Decoded {
    /// Keeps the bytes in memory.
    let owner: FileBytes
    /// Where the text begins, behind a byte-order mark.
    let start: Int
    /// What to tell the user; empty if the file was plain UTF-8.
    var notices: [FileNotice]
  }

  /// Turns a file into UTF-8; its validity is checked here for converted text, and by
  /// ``checkUTF8(_:_:file:)`` for text that is taken as it stands.
  static func decode(
    _ owner: FileBytes, file: String, encoding: String?
  ) throws(SurveyFileError) -> Decoded {
    let view = owner.view
    if let encoding {
      let name = encoding.lowercased()
      if ["utf-8", "utf8", "utf-8-sig", "utf_8"].contains(name) {
        return Decoded(owner: owner, start: hasMark(view) ? 3 : 0, notices: [])
      }
      let plain = name.filter { $0.isLetter || $0.isNumber }
      let converted = try convert(view, from: aliases[plain] ?? encoding, file: file)
      return Decoded(owner: converted, start: hasMark(converted.view) ? 3 : 0, notices: [])
    }
    if hasMark(view) { return Decoded(owner: owner, start: 3, notices: []) }
    guard let wide = wideEncoding(view) else {
      return Decoded(owner: owner, start: 0, notices: [])
    }
    let converted = try convert(view, from: wide.name, file: file)
    let notice = FileNotice(file: file, message: "read as \(wide.name), \(wide.reason)")
    return Decoded(
      owner: converted, start: hasMark(converted.view) ? 3 : 0,
      notices: wide.isCertain ? [] : [notice])
  }

  /// Names that people write, without signs between letters and digits, and what the system's converter
  /// calls them.
  private static let aliases = [
    "cp1252": "WINDOWS-1252", "windows1252": "WINDOWS-1252", "win1252": "WINDOWS-1252",
    "ansi": "WINDOWS-1252", "latin1": "ISO-8859-1", "macroman": "MACINTOSH", "mac": "MACINTOSH",
    "xmacroman": "MACINTOSH", "macosroman": "MACINTOSH", "shiftjis": "CP932", "sjis": "CP932",
    "windows31j": "CP932", "koi8r": "KOI8-R", "koi8u": "KOI8-U", "eucjp": "EUC-JP",
    "euckr": "EUC-KR",
    "windows1250": "WINDOWS-1250", "windows1251": "WINDOWS-1251", "windows1253": "WINDOWS-1253",
    "windows1254": "WINDOWS-1254", "gb18030": "GB18030",
  ]

  /// Whether a text begins as UTF-8, as far as a block goes.
  static func isPlain(_ view: ByteView) -> Bool {
    guard wideEncoding(view) == nil else { return false }
    let end = min(view.count, 2 * SurveyBlocks.blockLength)
    // A sequence of bytes may be cut at the end.
    return firstFault(view, 0..<end).map { $0.position >= end - 4 && end < view.count } ?? true
  }

  private static func hasMark(_ view: ByteView) -> Bool {
    view.count >= 3 && view[0] == 0xEF && view[1] == 0xBB && view[2] == 0xBF
  }

  private static func wideEncoding(
    _ view: ByteView
  ) -> (name: String, reason: String, isCertain: Bool)? {
    guard view.count >= 2 else { return nil }
    if view[0] == 0xFF, view[1] == 0xFE {
      if view.count >= 4, view[2] == 0, view[3] == 0 {
        return ("UTF-32LE", "as its byte-order mark says", true)
      }
      return ("UTF-16LE", "as its byte-order mark says", true)
    }
    if view[0] == 0xFE, view[1] == 0xFF {
      return ("UTF-16BE", "as its byte-order mark says", true)
    }
    guard view.count.isMultiple(of: 2) else { return nil }
    var zeros = (even: 0, odd: 0)
    let looked = min(view.count, 4096) & ~1
    for position in stride(from: 0, to: looked, by: 2) {
      if view[position] == 0 { zeros.even += 1 }
      if view[position + 1] == 0 { zeros.odd += 1 }
    }
    let half = looked / 2
    if zeros.odd * 10 > half * 6, zeros.even == 0 {
      return ("UTF-16LE", "since every second byte is zero", false)
    }
    if zeros.even * 10 > half * 6, zeros.odd == 0 {
      return ("UTF-16BE", "since every second byte is zero", false)
    }
    return nil
  }

  /// What the bytes above ASCII mean in an encoding of one byte a sign; without those it has not.
  static func table(_ encoding: String) -> [UInt8: Unicode.Scalar?] {
    var table: [UInt8: Unicode.Scalar?] = [:]
    for byte in UInt8(0x80)...0xFF {
      let owner = FileBytes.copying([byte])
      // The views hold only as long as what owns the bytes.
      let converted = withExtendedLifetime(owner) {
        try? convert(owner.view, from: encoding, file: "")
      }
      guard let converted else { continue }
      let text = withExtendedLifetime(converted) {
        String(decoding: converted.view.bytes(0..<converted.view.count), as: UTF8.self)
      }
      table[byte] = text.unicodeScalars.first
    }
    return table
  }

  /// What the bytes of a text are in an encoding.
  ///
  /// - Parameters:
  ///   - sample: Whole lines of the text.
  ///   - encoding: The name that the system's converter knows.
  /// - Returns: The text; `nil` where its bytes are none of that encoding.
  static func text(_ sample: FileBytes, in encoding: String) -> String? {
    withExtendedLifetime(sample) {
      (try? convert(sample.view, from: encoding, file: "")).map { converted in
        withExtendedLifetime(converted) { converted.view.text(0..<converted.view.count) }
      }
    }
  }

  /// Converts a whole text to UTF-8 with the system's converter.
  private static func convert(
    _ view: ByteView, from encoding: String, file: String
  ) throws(SurveyFileError) -> FileBytes {
    guard let converter = unsafe iconv_open("UTF-8", encoding),
      unsafe converter != iconv_t(bitPattern: -1)
    else { throw .unknownEncoding(file: file, name: encoding) }
    defer { unsafe iconv_close(converter) }
    var input = view.bytes(0..<view.count).map { CChar(bitPattern: $0) }
    var result: [UInt8] = []
    result.reserveCapacity(view.count + view.count / 2)
    var buffer = [CChar](repeating: 0, count: 1 << 16)
    var failedAt: Int?
    unsafe input.withUnsafeMutableBufferPointer { source in
      var from = source.baseAddress
      var left = source.count
      while left > 0 {
        let (status, number, written) = unsafe buffer.withUnsafeMutableBufferPointer { target in
          var to = target.baseAddress
          var room = target.count
          let status = unsafe iconv(converter, &from, &left, &to, &room)
          return (status, errno, target.count - room)
        }
        result.append(contentsOf: buffer[0..<written].lazy.map { UInt8(bitPattern: $0) })
        if status == Int.max || status == -1, number != E2BIG {
          failedAt = source.count - left
          break
        }
      }
    }
    if let failedAt {
      let row = result.count { $0 == 0x0A } + 1
      throw .encoding(file: file, row: row, byte: failedAt + 1, encoding: encoding)
    }
    return FileBytes.copying(result)
  }

  /// Checks that bytes are UTF-8 without zero bytes.
  ///
  /// - Returns: The first bad position, and whether it is a zero byte; `nil` if all is well.
  static func firstFault(_ view: ByteView, _ range: Range<Int>) -> (position: Int, isZero: Bool)? {
    var position = range.lowerBound
    while position < range.upperBound {
      while position + 32 <= range.upperBound {
        let one = view.word(position)
        let two = view.word(position + 8)
        let three = view.word(position + 16)
        let four = view.word(position + 24)
        let low: UInt64 = 0x0101_0101_0101_0101
        // A byte below 1 borrows into its highest bit; bytes above 127 have it set already.
        let zero = (one &- low) | (two &- low) | (three &- low) | (four &- low)
        guard (one | two | three | four | zero) & 0x8080_8080_8080_8080 == 0 else { break }
        position += 32
      }
      guard position < range.upperBound else { return nil }
      let end = min(position + 32, range.upperBound)
      while position < end {
        let byte = view[position]
        if byte == 0 { return (position, true) }
        if byte < 0x80 {
          position += 1
          continue
        }
        guard let length = sequenceLength(view, position, range.upperBound) else {
          return (position, false)
        }
        position += length
      }
    }
    return nil
  }

  /// Length of the valid UTF-8 sequence at a position (Unicode 16, table 3-7); `nil` if there is
  /// none.
  private static func sequenceLength(_ view: ByteView, _ position: Int, _ end: Int) -> Int? {
    let first = view[position]
    func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      position + offset < end && range.contains(view[position + offset])
    }
    switch first {
    case 0xC2...0xDF: return follows(1) ? 2 : nil
    case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : nil
    case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : nil
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : nil
    case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : nil
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : nil
    case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : nil
    default: return nil
    }
  }
}
