import TesseraMath
import TesseraSurvey

/// Gives names to segments: those made from answers, those stored with an earlier model where it is
/// sure whom they belong to, and those that a study declares for the first time.
struct NameMatch {
  /// Share of a segment's members that the earlier model must place in the named segment.
  static let sure = 0.7
  /// Share of them in another named segment that makes it unsure.
  static let rival = 0.3

  /// A name for each new segment.
  private(set) var names: [String]
  /// Names that people gave, by the new segments' ids.
  private(set) var given: [SegmentName] = []
  /// What was withheld, and names of segments that do not exist.
  private(set) var warnings: [String] = []

  /// Names that people gave and that go to no segment of this run.
  private var withheld: [String] = []

  private let proposed: [String]
  private let ids: [String]

  /// Names segments.
  ///
  /// - Parameters:
  ///   - proposed: A name for each new segment, made from its answers.
  ///   - declaration: What the study declares, with the names stored beside it.
  ///   - previous: The model of an earlier run in the same folder, used where no names are stored.
  ///   - parameters: The new model's parameters.
  ///   - data: The respondents.
  ///   - posterior: Respondents × new segments.
  init(
    _ proposed: [String], _ declaration: SegmentsDeclaration, previous: SegmentModel?,
    parameters: SegmentModel.Parameters, _ data: StudyData, _ posterior: Matrix
  ) {
    self.proposed = proposed
    names = proposed
    ids = proposed.indices.map { "S\($0 + 1)" }
    let stored = declaration.known ?? previous.map { Self.stored($0, declaration.names) }
    if let stored {
      let wanted = stored.without(takenBackBy: declaration.names)
      if !wanted.isEmpty {
        let places =
          stored.model.parameters == parameters
          ? wanted.map { name in
            stored.model.segments.firstIndex { $0.id == name.id }.map { Match.segment($0) }
              ?? .withheld(nil)
          } : Self.places(wanted, stored.model, data, posterior)
        carry(
          wanted, to: places, isKnown: declaration.known != nil, declared: stored.declared)
      }
    }
    give(declaration.names.filter { !(stored?.declared.contains($0) ?? false) })
    if stored == nil, !given.isEmpty {
      warnings.append(
        "The names \(ReplicationWords.list(given.map(\.name))) were given by the segments' ids, which go "
          + "by size, since no names are stored beside the study: see that they fit these people.")
    }
    avoidWithheld()
    separate()
  }

  /// The names of an earlier run in the same folder.
  private static func stored(_ previous: SegmentModel, _ declared: [SegmentName]) -> NamesFile {
    // "Segment A" is no name to carry.
    let names = previous.segments.enumerated()
      .filter { $0.element.name != "Segment \(SegmentNames.letter($0.offset))" }
      .map { SegmentName(id: $0.element.id, name: $0.element.name) }
    return NamesFile(
      data: "", model: previous, names: names, declared: declared.filter { names.contains($0) })
  }

  /// Where a name goes.
  private enum Match {
    /// To this new segment.
    case segment(Int)
    /// Nowhere; the largest share of a new segment's members that bore it, with that segment.
    case withheld((segment: Int, share: Double)?)
  }

  /// Where each name goes by what the earlier model says of the people.
  private static func places(
    _ wanted: [SegmentName], _ model: SegmentModel, _ data: StudyData, _ posterior: Matrix
  ) -> [Match] {
    guard
      let typed = try? Assigner(model, missingColumns: .unanswered).assign(data.survey),
      typed.posterior.rows == posterior.rows
    else { return wanted.map { _ in .withheld(nil) } }
    let old = typed.posterior.likeliest
    var members = Matrix(rows: posterior.columns, columns: model.segments.count)
    var totals = [Double](repeating: 0, count: posterior.columns)
    for (row, new) in posterior.likeliest.enumerated() {
      totals[new] += data.design.weights[row]
      if typed.reasons[row] == nil { members[new, old[row]] += data.design.weights[row] }
    }
    let columns = wanted.map { name in model.segments.firstIndex { $0.id == name.id } }
    /// Share of a new segment's members that bore a name.
    func share(_ new: Int, _ name: Int) -> Double {
      guard let column = columns[name], totals[new] > 0 else { return 0 }
      return members[new, column] / totals[new]
    }
    return wanted.indices.map { name in
      let shares = totals.indices.map { share($0, name) }
      let takers = totals.indices.filter { new in
        shares[new] >= sure
          && !wanted.indices.contains { $0 != name && share(new, $0) >= rival }
      }
      if takers.count == 1 { return .segment(takers[0]) }
      let nearest = shares.indices.max { shares[$0] < shares[$1] }
      return .withheld(nearest.map { ($0, shares[$0]) })
    }
  }

  /// Carries names to new segments, and says which it withholds.
  private mutating func carry(
    _ wanted: [SegmentName], to places: [Match], isKnown: Bool, declared: [SegmentName]
  ) {
    var told: [String] = []
    for (name, match) in zip(wanted, places) {
      // A name that nobody gave is made anew without a word.
      let isGiven = isKnown || declared.contains(name)
      switch match {
      case .segment(let place):
        names[place] = name.name
        if isGiven { given.append(SegmentName(id: ids[place], name: name.name)) }
      case .withheld(let nearest):
        guard isGiven else { continue }
        let detail = nearest.map { near in
          " (nearest: \(ids[near.segment]), \(Int((near.share * 100).rounded()))% of its members)"
        }
        withheld.append(name.name)
        told.append("'\(name.name)'\(detail ?? "")")
      }
    }
    guard !told.isEmpty else { return }
    let list = told.joined(separator: ", ")
    warnings.append(
      "\(told.count == 1 ? "1 name is" : "\(told.count) names are") withheld, because not "
        + "exactly one segment has at least 70% of its members among the people who had it: \(list). "
        + "Look at the profiles, then name segments with tessera rename.")
  }

  /// Gives names that are declared for the first time to the segments whose ids they name.
  private mutating func give(_ declared: [SegmentName]) {
    for name in declared {
      guard let place = ids.firstIndex(of: name.id) else { continue }
      for other in names.indices where other != place && names[other] == name.name {
        names[other] = proposed[other]
        given.removeAll { $0.id == ids[other] }
      }
      names[place] = name.name
      given.removeAll { $0.id == name.id }
      given.append(name)
    }
    let unknown = declared.filter { !ids.contains($0.id) }
    if !unknown.isEmpty {
      warnings.append(
        "There is no segment \(unknown.map(\.id).joined(separator: ", ")) to give a name to; "
          + "there are \(ids.count).")
    }
  }

  /// Keeps a name that people gave, and that was withheld, from coming back as one made from answers.
  private mutating func avoidWithheld() {
    let fixed = Set(given.map(\.id))
    for place in names.indices where !fixed.contains(ids[place]) {
      let own = " \(names[place].lowercased()) "
      if withheld.contains(where: { own.contains(" \($0.lowercased()) ") }) {
        names[place] = "Segment \(SegmentNames.letter(place))"
      }
    }
  }

  /// Tells names that were made from answers apart from those that people gave.
  private mutating func separate() {
    let fixed = Set(given.map(\.id))
    // A made name that was carried gives way: those made now are told apart among themselves.
    for place in names.indices where !fixed.contains(ids[place]) && names[place] != proposed[place]
    {
      let isTaken = names.indices.contains { $0 != place && names[$0] == names[place] }
      if isTaken, !withheld.contains(proposed[place]) { names[place] = proposed[place] }
    }
    for place in names.indices where !fixed.contains(ids[place]) {
      let others = names.indices.filter { $0 != place }.map { names[$0] }
      if others.contains(names[place]) { names[place] += " (\(ids[place]))" }
    }
  }
}
