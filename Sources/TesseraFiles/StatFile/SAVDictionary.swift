internal import TesseraSurvey

/// The records of an SPSS system file's dictionary that ReadStat does not hand out.
///
/// Multiple-response sets (record type 7, subtypes 7 and 19), the map from short to long names
/// (subtype 13), attributes (17 and 18), and what is needed to tell how long the file should be. After the description of
/// the format in the PSPP developers' guide.
struct SAVDictionary {
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
  private(set) var sets: [SAVResponseSet] = []
  /// At which side values of a variable stand, by its name in upper case.
  private(set) var alignmentOf: [String: ColumnDisplay.Alignment] = [:]
  /// Attributes of the file.
  private(set) var attributes: [FileAttribute] = []
  /// Attributes of variables, by their names in upper case.
  private(set) var attributesOf: [String: [FileAttribute]] = [:]

  /// The labels of variables and values as they stand, a line each: what tells the encoding.
  private(set) var labelBytes: [UInt8] = []

  /// Short names of the variables, in the order of their records.
  private var shortNames: [String] = []
  /// Alignments in the order of the variables' records.
  private var alignments: [Int] = []
  private let view: ByteView
  private let text: SAVText
  private var position = 176
  private let isBigEndian: Bool

  /// Reads the dictionary as far as it makes sense.
  ///
  /// - Parameters:
  ///   - view: The bytes of the file.
  ///   - encoding: The encoding of its texts; UTF-8 if empty.
  init?(_ view: ByteView, encoding: String) {
    guard view.count >= 176 else { return nil }
    self.view = view
    text = SAVText(encoding: encoding)
    // The layout code, 2 or 3, tells the order of bytes.
    isBigEndian = view[64] == 0 && view[67] != 0
    compression = int(72)
    caseCount = int(80)
    readRecords()
    for (name, alignment) in zip(shortNames, alignments) {
      let known: [ColumnDisplay.Alignment] = [.left, .right, .center]
      guard known.indices.contains(alignment) else { continue }
      alignmentOf[(longNames[name] ?? name).uppercased()] = known[alignment]
    }
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
    // Further elements of a text have a width of -1 and no name of their own.
    if int(position) >= 0, position + 28 <= view.count {
      let name = view.bytes(position + 20..<position + 28)
      shortNames.append(text.decode(name[...]).trimmingSpaces.uppercased())
    }
    let hasLabel = int(position + 4)
    let missing = abs(int(position + 8))
    guard missing <= 3, skip(28) else { return false }
    if hasLabel == 1 {
      let length = int(position)
      let start = position + 4
      guard length >= 0, skip(4 + (length + 3) / 4 * 4) else { return false }
      keep(start, length)
    }
    return skip(missing * 8)
  }

  private mutating func keep(_ start: Int, _ length: Int) {
    guard labelBytes.count < 1 << 18, start + length <= view.count else { return }
    labelBytes.append(contentsOf: view.bytes(start..<start + length))
    labelBytes.append(0x0A)
  }

  private mutating func skipLabels() -> Bool {
    let count = int(position)
    guard count >= 0, skip(4) else { return false }
    for _ in 0..<count {
      guard position + 9 <= view.count else { return false }
      let length = Int(view[position + 8])
      let start = position + 9
      guard skip(8 + (length + 8) / 8 * 8) else { return false }
      keep(start, length)
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
    case 11: readDisplay(start, size * count)
    case 7, 19: readSets(view.bytes(start..<position))
    case 13: readLongNames(view.bytes(start..<position))
    case 17: attributes += SAVAttributes.ofFile(view.bytes(start..<position), text)
    case 18:
      let found = SAVAttributes.ofVariables(view.bytes(start..<position), text)
      attributesOf.merge(found) { $0 + $1 }
    default: break
    }
    return true
  }

  /// Measure, width and alignment of each variable; older programs leave the width out.
  private mutating func readDisplay(_ start: Int, _ bytes: Int) {
    let words = bytes / 4
    let each = words == shortNames.count * 2 ? 2 : 3
    alignments = stride(from: each - 1, to: words, by: each).map { int(start + $0 * 4) }
  }

  private mutating func readLongNames(_ bytes: [UInt8]) {
    for pair in bytes.split(separator: 0x09) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard parts.count == 2 else { continue }
      longNames[text.decode(parts[0]).uppercased()] = text.decode(parts[1])
    }
  }

  private mutating func readSets(_ bytes: [UInt8]) {
    for line in bytes.split(separator: 0x0A) {
      if let set = SAVResponseSet.parse(Array(line), text),
        !sets.contains(where: { $0.name == set.name })
      {
        sets.append(set)
      }
    }
  }
}
