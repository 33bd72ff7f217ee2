import TesseraMath
import TesseraSurvey

/// Profiles of parts of the people, one part at a time: what a reader's filter shows.
///
/// A part is the people who gave one answer to a passive question, numbers and long scales in bands. It
/// is offered where at least 30 of every segment gave that answer and at least 30 did not.
public struct ProfileFilters: Sendable, Equatable {
  /// An answer that is followed, with what readers see.
  public struct Row: Sendable, Equatable {
    /// The column, or the member of a set.
    public let variable: String
    /// What readers see of the question.
    public let question: String
    /// What readers see of the answer.
    public let answer: String
    /// The answer's code, or the member of a set.
    let code: String
  }

  /// People who gave an answer, or everybody.
  public struct Option: Sendable, Equatable {
    /// What readers see of the question; empty for everybody.
    public let question: String
    /// What readers see of the answer; empty for everybody.
    public let answer: String
    /// Respondents (unweighted): all, then by segment.
    public let bases: [Double]
    /// Weighted share of these people in each segment, 0 to 1; `nil` where it is hidden.
    public let sizes: [Double?]
    /// Rows × (all, then segments).
    public let cells: [[SurveyTable.Cell?]]
  }

  /// The segments of the columns, in their order.
  public let segments: [Segment]
  /// The answers.
  public let rows: [Row]
  /// Everybody first.
  public let options: [Option]
  /// People of each segment who must be in a part, and as many who must not.
  public static let smallestBase = 30.0
  private static let mostRows = 24
  private static let rowsOfSegment = 6
  private static let mostOptions = 48

  /// Makes filters of every passive question whose bases allow it.
  ///
  /// - Parameters:
  ///   - profiles: The profiles, whose traits are followed.
  ///   - data: The respondents' answers and how they were drawn.
  ///   - segmented: The same respondents in segments.
  ///   - active: Columns or sets that made the segments.
  ///   - passive: Columns or sets that people are filtered by.
  ///   - roles: What columns are for.
  ///   - settings: Privacy, smallest groups, sensitive columns.
  ///   - allowed: Columns that look like personal data and may be shown.
  ///   - banner: Columns of tables that are shown as well, so that the two together betray nobody.
  /// - Returns: `nil` under `strict`, with one segment, or where nobody can be told apart.
  /// - Complexity: O(filters · rows · respondents · segments²).
  public static func make(
    _ profiles: ProfileResult, data: StudyData, segmented: SegmentedSurvey, active: [String],
    passive: [String], roles: StudyRoles, settings: RunSettings, allowed: [String] = [],
    banner: [BannerEntry] = []
  ) -> ProfileFilters? {
    guard settings.privacy != .strict, segmented.segments.count > 1 else { return nil }
    let asked = passive.filter { !$0.contains(">") }
    var data = data.over(segmented)
    let columns = data.band(asked, labels: roles.labels)
    let maker = FilterMaker(
      data: data, segmented: segmented, settings: settings, roles: roles, allowed: allowed)
    let rows = followed(profiles, settings)
    guard let everybody = maker.banner([]),
      let stub = try? Stub(
        TablesDeclaration(), data: maker.data, active: active, roles: roles, settings: settings,
        allowed: allowed)
    else { return nil }
    let questions = stub.questions.filter { question in
      rows.contains { FilterMaker.holds(question.descriptor, $0.variable) }
    }
    var parts: [FilterMaker.Part] = []
    let total = maker.maker(everybody)
    for (name, column) in zip(asked, columns) where maker.mayFilter(name) {
      guard let asked = stub.questions.first(where: { $0.descriptor.name == column }),
        let banner = maker.banner([column, "\(column) > \(BannerEntry.segments)"])
      else { continue }
      parts += maker.largest(
        FilterBands.mostAnswers, of: maker.parts(of: asked, banner, total, atLeast: smallestBase))
    }
    parts = Array(parts.prefix(mostOptions))
    let shown = maker.banner(banner.map(\.text))
    while let next = maker.mostBetraying(parts, banner: shown) { parts.remove(at: next) }
    guard !parts.isEmpty else { return nil }
    let hidden = questions.map { maker.betrayed(parts, $0, banner: shown) }
    let all = FilterMaker.Part(
      question: "", answer: "", banner: everybody, whole: 0,
      columns: everybody.groups[1].columns.map { $0 }, sizes: nil)
    let starts = parts.indices.filter {
      $0 == 0 || parts[$0].banner.groups[2].id != parts[$0 - 1].banner.groups[2].id
    }
    let (kept, told) = (parts, questions)
    let options = settings.workers.map(starts.count + 1) { group -> [Option] in
      guard group > 0 else { return maker.options([all], rows, told) { _, _, _ in false } }
      let end = group < starts.count ? starts[group] : kept.count
      return maker.options(kept[starts[group - 1]..<end], rows, told) {
        hidden[$0][$1][$2]
      }
    }.flatMap(\.self)
    return ProfileFilters(segments: segmented.segments, rows: rows, options: options)
  }

  /// What sets segments apart, a few answers of each.
  private static func followed(_ profiles: ProfileResult, _ settings: RunSettings) -> [Row] {
    var rows: [Row] = []
    for segment in profiles.segments {
      let told = segment.traits.filter { trait in
        (trait.role == .active || trait.role == .passive) && trait.share != nil
          && !settings.isStrict(trait.variable)
      }
      for trait in told.prefix(rowsOfSegment) where rows.count < mostRows {
        let row = Row(
          variable: trait.variable, question: trait.question, answer: trait.answer,
          code: trait.code.isEmpty ? trait.variable : trait.code)
        if !rows.contains(row) { rows.append(row) }
      }
    }
    return rows
  }
}

extension StudyData {
  /// Adds a column of bands for each question that has too many answers to choose from.
  ///
  /// - Parameters:
  ///   - questions: Columns or sets.
  ///   - labels: What readers see of columns, where the study says so.
  /// - Returns: For each question the column that people are filtered by: itself, or its bands.
  fileprivate mutating func band(_ questions: [String], labels: [String: String]) -> [String] {
    var survey = survey
    let columns = questions.map { name in
      let added = "\(name) in bands"
      guard let variable = survey[name], survey[added] == nil,
        let banded = FilterBands.banded(
          variable, name: added,
          label: labels[name] ?? (variable.label.isEmpty ? name : variable.label))
      else { return name }
      survey.put(banded)
      return added
    }
    self = StudyData(
      survey: survey, design: design, weightSum: weightSum, sourceRows: sourceRows, notes: notes,
      reserved: reserved)
    return columns
  }
}
