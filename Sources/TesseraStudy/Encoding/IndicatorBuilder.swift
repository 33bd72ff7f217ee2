import TesseraSurvey

/// Decides how one column enters a model.
struct IndicatorBuilder {
  /// How many respondents each row is.
  let heads: [Double]
  /// Answers given by fewer people are merged; 1 merges none.
  let minimum: Int

  /// What became of a column.
  enum Outcome {
    case used(IndicatorEncoding, EncodedAnswers, note: String?)
    case dropped(DroppedIndicator.Reason)
  }

  /// Above this share of distinct answers a column identifies respondents.
  private static let identifierShare = 0.9
  /// The most categories a model is given, however many respondents there are.
  private static let mostCategories = 100

  /// Decides for a column, or for a member of a set.
  ///
  /// - Parameters:
  ///   - variable: The column.
  ///   - set: The set it is a member of.
  ///   - asRating: Whether ordered answers are taken as the numbers of their codes, or as the places of words.
  /// - Returns: How it is encoded, or why it cannot be used.
  func build(
    _ variable: Variable, in set: MultipleResponseSet?, asRating: Bool = false
  ) -> Outcome {
    let label = variable.label.isEmpty ? variable.name : variable.label
    if asRating { return number(variable.isNumeric ? variable : placed(variable), label: label) }
    if let set {
      return member(variable, label: label, of: set)
    }
    switch variable.level {
    case .text: return .dropped(.text)
    case .date: return .dropped(.date)
    case .numeric, .count: return number(variable, label: label)
    case .nominal, .ordinal: return category(variable, label: label)
    }
  }

  private func member(
    _ variable: Variable, label: String, of set: MultipleResponseSet
  ) -> Outcome {
    let encoding = IndicatorEncoding(
      name: variable.name, label: label, set: set.name, form: .chosen(set.chosenCode))
    let answers = encoding.read(variable).answers
    guard case .codes(let codes) = answers else { return .dropped(.allMissing) }
    var counts = [0.0, 0.0]
    for (row, code) in codes.enumerated() where code > 0 { counts[Int(code) - 1] += heads[row] }
    guard counts[0] + counts[1] > 0 else { return .dropped(.allMissing) }
    let fewer = min(counts[0], counts[1])
    guard fewer > 0 else { return .dropped(.constant) }
    guard fewer >= Double(minimum) else { return .dropped(.rare(minimum: minimum)) }
    return .used(encoding, answers, note: nil)
  }

  private func number(_ variable: Variable, label: String) -> Outcome {
    let isNumeric = !variable.answers.isCoded || variable.isNumeric
    guard isNumeric else { return category(variable, label: label) }
    var form = IndicatorEncoding.Form.numeric
    var note: String?
    if variable.level == .count {
      let counts = IndicatorEncoding(name: variable.name, label: label, form: .count)
      let unfit = counts.read(variable).unseen
      if unfit == 0 {
        form = .count
      } else {
        note =
          "\(variable.name) is declared a count but holds \(unfit) answers that are not whole "
          + "numbers from 0; it is taken as numeric."
      }
    }
    var encoding = IndicatorEncoding(name: variable.name, label: label, form: form)
    let answers = encoding.read(variable).answers
    guard case .numbers(let numbers) = answers else { return .dropped(.allMissing) }
    encoding.plausible = PlausibleRange.of(numbers)
    encoding.scale = scale(variable, numbers)
    let present = numbers.filter { !$0.isNaN }
    guard let first = present.first else { return .dropped(.allMissing) }
    guard present.contains(where: { $0 != first }) else { return .dropped(.constant) }
    return .used(encoding, answers, note: note)
  }

  /// Words in their order as numbers from 1.
  ///
  /// The model has no words that too few people gave, so that those
  /// count as missing, in new files as here.
  private func placed(_ variable: Variable) -> Variable {
    let counts = CategoricalAnswers(variable).counts(heads: heads)
    let told = counts.indices.filter { counts[$0] >= max(1, Double(minimum)) }
    var places = [Int](repeating: 0, count: counts.count + 1)
    for (place, category) in told.enumerated() { places[category + 1] = place + 1 }
    var numbered = variable
    numbered.categories = told.map {
      Category(code: .number(Double($0 + 1)), label: variable.categories[$0].label)
    }
    numbered.answers = AnswerColumn(
      positions: variable.answers.values(of: places), categoryCount: told.count)
    return numbered
  }

  /// What the codes of a column of numbers mean, of those that as many gave as may be told of.
  private func scale(_ variable: Variable, _ numbers: [Double]) -> [Category] {
    let labelled = (variable.answers.isCoded ? variable.categories : variable.otherLabels).filter {
      $0.code.number != nil && AnswerMatch.words($0) != nil
    }
    guard !labelled.isEmpty else { return [] }
    var people: [Double: Double] = [:]
    for (row, number) in numbers.enumerated() where !number.isNaN {
      people[number, default: 0] += heads[row]
    }
    return labelled.filter { one in
      one.code.number.map { people[$0, default: 0] >= max(1, Double(minimum)) } ?? false
    }
  }

  private func category(_ variable: Variable, label: String) -> Outcome {
    let answers = CategoricalAnswers(variable)
    let counts = answers.counts(heads: heads)
    let present = counts.indices.filter { counts[$0] > 0 }
    let total = present.reduce(0) { $0 + counts[$1] }
    guard total > 0 else { return .dropped(.allMissing) }
    guard present.count > 1 else { return .dropped(.constant) }
    if Double(present.count) > Self.identifierShare * total, total >= 20 {
      return .dropped(.identifier)
    }
    let isOrdinal = variable.level == .ordinal
    let groups =
      isOrdinal
      ? joinedNeighbours(present, counts: counts) : mergedRare(present, counts: counts)
    guard groups.count > 1 else { return .dropped(.rare(minimum: minimum)) }
    guard groups.count <= Self.mostCategories else {
      return .dropped(.tooManyCategories(present.count))
    }
    let categories = groups.map { group -> EncodedCategory in
      guard !group.isOther else {
        // A real answer "Other" is not one of them.
        let isTaken = present.contains { answers.categories[$0].label.lowercased() == "other" }
        return EncodedCategory(label: isTaken ? "other answers" : "other", codes: [])
      }
      let members = group.members.map { answers.categories[$0] }
      guard members.count > 1, let last = members.last else {
        return EncodedCategory(label: members[0].label, codes: members.map(\.code))
      }
      let labels = members.map(\.label)
      return EncodedCategory(
        label: "\(labels[0]) \(members.count == 2 ? "or" : "to") \(last.label)",
        codes: members.map(\.code), labels: labels)
    }
    let form: IndicatorEncoding.Form = isOrdinal ? .ordinal(categories) : .nominal(categories)
    let encoding = IndicatorEncoding(name: variable.name, label: label, form: form)
    let hasOther = groups.contains(where: \.isOther)
    let rare = "\(variable.name): answers given by fewer than \(minimum) people "
    let note: String? =
      if groups.reduce(0, { $0 + $1.members.count }) < present.count {
        rare + "count as missing."
      } else if isOrdinal, groups.count < present.count {
        rare
          + "are taken together with their neighbours of the same kind (\(present.count) answers "
          + "became \(groups.count))."
      } else if groups.count < present.count || hasOther {
        rare + "are merged into \"other\" (\(present.count) categories became \(groups.count))."
      } else {
        nil
      }
    return .used(encoding, encoding.read(variable).answers, note: note)
  }

  private struct Group {
    var members: [Int]
    var count: Double
    var isOther = false
    /// Whether it is made of rare answers.
    var isPooled = false
  }

  /// Ordered categories, rare ones together with rare neighbours until they are no longer rare.
  ///
  /// A common answer never takes a rare one with it: a rare answer between common ones is missing.
  private func joinedNeighbours(_ present: [Int], counts: [Double]) -> [Group] {
    var groups: [Group] = []
    var run = Group(members: [], count: 0)
    /// Ends a run of rare answers: what is left of it goes with those before.
    func close() {
      if run.count >= Double(minimum) {
        groups.append(run)
      } else if !run.members.isEmpty, let last = groups.indices.last, groups[last].isPooled,
        groups[last].members.last == before(run.members[0])
      {
        groups[last].members += run.members
        groups[last].count += run.count
      }
      run = Group(members: [], count: 0)
    }
    func before(_ category: Int) -> Int? {
      present.firstIndex(of: category).flatMap { $0 > 0 ? present[$0 - 1] : nil }
    }
    for category in present {
      guard counts[category] < Double(minimum) else {
        close()
        groups.append(Group(members: [category], count: counts[category]))
        continue
      }
      run.members.append(category)
      run.count += counts[category]
      run.isPooled = true
      if run.count >= Double(minimum) { close() }
    }
    close()
    return groups
  }

  /// Rare categories together, where that makes a group that is not rare itself.
  private func mergedRare(_ present: [Int], counts: [Double]) -> [Group] {
    let rare = present.filter { counts[$0] < Double(minimum) }
    let groups = present.filter { counts[$0] >= Double(minimum) }.map {
      Group(members: [$0], count: counts[$0])
    }
    guard !rare.isEmpty else { return groups }
    let other = Group(members: rare, count: rare.reduce(0) { $0 + counts[$1] }, isOther: true)
    // Too few even together: they are missing, and no common answer goes with them.
    return other.count < Double(minimum) ? groups : groups + [other]
  }
}
