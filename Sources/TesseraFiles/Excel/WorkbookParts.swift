/// The sheets of a workbook, and where they stand.
final class WorkbookHandler: XMLHandler {
  /// One sheet as the workbook lists it.
  struct Sheet {
    let name: String
    let relation: String
    let isHidden: Bool
  }

  private(set) var sheets: [Sheet] = []
  /// Whether days are counted from 1904.
  private(set) var isFrom1904 = false

  private static let sheet = XMLKey("sheet")
  private static let properties = XMLKey("workbookPr")

  override func start(_ name: XMLKey, _ attributes: XMLAttributes) {
    if name == Self.sheet {
      sheets.append(
        Sheet(
          name: attributes.text(XMLKey("name")) ?? "Sheet\(sheets.count + 1)",
          relation: attributes.text(XMLKey("id")) ?? "",
          isHidden: (attributes.text(XMLKey("state")) ?? "visible") != "visible"))
    } else if name == Self.properties {
      // An extension of later years has an element of the same local name.
      let flag = attributes.text(XMLKey("date1904"))
      isFrom1904 = isFrom1904 || flag == "1" || flag == "true"
    }
  }
}

/// The parts that a part of a workbook refers to.
final class RelationsHandler: XMLHandler {
  /// Targets and kinds by identifier.
  private(set) var relations: [String: (target: String, kind: String)] = [:]

  private static let relationship = XMLKey("Relationship")

  override func start(_ name: XMLKey, _ attributes: XMLAttributes) {
    guard name == Self.relationship, let id = attributes.text(XMLKey("Id")),
      let target = attributes.text(XMLKey("Target"))
    else { return }
    let kind = attributes.text(XMLKey("Type"))?.split(separator: "/").last.map(String.init) ?? ""
    relations[id] = (target, kind)
  }

  /// The path of a target inside the archive.
  ///
  /// - Parameters:
  ///   - target: Relative to `folder`, or from the root with a slash before it.
  ///   - folder: Where the part that refers to it stands.
  /// - Returns: From the root, without a slash before it.
  static func path(_ target: String, in folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = folder.split(separator: "/").map(String.init)
    for step in target.split(separator: "/") {
      if step == ".." { _ = parts.popLast() } else if step != "." { parts.append(String(step)) }
    }
    return parts.joined(separator: "/")
  }
}

/// The texts that cells share.
final class SharedStringsHandler: XMLHandler {
  private(set) var texts: [String] = []

  private static let item = XMLKey("si")
  private static let text = XMLKey("t")
  private static let phonetic = XMLKey("rPh")

  private var bytes: [UInt8] = []
  private var isInText = false
  private var phoneticDepth = 0

  override func start(_ name: XMLKey, _ attributes: XMLAttributes) {
    if name == Self.text {
      isInText = phoneticDepth == 0
    } else if name == Self.item {
      bytes.removeAll(keepingCapacity: true)
    } else if name == Self.phonetic {
      phoneticDepth += 1
    }
  }

  override func text(_ view: ByteView) {
    guard isInText else { return }
    for place in 0..<view.count { bytes.append(view[place]) }
  }

  override func end(_ name: XMLKey) {
    if name == Self.text {
      isInText = false
    } else if name == Self.item {
      texts.append(ExcelText.decoded(bytes))
    } else if name == Self.phonetic {
      phoneticDepth -= 1
    }
  }
}

/// Texts as Excel writes them.
enum ExcelText {
  /// A text with `_x0009_` and the like put back to the signs they stand for.
  static func decoded(_ bytes: [UInt8]) -> String {
    guard bytes.contains(0x5F) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var units: [UInt16] = []
    func flush() {
      result.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
      units.removeAll()
    }
    var place = 0
    while place < bytes.count {
      if let unit = escape(bytes, place) {
        // Signs beyond the first plane are two escapes in a row.
        units.append(unit)
        place += 7
      } else {
        flush()
        result.append(bytes[place])
        place += 1
      }
    }
    flush()
    return String(decoding: result, as: UTF8.self)
  }

  /// A text in which what looks like `_x0009_` is kept from being taken for it, and in which the two signs
  /// that XML cannot hold are written so.
  static func encoded(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x5F || $0 == 0xEF }) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let next = bytes[place..<min(bytes.count, place + 3)]
      if next.elementsEqual([0xEF, 0xBF, 0xBE]) || next.elementsEqual([0xEF, 0xBF, 0xBF]) {
        result.append(contentsOf: next.last == 0xBE ? "_xFFFE_".utf8 : "_xFFFF_".utf8)
        place += 3
        continue
      }
      if escape(bytes, place) != nil { result.append(contentsOf: "_x005F".utf8) }
      result.append(bytes[place])
      place += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(_ bytes: [UInt8], _ place: Int) -> UInt16? {
    guard place + 7 <= bytes.count, bytes[place] == 0x5F, bytes[place + 1] == 0x78,
      bytes[place + 6] == 0x5F
    else { return nil }
    var value: UInt16 = 0
    for byte in bytes[place + 2..<place + 6] {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: return nil
      }
      value = value << 4 | UInt16(digit)
    }
    return value == 0 ? nil : value
  }
}
