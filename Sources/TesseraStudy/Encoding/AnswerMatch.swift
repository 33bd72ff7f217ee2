import TesseraSurvey

/// Which answers of a new file are which categories of a model.
///
/// Codes say nothing where both sides have words: an export may turn or shift them. So answers are
/// matched by their words, and by their codes only where a side has none.
struct AnswerMatch {
  /// For each answer of the file the model's category, from 1; 0 if the model has none.
  let places: [Int]
  /// Why the column cannot be read as the model's: what a reader is told.
  let conflict: String?

  /// Matches answers.
  ///
  /// - Parameters:
  ///   - answers: The file's answers.
  ///   - isGiven: For each answer whether somebody gave it.
  ///   - categories: The model's categories.
  init(_ answers: [Category], isGiven: [Bool], categories: [EncodedCategory]) {
    let known = categories.enumerated().flatMap { place, category in
      category.members.map { (place: place + 1, code: $0.code, words: Self.words($0)) }
    }
    let other = (categories.firstIndex(where: \.isOther) ?? -1) + 1
    let words = answers.map { Self.words($0) }
    let bothHaveWords =
      known.contains { $0.words != nil } && words.contains { $0 != nil }
    var places = [Int](repeating: other, count: answers.count)
    var conflict: String?
    var isTurned = false
    var byCode: [Int] = []
    for (position, answer) in answers.enumerated() {
      let sameCode = known.first { $0.code == answer.code || $0.code.text == answer.code.text }
      if bothHaveWords, let own = words[position] {
        if let sameCode, sameCode.words == own {
          places[position] = sameCode.place
        } else if let found = known.first(where: { $0.words == own }) {
          places[position] = found.place
          if let sameCode, sameCode.place != found.place { isTurned = true }
        } else if let sameCode, let theirs = sameCode.words {
          // The code means something else: a new answer if the old one is there too.
          if isGiven[position], !words.contains(theirs) {
            conflict =
              conflict
              ?? "code \(answer.code.text) has one label in the model and another in the file"
          }
        } else if let sameCode {
          places[position] = sameCode.place
          byCode.append(position)
        }
      } else if let sameCode {
        places[position] = sameCode.place
        byCode.append(position)
      }
    }
    // Where codes are turned, those without words on a side may be turned as well.
    if isTurned, byCode.contains(where: { isGiven[$0] }) {
      conflict = conflict ?? "its codes are numbered anew, and not all of them have labels"
    }
    // An answer with new words may be any of the model's that the file has no words for.
    let present = Set(words.compactMap { $0 })
    let hasLost = known.contains { one in one.words.map { !present.contains($0) } ?? false }
    if isTurned, hasLost,
      let new = answers.indices.first(where: { position in
        isGiven[position] && (places[position] == 0 || places[position] == other)
          && words[position].map { own in !known.contains { $0.words == own } } ?? false
      })
    {
      conflict =
        conflict
        ?? "its codes are numbered anew, and the label of code \(answers[new].code.text) is not "
        + "one of the model's"
    }
    let given = answers.indices.filter { isGiven[$0] }
    if conflict == nil, given.count > 1 {
      let unknown = given.filter { places[$0] == 0 || places[$0] == other }
      if unknown.count == given.count, !(other > 0 && bothHaveWords) {
        conflict = "the model knows none of its answers"
      } else if !bothHaveWords, Self.isShifted(given.map { answers[$0].code }, known.map(\.code)) {
        conflict = "its codes are shifted against those of the model, and labels are missing"
      }
    }
    self.places = places
    self.conflict = conflict
  }

  /// Whether as many codes are the model's with one number added to each.
  private static func isShifted(_ given: [AnswerCode], _ known: [AnswerCode]) -> Bool {
    let ours = given.compactMap(\.number).sorted()
    let theirs = known.compactMap(\.number).sorted()
    guard ours.count == given.count, theirs.count == known.count, ours.count == theirs.count,
      let first = ours.first, let start = theirs.first, first != start
    else { return false }
    return zip(ours, theirs).allSatisfy { $0 - first == $1 - start }
  }

  /// An answer's words, alike whatever the case and the spaces; `nil` for a bare number.
  static func words(_ answer: Category) -> String? {
    let text = answer.label.isEmpty ? answer.code.text : answer.label
    let plain = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return plain.isEmpty || Double(plain) != nil ? nil : plain
  }
}
