// Which encodings a text may be of, where its letters do not decide.
extension LegacyEncoding {
  private struct Named {
    let name: String
    let system: String
    let script: Script
  }

  private enum Script {
    case western
    case cyrillic
    case asian
  }

  private static let named = [
    Named(name: "windows-1252", system: "WINDOWS-1252", script: .western),
    Named(name: "windows-1250", system: "WINDOWS-1250", script: .western),
    Named(name: "iso-8859-2", system: "ISO-8859-2", script: .western),
    Named(name: "macintosh", system: "MACINTOSH", script: .western),
    Named(name: "cp850", system: "CP850", script: .western),
    Named(name: "windows-1251", system: "WINDOWS-1251", script: .cyrillic),
    Named(name: "koi8-r", system: "KOI8-R", script: .cyrillic),
    Named(name: "cp866", system: "CP866", script: .cyrillic),
    Named(name: "iso-8859-5", system: "ISO-8859-5", script: .cyrillic),
    Named(name: "shift_jis", system: "CP932", script: .asian),
    Named(name: "euc-jp", system: "EUC-JP", script: .asian),
    Named(name: "gbk", system: "GBK", script: .asian),
    Named(name: "euc-kr", system: "EUC-KR", script: .asian),
    Named(name: "big5", system: "BIG5", script: .asian),
  ]

  /// Most names that a hint lists.
  private static let most = 4

  /// The encodings that make words of a text, the likeliest first, by the names that `--encoding` takes.
  ///
  /// - Parameter view: The text.
  /// - Returns: At most four names; empty where none fits.
  static func fitting(_ view: ByteView) -> [String] {
    // Lines with something above ASCII, as many as are needed to tell.
    var lines: [UInt8] = []
    var place = 0
    let newline: UInt8 = view.first(0x0A, in: 0..<view.count) == nil ? 0x0D : 0x0A
    while place < min(view.count, 8 << 20), lines.count < 1 << 16 {
      let stop = view.first(newline, in: place..<view.count) ?? view.count
      if stop - place < 1 << 14, (place..<stop).contains(where: { view[$0] >= 0x80 }) {
        lines += view.bytes(place..<stop) + [0x0A]
      }
      place = stop + 1
    }
    let sample = FileBytes.copying(lines)
    var scored: [(name: String, score: Double)] = []
    for one in named {
      guard let text = TextEncoding.text(sample, in: one.system) else { continue }
      let score = score(text, one.script)
      if score >= 0.5 { scored.append((one.name, score)) }
    }
    let best = scored.map(\.score).max() ?? 0
    return scored.filter { $0.score >= best - 0.1 }.sorted { $0.score > $1.score }.prefix(most)
      .map(\.name)
  }

  /// The share of signs above ASCII that read as letters of a script where letters stand.
  private static func score(_ text: String, _ script: Script) -> Double {
    var (fits, all) = (0, 0)
    var before: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { before = scalar }
      guard scalar.value >= 0x80 else { continue }
      all += 1
      // A capital behind a small letter stands in no word.
      let isBroken = before.properties.isLowercase && scalar.properties.isUppercase
      switch script {
      case .western:
        let isLetter = (0xC0...0x17F).contains(scalar.value) && scalar.properties.isAlphabetic
        let isSign = signs.contains(scalar) && !before.properties.isAlphabetic || scalar == "’"
        if isLetter && !isBroken || isSign { fits += 1 }
      case .cyrillic:
        if (0x400...0x45F).contains(scalar.value), !isBroken {
          // Most letters of a text are small.
          fits += scalar.properties.isLowercase || !before.properties.isAlphabetic ? 1 : 0
        }
      case .asian:
        let isCommon =
          (0x4E00...0x9FFF).contains(scalar.value) || (0x3040...0x30FF).contains(scalar.value)
          || (0xAC00...0xD7A3).contains(scalar.value) || (0x3000...0x303F).contains(scalar.value)
          || (0xFF01...0xFF5E).contains(scalar.value)
        if isCommon { fits += 1 }
      }
    }
    return all == 0 ? 0 : Double(fits) / Double(all)
  }
}
