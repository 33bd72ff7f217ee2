import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

/// Layouts after the platforms' documentation of their exports; the answers are invented.
@Suite struct PlatformTests {
  @Test func `Qualtrics has three header rows, previews, and a code for unanswered`() throws {
    let text = """
      StartDate,Status,ResponseId,Q1,Q2_1,Q2_2,Q2_2_TEXT
      Start Date,Response Type,Response ID,"How satisfied,
      overall?",Which? - Web,Which? - Other,Which? - Other - Text
      "{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""_recordId""}",\
      "{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID2""}",\
      "{""ImportId"":""QID2_TEXT""}"
      2026-01-02 10:00:00,Survey Preview,R_0,5,1,1,
      2026-01-02 10:00:00,IP Address,R_1,5,1,,
      2026-01-02 11:00:00,IP Address,R_2,-99,,1,fax
      2026-01-02 12:00:00,IP Address,R_3,3,1,1,telex

      """
    let file = try TestFiles.read(text)
    #expect(file.format == .qualtrics)
    #expect(file.survey.respondentCount == 3)
    #expect(file.rows == [6, 7, 8])
    let question = try #require(file.survey["Q1"])
    #expect(question.label == "How satisfied,\noverall?")
    #expect(question.answerTexts == ["5", "", "3"])
    #expect(question.reasons.map(\.label) == ["seen but unanswered"])
    #expect(file.survey.sets.map(\.name) == ["Q2"])
    #expect(file.survey.sets.map(\.members) == [["Q2_1", "Q2_2"]])
    #expect(file.survey.sets.map(\.label) == ["Which?"])
  }

  @Test(arguments: ["Umfragevorschau", "Aperçu de l'enquête", "Vista previa de la encuesta"])
  func `previews are left out in any language`(_ preview: String) throws {
    let text = """
      StartDate,Status,ResponseId,Q1
      Anfang,Typ,ID,Zufrieden?
      "{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""_recordId""}",\
      "{""ImportId"":""QID1""}"
      2026-01-02 10:00:00,\(preview),R_0,5
      2026-01-02 10:00:00,IP-Adresse,R_1,5
      2026-01-02 11:00:00,IP-Adresse,R_2,4

      """
    let file = try TestFiles.read(text)
    #expect(file.survey.respondentCount == 2)
    #expect(file.notices.contains { $0.message == "1 preview or test was left out" })
  }

  @Test func `piped text of a heading is no wording`() throws {
    let file = try TestFiles.read(
      """
      id,"Thanks {{field:7f}}, how old are you?","[question(""value""), id=""14""] - likely?"
      1,31,4
      2,40,5

      """)
    #expect(file.survey.variables[1].label == "Thanks ..., how old are you?")
    #expect(file.survey.variables[2].label == "... - likely?")
    #expect(file.survey.variables[1].name.contains("{{field:7f}}"))
  }

  @Test func `numbers with their unit are numbers, and two units are none`() throws {
    let ages = (0..<12).map {
      "\($0),\(20 + $0)\($0 % 4 == 0 ? " anos" : ""),R$ \(40 + $0),"
        + ($0 % 2 == 0 ? "\($0) months" : "\($0) years")
    }
    let file = try TestFiles.read(
      "id,idade,gasto,since\n"
        + ages.joined(separator: "\n").replacingOccurrences(
          of: "R$ 45", with: "45 reais") + "\n")
    let age = try #require(file.survey["idade"])
    #expect(age.isNumeric && age.number(0) == 20 && age.number(1) == 21)
    #expect(file.survey["gasto"]?.number(5) == 45)
    #expect(file.survey["since"]?.isNumeric == false)
    #expect(file.notices.contains { $0.message.contains("read as numbers, without units") })
  }

  @Test func `where a file does not tell one question from the next, a notice says so`() throws {
    let file = try TestFiles.read(
      """
      #,How old?,Travel,Sports,None,TV,Radio,None,Submit Date (UTC),Network ID
      a1b2,31,Travel,,,TV,,,2026-01-05 10:05:00,n1
      c3d4,40,,Sports,,,Radio,,2026-01-05 11:04:00,n2
      e5f6,52,,,None,,,None,2026-01-05 11:09:00,n3

      """)
    // No question offers an answer twice.
    #expect(
      file.survey.sets.map(\.members)
        == [["Travel", "Sports", "None"], ["TV", "Radio", "None#2"]])
    #expect(file.survey.sets.map(\.isBounded) == [false, false])
    let notice = try #require(
      file.notices.first { $0.message.contains("where a question ends") })
    #expect(notice.column == "Travel")
    #expect(notice.message.contains("3 neighbouring columns, to 'None'"))
    #expect(notice.message.contains("survey.sets"))
  }

  @Test func `Qualtrics files with single quotes and repeated names are read`() throws {
    let text = """
      ResponseID,Q1_1,Q1_1
      ResponseID,First - a,Second - a
      {'ImportId': 'responseId'},{'ImportId': 'QID1'},{'ImportId': 'QID2'}
      R_1,1,
      R_2,1,1

      """
    let file = try TestFiles.read(text)
    #expect(file.format == .qualtrics)
    #expect(file.survey.respondentCount == 2)
    #expect(file.survey.variables.map(\.name) == ["ResponseID", "Q1_1", "Q1_1#2"])
    #expect(file.survey["Q1_1#2"]?.label == "Second - a")
    #expect(file.notices.map(\.column) == ["Q1_1#2"])
  }

  @Test func `legacy Qualtrics has two header rows`() throws {
    let text = "V1,V7,Q1,\nResponseID,Status,How?,\nR_1,0,2,\nR_2,1,3,\n"
    let file = try TestFiles.read(text)
    #expect(file.format == .qualtrics)
    #expect(file.survey["Q1"]?.label == "How?")
    #expect(file.survey.respondentCount == 1)
  }

  @Test func `SurveyMonkey names options in a second header row`() throws {
    let text = """
      Respondent ID,Collector ID,Start Date,How satisfied?,Which channels?,,,Why?
      ,,,Response,Web,Store,Other (please specify),Open-Ended Response
      118000000001,460000001,01/05/2026 10:02:11 AM,Very,Web,Store,,"Faster, please"
      118000000002,460000001,01/05/2026 11:02:11 AM,Not,,Store,Fax,
      118000000003,460000001,01/06/2026 09:00:00 AM,Very,Web,,,

      """
    let file = try TestFiles.read(text)
    #expect(file.format == .surveymonkey)
    #expect(file.rows == [3, 4, 5])
    let set = try #require(file.survey.sets.first)
    #expect(set.name == "Which channels?")
    #expect(set.members == ["Which channels? [Web]", "Which channels? [Store]"])
    #expect(set.coding == .dichotomy(chosen: .number(1)))
    let web = try #require(file.survey["Which channels? [Web]"])
    #expect(web.categories == [Category(code: .number(1), label: "Web")])
    #expect(web.answerTexts == ["1", "", "1"])
    #expect(
      file.survey["Which channels? [Other (please specify)]"]?.answerTexts == ["", "Fax", ""])
    #expect(file.survey["Start Date"]?.level == .date)
  }

  @Test func `Google Forms joins several answers in a cell`() throws {
    let text = """
      Timestamp,How often?,Which features?,Rate [Setup],Rate [Price]
      2026/01/05 10:02:11 AM GMT+1,Daily,Reports;Alerts,4,5
      2026/01/05 11:00:00 AM GMT+1,Weekly,Reports,2,
      2026/01/05 12:00:00 AM GMT+1,Weekly,,2,1

      """
    let file = try TestFiles.read(text)
    #expect(file.format == .googleforms)
    let joined = Inspection(file.survey, rows: file.rows).joined
    #expect(joined.map(\.column) == ["Which features?"])
    #expect(joined.first?.options == ["Alerts", "Reports"])
    #expect(joined.first?.separator == ";")
    #expect(file.survey.sets.isEmpty)
  }

  @Test func `LimeSurvey writes Y, and N/A for what was not shown`() throws {
    let text = """
      \u{FEFF}"id","submitdate","lastpage","startlanguage","Q1","Q2[SQ001]","Q2[SQ002]","Q2[other]"
      "1","2026-01-05 10:08:40","3","de","A2","Y","","Fax"
      "2","2026-01-05 10:09:40","3","de","A1","Y","Y",""
      "3","","1","de","","N/A","N/A",""

      """
    let file = try TestFiles.read(text)
    #expect(file.format == .limesurvey)
    let set = try #require(file.survey.sets.first)
    #expect(set.members == ["Q2[SQ001]", "Q2[SQ002]"])
    #expect(set.coding == .dichotomy(chosen: .text("Y")))
    let member = try #require(file.survey["Q2[SQ001]"])
    #expect(member.reasons.map(\.kind) == [.notAsked])
    #expect(member.missing == [0, 0, 1])
  }

  @Test func `KoboToolbox says the same twice, and once is kept`() throws {
    let text = """
      "start";"intro/age";"channels";"channels/web";"channels/store";"_uuid";"_submission_time"
      "2026-01-05T10:02:11.000+01:00";"34";"web";"1";"0";"a-1";"2026-01-05T09:08:50"
      "2026-01-05T11:02:11.000+01:00";"41";"web store";"1";"1";"a-2";"2026-01-05T10:08:50"
      "2026-01-05T11:02:11.000+01:00";"";"";"";"";"a-3";"2026-01-05T10:08:50"

      """
    let file = try TestFiles.read(text)
    #expect(file.format == .kobo)
    #expect(file.survey["channels"] == nil)
    #expect(file.survey.sets.map(\.name) == ["channels"])
    #expect(file.survey["start"]?.level == .date)
    #expect(file.notices.contains { $0.column == "channels" })
  }

  @Test func `REDCap, Typeform and Alchemer columns become sets`() throws {
    let redcap = try TestFiles.read(
      "record_id,q___1,q___2,q___9\n1,1,0,0\n2,0,1,0\n3,1,1,0\n")
    #expect(redcap.format == .redcap)
    #expect(redcap.survey.sets.map(\.members) == [["q___1", "q___2", "q___9"]])
    let typeform = try TestFiles.read(
      """
      #,How satisfied?,Which tools?,Reports,Alerts,Other,Submit Date (UTC),Network ID
      a1b2,5,,Reports,,,2026-01-05 10:05:00,n1
      c3d4,3,,Reports,Alerts,Zapier,2026-01-05 11:04:00,n2

      """)
    #expect(typeform.format == .typeform)
    #expect(typeform.survey.sets.map(\.name) == ["Which tools?"])
    #expect(typeform.survey.sets.map(\.members) == [["Reports", "Alerts"]])
    #expect(typeform.survey.sets.map(\.isBounded) == [true])
    let alchemer = try TestFiles.read(
      """
      "Response ID","Time Started","Web:Which channels?","Store:Which channels?","Setup:Rate"
      "1","Jan 05, 2026 10:02:11 AM","Web","","4"
      "2","Jan 05, 2026 11:02:11 AM","Web","Store","2"

      """)
    #expect(alchemer.format == .alchemer)
    #expect(alchemer.survey.sets.map(\.name) == ["Which channels?"])
    #expect(alchemer.survey.sets.first?.members.count == 2)
  }

  @Test func `scales and single answers are no sets`() throws {
    let file = try TestFiles.read(
      "q_1,q_2,q_3,is_a,is_b\n1,2,3,x,y\n2,3,1,z,y\n5,1,2,x,q\n")
    #expect(file.survey.sets.isEmpty)
    let comments = try TestFiles.read("txt\n\"fine, thanks\"\n\"good, I think\"\nbad\n")
    #expect(Inspection(comments.survey).joined.isEmpty)
  }

  @Test func `compressed text is read as text, and a damaged one refused`() throws {
    try TestFiles.withFolder { folder in
      try AtomicFile.write("id,q\n1,a\n2,b\n", to: folder + "/a.csv")
      let gzip = Process()
      gzip.executableURL = URL(filePath: "/bin/gzip")
      gzip.arguments = ["-n", folder + "/a.csv"]
      try gzip.run()
      gzip.waitUntilExit()
      let file = try SurveyReader.read([folder + "/a.csv.gz"])
      #expect(file.survey["q"]?.answerTexts == ["a", "b"])
      let bytes = Array(try Data(contentsOf: URL(filePath: folder + "/a.csv.gz")))
      for length in 18..<bytes.count {
        #expect(TestFiles.error(Array(bytes[..<length]), name: "b.csv.gz") != nil)
      }
    }
  }

  @Test(arguments: ["stata.dta", "portable.por", "transport.xpt"])
  func `Stata, SPSS portable and SAS transport files read through the same program`(
    _ name: String
  ) throws {
    var options = ReadingOptions()
    options.reader = TestFiles.reader
    let file = try SurveyReader.read([TestFiles.fixture("sav/" + name)], options: options)
    #expect(file.survey.respondentCount == 40)
    let names = file.survey.variables.map { $0.name.lowercased() }
    #expect(names.contains("gender"))
    let gender = try #require(file.survey.variables.first { $0.name.lowercased() == "gender" })
    #expect(gender.numbers == (0..<40).map { Double(1 + $0 % 2) })
    if name == "stata.dta" {
      #expect(gender.categories.map(\.label) == ["Männer", "Women"])
      #expect(file.survey["city"]?.answerTexts.prefix(3) == ["Zürich", "Genève", "Łódź"])
    }
  }
}
