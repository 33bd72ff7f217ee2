/// Recognises questions of which several answers may be chosen, from names and answers.
///
/// Exports give such a question a column for each answer on offer. The names share a stem, and each
/// column says no more than "chosen" and perhaps "not chosen": 1 and 0, Y and nothing, Yes and No,
/// or the option's own text and nothing.
public enum MultipleResponseFinder {
  /// What was recognised.
  public struct Finding: Sendable, Equatable {
    /// The sets, in the order of their first members.
    public var sets: [MultipleResponseSet]
    /// Members whose only text was turned into 1, with the text as its label.
    public var recoded: [Variable]
  }

  /// Looks for sets among variables that no declared set has.
  ///
  /// - Parameter survey: Any survey.
  /// - Returns: The sets, and the variables that have to replace those of the same name.
  /// - Complexity: O(variables); answers are not looked at.
  public static func find(in survey: Survey) -> Finding {
    let taken = Set(survey.sets.flatMap(\.members).map { AnswerCode.text($0) })
    var stems: [String] = []
    var groups: [String: [Member]] = [:]
    for original in survey.variables where !taken.contains(.text(original.name)) {
      let variable = withoutNA(original) ?? original
      guard let split = split(variable), let kind = kind(of: variable) else {
        continue
      }
      // A text of its own must be the option's: anything else may be an answer among others.
      if kind == .text, variable.categories.count == 1,
        let text = variable.categories.first?.code.text, text != split.option,
        !variable.label.hasSuffix(text), !OtherOption.isOther(split.option)
      {
        continue
      }
      if groups[split.stem] == nil { stems.append(split.stem) }
      groups[split.stem, default: []].append(
        Member(
          variable: variable, option: split.option, form: split.form, kind: kind,
          isCleaned: variable != original))
    }
    var finding = Finding(sets: [], recoded: [])
    for stem in stems {
      add(groups[stem] ?? [], stem, survey, &finding)
    }
    addLastOther(survey, &finding)
    addNamesake(survey, taken, &finding)
    func left() -> Set<AnswerCode> {
      taken.union(finding.sets.flatMap(\.members).map { .text($0) })
    }
    addContinued(survey, left(), &finding)
    addWorded(survey, left(), &finding)
    addCounted(survey, left(), &finding)
    return finding
  }

  /// Splits a name, before the text that the column holds where the name ends with it: that may hold
  /// signs of its own, as `lang.C/C++` does.
  private static func split(
    _ variable: Variable
  ) -> (stem: String, option: String, form: NameStem.Form)? {
    if variable.categories.count == 1, case .text(let text)? = variable.categories.first?.code {
      for mark in [".", "_"] where variable.name.hasSuffix(mark + text) {
        let stem = String(variable.name.dropLast(text.count + 1))
        if !stem.isEmpty, !text.isEmpty { return (stem, text, .word) }
      }
    }
    return NameStem.split(variable.name)
  }

  private struct Member {
    let variable: Variable
    let option: String
    let form: NameStem.Form
    let kind: Kind
    /// Whether the variable of the survey has an NA among its answers.
    let isCleaned: Bool
  }

  /// A variable whose text NA, as R writes it beside "Not selected", is no answer; `nil` without one.
  private static func withoutNA(_ variable: Variable) -> Variable? {
    guard variable.answers.isCoded, !variable.isNumeric,
      (2...3).contains(variable.categories.count),
      let place = variable.categories.firstIndex(where: { $0.code.text == "NA" }),
      variable.categories.contains(where: { unchosen.contains($0.code.text.lowercased()) })
    else { return nil }
    var result = variable
    let positions = (0..<variable.answers.count).map { row in
      let position = variable.answers.position(row)
      return position == place + 1 ? 0 : position > place + 1 ? position - 1 : position
    }
    result.categories.remove(at: place)
    result.answers = AnswerColumn(
      positions: positions, categoryCount: result.categories.count)
    return result
  }

  /// How a column says "chosen".
  private enum Kind: Equatable {
    /// With a code that all members share.
    case code(AnswerCode)
    /// With a text of its own.
    case text
    /// Not at all: nobody chose it.
    case nobody
  }

  private static let yes: Set<String> = [
    "y", "yes", "ja", "oui", "sí", "si", "true", "checked", "selected", "x", "1", "chosen",
  ]
  private static let no: Set<String> = [
    "n", "no", "nein", "non", "false", "unchecked", "not selected", "0", "not chosen", "",
  ]

  private static let unchosen: Set<String> = [
    "not selected", "not chosen", "not mentioned", "unchecked", "not checked", "nicht genannt",
    "nicht gewählt", "non cité", "no mencionado", "no seleccionado",
  ]

  private static func kind(of variable: Variable) -> Kind? {
    let categories = variable.categories
    guard variable.answers.isCoded, categories.count <= 2, variable.level != .date else {
      return nil
    }
    if categories.isEmpty { return .nobody }
    if variable.isNumeric {
      let values = categories.compactMap(\.code.number)
      if values == [0, 1] || values == [1] { return .code(.number(1)) }
      return values == [0] ? .nobody : nil
    }
    let texts = categories.map { $0.code.text.lowercased() }
    if let place = texts.firstIndex(where: yes.contains),
      texts.indices.allSatisfy({ $0 == place || no.contains(texts[$0]) })
    {
      return .code(categories[place].code)
    }
    if texts.allSatisfy(no.contains) { return .nobody }
    // "Not selected", or the option's own text.
    if texts.count == 2, texts.contains(where: unchosen.contains) { return .text }
    return categories.count == 1 ? .text : nil
  }

  private static func add(
    _ members: [Member], _ stem: String, _ survey: Survey, _ finding: inout Finding
  ) {
    // "Other, please specify" holds words of one's own, or nothing at all.
    let offered = members.filter {
      !OtherOption.isOther($0.option) || ($0.kind != .text && !$0.variable.categories.isEmpty)
        || OtherOption.isOffered($0.variable, $0.option)
    }
    let needed = offered.contains { $0.form == .word } ? 3 : 2
    guard offered.count >= needed else { return }
    let kinds = offered.map(\.kind).filter { $0 != .nobody }
    guard let first = kinds.first, kinds.allSatisfy({ $0 == first }) else { return }
    // Words behind a stem may be anything; plain 0 and 1 make a set of them, or the words themselves.
    if offered.contains(where: { $0.form == .word }), first == .text,
      !offered.allSatisfy({ member in
        member.variable.categories.allSatisfy { $0.code.text == member.option }
      })
    {
      return
    }
    let chosen: AnswerCode
    switch first {
    case .code(let code):
      chosen = code
      finding.recoded += offered.filter(\.isCleaned).map(\.variable)
    case .text:
      chosen = .number(1)
      finding.recoded += offered.compactMap { recoded($0.variable) }
    case .nobody: return
    }
    finding.sets.append(
      MultipleResponseSet(
        name: isGated(stem, survey) ? stem + " ..." : stem,
        label: commonLabel(offered.map(\.variable.label), stem),
        members: offered.map(\.variable.name), coding: .dichotomy(chosen: chosen)))
  }

  /// Whether a question of its own has the name: yes or no, before the options of those who say yes.
  private static func isGated(_ stem: String, _ survey: Survey) -> Bool {
    guard let gate = survey[stem] else { return false }
    return gate.categories.count >= 2 || !gate.answers.isCoded
  }

  /// Neighbouring columns that hold nothing but their own name, as Typeform writes them.
  ///
  /// An option that comes again belongs to another question. Nothing else in such a file tells where
  /// a question ends, unless each stands over an empty column of its own.
  private static func addNamesake(
    _ survey: Survey, _ taken: Set<AnswerCode>, _ finding: inout Finding
  ) {
    var run: [Variable] = []
    var before: Variable?
    var previous: Variable?
    func close(at end: Int) {
      let options = run[..<end]
      run.removeFirst(end)
      guard options.count >= 2 else { return }
      // The question stands over an empty column before its options.
      let question = before.flatMap { $0.categories.isEmpty ? $0.name : nil }
      let name = question ?? options[0].name + " ..."
      finding.recoded += options.compactMap(recoded)
      finding.sets.append(
        MultipleResponseSet(
          name: name, label: name, members: options.map(\.name),
          coding: .dichotomy(chosen: .number(1)), isBounded: question != nil))
    }
    for variable in survey.variables {
      let isNamesake =
        variable.categories.count == 1 && variable.answers.isCoded
        && variable.categories[0].code == .text(unnumbered(variable.name))
        && !taken.contains(.text(variable.name))
      if isNamesake {
        let option = variable.categories[0].code
        if let first = run.firstIndex(where: { $0.categories[0].code == option }) {
          // "None of these" stands last; of any other answer no more is known than that it is new.
          close(at: OtherOption.closes(option.text) ? first + 1 : run.count)
          before = nil
        }
        if run.isEmpty { before = previous }
        run.append(variable)
      } else {
        close(at: run.count)
      }
      previous = variable
    }
    close(at: run.count)
  }

  /// A name without the number by which columns of one name are told apart, as in `Other#2`.
  private static func unnumbered(_ name: String) -> String {
    guard let mark = name.lastIndex(of: "#") else { return name }
    let number = name[name.index(after: mark)...]
    return !number.isEmpty && number.allSatisfy(\.isNumber) ? String(name[..<mark]) : name
  }

  /// The variable with its only text turned into 1; the text stays as the label.
  static func recoded(_ variable: Variable) -> Variable? {
    guard let only = variable.categories.first, only.code.number == nil else { return nil }
    var result = variable
    if variable.categories.count == 2,
      let place = variable.categories.firstIndex(where: {
        !unchosen.contains($0.code.text.lowercased())
      })
    {
      let rest = variable.categories[1 - place]
      let positions = (0..<variable.answers.count).map { row in
        let position = variable.answers.position(row)
        return position == 0 ? 0 : position == place + 1 ? 2 : 1
      }
      result.answers = AnswerColumn(positions: positions, categoryCount: 2)
      result.categories = [
        Category(code: .number(0), label: rest.label),
        Category(code: .number(1), label: variable.categories[place].label),
      ]
      result.level = .nominal
      return result
    }
    let isChosen = !unchosen.contains(only.code.text.lowercased())
    result.categories = [Category(code: .number(isChosen ? 1 : 0), label: only.label)]
    result.level = .nominal
    return result
  }

  private static func commonLabel(_ labels: [String], _ stem: String) -> String {
    guard let first = labels.first, !first.isEmpty else { return stem }
    var common = Substring(first)
    for label in labels.dropFirst() {
      while !label.hasPrefix(common) { common.removeLast() }
    }
    while let last = common.last, " -–:([".contains(last) { common.removeLast() }
    return common.isEmpty ? stem : String(common)
  }
}
