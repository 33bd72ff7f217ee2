internal import TesseraSurvey

/// Finds batteries among columns side by side.
struct BatteryFinder {
  let facts: [ColumnFacts]
  /// The scale of a column; `nil` if it is no item of a battery.
  let scale: (ColumnFacts) -> ItemScale?
  /// Whether a column says who people are, by its name or wording.
  let isPerson: (ColumnFacts) -> Bool
  /// Whether hardly anybody answered a column.
  let isSilent: (ColumnFacts) -> Bool

  /// The fewest items that make a battery.
  static let shortest = 3

  /// The batteries in the order of the file.
  func find() -> [Battery] {
    let names = Set(facts.map { NameWords.folded($0.columnName) })
    var found: [(battery: Battery, scale: ItemScale)] = []
    var loose: [(scale: ItemScale, members: [ColumnFacts])] = []
    var run: [ColumnFacts] = []
    var current: ItemScale?
    func close() {
      if let current {
        for part in split(run, current) {
          if isBattery(part, current) {
            found.append((battery(part, current), current))
          } else {
            loose.append((current, part))
          }
        }
      }
      run = []
    }
    for column in facts {
      guard let own = scale(column), !Self.isReversed(column, names) else {
        // An item that few could judge does not end the question.
        if let last = run.last, isSilent(column), Self.isOneWording(last, column) { continue }
        close()
        current = nil
        continue
      }
      if let before = current, let last = run.last, own != before {
        if let wider = Self.common(before, own), Self.isOneStem(last, column) {
          current = wider
          run.append(column)
          continue
        }
        close()
        current = nil
      }
      current = own
      run.append(column)
    }
    close()
    return joining(loose, to: found)
  }

  /// Adds items that stand apart to the one battery that has their scale of words.
  private func joining(
    _ loose: [(scale: ItemScale, members: [ColumnFacts])],
    to found: [(battery: Battery, scale: ItemScale)]
  ) -> [Battery] {
    let places = Dictionary(
      zip(facts.map(\.columnName), facts.indices), uniquingKeysWith: { first, _ in first })
    return found.enumerated().map { place, one in
      let isAlone = found.indices.allSatisfy { $0 == place || found[$0].scale != one.scale }
      guard isAlone, one.scale.hasWords, one.scale.steps.count >= 3, one.scale.about.isEmpty else {
        return one.battery
      }
      let more = loose.filter { $0.scale == one.scale }.flatMap(\.members).filter { item in
        !isPerson(item) && item.says(DraftWords.overall) == nil
      }
      guard !more.isEmpty else { return one.battery }
      let members = (one.battery.members + more).sorted {
        places[$0.columnName, default: 0] < places[$1.columnName, default: 0]
      }
      return battery(members, one.scale)
    }
  }

  /// Whether two wordings begin with the same four words.
  private static func isOneWording(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    [\ColumnFacts.name, \ColumnFacts.label].contains { words in
      one[keyPath: words].words.count > 4
        && one[keyPath: words].words.prefix(4) == other[keyPath: words].words.prefix(4)
    }
  }

  /// Items on one scale of words that stand apart in the file: four or more are as good as a grid.
  func scattered() -> [Battery] {
    var groups: [(scale: ItemScale, members: [ColumnFacts])] = []
    for column in facts where !isPerson(column) {
      guard let own = scale(column), own.hasWords, own.steps.count >= 3,
        own.about != Battery.Kind.unordered.rawValue
      else { continue }
      if let place = groups.firstIndex(where: { $0.scale == own }) {
        groups[place].members.append(column)
      } else {
        groups.append((own, [column]))
      }
    }
    return groups.filter { $0.members.count >= 4 }.map { battery($0.members, $0.scale) }
  }

  /// Numbers without labels end where nobody answered higher: questions of one name have the wider
  /// scale.
  private static func common(_ one: ItemScale, _ other: ItemScale) -> ItemScale? {
    guard !one.hasWords, !other.hasWords, one.about == other.about,
      let lows = [one.steps.first, other.steps.first].map({ $0.flatMap(Double.init) }) as? [Double],
      abs(lows[0] - lows[1]) <= 1,
      let ends = [one.steps.last, other.steps.last].map({ $0.flatMap(Double.init) }) as? [Double],
      ends.allSatisfy({ $0 <= 10 })
    else { return nil }
    return ItemScale(
      steps: [min(lows[0], lows[1]), max(ends[0], ends[1])].map { AnswerCode.number($0).text },
      hasWords: false, about: one.about)
  }

  private static func isOneStem(_ one: ColumnFacts, _ other: ColumnFacts) -> Bool {
    if let stem = ItemStem.of(one.columnName), stem == ItemStem.of(other.columnName) { return true }
    if runsOn(one, other) { return true }
    return one.name.words.count > 1 && other.name.words.count > 1
      && one.name.words[0] == other.name.words[0] && one.name.words[0].count > 1
  }

  /// Cuts a run into groups of one numbered stem; what is less than three of a kind stays together.
  private func split(_ run: [ColumnFacts], _ scale: ItemScale) -> [[ColumnFacts]] {
    var groups: [(stem: String?, members: [ColumnFacts])] = []
    for column in run {
      let stem = ItemStem.of(column.columnName)
      if let last = groups.last, last.stem == stem {
        groups[groups.count - 1].members.append(column)
      } else {
        groups.append((stem, [column]))
      }
    }
    var parts: [[ColumnFacts]] = []
    var isOpen = false
    for group in groups {
      let isOwn = group.stem != nil && group.members.count >= Self.shortest
      if isOpen, !isOwn {
        parts[parts.count - 1] += group.members
      } else {
        parts.append(group.members)
      }
      isOpen = !isOwn
    }
    return joined(parts).map { trimmed($0, scale) }
  }

  /// Joins the parts of one inventory: `A1` to `A5`, `C1` to `C5` are scales of one questionnaire,
  /// `Q5_1` and `Q6_1` are two questions.
  private func joined(_ parts: [[ColumnFacts]]) -> [[ColumnFacts]] {
    var result: [[ColumnFacts]] = []
    for part in parts {
      if let last = result.last, let before = inventory(last), let own = inventory(part),
        before.count <= 3 && own.count <= 3 || last.count + part.count <= ItemReduction.most + 6
      {
        result[result.count - 1] += part
      } else if let end = result.last?.last, let start = part.first, Self.runsOn(end, start) {
        result[result.count - 1] += part
      } else {
        result.append(part)
      }
    }
    return result
  }

  /// The letters that name a scale of an inventory; `nil` where a part is a question of its own.
  private func inventory(_ part: [ColumnFacts]) -> String? {
    let stems = part.map { ItemStem.of($0.columnName) ?? "" }
    guard stems.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isLetter) }), let stem = stems.first,
      !["q", "v", "f", "item", "var", "frage", "question"].contains(stem.lowercased())
    else { return nil }
    let labels = part.map(\.variable.label)
    return labels.contains("") || QuestionBlock.shared(labels).isEmpty ? stem : nil
  }

  /// Without columns at the ends that say who people are.
  private func trimmed(_ part: [ColumnFacts], _ scale: ItemScale) -> [ColumnFacts] {
    // Degrees in words are no answer to who people are, whatever a wording speaks of.
    let others = part.count { !isPerson($0) }
    if scale.hasWords, others >= Self.shortest, others * 3 >= part.count * 2 { return part }
    let stems = Set(part.map { ItemStem.of($0.columnName) })
    if stems.count == 1, stems.first != .some(nil) { return part }
    var part = part[...]
    while let first = part.first, isPerson(first) { part.removeFirst() }
    while let last = part.last, isPerson(last) { part.removeLast() }
    return Array(part)
  }

  private func isBattery(_ part: [ColumnFacts], _ scale: ItemScale) -> Bool {
    guard part.count >= Self.shortest, !Self.areOwnQuestions(part, scale) else { return false }
    let people = part.count(where: isPerson)
    if scale.hasWords { return people < part.count }
    let counts = part.count {
      $0.says(DraftWords.counted + DraftWords.shares) != nil || $0.isNumberOfThings
    }
    // Questions numbered in a row (F2, F3 ...) may ask who people are.
    guard counts * 2 <= part.count, people * 2 <= part.count else { return false }
    let stems = Set(part.map { ItemStem.of($0.columnName) })
    if stems.count == 1, stems.first != .some(nil) { return true }
    let words = part.map { $0.label.words }
    if let first = words.first, first.count >= 2,
      words.allSatisfy({ $0.first == first.first && $0.count >= 2 })
    {
      return true
    }
    let starts = Set(part.map { $0.name.words.first ?? "" })
    if starts.count == 1, part.allSatisfy({ $0.name.words.count > 1 }) { return true }
    // Sliders from 0 to 10 that are used to both ends are ratings whatever their names are.
    let isFull =
      ["0", "1"].contains(scale.steps.first ?? "") && scale.steps.last == "10"
      && part.allSatisfy { ($0.distinct ?? 0) >= 9 && $0.high == 10 && $0.low <= 1 }
    if isFull, people == 0 { return true }
    let strangers = part.count { isPerson($0) && $0.label.isEmpty }
    return part.count - people >= 4 && people == strangers && people * 4 <= part.count
  }

  private func battery(_ part: [ColumnFacts], _ scale: ItemScale) -> Battery {
    let labels = part.map(\.variable.label)
    var name = labels.contains("") ? "" : QuestionBlock.shared(labels)
    if name.isEmpty { name = Self.stem(part) }
    var told = scale
    // Numbers that nobody gave to any of several items are not told to be on the scale.
    if !scale.hasWords, let first = scale.steps.first.flatMap(Double.init),
      let last = scale.steps.last.flatMap(Double.init),
      // Codes of no answer lie outside.
      let least = part.map(\.low).min().map({ max($0, first) }),
      let most = part.map(\.high).max().map({ min($0, last) }), least < most
    {
      told = ItemScale(
        steps: [least, most].map { AnswerCode.number($0).text }, hasWords: false, about: scale.about
      )
    }
    return Battery(kind: kind(part, scale), members: part, name: name, scale: told.ends)
  }
}
