import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@Suite struct TripleSTests {
  static let definition = """
    <?xml version="1.0" encoding="ISO-8859-1"?>
    <!DOCTYPE sss PUBLIC "-//Triple-S//DTD Survey Interchange v1.2//EN" "sss_v12.dtd">
    <sss version="1.2"><survey><title>Visits<br/>First wave</title><record ident="A">
    <variable ident="1" type="quantity" use="serial"><name>ID</name><label>Number</label>
    <position start="1" finish="3"/><values><range from="1" to="999"/></values></variable>
    <variable ident="2" type="single"><name>Q1</name><label>Visits</label><position start="4"/>
    <values><value code="1">First &amp; only</value><value code="2">More</value></values></variable>
    <variable ident="3" type="multiple"><name>Q2</name><label>Seen</label>
    <position start="5" finish="8"/><values><value code="1">Castle</value>
    <value code="2">Mine</value><value code="4">Other</value></values></variable>
    <variable ident="4" type="multiple"><name>Q3</name><label>Liked</label>
    <position start="9" finish="12"/><spread subfields="2" width="2"/>
    <values><value code="1">Castle</value><value code="12">Mine</value></values></variable>
    <variable ident="5" type="character"><name>Q4</name><label>Why</label>
    <position start="13" finish="17"/><size>5</size></variable>
    <variable ident="6" type="logical"><name>Q5</name><label>Again</label>
    <position start="18"/></variable>
    <variable ident="7" type="date"><name>D</name><label>Day</label>
    <position start="19" finish="26"/></variable>
    <variable ident="8" type="time"><name>T</name><label>Time</label>
    <position start="27" finish="32"/></variable>
    <variable ident="9" type="quantity" use="weight"><name>W</name><label>Weight</label>
    <position start="33" finish="36"/><values><range from="0" to="9"/></values></variable>
    </record></survey></sss>
    """
  static let data = """
    00111001 112nice 1202601311030001.50\r
    0022    12  long!020260201      0.50\r
    003 0000                           1\r

    """

  static func read(
    _ definition: String, _ data: String?, name: String = "wave.asc",
    options: ReadingOptions = ReadingOptions()
  ) throws -> SurveyFile {
    try TestFiles.withFolder { folder in
      try Data(definition.utf8).write(to: URL(filePath: folder + "/wave.sss"))
      if let data { try Data(data.utf8).write(to: URL(filePath: folder + "/" + name)) }
      return try SurveyReader.read([folder + "/wave.sss"], options: options)
    }
  }

  static func error(
    _ definition: String, _ data: String?, name: String = "wave.asc"
  ) -> SurveyFileError? {
    do {
      _ = try read(definition, data, name: name)
      return nil
    } catch {
      return error as? SurveyFileError
    }
  }

  @Test func `every type of variable is read from fixed positions`() throws {
    let file = try Self.read(Self.definition, Self.data)
    let survey = file.survey
    #expect(file.format == .sss)
    #expect(file.label == "Visits First wave")
    #expect(survey.respondentCount == 3)
    #expect(survey["ID"]?.level == .text)
    #expect(survey["ID"]?.numbers == [1, 2, 3])
    let visits = try #require(survey["Q1"])
    #expect(visits.level == .nominal)
    #expect(visits.categories.map(\.label) == ["First & only", "More"])
    #expect(visits.answerTexts == ["1", "2", ""])
    #expect(survey["Q2_1"]?.answerTexts == ["1", "", "0"])
    #expect(survey["Q2_2"]?.answerTexts == ["0", "", "0"])
    #expect(survey["Q2_4"]?.answerTexts == ["1", "", "0"])
    #expect(survey["Q2_4"]?.label == "Seen: Other")
    #expect(survey["Q3_1"]?.answerTexts == ["1", "12", ""])
    #expect(survey["Q3_2"]?.answerTexts == ["12", "", ""])
    #expect(survey["Q4"]?.answerTexts == ["nice", "long!", ""])
    #expect(survey["Q5"]?.answerTexts == ["1", "0", ""])
    #expect(survey["D"]?.level == .date)
    #expect(survey["W"]?.numbers == [1.5, 0.5, 1])
    #expect(survey.weightVariable == "W")
    #expect(
      survey.sets == [
        MultipleResponseSet(
          name: "Q2", label: "Seen", members: ["Q2_1", "Q2_2", "Q2_4"],
          coding: .dichotomy(chosen: .number(1))),
        MultipleResponseSet(
          name: "Q3", label: "Liked", members: ["Q3_1", "Q3_2"], coding: .category),
      ])
    let day = try #require(survey["D"])
    #expect(day.format?.seconds(day.number(0)) == CalendarText.parse("2026-01-31")?.seconds)
    #expect(file.rows == [1, 2, 3])
  }

  @Test func `data may be delimited, and positions then count columns`() throws {
    let definition = """
      <sss version="2.0"><survey><record ident="A" format="csv" skip="1" href="C:\\x\\wave.csv">
      <variable ident="1" type="character"><name>id</name><label><text>Who</text></label>
      <position start="1"/><size>9</size></variable>
      <variable ident="2" type="single" format="literal"><name>q</name>
      <label><text mode="interview">Asked</text><text mode="analysis">Region</text></label>
      <position start="2"/><values><value code="N">North<text mode="analysis">Nord</text></value>
      <value code="S">South</value></values></variable>
      <variable ident="3" type="multiple"><name>m</name><label>Media</label><position start="3"/>
      <values><value code="1">TV</value><value code="2">Web</value></values></variable>
      </record></survey></sss>
      """
    let file = try Self.read(
      definition, "id,q,m\r\n\"a,1\",N,10\r\nb,S,01\r\n", name: "wave.csv")
    #expect(file.survey["id"]?.answerTexts == ["a,1", "b"])
    #expect(file.survey["q"]?.categories.map(\.label) == ["Nord", "South"])
    #expect(file.survey["q"]?.label == "Region")
    #expect(file.survey["m_1"]?.answerTexts == ["1", "0"])
    #expect(file.survey["m_2"]?.answerTexts == ["0", "1"])
    #expect(file.rows == [2, 3])
  }

  @Test func `what cannot be right is refused with its place`() {
    let bad = Self.data.replacingOccurrences(of: "0022 ", with: "002x ")
    let number = Self.error(Self.definition, bad)
    #expect(number?.code == "E0128")
    #expect(number?.row == 2)
    #expect(number?.column == "Q1")
    #expect(Self.error(Self.definition, nil)?.code == "E0136")
    let type = Self.definition.replacingOccurrences(of: "type=\"logical\"", with: "type=\"odd\"")
    #expect(Self.error(type, Self.data)?.code == "E0136")
    #expect(Self.error(type, Self.data)?.column == "Q5")
    let tree = "<sss version=\"2.0\"><hierarchy/><survey><record ident=\"A\"/></survey></sss>"
    #expect(Self.error(tree, Self.data)?.code == "E0113")
    let entity = "<!DOCTYPE sss [<!ENTITY a \"b\">]><sss version=\"1.2\"/>"
    #expect(Self.error(entity, Self.data)?.code == "E0132")
    #expect(Self.error(Self.definition, "")?.code == "E0110")
  }

  @Test func `labelled single values of a quantity are told, and --missing declares them`() throws {
    let definition = Self.definition.replacingOccurrences(
      of: "<range from=\"0\" to=\"9\"/>",
      with: "<range from=\"0\" to=\"1\"/><value code=\"1.5\">Not stated</value>")
    let file = try Self.read(definition, Self.data)
    #expect(file.notices.contains { $0.column == "W" && $0.message.contains("1.5") })
    var options = ReadingOptions()
    options.missingInColumn = ["W": [DeclaredMissing("1.5", reason: "Not stated")]]
    let declared = try Self.read(definition, Self.data, options: options)
    #expect(declared.survey["W"]?.missingCount == 1)
  }

  @Test func `a description cut anywhere never brings the reader down`() throws {
    let whole = Array(Self.definition.utf8)
    try TestFiles.withFolder { folder in
      try Data(Self.data.utf8).write(to: URL(filePath: folder + "/wave.asc"))
      for count in 0..<whole.count - 1 {
        let path = folder + "/wave.sss"
        try Data(whole[..<count]).write(to: URL(filePath: path))
        #expect(throws: SurveyFileError.self) { try SurveyReader.read([path]) }
      }
    }
  }
}
