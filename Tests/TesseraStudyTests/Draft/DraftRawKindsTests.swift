import TesseraStudy
import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Kinds of columns in raw exports: screeners, best-worst tasks, inventories over several pages, sums,
/// rows that are tests, weights of those who finished (simulated).
@Suite struct DraftRawKindsTests {
  private func items(_ stem: String = "Q5_", _ numbers: ClosedRange<Int> = 1...8) -> [DraftColumn] {
    numbers.map { item in DraftColumn("\(stem)\(item)") { "\(1 + pick($0, item, 5))" } }
  }

  private func passive(
    _ found: (text: String, study: StudyFile, warnings: [String], data: StudyData)
  )
    -> Set<String>
  {
    Set(found.study.segments.passive)
  }

  @Test func `questions numbered in a row are no battery where their answers differ`() throws {
    let found = try draft(
      [
        DraftColumn("S1") { "\(1 + pick($0, 11, 6))" },
        DraftColumn("S2") { "\(1 + pick($0, 12, 3))" },
        DraftColumn("S3") { "\(1 + pick($0, 13, 5))" },
      ] + items(), rows: 300)
    #expect(!found.text.contains("items \"S\""), "\(found.text)")
    #expect(!found.text.contains("\nvalues:"))
    #expect(found.study.segments.active == (1...8).map { "Q5_\($0)" })
  }

  @Test func `a table of counts is people, and a survey with a count is none`() throws {
    let yes = { (row: Int, bit: Int) in row >> bit & 1 == 1 ? "yes" : "no" }
    let table = try draft(
      (0..<4).map { bit in DraftColumn("q\(bit)") { yes($0, bit) } } + [
        DraftColumn("count") { "\(3 + pick($0, 50, 40))" }
      ], rows: 16)
    #expect(table.text.contains("  frequency: count #"), "\(table.text)")
    #expect(!passive(table).contains("count"))
    // The people decide how many segments are tried, not the rows.
    #expect(table.text.contains("count: 1-8 #") && table.text.contains("16 rows of "))
    let survey = try draft(
      items() + [DraftColumn("count") { "\(3 + pick($0, 50, 40))" }], rows: 300)
    #expect(!survey.text.contains("  frequency: "), "\(survey.text)")
  }

  @Test func `a sum of two items is no item`() throws {
    let found = try draft(
      items() + [
        DraftColumn("phq_1") { "\(pick($0, 21, 4))" },
        DraftColumn("phq_2") { "\(pick($0, 22, 4))" },
        DraftColumn("phq_total") { "\(pick($0, 21, 4) + pick($0, 22, 4))" },
      ], rows: 300)
    #expect(found.text.contains("the sum of \"phq_1\" to \"phq_2\": phq_total"), "\(found.text)")
    #expect(!passive(found).contains("phq_total"))
  }

  @Test(arguments: [("M", "L"), ("NAJ", "NAJM")])
  func `best-worst tasks are neither needs nor the battery`(best: String, worst: String) throws {
    let tasks = (1...4).flatMap { task -> [DraftColumn] in
      [
        DraftColumn("MD\(task)_\(best)") { "\(1 + pick($0, 30 + task, 8))" },
        DraftColumn("MD\(task)_\(worst)") {
          let most = pick($0, 30 + task, 8)
          return "\(1 + (most + 1 + pick($0, 40 + task, 7)) % 8)"
        },
      ]
    }
    let found = try draft(items() + tasks, rows: 300)
    #expect(found.study.segments.active == (1...8).map { "Q5_\($0)" }, "\(found.text)")
    #expect(found.text.contains("# choices: 4 best-worst tasks (MaxDiff), MD1_\(best) to"))
    #expect(!found.text.contains("\nneeds:"))
    #expect(passive(found).isDisjoint(with: tasks.map(\.name)))
  }

  @Test func `ranks of one question are no best-worst tasks`() throws {
    let orders = [
      [1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], [2, 1, 4, 3, 6, 5], [3, 6, 1, 5, 2, 4],
    ]
    let found = try draft(
      items()
        + (0..<6).map { place in DraftColumn("R_\(place)") { "\(orders[pick($0, 50, 4)][place])" } },
      rows: 300)
    #expect(!found.text.contains("# choices:"), "\(found.text)")
  }

  @Test func `items whose codes run on over several questions are one battery`() throws {
    let columns = (0..<4).flatMap { page in
      (1...4).map { place -> DraftColumn in
        let item = page * 4 + place
        return DraftColumn("Q0\(page + 2)[IT\(item < 10 ? "0" : "")\(item)]") {
          "\(1 + pick($0, item, 5))"
        }
      }
    }
    let found = try draft(columns, rows: 200)
    #expect(found.study.segments.active.count == 16, "\(found.text)")
    #expect(found.text.contains("16 items \"IT\""))
  }

  @Test func `a weight of those who finished comes with the filter that keeps them`() throws {
    let states = ["Qualified", "Qualified", "Qualified", "Terminated", "Overquota"]
    let found = try draft(
      [DraftColumn("status") { states[pick($0, 60, 5)] }] + items() + [
        DraftColumn("weight") { row in
          states[pick(row, 60, 5)] == "Qualified"
            ? "\(0.5 + Double(pick(row, 61, 1000)) / 1000)" : ""
        }
      ], rows: 400)
    #expect(found.text.contains("\n  weight: weight #"), "\(found.text)")
    #expect(found.text.contains("\n  filter: { complete: \"status = Qualified\" }"))
    #expect(found.data.survey.respondentCount < 400)
  }

  @Test func `rows that are tests of the questionnaire are told`() throws {
    let found = try draft(
      [
        DraftColumn("QUESTNNR") { _ in "base" },
        DraftColumn("MODE") { $0 % 40 == 0 ? "admin" : "interview" },
      ] + items(), rows: 200)
    #expect(found.warnings.contains { $0.contains("5 of 200 rows are tests") }, "\(found.warnings)")
    #expect(found.text.contains("MODE != admin"))
  }

  @Test func `every drafted filter leaves out as many rows as its sentence says`() throws {
    let columns: [[DraftColumn]] = [
      [DraftColumn("PROGRESSION") { $0 % 8 == 0 ? "En cours" : "Terminé" }],
      [DraftColumn("tester") { $0 % 40 == 0 ? "1" : "0" }],
      [DraftColumn("Progress") { $0 % 10 == 0 ? "40" : "100" }],
      [DraftColumn("city_test") { $0 % 50 == 0 ? "TEST" : "" }],
    ]
    for (column, count) in zip(columns, [25, 5, 20, 4]) {
      let found = try draft(column + items(), rows: 200)
      let line = try #require(
        found.text.split(separator: "\n").first { $0.contains("filter: { complete:") },
        "\(found.text)")
      let switched = found.text.replacing(line, with: "  " + line.drop { " #".contains($0) })
      let study = try StudyFile.parse(switched, file: "study.yaml")
      let condition = try #require(study.survey.preparation.filters.first?.condition)
      let truths = try ColumnStatements(data: found.data).truths(Expression.parse(condition))
      #expect(truths.count { $0 != Truth.yes } == count, "\(line)")
      #expect(found.warnings.contains { $0.hasPrefix("\(count) of 200") })
    }
  }

  @Test func `of a path its last part says what a column is about`() throws {
    let found = try draft(
      [
        DraftColumn("household/region") { ["north", "south", "west"][pick($0, 70, 3)] },
        DraftColumn("household/radio") { ["yes", "no"][pick($0, 71, 2)] },
      ] + items(), rows: 200)
    #expect(
      found.text.contains("household/region\" # the name says \"region\": region"), "\(found.text)")
    #expect(!found.text.contains("household/radio\" # the name says"))
  }

  @Test func `an order that no word tells is guessed from how answers go together`() throws {
    let words = ["kati", "mola", "pesu", "rino", "suve"]
    let latent = (0..<400).map { pick($0, 80, 5) }
    let found = try draft(
      (1...6).map { item in
        DraftColumn("Q3 [\(item)]") { row in
          // Every third item is turned round.
          let level = min(4, max(0, latent[row] + pick(row, 80 + item, 3) - 1))
          return words[item % 3 == 0 ? 4 - level : level]
        }
      }, rows: 400)
    let order = try #require(found.data.survey["Q3 [1]"]).categories.map(\.label)
    #expect(order == words || order == words.reversed(), "\(found.text)")
    #expect(found.text.contains("# CHECK: by how the answers go together"))
    #expect(found.study.segments.active.count == 6)
  }

  @Test func `kinds of one grid have no order`() throws {
    let brands = ["Arno", "Belt", "Coro", "Dima", "Emil"]
    let found = try draft(
      (1...6).map { item in
        DraftColumn("Q3 [\(item)]") { row in
          pick(row, 90 + item, 2) == 0 ? brands[pick(row, 89, 5)] : brands[pick(row, 95 + item, 5)]
        }
      }, rows: 400)
    #expect(!found.text.contains("CHECK: by how"), "\(found.text)")
  }

  @Test(arguments: [
    "¿Qué probabilidad hay de que nos recomiende a un amigo?",
    "Jak prawdopodobne jest, że nas polecisz?",
    "Hoe waarschijnlijk is het dat u ons zou aanbevelen?", "Quanto è probabile che ci raccomandi?",
    "今のブランドを友人に薦める可能性",
  ])
  func `the likelihood of recommending is known in more languages`(_ heading: String) throws {
    let found = try draft(items() + [DraftColumn(heading) { "\(pick($0, 99, 11))" }], rows: 300)
    #expect(found.text.contains("labels: [Detractors, Passives, Promoters]"), "\(found.text)")
  }
}
