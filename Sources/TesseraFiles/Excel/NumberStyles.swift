internal import TesseraSurvey

/// Which cell styles show numbers as days and times.
final class StylesHandler: XMLHandler {
  /// How a style shows a number.
  enum Kind: UInt8 {
    case number
    case day
    case moment
    case clock
    case duration
  }

  /// One for each cell style.
  private(set) var kinds: [Kind] = []

  private var custom: [Int: Kind] = [:]
  private var formats: [Int] = []
  private var isInCells = false

  private static let format = XMLKey("numFmt")
  private static let cells = XMLKey("cellXfs")
  private static let style = XMLKey("xf")
  private static let root = XMLKey("styleSheet")

  override func start(_ name: XMLKey, _ attributes: XMLAttributes) {
    if name == Self.format {
      guard let id = attributes.text(XMLKey("numFmtId")).flatMap({ Int($0) }),
        let code = attributes.text(XMLKey("formatCode"))
      else { return }
      custom[id] = Self.kind(ofCode: code)
    } else if name == Self.cells {
      isInCells = true
    } else if name == Self.style, isInCells {
      formats.append(attributes.text(XMLKey("numFmtId")).flatMap { Int($0) } ?? 0)
    }
  }

  override func end(_ name: XMLKey) {
    if name == Self.cells { isInCells = false }
    if name == Self.root { kinds = formats.map { custom[$0] ?? Self.kind(ofBuiltIn: $0) } }
  }

  /// What the number formats that every workbook knows show.
  static func kind(ofBuiltIn format: Int) -> Kind {
    switch format {
    case 14...17, 27...31, 36, 50...54, 57, 58: .day
    case 18...21, 32...35, 45, 47, 55, 56: .clock
    case 22: .moment
    case 46: .duration
    default: .number
    }
  }

  /// What a format's code shows: days if it has y or d, times if it has h or s.
  ///
  /// - Parameter code: The code; only what it says of positive numbers is looked at.
  /// - Returns: The kind; a number for codes that say nothing of time.
  static func kind(ofCode code: String) -> Kind {
    guard code.lowercased() != "general" else { return .number }
    var hasDay = false
    var hasTime = false
    var hasMonth = false
    var isQuoted = false
    var isDuration = false
    var bracket: String?
    var skipsNext = false
    for sign in code.lowercased() {
      if skipsNext {
        skipsNext = false
      } else if isQuoted {
        isQuoted = sign != "\""
      } else if let inside = bracket {
        if sign == "]" {
          isDuration = isDuration || (!inside.isEmpty && inside.allSatisfy { "hms".contains($0) })
          bracket = nil
        } else {
          bracket = inside + String(sign)
        }
      } else {
        switch sign {
        case "\"": isQuoted = true
        case "[": bracket = ""
        case "\\", "_", "*": skipsNext = true
        case ";": return kind(hasDay, hasTime, hasMonth, isDuration)
        case "y", "d": hasDay = true
        case "h", "s": hasTime = true
        case "m": hasMonth = true
        default: break
        }
      }
    }
    return kind(hasDay, hasTime, hasMonth, isDuration)
  }

  private static func kind(
    _ hasDay: Bool, _ hasTime: Bool, _ hasMonth: Bool, _ isDuration: Bool
  ) -> Kind {
    if isDuration { return .duration }
    if hasDay { return hasTime ? .moment : .day }
    if hasTime { return .clock }
    return hasMonth ? .day : .number
  }
}

/// The days of a workbook.
struct ExcelCalendar {
  /// Whether days are counted from 1904.
  let isFrom1904: Bool

  /// A number as the text of the day or the time it stands for.
  ///
  /// - Parameters:
  ///   - number: Days; the fraction is the time of the day.
  ///   - kind: How the cell shows it.
  /// - Returns: `2026-01-31`, `2026-01-31 10:00:00` or `10:00:00`; `nil` if it stands for none.
  func text(_ number: Double, _ kind: StylesHandler.Kind) -> String? {
    guard number >= 0, number < 2_958_466 else { return nil }
    let milliseconds = (number * 86_400_000).rounded()
    let seconds = milliseconds / 1000
    if kind == .duration || (kind == .clock && number < 1) {
      return CalendarText.text(seconds, .clock)
    }
    let day = (seconds / 86_400).rounded(.down)
    let isWhole = seconds == day * 86_400
    let showsDay = kind == .day && isWhole
    let first: Double
    if isFrom1904 {
      first = -24_107
    } else if day < 60 {
      // Excel has a 29 February 1900, which was not.
      first = -25_568
    } else if day == 60 {
      let clock = CalendarText.text(seconds - day * 86_400, .clock) ?? ""
      return showsDay ? "1900-02-29" : "1900-02-29 " + clock
    } else {
      first = -25_569
    }
    return CalendarText.text(seconds + first * 86_400, showsDay ? .day : .moment)
  }
}
