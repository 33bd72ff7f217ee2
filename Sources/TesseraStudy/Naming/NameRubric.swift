/// What makes a name one that a person would say: at most five words, no digits, no code.
enum NameRubric {
  /// Most words of a name.
  static let mostWords = 5
  /// Most letters of a name.
  static let longest = 44

  /// Whether a name may be shown.
  static func passes(_ name: String) -> Bool {
    let words = name.split(separator: " ").filter { $0.contains(where: \.isLetter) }
    return (1...mostWords).contains(words.count) && name.count <= longest
      && words.allSatisfy { !isCode($0.trimmingSuffix(",;")) }
  }

  /// Whether a word is a column's code rather than a word of a language.
  static func isCode(_ word: some StringProtocol) -> Bool {
    if word.contains(where: { $0.isNumber || $0 == "_" || $0 == "=" }) { return true }
    let letters = word.filter(\.isLetter)
    guard letters.count > 1 else {
      return !["a", "i", "y", "o", "&", "-"].contains(word.lowercased())
    }
    // "HouseholdSize", but "TV", "DVDs", "iPhone" and "McDonald" are words.
    let inner = zip(word, word.dropFirst()).count { $0.isLowercase && $1.isUppercase }
    if inner > 1 || (inner == 1 && word.count > 9) { return true }
    let isAcronym = letters.allSatisfy(\.isUppercase)
    let hasVowel = letters.contains { character in
      !character.isASCII || "aeiouyAEIOUY".contains(character)
    }
    return !hasVowel && !(isAcronym && letters.count <= 5) && letters.count > 2
  }

  /// Letters with which columns of one kind begin.
  static let stem = 3
  /// Letters with which they end.
  private static let ending = 4

  /// Names of unlabelled columns that are codes: several begin or end with the same letters, without a
  /// sign between, as `natenvir`, `natheal` and `natcity` or `phist` and `mhist` do; or they have two
  /// letters.
  ///
  /// - Parameter names: Columns without labels.
  /// - Returns: The names that are codes.
  static func codes(among names: [String]) -> Set<String> {
    let plain = names.filter { $0.allSatisfy(\.isLetter) }
    let endings = Dictionary(grouping: plain.filter { $0.count > ending }) {
      $0.suffix(ending).lowercased()
    }
    return families(among: names)
      .union(
        endings.values.filter { $0.count >= 2 && $0.contains { $0.count <= 8 } }.flatMap { $0 }
      )
      .union(plain.filter { $0.count <= 2 && $0 != "TV" && $0 != "PC" })
  }

  /// Columns of which three or more begin with the same letters and go on without a sign.
  static func families(among names: [String]) -> Set<String> {
    var groups: [String: [String]] = [:]
    for name in names where name.count > stem + 1 && name.allSatisfy(\.isLetter) {
      groups[String(name.prefix(stem)).lowercased(), default: []].append(name)
    }
    return Set(groups.values.filter { $0.count >= 3 }.flatMap { $0 })
  }
}

extension SegmentNames {
  /// Whether an answer is given by half of a segment and by clearly more than elsewhere: what nearly everybody
  /// says names nobody.
  static func stands(_ shares: [Double], _ segment: Int) -> Bool {
    let others = shares.indices.filter { $0 != segment }.map { shares[$0] }
    let mean = others.reduce(0, +) / Double(max(1, others.count))
    return shares[segment] >= leastShare && shares[segment] >= mean + 0.1
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(_ signs: String) -> SubSequence {
    var text = self[...]
    while let last = text.last, signs.contains(last) { text.removeLast() }
    return text
  }
}
