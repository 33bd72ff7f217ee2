import Foundation
import GRDB
import TesseraMath
import TesseraStudy
import Testing

/// `tessera sql` held against `tessera assign` in SQLite, on simulated people: codes and labels, numbers,
/// counts, several answers in one column and in many, gaps and answers that no model knows.
@Suite("A model as SQL") struct SQLCommandTests {
  private static let columns = [
    "id", "home", "car", "media", "age", "visits", "act_1", "act_2", "act_3", "r1", "r2", "region",
    "spend", "zone", "balance",
  ]

  /// Codes in a column of floating point, of whole numbers and of text.
  private static let types = ["car": "REAL", "r1": "INTEGER", "act_1": "REAL", "balance": "REAL"]

  /// People of three kinds; `spoiled` ones have gaps, unknown answers and other spellings.
  private func people(_ count: Int, seed: UInt64, spoiled: Bool) -> [[String]] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { person in
      let kind = stream.below(3)
      func pick(_ values: [String]) -> String {
        stream.uniform() < 0.75 ? values[kind] : values[stream.below(values.count)]
      }
      let media = ["tv", "web; local", "print"].enumerated().filter { place, _ in
        stream.uniform() < (place == kind ? 0.7 : 0.2)
      }.map(\.element)
      var row = [
        "p\(person)", pick(["Own house", "Rents, shared", "It's \"other\""]),
        pick(["1", "2", "3"]), media.joined(separator: ";"),
        "\((10 * (25 + 18 * Double(kind) + 6 * stream.normal())).rounded() / 10)",
        "\(stream.poisson(mean: 1 + 3 * Double(kind)))",
      ]
      for act in 0..<3 { row.append(stream.uniform() < (act == kind ? 0.75 : 0.2) ? "1" : "0") }
      for _ in 0..<2 { row.append("\(min(5, max(1, kind + 1 + stream.below(3))))") }
      row.append(["North", "South"][stream.below(2)])
      row.append("\(stream.below(10) + 4 * kind)")
      row.append(pick(["01", "02", "10"]))
      row.append("\((100 * (Double(kind) - 1 + 0.6 * stream.normal())).rounded() / 100)")
      guard spoiled else { return row }
      for place in 1..<row.count {
        let chance = stream.uniform()
        if person == 0 || chance < 0.1 {
          row[place] = ""
        } else if chance < 0.15, place == 1 || place == 11 {
          row[place] = chance < 0.12 ? " \(row[place].uppercased())" : "Somewhere else"
        }
      }
      return row
    }
  }

  private func csv(_ rows: [[String]]) -> String {
    ([Self.columns] + rows).map { row in
      row.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        .joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }

  /// The proof and the statement.
  private func statements(_ text: String) -> [String] {
    text.components(separatedBy: ";\n").filter {
      !$0.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty
    }
  }

  @Test(arguments: [
    "active: [home, car, media, age, visits, act, r1, r2], count: 3",
    "active: [home, car, r1, r2, act], covariates: [region, spend], count: 3",
    "method: kmeans, active: [home, age, r1, r2, act], count: 3",
    "method: kmodes, active: [home, car, r1, r2, zone], count: 3",
    "active: [zone, balance, car, media], count: 3",
    "active: [home, car, r1, act], gaps: modelled, direct_effects: [[home, car]], count: 2",
  ])
  func `SQLite places everybody as assign does`(_ segments: String) throws {
    let command = try Command()
    defer { command.close() }
    try command.write(csv(people(400, seed: 5, spoiled: false)), to: "survey.csv")
    let spoiled = people(600, seed: 11, spoiled: true)
    try command.write(csv(spoiled), to: "people.csv")
    try command.write(
      """
      title: SQL
      survey:
        file: survey.csv
        id: id
        levels: { car: nominal, visits: count, spend: numeric, age: numeric, r1: ordinal, r2: ordinal }
        sets: { media: { column: media, separator: ";", options: [tv, "web; local", print] }, act: { columns: ["act_*"] } }
      segments: { \(segments), starts: 5, stability: 0 }
      """, to: "study.yaml")
    let run = try command.run("run", "study.yaml", "-o", "out")
    #expect(run.status == 0, "\(run.errors)")
    let assigned = try command.run("assign", "--model", "out", "people.csv", "-o", "a.jsonl")
    #expect(assigned.status == 0, "\(assigned.errors)")
    let text = try String(
      contentsOf: command.folder.appendingPathComponent("a.jsonl"), encoding: .utf8)
    var expected: [String: JSONValue] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let person = try JSONValue.parse(Data(line.utf8))
      expected[try #require(person["id"]?.string)] = person
    }
    let sql = try command.run(
      "sql", "--model", "out", "--dialect", "sqlite", "--table", "people", "--id", "id")
    #expect(sql.status == 0, "\(sql.errors)")
    let parts = statements(sql.output)
    #expect(parts.count == 2)

    let base = try DatabaseQueue()
    let (proof, found) = try base.write { base -> (Row?, [Row]) in
      try base.execute(
        sql:
          "CREATE TABLE people (\(Self.columns.map { "\($0) \(Self.types[$0] ?? "TEXT")" }.joined(separator: ", ")))"
      )
      for row in spoiled {
        try base.execute(
          sql: "INSERT INTO people VALUES (\(row.map { _ in "?" }.joined(separator: ", ")))",
          arguments: StatementArguments(row.map { $0.isEmpty ? nil : $0 as String? }))
      }
      return (try Row.fetchOne(base, sql: parts[0]), try Row.fetchAll(base, sql: parts[1]))
    }
    #expect(proof?["people"] as Int? == 50)
    #expect(proof?["mismatches"] as Int? == 0)

    #expect(found.count == spoiled.count && expected.count == spoiled.count)
    let chances = (expected["p1"]?.members ?? []).map(\.0).filter { $0.hasPrefix("p_") }
    #expect(!chances.isEmpty)
    for row in found {
      let id: String = row["id"]
      let own = try #require(expected[id])
      #expect(row["segment"] as String? == own["segment"]?.string, "\(id)")
      for name in chances {
        let (told, known) = (row[name] as Double?, own[name]?.number)
        #expect((told == nil) == (known == nil), "\(id)")
        if let told, let known { #expect(abs(told - known) < 1e-9, "\(id)") }
      }
    }
  }

  @Test func `names and texts are quoted, and other forms are written`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(csv(people(200, seed: 5, spoiled: false)), to: "survey.csv")
    try command.write(
      """
      title: "SQL'; DROP TABLE people; --"
      survey: { file: survey.csv, id: id }
      segments: { active: [home, act_1, act_2, r1], count: 2, starts: 5, stability: 0, names: { S1: "O'Neill's" } }
      """, to: "study.yaml")
    #expect(try command.run("run", "study.yaml", "-o", "out").status == 0)
    func sql(_ words: String...) throws -> Command.Result {
      try command.run(["sql", "--model", "out", "--table", "shop.people"] + words)
    }
    let plain = try sql("--dialect", "postgresql", "--as", "table", "--into", "shop.it\"s")
    #expect(plain.output.contains("CREATE TABLE \"shop\".\"it\"\"s\" AS"), "\(plain.output)")
    #expect(
      plain.output.contains("'O''Neill''s'") && plain.output.contains("FROM \"shop\".\"people\""))
    let spark = try sql("--dialect", "spark", "--as", "view")
    #expect(spark.output.contains("CREATE OR REPLACE VIEW `shop`.`people_segments` AS"))
    #expect(spark.output.contains("'O\\'Neill\\'s'"))
    let drift = try sql("--dialect", "duckdb", "--drift")
    #expect(drift.output.contains("stability_index") && drift.output.contains("doubtful_share"))
    let dbt = try sql("--dialect", "snowflake", "--as", "dbt", "-o", "project")
    #expect(dbt.status == 0, "\(dbt.errors)")
    let folder = command.folder.appendingPathComponent("project")
    let model = try String(
      contentsOf: folder.appendingPathComponent("models/people_segments.sql"), encoding: .utf8)
    #expect(model.contains("FROM {{ source('shop', 'people') }}"))
    for name in ["models/people_segments.yml", "tests/people_segments_golden.sql"] {
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path))
    }
    // What would lose the customers' table, or mix up its columns, is refused.
    let loss = try sql("--dialect", "duckdb", "--as", "table", "--into", "shop.People")
    #expect(loss.status == 64 && loss.errors.contains("made from"), "\(loss.errors)")
    let mixed = try sql("--dialect", "duckdb", "--id", "p_s1")
    #expect(mixed.status == 65 && mixed.errors.contains("E0671"), "\(mixed.errors)")
    let wrong = try sql("--dialect", "oracle")
    #expect(wrong.status == 64 && wrong.errors.contains("postgresql"))
    let pam = try command.run(
      "segment", "survey.csv", "--active", "home,act_1,r1", "--method", "pam", "--segments", "2",
      "-o",
      "pam")
    #expect(pam.status == 0, "\(pam.errors)")
    let refused = try command.run(
      "sql", "--model", "pam", "--dialect", "sqlite", "--table", "people", "--id", "id")
    #expect(refused.status == 65 && refused.errors.contains("E0671"), "\(refused.errors)")
  }
}
