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
