import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Scales of which only the ends have words, and people who stopped in the middle (simulated).
@Suite struct DraftWordedEndsTests {
  private static let recommending =
    "How likely is it that you would recommend your current coffee machine to a friend or colleague?"

  private static func items(_ rows: Int = 160) -> [DraftColumn] {
    (1...8).map { item in
      DraftColumn("Q5_\(item)") { row in
        row % 20 == 7 && item > 4 ? "" : agreementScale[pick(row, item, 5)]
      }
    }
  }

  @Test(arguments: [
    ("Not at all likely - 0", "Extremely likely - 10"),
    ("0 - Not at all likely", "10 (very likely)"),
    ("0", "10"),
  ])
  func `promoters are found whatever words stand at the ends`(_ low: String, _ high: String) throws
  {
    let answer = { (row: Int) -> String in
      let number = pick(row, 77, 11)
      return number == 0 ? low : number == 10 ? high : "\(number)"
    }
    let found = try draft(Self.items() + [DraftColumn(Self.recommending, answer)])
    #expect(found.text.contains("label: NPS group"), "\(found.text)")
    let group = try #require(found.data.survey["promoters"])
    let labels = group.categories.map(\.label)
    #expect(Set(labels) == ["Detractors", "Passives", "Promoters"])
    for row in 0..<160 {
      let number = pick(row, 77, 11)
      let expected = number <= 6 ? "Detractors" : number <= 8 ? "Passives" : "Promoters"
      let position = group.answers.position(row)
      #expect(position > 0 && labels[position - 1] == expected, "row \(row): \(number)")
    }
  }

  @Test func `a scale in other words is no likelihood of recommending`() throws {
    let found = try draft(
      Self.items() + [
        DraftColumn("How did you hear of us, and would you recommend it?") {
          ["Friend - 1", "Web", "Shop - 2"][pick($0, 5, 3)]
        }
      ])
    #expect(!found.text.contains("NPS"), "\(found.text)")
  }

  @Test func `people who stopped before the end are counted on the first lines`() throws {
    let stopped = (0..<160).count { $0 % 20 == 7 }
    let columns =
      Self.items() + [
        DraftColumn("Last") { $0 % 20 == 7 ? "" : "\(1 + pick($0, 30, 4))" }
      ]
    let found = try draft(columns)
    #expect(
      found.text.contains("\(stopped) of them stop answering before the end"), "\(found.text)")
    let whole = try draft([DraftColumn("First") { "\(pick($0, 1, 4))" }] + Self.items(0).prefix(4))
    #expect(!whole.text.contains("before the end"))
  }
}
