import TesseraMath
import TesseraStudy
import TesseraSurvey

extension MethodLaws {
  /// 15, 16, 17, 18: weights mean what they say.
  func weighted() throws -> [Finding] {
    let rows = Array(0..<table.rows)
    func frequency(_ counts: [Int]) -> SurveyDesign {
      SurveyDesign(kind: .frequency, weights: counts.map(Double.init))
    }
    func sampling(_ weights: [Double]) -> SurveyDesign {
      SurveyDesign(kind: .sampling, weights: weights)
    }
    let copies = rows.flatMap { [Int](repeating: $0, count: table.counts[$0]) }
    let counted = try fit(design: frequency(table.counts))
    let copied = try fit(table.variables.map { $0.selecting(copies) })
    // A row of weight 0 is dropped when a survey is loaded; a frequency of 1 leaves it as it is.
    let kept = rows.filter { $0 % 5 != 1 }
    let without = try fit(table.variables.map { $0.selecting(kept) })
    let ones = try fit(
      table.variables.map { $0.selecting(kept) }, design: frequency(kept.map { _ in 1 }))
    let equal = try fit(design: sampling(rows.map { _ in 2.5 }))
    let weighted = try fit(design: sampling(table.weights))
    let scaled = try fit(design: sampling(table.weights.map { 3.7 * $0 }))
    return [
      same(15, counted, copied, rows: copies), same(16, without, ones), same(17, base, equal),
      same(18, weighted, scaled),
    ]
  }

  /// 23, 24: the order of people and of questions changes nothing.
  func ordered() throws -> [Finding] {
    var random = RandomStream(seed: table.seed &+ 7)
    let order = random.permutation(table.rows)
    let permuted = try fit(table.variables.map { $0.selecting(order) })
    let turned = try fit(active: LawTable.active(method).reversed())
    return [same(23, base, permuted, rows: order), same(24, base, turned)]
  }

  /// 13, 25, 28, 29, 30: what answers are called, and where a scale begins, changes nothing.
  func transformed() throws -> [Finding] {
    // Whole numbers as codes of a numeric column, as a labelled file holds them.
    let whole = table.variables.first { $0.name == "trips" }?.numbers ?? []
    let values = Set(whole.filter { !$0.isNaN }).sorted()
    let coded = table.replacing("trips") { _ in
      Variable(
        name: "trips", level: .numeric,
        categories: values.map { Category(code: .number($0)) },
        answers: AnswerColumn(
          positions: whole.map { (values.firstIndex(of: $0) ?? -1) + 1 },
          categoryCount: values.count))
    }
    let renamed = table.replacing("place") { place in
      let codes = (0..<table.rows).map { row in
        let position = place.answers.position(row)
        return position == 0 ? 0 : 4 - position
      }
      return Made.nominal("place", codes, labels: ["C", "B", "A"])
    }
    let constant = Made.nominal(
      "same", [Int](repeating: 1, count: table.rows), labels: ["yes", "no"])
    let moved = table.replacing("size") {
      Made.numeric("size", $0.numbers.map { 12.5 * $0 - 40 })
    }
    let one = try fit(segments: 1)
    var findings = [
      same(13, base, try fit(coded)), same(25, base, try fit(renamed)),
      same(
        28, base,
        try fit(table.variables + [constant], active: LawTable.active(method) + ["same"]),
        comparesCost: false),
      // A density is one per unit: the likelihood moves with the unit, the division does not.
      same(29, base, try fit(moved), comparesCost: false),
      finding(30, one.run.result.segments.map(\.share) == [1], "one segment is not everybody"),
    ]
    for indicator in one.run.result.indicators {
      let variable = table.variables.first { $0.name == indicator.name }
      guard let variable, let found = indicator.bySegment.first else { continue }
      let answers = variable.numbers.filter { !$0.isNaN }
      let expected: [Double] =
        indicator.categories.isEmpty
        ? [answers.reduce(0, +) / Double(answers.count)]
        : (1...variable.categories.count).map { position in
          Double((0..<table.rows).count { variable.answers.position($0) == position })
            / Double((0..<table.rows).count { variable.answers.isAnswered($0) })
        }
      // Answers that nobody gave are no categories of a fit.
      let isNumber = indicator.categories.isEmpty
      let given = isNumber ? expected : expected.filter { $0 != 0 }
      // Of numbers the mean, with the variance behind it.
      let told = isNumber ? Array(found.prefix(1)) : found.filter { $0 != 0 }
      let gaps = zip(given, told).map { abs($0 - $1) }
      findings.append(
        finding(
          30, gaps.allSatisfy { $0 < 1e-6 } && given.count == told.count,
          "\(indicator.name): \(expected) and \(found)"))
    }
    return findings
  }

  /// 31, 33: more starts are never worse, and threads change nothing.
  func searched() throws -> [Finding] {
    let more = try fit(starts: 3 * starts)
    let (one, two) = (try fit(stability: 2), try fit(stability: 2, threads: 2))
    return [
      finding(
        31, more.cost <= base.cost + 1e-9 * max(1, abs(base.cost)),
        "12 starts reach \(more.cost), 4 starts \(base.cost)"),
      finding(33, one.text == two.text, "two threads write another model"),
    ]
  }
}
