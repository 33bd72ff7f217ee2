import Foundation

/// A workbook as values: what stands in which cell, before any file is made.
struct Workbook: Sendable, Equatable {
  /// Title in the file's properties.
  var title: String
  /// The sheets, left to right.
  var sheets: [WorkbookSheet]
}

/// A sheet of a workbook.
struct WorkbookSheet: Sendable, Equatable {
  /// Its name: at most 31 letters, none of `[]:*?/\`; ``Workbook/named(_:among:)`` makes one.
  var name: String
  /// The cells, row after row.
  var rows: [[WorkbookCell]] = []
  /// Widths of the columns, in letters.
  var widths: [Double] = []
  /// Rows that stay in sight.
  var frozenRows = 0
  /// Columns that stay in sight.
  var frozenColumns = 0
  /// Whether only input cells can be changed.
  var isLocked = false
  /// Whether the sheet is turned sideways in print.
  var isWide = false
  /// Whether the sheet is there for formulas only.
  var isHidden = false
  /// Columns that are there for formulas only.
  var hiddenColumns: ClosedRange<Int>?
  /// Whether all of it is printed on one page.
  var isOnePage = false
  /// Cells whose values come from a list of cells on a sheet.
  var choices: [Choice] = []
  /// Colours by value.
  var scales: [Scale] = []
  /// Charts over cells.
  var charts: [SheetChart] = []

  /// A cell that takes one of the values in a column of a sheet.
  struct Choice: Sendable, Equatable {
    let row: Int
    let column: Int
    /// Such as `='Typing data'!$B$4:$B$9`.
    let source: String
  }

  /// Cells coloured by their values.
  struct Scale: Sendable, Equatable {
    let rows: ClosedRange<Int>
    let columns: ClosedRange<Int>
    let kind: Kind

    /// How values become colours.
    enum Kind: Sendable, Equatable {
      /// From pale at the first to strong at the last.
      case sequential(from: Double, to: Double)
      /// Orange below zero, blue above, strong at the reach.
      case diverging(reach: Double)
    }
  }

  /// A chart that the spreadsheet draws.
  struct SheetChart: Sendable, Equatable {
    let title: String
    let axis: String
    let isHorizontal: Bool
    /// Where its upper left corner stands.
    let row: Int
    let column: Int
    /// Names of the categories.
    let categories: Range
    /// Numbers, with the cell that names them.
    let series: [(name: (row: Int, column: Int), values: Range)]
    let width: Double
    let height: Double
    /// A colour for each series, or for each bar of a single one: segments have their own.
    let colours: [String]

    /// Cells of one sheet.
    struct Range: Sendable, Equatable {
      let firstRow: Int
      let firstColumn: Int
      let lastRow: Int
      let lastColumn: Int
    }

    static func == (left: SheetChart, right: SheetChart) -> Bool {
      left.title == right.title && left.row == right.row && left.column == right.column
        && left.categories == right.categories
        && left.series.map(\.values) == right.series.map(\.values)
    }
  }
}

/// What stands in a cell.
enum WorkbookCell: Sendable, Equatable {
  /// Nothing.
  case blank
  /// Text; never read as a formula.
  case text(String, Style = .text)
  /// A title over several columns, the middle of which it stands over; cells after it follow behind.
  case span(String, columns: Int)
  /// Text that leads to a row (from 0) of a sheet of the workbook.
  case link(String, sheet: String, row: Int)
  /// A number.
  case number(Double, Style = .number(0))
  /// A formula of ours, with what it gives at first.
  case formula(String, value: Double, Style = .number(1))
  /// A formula of ours that gives text, with what it gives at first.
  case words(String, value: String, Style = .text)

  /// How a cell looks.
  enum Style: Sendable, Hashable {
    case title
    case header
    /// A title over several columns.
    case groupHeader
    /// A title over numbers, to the right as they are.
    case numberHeader
    case text
    /// Text in a column of numbers, such as an interval.
    case figures
    case strong
    case muted
    /// Letters of significance tests.
    case letters
    /// Text that leads elsewhere.
    case link
    /// A number with some decimals.
    case number(Int)
    /// A share as a percentage, with some decimals.
    case percent(Int)
    /// A year: a number without a thousands mark.
    case year
    /// A cell a person fills in.
    case input
    /// A number a person may change.
    case weight
    /// What a person came for.
    case result
    /// The same, as a percentage.
    case resultPercent
  }

  /// A number to the digits that a style shows.
  static func rounded(_ value: Double, _ style: Style) -> Double {
    switch style {
    case .number(let decimals): NumberStyle.rounded(value, decimals: decimals)
    case .percent(let decimals): NumberStyle.rounded(value, decimals: decimals + 2)
    default: value
    }
  }
}

extension String {
  /// The text with a capital at its beginning.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Workbook {
  /// A title short enough for the name of a sheet, cut between words and without quotation marks.
  static func shortened(_ title: String) -> String {
    var plain = title.filter { !"\"“”„†*".contains($0) }
    while plain.utf16.count > 31, let place = plain.lastIndex(of: " ") {
      plain = String(plain[..<place])
    }
    while let last = plain.last, " ,:;-(".contains(last) { plain.removeLast() }
    return plain
  }

  /// A name for a sheet that every spreadsheet takes.
  ///
  /// - Parameters:
  ///   - title: Any text.
  ///   - others: Names that are taken.
  /// - Returns: 1 to 31 letters, different from the others whatever their case.
  static func named(_ title: String, among others: [String]) -> String {
    var name = ""
    for scalar in title.unicodeScalars
    where !"[]:*?/\\'".unicodeScalars.contains(scalar) && scalar.value >= 0x20 {
      name.unicodeScalars.append(scalar)
    }
    name = name.split(separator: " ").joined(separator: " ")
    if name.isEmpty { name = "Sheet" }
    // The limit counts UTF-16 units.
    func cut(_ text: String, _ limit: Int) -> String {
      var kept = ""
      for character in text {
        guard kept.utf16.count + String(character).utf16.count <= limit else { break }
        kept.append(character)
      }
      return kept
    }
    let taken = Set(others.map { $0.lowercased() })
    var result = cut(name, 31)
    var number = 2
    while taken.contains(result.lowercased()) || result.lowercased() == "history" {
      result = cut(name, 31 - " \(number)".count) + " \(number)"
      number += 1
    }
    return result
  }

  /// A cell's address such as `$B$4`.
  static func address(_ row: Int, _ column: Int, fixed: Bool = true) -> String {
    var letters = ""
    var rest = column
    while rest >= 0 {
      letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
      rest = rest / 26 - 1
    }
    return fixed ? "$\(letters)$\(row + 1)" : "\(letters)\(row + 1)"
  }
}
