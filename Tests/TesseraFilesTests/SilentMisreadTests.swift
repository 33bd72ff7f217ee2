import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// Delimited texts that could be read in silence with a wrong cell.
@Suite struct SilentMisreadTests {
  private func fault(_ text: String, _ options: ReadingOptions = ReadingOptions()) -> String? {
    do {
      _ = try TestFiles.read(text, options: options)
      return nil
    } catch let error as SurveyFileError {
      return "\(error.code) \(error.row ?? 0) \(error.column ?? "")"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [",", ";", "\t"])
  func `a delimiter lost before a quoted cell is refused, or set aside`(_ mark: String) throws {
    let rows = [
      "id", "brand", "reason", "score", "1", "Alder", "\"cheap\(mark) near\"", "4", "3", "Cedar",
      "\"slow\"", "2",
    ]
    let lines = stride(from: 0, to: 12, by: 4).map {
      rows[$0..<$0 + 4].joined(separator: mark)
    }
    let lost = "2\(mark)Birch\"good seats\(mark) quiet\"\(mark)3"
    let text = ([lines[0], lines[1], lost, lines[2]]).joined(separator: "\n") + "\n"
    #expect(fault(text) == "E0137 3 column brand")
    var options = ReadingOptions()
    options.salvage = true
    let file = try TestFiles.read(text, options: options)
    #expect(file.rejected.map(\.row) == [3])
    #expect(file.survey["score"]?.numbers == [4, 2])
  }

  @Test func `a quote that ends a cell without opening it is refused, or set aside`() throws {
    #expect(fault("id,brand,score\n1,Alder\",4\n2,Elm,3\n") == "E0139 2 column brand")
    #expect(fault("id,bra\"nd,score\n1,Alder,4\n2,Elm,3\n") == "E0139 1 column 2")
    // A number may be followed by an inch mark, but not where all cells stand in quotes.
    let all = (1...9).map { "\"\($0)\",\"\($0 + 20)\"\n" }.joined()
    #expect(fault("\"id\",\"size\"\n" + all + "\"10\",27\"\n") == "E0139 11 column size")
    var options = ReadingOptions()
    options.salvage = true
    let file = try TestFiles.read("id,brand,score\n1,Alder\",4\n2,Elm,3\n", options: options)
    #expect(file.rejected.map(\.row) == [2])
    #expect(fault("id,sätze,o\n1,\"er sagt \"\"ja\"\"\",4\n2,½\",3\n") == nil)
  }

  @Test func `texts alone may be a file without names`() {
    let body = "Ann,yes,red\nBob,no,blue\nAnn,no,red\nBob,yes,red\nCy,yes,blue\n"
    #expect(fault(body) == "E0138 1 ")
    // The options of a question stand below themselves, and nothing else does.
    #expect(fault("Tea,Milk,Juice\nTea,,Juice\n,Milk,\nTea,Milk,Juice\n") == nil)
  }

  @Test func `lines of as many words are no column of whole lines`() {
    #expect(
      fault("brand kind taste\n\"A\" red good\n\"B\" blue bad\n\"C\" red bad\n\"D\" red good\n")
        == "E0125 1 ")
  }

  @Test func `amounts with currencies, thousands and per cent signs are numbers, and told`() throws
  {
    func column(_ cell: (Int) -> String, decimal: UInt8? = nil) throws -> (Variable?, [String]) {
      var options = ReadingOptions()
      options.decimal = decimal
      let body = (1...20).map { "\($0);\(cell($0))\n" }.joined()
      let file = try TestFiles.read("id;amount\n" + body, options: options)
      return (file.survey["amount"], file.notices.map(\.message))
    }
    let cases: [((Int) -> String, Double)] = [
      ({ "$\($0),200" }, 1200), ({ "\($0).200,50 €" }, 1200.5), ({ "CHF \($0)'200" }, 1200),
      ({ "-\($0)%" }, -1), ({ "\($0) 200 kr" }, 1200), ({ "€\($0)" }, 1),
      ({ "\($0),200.5" }, 1200.5), ({ "\($0),200,300" }, 1_200_300),
    ]
    for (cell, first) in cases {
      let (variable, notices) = try column(cell)
      #expect(variable?.numbers.first == first, "\(cell(1))")
      #expect(notices.contains { $0.contains("read as numbers") || $0.contains("decimal mark") })
    }
    // A thousand or a decimal: nobody can tell, so it is told, and an option says which.
    let (unsure, told) = try column { "\($0),234" }
    #expect(unsure?.isNumeric == false)
    #expect(told.contains { $0.contains("--decimal says which") })
    #expect(try column({ "\($0),234" }, decimal: 0x2E).0?.numbers.first == 1234)
    let (_, mixed) = try column { $0 == 6 ? "6.5" : "\($0),5" }
    #expect(mixed.contains { $0.contains("now a comma, now a point") })
    // Answers on offer, telephone numbers and versions stay what they are.
    for cell: (Int) -> String in [
      { ["10%", "20%", "50%"][$0 % 3] }, { "0\($0) 123 456" }, { "1.2.\($0)" },
    ] { #expect(try column(cell).0?.isNumeric == false, "\(cell(1))") }
  }

  @Test func `a few amounts with a currency among plain numbers are numbers, and told`() throws {
    let odd = [7: "250 €", 60: "EUR 1.200,50", 61: "no idea", 90: "$1,200"]
    let body = (1...200).map { "\($0);\(odd[$0] ?? "\(10 * ($0 % 37) + 100)")\n" }.joined()
    let file = try TestFiles.read("id;most\n" + body)
    let numbers = try #require(file.survey["most"]).numbers
    #expect([6, 59, 89].map { numbers[$0] } == [250, 1200.5, 1200])
    #expect(numbers[60].isNaN && numbers.count { $0.isNaN } == 1)
    let told = file.notices.map(\.message)
    #expect(told.contains { $0.contains("3 cells have a currency") }, "\(told)")
    #expect(told.contains { $0.contains("1 cell of a column of numbers holds words") }, "\(told)")
  }

  @Test func `typographic quotes are no quotes: refused where they hide a delimiter, else told`()
    throws
  {
    let row = { (cell: String) in "id,brand,score\n1,\(cell),4\n2,“good”,3\n3,“slow”,2\n" }
    #expect(fault(row("“cheap, near”")) == "E0120 2 ")
    let file = try TestFiles.read(row("“cheap”"))
    #expect(
      file.notices.contains { $0.column == "brand" && $0.message.contains("typographic quotes") })
  }

  @Test func `inch marks and apostrophes in cells stay what they are`() throws {
    let text = "id,size,note\n1,5\" wide,7\" tall\n2,27\" TV,a 5\"x7\" print\n3,\"a, b\",6\"\n"
    let file = try TestFiles.read(text)
    #expect(file.survey["size"]?.answerTexts == ["5\" wide", "27\" TV", "a, b"])
    #expect(file.survey["note"]?.answerTexts == ["7\" tall", "a 5\"x7\" print", "6\""])
  }

  @Test func `a stray quote in the heading does not make one column of the file`() {
    #expect(fault("id,\"name,age\n1,Ann,34\n2,Bob,51\n3,Cy,28\n") == "E0121 1 column 2")
    #expect(fault("id;name;\"age\n1;Ann;34\n2;Bob;51\n3;Cy;28\n") == "E0121 1 column 3")
  }

  @Test func `single blanks between fields are taken for delimiters, and told`() throws {
    let file = try TestFiles.read("id age rating\n1 34 4\n2 51 2\n3 28 5\n")
    #expect(file.survey.variables.map(\.name) == ["id", "age", "rating"])
    #expect(file.survey["age"]?.numbers == [34, 51, 28])
    #expect(file.notices.contains { $0.message.contains("single blanks") })
    let sentences = try TestFiles.read("what I like\nthe red one\nthe blue one\nthe big one\n")
    #expect(sentences.survey.variables.count == 1)
  }

  @Test func `a file without names is refused with what to do, and read if told so`() throws {
    let text = "1,34,f,4\n2,51,m,2\n3,28,f,5\n4,44,m,3\n"
    #expect(fault(text) == "E0138 1 ")
    var options = ReadingOptions()
    options.header = false
    let file = try TestFiles.read(text, options: options)
    #expect(file.survey.variables.map(\.name) == (1...4).map { "column_\($0)" })
    #expect(file.survey["column_2"]?.numbers == [34, 51, 28, 44])
    options.header = true
    #expect(try TestFiles.read(text, options: options).survey.respondentCount == 3)
  }

  @Test(arguments: [
    "id,1,2,3\n7,4,5,1\n8,2,2,3\n9,5,1,1\n", "1,2,3,4\n3,4,5,1\n4,2,2,3\n5,5,1,1\n",
    "country,2019,2020\nde,1,2\nfr,2,3\nes,4,5\n",
  ])
  func `numbers may be names`(_ text: String) throws {
    #expect(fault(text) == nil)
  }

  @Test func `a heading that is repeated is left out, and told`() throws {
    let file = try TestFiles.read("id,age,rating\nid,age,rating\n1,34,4\n2,51,2\n3,28,5\n")
    #expect(file.survey["age"]?.numbers == [34, 51, 28])
    #expect(file.rows == [3, 4, 5])
    #expect(file.notices.contains { $0.row == 2 && $0.message.contains("repeats the heading") })
  }

  @Test func `headings of two and three lines are one heading, and told`() throws {
    let body = (1...8).map { "\($0),\(20 + $0),\($0 % 5 + 1)\n" }.joined()
    let two = try TestFiles.read("id,age,rating\nnumber,in years,1 to 5\n" + body)
    #expect(two.survey["age"]?.label == "in years")
    #expect(two.survey["rating"]?.numbers.count == 8)
    #expect(two.rows.first == 3)
    let three = try TestFiles.read("id,age,rating\nnumber,in years,of taste\nint,int,int\n" + body)
    #expect(three.survey["age"]?.label == "in years int")
    #expect(three.rows.first == 4)
    #expect(three.notices.contains { $0.message.contains("these 2 lines") })
    // Answers that are no numbers are answers, not a heading.
    let odd = try TestFiles.read("id,age,rating\n1,NA,refused\n" + body)
    #expect(odd.survey.respondentCount == 9)
  }
}
