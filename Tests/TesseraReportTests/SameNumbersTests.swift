import Foundation
import TesseraProductFit
import TesseraStudy
import Testing

@testable import TesseraReport

/// Page, Markdown, workbook and JSON are read back, each by itself, and held against each other.
@Suite("The same numbers everywhere")
struct SameNumbersTests {
  static let styles = [NumberStyle.english, NumberStyle.of(locale: "de") ?? .english]

  /// The rows of the page's tables, by the id of the table.
  private static func page(_ text: String) -> [String: [[String]]] {
    var tables: [String: [[String]]] = [:]
    for table in text.components(separatedBy: "<table id=\"table-").dropFirst() {
      let id = String(table.prefix { $0 != "\"" })
      let body = table.components(separatedBy: "</table>")[0].components(separatedBy: "<tbody>")
      tables[id] = body[1].components(separatedBy: "<tr>").dropFirst().map { row in
        row.matches(of: /<t[hd][^>]*>(.*?)<\/t[hd]>/).map { cell in
          String(cell.1).replacing(/<[^>]*>/, with: "")
            .replacingOccurrences(of: "&amp;", with: "&")
        }
      }
    }
    return tables
  }

  /// The rows of the tables of Markdown, table after table.
  private static func markdown(_ text: String) -> [[[String]]] {
    var tables: [[[String]]] = []
    var isInside = false
    for line in text.components(separatedBy: "\n") {
      guard line.hasPrefix("|") else {
        isInside = false
        continue
      }
      if !isInside { tables.append([]) }
      isInside = true
      let cells = line.dropFirst().dropLast().components(separatedBy: " | ")
        .map {
          $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "\\", with: "")
            .replacingOccurrences(of: "**", with: "")
        }
      tables[tables.count - 1].append(cells)
    }
    // Header and rule come first.
    return tables.map { Array($0.dropFirst(2)) }
  }

  /// The rows of a workbook as a spreadsheet shows them.
  private static func workbook(_ book: Workbook, _ numbers: NumberStyle) -> Set<[String]> {
    var rows: Set<[String]> = []
    for row in book.sheets.flatMap(\.rows) {
      let shown = row.map { cell -> String in
        switch cell {
        case .text(let text, _): plain(text)
        case .number(let value, .number(let decimals)): numbers.number(value, decimals: decimals)
        case .number(let value, .percent(let decimals)): numbers.percent(value, decimals: decimals)
        default: ""
        }
      }
      rows.insert(shown)
      // Where tables share a sheet the first column names the table.
      rows.insert(Array(shown.dropFirst()))
    }
    return rows
  }

  /// A spreadsheet shows no plus before a number, and no star or index behind it.
  private static func plain(_ text: String) -> String {
    guard let first = text.first, first.isNumber || "+\u{2212}".contains(first) else { return text }
    var number = text.hasPrefix("+") ? String(text.dropFirst()) : text
    if number.hasSuffix(" *") { number.removeLast(2) }
    return number.hasSuffix(")") ? String(number.prefix { $0 != "(" }.dropLast()) : number
  }

  @Test(arguments: styles)
  func `every table of the appendix is the same in page, Markdown and workbook`(
    numbers: NumberStyle
  ) {
    let results = SampleResults.make(segments: 3, products: 3)
    let document = StudyReport(results, numbers: numbers).appendix
    let page = Self.page(HTMLWriter().text(of: document))
    let markdown = Self.markdown(MarkdownWriter().text(of: document))
    let book = Self.workbook(
      WorkbookWriter(results, numbers: numbers).appendix(document), numbers)
    let tables = document.sections.flatMap(\.blocks).flatMap(\.tables).filter {
      !$0.columns.isEmpty
    }
    #expect(markdown.count == tables.count)
    var compared = 0
    for (table, written) in zip(tables, markdown) {
      let shown = page[table.id] ?? []
      #expect(shown == written, "\(table.id)")
      for row in shown {
        #expect(book.contains(row.map(Self.plain)), "\(table.id): \(row)")
        compared += 1
      }
    }
    #expect(compared > 60)
  }

  @Test func `the client's workbook holds the numbers of profiles, fit, needs and channels`() throws
  {
    let results = SampleResults.make(segments: 3, products: 3)
    let book = WorkbookWriter(results).workbook(StudyReport(results).document)
    func rows(_ name: String) throws -> [[WorkbookCell]] {
      try #require(book.sheets.first { $0.name == name }).rows
    }
    func number(_ cell: WorkbookCell) -> Double? {
      if case .number(let value, _) = cell { value } else { nil }
    }
    func text(_ cell: WorkbookCell) -> String {
      if case .text(let text, _) = cell { text } else { "" }
    }
    let profile = try rows("Profile")
    var compared = 0
    for (place, segment) in results.profiles.segments.enumerated() {
      for variable in segment.variables {
        for category in variable.categories where category.hidden == nil {
          guard let share = category.share,
            let row = profile.first(where: {
              $0.count > 3 && text($0[0]) == variable.label && text($0[1]) == category.label
            })
          else { continue }
          #expect(number(row[3 + place]) == (100 * share).rounded() / 100)
          compared += 1
        }
        guard let mean = variable.mean else { continue }
        let row = try #require(profile.first { text($0[0]) == variable.label })
        let digits = MeanDigits(total: variable.totalMean)
        #expect(number(row[3 + place]) == digits.rounded(mean))
        compared += 1
      }
    }
    #expect(compared >= 7)
    let fit = try #require(results.fit)
    let fits = try rows("Fit")
    for (place, segment) in fit.segments.enumerated() {
      for (column, product) in fit.products.enumerated() {
        let cell = fit.cell(segment: segment.id, product: product.name)?.fit
        #expect(number(fits[3 + place][2 + column]) == cell)
      }
    }
    let channels = try rows("Channels")
    for channel in fit.channels {
      let row = try #require(channels.first { text($0[0]) == channel.label })
      #expect(row.contains { number($0) == channel.reach })
    }
    // One rule says whether a need is met, and nothing is coloured as a share that is a mean.
    let sheet = try #require(book.sheets.first { $0.name == "Profile" })
    for (place, row) in sheet.rows.enumerated() where row.count > 1 && text(row[1]) == "mean" {
      #expect(!sheet.scales.contains { $0.rows.contains(place) })
    }
    let scenarios = try rows("Scenarios")
    #expect(
      fit.improvements.allSatisfy { change in
        scenarios.contains { row in
          row.compactMap(number).contains { abs($0 - change.gain) < 0.051 }
        }
      })
  }

  @Test(arguments: styles)
  func `the page tells what the JSON holds`(numbers: NumberStyle) throws {
    let results = SampleResults.make(segments: 3, products: 3)
    let report = StudyReport(results, numbers: numbers)
    let page = Self.page(HTMLWriter(numbers: numbers).text(of: report.document))
      .merging(Self.page(HTMLWriter(numbers: numbers).text(of: report.appendix))) { one, other in
        #expect(one == other)
        return one
      }
    let fit = try #require(results.fit).json
    func text(_ value: JSONValue?, _ decimals: Int) -> String {
      numbers.number(value?.number, decimals: decimals)
    }
    func interval(_ value: JSONValue, _ decimals: Int) -> String {
      numbers.interval(value["low"]?.number, value["high"]?.number, decimals: decimals)
    }
    let cells = fit["cells"]?.array ?? []
    let shown = try #require(page["fit"])
    #expect(shown.count == 9 && cells.count == 9)
    for (cell, row) in zip(cells, shown) {
      let told = [
        text(cell["fit"], 1), interval(cell, 1), numbers.percent(cell["acceptance"]?.number),
        text(cell["quality"], 1), numbers.percent(cell["first_probability"]?.number),
      ]
      #expect(Array(row[2...]) == told)
    }
    let mismatches = fit["mismatches"]?.array ?? []
    let lost = try #require(page["mismatches"])
    #expect(lost.count == mismatches.count && !lost.isEmpty)
    for (mismatch, row) in zip(mismatches, lost) {
      #expect(row[3] == numbers.percent(mismatch["share_affected"]?.number))
      #expect(row[4] == text(mismatch["points"], 1))
    }
    let improvements = fit["improvements"]?.array ?? []
    let gained = try #require(page["improvements"])
    #expect(gained.count == improvements.count && !gained.isEmpty)
    for (improvement, row) in zip(improvements, gained) {
      #expect(row[2] == numbers.signed(improvement["gain"]?.number, decimals: 1))
      #expect(row[3] == interval(improvement, 1))
    }
    for segment in ["S1", "S2", "S3"] {
      let own = (fit["opportunities"]?.array ?? []).filter { $0["segment"]?.string == segment }
      let rows = try #require(
        page["opportunities-\(segment.lowercased())"] ?? page["opportunities-\(segment)"])
      #expect(rows.count == own.count)
      for one in own {
        let odi = text(one["odi"], 1)
        #expect(rows.contains { $0.contains(odi) }, "\(segment) \(odi)")
      }
    }
    let channels = fit["channels"]?.array ?? []
    let reached = try #require(page["channels"])
    #expect(!channels.isEmpty)
    for channel in channels {
      let reach = numbers.percent(channel["reach"]?.number)
      #expect(reached.contains { $0.contains { $0.hasPrefix(reach) } })
    }
    let profiles = results.profiles.json["segments"]?.array ?? []
    let people = HTMLWriter(numbers: numbers).text(of: report.document)
    #expect(profiles.count == 3)
    for profile in profiles { #expect(people.contains(numbers.percent(profile["share"]?.number))) }
  }
}
