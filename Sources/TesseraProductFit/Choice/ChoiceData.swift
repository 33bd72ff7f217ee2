import TesseraMath
import TesseraStudy
import TesseraSurvey

/// A study's choices, bound to its respondents in segments: what every choice model is fitted on.
struct ChoiceData: Sendable {
  let records: ChoiceRecords
  /// Menus of respondents in segments, as places in ``records``.
  let menus: [Int]
  /// For each menu its respondent in the segmented survey.
  let persons: [Int]
  /// One for each menu: the weight of its respondent.
  let weights: [Double]
  /// Menus × segments: membership of the respondent.
  let membership: Matrix
  /// The attributes, with the controls behind them.
  let terms: [ChoiceTerm]
  /// What the attributes' terms stand for.
  let attributeLevels: ChoiceAttributes
  /// How many of the terms are controls.
  let controls: Int
  /// The terms that may differ by segment.
  let bySegment: [Int]
  /// The price among the terms.
  let price: Int?

  init(
    _ study: Study, _ records: ChoiceRecords, _ declared: ChoicesDeclaration,
    _ segmented: SegmentedSurvey
  ) throws(StudyError) {
    let source = FitSource(study)
    var place: [Int: Int] = [:]
    for (person, row) in segmented.sourceRows.enumerated() { place[row] = person }
    var (menus, persons) = ([Int](), [Int]())
    for menu in 0..<records.count {
      guard let person = place[study.data.sourceRows[records.respondents[menu]]] else { continue }
      menus.append(menu)
      persons.append(person)
    }
    guard Set(persons).count >= 2 else {
      throw source.error(
        "E0638", "fewer than two respondents with a choice are in a segment", at: "choices",
        hint: "check the identifiers, and the column of given segments")
    }
    let binder = ChoiceTermBinder(records: records, survey: study.data.survey, source: source)
    let attributes = try binder.attributes(of: declared)
    let controls = try binder.controls(of: declared).terms
    let groups = attributes.groups
    var bySegment: [Int] = []
    for name in declared.bySegment {
      guard let group = groups.first(where: { $0.name == name }) else {
        throw source.error(
          "E0634", "'\(DisplayText.escaped(name))' is not an attribute", at: "choices.by_segment",
          hint: NearestName.question(name, among: groups.map(\.name)) ?? "name attributes")
      }
      bySegment += group.terms
    }
    var price: Int?
    if let name = declared.price {
      guard let group = groups.first(where: { $0.name == name }), group.terms.count == 1 else {
        throw source.error(
          "E0634", "'\(DisplayText.escaped(name))' is not an attribute of numbers",
          at: "choices.price",
          hint: NearestName.question(name, among: groups.map(\.name)) ?? "name an attribute")
      }
      price = group.terms[0]
    }
    self.records = records
    self.menus = menus
    self.persons = persons
    self.price = price
    weights = persons.map { segmented.design.weights[$0] }
    var membership = Matrix(rows: menus.count, columns: segmented.segments.count)
    for (menu, person) in persons.enumerated() {
      for segment in 0..<membership.columns {
        membership[menu, segment] = segmented.posterior[person, segment]
      }
    }
    self.membership = membership
    terms = attributes.terms + controls
    self.controls = controls.count
    self.attributeLevels = attributes
    self.bySegment = bySegment.isEmpty ? Array(attributes.terms.indices) : bySegment
  }

  /// Number of attributes that are not controls.
  var attributes: Int { terms.count - controls }

  /// Number of menus.
  var count: Int { menus.count }

  /// The alternatives of a menu, as places in ``records``.
  func alternatives(_ menu: Int) -> Range<Int> {
    records.starts[menus[menu]]..<records.starts[menus[menu] + 1]
  }

  /// A table of all menus with the columns that a function fills in.
  ///
  /// - Parameters:
  ///   - width: Number of columns.
  ///   - fill: Given a menu, an alternative and a row to fill.
  /// - Returns: Menus with weights and persons.
  func table(
    _ width: Int, _ fill: (_ menu: Int, _ alternative: Int, _ row: inout [Double]) -> Void
  ) -> ChoiceTable {
    var values: [Double] = []
    var (sizes, chosen) = ([Int](), [Int]())
    var row = [Double](repeating: 0, count: width)
    for menu in 0..<count {
      let alternatives = alternatives(menu)
      sizes.append(alternatives.count)
      chosen.append(records.chosen[menus[menu]] - alternatives.lowerBound)
      for alternative in alternatives {
        for column in 0..<width { row[column] = 0 }
        fill(menu, alternative, &row)
        values += row
      }
    }
    return ChoiceTable(
      attributes: Matrix(rows: sizes.reduce(0, +), columns: width, values: values), sizes: sizes,
      chosen: chosen, weights: weights, persons: persons)
  }

  /// The attributes, and after them the controls if wanted.
  func attributeTable(withControls: Bool = true) -> ChoiceTable {
    let used = withControls ? terms : Array(terms.prefix(attributes))
    return table(used.count) { _, alternative, row in
      for column in used.indices { row[column] = used[column].values[alternative] }
    }
  }

  /// Attributes and controls, and the attributes again by segment: all segments but the first.
  func segmentTable(withControls: Bool = true) -> ChoiceTable {
    let used = withControls ? terms : Array(terms.prefix(attributes))
    let (varied, segments) = (bySegment, membership.columns)
    return table(used.count + varied.count * (segments - 1)) { menu, alternative, row in
      for column in used.indices { row[column] = used[column].values[alternative] }
      var place = used.count
      for segment in 1..<max(1, segments) {
        for term in varied {
          row[place] = membership[menu, segment] * terms[term].values[alternative]
          place += 1
        }
      }
    }
  }

  /// Names of the columns of ``segmentTable(withControls:)``.
  func segmentNames(_ segments: [Segment], withControls: Bool = true) -> [String] {
    let used = withControls ? terms : Array(terms.prefix(attributes))
    return used.map(\.name)
      + segments.dropFirst().flatMap { segment in
        bySegment.map { "\(terms[$0].name) × \(segment.name)" }
      }
  }
}
