import TesseraMath
import TesseraSurvey

/// The columns of tables, and who belongs to them.
struct Banner: Sendable {
  private(set) var groups: [BannerGroup] = []
  private(set) var columns: [BannerColumn] = []
  /// For each column everybody's membership, by posterior probability for segments.
  private(set) var memberships: [[Double]] = []
  /// The same freed from the errors of placing (BCH); `nil` without segments or where that fails.
  private(set) var corrected: [[Double]]?
  /// For each column whether a respondent counts to its base: by likeliest segment.
  private(set) var members: [[Bool]] = []
  /// Which of the two a question goes by; `nil` without segments.
  private(set) var estimator: SegmentEstimator?
  /// Names that each group rests on.
  private(set) var sources: [[String]] = []
  /// What was left out, in sentences.
  private(set) var warnings: [String] = []

  /// More columns make no table that a person reads.
  static let mostColumns = 120
  /// More answers make no banner.
  static let mostAnswers = 30

  /// Columns of one variable.
  private struct Facet {
    var label: String
    var isSegments = false
    var isOverlapping = false
    var columns: [Column] = []
  }

  private struct Column {
    var id: String
    var label: String
    var weights: [Double]
    var corrected: [Double]?
    var isMember: [Bool]
  }

  /// Builds the columns.
  ///
  /// - Parameters:
  ///   - entries: What stands at the head; segments are put first where they are missing.
  ///   - survey: The respondents' answers.
  ///   - segments: The segments and everybody's posterior; `nil` without.
  ///   - design: How respondents were drawn.
  ///   - settings: Smallest groups.
  ///   - labels: What columns are called where the survey does not say.
  /// - Throws: ``StudyError`` for a name that is unknown or makes no columns.
  init(
    _ entries: [BannerEntry], survey: Survey, segments: (list: [Segment], posterior: Matrix)?,
    design: SurveyDesign, settings: RunSettings, labels: StudyRoles
  ) throws(StudyError) {
    let rows = survey.respondentCount
    let everybody = Column(
      id: "total", label: "Total", weights: [Double](repeating: 1, count: rows), corrected: nil,
      isMember: [Bool](repeating: true, count: rows))
    var facets: [String: Facet] = [:]
    if let segments {
      let estimator = SegmentEstimator(posterior: segments.posterior, design: design)
      facets[BannerEntry.segments] = Self.segments(segments.list, estimator)
      self.estimator = estimator
    }
    var wanted = entries
    let own = BannerEntry(BannerEntry.segments)
    if segments != nil, !wanted.contains(own) { wanted.insert(own, at: 0) }
    append([everybody], id: "total", Facet(label: "Total"), sources: [])
    for entry in wanted {
      if groups.contains(where: { $0.id == entry.text }) { continue }
      for name in entry.names where facets[name] == nil {
        guard name != BannerEntry.segments else {
          throw StudyError(
            code: "E0621", message: "there are no segments to stand in the banner",
            hint: "name a study or a finished run, or leave segments out of --banner")
        }
        let read = try DescriptorReader(survey, active: [], passive: [name], roles: labels)
        facets[name] = try Self.facet(name, read, design, settings)
      }
      let parts = entry.names.compactMap { facets[$0] }
      if parts.count > 1, entry.names.contains(where: settings.isStrict) {
        warnings.append(
          "The banner leaves out \(entry.text): strict and sensitive variables are not nested, "
            + "because their cells could be worked out. Put them side by side.")
        continue
      }
      let nested = Self.nested(parts)
      append(
        nested.columns, id: entry.text, nested, sources: entry.names)
      guard columns.count <= Self.mostColumns else {
        throw StudyError(
          code: "E0622",
          message: "the banner has more than \(Self.mostColumns) columns, with "
            + "'\(DisplayText.escaped(entry.text))' among them",
          hint: "take variables out, band them with derive, or nest fewer of them")
      }
    }
    if corrected?.count != columns.count { corrected = nil }
    warnings += leftovers(design, minimum: Double(settings.minimumCell))
  }

  /// Says which columns are hidden because few people stand beside them.
  private func leftovers(_ design: SurveyDesign, minimum: Double) -> [String] {
    groups.dropFirst().filter { !$0.isOverlapping }.compactMap { group in
      var missing = 0.0
      for row in design.weights.indices
      where !group.columns.contains(where: { members[$0][row] }) {
        missing += design.heads(row)
      }
      guard missing > 0, missing < minimum, minimum > 1 else { return nil }
      return
        "\(Int(missing)) people are in no column of \(DisplayText.escaped(group.label)), and so the "
        + "smallest column is hidden: otherwise theirs could be worked out. Leave them out with "
        + "survey.filter, or give them an answer of their own with others."
    }
  }

  private mutating func append(
    _ added: [Column], id: String, _ facet: Facet, sources names: [String]
  ) {
    let first = columns.count
    var own = corrected ?? (first == 0 ? [] : memberships)
    for column in added {
      columns.append(
        BannerColumn(
          id: column.id, label: column.label, letter: Self.letter(columns.count),
          group: groups.count))
      memberships.append(column.weights)
      own.append(column.corrected ?? column.weights)
      members.append(column.isMember)
    }
    if corrected != nil || added.contains(where: { $0.corrected != nil }) { corrected = own }
    groups.append(
      BannerGroup(
        id: id, label: facet.label, isSegments: facet.isSegments,
        isOverlapping: facet.isOverlapping, columns: first..<columns.count))
    sources.append(names)
  }

  /// The letter of a column: A to Z, then AA, AB and so on.
  private static func letter(_ place: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return place < 26
      ? String(letters[place]) : String([letters[place / 26 - 1], letters[place % 26]])
  }

  private static func segments(_ segments: [Segment], _ estimator: SegmentEstimator) -> Facet {
    let labels = estimator.posterior.likeliest
    var facet = Facet(label: "Segments", isSegments: true)
    facet.columns = segments.enumerated().map { place, segment in
      Column(
        id: segment.id, label: segment.name.isEmpty ? segment.id : segment.name,
        weights: estimator.posterior.column(place),
        corrected: estimator.corrected?.column(place), isMember: labels.map { $0 == place })
    }
    return facet
  }

  /// The columns of a question.
  private static func facet(
    _ name: String, _ read: DescriptorReader, _ design: SurveyDesign, _ settings: RunSettings
  ) throws(StudyError) -> Facet {
    func refuse(_ message: String, _ hint: String) -> StudyError {
      StudyError(
        code: "E0623", message: "'\(DisplayText.escaped(name))' \(message)", column: name,
        hint: hint)
    }
    guard let read = read.descriptors.first else {
      throw refuse(
        "holds text, dates or too many different answers and makes no columns of a banner",
        "put a question with a few answers into the banner")
    }
    guard let asked = read.asCodes else {
      throw refuse(
        "holds numbers, which make no columns of a banner",
        "band it under survey.derive, such as \(name)_band: { bands: \(name), at: [18, 30, 45] }")
    }
    let kept = asked.withoutRare(
      minimum: Double(settings.minimumCell), heads: design.heads)
    guard let question = kept.question else {
      throw refuse(
        "has no two answers that \(settings.minimumCell) people gave",
        "put another question into the banner")
    }
    var facet = Facet(label: question.label.isEmpty ? name : question.label)
    switch question.content {
    case .numbers: break
    case .categories(let categories, let positions):
      guard categories.count <= mostAnswers else {
        throw refuse(
          "has \(categories.count) answers, and a banner takes \(mostAnswers)",
          "take answers together under survey.derive with net")
      }
      facet.columns = categories.enumerated().map { place, category in
        column("\(name)=\(category.code.text)", category.label, rows: positions.count) {
          positions[$0] == place + 1
        }
      }
    case .members(let members):
      guard members.count <= mostAnswers else {
        throw refuse(
          "has \(members.count) answers, and a banner takes \(mostAnswers)",
          "name some of its columns one by one")
      }
      facet.isOverlapping = true
      facet.columns = members.map { member in
        column(member.name, member.label, rows: member.positions.count) {
          member.positions[$0] == 2
        }
      }
    }
    return facet
  }

  private static func column(
    _ id: String, _ label: String, rows: Int, _ holds: (Int) -> Bool
  ) -> Column {
    let isMember = (0..<rows).map(holds)
    return Column(
      id: id, label: label, weights: isMember.map { $0 ? 1 : 0 }, corrected: nil,
      isMember: isMember)
  }

  /// Columns of variables within each other.
  private static func nested(_ parts: [Facet]) -> Facet {
    guard var result = parts.first else { return Facet(label: "") }
    for part in parts.dropFirst() {
      var columns: [Column] = []
      for outer in result.columns {
        for inner in part.columns {
          let isMember = zip(outer.isMember, inner.isMember).map { $0 && $1 }
          guard isMember.contains(true) else { continue }
          let isCorrected = outer.corrected != nil || inner.corrected != nil
          columns.append(
            Column(
              id: "\(outer.id)>\(inner.id)", label: "\(outer.label) > \(inner.label)",
              weights: zip(outer.weights, inner.weights).map { $0 * $1 },
              corrected: isCorrected
                ? zip(outer.corrected ?? outer.weights, inner.corrected ?? inner.weights)
                  .map { $0 * $1 } : nil, isMember: isMember))
        }
      }
      result.columns = columns
      result.label += " > \(part.label)"
      result.isSegments = result.isSegments || part.isSegments
      result.isOverlapping = result.isOverlapping || part.isOverlapping
    }
    return result
  }
}
