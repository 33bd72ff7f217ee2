import TesseraStudy
import TesseraSurvey

/// Best-worst tasks with what each respondent saw, so that counts can be taken per showing.
///
/// What was shown comes from a design; without one from the answers, where each task was the same for
/// everybody and its items add up to the showings that the study declares; else every item counts as
/// shown equally often.
struct BestWorstTasks {
  private let source: FitSource
  private let segmented: SegmentedSurvey
  private let best: [Variable]
  private let worst: [Variable]
  private let shown: Double?
  /// For each respondent the items of each task; empty where all saw every item equally often.
  private let tasks: [[[String]]]
  /// How showings were found, where the study does not say.
  private(set) var warnings: [String] = []

  /// Binds the study's tasks; `nil` if it has none.
  ///
  /// - Throws: `StudyError` for an unknown column, or a respondent who is not in the design.
  init?(
    source: FitSource, segmented: SegmentedSurvey,
    variable: (String, String) throws(StudyError) -> Variable
  ) throws(StudyError) {
    guard let declared = source.file.maxDiff else { return nil }
    self.source = source
    self.segmented = segmented
    var (best, worst) = ([Variable](), [Variable]())
    for column in declared.best { best.append(try variable(column, "maxdiff")) }
    for column in declared.worst { worst.append(try variable(column, "maxdiff")) }
    (self.best, self.worst, shown) = (best, worst, declared.shown)
    if let plan = source.maxDiffPlan {
      let column = try plan.column.map { name throws(StudyError) in
        try variable(name, "maxdiff.design")
      }
      tasks = try Self.planned(plan, column, best.count, source, segmented)
    } else if let items = Self.inferred(best, worst, declared.shown) {
      let counts = Self.counted(items)
      tasks = Array(repeating: items, count: segmented.survey.respondentCount)
      if Set(counts.values).count > 1 {
        warnings = [
          "Best-worst items were shown \(counts.values.min() ?? 0) to \(counts.values.max() ?? 0) "
            + "times each, as the answers to each task tell: they are counted per showing. Add "
            + "design: under maxdiff: to confirm what was shown."
        ]
      }
    } else {
      tasks = []
    }
    try check()
  }

  /// The tasks of each respondent by a design.
  private static func planned(
    _ plan: MaxDiffPlan, _ column: Variable?, _ count: Int, _ source: FitSource,
    _ segmented: SegmentedSurvey
  ) throws(StudyError) -> [[[String]]] {
    var tasks: [[[String]]] = []
    for respondent in 0..<segmented.survey.respondentCount {
      let key = column.map { Self.text($0, respondent) ?? "" } ?? ""
      guard let items = plan.items(key) else {
        throw source.error(
          "E0633", "the design of best-worst tasks does not hold '\(DisplayText.escaped(key))'",
          column: column?.name ?? "", sourceRow: segmented.sourceRows[respondent],
          hint: "add its tasks to the design, or leave the respondent out")
      }
      guard items.count >= count else {
        throw source.error(
          "E0633",
          "the design has \(items.count) tasks for this respondent, and the study \(count)",
          column: column?.name ?? "", sourceRow: segmented.sourceRows[respondent],
          hint: "name as many columns of best and worst as there are tasks")
      }
      tasks.append(items)
    }
    return tasks
  }

  /// The items of each task where everybody saw the same, found from who was ever best or worst.
  private static func inferred(
    _ best: [Variable], _ worst: [Variable], _ shown: Double?
  ) -> [[String]]? {
    guard let shown else { return nil }
    let items = zip(best, worst).map { one, other -> [String] in
      var found: Set<String> = []
      for variable in [one, other] {
        for respondent in 0..<variable.answers.count {
          if let text = text(variable, respondent) { found.insert(text) }
        }
      }
      return found.sorted()
    }
    let all = Set(items.flatMap { $0 })
    let total = items.reduce(0) { $0 + $1.count }
    guard Set(items.map(\.count)).count == 1, Double(total) == shown * Double(all.count) else {
      return nil
    }
    return items
  }

  private static func counted(_ items: [[String]]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for item in items.joined() { counts[item, default: 0] += 1 }
    return counts
  }

  /// Refuses an answer that its task did not show.
  private func check() throws(StudyError) {
    guard source.maxDiffPlan != nil else { return }
    for (columns, word) in [(best, "best"), (worst, "worst")] {
      for (task, variable) in columns.enumerated() {
        for respondent in tasks.indices {
          guard let answer = Self.texts(variable, respondent) else { continue }
          let isShown = tasks[respondent][task].contains { item in
            answer.contains { MaxDiffPlan.isSame(item, $0) }
          }
          guard isShown else {
            throw source.error(
              "E0613", "the \(word) item of task \(task + 1) was not shown in it",
              column: variable.name, sourceRow: segmented.sourceRows[respondent],
              hint:
                "check the version, the order of the tasks and how items are written in the design")
          }
        }
      }
    }
  }

  /// How much oftener an item was best than worst, and how often it was shown in answered tasks.
  ///
  /// - Throws: `StudyError` E0613 if nobody chose the item.
  func counts(of answer: String, at key: String) throws(StudyError) -> (
    net: [Double], shown: [Double]
  ) {
    let count = segmented.survey.respondentCount
    var net = [Double](repeating: 0, count: count)
    var shown = net
    var isFound = false
    let names = names(of: answer)
    for task in best.indices {
      for respondent in 0..<count {
        let one = Self.texts(best[task], respondent)
        let other = Self.texts(worst[task], respondent)
        guard one != nil || other != nil else { continue }
        if !tasks.isEmpty {
          let isShown = tasks[respondent][task].contains { item in
            names.contains { MaxDiffPlan.isSame(item, $0) || item == $0 }
          }
          shown[respondent] += isShown ? 1 : 0
        } else {
          shown[respondent] = self.shown ?? 0
        }
        if let one, one.contains(where: { isSame($0, answer) }) { net[respondent] += 1 }
        if let other, other.contains(where: { isSame($0, answer) }) { net[respondent] -= 1 }
        isFound =
          isFound
          || [one, other].contains { $0?.contains { isSame($0, answer) } ?? false }
      }
    }
    guard isFound else {
      let known = (best + worst).flatMap { $0.categories.map(\.label) }
      throw source.error(
        "E0613", "nobody chose '\(DisplayText.escaped(answer))' best or worst", at: key,
        hint: NearestName.question(answer, among: known) ?? "write the answer as in the data")
    }
    return (net, shown)
  }

  /// Every answered task of each respondent by numbers of items: first the needs, then what else was
  /// shown; empty where it is not known what was shown.
  ///
  /// - Parameter answers: For each need its item as written in the data; `nil` for needs that are none.
  /// - Returns: The tasks, and how many items there are.
  func menus(_ answers: [String?]) -> (all: [[BestWorstMenu]], items: Int) {
    guard !tasks.isEmpty else { return ([], 0) }
    var numbers: [String: Int] = [:]
    for (need, answer) in answers.enumerated() {
      guard let answer else { continue }
      for name in names(of: answer) { numbers[MaxDiffPlan.key(name)] = need }
    }
    var items = answers.count
    func number(_ text: String) -> Int {
      let key = MaxDiffPlan.key(text)
      if let known = numbers[key] { return known }
      numbers[key] = items
      items += 1
      return items - 1
    }
    let menus = tasks.indices.map { respondent in
      best.indices.compactMap { task -> BestWorstMenu? in
        let shown = tasks[respondent][task].map(number)
        func taken(_ variable: Variable) -> Int? {
          Self.texts(variable, respondent)?.lazy.map(number).first(where: shown.contains)
        }
        let (one, other) = (taken(best[task]), taken(worst[task]))
        guard one != nil || other != nil, one != other, Set(shown).count == shown.count,
          shown.count > 1
        else { return nil }
        return BestWorstMenu(shown: shown, best: one, worst: other)
      }
    }
    return (menus, items)
  }

  /// An answer with the codes and labels under which columns hold it.
  private func names(of answer: String) -> [String] {
    (best + worst).reduce(into: [answer]) { names, variable in
      for category in variable.categories
      where category.label == answer || category.code.text == answer {
        names += [category.label, category.code.text]
      }
    }
  }

  private func isSame(_ text: String, _ answer: String) -> Bool {
    text == answer || Double(text).map { $0 == Double(answer) } ?? false
  }

  /// The label or code of an answer.
  private static func text(_ variable: Variable, _ respondent: Int) -> String? {
    texts(variable, respondent)?.first
  }

  /// The code and the label of an answer; `nil` where there is none.
  private static func texts(_ variable: Variable, _ respondent: Int) -> [String]? {
    guard variable.answers.isAnswered(respondent) else { return nil }
    guard variable.answers.isCoded else {
      return [AnswerCode.number(variable.number(respondent)).text]
    }
    let category = variable.categories[variable.answers.position(respondent) - 1]
    return [category.code.text, category.label]
  }
}
