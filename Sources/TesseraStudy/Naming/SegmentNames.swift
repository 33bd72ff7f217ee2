import TesseraSurvey

/// Proposes names for segments: the two or three traits that set a segment apart most and that most of
/// it has, as people would say them; names are chosen together so that they contrast.
///
/// A name that no person would say is not made: such a segment is "Segment A".
struct SegmentNames {
  /// What a name can be made of.
  struct Part: Equatable {
    let text: String
    let weight: Double
    /// What it is about: who people are, a battery, another question.
    let key: String
    /// Whether it is said of what is low.
    var isLow = false
    /// Whether it did not make the segments: such a part stands behind one that did.
    var isBeside = false

    /// The words by which names are compared.
    var core: String { text.hasSuffix(" people") ? String(text.dropLast(7)) : text }
  }

  /// Smallest standardised difference of which a name speaks.
  static let least = 0.3
  /// An answer that fewer of a segment give does not name it.
  static let leastShare = 0.5
  /// From this share of the items of a battery on a segment is high, or low, throughout.
  static let most = 0.7

  /// A name for each segment, no two alike.
  let proposed: [String]
  /// For each segment up to three things that set it apart, best first.
  let traits: [[String]]

  /// Letters in place of names, for segments that are not there.
  init(unnamed segments: Int) {
    proposed = (0..<segments).map { "Segment \(Self.letter($0))" }
    traits = [[String]](repeating: [], count: segments)
  }

  /// Names segments.
  ///
  /// - Parameters:
  ///   - questions: The questions, of shown cells only.
  ///   - segments: Number of segments, largest first.
  ///   - say: Wordings that the study gives.
  init(_ questions: [NamingQuestion], segments: Int, say: StudyWordings = .init()) {
    guard segments > 1 else {
      proposed = ["Everybody"]
      traits = [[]]
      return
    }
    let ingredients = (0..<segments).map { Ingredients($0, questions, segments, say) }
    let candidates = ingredients.map(Self.candidates)
    var names = [String?](repeating: nil, count: segments)
    var taken: [(name: String, parts: [Part])] = []
    // Who has the strongest trait is named first; others find what they do not share.
    let order = (0..<segments).sorted {
      let one = candidates[$0].first?.weight ?? 0
      let other = candidates[$1].first?.weight ?? 0
      return one != other ? one > other : $0 < $1
    }
    for segment in order {
      let free = candidates[segment].first { candidate in
        taken.allSatisfy { !Self.isAlike(candidate, $0) }
      }
      guard let free else { continue }
      names[segment] = Self.capitalised(free.name)
      taken.append((free.name, free.parts))
    }
    proposed = names.enumerated().map { $1 ?? "Segment \(Self.letter($0))" }
    traits = ingredients.map(\.traits)
  }

  /// A letter for each position, AA behind Z.
  static func letter(_ position: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + position % 26)))
    return position < 26 ? last : letter(position / 26 - 1) + last
  }

  private struct Candidate {
    let name: String
    let parts: [Part]
    let weight: Double
  }

  /// Whether two names would not tell two segments apart: the same words, or one that only says less.
  private static func isAlike(_ one: Candidate, _ other: (name: String, parts: [Part])) -> Bool {
    // "Reading and cinema" is "Cinema and reading".
    if words(one.name) == words(other.name) { return true }
    let (own, theirs) = (said(one.parts), said(other.parts))
    return own.isSubset(of: theirs) || theirs.isSubset(of: own)
  }

  /// What parts say; of who people are each word by itself, as "older" says less than "older men".
  private static func said(_ parts: [Part]) -> Set<String> {
    parts.reduce(into: []) { all, part in
      if part.key == "people" {
        all.formUnion(words(part.core).map(String.init))
      } else {
        all.insert(part.core)
      }
    }
  }

  private static func words(_ name: String) -> Set<Substring> {
    Set(name.lowercased().split { !$0.isLetter && $0 != "-" }).subtracting(["and", "or", "people"])
  }

  /// What can be said of a segment, each kind best first.
  private struct Ingredients {
    let people: [Part]
    let things: [Part]
    let overall: [Part]
    let wordings: [Part]
    /// Statements that no name can hold.
    let quotes: [Part]
    /// What did not make the segments: no name, but what can be said where nothing else can.
    let besides: [Part]

    init(
      _ segment: Int, _ questions: [NamingQuestion], _ segments: Int, _ say: StudyWordings
    ) {
      let active = questions.filter(\.isActive)
      let passive = questions.filter { !$0.isActive }
      people =
        PeopleName(segment, active).phrases.map {
          Part(text: $0.text, weight: $0.weight, key: "people")
        }
        // Who they are describes them even where it did not make the segments, if it is clear.
        + PeopleName(segment, passive).phrases.map {
          Part(text: $0.text, weight: 0.6 * $0.weight, key: "people", isBeside: true)
        }
      things = SegmentNames.things(segment, active, segments)
      overall = BatteryName.parts(segment, active, segments)
      wordings = SegmentNames.wordings(segment, active, say)
      quotes = SegmentNames.quotes(segment, active)
      besides = Array(SegmentNames.things(segment, passive, segments).prefix(3))
    }

    /// Three of them, what made the segments first; none that says another again.
    var traits: [String] {
      let said = (things + quotes).enumerated().sorted {
        $0.element.weight != $1.element.weight
          ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
      }.map(\.element)
      let all =
        Array(people.filter { !$0.isBeside }.prefix(1)) + overall.prefix(1) + said + wordings
        + people.filter(\.isBeside).prefix(1)
      let kept = (all.isEmpty ? besides : all).reduce(into: [Part]()) { kept, part in
        if !kept.contains(where: { SegmentNames.repeats($0, part) }) { kept.append(part) }
      }
      return Array(kept.prefix(3).map(\.text))
    }
  }

  /// Names that could be given to a segment, best first.
  private static func candidates(_ segment: Ingredients) -> [Candidate] {
    let (people, things) = (segment.people, segment.things)
    var found: [Candidate] = []
    func add(_ parts: [Part], _ join: String = ", ") {
      let name = parts.map(\.text).joined(separator: join)
      // What people are not does not name them.
      guard NameRubric.passes(name), parts.first?.text.hasPrefix("not ") == false else { return }
      let weight = parts.enumerated().reduce(0) {
        $0 + $1.element.weight / (Double($1.offset) * 0.6 + 1)
      }
      found.append(Candidate(name: name, parts: parts, weight: weight))
    }
    for part in segment.wordings { add([part]) }
    // Who people are does not name them where something else made the segments, but follows it.
    func inOrder(_ who: Part, _ part: Part) -> [Part] { who.isBeside ? [part, who] : [who, part] }
    for part in people.prefix(8) where !part.isBeside { add([part]) }
    for part in segment.overall {
      add([part])
      for who in people.prefix(4) { add(inOrder(who, part)) }
      // An item that goes the same way adds nothing.
      for thing in things.prefix(4) where thing.key != part.key || thing.isLow != part.isLow {
        add([part, thing])
      }
    }
    for (place, thing) in things.prefix(4).enumerated() {
      add([thing])
      for who in people.prefix(6) { add(inOrder(who, thing)) }
      for other in things.prefix(5).dropFirst(place + 1)
      where other.key == thing.key && other.isLow == thing.isLow {
        if let joined = Self.joined(thing, other) { add([joined]) }
      }
      for other in things.prefix(5).dropFirst(place + 1)
      where !repeats(thing, other) && (thing.key != other.key || thing.isLow != other.isLow) {
        add([thing, other])
      }
    }
    return found.enumerated().sorted {
      $0.element.weight != $1.element.weight
        ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
    }.map(\.element)
  }

  /// Two things of one battery said with one verb: "satisfied with price and service".
  private static func joined(_ one: Part, _ other: Part) -> Part? {
    let weight = one.weight + other.weight / 1.6
    func part(_ text: String) -> Part {
      Part(text: text, weight: weight, key: one.key, isLow: one.isLow)
    }
    func mattering(_ part: Part) -> Substring? {
      for end in [" matters", " matter"] where part.text.hasSuffix(end) {
        return part.text.dropLast(end.count)
      }
      return nil
    }
    if let first = mattering(one), let second = mattering(other) {
      return part("\(first) and \(second) matter")
    }
    guard !repeats(one, other) else { return nil }
    let word = one.text.hasPrefix("not ") ? "or" : "and"
    for verb in verbs where one.text.hasPrefix(verb) && other.text.hasPrefix(verb) {
      return part("\(one.text) \(word) \(other.text.dropFirst(verb.count))")
    }
    guard !one.isLow, !verbs.contains(where: { one.text.hasPrefix($0) || other.text.hasPrefix($0) })
    else { return nil }
    return part("\(one.text) and \(other.text)")
  }

  /// Whether one part says what another says, in other columns or with other words around it.
  private static func repeats(_ one: Part, _ other: Part) -> Bool {
    let (first, second) = (one.text.lowercased(), other.text.lowercased())
    return first.contains(second) || second.contains(first)
  }

  /// With what words of ``ScaleWords`` begin.
  private static let verbs = [
    "satisfied with ", "dissatisfied with ", "less concern for ", "much ", "little ", "like ",
    "dislike ", "high ", "low ", "not ",
  ]

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
