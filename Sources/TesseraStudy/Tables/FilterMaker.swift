import TesseraDesign
import TesseraSurvey

/// Counts the profiles of people who gave an answer, by the same tables as everything else.
struct FilterMaker {
  let data: StudyData
  let segmented: SegmentedSurvey
  let settings: RunSettings
  let roles: StudyRoles
  let allowed: [String]

  /// People who gave an answer, as columns of a banner.
  struct Part {
    let question: String
    let answer: String
    let banner: Banner
    /// The column of all of them.
    let whole: Int
    /// Their columns by segment.
    let columns: [Int]
    /// Share of each segment among them; `nil` for those of the survey.
    let sizes: [Double?]?
  }

  /// Whether a question holds an answer that is followed.
  static func holds(_ question: Descriptor, _ variable: String) -> Bool {
    if question.name == variable { return true }
    guard case .members(let members) = question.content else { return false }
    return members.contains { $0.name == variable }
  }

  /// Whether readers may look at people by their answers to a question.
  func mayFilter(_ name: String) -> Bool {
    guard !settings.isStrict(name), !settings.sensitive.contains(name) else { return false }
    if let set = data.set(name), set.members.contains(where: settings.sensitive.contains) {
      return false
    }
    guard let variable = data.survey[name] else { return true }
    return allowed.contains(name) || !StudyNameCheck.looksPersonal(variable)
  }

  /// A banner of the segments and more; `nil` where a question makes no columns.
  func banner(_ entries: [String]) -> Banner? {
    try? Banner(
      entries.map(BannerEntry.init), survey: data.survey,
      segments: (segmented.segments, segmented.posterior), design: data.design,
      settings: settings, labels: StudyRoles())
  }

  /// The answers of a question that enough people of every segment gave, and enough did not.
  ///
  /// - Parameters:
  ///   - asked: The question.
  ///   - banner: Its answers, and segments within them.
  ///   - everybody: Counts for all people by segment.
  ///   - least: People of a segment who gave an answer, and who did not, at least.
  /// - Returns: The parts, in the order of the answers.
  func parts(
    of asked: StubQuestion, _ banner: Banner, _ everybody: TableMaker, atLeast least: Double
  ) -> [Part] {
    guard banner.groups.count == 4, banner.groups[1].isSegments else { return [] }
    func people(_ column: Int) -> Double { self.people(banner, column) }
    let segments = banner.groups[1].columns.map { (id: banner.columns[$0].id, people: people($0)) }
    let shown = segments.filter { $0.people >= Double(settings.minimumCell) }
    let table = everybody.table(asked).table
    return banner.groups[2].columns.compactMap { whole in
      let id = banner.columns[whole].id
      let columns = segments.compactMap { segment in
        banner.groups[3].columns.first { banner.columns[$0].id == "\(id)>\(segment.id)" }
      }
      guard columns.count == segments.count else { return nil }
      let isEnough = zip(segments, columns).allSatisfy { segment, column in
        guard shown.contains(where: { $0.id == segment.id }) else { return true }
        let own = people(column)
        return own >= least && segment.people - own >= least
      }
      guard isEnough else { return nil }
      let row = table?.rows.first {
        $0.kind == .answer && ($0.code == id || "\(asked.descriptor.name)=\($0.code)" == id)
      }
      return Part(
        question: banner.groups[2].label, answer: banner.columns[whole].label, banner: banner,
        whole: whole, columns: columns,
        sizes: segments.indices.map { row?.cells[$0 + 1].rowShare })
    }
  }

  /// The parts with most people, in the order of the answers.
  func largest(_ count: Int, of parts: [Part]) -> [Part] {
    let kept = parts.indices.sorted {
      (people(parts[$1].banner, parts[$1].whole), $0)
        < (people(parts[$0].banner, parts[$0].whole), $1)
    }.prefix(count).sorted()
    return kept.map { parts[$0] }
  }

  /// What is shown of parts that share a banner, whose tables are counted once.
  ///
  /// - Parameters:
  ///   - parts: The people, at least one part.
  ///   - rows: The answers that are followed.
  ///   - questions: The questions behind them.
  ///   - isBetrayed: Whether a figure would give away a small group: by question, part and column, all
  ///     first.
  /// - Returns: Bases, sizes and cells.
  func options(
    _ parts: ArraySlice<Part>, _ rows: [ProfileFilters.Row], _ questions: [StubQuestion],
    _ isBetrayed: (_ question: Int, _ part: Int, _ column: Int) -> Bool
  ) -> [ProfileFilters.Option] {
    let maker = maker(parts[parts.startIndex].banner)
    let tables = questions.map { maker.table($0).table }
    return parts.indices.map { place in
      option(parts[place], rows, questions, tables) { isBetrayed($0, place, $1) }
    }
  }

  private func option(
    _ part: Part, _ rows: [ProfileFilters.Row], _ questions: [StubQuestion],
    _ tables: [SurveyTable?], _ isBetrayed: (Int, Int) -> Bool
  ) -> ProfileFilters.Option {
    let columns = [part.whole] + part.columns
    let cells = rows.map { row -> [SurveyTable.Cell?] in
      guard let place = questions.firstIndex(where: { Self.holds($0.descriptor, row.variable) }),
        let line = tables[place]?.rows.first(where: { line in
          line.kind == .answer && (line.code == row.code || line.code == row.variable)
        })
      else { return columns.map { _ in nil } }
      return columns.indices.map { isBetrayed(place, $0) ? nil : line.cells[columns[$0]] }
    }
    let bases = columns.map { people(part.banner, $0) }
    return ProfileFilters.Option(
      question: part.question, answer: part.answer, bases: bases,
      sizes: part.sizes ?? segmented.segments.map { $0.share }, cells: cells)
  }

  /// Counts by the columns of a banner, without tests.
  func maker(_ banner: Banner) -> TableMaker {
    var options = TablesSettings()
    options.testedBase = .infinity
    return TableMaker(banner, data.design, settings, options)
  }

  /// The smallest part whose people would give away a small group beside the others; `nil` for none.
  func mostBetraying(_ parts: [Part], banner shown: Banner?) -> Int? {
    let hidden = betrayed(parts, nil, banner: shown)
    func people(_ part: Int) -> Double { self.people(parts[part].banner, parts[part].whole) }
    return parts.indices.filter { hidden[$0].contains(true) }.min { people($0) < people($1) }
  }

  /// Which figures would give away a small group, all filters and the columns of shown tables together.
  ///
  /// - Parameters:
  ///   - parts: The filters.
  ///   - question: Whose answers are told; `nil` where everybody counts.
  ///   - shown: Columns of tables that are shown as well.
  /// - Returns: Parts × (all, then segments).
  func betrayed(_ parts: [Part], _ question: StubQuestion?, banner shown: Banner?) -> [[Bool]] {
    var members: [[Bool]] = []
    var groups: [[Int]] = []
    func add(_ columns: [[Bool]], isOverlapping: Bool) {
      let places = Array(members.count..<members.count + columns.count)
      groups += isOverlapping ? places.map { [$0] } : [places]
      members += columns
    }
    if let shown {
      for group in shown.groups {
        add(group.columns.map { shown.members[$0] }, isOverlapping: group.isOverlapping)
      }
    }
    var places: [[Int]] = parts.map { _ in [] }
    var start = 0
    while start < parts.count {
      // Answers to one question stand side by side.
      let name = parts[start].banner.groups[2].id
      let group = (start..<parts.count).prefix { parts[$0].banner.groups[2].id == name }
      start = group.upperBound
      let first = members.count
      let isOverlapping = parts[group.lowerBound].banner.groups[2].isOverlapping
      add(group.map { parts[$0].banner.members[parts[$0].whole] }, isOverlapping: isOverlapping)
      let inner = members.count
      add(
        group.flatMap { part in parts[part].columns.map { parts[part].banner.members[$0] } },
        isOverlapping: isOverlapping)
      var next = inner
      for (place, part) in group.enumerated() {
        let count = parts[part].columns.count
        places[part] = [first + place] + Array(next..<next + count)
        next += count
      }
    }
    let memberships = (0..<data.design.weights.count).map { row in
      members.indices.filter { members[$0][row] }
    }
    let privacy = TablePrivacy(minimum: Double(settings.minimumCell))
    var counts = members.map { _ in [Double](repeating: 0, count: members.count) }
    for row in memberships.indices where question?.descriptor.isAnswered(row) ?? true {
      let heads = data.design.heads(row)
      for one in memberships[row] {
        for other in memberships[row] { counts[one][other] += heads }
      }
    }
    let hidden = privacy.hidden(counts, groups: groups)
    return places.map { $0.map { hidden[$0] } }
  }

  /// People (unweighted) of a column.
  private func people(_ banner: Banner, _ column: Int) -> Double {
    banner.members[column].indices.reduce(0) {
      $0 + (banner.members[column][$1] ? data.design.heads($1) : 0)
    }
  }
}

extension Descriptor {
  /// Whether somebody answered; of a set, whether any of its members was asked.
  fileprivate func isAnswered(_ row: Int) -> Bool {
    switch content {
    case .categories(_, let positions): positions[row] > 0
    case .numbers(let numbers): !numbers[row].isNaN
    case .members(let members): members.contains { $0.positions[row] > 0 }
    }
  }
}
