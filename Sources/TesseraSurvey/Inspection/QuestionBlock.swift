/// Questions that belong together: the rows of a grid, or the rounds of a loop.
public struct QuestionBlock: Sendable, Equatable {
  /// What holds the questions together.
  public enum Kind: String, Sendable {
    /// Questions beside each other that share one scale.
    case grid
    /// The same questions asked again, for each brand, child or product.
    case loop
  }

  /// What holds the questions together.
  public let kind: Kind
  /// What the names begin with; of a loop, the questions of a round.
  public let name: String
  /// What the wordings have in common; empty if nothing.
  public let label: String
  /// The variables, in the order of the file.
  public let members: [String]
  /// Of a grid the answers of its scale, numbers in rising order and texts in that of their bytes.
  public let scale: [AnswerCode]
  /// Of a loop what tells its rounds apart; empty for a grid.
  public let rounds: [String]

  /// Recognises grids and loops from names and answers.
  ///
  /// - Parameter survey: Any survey; members of multiple-response sets are left aside.
  /// - Returns: Loops and grids in the order of their first variables; a variable may stand in one
  ///   of each.
  /// - Complexity: O(variables); answers are not looked at.
  public static func find(in survey: Survey) -> [QuestionBlock] {
    let taken = Set(survey.sets.flatMap(\.members).map { AnswerCode.text($0) })
    let columns = survey.variables.map { BlockColumn($0, isTaken: taken.contains(.text($0.name))) }
    let places = Dictionary(
      survey.variables.enumerated().map { (AnswerCode.text($1.name), $0) },
      uniquingKeysWith: { first, _ in first })
    func first(_ block: QuestionBlock) -> Int {
      block.members.first.flatMap { places[.text($0)] } ?? 0
    }
    return (LoopFinder.find(columns) + GridFinder.find(columns)).enumerated()
      .sorted { (first($0.element), $0.offset) < (first($1.element), $1.offset) }.map(\.element)
  }

  /// What wordings begin with alike, in whole words.
  ///
  /// - Parameter labels: The wordings of some questions.
  /// - Returns: The words; empty if they are less than two.
  public static func shared(_ labels: [String]) -> String {
    var common = commonLabel(labels)
    if labels.contains(where: { $0 != common && $0.dropFirst(common.count).first?.isLetter == true }
    ) {
      common = common.split(separator: " ").dropLast().joined(separator: " ")
    }
    return common.contains(" ") ? common : ""
  }

  /// What all wordings begin with, without the sign behind it.
  static func commonLabel(_ labels: [String]) -> String {
    guard let first = labels.first, !first.isEmpty else { return "" }
    var common = Substring(first)
    for label in labels.dropFirst() {
      while !label.hasPrefix(common) { common.removeLast() }
    }
    while let last = common.last, " -–:([".contains(last) { common.removeLast() }
    return String(common)
  }
}

/// What the finders look at in a variable.
struct BlockColumn {
  let variable: Variable
  let isTaken: Bool
  /// The name without what numbers its item.
  let stem: String
  /// Whether a sign stands before what numbers the item: `q2_1`, not `q2`.
  let isItem: Bool
  let codes: Set<AnswerCode>

  init(_ variable: Variable, isTaken: Bool) {
    self.variable = variable
    self.isTaken = isTaken
    // "Han Solo:Do you like these?" has its question behind the colon.
    let split = NameStem.split(variable.name)
    let isWorded = split?.form == .colon && (split?.stem.count ?? 0) > 12
    stem = isWorded ? split?.stem ?? "" : Self.stem(variable.name)
    isItem = isWorded || variable.name.contains { "_.[".contains($0) }
    codes =
      variable.categories.count <= GridFinder.longest
      ? Set(variable.categories.map(\.code)) : []
  }

  private static func stem(_ name: String) -> String {
    if let mark = name.lastIndex(where: { "_.[".contains($0) }) { return String(name[..<mark]) }
    var name = Substring(name)
    while let last = name.last, last.isNumber { name.removeLast() }
    return String(name)
  }
}

/// Recognises runs of neighbouring questions on one scale.
enum GridFinder {
  /// The fewest questions that make a grid.
  static let shortest = 3
  /// The most answers a scale has.
  static let longest = 11

  static func find(_ columns: [BlockColumn]) -> [QuestionBlock] {
    var blocks: [QuestionBlock] = []
    var run: [BlockColumn] = []
    var scale: Set<AnswerCode> = []
    func close() {
      guard run.count >= shortest, scale.count >= 3, let first = run.first else { return }
      blocks.append(
        QuestionBlock(
          kind: .grid, name: first.stem,
          label: QuestionBlock.commonLabel(run.map(\.variable.label)),
          members: run.map(\.variable.name), scale: scale.sorted(), rounds: []))
    }
    for column in columns {
      if let first = run.first, joins(column, first, scale) {
        run.append(column)
        scale.formUnion(column.codes)
        continue
      }
      close()
      run = isScale(column) ? [column] : []
      scale = run.isEmpty ? [] : column.codes
    }
    close()
    return blocks
  }

  private static func isScale(_ column: BlockColumn) -> Bool {
    let variable = column.variable
    guard !column.isTaken, variable.answers.isCoded else { return false }
    guard variable.level == .ordinal || variable.level == .nominal else { return false }
    return (3...longest).contains(variable.categories.count)
  }

  /// Whether two columns may be rows of one question.
  ///
  /// `q2` and `q3` are questions of their own, unless they have no wordings, their wordings begin
  /// alike, or their answers bear the same labels.
  private static func isOneQuestion(_ column: BlockColumn, _ first: BlockColumn) -> Bool {
    let wordings = [column.variable.label, first.variable.label]
    guard !column.isItem, !first.isItem, !wordings.contains("") else { return true }
    if QuestionBlock.commonLabel(wordings).count >= 8 { return true }
    let labels = [column, first].map { one in
      one.variable.categories.filter { $0.label != $0.code.text }.map(\.label)
    }
    return !labels[0].isEmpty && !Set(labels[0]).isDisjoint(with: labels[1])
  }

  /// Whether a column carries on a grid: its scale may lack answers that nobody gave.
  private static func joins(
    _ column: BlockColumn, _ first: BlockColumn, _ scale: Set<AnswerCode>
  ) -> Bool {
    let variable = column.variable
    guard !column.isTaken, variable.answers.isCoded, column.stem == first.stem,
      variable.isNumeric == first.variable.isNumeric, !column.codes.isEmpty,
      variable.level != .text, variable.level != .date, variable.level != .count
    else { return false }
    guard isOneQuestion(column, first) else { return false }
    let shared = column.codes.intersection(scale).count
    return shared * 2 > min(column.codes.count, scale.count) && shared >= 2
      && column.codes.union(scale).count <= longest
      && (column.codes.count > 2 || column.codes.isSubset(of: scale))
  }
}

/// Recognises the same questions asked again and again.
enum LoopFinder {
  private typealias Part = (round: String, question: String)

  static func find(_ columns: [BlockColumn]) -> [QuestionBlock] {
    var blocks: [QuestionBlock] = []
    var place = 0
    while place < columns.count {
      let found = [leadingNumber, optionIsRound, stemIsRound].lazy
        .compactMap { loop(columns, from: place, $0) }.first
      if let found {
        blocks.append(found)
        place += found.members.count
      } else {
        place += 1
      }
    }
    return blocks
  }

  /// `1_Q5`: the round first, as Qualtrics writes it.
  private static func leadingNumber(_ column: BlockColumn) -> Part? {
    let name = column.variable.name
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, digits.count <= 3, let mark = name.dropFirst(digits.count).first,
      mark == "_" || mark == "."
    else { return nil }
    let rest = name.dropFirst(digits.count + 1)
    return rest.isEmpty ? nil : (String(digits), String(rest))
  }

  /// `price_suv`, `style_suv`, `price_van`, ...
  private static func optionIsRound(_ column: BlockColumn) -> Part? {
    NameStem.split(column.variable.name).map { ($0.option, $0.stem) }
  }

  /// `suv_price`, `suv_style`, `van_price`, ...; numbers behind a stem are the rows of a grid.
  private static func stemIsRound(_ column: BlockColumn) -> Part? {
    guard let split = NameStem.split(column.variable.name), split.form != .number else {
      return nil
    }
    return (split.stem, split.option)
  }

  /// Whether some two questions have little of their answers in common.
  private static func scalesDiffer(_ round: [BlockColumn]) -> Bool {
    guard let first = round.first else { return false }
    return round.dropFirst().contains { other in
      other.variable.level != first.variable.level
        || other.codes.intersection(first.codes).count * 2
          < min(other.codes.count, first.codes.count)
    }
  }

  private static func loop(
    _ columns: [BlockColumn], from start: Int, _ split: (BlockColumn) -> Part?
  ) -> QuestionBlock? {
    var round: [(part: Part, column: BlockColumn)] = []
    for column in columns[start...].prefix(200) {
      guard !column.isTaken, let part = split(column) else { break }
      if let first = round.first, first.part.round != part.round { break }
      round.append((part, column))
    }
    let questions = round.map(\.part.question)
    guard questions.count >= 2, Set(questions).count == questions.count else { return nil }
    // Questions on one scale that differ in their ending are the rows of a grid.
    let isNumbered = round.first.map { leadingNumber($0.column) != nil } ?? false
    let isByOption = round.first.flatMap { optionIsRound($0.column)?.round } == round[0].part.round
    guard isNumbered || isByOption || scalesDiffer(round.map(\.column)) else { return nil }
    var rounds = [round[0].part.round]
    var members = round.map(\.column.variable.name)
    while true {
      let next = columns[min(columns.count, start + members.count)...].prefix(questions.count)
      let parts = next.compactMap(split)
      guard parts.count == questions.count, parts.map(\.question) == questions,
        Set(parts.map(\.round)).count == 1, !rounds.contains(parts[0].round),
        zip(next, round).allSatisfy({ $0.variable.level == $1.column.variable.level })
      else { break }
      rounds.append(parts[0].round)
      members += next.map(\.variable.name)
    }
    guard rounds.count >= 2 else { return nil }
    return QuestionBlock(
      kind: .loop, name: questions.joined(separator: ", "),
      label: QuestionBlock.commonLabel(round.map(\.column.variable.label)), members: members,
      scale: [], rounds: rounds)
  }
}
