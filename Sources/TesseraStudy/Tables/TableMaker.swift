import TesseraDesign
import TesseraSurvey

/// Counts and tests one question by a banner.
struct TableMaker: Sendable {
  let banner: Banner
  let design: TableDesign
  /// By posterior probabilities, for questions that made the segments.
  let plain: BannerMembers
  /// By corrected memberships; `nil` where there is nothing to correct.
  let corrected: BannerMembers?
  let settings: RunSettings
  let options: TablesSettings
  private let counted: BannerMembers
  private let rules: CellRules
  private let association: TableAssociation

  init(
    _ banner: Banner, _ surveyDesign: SurveyDesign, _ settings: RunSettings,
    _ options: TablesSettings
  ) {
    self.banner = banner
    self.settings = settings
    self.options = options
    design = TableDesign(surveyDesign)
    let groups = banner.groups.map(\.columns)
    plain = BannerMembers(banner.memberships, groups: groups, design: design)
    corrected = banner.corrected.map { [design] in
      BannerMembers($0, groups: groups, design: design)
    }
    let isMember = banner.members.map { $0.map { $0 ? 1.0 : 0 } }
    counted = BannerMembers(isMember, groups: groups, design: design)
    rules = CellRules(settings)
    association = TableAssociation(
      banner: banner, design: design, testedBase: options.testedBase)
  }

  /// The table of a question; `nil` with the reason if there is nothing to show.
  func table(_ question: StubQuestion) -> (table: SurveyTable?, note: String?) {
    let name = DisplayText.escaped(question.descriptor.name)
    let isStrict = settings.isStrict(question.descriptor.name)
    let common = question.descriptor.withoutRare(
      minimum: rules.minimum, heads: design.heads, keepsAll: isStrict)
    guard let shown = common.question else {
      return (nil, "\(name) has no table: no two of its answers were given by enough people.")
    }
    let parts = TablePart.all(shown, of: question, options)
    var notes: [String] = []
    if common.rare > 0 {
      notes.append(
        "\(common.rare) \(common.rare == 1 ? "answer" : "answers") of fewer than "
          + "\(settings.minimumCell) people left out")
    }
    let estimator = members(question, shown)
    if let words = estimator.words { notes.append(words) }
    var bases: [SurveyTable.Base] = []
    var rows: [SurveyTable.Row] = []
    var tests: [SurveyTable.GroupTest] = []
    for part in parts {
      let tally = TableTally(part.answers, counted, banner, design)
      let found = fill(part, tally, estimator.members, question)
      if bases.isEmpty { bases = found.bases }
      rows += found.rows
      // Of a question with several answers each has its own letters.
      if parts.count == 1, !isStrict, case .codes(let positions, let count) = part.answers {
        tests = association.tests(
          positions, categories: count,
          memberships: estimator.isCorrected ? banner.corrected ?? [] : banner.memberships,
          bases: tally.bases,
          isShown: { column in
            let group = banner.columns[column].group
            return found.bases[column].unweighted != nil
              && !banner.sources[group].contains {
                settings.isStrict($0) || $0 == question.descriptor.name
              }
          }, isActive: question.isActive)
      }
    }
    guard bases.first?.unweighted != nil else {
      return (nil, "\(name) has no table: fewer than \(settings.minimumCell) people answered.")
    }
    return (
      SurveyTable(
        name: question.descriptor.name, label: question.descriptor.label,
        level: question.descriptor.level, isActive: question.isActive,
        isYears: question.descriptor.isYears, notes: notes,
        bases: bases, rows: rows, tests: tests), nil
    )
  }

  /// The memberships that a question is estimated by, and what the foot says of it.
  private func members(
    _ question: StubQuestion, _ shown: Descriptor
  ) -> (members: BannerMembers, isCorrected: Bool, words: String?) {
    guard banner.groups.contains(where: \.isSegments), let estimator = banner.estimator else {
      return (plain, false, nil)
    }
    switch estimator.way(of: shown, isActive: question.isActive) {
    case .certain:
      return (
        plain, false,
        question.isActive ? "used to form the segments: no letters between segments" : nil
      )
    case .active:
      return (
        plain, false,
        "used to form the segments: no letters between segments; segments by posterior "
          + "probabilities"
      )
    case .uncorrected: return (plain, false, "segments by posterior probabilities")
    case .negative:
      return (
        plain, false, "segments by posterior probabilities (corrected shares would be negative)"
      )
    case .corrected:
      return (
        corrected ?? plain, corrected != nil,
        "segments by memberships corrected for misplacement (BCH)"
      )
    }
  }

  private func fill(
    _ part: TablePart, _ tally: TableTally, _ members: BannerMembers, _ question: StubQuestion
  ) -> (bases: [SurveyTable.Base], rows: [SurveyTable.Row]) {
    let sums = TableSums(part.answers, members, design)
    let columns = banner.columns.indices
    let isStrict = settings.isStrict(question.descriptor.name)
    let lines = banner.groups.indices.flatMap { tally.groups(banner, $0) }
    let byBase = hiddenColumns(tally, lines, isStrict: isStrict)
    let strictGroups = banner.sources.map { $0.contains(where: settings.isStrict) }
    let isByCount = isStrict || strictGroups.contains(true)
    var cells = part.lines.map { _ in byBase }
    if isByCount {
      let counts = part.lines.map { line in columns.map { tally.count($0, line.values) } }
      let answers = part.lines.indices.filter {
        part.lines[$0].kind == .answer || (part.lines.count == 1 && part.lines[$0].kind == .net)
      }
      let hidden = TablePrivacy(minimum: rules.minimum)
        .hiddenCells(Self.complete(answers.map { counts[$0] }, tally.bases), groups: lines)
      for (place, answer) in answers.enumerated() {
        for column in columns where hidden[place][column] { cells[answer][column] = true }
      }
      // What takes hidden answers together is hidden with them.
      for line in part.lines.indices where !answers.contains(line) {
        for column in columns
        where answers.contains(where: { cells[$0][column] && !byBase[column] })
          || (part.lines[line].kind == .net
            && min(counts[line][column], tally.bases[column] - counts[line][column])
              < rules.minimum)
        {
          cells[line][column] = true
        }
      }
    }
    let letters = letters(part, sums, tally, cells, question)
    let bases = columns.map { column -> SurveyTable.Base in
      let isHidden = byBase[column]
      return SurveyTable.Base(
        unweighted: isHidden ? nil : tally.bases[column],
        weighted: isHidden ? nil : (tally.weighted(column) * 10).rounded() / 10,
        effective: isHidden ? nil : (tally.effective(column, design) * 10).rounded() / 10,
        isSmall: !isHidden && tally.bases[column] < rules.small)
    }
    let rows = part.lines.indices.map { line in
      row(part.lines[line], sums, tally, cells[line], letters[line])
    }
    return (bases, rows)
  }

  /// Columns of few people, and those of segments that profiles hide beside them.
  private func hiddenColumns(
    _ tally: TableTally, _ lines: [[Int]], isStrict: Bool
  ) -> [Bool] {
    var hidden = TablePrivacy(minimum: rules.minimum).hidden(tally.both, groups: lines)
    guard !isStrict else { return hidden }
    for (group, names) in zip(banner.groups, banner.sources) where names == [BannerEntry.segments] {
      let own = rules.hiddenColumns(group.columns.map { tally.bases[$0] })
      for (column, isHidden) in zip([Int](group.columns) + [0], own) where isHidden {
        hidden[column] = true
      }
    }
    return hidden
  }

  /// Counts with those who gave none of the answers as one more, where a set has no such answer.
  private static func complete(_ counts: [[Double]], _ bases: [Double]) -> [[Double]] {
    guard counts.count == 1 else { return counts }
    return counts + [bases.indices.map { max(0, bases[$0] - counts[0][$0]) }]
  }

  private func row(
    _ line: TableLine, _ sums: TableSums, _ tally: TableTally, _ hidden: [Bool],
    _ letters: [String]
  ) -> SurveyTable.Row {
    let isShare = line.kind.isShare
    var shown: [(share: Double, bounds: (Double, Double)?)?] = []
    for column in banner.columns.indices {
      guard !hidden[column], let value = sums.mean(column, line.values) else {
        shown.append(nil)
        continue
      }
      if isShare {
        shown.append(rules.shown(min(1, max(0, value)), base: tally.bases[column]))
      } else {
        shown.append(((value * 10_000).rounded() / 10_000, nil))
      }
    }
    let total = shown[0]?.share
    let cells = banner.columns.indices.map { column -> SurveyTable.Cell in
      let own = shown[column]
      var index: Double?
      var rowShare: Double?
      if let own, let total, total != 0, own.bounds == nil {
        index = (1000 * own.share / total).rounded() / 10
        if isShare {
          let part = own.share * sums.masses[column] / (total * sums.masses[0])
          rowShare = rules.shown(min(1, max(0, part)), base: tally.bases[column]).share
        }
      }
      return SurveyTable.Cell(
        value: own?.share,
        bounds: own?.bounds.map { $0.0...$0.1 }, rowShare: rowShare, index: index,
        count: own != nil && isShare && settings.privacy != .standard
          ? tally.count(column, line.values) : nil,
        letters: letters[column],
        hidden: hidden[column] ? .base : nil)
    }
    return SurveyTable.Row(kind: line.kind, code: line.code, label: line.label, cells: cells)
  }

  private func letters(
    _ part: TablePart, _ sums: TableSums, _ tally: TableTally, _ hidden: [[Bool]],
    _ question: StubQuestion
  ) -> [[String]] {
    var tests = TableTests(sums, respondents: tally.bases[0])
    for group in banner.groups.dropFirst() {
      if group.isSegments, question.isActive { continue }
      for first in group.columns where tally.bases[first] >= options.testedBase {
        let rest = tally.bases[0] - tally.bases[first]
        for (row, line) in part.lines.enumerated() where !hidden[row][first] {
          if rest >= options.testedBase, !hidden[row][0] {
            tests.compareWithRest(row: row, values: line.values, first)
          }
          for second in group.columns
          where second > first && tally.bases[second] >= options.testedBase
            && !hidden[row][second]
          {
            tests.compare(
              row: row, values: line.values, first, second,
              respondents: group.isSegments
                ? tally.bases[0]
                : tally.bases[first] + tally.bases[second] - tally.both[first][second])
          }
        }
      }
    }
    func printed(_ line: TableLine, _ column: Int) -> Double? {
      guard let value = sums.mean(column, line.values) else { return nil }
      return line.kind.isShare
        ? ((10_000 * min(1, max(0, value))).rounded() / 100).rounded()
        : MeanDigits(total: sums.mean(0, line.values)).rounded(value)
    }
    return tests.letters(rows: part.lines.count, banner.columns, options) { row, high, low in
      let line = part.lines[row]
      // One year typed wrongly moves a mean of years farther than people do.
      if question.descriptor.isYears { return false }
      guard let one = printed(line, high), let other = printed(line, low), one > other else {
        return false
      }
      return !line.kind.isShare || tally.count(high, line.values) >= options.testedAnswers
    }
  }
}
