import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct DraftKindsTests {
  @Test func `a battery is active, all of it, and who people are describes`() throws {
    let people = [
      DraftColumn("caseid") { "\(1000 + $0)" }, DraftColumn("age") { "\(18 + pick($0, 99, 60))" },
    ]
    let items = (1...8).map { item in DraftColumn("item\(item)") { "\(1 + pick($0, item, 5))" } }
    let found = try draft(people + items)
    #expect(found.study.survey.id == "caseid")
    #expect(found.study.segments.active == (1...8).map { "item\($0)" })
    #expect(found.study.segments.passive == ["age"])
    #expect(found.text.contains("# Decisions for you:"))
    #expect(found.text.contains("# scale_use: center"))
  }

  @Test func `of several batteries one is taken, and the others stand beside it`() throws {
    let often = ["Never", "Rarely", "Sometimes", "Often"]
    let agree = (1...5).map { item in
      DraftColumn("val\(item)") { agreementScale[pick($0, item, 5)] }
    }
    let use = (1...4).map { item in DraftColumn("use\(item)") { often[pick($0, item + 50, 4)] } }
    let found = try draft(use + agree)
    #expect(found.study.segments.active == (1...5).map { "val\($0)" })
    #expect(found.text.contains("# or: [use1, use2, use3, use4]"))
  }

  @Test func `a long battery is reduced openly`() throws {
    let items = (1...40).map { item in DraftColumn("S_\(item)") { "\(1 + pick($0, item, 7))" } }
    let found = try draft(items)
    #expect(found.study.segments.active.count == 24)
    #expect(found.text.contains("24 of 40 items"))
  }

  @Test func `a grid of importance makes needs, by its answers`() throws {
    let answers = ["Not relevant for me", "Somewhat useful", "Critical to me"]
    let items = ["Speed", "Price", "Colour", "Size"].enumerated().map { place, option in
      DraftColumn("What do you care about? [\(option)]") { answers[pick($0, place, 3)] }
    }
    let found = try draft(items)
    #expect(found.study.needs.map(\.name) == ["speed", "price", "colour", "size"])
    #expect(found.study.segments.active.count == 4)
  }

  @Test func `kilograms and words with weight in them are no sampling weight`() throws {
    let found = try draft([
      DraftColumn("height") { "\(150 + pick($0, 1, 45))" },
      DraftColumn("weight") { "\(43 + pick($0, 2, 66)).5" },
      DraftColumn("weight_conscious") { "\(1 + pick($0, 3, 3))" },
    ])
    #expect(found.study.survey.weight == nil)
  }

  @Test(arguments: ["pspwght", "WTINT2YR", "fexp", "pondera", "finalwgt"])
  func `names of weights are known where their numbers are like weights`(name: String) throws {
    let found = try draft([
      DraftColumn(name) { String(0.4 + Double(pick($0, 1, 120)) / 100) },
      DraftColumn("q") { "\(pick($0, 2, 4))" },
    ])
    #expect(found.study.survey.weight == .sampling(name))
  }

  @Test func `8 rooms and 9 visits stay answers, and NULL and NA are none`() throws {
    let found = try draft([
      DraftColumn("rooms") { $0 == 7 ? "8" : "\(1 + pick($0, 1, 3))" },
      DraftColumn("visits") { $0 == 9 ? "9" : "\(pick($0, 2, 5))" },
      DraftColumn("member") { ["yes", "no", "NULL"][pick($0, 3, 3)] },
      DraftColumn("kind") { ["a", "b", "NA"][pick($0, 4, 3)] },
    ])
    #expect(found.study.survey.missingByColumn.map(\.column) == ["member", "kind"])
    #expect(found.text.contains(" answers"))
  }

  @Test func `unfinished interviews are told, and a filter is drafted`() throws {
    let found = try draft([
      DraftColumn("status") { $0 % 3 == 0 ? "Partial" : "Complete" },
      DraftColumn("q") { "\(pick($0, 1, 4))" },
    ])
    #expect(found.warnings == ["54 of 160 interviews are not complete (status: Partial)"])
    #expect(found.text.contains("filter: { complete: \"status = Complete\" }"))
    #expect(!(found.study.segments.active + found.study.segments.passive).contains("status"))
  }

  @Test func `a few numbers of people are personal data, however few there are`() throws {
    let found = try draft([
      DraftColumn("mobile_no") { "555-010\(pick($0, 2, 6))" },
      DraftColumn("pain") { "\(pick($0, 3, 8))" },
    ])
    #expect(!(found.study.segments.active + found.study.segments.passive).contains("mobile_no"))
    #expect(!found.text.contains("555-01"))
  }

  @Test func `identifiers that repeat are told, and names and numbers of people are not used`()
    throws
  {
    let names = ["Ann", "Bob", "Cem", "Dee", "Eva", "Fay", "Gus", "Hal", "Ida", "Jon"]
    let found = try draft([
      DraftColumn("record_id") { "\($0 / 2)" },
      DraftColumn("first_name") { names[pick($0 / 2, 1, 10)] },
      DraftColumn("mobile_no") { "+49 170 55500\(10 + pick($0 / 2, 2, 40))" },
      DraftColumn("redcap_repeat_instrument") { ["", "visit"][$0 % 2] },
      DraftColumn("pain") { "\(pick($0, 3, 8))" },
    ])
    #expect(found.warnings.first?.hasPrefix("record_id repeats: 160 rows of 80 people") == true)
    #expect(found.text.contains("# filter: { complete: redcap_repeat_instrument is missing }"))
    let used = found.study.segments.active + found.study.segments.passive
    #expect(used == ["pain"])
    #expect(!found.text.contains("Ann") && !found.text.contains("55500"))
  }

  @Test func `the phone one uses and needs to address are questions like any other`() throws {
    let found = try draft([
      DraftColumn("How often do you use your phone?") {
        ["Never", "Sometimes", "Often"][pick($0, 1, 3)]
      },
      DraftColumn("Which needs do we have to address?") {
        ["Price", "Speed", "Size"][pick($0, 2, 3)]
      },
      DraftColumn("q") { "\(pick($0, 3, 4))" },
    ])
    let used = found.study.segments.active + found.study.segments.passive
    #expect(used.count == 3)
  }

  @Test func `options with commas are kept whole, and a cluster may be a machine`() throws {
    let options = ["Laptop", "Workstation", "Cluster of 2-10 machines"]
    let found = try draft([
      DraftColumn("Where do you run it: one machine or a cluster?") { row in
        options.indices.filter { pick(row, $0, 2) == 0 }.map { options[$0] }
          .joined(separator: ", ")
      }, DraftColumn("q") { "\(pick($0, 3, 4))" },
    ])
    #expect(found.study.survey.sets.count == 1)
    #expect(!found.text.contains("# cluster:"))
  }

  @Test func `what only tests the respondent is no question`() throws {
    let found = try draft([
      DraftColumn("To show that you are no robot, type 8") { $0 % 9 == 0 ? "eight" : "8 signs" },
      DraftColumn("q") { "\(pick($0, 3, 4))" },
    ])
    let used = found.study.segments.active + found.study.segments.passive
    #expect(!used.contains { $0.contains("robot") })
  }
}
