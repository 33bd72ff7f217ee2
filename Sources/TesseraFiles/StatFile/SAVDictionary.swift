/// The records of an SPSS system file's dictionary that ReadStat does not hand out.
///
/// Multiple-response sets (record type 7, subtypes 7 and 19), the map from short to long names
/// (subtype 13), and what is needed to tell how long the file should be. After the description of
/// the format in the PSPP developers' guide.
struct SAVDictionary {
  /// A set as the file declares it, with short names.
  struct ResponseSet: Equatable {
    var name: String
    var label: String
    /// The value that says "chosen"; `nil` if members hold categories.
    var counted: String?
    var members: [String]
  }

  /// Number of cases in the header; -1 if unknown.
  private(set) var caseCount = -1
  /// 0 uncompressed, 1 bytecodes, 2 zlib.
  private(set) var compression = 0
  /// Number of 8-byte elements in a case.
  private(set) var elements = 0
  /// Where the cases begin; `nil` if the dictionary does not end.
  private(set) var dataStart: Int?
  /// Names by their short, upper-case form.
  private(set) var longNames: [String: String] = [:]
  /// The sets declared.
  private(set) var sets: [ResponseSet] = []

  private let view: ByteView
  private var position = 176
  private let isBigEndian: Bool

  /// Reads the dictionary as far as it makes sense.
  init?(_ view: ByteView) {
    guard view.count >= 176 else { return nil }
    self.view = view
    // The layout code, 2 or 3, tells the order of bytes.
    isBigEndian = view[64] == 0 && view[67] != 0
    compression = int(72)
    caseCount = int(80)
    readRecords()
  }

  private func int(_ place: Int) -> Int {
    guard place + 4 <= view.count else { return 0 }
    var value: UInt32 = 0
    for offset in 0..<4 {
      let byte = UInt32(view[place + (isBigEndian ? 3 - offset : offset)])
      value |= byte << UInt32(8 * offset)
    }
    return Int(Int32(bitPattern: value))
  }

  private mutating func readRecords() {
    while position + 4 <= view.count {
      let kind = int(position)
      position += 4
      let isFine: Bool
      switch kind {
      case 2: isFine = skipVariable()
      case 3: isFine = skipLabels()
      case 4: isFine = skip(4 + max(0, int(position)) * 4)
      case 6: isFine = skip(4 + max(0, int(position)) * 80)
      case 7: isFine = readExtension()
      case 999:
        position += 4
        dataStart = position <= view.count ? position : nil
        return
      default: return
      }
      guard isFine else { return }
    }
  }

  private mutating func skip(_ count: Int) -> Bool {
    guard count >= 0, count <= view.count - position else { return false }
    position += count
    return true
  }

  private mutating func skipVariable() -> Bool {
    elements += 1
    let hasLabel = int(position + 4)
    let missing = abs(int(position + 8))
    guard missing <= 3, skip(28) else { return false }
    if hasLabel == 1 {
      let length = int(position)
      guard length >= 0, skip(4 + (length + 3) / 4 * 4) else { return false }
    }
    return skip(missing * 8)
  }

  private mutating func skipLabels() -> Bool {
    let count = int(position)
    guard count >= 0, skip(4) else { return false }
    for _ in 0..<count {
      guard position + 9 <= view.count else { return false }
      let length = Int(view[position + 8])
      guard skip(8 + (length + 8) / 8 * 8) else { return false }
    }
    return true
  }

  private mutating func readExtension() -> Bool {
    guard position + 12 <= view.count else { return false }
    let subtype = int(position)
    let size = int(position + 4)
    let count = int(position + 8)
    guard size >= 0, count >= 0, size <= 1 << 20, skip(12), skip(0) else { return false }
    let start = position
    guard skip(size * count) else { return false }
    switch subtype {
    case 7, 19: readSets(view.bytes(start..<position))
    case 13: readLongNames(view.bytes(start..<position))
    default: break
    }
    return true
  }

  private mutating func readLongNames(_ bytes: [UInt8]) {
    for pair in bytes.split(separator: 0x09) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard parts.count == 2 else { continue }
      longNames[String(decoding: parts[0], as: UTF8.self).uppercased()] =
        String(decoding: parts[1], as: UTF8.self)
    }
  }

  private mutating func readSets(_ bytes: [UInt8]) {
    for line in bytes.split(separator: 0x0A) {
      if let set = Self.parseSet(Array(line)), !sets.contains(where: { $0.name == set.name }) {
        sets.append(set)
      }
    }
  }

  /// Reads one declaration: `$name=D1 1 8 Channels a b`, `$name=C 8 Channels a b`, or
  /// `$name=E 1 1 1 8 Channels a b`; lengths count bytes.
  static func parseSet(_ line: [UInt8]) -> ResponseSet? {
    guard let mark = line.firstIndex(of: UInt8(ascii: "=")), mark + 1 < line.count else {
      return nil
    }
    var place = mark + 1
    func skipSpace() { while place < line.count, line[place] == 0x20 { place += 1 } }
    func number() -> Int? {
      var value: Int?
      while place < line.count, line[place] >= 0x30, line[place] <= 0x39 {
        value = (value ?? 0) * 10 + Int(line[place] - 0x30)
        guard value ?? 0 <= line.count else { return nil }
        place += 1
      }
      return value
    }
    func counted() -> String? {
      guard let length = number(), place < line.count else { return nil }
      place += 1
      guard place + length <= line.count else { return nil }
      defer { place += length }
      return String(decoding: line[place..<place + length], as: UTF8.self)
    }
    let kind = line[place]
    place += 1
    var value: String?
    switch kind {
    case UInt8(ascii: "C"): skipSpace()
    case UInt8(ascii: "D"):
      guard let found = counted() else { return nil }
      value = found.trimmingSpaces
      skipSpace()
    case UInt8(ascii: "E"):
      skipSpace()
      guard number() != nil else { return nil }
      skipSpace()
      guard let found = counted() else { return nil }
      value = found.trimmingSpaces
      skipSpace()
    default: return nil
    }
    guard let label = counted() else { return nil }
    let members = line[min(place, line.count)...].split(separator: 0x20)
      .map { String(decoding: $0, as: UTF8.self).trimmingSpaces }.filter { !$0.isEmpty }
    let name = String(decoding: line[..<mark], as: UTF8.self).trimmingSpaces
    guard members.count >= 1 else { return nil }
    return ResponseSet(
      name: name.hasPrefix("$") ? String(name.dropFirst()) : name, label: label.trimmingSpaces,
      counted: kind == UInt8(ascii: "C") ? nil : value, members: members)
  }
}

extension String {
  /// The text without spaces and line ends around it.
  var trimmingSpaces: String {
    var text = Substring(self)
    while let last = text.last, last == " " || last == "\r" || last == "\0" { text.removeLast() }
    while let first = text.first, first == " " { text.removeFirst() }
    return String(text)
  }
}
