import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// Who took what, and who was shown what.
struct OptionTables {
  let data: ChoiceData
  let segmented: SegmentedSurvey
  let options: ChoiceOptions

  /// For each respondent who chose: place, segment by highest membership, weight.
  private var people: (order: [Int], place: [Int: Int], groups: [Int]) {
    var order: [Int] = []
    var place: [Int: Int] = [:]
    for person in data.persons where place[person] == nil {
      place[person] = order.count
      order.append(person)
    }
    let groups = order.map { person in
      var best = 0
      for segment in 1..<max(1, segmented.segments.count)
      where segmented.posterior[person, segment] > segmented.posterior[person, best] {
        best = segment
      }
      return best
    }
    return (order, place, groups)
  }

  /// Options × segments: what was taken.
  ///
  /// - Parameter rules: Which cells may be told, and how exactly.
  /// - Returns: Choices, shares and a test that segments take the same.
  func taken(_ rules: CellRules) -> ValidationResult.TakenTable {
    let (order, place, groups) = people
    let (width, segments) = (options.names.count, segmented.segments.count)
    var vectors = Matrix(rows: order.count, columns: width)
    var menus = [Double](repeating: 0, count: order.count)
    var counts = Matrix(rows: width, columns: segments)
    var weighted = Matrix(rows: width, columns: segments)
    var offered = weighted
    var takers = [[Double]](repeating: [Double](repeating: 0, count: segments), count: width)
    for menu in 0..<data.count {
      let person = place[data.persons[menu]] ?? 0
      let option = options.ofAlternative[data.records.chosen[data.menus[menu]]]
      let group = groups[person]
      menus[person] += 1
      if vectors[person, option] == 0 { takers[option][group] += 1 }
      vectors[person, option] += 1
      counts[option, group] += 1
      weighted[option, group] += data.weights[menu]
      for shown in Set(data.alternatives(menu).map({ options.ofAlternative[$0] })) {
        offered[shown, group] += data.weights[menu]
      }
    }
    for person in order.indices {
      for option in 0..<width { vectors[person, option] /= menus[person] }
    }
    let test = HomogeneityTest(
      vectors, groups: groups, count: segments,
      weights: order.map { segmented.design.weights[$0] },
      isFrequency: segmented.design.kind == .frequency)
    let bases = bases(groups)
    let hidden = hidden(takers, bases, rules)
    let isCounted = rules.isStrict || rules.minimum <= 1
    var total = 0.0
    for value in weighted.values { total += value }
    var sums = [Double](repeating: 0, count: segments)
    for option in 0..<width {
      for group in 0..<segments { sums[group] += weighted[option, group] }
    }
    let cells = (0..<width).map { option in
      let all = (0..<segments).reduce(0) { $0 + weighted[option, $1] }
      let shown = (0..<segments).reduce(0) { $0 + offered[option, $1] }
      let count = (0..<segments).reduce(0) { $0 + counts[option, $1] }
      return (0...segments).map { group -> ValidationResult.TakenTable.Cell? in
        guard !hidden[option][group] else { return nil }
        guard group < segments else {
          return .init(
            choices: isCounted ? Int(count) : nil, share: all / total, index: 100,
            whenOffered: shown > 0 ? all / shown : nil)
        }
        let share = rules.rounded(
          sums[group] > 0 ? weighted[option, group] / sums[group] : 0, base: bases[group])
        let seen = offered[option, group]
        return .init(
          choices: isCounted ? Int(counts[option, group]) : nil, share: share,
          index: all > 0 ? 100 * share / (all / total) : 0,
          whenOffered: seen > 0
            ? rules.rounded(weighted[option, group] / seen, base: bases[group]) : nil)
      }
    }
    return ValidationResult.TakenTable(
      options: options.names, cells: cells, chiSquare: test.chiSquare,
      degreesOfFreedom: test.degreesOfFreedom, p: test.p)
  }

  /// Whether segments were shown the same.
  ///
  /// - Parameters:
  ///   - counted: Which alternatives of the records count.
  ///   - rules: Which cells may be told.
  /// - Returns: The audit, and for options × segments whether a cell is hidden.
  func exposure(
    counting counted: [Bool], _ rules: CellRules
  ) -> (audit: ExposureAudit, hidden: [[Bool]]) {
    let (order, place, groups) = people
    var shown = Matrix(rows: order.count, columns: options.names.count)
    var menus = [Double](repeating: 0, count: order.count)
    for menu in 0..<data.count {
      let person = place[data.persons[menu]] ?? 0
      menus[person] += 1
      let seen = Set(
        data.alternatives(menu).filter { counted[$0] }.map { options.ofAlternative[$0] })
      for option in seen { shown[person, option] += 1 }
    }
    var seers = [[Double]](
      repeating: [Double](repeating: 0, count: segmented.segments.count),
      count: options.names.count)
    for person in order.indices {
      for option in options.names.indices where shown[person, option] > 0 {
        seers[option][groups[person]] += 1
      }
    }
    for person in order.indices {
      for option in options.names.indices { shown[person, option] /= menus[person] }
    }
    let audit = ExposureAudit(
      shown: shown, groups: groups, weights: order.map { segmented.design.weights[$0] },
      isFrequency: segmented.design.kind == .frequency, options: options.names,
      segments: segmented.segments.map(\.name))
    let hidden = hidden(seers, bases(groups), rules)
    return (audit, hidden.map { Array($0.dropLast()) })
  }

  /// Respondents by segment.
  private func bases(_ groups: [Int]) -> [Double] {
    var bases = [Double](repeating: 0, count: segmented.segments.count)
    for group in groups { bases[group] += 1 }
    return bases
  }

  /// Which cells may not be told, with everybody in a last column: by counts, or by bases and without
  /// options of too few people.
  private func hidden(
    _ people: [[Double]], _ bases: [Double], _ rules: CellRules
  ) -> [[Bool]] {
    if rules.isStrict { return rules.hidden(people) }
    let columns = rules.hiddenColumns(bases)
    return people.map { row in
      let all = row.reduce(0, +)
      return all > 0 && all < rules.minimum ? columns.map { _ in true } : columns
    }
  }
}
