import Foundation
import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// What every method owes to every table, law by law; the numbers are those of docs/reliability.md.
///
/// Laws 3, 4, 7 and 14 (read-only memory, settings left alone, no prediction before a fit, strided
/// memory) hold by the types: inputs and settings are values, models come only from fits or files.
struct MethodLaws {
  let table: LawTable
  let method: SegmentationMethod
  /// Starts of every search.
  let starts: Int
  let base: LawRun

  init(_ table: LawTable, _ method: SegmentationMethod, starts: Int = 4) throws {
    self.table = table
    self.method = method
    self.starts = starts
    base = try LawRun(method, table.variables, segments: table.segments, starts: starts)
  }

  /// A law by its number, and how it was broken if it was.
  typealias Finding = (law: Int, broken: String?)

  /// Tries every law.
  func findings() throws -> [Finding] {
    try repeated() + kept() + scored() + refused() + weighted() + ordered() + transformed()
      + searched()
  }

  /// Those laws that say that two searches find the same.
  func comparisons() throws -> [Finding] { try weighted() + ordered() + transformed() }

  func fit(
    _ variables: [Variable]? = nil, segments: Int? = nil, active: [String]? = nil,
    starts: Int? = nil, stability: Int = 0, threads: Int = 1, design: SurveyDesign? = nil
  ) throws -> LawRun {
    try LawRun(
      method, variables ?? table.variables, segments: segments ?? table.segments,
      active: active, starts: starts ?? self.starts, stability: stability, threads: threads,
      design: design)
  }

  func finding(_ law: Int, _ holds: Bool, _ words: @autoclosure () -> String) -> Finding {
    (law, holds ? nil : words())
  }

  /// Whether two runs found the same: cost to 1e-8, and the same division of the rows told.
  func same(
    _ law: Int, _ one: LawRun, _ other: LawRun, rows: [Int]? = nil, ofOther: [Int]? = nil,
    comparesCost: Bool = true
  ) -> Finding {
    let (first, second) = (one.labels, other.labels)
    let rand = CrossTable(
      rows.map { $0.map { first[$0] } } ?? first,
      ofOther.map { $0.map { second[$0] } } ?? second
    ).adjustedRand
    let gap = abs(one.cost - other.cost) / max(1, abs(one.cost))
    // An ensemble's unanimity moves with the last digits of its members.
    let bound = method == .ensemble ? 1e-6 : 1e-8
    return finding(
      law, rand > 1 - 1e-9 && (gap < bound || !comparesCost),
      "adjusted Rand \(rand), cost \(one.cost) and \(other.cost)")
  }

  /// 1, 2, 5: nothing but the input decides, and the input is left as it was.
  private func repeated() throws -> [Finding] {
    let again = try fit()
    return [
      finding(1, again.text == base.text, "a second fit writes another model"),
      finding(
        2, table.variables == LawTable(seed: table.seed).variables, "the table was changed"),
      finding(5, again.run.result == base.run.result, "equal settings give another result"),
    ]
  }

  /// 6, 8, 9, 10, 20, 34: a model that was stored places people as the fit did.
  private func kept() throws -> [Finding] {
    let read = try SegmentModel.read(Data(base.text.utf8))
    let survey = Survey(variables: table.variables)
    let (whole, fresh) = (
      try Assigner(read).assign(survey), try Assigner(base.run.model).assign(survey)
    )
    let lacking = Survey(variables: table.variables.filter { $0.name != "place" })
    let refusal = refusal { _ = try Assigner(read).assign(lacking) }
    let turned = try Assigner(read).assign(Survey(variables: table.variables.reversed()))
    let half = table.rows / 2
    let parts: [Matrix] = try [0..<half, half..<table.rows].map { range in
      try Assigner(read).assign(survey, rows: range).posterior
    }
    let together = parts.reduce(into: [Double]()) { $0 += $1.values }
    var random = RandomStream(seed: table.seed)
    let order = random.permutation(table.rows)
    let permuted = try Assigner(read).assign(survey.selecting(order))
    // Methods without a rule of their own for new people say how many they place otherwise.
    let isPlacedByAnswers = base.run.result.warnings.contains {
      $0.hasPrefix("New respondents are placed by the answers typical")
    }
    let own = zip(whole.labels, base.labels).count { $0 != $1 }
    return [
      // As texts: a gap of a medoid's is no number, and equals nothing.
      finding(
        6, read.json.text == base.text && whole.posterior == fresh.posterior,
        "the stored model differs"),
      finding(8, refusal?.contains("place") == true, "a lacking column: \(refusal ?? "taken")"),
      finding(8, turned.posterior == whole.posterior, "the order of columns matters"),
      finding(
        9, zip(together, whole.posterior.values).allSatisfy { abs($0 - $1) < 1e-9 },
        "a part is scored otherwise than the whole"),
      finding(
        10, permuted.labels == order.map { whole.labels[$0] }, "rows in another order differ"),
      finding(
        20, own == 0 || isPlacedByAnswers,
        "\(own) of \(table.rows) are placed otherwise than they were"),
      finding(
        34,
        whole.sizes.map(Double.init) == base.run.result.segments.map(\.respondents)
          || isPlacedByAnswers,
        "sizes \(whole.sizes), reported \(base.run.result.segments.map(\.respondents))"),
    ]
  }

  /// 11, 27, 32, 21: numbers that are numbers, chances that are chances, segments with people.
  private func scored() -> [Finding] {
    let posterior = base.run.segmented.posterior
    let sums = (0..<posterior.rows).map { posterior.row($0).reduce(0, +) }
    let smallest = base.run.result.segments.map(\.share).min() ?? 0
    let starts = base.run.result.starts
    return [
      finding(11, base.numbers.allSatisfy(\.isFinite), "a number of the model is not finite"),
      finding(
        27,
        posterior.values.allSatisfy { $0 >= 0 && $0 <= 1 }
          && sums.allSatisfy { abs($0 - 1) <= 1e-12 },
        "a chance outside 0 to 1, or a sum of \(sums.max() ?? 0)"),
      finding(32, smallest > 0, "a segment of nobody"),
      finding(
        21, starts.run >= 1 && starts.reachedBest >= 1 && starts.reachedBest <= starts.run,
        "\(starts)"),
    ]
  }

  /// 12, 19, 22: what cannot be done is refused with a reason, or done rightly.
  private func refused() -> [Finding] {
    let one = table.variables.map { $0.selecting([0]) }
    let none = table.variables.map { $0.selecting([]) }
    let column = LawTable.active(method).suffix(1)
    // A study's weights are checked when it is loaded; below that the library checks them itself.
    let nobody = CaseWeights.sampling(table.weights.map { _ in 0 })
    return [
      finding(12, endsWell { try fit(one) }, "one row"),
      finding(12, endsWell { try fit(none) }, "no row"),
      finding(12, endsWell { try fit(active: Array(column)) }, "one column"),
      finding(
        19, refusal { try nobody.validate(count: table.rows) } != nil, "weights of zero are taken"),
      finding(22, refusal { _ = try fit(segments: 0) } != nil, "no segments are found"),
      finding(22, refusal { _ = try fit(segments: 33) } != nil, "33 segments are found"),
    ]
  }

  /// The words of a refusal; `nil` if the work was done.
  private func refusal(_ work: () throws -> Void) -> String? {
    do {
      try work()
      return nil
    } catch let error as any ReportedError {
      return "\(error.report.code) \(error.report.line) \(error.report.column ?? "")"
    } catch { return "\(error)" }
  }

  /// Whether the work ends with a reason or with finite numbers.
  private func endsWell(_ work: () throws -> LawRun) -> Bool {
    do { return try work().numbers.allSatisfy(\.isFinite) } catch { return error is StudyError }
  }
}
