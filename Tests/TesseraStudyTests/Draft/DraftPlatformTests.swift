import Testing

@testable import TesseraStudy

/// Exports of platforms, with the features of each that a draft has to know.
@Suite struct DraftPlatformTests {
  @Test func `LimeSurvey's codes of a scale have an order, and its letters for options are a set`()
    throws
  {
    let platform = ["submitdate", "lastpage", "startlanguage"].map { name in
      DraftColumn(name) { name == "submitdate" ? "2024-02-0\(1 + $0 % 9) 10:00:00" : "5" }
    }
    let grid = (1...4).map { row in
      DraftColumn("G2Q5[SQ00\(row)]") { "A\(1 + pick($0, row, 5))" }
    }
    let options = (1...3).map { row in
      DraftColumn("G2Q6[SQ00\(row)]") { pick($0, 20 + row, 2) == 0 ? "Y" : "" }
    }
    let found = try draft([DraftColumn("id") { "\($0 + 3)" }] + platform + grid + options)
    #expect(found.study.segments.active == grid.map(\.name))
    #expect(found.text.contains("[A1, A2, A3, A4, A5]"))
    #expect(found.study.survey.id == "id")
    #expect(!found.study.segments.passive.contains("lastpage"))
  }

  @Test func `LimeSurvey's headings of code and wording keep a question together`() throws {
    let codes = [
      "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language",
      "interviewtime. Total time", "G1Q1Time. Question time: G1Q1",
    ]
    let platform = codes.enumerated().map { place, name in
      DraftColumn(name) { row in
        switch place {
        case 0: row % 7 == 0 ? "" : "2024-02-01 10:\(10 + row % 50):00"
        case 3, 4: "\(100 + pick(row, place, 900)).5"
        default: "\(1 + pick(row, place, 5))"
        }
      }
    }
    let media = ["TV", "Radio", "Print"].enumerated().map { place, option in
      DraftColumn("G2Q6[SQ00\(place + 1)]. Which media do you use? [\(option)]") {
        pick($0, place, 2) == 0 ? "Yes" : "No"
      }
    }
    let trust = ["Low", "Medium", "High"]
    let grid = ["Court", "Press", "Police"].enumerated().map { place, option in
      DraftColumn("G3Q1[SQ00\(place + 1)]. How much do you trust? [\(option)]") {
        trust[pick($0, 30 + place, 3)]
      }
    }
    let found = try draft(platform + media + grid)
    #expect(found.study.segments.active == grid.map(\.name))
    let used = found.study.segments.passive
    for code in codes { #expect(!used.contains(code), "\(code)") }
    for option in media { #expect(!used.contains(option.name), "\(option.name)") }
    #expect(found.warnings.contains { $0.contains("not complete") })
  }

  @Test func `a column that counts what the next ones chose makes them one question`() throws {
    let chosen = { (row: Int, option: Int) in 1 + pick(row, option, 2) }
    let total = DraftColumn("A102") { row in "\((1...4).count { chosen(row, $0) == 2 })" }
    let options = (1...4).map { option in
      DraftColumn("A102_0\(option)") { "\(chosen($0, option))" }
    }
    let grid = (1...4).map { row in DraftColumn("A101_0\(row)") { "\(1 + pick($0, 60 + row, 5))" } }
    let found = try draft(grid + [total] + options)
    #expect(found.study.segments.active == grid.map(\.name))
    #expect(found.study.segments.passive.contains("A102 ..."))
    #expect(!found.study.segments.passive.contains("A102_01"))
  }

  @Test func `names of choices with blanks between them are several answers`() throws {
    let crops = ["maize", "beans", "rice", "sweet_potato"]
    let found = try draft([
      DraftColumn("crops") { row in
        crops.enumerated().filter { pick(row, $0.offset, 2) == 0 || $0.offset == row % 4 }
          .map(\.element).joined(separator: " ")
      },
      DraftColumn("help") { ["not at all", "a little", "a lot"][pick($0, 9, 3)] },
    ])
    #expect(found.text.contains("{ column: crops, separator: \" \" }"))
    #expect(!found.text.contains("column: help"))
  }

  @Test func `how often symptoms came is one scale`() throws {
    let often = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
    let items = ["Little interest", "Feeling down", "Poor sleep", "Tired"].enumerated().map {
      place, name in DraftColumn(name) { often[pick($0, place, 4)] }
    }
    #expect(try draft(items).study.segments.active == items.map(\.name))
  }

  @Test func `what the platform adds beside a question is not used`() throws {
    let items = (1...4).map { item in DraftColumn("Q5_\(item)") { "\(1 + pick($0, item, 5))" } }
    let others = [
      DraftColumn("Q2_DO") { ["1|2", "2|1"][pick($0, 30, 2)] },
      DraftColumn("Q_RecaptchaScore") { ["0.9", "0.8", "0.7"][pick($0, 31, 3)] },
      DraftColumn("Q8_First Click") { "\(pick($0, 32, 90)).25" },
      DraftColumn("Q8_Page Submit") { "\(pick($0, 33, 90)).5" },
      DraftColumn("Q8_Click Count") { "\(pick($0, 34, 9))" },
      DraftColumn("consent") { _ in "1" },
    ]
    let found = try draft(others + items)
    #expect(found.study.segments.active == items.map(\.name))
    #expect(found.study.segments.passive.isEmpty)
  }

  @Test func `what the law protects is marked`() throws {
    let items = (1...4).map { item in DraftColumn("item\(item)") { "\(1 + pick($0, item, 5))" } }
    let found = try draft(
      items + [
        DraftColumn("religion") { ["Catholic", "Protestant", "None"][pick($0, 8, 3)] },
        DraftColumn("voted for") { ["Left", "Right", "Nobody"][pick($0, 9, 3)] },
        DraftColumn("car") { ["Small", "Van", "Sports car"][pick($0, 10, 3)] },
      ])
    #expect(Set(found.study.sensitive) == ["religion", "voted for"])
  }

  @Test func `a bare file is segmented on what the draft makes segments of`() throws {
    let items = (1...4).map { item in
      DraftColumn("item\(item)") { "\(1 + (pick($0, 99, 2) * 3 + pick($0, item, 2)))" }
    }
    let people = [
      DraftColumn("id") { "\($0 + 1)" }, DraftColumn("age") { "\(20 + pick($0, 5, 40))" },
    ]
    let found = try draft(people + items)
    let encoded = try StudyEncoder.encode(found.data, SegmentsDeclaration(), RunSettings())
    #expect(encoded.activeNames == found.study.segments.active)
  }
}
