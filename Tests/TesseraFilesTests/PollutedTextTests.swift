import Foundation
import TesseraFiles
import TesseraMath
import TesseraSurvey
import Testing

/// Two thousand tables with one fault each: every one is refused, or read right.
@Suite struct PollutedTextTests {
  /// A clean table, and how to write it.
  private struct Table {
    var head = ["id", "brand", "reason", "score", "date"]
    var rows: [[String]] = []
    let mark: String
    /// Whether every cell stands in quotes.
    let quotesAll: Bool

    init(_ stream: inout RandomStream) {
      mark = [",", ";", "\t"][stream.below(3)]
      quotesAll = stream.below(3) == 0
      let brands = ["Alder", "Birch", "Cedar & Co", "Elm"]
      let reasons = [
        "cheap\(mark) near", "good seats\(mark) quiet", "slow", "said \"no\"", "", "27\" wide",
      ]
      for row in 0..<(8 + stream.below(20)) {
        rows.append([
          "\(row + 1)", brands[stream.below(4)], reasons[stream.below(6)],
          "\(1 + stream.below(5))", "2026-0\(1 + stream.below(9))-1\(stream.below(10))",
        ])
      }
    }

    /// A cell as it is written: in quotes where it needs them, and every reason.
    func cell(_ text: String, _ column: Int) -> String {
      guard quotesAll || column == 2 || text.contains(mark) || text.contains("\"") else {
        return text
      }
      return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    func line(_ row: [String]) -> String {
      row.enumerated().map { cell($1, $0) }.joined(separator: mark)
    }

    var lines: [String] { [line(head)] + rows.map(line) }
  }

  private enum Kind: Int, CaseIterable {
    case lostBeforeQuote, lostBetweenPlain, addedDelimiter, lostClosingQuote, lostOpeningQuote
    case strayQuoteInHead, textBehindQuote, headTwice, noHead, twoHeads, carriageReturns
    case noLastBreak, blankLines, shortRow, titleAbove, cut, quoteInsideHead, quoteNeverCloses
    case blanksForDelimiters, longRow
  }

  private func polluted(_ kind: Kind, _ table: Table, _ stream: inout RandomStream) -> String? {
    var lines = table.lines
    let mark = table.mark
    let place = 1 + stream.below(lines.count - 1)
    func replace(_ old: String, _ new: String) -> Bool {
      guard let range = lines[place].range(of: old) else { return false }
      lines[place].replaceSubrange(range, with: new)
      return true
    }
    var end = "\n"
    switch kind {
    case .lostBeforeQuote: guard replace("\(mark)\"", "\"") else { return nil }
    case .lostBetweenPlain: guard replace(mark, "") else { return nil }
    case .addedDelimiter: lines[place] += mark
    case .lostClosingQuote: guard replace("\"\(mark)", mark) else { return nil }
    case .lostOpeningQuote:
      guard replace("\(mark)\"", mark) else { return nil }
    case .strayQuoteInHead: lines[0] = lines[0].replacingOccurrences(of: "brand", with: "\"brand")
    case .quoteInsideHead: lines[0] = lines[0].replacingOccurrences(of: "brand", with: "bra\"nd")
    case .quoteNeverCloses: lines[lines.count - 1] += mark + "\"so on"
    case .longRow: lines[place] += String(repeating: mark + "x", count: 100)
    case .blanksForDelimiters:
      return table.rows.reduce("id brand reason score date\n") { text, row in
        text
          + row.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\"" }.joined(
            separator: " ")
          + "\n"
      }
    case .textBehindQuote: guard replace("\"\(mark)", "\" x\(mark)") else { return nil }
    case .headTwice: lines.insert(lines[0], at: 1)
    case .noHead: lines.removeFirst()
    case .twoHeads:
      lines.insert(["number", "text", "text", "of five", "day"].joined(separator: mark), at: 1)
    case .carriageReturns: end = "\r\n"
    case .noLastBreak: return lines.joined(separator: "\n")
    case .blankLines: lines.insert("", at: place)
    case .shortRow: lines[place] = table.rows[place - 1].prefix(3).joined(separator: mark)
    case .titleAbove: lines.insert("A survey of brands", at: 0)
    case .cut: lines[lines.count - 1] = String(lines[lines.count - 1].prefix(6))
    }
    return lines.joined(separator: end) + end
  }

  /// The answers as texts; numbers in their shortest form.
  private func cells(_ survey: Survey) -> [[String]] {
    let columns = survey.variables.map { variable -> [String] in
      variable.isNumeric && !variable.answers.isCoded
        ? variable.numbers.map { $0.isNaN ? "" : AnswerCode.number($0).text } : variable.answerTexts
    }
    return (0..<survey.respondentCount).map { row in columns.map { $0[row] } }
  }

  @Test func `no table with one fault is read in silence with a wrong cell`() throws {
    var stream = RandomStream(seed: 2026)
    var counts: [Kind: (read: Int, refused: Int)] = [:]
    var made = 0
    while made < 2000 {
      let table = Table(&stream)
      let kind = Kind.allCases[made % Kind.allCases.count]
      guard let text = polluted(kind, table, &stream) else { continue }
      made += 1
      do {
        let file = try TestFiles.read(text)
        counts[kind, default: (0, 0)].read += 1
        let found = cells(file.survey)
        let names = file.survey.variables.map(\.name)
        if names != table.head || found != table.rows {
          Issue.record("\(kind): \(text)")
        }
      } catch is SurveyFileError {
        counts[kind, default: (0, 0)].refused += 1
      }
    }
    // What can only be one thing is read.
    for kind in [Kind.headTwice, .carriageReturns, .noLastBreak, .blankLines, .titleAbove] {
      #expect(counts[kind]?.refused == 0, "\(kind)")
    }
    for kind in [Kind.lostBeforeQuote, .noHead, .addedDelimiter, .shortRow] {
      #expect(counts[kind]?.read == 0, "\(kind)")
    }
  }
}
