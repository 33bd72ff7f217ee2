import Foundation
import TesseraFiles
import TesseraMath
import TesseraSurvey
import Testing

/// Laws of delimited text: what a table is written as does not change what it says.
@Suite struct CSVLawTests {
  /// A table of texts, and ways to write it.
  struct Table {
    var header: [String]
    var rows: [[String]]

    /// The table as delimited text.
    func text(
      _ delimiter: String, newline: String = "\n", quote: String = "\"", quotesAll: Bool = false,
      endsLine: Bool = true
    ) -> String {
      let lines = ([header] + rows).map { row in
        row.map { cell in
          let needed =
            quotesAll || cell.contains(delimiter) || cell.contains(quote) || cell.contains("\n")
            || cell.contains("\r")
          guard needed else { return cell }
          return quote + cell.replacingOccurrences(of: quote, with: quote + quote) + quote
        }.joined(separator: delimiter)
      }
      return lines.joined(separator: newline) + (endsLine ? newline : "")
    }
  }

  private static let plain = Table(
    header: ["id", "ville", "note", "prix"],
    rows: (1...40).map { row in
      [
        "r\(row)", ["Zürich", "Genève", "A, B; C", "say \"hi\"", ""][row % 5],
        row % 7 == 0 ? "" : String(row % 5 + 1), String(Double(row) / 4),
      ]
    })

  @Test func `one table is read from every delimiter, encoding, line end and quoting`() throws {
    let expected = try TestFiles.read(Self.plain.text(",")).survey
    var files: [(String, [UInt8])] = []
    for delimiter in [",", ";", "\t", "|"] {
      files.append(("delimiter \(delimiter)", Array(Self.plain.text(delimiter).utf8)))
      files.append(
        ("all quoted \(delimiter)", Array(Self.plain.text(delimiter, quotesAll: true).utf8)))
    }
    for newline in ["\r\n", "\r"] {
      files.append(("line end", Array(Self.plain.text(",", newline: newline).utf8)))
    }
    files.append(("no last line end", Array(Self.plain.text(",", endsLine: false).utf8)))
    files.append(("mark", [0xEF, 0xBB, 0xBF] + Array(Self.plain.text(",").utf8)))
    let wide = Self.plain.text(",").utf16
    files.append(("UTF-16LE", [0xFF, 0xFE] + wide.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
    files.append(("UTF-16BE", [0xFE, 0xFF] + wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }))
    for (kind, bytes) in files {
      let survey = try TestFiles.read(bytes, name: "a.csv").survey
      #expect(survey == expected, "\(kind)")
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gzip")))
  func `compressed text is the text`() throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/a.csv"
      try AtomicFile.write(Self.plain.text(";"), to: path)
      let expected = try SurveyReader.read([path]).survey
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/gzip")
      process.arguments = [path]
      try process.run()
      process.waitUntilExit()
      #expect(try SurveyReader.read([path + ".gz"]).survey == expected)
    }
  }

  @Test func `random tables come back from random dialects`() throws {
    var random = RandomStream(seed: 11)
    let alphabet: [String] = ["a", "b", "Z", "é", "中", " ", "7", "'", ",", ";", "\n", "\"", "x"]
    for round in 0..<60 {
      let columns = 2 + Int(random.next() % 5)
      let count = 3 + Int(random.next() % 40)
      let rows = (0..<count).map { row in
        // The first column keeps rows from being blank, or from looking like a note or a total.
        ["k\(row)"]
          + (1..<columns).map { _ in
            let length = Int(random.next() % 6)
            var cell = ""
            for _ in 0..<length { cell += alphabet[Int(random.next() % UInt64(alphabet.count))] }
            // Cells of nothing but spaces are empty to the reader, and told.
            return cell.allSatisfy { $0 == " " } ? "" : "t" + cell
          }
      }
      let table = Table(header: (0..<columns).map { "col\($0)" }, rows: rows)
      let delimiter = [",", ";", "\t", "|"][Int(random.next() % 4)]
      let newline = ["\n", "\r\n"][Int(random.next() % 2)]
      var options = ReadingOptions()
      options.delimiter = delimiter.utf8.first
      options.checksums = false
      let file = try TestFiles.read(
        table.text(delimiter, newline: newline, quotesAll: random.next() % 2 == 0),
        options: options)
      let found = file.survey.variables.map(\.answerTexts)
      let expected = (0..<columns).map { column in rows.map { $0[column] } }
      #expect(
        found.map { $0.map { Array($0.utf8) } } == expected.map { $0.map { Array($0.utf8) } },
        "round \(round)")
    }
  }

  @Test func `random numbers come back to the last bit`() throws {
    var random = RandomStream(seed: 12)
    let values = (0..<4000).map { _ -> Double in
      let whole = Double(Int64(random.next() % 2_000_001) - 1_000_000)
      return whole / [1, 10, 1000, 65_536][Int(random.next() % 4)]
    }
    let text = "k,v\n" + values.enumerated().map { "k\($0),\($1)\n" }.joined()
    var options = ReadingOptions()
    options.delimiter = UInt8(ascii: ",")
    #expect(try TestFiles.read(text, options: options).survey["v"]?.numbers == values)
  }
}
