import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Waves, columns that join, and what rules of quality change.
@Suite struct WaveTests {
  private func rows(_ first: Int, _ count: Int) -> String {
    (first..<first + count).map { "\($0),\($0 % 5 + 1),\($0 % 3 + 1)\n" }.joined()
  }

  @Test func `waves are made from the names of stacked files, and describe the segments`() throws {
    let folder = try StudyFolder([
      "w2024.csv": "id,q1,q2\n" + rows(0, 12), "w2025.csv": "id,q1,q2\n" + rows(12, 18),
      "study.yaml": """
      survey: { file: [w2024.csv, w2025.csv], id: id, wave: wave }
      segments: { active: [q1, q2] }
      """,
    ])
    let study = try folder.load()
    let wave = try #require(study.data.survey["wave"])
    #expect(wave.categories.map(\.label) == ["w2024", "w2025"])
    #expect(wave.level == .ordinal)
    #expect(study.file.segments.passive == ["wave"])
    #expect(
      study.notices.contains {
        $0 == "Waves by the names of the files: w2024 (12 people), w2025 (18 people)."
      }, "\(study.notices)")
  }

  @Test func `a wave that is no column is refused where one file is read`() throws {
    let folder = try StudyFolder([
      "a.csv": "id,q1,q2\n" + rows(0, 12),
      "study.yaml": "survey: { file: a.csv, wave: wvae }\nsegments: { active: [q1, q2] }\n",
    ])
    let report = try #require(folder.fault())
    #expect(report.code == "E0401" && report.column == "survey.wave" && report.row == 1)
  }

  @Test func `columns of a second file take levels and missing codes like others`() throws {
    let folder = try StudyFolder([
      "a.csv": "id,q1,q2\n" + rows(0, 12),
      "crm.csv": "id,plan,spend\n"
        + (0..<12).map { "\($0),\(["basic", "plus", "pro"][$0 % 3]),\($0 == 3 ? -9 : $0 * 10)\n" }
        .joined(),
      "study.yaml": """
      survey:
        file: a.csv
        id: id
        merge: { file: crm.csv, by: id }
        levels: { plan: [basic, plus, pro], q1: numeric }
        missing: { spend: { -9: unknown } }
      segments: { active: [q1, plan] }
      """,
    ])
    let study = try folder.load()
    #expect(study.data.survey["plan"]?.level == .ordinal)
    #expect(study.data.survey["plan"]?.categories.map(\.label) == ["basic", "plus", "pro"])
    #expect(study.data.survey["spend"]?.numbers.filter(\.isNaN).count == 1)
  }

  @Test(arguments: [true, false])
  func `people who fail rules of quality are put back, or left out, for a second verdict`(
    _ removes: Bool
  ) throws {
    let folder = try StudyFolder([
      "a.csv": "id,q1,q2,check\n"
        + (0..<30).map { "\($0),\($0 % 5 + 1),\($0 % 3 + 1),\($0 < 4 ? 2 : 1)\n" }.joined(),
      "study.yaml": """
      survey:
        file: a.csv
        quality: { checks: { check: 1 }\(removes ? ", remove: [checks]" : "") }
      segments: { active: [q1, q2] }
      """,
    ])
    let study = try folder.load()
    let others = try study.qualityAlternatives()
    let other = try #require(others.first)
    #expect(others.count == 1)
    #expect(other.people == 4)
    #expect(other.change == (removes ? .back : .out))
    #expect(other.data.survey.respondentCount == (removes ? 30 : 26))
    let verdict = SegmentVerdict(kind: .groups, words: "3 groups.")
    let same = other.sentence(verdict, segments: 3, beside: verdict, ownSegments: 3)
    #expect(
      same == "\(removes ? "With" : "Without") the 4 people who fail rules of quality the verdict "
        + "would be the same, with 3 segments.")
    let changed = other.sentence(
      SegmentVerdict(kind: .notStable, words: "Not stable."), segments: 2, beside: verdict,
      ownSegments: 3)
    #expect(changed.hasSuffix("the verdict would be another: Not stable."))
  }

  @Test func `people who are counted only are left out for a verdict of their own`() throws {
    let folder = try StudyFolder([
      "a.csv": "id,q1,q2,check,other\n"
        + (0..<30).map {
          "\($0),\($0 % 5 + 1),\($0 % 3 + 1),\($0 < 4 ? 2 : 1),\($0 < 9 ? 2 : 1)\n"
        }.joined(),
      "study.yaml": """
      survey:
        file: a.csv
        quality:
          checks: { check: 1 }
          contradictions: { odd: "other = 2" }
          remove: [checks]
      segments: { active: [q1, q2] }
      """,
    ])
    let study = try folder.load()
    let others = try study.qualityAlternatives()
    #expect(others.map(\.change) == [.back, .outToo])
    #expect(others.map(\.people) == [4, 5])
    #expect(others.map(\.data.survey.respondentCount) == [30, 21])
    let said = others[1].sentence(nil, segments: 2, beside: nil, ownSegments: 2)
    #expect(said.hasPrefix("Without the 5 people who fail the other rules of quality"))
  }

  @Test func `without rules there is no second verdict`() throws {
    #expect(try HandCase.folder().load().qualityAlternatives().isEmpty)
  }
}
