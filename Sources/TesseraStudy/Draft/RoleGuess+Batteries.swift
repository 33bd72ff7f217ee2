internal import TesseraSurvey

extension RoleGuess {
  // MARK: - Batteries

  /// Finds batteries of ratings, and takes the best for what makes the segments.
  ///
  /// Needs and batteries are the basis of nearly every segmentation; who people are describes them.
  mutating func findBatteries() {
    let needs = Set(
      plan.needs.flatMap { [$0.importance, $0.satisfaction].compactMap { $0 } }
        .map { AnswerCode.text($0) })
    let taken = used.subtracting(needs)
    let finder = BatteryFinder(
      facts: facts.filter { column in
        !plan.leftOut.contains { $0.name == column.columnName }
          // A question that became one variable still stands between two others.
          || plan.oneHot.contains { $0.members.contains(column.columnName) }
      },
      scale: { [self] column in
        guard !taken.contains(.text(column.columnName)), var scale = itemScale(column) else {
          return nil
        }
        if plan.needs.contains(where: { $0.importance == column.columnName }) {
          scale.about = Battery.Kind.importance.rawValue
        } else if needs.contains(.text(column.columnName)) {
          scale.about = Battery.Kind.satisfaction.rawValue
        }
        return scale
      },
      isPerson: { [self] in topic(of: $0) != nil },
      isSilent: { [self] in silentShare($0) >= Self.silent })
    plan.batteries = finder.find()
    if plan.batteries.isEmpty { plan.batteries = finder.scattered() }
    for battery in plan.batteries {
      for member in battery.members where isFree(member) {
        use(member.columnName)
      }
    }
    for member in plan.batteries.flatMap(\.members) { addSteps(member) }
    for battery in plan.batteries where battery.kind == .importance {
      addNeeds(battery, except: needs)
    }
    defer { findValues() }
    let best = plan.batteries.indices.max { first, second in
      let merits = [first, second].map { plan.batteries[$0].merit }
      return merits[0] == merits[1] ? first > second : merits[0] < merits[1]
    }
    guard let best, plan.batteries[best].merit > 20 else { return }
    plan.main = best
    let battery = plan.batteries[best]
    var members = battery.members
    if members.count > ItemReduction.most + 6 {
      let kept = ItemReduction.keep(members.map(\.variable.numbers), count: ItemReduction.most)
      plan.reduced = members.count
      let names = Set(kept)
      for place in members.indices where !names.contains(place) {
        plan.leftOut.append(
          DraftPlan.Entry(
            name: members[place].columnName,
            reason: "\(kept.count) of the \(members.count) items stand for it"))
      }
      members = kept.map { members[$0] }
    }
    plan.active = members.map { column in
      DraftPlan.Entry(
        name: column.columnName,
        reason: column.variable.label.isEmpty
          ? "one of \(battery.members.count) items" : column.variable.label,
        section: battery.told)
    }
  }

  /// Ratings whose names belong together, though they are no battery.
  mutating func findAttitudes() {
    let ratings = facts.filter { column in
      isFree(column) && ratingScale(column) != nil && !column.isDichotomous
        && topic(of: column) == nil && (column.variable.level == .ordinal || order(column) != nil)
    }
    for group in DraftGroups.find(ratings) {
      let scales = group.members.compactMap(ratingScale)
      guard group.members.count >= 3, scales.allSatisfy({ $0 == scales[0] }),
        group.members.allSatisfy({ $0.missingShare < 0.7 })
      else { continue }
      // Without a battery they make the segments: nothing else on one scale does.
      let isBasis = plan.main == nil && plan.active.isEmpty && group.members.count >= 4
      for member in group.members {
        if !isBasis, isValued(member) {
          plan.values.append(
            DraftPlan.Entry(
              name: member.columnName, reason: "one of \(group.members.count) ratings on one scale")
          )
        }
        if isBasis {
          plan.active.append(
            DraftPlan.Entry(
              name: member.columnName, reason: member.variable.label,
              section: "ratings whose names belong together"))
        }
        addSteps(member)
        if isBasis || isValued(member) { use(member.columnName) }
      }
    }
  }

  /// Whether a rating says what people value: agreement, or words of values, needs and importance.
  private func isValued(_ column: ColumnFacts) -> Bool {
    column.says(DraftWords.valued) != nil
      || plan.levels.contains {
        $0.column == column.columnName && $0.reason.hasSuffix("agreement")
      }
  }

  /// Takes the items of a grid of importance for needs, though no name or wording says so.
  private mutating func addNeeds(_ battery: Battery, except known: Set<AnswerCode>) {
    for member in battery.members where !known.contains(.text(member.columnName)) {
      guard let scale = ratingScale(member) else { continue }
      let option = NameStem.split(member.columnName).flatMap {
        $0.form == .brackets ? $0.option : nil
      }
      let label = option ?? member.variable.label
      var name = ""
      for word in NameWords(label.isEmpty ? member.columnName : label).words
      where name.count + word.count < 40 { name += (name.isEmpty ? "" : "_") + word }
      if name.first?.isLetter != true { name = "need_\(name)" }
      while plan.needs.contains(where: { $0.name == name }) { name += "_\(plan.needs.count + 1)" }
      plan.needs.append(
        DraftPlan.NeedEntry(
          name: name, label: label, importance: member.columnName, satisfaction: nil, scale: scale,
          reason: "\"\(member.columnName)\" asks the importance, by its answers (no question of "
            + "satisfaction was found)"))
    }
  }

  /// Share without an answer from which on a column is no item.
  private static let silent = 0.7

  /// The scale of an item; `nil` for numbers of things, yes and no, ages, and kinds.
  private func itemScale(_ column: ColumnFacts) -> ItemScale? {
    guard !column.isDichotomous, silentShare(column) < Self.silent,
      // Nobody counts from 1 to 5 in column after column.
      column.variable.level != .count || column.low >= 1 && isNumberItem(column),
      column.variable.level != .text, column.variable.level != .date
    else { return nil }
    if let level = plan.levels.first(where: { $0.column == column.columnName }) {
      return level.isRange || level.order.count < 3
        ? nil : ItemScale(steps: level.order.map(NameWords.folded), hasWords: true)
    }
    let isNumber = isNumberItem(column)
    if column.variable.level == .nominal, !isNumber { return gridScale(column) }
    guard column.variable.isNumeric,
      isNumber || column.variable.level == .ordinal || column.variable.level == .numeric
    else { return nil }
    let codes = Set((missing[.text(column.columnName)] ?? []).map(\.code))
    let offered = column.variable.categories.filter { !codes.contains($0.code.text) }
    let worded = offered.filter { $0.label != $0.code.text }
    if column.variable.answers.isCoded, worded.count >= 2 {
      guard offered.count <= 12,
        (AnswerOrder.inOrder(offered.map(\.label))?.isRange ?? false) == false
      else { return nil }
      return ItemScale(steps: worded.map { NameWords.folded($0.label) }, hasWords: true)
    }
    guard let scale = ratingScale(column) else { return nil }
    // Numbers up to 100 are a slider only where they use it.
    if scale.high >= 100, column.high < 60 || column.low > 40 { return nil }
    return ItemScale(
      steps: [scale.low, scale.high].map { AnswerCode.number($0).text }, hasWords: false)
  }

  /// The answers of a grid whose order no word tells: still one scale, to be put in order.
  private func gridScale(_ column: ColumnFacts) -> ItemScale? {
    guard topic(of: column) == nil, origin(column) == nil,
      let block = blocks.first(where: {
        $0.kind == .grid && $0.members.contains(column.columnName)
      })
    else { return nil }
    let codes = block.members.reduce(into: Set<String>()) { found, member in
      found.formUnion((missing[.text(member)] ?? []).map(\.code))
    }
    let steps = block.scale.map(\.text).filter { !codes.contains($0) }
    guard (3...7).contains(steps.count) else { return nil }
    let labels = column.variable.categories.filter { steps.contains($0.code.text) }.map(\.label)
    return ItemScale(
      steps: (column.variable.isNumeric ? labels : steps).map(NameWords.folded), hasWords: true,
      about: Battery.Kind.unordered.rawValue)
  }

  // MARK: - Where there is no battery of ratings

  /// Takes questions of several answers, and how often people do things, where no battery is.
  mutating func takeSets() {
    let usable = plan.sets.indices.filter { place in
      let set = plan.sets[place]
      return (set.topic == .other || set.topic == .activities) && !isAboutPeople(set)
        && size(set) >= 4 && answeredShare(set) >= 0.4 && !hasOneAnswer(set)
    }
    let ranked = usable.map { (place: $0, rank: usage(plan.sets[$0])) }
    let sorted = ranked.filter { $0.rank > 0 }.sorted { ($1.rank, $0.place) < ($0.rank, $1.place) }
    let chosen = sorted.prefix(4).map(\.place)
    guard !chosen.isEmpty else { return }
    plan.active += chosen.map { place in
      DraftPlan.Entry(
        name: plan.sets[place].name, reason: plan.sets[place].reason,
        section: "what people do: questions of several answers")
    }
    let often = plan.levels.filter { level in
      level.reason.hasSuffix("how often")
        && facts.contains { $0.columnName == level.column && isFree($0) && $0.missingShare < 0.5 }
    }
    for level in often.prefix(chosen.count) {
      plan.active.append(
        DraftPlan.Entry(
          name: level.column, reason: survey[level.column]?.label ?? "",
          section: "how often people do it"))
      use(level.column)
    }
  }

  private func size(_ set: DraftPlan.SetEntry) -> Int {
    if let delimited = set.delimited {
      let options = delimited.options.count
      let found = facts.first { $0.columnName == delimited.column }.flatMap { self.delimited($0) }
      return options > 0 ? options : found?.options.count ?? 0
    }
    return set.members.count
  }

  private func answeredShare(_ set: DraftPlan.SetEntry) -> Double {
    let names = set.delimited.map { [$0.column] } ?? set.members
    let rows = survey.respondentCount
    guard rows > 0 else { return 0 }
    let columns = names.compactMap { survey[$0] }
    let answered = (0..<rows).count { row in columns.contains { $0.answers.isAnswered(row) } }
    return Double(answered) / Double(rows)
  }

  /// Whether everybody chose exactly one of the columns: one question with one answer, which would make
  /// the segments by itself.
  private func hasOneAnswer(_ set: DraftPlan.SetEntry) -> Bool {
    let columns = set.members.compactMap { survey[$0] }
    guard columns.count >= 3 else { return false }
    let chosen = columns.map { column in
      (0..<survey.respondentCount).map { row in
        column.number(row) == 1 || !column.isNumeric && column.answers.isAnswered(row)
      }
    }
    return (0..<survey.respondentCount).allSatisfy { row in chosen.count { $0[row] } == 1 }
  }

  private func wording(_ set: DraftPlan.SetEntry) -> NameWords {
    let label =
      set.delimited.flatMap { survey[$0.column]?.label }
      ?? survey.sets.first { $0.name == set.name }?.label ?? ""
    return NameWords("\(set.name) \(label)")
  }

  /// Whether a set asks where people come from, or what they are.
  private func isAboutPeople(_ set: DraftPlan.SetEntry) -> Bool {
    wording(set).first(of: DraftWords.origin) != nil
      || set.members.count { member in
        facts.first { $0.columnName == member }?.label.first(of: DraftWords.origin) != nil
      } * 2 > max(1, set.members.count)
  }

  /// How much a set tells of what people do: of having and using more than of knowing, and of people
  /// more than of their last purchase.
  private func usage(_ set: DraftPlan.SetEntry) -> Int {
    let words = wording(set)
    if words.first(of: DraftWords.occasion) != nil { return 0 }
    if set.topic == .activities || words.first(of: DraftWords.usage) != nil { return 2 }
    return words.first(of: DraftWords.funnel[0]) != nil ? 0 : 1
  }
}
