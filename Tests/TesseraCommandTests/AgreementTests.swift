import Foundation
import TesseraStudy
import Testing

/// One study run from the command line: the same share stands in every output.
@Suite("Outputs agree", .timeLimit(.minutes(30)))
struct AgreementTests {
  private static let study = """
    title: Media
    survey:
      file: people.csv
      id: id
      sets:
        media: { columns: [tv, web, radio], chosen: 1 }
    segments:
      active: [q1, q2, q3, q4, q5, q6]
      passive: [sex, region, media]
      count: 3
      method: latent-class
    channels: [tv, web, radio]
    funnel: [aware, tried]
    banner: [segments, region, sex > region]
    """

  /// Three segments that overlap; sex follows one of them so closely that BCH would overshoot.
  private static func survey() -> String {
    var state: UInt64 = 3
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    var text = "id,q1,q2,q3,q4,q5,q6,sex,region,tv,web,radio,aware,tried\n"
    for person in 0..<900 {
      let segment = person % 3
      let answers = (0..<6).map { draw() < ($0 / 2 == segment ? 0.85 : 0.25) ? "yes" : "no" }
      let sex = draw() < [0.99, 0.5, 0.02][segment] ? "F" : "M"
      let region = ["North", "South", "West"][Int(draw() * 3)]
      let media = (0..<3).map { draw() < ($0 == segment ? 0.7 : 0.3) ? "1" : "0" }
      let aware = draw() < 0.4 + 0.2 * Double(segment)
      let tried = aware && draw() < 0.4
      text += "p\(person)," + (answers + [sex, region] + media).joined(separator: ",")
      text += ",\(aware ? 1 : 0),\(tried ? 1 : 0)\n"
    }
    return text
  }

  @Test func `profiles, tables, channels and funnels hold one share for one answer`() throws {
    let command = try Command()
    defer { command.close() }
    try command.write(Self.survey(), to: "people.csv")
    try command.write(Self.study, to: "study.yaml")
    let run = try command.run(
      "run", "study.yaml", "-o", "done", "--replicates", "20", "--quiet", "--seed", "2")
    try #require(run.status == 0, "\(run.errors)")
    let tables = try command.run("tables", "done", "-o", "t.json", "--json")
    try #require(tables.status == 0, "\(tables.errors)")
    func file(_ name: String) throws -> JSONValue {
      try JSONValue.parse(Data(contentsOf: command.folder.appendingPathComponent(name)))
    }
    func table(_ question: String, _ row: String, _ column: String) -> Double? {
      tables.json["cells"]?.array?.first {
        $0["question"]?.string == question && $0["row"]?.string == row
          && $0["column"]?.string == column
      }?["share"]?.number
    }
    var compared = 0
    var tv: [String: Double] = [:]
    for segment in try file("done/profiles.json")["segments"]?.array ?? [] {
      let id = try #require(segment["id"]?.string)
      for variable in segment["variables"]?.array ?? [] {
        let name = try #require(variable["name"]?.string)
        for category in variable["categories"]?.array ?? [] {
          let code = try #require(category["code"]?.string)
          let share = try #require(category["share"]?.number)
          let told = try #require(table(name, code, id), "\(name) \(code)")
          #expect(abs(told - share) < 1.1e-4, "\(name) \(code) \(id)")
          if code == "tv" { tv[id] = share }
          compared += 1
        }
      }
    }
    #expect(compared == 3 * (12 + 2 + 3 + 3))
    let fit = try file("done/fit.json")
    let channels = fit["channels"]?.array ?? []
    #expect(channels.count == 9)
    var sets = 0
    for channel in channels {
      let id = try #require(channel["segment"]?.string)
      let name = try #require(channel["channel"]?.string)
      let reach = try #require(channel["reach"]?.number)
      #expect(abs(try #require(table("media", name, id)) - reach) < 1.1e-4, "\(name) \(id)")
      if name == "tv" { #expect(abs(try #require(tv[id]) - reach) < 1.1e-4) }
      // A set of one channel reaches whom the channel reaches.
      for set in fit["reach"]?.array ?? []
      where set["segment"]?.string == id && set["items"]?.array?.compactMap(\.string) == [name] {
        #expect(abs(try #require(set["reach"]?.number) - reach) < 1e-9, "\(name) \(id)")
        sets += 1
      }
    }
    #expect(sets == 3, "one best channel for each segment")
    let funnel = fit["funnel"]?.array ?? []
    #expect(funnel.count == 6)
    for step in funnel {
      let id = try #require(step["segment"]?.string)
      let name = try #require(step["step"]?.string)
      let share = try #require(step["share"]?.number)
      #expect(abs(try #require(table("funnel", name, id)) - share) < 1.1e-4, "\(name) \(id)")
    }
    // Nobody is weighted, so bases are one.
    for base in tables.json["tables"]?.array?.flatMap({ $0["bases"]?.array ?? [] }) ?? [] {
      #expect(base["base"]?.number == base["weighted_base"]?.number)
    }
  }
}
