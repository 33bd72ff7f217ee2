/// Questions whose columns do not share a stem: what stands side by side tells them.
extension MultipleResponseFinder {
  /// Neighbours of which only the first has a name, and each holds one text: an option where it was
  /// chosen.
  ///
  /// So come exports whose second header row was lost: `Field`, `Column2`, `Column3`, ...
  static func addContinued(
    _ survey: Survey, _ taken: Set<AnswerCode>, _ finding: inout Finding
  ) {
    func isOption(_ variable: Variable) -> Bool {
      variable.answers.isCoded && !variable.isNumeric && variable.level != .date
        && variable.categories.count <= 1 && !taken.contains(.text(variable.name))
    }
    var place = 0
    let all = survey.variables
    while place < all.count {
      var end = place + 1
      if isOption(all[place]), !all[place].categories.isEmpty,
        !PlaceholderName.matches(all[place].name)
      {
        while end < all.count, PlaceholderName.matches(all[end].name), isOption(all[end]) {
          end += 1
        }
      }
      let options = Array(all[place..<end])
      if options.count >= 2 {
        let name = options[0].name
        finding.recoded += options.compactMap(recoded)
        finding.sets.append(
          MultipleResponseSet(
            name: name + " ...", label: options[0].label.isEmpty ? name : options[0].label,
            members: options.map(\.name), coding: .dichotomy(chosen: .number(1))))
      }
      place = end
    }
  }

  /// "Other" under a name of its own behind the options: `Q7_OTHER` behind `Q7_Part_1` to `Q7_Part_9`.
  static func addLastOther(_ survey: Survey, _ finding: inout Finding) {
    let recodedNames = Set(finding.recoded.map { AnswerCode.text($0.name) })
    let place = Dictionary(
      zip(survey.variables.map { AnswerCode.text($0.name) }, survey.variables.indices),
      uniquingKeysWith: { first, _ in first })
    for index in finding.sets.indices {
      let set = finding.sets[index]
      guard let last = set.members.last, recodedNames.contains(.text(last)),
        let at = place[.text(last)], at + 1 < survey.variables.count
      else { continue }
      let next = survey.variables[at + 1]
      guard let split = NameStem.split(next.name), OtherOption.isOther(split.option),
        OtherOption.isOffered(next, split.option), !set.members.contains(next.name),
        !recodedNames.contains(.text(next.name)),
        set.name == split.stem || set.name.hasPrefix(split.stem + "_"),
        let changed = recoded(next)
      else { continue }
      finding.recoded.append(changed)
      finding.sets[index] = MultipleResponseSet(
        name: set.name, label: set.label, members: set.members + [next.name], coding: set.coding)
    }
  }

  /// Columns of 1 and 2 behind one that counts the 2s, as SoSci Survey writes questions of several
  /// answers: `A102` = 2, `A102_01` = 2, `A102_02` = 1, `A102_03` = 2.
  static func addCounted(
    _ survey: Survey, _ taken: Set<AnswerCode>, _ finding: inout Finding
  ) {
    var groups: [String: [Variable]] = [:]
    for variable in survey.variables where variable.isNumeric && variable.answers.isCoded {
      guard let split = NameStem.split(variable.name), split.form == .number else { continue }
      let values = variable.categories.compactMap(\.code.number)
      guard !values.isEmpty, values.allSatisfy({ $0 == 1 || $0 == 2 }) else { continue }
      groups[split.stem, default: []].append(variable)
    }
    for total in survey.variables where total.isNumeric && !taken.contains(.text(total.name)) {
      guard let members = groups[total.name], members.count >= 2, total.categories.count > 1 else {
        continue
      }
      let numbers = members.map(\.numbers)
      let totals = total.numbers
      guard
        totals.indices.allSatisfy({ row in
          totals[row].isNaN || Double(numbers.count { $0[row] == 2 }) == totals[row]
        })
      else { continue }
      finding.sets.append(
        MultipleResponseSet(
          name: total.name + " ...", label: total.label.isEmpty ? total.name : total.label,
          members: members.map(\.name), coding: .dichotomy(chosen: .number(2))))
    }
  }

  /// Neighbours of 0 and 1 whose wordings begin with one question and end with an option each.
  static func addWorded(
    _ survey: Survey, _ taken: Set<AnswerCode>, _ finding: inout Finding
  ) {
    var run: [Variable] = []
    var head = ""
    func close() {
      defer { run = [] }
      guard run.count >= 3, Set(run.map(\.label)).count == run.count else { return }
      let name = stem(run.map(\.name))
      finding.sets.append(
        MultipleResponseSet(
          name: survey[name] == nil ? name : name + " ...", label: head,
          members: run.map(\.name), coding: .dichotomy(chosen: .number(1))))
    }
    for variable in survey.variables {
      let isOption =
        variable.isNumeric && variable.answers.isCoded && variable.categories.count == 2
        && variable.categories.compactMap(\.code.number) == [0, 1]
        && !taken.contains(.text(variable.name))
      guard isOption, let question = question(of: variable.label) else {
        close()
        continue
      }
      if question != head { close() }
      head = question
      run.append(variable)
    }
    close()
  }

  /// The part of a wording before its last colon, dash or question mark, if it is a question.
  private static func question(of label: String) -> String? {
    for mark in [": ", " - ", "? "] {
      let parts = label.split(separator: mark)
      guard parts.count >= 2 else { continue }
      let head = parts.dropLast().joined(separator: mark)
      if head.split(separator: " ").count >= 3 { return head }
    }
    return nil
  }

  private static func stem(_ names: [String]) -> String {
    var common = Substring(names.first ?? "")
    for name in names.dropFirst() {
      while !name.hasPrefix(common) { common.removeLast() }
    }
    while let last = common.last, "_.-[ ".contains(last) || last.isNumber { common.removeLast() }
    return common.isEmpty ? (names.first ?? "") + " ..." : String(common)
  }
}

/// Names that programs give to columns without one.
public enum PlaceholderName {
  private static let stems: Set<String> = ["column", "unnamed", "field", "spalte", ""]

  /// Whether a name is no more than the number of a column: `Column12`, `Unnamed: 12`, `...12`.
  ///
  /// - Parameter name: A column's name.
  /// - Returns: True for a usual word, or dots, with a number behind it.
  public static func matches(_ name: String) -> Bool {
    guard let last = name.last, last.isNumber else { return false }
    let stem = name.lowercased().filter { $0.isLetter }
    let signs = name.filter { !$0.isLetter && !$0.isNumber }
    return stems.contains(stem) && signs.allSatisfy { ". _:".contains($0) }
      && (!stem.isEmpty || signs.count >= 3)
      && name.drop { !$0.isNumber }.allSatisfy(\.isNumber)
  }
}
