import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@Suite struct ParquetTests {
  /// Runs `duckdb`; `nil` where it is not installed.
  static func duckdb(_ query: String) -> Int32? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["duckdb", "-init", "/dev/null", "-batch", "-c", query]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus
  }

  static let isInstalled = duckdb("select 1") == 0

  @Test(.enabled(if: isInstalled))
  func `a Parquet file is read through duckdb, under any name`() throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/it's [1].parquet"
      let query = """
        copy (select * from (values ('a', 1.5, 'x,"y"'), ('b', null, null), ('c', 3, 'z'))
        t(id, score, said)) to '\(path.replacingOccurrences(of: "'", with: "''"))' (format parquet)
        """
      #expect(Self.duckdb(query) == 0)
      let file = try SurveyReader.read([path])
      #expect(file.survey["id"]?.answerTexts == ["a", "b", "c"])
      #expect(file.survey["score"]?.answerTexts == ["1.5", "", "3"])
      #expect(file.survey["said"]?.answerTexts == ["x,\"y\"", "", "z"])
      #expect(file.sources.map(\.path) == [path])
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(file.sources.first?.byteCount == bytes.count)
      var damaged = bytes
      for place in 4..<min(60, damaged.count - 8) { damaged[place] ^= 0x55 }
      damaged[damaged.count - 7] ^= 0x7F
      try damaged.write(to: URL(filePath: path))
      let error = #expect(throws: SurveyFileError.self) { try SurveyReader.read([path]) }
      #expect(error?.code == "E0132")
    }
  }

  @Test func `an Arrow file is told by name`() {
    let bytes = Array("ARROW1".utf8) + [UInt8](repeating: 0, count: 40)
    let error = TestFiles.error(bytes, name: "answers.feather")
    #expect(error?.code == "E0135")
    #expect(error?.message.contains("Arrow") == true)
  }

  @Test(.enabled(if: isInstalled))
  func `a survey comes back from Parquet as it was written`() throws {
    try TestFiles.withFolder { folder in
      let survey = Survey(variables: [
        Variable(
          name: "it's", level: .nominal,
          categories: ["a,b", "say \"c\"\nd", "ü"].map { Category(code: .text($0)) },
          answers: AnswerColumn(positions: [1, 2, 0, 3], categoryCount: 3)),
        Variable(
          name: "whole", level: .numeric, answers: .numbers([3, 9_007_199_254_740_000, .nan, 1])),
        Variable(name: "part", level: .numeric, answers: .numbers([0.1, -2.5, 1e-9, .nan])),
      ])
      let path = folder + "/it's.parquet"
      _ = try SurveyWriter.write(survey, to: path)
      let read = try SurveyReader.read([path]).survey
      #expect(read["it's"]?.answerTexts == ["a,b", "say \"c\"\nd", "", "ü"])
      #expect(read["whole"]?.answerTexts == ["3", "9007199254740000", "", "1"])
      #expect(read["part"]?.numbers.prefix(3) == [0.1, -2.5, 1e-9])
      let name = path.replacingOccurrences(of: "'", with: "''")
      let whole = "select cast(case when count(*) = 1 then '1' else 'none' end as integer) "
      #expect(
        Self.duckdb(
          whole + "from parquet_schema('\(name)') where name = 'whole' and type = 'INT64'") == 0)
    }
  }
}
