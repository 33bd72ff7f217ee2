import TesseraFiles

/// Texts that stay within their boxes, in points.
enum DeckLayout {
  /// Room inside the edge of a box, on each side.
  static let inset = 4.0
  /// Height of a line in font sizes.
  static let leading = 1.22
  /// The smallest letters on a slide.
  static let smallest = 9.0
  /// Fonts of other people's templates may be wider than those measured.
  private static let caution = 1.04

  /// Lines that a text takes.
  static func lines(_ text: String, width: Double, size: Double, isBold: Bool = false) -> Int {
    max(
      1,
      TextMeasure.wrapped(
        text, to: max(20, width) / caution, size: size, lines: 400, isBold: isBold
      ).count)
  }

  /// The largest size at which paragraphs fit a box, and the paragraphs that do at the smallest.
  ///
  /// - Parameters:
  ///   - paragraphs: What is to stand in the box.
  ///   - width: Points.
  ///   - height: Points.
  ///   - largest: Points.
  /// - Returns: Size in whole points; the last paragraphs are cut where even the smallest does not do.
  static func fitted(
    _ paragraphs: [DeckParagraph], width: Double, height: Double, largest: Double
  ) -> (size: Double, paragraphs: [DeckParagraph]) {
    var size = largest
    while size > smallest, needed(paragraphs, width: width, size: size) > height { size -= 1 }
    var kept = paragraphs
    while kept.count > 1, needed(kept, width: width, size: size) > height { kept.removeLast() }
    if let last = kept.last, needed(kept, width: width, size: size) > height {
      let room = max(1, Int((height - 2 * inset) / (size * leading)))
      let cut = TextMeasure.wrapped(
        last.text, to: (width - 2 * inset - 14) / caution, size: size, lines: room,
        isBold: last.style == .strong)
      kept[kept.count - 1] = DeckParagraph(cut.joined(separator: " "), last.style)
    }
    return (size, kept)
  }

  private static func needed(
    _ paragraphs: [DeckParagraph], width: Double, size: Double
  ) -> Double {
    paragraphs.reduce(2 * inset) { sum, one in
      let room = width - 2 * inset - (one.style == .bullet ? 14 : 0)
      let lines = lines(one.text, width: room, size: size, isBold: one.style == .strong)
      return sum + size * (leading * Double(lines) + 0.4)
    }
  }

  /// Rows of a table with their heights; rows that do not fit are left out.
  static func rows(
    _ table: DeckTable, width: Double, height: Double
  ) -> (size: Double, heights: [Double]) {
    let all = [table.header] + table.rows.map { $0.map(\.text) }
    func heights(_ size: Double) -> [Double] {
      all.enumerated().map { number, row in
        let lines =
          row.enumerated().map { place, text in
            DeckLayout.lines(
              text, width: width * table.widths[place] - 10, size: size, isBold: number == 0)
          }.max() ?? 1
        return size * leading * Double(lines) + 9
      }
    }
    // Heads break between words only.
    func breaks(_ size: Double) -> Bool {
      table.header.enumerated().contains { place, text in
        text.split(separator: " ").contains {
          TextMeasure.width(String($0), size: size, isBold: true) * caution
            > width * table.widths[place] - 10
        }
      }
    }
    var size = 15.0
    while size > smallest, breaks(size) { size -= 1 }
    while size > smallest, heights(size).reduce(0, +) > height { size -= 1 }
    var kept = heights(size)
    while kept.count > 2, kept.reduce(0, +) > height { kept.removeLast() }
    return (size, kept)
  }
}

/// Text for XML: no live markup, no character that XML does not take.
enum OfficeText {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A short mark of a text, by which a later run sees whether somebody changed it.
  static func mark(_ text: String) -> String {
    String(SHA256.hex(of: Array(text.utf8)).prefix(16))
  }
}
