/// Finds out the encoding of a text that is no UTF-8, from its letters.
///
/// An encoding is taken only if every sign above ASCII is a letter where letters stand, and one
/// language of that encoding has all of them. A text in which UTF-8 and another encoding are mixed
/// has none.
struct LegacyEncoding {
  /// Its name, as the system's converter knows it.
  let name: String
  /// What a reader calls it.
  let title: String

  /// The encoding of a text; `nil` if the letters fit none, or fit several with different results.
  static func guess(_ view: ByteView) -> LegacyEncoding? {
    let sample = Sample(view)
    guard sample.high > 0 else { return nil }
    if sample.isJapanese { return LegacyEncoding(name: "CP932", title: "Shift-JIS") }
    // A capital behind a small letter is a sign of the Macintosh: "Not muchÊ", "donÕt".
    if sample.isMac, let mac = candidates.first(where: { $0.encoding.name == "MACINTOSH" }),
      sample.letters(mac.table)?.isSubset(of: western) == true
    {
      return mac.encoding
    }
    // Western words have a letter here and there (two in "Größe"); Cyrillic ones hold nothing else.
    if sample.adjacent * 2 > sample.high, sample.isCyrillic {
      return LegacyEncoding(name: "WINDOWS-1251", title: "Windows-1251")
    }
    let fitting = candidates.compactMap { candidate -> (LegacyEncoding, [Unicode.Scalar])? in
      guard let letters = sample.letters(candidate.table),
        alphabets.contains(where: {
          candidate.alphabets.contains($0.key) && letters.isSubset(of: $0.value)
        })
      else { return nil }
      return (candidate.encoding, sample.bytes.compactMap { candidate.table[$0] ?? nil })
    }
    // Names of many languages in one Western file.
    guard let first = fitting.first else {
      let western = candidates[0]
      return sample.letters(western.table)?.isSubset(of: Self.western) == true
        ? western.encoding : nil
    }
    let others = fitting.dropFirst().filter { $0.1 != first.1 }
    // One or two letters, which Italian and Czech could both have: Windows-1252 is by far the most
    // common.
    return others.isEmpty || first.0.name == "WINDOWS-1252" && sample.bytes.count <= 2
      ? first.0 : nil
  }

  private struct Candidate {
    let encoding: LegacyEncoding
    let table: [UInt8: Unicode.Scalar?]
    let alphabets: Set<String>

    init(_ name: String, _ title: String, _ alphabets: Set<String>) {
      encoding = LegacyEncoding(name: name, title: title)
      table = TextEncoding.table(name)
      self.alphabets = alphabets
    }
  }

  private static let west: Set<String> = [
    "German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Nordic", "Catalan",
  ]
  private static let candidates = [
    Candidate("WINDOWS-1252", "Windows-1252", west),
    Candidate(
      "WINDOWS-1250", "Windows-1250", ["Polish", "Czech", "Hungarian", "Romanian", "Croatian"]),
    Candidate(
      "ISO-8859-2", "ISO 8859-2", ["Polish", "Czech", "Hungarian", "Romanian", "Croatian"]),
    Candidate("MACINTOSH", "Mac Roman", west), Candidate("CP850", "code page 850", west),
  ]
  private static let alphabets: [String: Set<Unicode.Scalar>] = [
    "German": "äöüß", "French": "àâæçéèêëîïôœùûü", "Spanish": "áéíñóúü",
    "Portuguese": "ãáàâçéêíóôõúü",
    "Italian": "àèéìíîòóù", "Dutch": "ëïéèöüáóê", "Nordic": "åäöæøéü", "Catalan": "àçèéíïòóúü",
    "Polish": "ąćęłńóśźż", "Czech": "áčďéěíňóřšťúůýžľĺŕôä", "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîşţ", "Croatian": "čćđšž",
  ].mapValues { letters in
    Set((letters + letters.uppercased()).unicodeScalars)
  }
  private static let western = west.reduce(into: Set<Unicode.Scalar>()) {
    $0.formUnion(alphabets[$1] ?? [])
  }
  /// Signs that stand between words, or at their ends.
  static let signs = Set("€‚„…‘’“”•–—™¡£§©«®°±²³´·¹»¿½¼¾ªºµ×\u{A0}\u{AD}".unicodeScalars)

  /// What stands above ASCII in a text, and beside what.
  private struct Sample {
    /// How many bytes stand above ASCII.
    private(set) var high = 0
    /// How many of these stand beside another.
    private(set) var adjacent = 0
    /// The different ones.
    private(set) var bytes: [UInt8] = []
    private var counts = [Int](repeating: 0, count: 256)
    /// Those that stand between two letters, and those that do not.
    private var within = [Bool](repeating: false, count: 256)
    /// How often a blank or an apostrophe of the Macintosh stands behind a small letter, and behind none.
    private var blanks = (behind: 0, other: 0)
    /// Signs of two bytes as Japanese writes them, and what is no such sign.
    private var kana = 0
    private var pairs = 0
    private var isPaired = true

    /// Looks at the first megabytes.
    init(_ view: ByteView) {
      let count = min(view.count, 8 << 20)
      func isHigh(_ place: Int) -> Bool { place >= 0 && place < count && view[place] >= 0x80 }
      func isLetter(_ place: Int) -> Bool {
        guard place >= 0, place < count else { return false }
        return view[place] >= 0x80 || (0x41...0x5A).contains(view[place] & 0xDF)
      }
      for place in 0..<count where view[place] >= 0x80 {
        let byte = view[place]
        high += 1
        counts[Int(byte)] += 1
        if byte == 0xCA || byte == 0xD5 {
          let isBehind = place > 0 && (0x61...0x7A).contains(view[place - 1])
          blanks = (blanks.behind + (isBehind ? 1 : 0), blanks.other + (isBehind ? 0 : 1))
        }
        if isHigh(place - 1) || isHigh(place + 1) { adjacent += 1 }
        if isLetter(place - 1), isLetter(place + 1) { within[Int(byte)] = true }
      }
      bytes = (0x80...0xFF).filter { counts[Int($0)] > 0 }
      var place = 0
      while place < count, isPaired {
        let byte = view[place]
        if (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte) {
          guard place + 1 < count else { break }
          let next = view[place + 1]
          isPaired = (0x40...0x7E).contains(next) || (0x80...0xFC).contains(next)
          pairs += 1
          if byte == 0x82 && (0x9F...0xF1).contains(next) || byte == 0x83 && next <= 0x96 {
            kana += 1
          }
          place += 2
        } else {
          place += 1
        }
      }
    }

    /// Whether capitals stand behind small letters, as a blank and an apostrophe of Mac Roman seem to in
    /// other encodings.
    var isMac: Bool { blanks.behind > 0 && blanks.behind >= blanks.other }

    var isJapanese: Bool { isPaired && pairs > 0 && kana * 20 >= pairs && pairs * 3 >= high }

    /// Whether the most frequent letters are those of Russian, Ukrainian or Bulgarian.
    var isCyrillic: Bool {
      let letters = (0xC0...0xFF).reduce(0) { $0 + counts[$1] }
      func share(_ frequent: [Int]) -> Double {
        Double(frequent.reduce(0) { $0 + counts[$1] }) / Double(max(1, letters))
      }
      let own = share([0xEE, 0xE5, 0xE0, 0xE8, 0xED, 0xF2])
      let koi = share([0xCF, 0xC5, 0xC1, 0xC9, 0xCE, 0xD4])
      let greek = share([0xE1, 0xEF, 0xE9, 0xF4, 0xF3, 0xFD])
      return letters * 10 >= high * 8 && own >= 0.3 && own > koi + 0.1 && own > greek + 0.1
    }

    /// The letters of the text in an encoding; `nil` if something is no sign, or stands in words
    /// without being a letter.
    func letters(_ table: [UInt8: Unicode.Scalar?]) -> Set<Unicode.Scalar>? {
      var letters: Set<Unicode.Scalar> = []
      for byte in bytes {
        guard let scalar = table[byte] ?? nil else { return nil }
        if scalar.properties.isAlphabetic, !"ªºµ".unicodeScalars.contains(scalar) {
          letters.insert(scalar)
        } else if !LegacyEncoding.signs.contains(scalar)
          || within[Int(byte)] && !"’‘–—\u{A0}\u{AD}·".unicodeScalars.contains(scalar)
        {
          return nil
        }
      }
      return letters
    }
  }
}
