import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// Files that do not say how many people they hold, and were cut short.
@Suite struct CutFilesTests {
  private static let unknown = "does not say how many respondents"

  private func isTold(_ file: SurveyFile) -> Bool {
    file.notices.contains { $0.message.contains(Self.unknown) }
  }

  /// An SPSS file of 40 people whose header leaves their number open.
  private func open(_ name: String) throws -> [UInt8] {
    var bytes = try StatFileTests.bytes(name)
    for place in 80..<84 { bytes[place] = 0xFF }
    return bytes
  }

  @Test(arguments: ["plain.sav", "bytecode.sav"])
  func `a whole file of an unknown number of people is read without a word`(_ name: String) throws {
    let file = try TestFiles.read(open(name), name: "a.sav")
    #expect(file.survey.respondentCount == 40)
    #expect(file.notices == [])
    let known = try TestFiles.read(StatFileTests.bytes(name), name: "a.sav")
    #expect(known.notices == [])
  }

  @Test func `a compressed file cut within a person is refused`() throws {
    let whole = try open("bytecode.sav")
    var accepted: [Int] = []
    for cut in stride(from: 1, to: 4000, by: 37) {
      let bytes = Array(whole[..<(whole.count - cut)])
      do {
        let file = try TestFiles.read(bytes, name: "a.sav")
        accepted.append(file.survey.respondentCount)
        #expect(isTold(file), "cut by \(cut)")
      } catch let error as SurveyFileError {
        #expect(error.code == "E0132", "cut by \(cut): \(error)")
      }
    }
    // A cut between two people cannot be seen, and falls there by chance only.
    #expect(accepted.count <= 3, "\(accepted)")
    #expect(!accepted.contains(40))
  }

  @Test
  func `a transport file is refused wherever it is cut within a person`()
    throws
  {
    let whole = Array(
      try Data(contentsOf: URL(filePath: TestFiles.fixture("sav/transport.xpt"))))
    let file = try TestFiles.read(whole, name: "a.xpt")
    #expect(file.survey.respondentCount == 40)
    for cut in [1, 7, 40, 79, 80, 160, 240, 400, 1200] {
      let error = TestFiles.error(Array(whole[..<(whole.count - cut)]), name: "a.xpt")
      #expect(error?.code == "E0132", "cut by \(cut)")
    }
    let twice = TestFiles.error(whole + whole[240...], name: "a.xpt")
    #expect(twice?.code == "E0132")
  }
}
