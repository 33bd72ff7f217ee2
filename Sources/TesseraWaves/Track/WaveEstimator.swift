import Foundation
import TesseraDesign
import TesseraMath
import TesseraStudy

/// Numbers of each wave with intervals, changes and tests by design.
///
/// All rows of all waves are one sample of units: clusters, or people with all of their waves. So a
/// person seen twice adds the covariance of the two waves to every difference.
struct WaveEstimator: Sendable {
  let stacked: StackedWaves
  let settings: RunSettings
  /// Memberships for questions that formed the segments, and for all others; a last column is everybody.
  let active: Matrix
  let passive: Matrix
  private let rules: CellRules
  private let heads: [Double]

  /// Groups: the segments, and everybody last.
  var groups: Int { active.columns }

  init(_ stacked: StackedWaves, sizes: WaveSizes, settings: RunSettings) {
    self.stacked = stacked
    self.settings = settings
    rules = CellRules(settings)
    heads = [Double](repeating: 1, count: stacked.waves.count)
    active = Self.withEverybody(sizes.posterior)
    passive = Self.withEverybody(Self.corrected(stacked, sizes.posterior))
  }

  private static func withEverybody(_ memberships: Matrix) -> Matrix {
    var wide = Matrix(rows: memberships.rows, columns: memberships.columns + 1, repeating: 1)
    for row in 0..<memberships.rows {
      for column in 0..<memberships.columns { wide[row, column] = memberships[row, column] }
    }
    return wide
  }

  /// Memberships freed from the errors of placing (BCH), wave by wave; as they are where that fails.
  private static func corrected(_ stacked: StackedWaves, _ posterior: Matrix) -> Matrix {
    var result = posterior
    for wave in 0..<stacked.waveCount {
      let rows = stacked.waves.indices.filter { stacked.waves[$0] == wave }
      var own = Matrix(rows: rows.count, columns: posterior.columns)
      for (place, row) in rows.enumerated() {
        for column in 0..<own.columns { own[place, column] = posterior[row, column] }
      }
      guard posterior.columns > 1,
        let better = MembershipCorrection.bch(
          own, labels: own.likeliest, weights: rows.map { stacked.weights[$0] })
      else { continue }
      for (place, row) in rows.enumerated() {
        for column in 0..<own.columns { result[row, column] = better[place, column] }
      }
    }
    return result
  }

  /// 97.5% point of t with the design's degrees of freedom.
  private var critical: Double { stacked.units.criticalValue }

  /// The sizes over waves.
  func sizes(_ sizes: WaveSizes) -> [TrackedSeries] {
    let waves = stacked.waveCount
    let bases = bases { _ in true }
    let hidden = (0..<waves).map { wave in
      rules.hiddenColumns(Array(bases[wave].dropLast()))
    }
    return (0..<stacked.segments).map { segment in
      let covariance = stacked.units.covariance(waves) { row, sums in
        sums[stacked.waves[row]] = sizes.parts[row, segment]
      }
      let shown = (0..<waves).map { !hidden[$0][segment] }
      let values = (0..<waves).map { sizes.shares[$0, segment] }
      return series(
        TrackedSeries(
          kind: .size, name: stacked.model.segments[segment].id,
          label: stacked.model.segments[segment].display, answer: "", segment: segment,
          unit: .share,
          points: []),
        values: values, covariance: covariance, shown: shown,
        // A share of everybody rests on everybody.
        bases: (0..<waves).map { bases[$0][stacked.segments] })
    }
  }

  /// People of each wave and group, by highest probability.
  private func bases(_ isCounted: (Int) -> Bool) -> [[Double]] {
    var bases = [[Double]](
      repeating: [Double](repeating: 0, count: groups), count: stacked.waveCount)
    for row in stacked.waves.indices where isCounted(row) {
      bases[stacked.waves[row]][stacked.labels[row]] += 1
      bases[stacked.waves[row]][groups - 1] += 1
    }
    return bases
  }

  /// A column over waves, in every segment and of everybody.
  func series(_ column: TrackedColumn) -> [TrackedSeries] {
    switch column.content {
    case .numbers(let numbers, let unit): return means(column, numbers, unit)
    case .categories(let answers, let positions): return shares(column, answers, positions)
    }
  }

  private func memberships(_ column: TrackedColumn) -> Matrix {
    // Fits go by chances of belonging, as those of a run do.
    column.kind == .active || column.kind == .fit ? active : passive
  }

  private func means(
    _ column: TrackedColumn, _ numbers: [Double], _ unit: TrackedSeries.Unit
  ) -> [TrackedSeries] {
    let bases = bases { !numbers[$0].isNaN }
    let hidden = bases.map { rules.hiddenColumns(Array($0.dropLast())) }
    return (0..<groups).map { group in
      let found = estimate(numbers, memberships(column), group)
      var result = series(
        TrackedSeries(
          kind: column.kind, name: column.name, label: column.label, answer: "",
          segment: group == groups - 1 ? nil : group, unit: unit, points: []),
        values: found.values, covariance: found.covariance,
        shown: hidden.indices.map { !hidden[$0][group] && bases[$0][group] > 0 },
        bases: bases.map { $0[group] })
      result.pValue = test(found, bases: bases.map { $0[group] }, shown: result.points)
      return result
    }
  }

  private func shares(
    _ column: TrackedColumn, _ given: [String], _ asked: [Int]
  ) -> [TrackedSeries] {
    let (answers, positions) = withoutRare(given, asked)
    guard answers.count > 1 else { return [] }
    let bases = bases { positions[$0] > 0 }
    let hidden = hiddenCells(column, answers.count, positions)
    // Of a question with two answers the second says all.
    let told = answers == ["no", "yes"] ? [1] : Array(answers.indices)
    var result: [TrackedSeries] = []
    for group in 0..<groups {
      let own = bases.map { $0[group] }
      var lines = told.map { answer -> TrackedSeries in
        let numbers = positions.map { $0 == 0 ? Double.nan : $0 == answer + 1 ? 1 : 0 }
        let found = estimate(numbers, memberships(column), group)
        return series(
          TrackedSeries(
            kind: column.kind, name: column.name, label: column.label,
            answer: answers == ["no", "yes"] ? "" : answers[answer],
            segment: group == groups - 1 ? nil : group, unit: .share, points: []),
          values: found.values.map { $0.isFinite ? min(1, max(0, $0)) : $0 },
          covariance: found.covariance,
          shown: (0..<stacked.waveCount).map { !hidden[$0][answer][group] && own[$0] > 0 },
          bases: own)
      }
      let pValue = test(positions, answers.count, memberships(column), group, own)
      for place in lines.indices {
        lines[place].pValue = lines[place].points.contains { $0.value == nil } ? nil : pValue
      }
      mark(&lines)
      result += lines
    }
    return result
  }

  /// A share, and a change of shares, that rounds to nothing.
  private static let leastShare = 0.005
  /// People whom a cell of the test of an answer must be expected to hold.
  private static let leastCell = 5.0

  /// Marks the answer that changed most against its error.
  private func mark(_ lines: inout [TrackedSeries]) {
    func size(_ line: TrackedSeries) -> Double {
      guard let change = line.change, change.high > change.low,
        abs(change.difference) >= Self.leastShare
      else { return 0 }
      return abs(change.difference) / (change.high - change.low)
    }
    let first = lines.indices.max { (size(lines[$0]), -$0) < (size(lines[$1]), -$1) }
    for place in lines.indices { lines[place].leads = place == first }
  }
}

extension WaveEstimator {
  /// Weighted means of a group in each wave, with their covariance by design; NaN where nobody answered.
  private func estimate(
    _ numbers: [Double], _ memberships: Matrix, _ group: Int
  ) -> (values: [Double], covariance: Matrix) {
    let waves = stacked.waveCount
    var masses = [Double](repeating: 0, count: waves)
    var sums = masses
    for row in numbers.indices where !numbers[row].isNaN {
      let part = stacked.weights[row] * memberships[row, group]
      masses[stacked.waves[row]] += part
      sums[stacked.waves[row]] += part * numbers[row]
    }
    let values = zip(sums, masses).map { $1 > 1e-9 ? $0 / $1 : .nan }
    let covariance = stacked.units.covariance(waves) { row, own in
      let wave = stacked.waves[row]
      guard !numbers[row].isNaN, masses[wave] > 1e-9 else { return }
      own[wave] =
        stacked.weights[row] * memberships[row, group] * (numbers[row] - values[wave])
        / masses[wave]
    }
    return (values, covariance)
  }

  /// Points, change and, for a single number per wave, its test.
  private func series(
    _ line: TrackedSeries, values: [Double], covariance: Matrix, shown: [Bool], bases: [Double]
  ) -> TrackedSeries {
    var result = line
    let isShare = line.unit == .share
    result.points = values.indices.map { wave in
      guard shown[wave], values[wave].isFinite else { return TrackedSeries.Point() }
      let isSmall = line.kind != .size && bases[wave] < rules.small
      let error = covariance[wave, wave].squareRoot()
      let value =
        isShare
        ? (isSmall ? rules.rounded(values[wave], base: bases[wave]) : values[wave]) : values[wave]
      var point = TrackedSeries.Point(value: value, base: bases[wave], isSmall: isSmall)
      guard !isSmall, error.isFinite else { return point }
      let reach = critical * error
      let scale: IntervalScale = isShare && value > 1e-6 && value < 1 - 1e-6 ? .logit : .plain
      (point.low, point.high) = scale.ends(value, reach: reach)
      return point
    }
    let told = result.points.indices.filter {
      result.points[$0].value != nil && !result.points[$0].isSmall
    }
    if let from = told.first, let to = told.last, from < to {
      let variance = covariance[from, from] + covariance[to, to] - 2 * covariance[from, to]
      let reach = critical * max(0, variance).squareRoot()
      let difference = values[to] - values[from]
      result.change = TrackedSeries.Change(
        from: from, to: to, difference: difference, low: difference - reach,
        high: difference + reach)
    }
    if line.kind == .size {
      result.pValue = test(
        (values, covariance), bases: bases, shown: result.points)
    }
    return result
  }

  /// Whether means are the same in all waves with enough people (Wald, F by design).
  private func test(
    _ found: (values: [Double], covariance: Matrix), bases: [Double],
    shown: [TrackedSeries.Point]
  ) -> Double? {
    let waves = shown.indices.filter { shown[$0].value != nil && bases[$0] >= rules.small }
    guard waves.count > 1 else { return nil }
    let first = waves[0]
    let later = Array(waves.dropFirst())
    let changes = later.map { found.values[$0] - found.values[first] }
    var covariance = Matrix(rows: later.count, columns: later.count)
    for (row, one) in later.enumerated() {
      for (column, other) in later.enumerated() {
        covariance[row, column] =
          found.covariance[one, other] - found.covariance[one, first]
          - found.covariance[first, other] + found.covariance[first, first]
      }
    }
    return WaldTest(
      changes, covariance: covariance, degreesOfFreedom: stacked.units.degreesOfFreedom)?.pValue
  }

  /// Whether answers are spread alike in all waves with enough people (Rao and Scott).
  private func test(
    _ positions: [Int], _ answers: Int, _ memberships: Matrix, _ group: Int, _ bases: [Double]
  ) -> Double? {
    let waves = bases.indices.filter { bases[$0] >= max(1, rules.small) }
    guard waves.count > 1 else { return nil }
    var table = Matrix(rows: positions.count, columns: waves.count)
    var asked = positions
    // What posterior probabilities leave of an answer that nobody gave has no variance to speak of.
    var masses = [Double](repeating: 0, count: answers)
    for (row, position) in positions.enumerated() where position > 0 {
      masses[position - 1] += stacked.weights[row] * memberships[row, group]
    }
    // Nor has one that fewer than five people a wave gave: the test's distribution needs as many.
    let least = max(Self.leastShare * masses.reduce(0, +), Self.leastCell * Double(waves.count))
    for row in asked.indices where asked[row] > 0 && masses[asked[row] - 1] < least {
      asked[row] = 0
    }
    guard masses.count(where: { $0 >= least }) > 1 else { return nil }
    for row in positions.indices {
      if let place = waves.firstIndex(of: stacked.waves[row]) {
        table[row, place] = 1
      } else {
        asked[row] = 0
      }
    }
    let soft = SoftTable(
      memberships: table, answers: asked, categories: answers,
      weights: positions.indices.map { stacked.weights[$0] * memberships[$0, group] },
      units: stacked.units)
    return RaoScottTest(soft)?.pValue
  }

  /// Answers that fewer people of a wave gave than may be shown are joined, or are no answer.
  private func withoutRare(
    _ answers: [String], _ positions: [Int]
  ) -> (answers: [String], positions: [Int]) {
    guard rules.minimum > 1 else { return (answers, positions) }
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: answers.count), count: stacked.waveCount)
    for (row, position) in positions.enumerated() where position > 0 {
      counts[stacked.waves[row]][position - 1] += 1
    }
    func isRare(_ count: Double) -> Bool { count > 0 && count < rules.minimum }
    let rare = answers.indices.filter { answer in counts.contains { isRare($0[answer]) } }
    // Who did not choose one of several answers gave none.
    if answers == ["no", "yes"] {
      return rare.contains(1) ? ([], positions) : (answers, positions)
    }
    guard !rare.isEmpty else { return (answers, positions) }
    let kept = answers.indices.filter { !rare.contains($0) }
    var places = [Int](repeating: 0, count: answers.count + 1)
    for (place, answer) in kept.enumerated() { places[answer + 1] = place + 1 }
    var names = kept.map { answers[$0] }
    let together = counts.map { wave in rare.reduce(0) { $0 + wave[$1] } }
    if rare.count > 1, !together.contains(where: isRare) {
      names.append("other answers")
      for answer in rare { places[answer + 1] = names.count }
    }
    return (names, positions.map { places[$0] })
  }

  /// Waves × answers × groups: what may not be shown.
  private func hiddenCells(
    _ column: TrackedColumn, _ answers: Int, _ positions: [Int]
  ) -> [[[Bool]]] {
    var counts = [[[Double]]](
      repeating: [[Double]](
        repeating: [Double](repeating: 0, count: groups - 1), count: answers),
      count: stacked.waveCount)
    for (row, position) in positions.enumerated() where position > 0 {
      counts[stacked.waves[row]][position - 1][stacked.labels[row]] += 1
    }
    let rules = CellRules(settings, columns: [column.name])
    return counts.map { rules.hidden($0) }
  }
}
