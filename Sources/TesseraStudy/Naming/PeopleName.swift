import TesseraSurvey

/// Who the people of a segment are, as a noun with at most two adjectives: "older couples".
struct PeopleName {
  /// A word, with how strongly it sets the segment apart.
  struct Word: Equatable {
    let text: String
    let weight: Double
  }

  /// Nouns, best first.
  private(set) var nouns: [Word] = []
  /// Adjectives, best first.
  private(set) var adjectives: [Word] = []

  /// Smallest difference of a mean of which a name speaks, in standard deviations.
  private static let leastLean = 0.35
  /// Smallest effect of an answer, and the smallest share of the segment that gives it.
  private static let leastEffect = 0.3
  private static let leastShare = 0.5
  /// Of "older" people so many are older than half of everybody.
  private static let leastSide = 0.6
  /// "Men" are a clear majority, since everybody knows that about half of all people are.
  private static let leastGender = 0.65

  /// Reads who people are off the questions that ask for it.
  ///
  /// - Parameters:
  ///   - segment: The segment's position.
  ///   - questions: All questions.
  init(_ segment: Int, _ questions: [NamingQuestion]) {
    var isCouple: Double?
    var isFamily: Double?
    for question in questions {
      guard let topic = question.topic else { continue }
      let lean = question.leans.isEmpty ? 0 : question.leans[segment]
      let isClear =
        abs(lean) >= Self.leastLean && question.form != .tick
        && question.isHeld(by: segment, isHigh: lean > 0, share: Self.leastSide)
      switch topic {
      case .age where isClear:
        adjectives.append(Word(text: lean > 0 ? "older" : "younger", weight: abs(lean)))
      case .income where isClear:
        adjectives.append(
          Word(text: lean > 0 ? "higher-income" : "lower-income", weight: 0.9 * abs(lean)))
      case .education where isClear:
        adjectives.append(
          Word(text: lean > 0 ? "highly educated" : "less educated", weight: 0.8 * abs(lean)))
      case .children where lean >= Self.leastLean: isFamily = max(isFamily ?? 0, lean)
      case .household where isClear:
        if lean > 0 { isFamily = max(isFamily ?? 0, 0.8 * lean) }
        nouns.append(
          Word(text: lean > 0 ? "large households" : "small households", weight: 0.5 * abs(lean)))
      default: break
      }
      guard question.form == .choice || topic == .maritalStatus || topic == .occupation else {
        continue
      }
      for answer in question.answers
      where answer.shares[segment] >= (topic == .gender ? Self.leastGender : Self.leastShare)
        && answer.effects[segment] >= Self.leastEffect
        && SegmentNames.stands(answer.shares, segment)
      {
        let plain = PlainText.folded(answer.label)
        let weight = answer.effects[segment]
        if topic == .maritalStatus, Self.couples.contains(where: plain.hasPrefix) {
          isCouple = weight
        } else if let noun = Self.nouns[topic]?.first(where: {
          $0.starts.contains(where: plain.hasPrefix)
        }) {
          nouns.append(Word(text: noun.word, weight: noun.strength * weight))
        } else if let word = Self.states[topic]?.first(where: {
          $0.starts.contains(where: plain.hasPrefix)
        }) {
          adjectives.append(Word(text: word.word, weight: 0.9 * weight))
        }
      }
    }
    if let isFamily, isFamily >= 0.5 || isCouple != nil {
      nouns.append(Word(text: "families", weight: 1.2 * max(isFamily, isCouple ?? 0)))
    }
    if let isCouple { nouns.append(Word(text: "couples", weight: isCouple)) }
    nouns.sort { $0.weight > $1.weight }
    adjectives = adjectives.sorted { $0.weight > $1.weight }
      .reduce(into: []) { kept, word in
        if !kept.contains(where: { $0.text == word.text }) { kept.append(word) }
      }
  }

  /// Phrases, best first, each with what it is made of.
  var phrases: [Word] {
    var found: [Word] = []
    func add(_ words: [Word?], _ join: String = " ") {
      let words = words.compactMap(\.self)
      guard !words.isEmpty else { return }
      // Each further word says less than it costs to read.
      let weight = words.enumerated().reduce(0) { $0 + $1.element.weight / Double($1.offset + 1) }
      found.append(Word(text: words.map(\.text).joined(separator: join), weight: weight))
    }
    for noun in nouns.prefix(3) {
      add([noun])
      for adjective in adjectives.prefix(3) where !Self.says(noun, adjective) {
        add([adjective, noun])
      }
      if adjectives.count > 1, !Self.says(noun, adjectives[0]), !Self.says(noun, adjectives[1]) {
        add([adjectives[0], adjectives[1], noun])
      }
    }
    for adjective in adjectives.prefix(3) where !Self.needsNoun.contains(adjective.text) {
      add([adjective])
      add([adjective, Word(text: "people", weight: 0)])
    }
    if adjectives.count > 1 { add([adjectives[0], adjectives[1]], ", ") }
    return found
  }

  /// Whether an adjective is in the noun already, or against it.
  private static func says(_ noun: Word, _ adjective: Word) -> Bool {
    (noun.text == "retirees" && ["older", "working"].contains(adjective.text))
      || (noun.text == "students" && ["younger", "working"].contains(adjective.text))
      || (noun.text == "singles" && ["divorced", "widowed"].contains(adjective.text))
  }

  private static let needsNoun: Set<String> = ["widowed", "divorced"]
  private static let couples = [
    "married", "cohabit", "living with", "living together", "partnered", "couple", "in a relation",
    "verheiratet", "marie", "casad", "pacs", "civil partner", "with partner", "domestic partner",
  ]

  private struct Entry {
    let starts: [String]
    let word: String
    var strength = 1.0
  }

  private static let nouns: [DraftWords.Topic: [Entry]] = [
    .gender: [
      Entry(
        starts: ["f", "woman", "women", "weib", "mujer", "frau"], word: "women", strength: 0.9),
      Entry(starts: ["m", "hombre", "homme", "herr"], word: "men", strength: 0.9),
    ],
    .maritalStatus: [
      Entry(
        starts: ["single", "never", "unmarried", "not married", "ledig", "celibat", "solter"],
        word: "singles")
    ],
    .occupation: [
      Entry(
        starts: ["student", "in education", "schul", "etudiant", "estudiante"], word: "students"),
      Entry(starts: ["retired", "pension", "rentner", "retrait", "jubilad"], word: "retirees"),
      Entry(starts: ["homemaker", "keeping house", "housewife", "hausfrau"], word: "homemakers"),
    ],
  ]

  private static let states: [DraftWords.Topic: [Entry]] = [
    .maritalStatus: [
      Entry(starts: ["widow", "verwitwet", "veuf", "viud"], word: "widowed"),
      Entry(
        starts: ["divorced", "separated", "geschieden", "divorce", "divorciad"], word: "divorced"),
    ],
    .occupation: [
      Entry(starts: ["unemployed", "arbeitslos", "chomeur", "desemplead"], word: "unemployed"),
      Entry(
        starts: ["employed", "full", "working", "work full", "vollzeit", "temps plein"],
        word: "working"),
      Entry(starts: ["self"], word: "self-employed"),
    ],
  ]
}
