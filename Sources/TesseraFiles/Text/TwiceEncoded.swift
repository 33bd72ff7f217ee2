/// Tells of text that was turned into UTF-8 twice: "MÃ¼ller" for "Müller".
enum TwiceEncoded {
  /// How much of a text is looked at.
  private static let looked = 8 << 20

  /// Looks for letters that no language writes side by side.
  ///
  /// - Parameters:
  ///   - view: A text in UTF-8.
  ///   - file: The file, as the user named it.
  /// - Returns: One notice, or none.
  static func notices(_ view: ByteView, file: String) -> [FileNotice] {
    let end = min(view.count, looked)
    var place = 0
    var count = 0
    var first: Int?
    while let next = view.first(0xC3, in: place..<end) {
      place = next + 1
      guard isTwice(view, next) else { continue }
      first = first ?? next
      count += 1
    }
    guard let first else { return [] }
    let row = view.occurrences(of: 0x0A, in: 0..<first) + 1
    return [
      FileNotice(
        file: file, row: row,
        message: count == 1
          ? "a letter seems to have been encoded twice, as when 'ü' reads 'Ã¼': export the survey anew"
          : "\(count) letters, of which this is the first, seem to have been encoded twice, as when 'ü' "
            + "reads 'Ã¼': export the survey anew")
    ]
  }

  /// Whether the letter `Ã`, or `â€` as quotes become, stands before what was the second byte of a letter.
  private static func isTwice(_ view: ByteView, _ place: Int) -> Bool {
    guard place + 4 < view.count else {
      return place + 4 == view.count && isTwiceAtEnd(view, place)
    }
    switch view[place + 1] {
    // Ã and a sign from U+0080 to U+00BF; a blank between words is none.
    case 0x83: return view[place + 2] == 0xC2 && view[place + 3] != 0xA0
    // â and €.
    case 0xA2: return view[place + 2] == 0xE2 && view[place + 3] == 0x82 && view[place + 4] == 0xAC
    default: return false
    }
  }

  private static func isTwiceAtEnd(_ view: ByteView, _ place: Int) -> Bool {
    view[place + 1] == 0x83 && view[place + 2] == 0xC2 && view[place + 3] != 0xA0
  }
}
