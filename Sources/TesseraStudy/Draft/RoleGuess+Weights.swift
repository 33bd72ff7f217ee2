internal import TesseraSurvey

/// Sampling weights, by their names and by their values.
extension RoleGuess {
  /// Why a column is a sampling weight: its name or wording says so, and its numbers are alike.
  ///
  /// Weights are many different positive numbers without labels, about 1 on average or adding up to a
  /// population. Kilograms beside height are neither.
  func weightReason(_ column: ColumnFacts) -> String? {
    let variable = column.variable
    guard !variable.answers.isCoded || variable.isNumeric, column.low >= 0,
      column.high > column.low, variable.categories.allSatisfy({ $0.label == $0.code.text }),
      column.label.first(of: DraftWords.bodily) == nil,
      column.name.first(of: DraftWords.bodily) == nil
    else { return nil }
    let name = PlainText.folded(column.columnName).filter { $0.isLetter }
    let all = variable.numbers.filter { !$0.isNaN }
    // `w_total`: a letter alone needs numbers that are 1 on average.
    let isLetter =
      column.name.words.count == 2 && ["w", "xw", "lw"].contains { column.name.words.contains($0) }
      && (0.8...1.25).contains(all.reduce(0, +) / Double(max(1, all.count)))
      && Set(all).count >= 10
    let isKnown =
      DraftWords.weightNames.contains(name) || column.says(DraftWords.plainWeight) != nil
      || Self.endsInWeight(name) || isLetter
    guard isKnown || column.says(DraftWords.weight) != nil else { return nil }
    let reason =
      column.says(DraftWords.weight) ?? "the name is that of a weight in many files"
    // 7777 and 9999 beside pounds say that nobody answered.
    let numbers = all.filter { number in
      let text = AnswerCode.number(number).text
      return !(text.count >= 3 && ["7", "8", "9"].contains { Set(text) == Set($0) })
    }
    let count = Double(max(1, numbers.count))
    let mean = numbers.reduce(0, +) / count
    let differ = Set(numbers).count
    let isAboutOne = (0.5...2).contains(mean) && numbers.contains { $0 != $0.rounded() }
    let isPopulation = mean > 250 && Double(differ) > min(20, count / 4)
    let isShare = differ >= 3 && abs(mean * count - 1) < 0.01 && numbers.allSatisfy { $0 < 0.5 }
    // East and west of a country may have a weight each.
    let isOfTwo = differ == 2 && (0.8...1.2).contains(mean) && isAboutOne && column.low > 0
    // How many people somebody stands for may be a dozen, too; kilograms are called by plain words.
    let isDozens =
      isKnown && !DraftWords.anyWeight.contains(name) && mean > 2 && differ >= 20
      && (DraftWords.weightNames.contains(name)
        || numbers.count(where: { $0 != $0.rounded() }) * 2 > numbers.count)
    guard differ >= 3 || isOfTwo, isAboutOne || isPopulation || isShare || isDozens else {
      // One weight for everybody, as where a survey holds one of several countries.
      return plan.weight != nil && DraftWords.weightNames.contains(name) && differ == 1
        ? reason + ", the same for everybody" : nil
    }
    return reason + ", and its numbers are like weights"
  }

  /// `perweight`, `finalwgt`, `popwt`; not the weight of a body.
  private static func endsInWeight(_ name: String) -> Bool {
    (["weight", "weights", "wgt", "wght"].contains(where: name.hasSuffix)
      || name.hasSuffix("wt") && name.count >= 5)
      && ![
        "birth", "body", "over", "under", "light", "paper", "counter", "heavy", "self", "actual",
        "low",
      ]
      .contains(where: name.hasPrefix)
  }

  // MARK: - Weights by their values

  /// Takes a weight that no word names: decimals above 0 that are 1 on average, all different, at the
  /// beginning or the end of the table.
  mutating func findWeightByValues() {
    guard plan.weight == nil, !plan.suggestions.contains(where: { $0.0 == "weight" }) else {
      return
    }
    let ends = facts.suffix(3) + facts.prefix(3)
    for column in ends where isFree(column) && column.label.words.count <= 4 {
      let numbers = column.variable.numbers.filter { !$0.isNaN }
      guard column.variable.isNumeric || !column.variable.answers.isCoded, numbers.count >= 100,
        column.variable.categories.allSatisfy({ $0.label == $0.code.text }), column.low > 0,
        column.high < 10, Set(numbers).count > 100
      else { continue }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let decimals = numbers.count { $0 != $0.rounded() }
      guard abs(mean - 1) <= 0.05, decimals * 10 >= numbers.count * 9 else { continue }
      let reason = "decimals above 0 that are 1 on average, at an end of the table"
      let isCalled = DraftWords.weightCodes.contains(NameWords.folded(column.columnName))
      if column.missingShare == 0, abs(mean - 1) <= 0.02 || isCalled {
        plan.weight = DraftPlan.Entry(name: column.columnName, reason: reason)
      } else {
        plan.suggestions.append(
          ("weight", DraftPlan.Entry(name: column.columnName, reason: reason)))
      }
      use(column.columnName)
      return
    }
  }

  /// Takes a weight that only the finished interviews have, together with the filter that keeps them.
  ///
  /// One without the other would not run, or weigh nobody.
  mutating func takeWeightOfComplete() {
    guard plan.weight == nil,
      let place = plan.suggestions.firstIndex(where: { $0.key == "weight" }),
      let column = facts.first(where: { $0.columnName == plan.suggestions[place].entry.name }),
      column.low > 0, column.missingShare > 0
    else { return }
    let numbers = column.variable.numbers
    let filter = plan.warnings.lazy.map(\.filter).first { filter in
      guard !filter.isEmpty, let kept = keptRows(filter) else { return false }
      return zip(numbers, kept).allSatisfy { number, isKept in number.isNaN != isKept }
    }
    guard let filter else { return }
    plan.weight = DraftPlan.Entry(
      name: column.columnName,
      reason: plan.suggestions[place].entry.reason.replacing(
        ", but some rows have none", with: "; those who finished have one"))
    plan.suggestions.remove(at: place)
    plan.keptFilter = filter
  }
}
