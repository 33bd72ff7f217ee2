import Foundation
import TesseraMath
import TesseraProductFit
import TesseraSegmentation

/// Generated answers whose best optimum few starts come to.
enum HardTables {
  /// Boxes that few people tick: how readily people tick differs from one to the next, some leave
  /// nearly all empty, and one in thirty ticks what nobody else does.
  static func ticks(respondents: Int, items: Int, seed: UInt64) throws -> ItemTable {
    var random = RandomStream(seed: seed)
    let bases = (0..<items).map { _ in -1.8 + 0.9 * random.normal() }
    let groups = (0..<4).map { _ in (0..<items).map { _ in 0.9 * random.normal() } }
    let odd = (0..<items).map { bases[$0] < -2 ? 1.5 : -2.5 }
    return try boxes(respondents, items) {
      let eagerness = 0.8 * random.normal()
      let group = random.categorical([0.4, 0.3, 0.2, 0.1])
      let isOdd = random.uniform() < 1.0 / 30
      return (0..<items).map { item in
        let lean = isOdd ? odd[item] : bases[item] + eagerness + groups[group][item]
        return random.uniform() < 1 / (1 + exp(-lean))
      }
    }
  }

  /// Yes or no asked of ten kinds of people, most of whom are nearly sure of every answer; the
  /// smallest are one in forty.
  static func sharp(respondents: Int, items: Int, seed: UInt64) throws -> ItemTable {
    var random = RandomStream(seed: seed)
    let sizes = [0.24, 0.18, 0.14, 0.12, 0.09, 0.07, 0.06, 0.05, 0.025, 0.025]
    let chances = sizes.map { _ in
      (0..<items).map { _ in
        let middling = random.uniform() < 0.25
        let yes = middling ? 0.3 + 0.4 * random.uniform() : 0.02 + 0.1 * random.uniform()
        return random.uniform() < 0.5 ? yes : 1 - yes
      }
    }
    return try boxes(respondents, items) {
      let kind = random.categorical(sizes)
      return chances[kind].map { random.uniform() < $0 }
    }
  }

  /// Yes or no about one brand by people who differ by degrees: two things one may or may not like
  /// about it, some questions that are each other's opposite, and a few people who deny everything.
  static func image(respondents: Int, items: Int, seed: UInt64) throws -> ItemTable {
    var random = RandomStream(seed: seed)
    let bases = (0..<items).map { _ in 1.2 * random.normal() }
    let loads = (0..<3).map { _ in (0..<items).map { _ in 1.3 * random.normal() } }
    return try boxes(respondents, items) {
      let traits = loads.map { _ in
        random.uniform() < 0.5 ? 0.6 * random.normal() - 1 : 0.6 * random.normal() + 1
      }
      let denies = random.uniform() < 0.04
      var answers = (0..<items).map { item in
        let lean = loads.indices.reduce(bases[item]) { $0 + loads[$1][item] * traits[$1] }
        return random.uniform() < 1 / (1 + exp(-(denies ? -4 : lean)))
      }
      if random.uniform() < 0.93 { answers[1] = !answers[0] }
      return answers
    }
  }

  /// Answers by people who differ by degrees in three traits, some of them numbers, a few missing.
  static func degrees(
    respondents: Int, items: Int, numbers: Int, seed: UInt64
  ) throws -> ItemTable {
    var random = RandomStream(seed: seed)
    var columns = [[Double]](repeating: [], count: items)
    for _ in 0..<respondents {
      let traits = (0..<3).map { _ in random.normal() }
      for place in 0..<items {
        let lean = traits[place % 3] + 0.5 * traits[(place + 1) % 3] + random.normal()
        columns[place].append(random.uniform() < 0.03 ? .nan : lean)
      }
    }
    return try ItemTable(
      respondentCount: respondents,
      items: columns.enumerated().map { place, values in
        place < numbers
          ? Item(
            name: "n\(place)", measurement: .gaussian(variance: .perClass),
            answers: .numbers(values.map { ($0 * 2).rounded() }))
          : Item(
            name: "q\(place)", measurement: .nominal(categories: 3),
            answers: .codes(values.map { $0.isNaN ? 0 : $0 < -0.7 ? 1 : $0 < 0.7 ? 2 : 3 }))
      })
  }

  /// Numbers alone, a row each.
  static func matrix(_ table: ItemTable) throws -> RespondentMatrix {
    var values = Matrix(rows: table.respondentCount, columns: table.items.count)
    for (column, item) in table.items.enumerated() {
      guard case .numbers(let numbers) = item.answers else { continue }
      for row in 0..<table.respondentCount { values[row, column] = numbers[row] }
    }
    return try RespondentMatrix(values)
  }

  /// Choices among four by people of three tastes, the rarest one in twelve.
  static func tastes(people: Int, menus: Int, seed: UInt64) -> ChoiceTable {
    var random = RandomStream(seed: seed)
    let width = 6
    let tastes = (0..<3).map { _ in random.normals(width) }
    var rows: [[Double]] = []
    var (chosen, persons) = ([Int](), [Int]())
    for person in 0..<people {
      let taste = tastes[random.categorical([0.55, 0.37, 0.08])]
      for _ in 0..<menus {
        let menu = (0..<4).map { _ in
          (0..<width).map { _ in random.uniform() < 0.5 ? 1.0 : 0.0 }
        }
        chosen.append(random.categorical(menu.map { exp(dot($0, taste)) }))
        persons.append(person)
        rows += menu
      }
    }
    return ChoiceTable(
      attributes: Matrix(rows), sizes: [Int](repeating: 4, count: chosen.count), chosen: chosen,
      persons: persons)
  }

  private static func boxes(
    _ respondents: Int, _ items: Int, draw: () -> [Bool]
  ) throws -> ItemTable {
    let people = (0..<respondents).map { _ in draw() }
    return try ItemTable(
      respondentCount: respondents,
      items: (0..<items).map { item in
        Item(
          name: "q\(item + 1)", measurement: .nominal(categories: 2),
          answers: .codes(people.map { $0[item] ? 2 : 1 }))
      })
  }
}
