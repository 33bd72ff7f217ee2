import TesseraSurvey
import Testing

@testable import TesseraStudy

/// Questions that product research knows by name are drafted as what they are.
@Suite struct ClassicQuestionDraftTests {
  private static var age: DraftColumn { DraftColumn("age") { "\(18 + $0 % 50)" } }

  @Test func `van Westendorp's four prices`() throws {
    let made = try draft([
      Self.age,
      DraftColumn("p1: At what price is it so expensive that you would not buy it?") {
        "\(60 + $0 % 11)"
      },
      DraftColumn("p2: At what price is it getting expensive?") { "\(45 + $0 % 9)" },
      DraftColumn("p3: At what price is it a bargain?") { "\(30 + $0 % 8)" },
      DraftColumn("p4: At what price is it so cheap that you doubt its quality?") {
        "\(10 + $0 % 7)"
      },
    ])
    let prices = try #require(made.study.prices, "\(made.text)")
    #expect(prices.tooCheap.hasPrefix("p4") && prices.cheap.hasPrefix("p3"))
    #expect(prices.expensive.hasPrefix("p2") && prices.tooExpensive.hasPrefix("p1"))
    #expect(!made.study.segments.active.contains { $0.hasPrefix("p") })
  }

  @Test func `prices that do not rise are no such questions`() throws {
    let made = try draft([
      Self.age, DraftColumn("too_cheap") { "\(60 + $0 % 11)" },
      DraftColumn("cheap") { "\(45 + $0 % 9)" }, DraftColumn("expensive") { "\(30 + $0 % 8)" },
      DraftColumn("too_expensive") { "\(10 + $0 % 7)" },
    ])
    #expect(made.study.prices == nil)
  }

  @Test func `Kano's pairs, with their answers in order`() throws {
    let answers = [
      "I like it that way", "I expect it to be that way", "I am neutral",
      "I can live with it that way", "I dislike it that way",
    ]
    func column(_ name: String, _ step: Int) -> DraftColumn {
      DraftColumn(name) { answers[($0 / step + $0) % 5] }
    }
    let made = try draft([
      Self.age, column("k_doors_with", 1), column("k_doors_without", 2), column("k_roof_with", 3),
      column("k_roof_without", 4),
    ])
    #expect(made.study.kano.map(\.functional) == ["k_doors_with", "k_roof_with"], "\(made.text)")
    #expect(made.study.kano.map(\.dysfunctional) == ["k_doors_without", "k_roof_without"])
    #expect(made.study.survey.levels.first { $0.column == "k_roof_with" }?.order == answers)
    #expect(!made.study.segments.active.contains { $0.hasPrefix("k_") })
  }

  @Test func `best-worst tasks, whose items are needs`() throws {
    let items = ["Low price", "Room", "Safety", "Speed", "Style", "Thrift"]
    // Each task shows the same four of six items to everybody; each item stands in four of six.
    func task(_ number: Int, _ shift: Int) -> (Int) -> String {
      { row in items[(number + (row * 7 + shift + row / 4) % 4) % 6] }
    }
    let columns = (0..<6).flatMap { number in
      [
        DraftColumn("t\(number + 1)_best", task(number, 0)),
        DraftColumn("t\(number + 1)_worst", task(number, 1)),
      ]
    }
    let made = try draft([Self.age] + columns)
    let tasks = try #require(made.study.maxDiff, "\(made.text)")
    #expect(tasks.best == (1...6).map { "t\($0)_best" })
    #expect(tasks.worst == (1...6).map { "t\($0)_worst" })
    #expect(tasks.shown == 4)
    #expect(Set(made.study.needs.map(\.label)) == Set(items))
    #expect(!made.study.segments.active.contains { $0.hasPrefix("t") })
  }

  @Test func `the likelihood of recommending is cut into promoters, passives and detractors`()
    throws
  {
    let made = try draft([
      Self.age, DraftColumn("nps_recommend") { "\($0 % 11)" },
      DraftColumn("imp_price") { "\(1 + $0 % 5)" }, DraftColumn("imp_room") { "\(1 + $0 / 2 % 5)" },
      DraftColumn("sat_price") { "\(1 + $0 / 3 % 5)" },
      DraftColumn("sat_room") { "\(1 + $0 / 4 % 5)" },
    ])
    #expect(made.study.segments.passive.first == "promoters", "\(made.text)")
    #expect(made.study.drivers?.rating == "nps_recommend")
    let groups = try #require(made.data.survey["promoters"])
    #expect(groups.categories.map(\.label) == ["Detractors", "Passives", "Promoters"])
  }

  @Test func `importance and satisfaction in two grids are pairs`() throws {
    let topics = ["Price", "Room", "Safety", "Speed"]
    let columns =
      topics.enumerated().map { place, topic in
        DraftColumn("Q5_\(place + 1). How important is ... [\(topic)]") {
          "\(1 + ($0 / (place + 1)) % 5)"
        }
      }
      + topics.enumerated().map { place, topic in
        DraftColumn("Q6_\(place + 1). How satisfied are you with ... [\(topic)]") {
          "\(1 + ($0 / (place + 2)) % 5)"
        }
      }
    let made = try draft([Self.age] + columns)
    #expect(made.study.needs.count == 4, "\(made.text)")
    #expect(
      made.study.needs.allSatisfy { need in
        guard case .importance(let column) = need.weight, let other = need.satisfaction else {
          return false
        }
        return column.split(separator: "[").last == other.split(separator: "[").last
      })
  }
}
