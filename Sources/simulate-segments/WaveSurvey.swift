import Foundation
import TesseraMath

/// Three simulated waves of a panel of people who rent bicycles, with one planted change: the data of
/// `datasets/bike-waves`.
///
/// Half of the people of a wave are asked again in the next; one in ten of them changes segment. In the
/// last wave the first segment changes its answers to three questions by 15 points each, and fewer of
/// its people go on from a trial to a membership; nothing else changes.
struct WaveSurvey {
  /// People per wave.
  static let people = 700
  private static let sizes = [0.3, 0.28, 0.24, 0.18]
  private static let questions: [(name: String, answers: [String], chances: [[Double]])] = [
    (
      "rides", ["daily", "weekly", "less often"],
      [[0.86, 0.11, 0.03], [0.06, 0.82, 0.12], [0.04, 0.14, 0.82], [0.2, 0.7, 0.1]]
    ),
    (
      "purpose", ["work", "leisure", "errands"],
      [[0.88, 0.05, 0.07], [0.04, 0.92, 0.04], [0.06, 0.84, 0.1], [0.06, 0.08, 0.86]]
    ),
    (
      "time", ["morning", "afternoon", "evening"],
      [[0.84, 0.06, 0.1], [0.08, 0.86, 0.06], [0.04, 0.1, 0.86], [0.46, 0.48, 0.06]]
    ),
    ("helmet", ["yes", "no"], [[0.8, 0.2], [0.3, 0.7], [0.1, 0.9], [0.7, 0.3]]),
    ("rain", ["yes", "no"], [[0.8, 0.2], [0.08, 0.92], [0.12, 0.88], [0.35, 0.65]]),
    ("plans_in_app", ["yes", "no"], [[0.2, 0.8], [0.75, 0.25], [0.85, 0.15], [0.12, 0.88]]),
    ("with_friends", ["yes", "no"], [[0.06, 0.94], [0.86, 0.14], [0.6, 0.4], [0.1, 0.9]]),
    ("electric", ["yes", "no"], [[0.6, 0.4], [0.15, 0.85], [0.7, 0.3], [0.25, 0.75]]),
  ]
  private static let ages = ["18 to 29", "30 to 44", "45 and over"]
  private static let ageChances = [
    [0.25, 0.5, 0.25], [0.3, 0.4, 0.3], [0.65, 0.25, 0.1], [0.15, 0.35, 0.5],
  ]
  /// Mean importance and satisfaction of three needs, segment by segment.
  private static let needs = ["price", "near", "safe"]
  private static let importance = [
    [3.2, 4.6, 4.0], [4.0, 3.2, 3.4], [4.4, 3.6, 2.4], [3.4, 4.0, 4.6],
  ]
  private static let satisfaction = [
    [3.6, 3.0, 3.2], [3.2, 3.8, 3.4], [2.6, 3.6, 3.8], [3.4, 3.2, 2.6],
  ]
  /// Chances to know the offer, to try it if known, to be a member if tried.
  private static let funnel = [
    [0.85, 0.75, 0.7], [0.7, 0.6, 0.35], [0.65, 0.7, 0.3], [0.55, 0.45, 0.5],
  ]

  private struct Person {
    let id: String
    var segment: Int
    let age: String
    let weight: Double
  }

  /// The text of each wave, as CSV.
  let waves: [String]

  /// Draws the waves.
  ///
  /// - Parameter seed: Starts the draws.
  init(seed: UInt64) {
    var random = RandomStream(seed: seed)
    var last: [Person] = []
    var texts: [String] = []
    var next = 1001
    for wave in 0..<3 {
      var now: [Person] = []
      for place in 0..<Self.people {
        if wave > 0, place % 2 == 0 {
          var person = last[place]
          if random.uniform() < 0.1 { person.segment = random.categorical(Self.sizes) }
          now.append(person)
        } else {
          let segment = random.categorical(Self.sizes)
          now.append(
            Person(
              id: "b\(next)", segment: segment,
              age: Self.ages[random.categorical(Self.ageChances[segment])],
              weight: 0.6 + 0.8 * random.uniform()))
          next += 1
        }
      }
      last = now
      texts.append(Self.header + now.map { Self.line($0, wave: wave, &random) }.joined())
    }
    waves = texts
  }

  private static var header: String {
    (["person", "weight"] + questions.map(\.name) + ["age"] + needs.map { "imp_\($0)" }
      + needs.map { "sat_\($0)" } + ["aware", "tried", "member"])
      .joined(separator: ",") + "\n"
  }

  private static func line(
    _ person: Person, wave: Int, _ random: inout RandomStream
  ) -> String {
    let isChanged = wave == 2 && person.segment == 0
    var cells = [person.id, String((person.weight * 1000).rounded() / 1000)]
    for question in questions {
      var chances = question.chances[person.segment]
      if isChanged, ["helmet", "rain"].contains(question.name) {
        chances = [chances[0] - 0.15, chances[1] + 0.15]
      }
      if isChanged, question.name == "plans_in_app" {
        chances = [chances[0] + 0.15, chances[1] - 0.15]
      }
      let answer = question.answers[random.categorical(chances)]
      cells.append(random.uniform() < 0.02 ? "" : answer)
    }
    cells.append(person.age)
    for means in [importance[person.segment], satisfaction[person.segment]] {
      for mean in means {
        cells.append(String(min(5, max(1, Int((mean + 0.8 * random.normal()).rounded())))))
      }
    }
    var chances = funnel[person.segment]
    if isChanged { chances[2] -= 0.25 }
    var isOn = true
    for chance in chances {
      isOn = isOn && random.uniform() < chance
      cells.append(isOn ? "1" : "0")
    }
    return cells.joined(separator: ",") + "\n"
  }

  /// Writes `wave1.csv`, `wave2.csv` and `wave3.csv`.
  ///
  /// - Parameter folder: An existing folder.
  /// - Throws: If a file cannot be written.
  func write(to folder: String) throws {
    for (place, text) in waves.enumerated() {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/wave\(place + 1).csv"))
    }
  }
}
