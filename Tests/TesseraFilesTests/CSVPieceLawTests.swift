import TesseraFiles
import TesseraMath
import TesseraSurvey
import Testing

/// Laws of how delimited text is read: neither the pieces, nor the threads, nor the quick ways taken
/// for plain text change what comes out, faults included.
@Suite struct CSVPieceLawTests {
  /// The ways a text is read; the first is one row after another, in one piece.
  private static let ways: [(name: String, options: ReadingOptions)] = {
    func way(_ pieces: Int?, _ threads: Int, rowByRow: Bool = false) -> ReadingOptions {
      var options = ReadingOptions()
      options.delimiter = UInt8(ascii: ",")
      options.checksums = false
      options.pieceLength = pieces
      options.threads = threads
      options.readsRowByRow = rowByRow
      return options
    }
    return [
      ("row by row", way(nil, 1, rowByRow: true)), ("at once", way(nil, 1)),
      ("halves of 7,000 bytes, two threads", way(7000, 2)), ("seventh parts", way(2011, 3)),
      ("pieces of 90 bytes", way(90, 2)), ("pieces row by row", way(577, 2, rowByRow: true)),
    ]
  }()

  /// A random cell of one of many kinds, as it stands in the text.
  private static func cell(_ kind: Int, _ row: Int, _ random: inout RandomStream) -> String {
    func draw(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
    if draw(12) == 0 { return ["", "", "\"\"", "NA"][draw(kind > 8 ? 3 : 4)] }
    switch kind {
    case 0: return "\(draw(5))"
    case 1: return "\(draw(90) - 5)"
    case 2: return "\(draw(1_000_000))"
    case 3: return "\(Double(draw(40_000)) / 1000)"
    case 4: return "\(draw(3)).\(draw(2))e\(draw(4))"
    case 5: return row > 150 && draw(40) == 0 ? "zwölf" : "\(row * 3)"
    case 6: return row % 50 == 7 ? "00\(row)" : "\(10_000 + row)"
    case 7: return "\"\(draw(9))\""
    case 8: return row > 100 ? "\(Double(row) / 8)" : "\(draw(4))"
    case 9: return ["Male", "Female", "Other"][draw(3)]
    case 10: return ["Professional", "Clerical", "Homemaker, part-time worker"][draw(2)]
    case 11: return ["\"A, B\"", "\"say \"\"hi\"\"\"", "plain", "\"plain\"", "é", "中文"][draw(6)]
    case 12: return draw(30) == 0 ? "\"two\nlines\"" : "5\" pipe"
    case 13: return "respondent number \(row)"
    default: return String(repeating: "x", count: draw(20)) + "\(draw(2))"
    }
  }

  private static func table(_ random: inout RandomStream) -> [[String]] {
    let columns = 1 + Int(random.next() % 12)
    let kinds = (0..<columns).map { _ in Int(random.next() % 15) }
    // Without quotes in odd places now and then, so that stretches without surprises are long.
    let isPlain = random.next() % 2 == 0
    let rows = 280 + Int(random.next() % 120)
    return [["key"] + (0..<columns).map { "c\($0)" }]
      + (0..<rows).map { row in
        ["k\(row)"] + kinds.map { cell(isPlain && $0 == 12 ? 9 : $0, row, &random) }
      }
  }

  private static func text(_ table: [[String]], _ newline: String) -> String {
    table.map { $0.joined(separator: ",") }.joined(separator: newline) + newline
  }

  @Test func `pieces, threads and quick ways change nothing`() throws {
    var random = RandomStream(seed: 21)
    for round in 0..<40 {
      let table = Self.table(&random)
      let text = Self.text(table, random.next() % 3 == 0 ? "\r\n" : "\n")
      let expected = try TestFiles.read(text, options: Self.ways[0].options)
      #expect(expected.survey.respondentCount == table.count - 1)
      for way in Self.ways.dropFirst() {
        let found = try TestFiles.read(text, options: way.options)
        #expect(found.survey == expected.survey, "round \(round), \(way.name)")
        #expect(
          found.notices.map { "\($0.row ?? 0) \($0.message)" }
            == expected.notices.map { "\($0.row ?? 0) \($0.message)" },
          "round \(round), \(way.name)")
        #expect(found.rows == expected.rows, "round \(round), \(way.name)")
      }
    }
  }

  @Test func `every cell is read as it was written, many rows at once`() throws {
    var random = RandomStream(seed: 22)
    for _ in 0..<10 {
      let columns = 2 + Int(random.next() % 5)
      let words = ["a", "bb", "Female", "Homemaker", "x y z", "sixteen letters!", "éèê"]
      let rows = (0..<500).map { row in
        ["k\(row)"]
          + (1..<columns).map { _ in
            let place = Int(random.next() % UInt64(words.count + 2))
            return place < words.count ? words[place] : place == words.count ? "" : "w\(row)"
          }
      }
      let text = Self.text([(0..<columns).map { "c\($0)" }] + rows, "\n")
      for way in Self.ways {
        let found = try TestFiles.read(text, options: way.options).survey.variables
        #expect(
          found.map(\.answerTexts) == (0..<columns).map { column in rows.map { $0[column] } },
          "\(way.name)")
      }
    }
  }

  @Test func `a fault is told alike however the text is read`() throws {
    var random = RandomStream(seed: 23)
    let damages = ["a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\n", "\"", "\"x\" y,", "\u{0}", "\n\n", ","]
    for round in 0..<60 {
      let table = Self.table(&random)
      var bytes = Array(Self.text(table, "\n").utf8)
      let starts = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
      let place = starts[1 + Int(random.next() % UInt64(starts.count - 2))] + 1
      let damage = Int(random.next() % UInt64(damages.count + 1))
      bytes.insert(
        contentsOf: damage < damages.count ? Array(damages[damage].utf8) : [0xC3, 0x28], at: place)
      for salvage in [false, true] {
        var outcomes: [String] = []
        for way in Self.ways {
          var options = way.options
          options.salvage = salvage
          do {
            let file = try TestFiles.read(bytes, name: "a.csv", options: options)
            outcomes.append(
              "\(file.rejected.map { "\($0.row) \($0.reason) \($0.text)" }) \(file.rows)"
                + "\(file.survey.variables.map(\.answerTexts))")
          } catch {
            outcomes.append("\(error)")
          }
        }
        let plain = outcomes.map { outcome in
          outcome.replacing(#/\/[^ "]*a\.csv/#, with: "a.csv")
        }
        for (way, outcome) in zip(Self.ways, plain).dropFirst() {
          #expect(outcome == plain[0], "round \(round), damage \(damage), \(way.name)")
        }
      }
    }
  }

  @Test func `short numbers read at once are those that the grammar reads`() {
    var random = RandomStream(seed: 24)
    let letters = Array("0123456789012345678901234567890123456789..--,+e 0x".utf8)
    for decimal in [UInt8(ascii: "."), UInt8(ascii: ",")] {
      let grammar = NumberGrammar(decimal: decimal)
      var met = 0
      for _ in 0..<60_000 {
        let length = 1 + Int(random.next() % 8)
        let bytes = (0..<length).map { _ in letters[Int(random.next() % UInt64(letters.count))] }
        var word = random.next()
        for (place, byte) in bytes.enumerated() {
          word = word & ~(0xFF << UInt64(8 * place)) | UInt64(byte) << UInt64(8 * place)
        }
        let value = grammar.plain(word, UInt32(length))
        guard !value.isNaN else { continue }
        met += 1
        let parsed = grammar.parse(String(decoding: bytes, as: UTF8.self))
        #expect(parsed?.value.bitPattern == value.bitPattern, "\(bytes)")
        #expect(parsed?.isIdentifier == false && parsed?.hasExponent == false, "\(bytes)")
      }
      #expect(met > 10_000)
    }
  }
}
