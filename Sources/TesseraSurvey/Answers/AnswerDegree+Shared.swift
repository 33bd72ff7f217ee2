/// Degrees of words that all answers share, whatever they are.
extension AnswerDegree {
  /// Degrees of one word that all answers share, whatever it is.
  ///
  /// At least two answers must bear a word of degree: "North" and "very North" are rare, but
  /// "hard hat" and "soft hat" are not.
  static func sameAdjective(_ forms: [[String]]) -> [Double]? {
    var ranks: [Double] = []
    var adjective: String?
    var degrees = 0
    let all = Set(forms.map { $0[0] })
    for form in forms {
      // "independent" beside "slightly dependent".
      if let opposite = opposite(form[0]), all.contains(where: { $0.hasSuffix(" " + opposite) }) {
        guard adjective ?? opposite == opposite else { return nil }
        adjective = opposite
        degrees += 1
        ranks.append(-3)
        continue
      }
      if form.contains(where: isMiddle) {
        ranks.append(0)
        continue
      }
      // "überhaupt nicht" beside "sehr stark" leaves the adjective out.
      if let bare = form.lazy.compactMap({ strengths[$0] }).first, bare <= -3 {
        ranks.append(bare)
        continue
      }
      let candidates = form.flatMap(splits)
      guard
        let chosen = candidates.first(where: { $0.strength != 2 && adjective ?? $0.rest == $0.rest }
        )
          ?? candidates.first(where: { adjective == nil || $0.rest == adjective })
      else { return nil }
      adjective = adjective ?? chosen.rest
      if chosen.strength != 2 { degrees += 1 }
      ranks.append(chosen.strength)
    }
    return degrees >= 2 && adjective?.isEmpty == false ? ranks : nil
  }

  /// The word of which another is the contrary: "dependent" for "independent".
  private static func opposite(_ text: String) -> String? {
    guard !text.contains(" "), text.count > 6 else { return nil }
    return ["in", "un", "im"].first(where: text.hasPrefix).map { String(text.dropFirst($0.count)) }
  }

  /// Degrees of a word and of its contrary: "very comfortable", "somewhat comfortable", "neutral",
  /// "somewhat out of place", "very out of place".
  ///
  /// Each of the two bears the same words of degree, two or more. The contrary is the one that begins so
  /// ("un", "in", "out of"), else the later one of the alphabet.
  static func twoEnds(_ forms: [[String]]) -> [Double]? {
    var found: [(strength: Double, rest: String)?] = []
    for form in forms {
      if form.contains(where: isMiddle) {
        found.append(nil)
        continue
      }
      guard
        let split = form.lazy.flatMap(splits).first(where: {
          $0.strength > 0 && $0.strength != 2 && !$0.rest.isEmpty
        })
      else { return nil }
      found.append(split)
    }
    let given = found.compactMap(\.self)
    let ends = Set(given.map(\.rest)).sorted()
    guard ends.count == 2, given.count + 1 >= forms.count else { return nil }
    let steps = ends.map { end in given.filter { $0.rest == end }.map(\.strength).sorted() }
    guard steps[0] == steps[1], steps[0].count >= 2 else { return nil }
    let contrary = ["un", "in", "im", "dis", "out of", "not", "ill"]
    let isContrary = ends.map { end in contrary.contains(where: end.hasPrefix) }
    let low = isContrary[0] && !isContrary[1] ? ends[0] : ends[1]
    return found.map { split in
      split.map { $0.rest == low ? -$0.strength : $0.strength } ?? 0
    }
  }

  /// The ways in which a text is a degree of some other words.
  private static func splits(_ text: String) -> [(strength: Double, rest: String)] {
    var found: [(strength: Double, rest: String)] = []
    if text.hasPrefix("not "), text.hasSuffix(" at all") {
      found.append((-3, String(text.dropFirst(4).dropLast(7))))
    }
    for start in ["do not ", "don't ", "does not "]
    where text.hasPrefix(start) && text.hasSuffix(" at all") {
      found.append((-3, String(text.dropFirst(start.count).dropLast(7))))
    }
    let words = text.split(separator: " ")
    for count in stride(from: min(4, words.count - 1), through: 1, by: -1) {
      if let strength = strengths[words.prefix(count).joined(separator: " ")] {
        found.append((strength, words.dropFirst(count).joined(separator: " ")))
      }
      if let strength = strengths[words.suffix(count).joined(separator: " ")] {
        found.append((strength, words.dropLast(count).joined(separator: " ")))
      }
    }
    return found + [(2, text)]
  }

  /// Words that bear no degree themselves: "would", "does", "I".
  private static let fillers: Set<String> = [
    "would", "will", "do", "does", "is", "am", "are", "i", "it", "this", "that", "to", "the", "be",
    "has", "have", "can", "we", "a", "an", "ich", "es", "das", "ist", "wurde", "wird", "je", "ca",
    "cela",
    "le",
    "la", "est", "ne", "se", "lo", "es", "me", "ik", "het", "dit", "is", "zou", "er",
  ]
  /// Behind another word these say how much: "very well", "sehr gut".
  private static let behind: Set<String> = ["well", "gut", "bien", "bene", "goed", "much", "so"]
  /// Behind what all answers share these say how much of it there is.
  private static let sizes = AnswerOrder.table([
    (0.7, ["small", "minor", "slight", "kleines", "petit", "pequeno"]),
    (2, ["big", "major", "large", "grosses", "gros", "gran"]), (3, ["huge", "enormous"]),
  ])
  private static let nevers: Set<String> = [
    "never", "nie", "niemals", "jamais", "nunca", "mai", "nooit", "keinesfalls",
  ]

  /// Degrees that stand around what all answers share, before and behind it: "not much like me", "like
  /// me", "exactly like me"; "does not fit at all", "fits a little", "fits very well"; "would never
  /// consider", "might consider".
  ///
  /// At least two answers must bear a word of degree that is more than yes, no or never: "married" and
  /// "never married" are no steps.
  static func aroundShared(_ forms: [[String]]) -> [Double]? {
    let isMid = forms.map { $0.contains(where: isMiddle) }
    let split = forms.map { form in
      form[0].split { !$0.isLetter }.map(String.init).filter { !fillers.contains($0) }
    }
    let worded = split.indices.filter { !isMid[$0] }
    guard worded.count >= 3, worded.count + 1 >= split.count,
      worded.allSatisfy({ (1...8).contains(split[$0].count) }),
      let shortest = worded.map({ split[$0] }).min(by: { $0.count < $1.count })
    else { return nil }
    let shared = shortest.filter { word in
      word.count >= 3 && worded.allSatisfy { place in split[place].contains { isAlike($0, word) } }
    }
    guard !shared.isEmpty else { return nil }
    var graded = 0
    var ranks: [Double] = []
    for place in split.indices {
      if isMid[place] {
        ranks.append(0)
        continue
      }
      let rest = split[place].filter { word in !shared.contains { isAlike(word, $0) } }
      guard let rank = phrase(rest) else { return nil }
      if rank != 2, rank != -2, rank != -3.4 { graded += 1 }
      ranks.append(rank)
    }
    return graded >= 2 ? ranks : nil
  }

  private static func phrase(_ words: [String]) -> Double? {
    guard let last = words.last else { return 2 }
    let text = words.joined(separator: " ")
    if nevers.contains(text) { return -3.4 }
    if let rank = ends[text] ?? strengths[text] { return rank }
    // "a very big problem", "a small problem", "not a problem at all"
    if let size = sizes[last] {
      let rest = words.dropLast().joined(separator: " ")
      guard !rest.isEmpty else { return size }
      return strengths[rest].map { $0 > 0 ? $0 * size / 2 : $0 }
    }
    return words.count > 1 && behind.contains(last) ? phrase(words.dropLast()) : nil
  }

  /// "fit" and "fits" are one word.
  private static func isAlike(_ one: String, _ other: String) -> Bool {
    one == other
      || min(one.count, other.count) >= 3 && abs(one.count - other.count) <= 2
        && (one.hasPrefix(other) || other.hasPrefix(one))
  }
}
