import TesseraMath
import TesseraSegmentation
import TesseraStudy
import TesseraSurvey

/// The rows of all times below each other, and whose they are.
struct StackedPanel {
  /// Rows of all times.
  let data: StudyData
  /// For each row its time, and the number of its person.
  let times: [Int]
  let persons: [Int]
  private(set) var notes: [String] = []

  /// Who was seen when, among the rows used, and how people were drawn.
  struct Sheet: Sendable {
    let panel: Panel
    /// A row for each person.
    let design: SurveyDesign
    /// Standard deviations of the covariates, which have a mean of 0 and a spread of 1 here.
    let scales: [Double]
    let notes: [String]
  }

  /// - Throws: ``StudyError`` E0531 with fewer than two times, or without identifiers.
  init(_ waves: [SurveyWave]) throws(StudyError) {
    guard waves.count > 1 else {
      throw StudyError(
        code: "E0531", message: "there is only \(waves.count) time, and at least 2 are needed",
        hint: "name the column that says when a row was asked: --wave COLUMN")
    }
    guard waves.allSatisfy({ $0.data.ids != nil }) else {
      throw StudyError(
        code: "E0531", message: "people have no identifiers, so nobody can be followed",
        hint: "name the column that says who a row is about: --id COLUMN")
    }
    let parts = waves.map(\.data)
    let isWeighted = parts.contains { $0.design.kind == .sampling }
    let joined = { (codes: [[Int]]) -> [Int] in
      codes.contains(where: \.isEmpty) ? [] : codes.flatMap(\.self)
    }
    let rows = parts.flatMap(\.sourceRows)
    data = StudyData(
      survey: StackedSurvey(parts.map(\.survey)).survey,
      design: SurveyDesign(
        kind: isWeighted ? .sampling : .none, weights: parts.flatMap(\.design.weights),
        strata: joined(parts.map(\.design.strata)), clusters: joined(parts.map(\.design.clusters))),
      weightSum: parts.reduce(0) { $0 + $1.weightSum }, sourceRows: rows,
      reserved: parts[0].reserved)
    times = parts.enumerated().flatMap { [Int](repeating: $0, count: $1.design.weights.count) }
    var numbers: [String: Int] = [:]
    var persons: [Int] = []
    var (next, unnamed, repeated) = (0, 0, 0)
    for part in parts {
      var seen: Set<String> = []
      for id in part.ids ?? [] {
        if !id.isEmpty, seen.insert(id).inserted {
          if numbers[id] == nil {
            numbers[id] = next
            next += 1
          }
          persons.append(numbers[id] ?? 0)
        } else {
          if id.isEmpty { unnamed += 1 } else { repeated += 1 }
          persons.append(next)
          next += 1
        }
      }
    }
    self.persons = persons
    if unnamed > 0 { notes.append("\(unnamed) rows have no identifier; each counts as a person.") }
    if repeated > 0 {
      notes.append(
        "\(repeated) rows repeat an identifier within a time; each counts as a person of its own.")
    }
  }

  /// Lays out the rows that are used by person and time.
  ///
  /// - Parameters:
  ///   - used: Rows of ``data``, in the order of the table.
  ///   - covariates: Of those rows, or none.
  /// - Returns: Who was seen when, and how people were drawn.
  /// - Throws: ``StudyError`` E0531 if nobody was seen twice.
  func sheet(_ used: [Int], _ covariates: Matrix?) throws(StudyError) -> Sheet {
    var numbers: [Int: Int] = [:]
    var first: [Int] = []
    let own = used.map { row -> Int in
      if let number = numbers[persons[row]] { return number }
      numbers[persons[row]] = first.count
      first.append(row)
      return first.count - 1
    }
    let weights = used.map { data.design.weights[$0] }
    var panel: Panel
    var scales: [Double] = []
    do throws(SegmentationError) {
      panel = try Panel(persons: own, times: used.map { times[$0] }, weights: weights)
      if let covariates {
        let (scaled, spreads) = Self.scaled(covariates, places: firstPlaces(own, first.count))
        scales = spreads
        panel = try panel.depending(on: scaled)
      }
    } catch {
      throw StudyError(code: "E0506", message: error.description)
    }
    guard panel.rows.contains(where: { $0.count { $0 >= 0 } > 1 }) else {
      throw StudyError(
        code: "E0531", message: "nobody was seen at two times or more",
        hint: "check the column of identifiers (--id) and that of the time (--wave)")
    }
    var changing = Set<Int>()
    for (place, person) in own.enumerated()
    where abs(weights[place] - panel.weights[person]) > 1e-9 * panel.weights[person] {
      changing.insert(person)
    }
    // Weights have a mean of 1 over people.
    let mean = panel.weights.reduce(0, +) / Double(max(1, panel.weights.count))
    let scaled = panel.weights.map { $0 / mean }
    return Sheet(
      panel: panel.weighted(scaled),
      design: SurveyDesign(
        kind: data.design.kind == .sampling ? .sampling : .none, weights: scaled,
        strata: data.design.strata.isEmpty ? [] : first.map { data.design.strata[$0] },
        clusters: data.design.clusters.isEmpty ? [] : first.map { data.design.clusters[$0] }),
      scales: scales,
      notes: changing.isEmpty
        ? []
        : [
          "Weights change between times for \(changing.count) people; that of their first time is used "
            + "(a panel has one longitudinal weight a person)."
        ])
  }

  /// For each person the first of their places.
  private func firstPlaces(_ persons: [Int], _ count: Int) -> [Int] {
    var places = [Int](repeating: -1, count: count)
    for (place, person) in persons.enumerated() where places[person] < 0 { places[person] = place }
    return places
  }

  /// Covariates of people with a mean of 0 and a spread of 1, and their spreads.
  private static func scaled(_ given: Matrix, places: [Int]) -> (Matrix, [Double]) {
    var result = Matrix(rows: places.count, columns: given.columns)
    var spreads: [Double] = []
    for column in 0..<given.columns {
      let values = places.map { given[$0, column] }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let spread = max((squares / Double(values.count)).squareRoot(), 1e-12)
      spreads.append(spread)
      for (row, value) in values.enumerated() { result[row, column] = (value - mean) / spread }
    }
    return (result, spreads)
  }
}
