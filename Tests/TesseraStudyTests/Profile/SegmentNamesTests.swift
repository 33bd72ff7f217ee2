import Foundation
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct SegmentNamesTests {
  /// Three kinds: who they are, and ten pastimes of which one kind has most and one few.
  private static func people(_ rows: Int) -> StudyData {
    var random = RandomStream(seed: 14)
    let kind = (0..<rows).map { $0 % 3 }
    func choose(_ chances: [Double]) -> [Int] {
      kind.map { random.uniform() < chances[$0] ? 1 : 2 }
    }
    let marital = Made.nominal(
      "marital", choose([0.92, 0.12, 0.9]), labels: ["married", "single"], label: "Marital status")
    let age = Made.nominal(
      "age", kind.map { random.uniform() < 0.85 ? [2, 1, 3][$0] : 1 + random.below(3) },
      labels: ["18-34", "35-54", "55 or over"], level: .ordinal, label: "Age")
    let names = ["reading", "cinema", "sport", "cooking", "garden", "travel"]
    let chances = [0.9, 0.5, 0.08]
    let ticks = names.map { name in
      Made.member(
        "do_\(name)", kind.map { random.uniform() < chances[$0] ? 1 : 0 }, label: name.capitalized)
    }
    return Made.data(
      [marital, age] + ticks,
      sets: [
        MultipleResponseSet(
          name: "pastimes", label: "pastimes", members: ticks.map(\.name),
          coding: .dichotomy(chosen: .number(1)))
      ])
  }

  private static func run() throws -> StudySegmentation {
    var declaration = EvidenceTests.declaration(["marital", "age", "pastimes"])
    declaration.count = .exactly(3)
    return try StudySegmentation.run(people(300), declaration, EvidenceTests.plain)
  }

  @Test func `names say who people are before what they do, and never what they do not`() throws {
    let names = try Self.run().result.segments.map { $0.name.lowercased() }
    #expect(Set(names).count == 3, "\(names)")
    #expect(names.allSatisfy { !$0.contains("no ") && $0.count <= 40 })
    #expect(names.contains { $0.contains("many pastimes") }, "\(names)")
    #expect(names.contains { $0.contains("few pastimes") })
    #expect(names.contains { $0.contains("singles") }, "\(names)")
  }

  /// Simulated: two kinds, who lack food in winter or in summer and were asked in different years.
  @Test func `short answers are said behind their question, and no year names anybody`() throws {
    var random = RandomStream(seed: 21)
    let kind = (0..<300).map { $0 % 2 }
    let months = ["Jan", "Feb", "Mar", "Jul", "Aug", "Sep"].enumerated().map { place, month in
      Made.member(
        "m_\(month)",
        kind.map { random.uniform() < ((place < 3) == ($0 == 0) ? 0.9 : 0.15) ? 1 : 0 },
        label: month)
    }
    let year = Made.nominal(
      "year", kind.map { random.uniform() < 0.9 ? $0 + 1 : 2 - $0 }, labels: ["Early", "Late"],
      label: "Year")
    let data = Made.data(
      [year] + months,
      sets: [
        MultipleResponseSet(
          name: "lack", label: "months without food", members: months.map(\.name),
          coding: .dichotomy(chosen: .number(1)))
      ])
    var declaration = EvidenceTests.declaration(["lack"])
    declaration.passive = ["year"]
    declaration.count = .exactly(2)
    let names = try StudySegmentation.run(data, declaration, EvidenceTests.plain).result.segments
      .map { $0.name.lowercased() }
    #expect(names.allSatisfy { $0.hasPrefix("months without food: ") }, "\(names)")
    #expect(names.allSatisfy { !$0.contains("early") && !$0.contains("late") }, "\(names)")
  }

  /// Simulated: two kinds on scales of nine steps.
  @Test func `long scales without words are told by means`() throws {
    var random = RandomStream(seed: 22)
    let items = ["calm", "warm", "kind", "loud"].map { name in
      Made.nominal(
        name, (0..<240).map { min(9, max(1, ($0 % 2 == 0 ? 6 : 2) + random.below(4))) },
        labels: (1...9).map(String.init), level: .ordinal)
    }
    var declaration = EvidenceTests.declaration(items.map(\.name))
    declaration.count = .exactly(2)
    let run = try StudySegmentation.run(Made.data(items), declaration, EvidenceTests.plain)
    for segment in try run.profile(EvidenceTests.plain).segments {
      #expect(segment.sentence.lowercased().contains("average of"), "\(segment.sentence)")
      #expect(!segment.sentence.contains("answered"), "\(segment.sentence)")
    }
  }

  @Test func `a high number of things is many of them`() {
    #expect(ItemWords.amount(of: "number of siblings", isHigh: true) == "many siblings")
    #expect(ItemWords.amount(of: "Number of siblings", isHigh: false) == "few siblings")
    #expect(ItemWords.amount(of: "income", isHigh: false) == "low income")
  }

  @Test func `markers, a sentence and a typical respondent tell each segment`() throws {
    let run = try Self.run()
    let profile = try run.profile(EvidenceTests.plain)
    for segment in profile.segments {
      #expect(segment.sentence.contains("% of people"))
      #expect(!segment.markers.isEmpty)
      for marker in segment.markers {
        #expect(marker.lift > 1 && marker.precision > segment.share && marker.precision <= 1)
        // Bayes: the share of the answer's givers who are members.
        let cell = segment.variables.flatMap(\.categories).filter { $0.share == marker.share }
        #expect(
          cell.contains {
            abs(min(1, segment.share * marker.share / ($0.totalShare ?? 1)) - marker.precision)
              < 1e-9
          })
      }
      // A typical member exists: ten or more members gave these answers together.
      #expect(segment.typical.count >= 2)
      let members = run.segmented.posterior.likeliest.enumerated().filter {
        run.segmented.segments[$0.element].id == segment.id
      }.map(\.offset)
      let people = members.count { row in
        segment.typical.allSatisfy { Self.gives($0, row, run.segmented.survey) }
      }
      #expect(people >= 10, "\(segment.typical)")
      // Each answer is the commonest of the segment.
      for answer in segment.typical {
        guard let share = answer.share,
          let asked = segment.variables.first(where: { $0.name == answer.name })
        else { continue }
        #expect(asked.categories.compactMap(\.share).allSatisfy { $0 <= share + 0.05 })
      }
      // Shares are shares: in figures, with everybody's beside them.
      #expect(segment.description.contains { $0.contains("% ") && $0.contains("(all: ") })
      for word in ["ever", "often", "ostly", "against"] {
        #expect(segment.description.allSatisfy { !$0.contains(word) }, "\(segment.description)")
      }
    }
    let few = try #require(
      profile.segments.first { $0.name.lowercased().contains("few pastimes") })
    if let last = few.typical.last, last.name == "pastimes" {
      #expect(last.answer == "none of them")
    }
    #expect(profile.json["segments"]?.array?[0]["markers"]?.array?.isEmpty == false)
  }

  /// Whether a row holds an answer of a typical member.
  private static func gives(_ answer: TypicalAnswer, _ row: Int, _ survey: Survey) -> Bool {
    func label(_ name: String) -> String? {
      guard let variable = survey.variables.first(where: { $0.name == name }) else { return nil }
      let position = variable.answers.position(row)
      return position > 0 ? variable.categories[position - 1].label : nil
    }
    return label(answer.name).map { $0 == answer.answer } ?? true
  }

  @Test func `hidden cells make no typical respondent`() throws {
    var settings = RunSettings()
    settings.minimumCell = 200
    let run = try Self.run()
    let profile = try run.profile(settings)
    #expect(profile.segments.allSatisfy { $0.typical.allSatisfy { $0.share == nil } })
    #expect(profile.segments.allSatisfy { $0.markers.isEmpty })
  }
}
