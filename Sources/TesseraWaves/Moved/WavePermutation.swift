import TesseraMath
import TesseraSegmentation

/// Exchanges the waves of people of one segment, who differ by chance alone if no profile changed.
///
/// Answers, gaps, weights and whatever goes together among answers stay as they are, so that nothing
/// rests on the model but the segment a person is taken to be in: it is drawn from the probabilities
/// under M1, anew for each set. Somebody asked once changes places with others of the segment who were
/// asked once; rows of a person asked several times change places with each other where they are in one
/// segment. So do rows of a cluster that lies in several waves; clusters that lie in one change places
/// whole. How many rows each wave has stays as it is, but for clusters of different sizes.
///
/// - Reference: Good (2005), *Permutation, Parametric, and Bootstrap Tests of Hypotheses*, chapter 3;
///   exact if segments were known, and where sizes did not change; else as exact as the probabilities.
struct WavePermutation: Sendable {
  private let waves: [Int]
  private let posterior: Matrix
  /// Rows that were drawn by themselves.
  private var single: [Int] = []
  /// Rows of each unit that lies in several waves.
  private var several: [[Int]] = []
  /// Rows of each cluster that lies in one wave.
  private var whole: [[Int]] = []

  /// Finds what may change places.
  ///
  /// - Parameters:
  ///   - answers: The people asked.
  ///   - posterior: Chances of the segments for each row under M1.
  init(_ answers: WaveAnswers, posterior: Matrix) {
    waves = answers.waves
    self.posterior = posterior
    var places: [Int: Int] = [:]
    var units: [[Int]] = []
    for row in answers.waves.indices {
      let code: Int? =
        answers.clusters.isEmpty
        ? (answers.persons[row] >= 0 ? answers.persons[row] : nil) : answers.clusters[row]
      if let code, let place = places[code] {
        units[place].append(row)
      } else {
        if let code { places[code] = units.count }
        units.append([row])
      }
    }
    for unit in units {
      if unit.count == 1 {
        single.append(unit[0])
      } else if unit.allSatisfy({ waves[$0] == waves[unit[0]] }) {
        whole.append(unit)
      } else {
        several.append(unit)
      }
    }
  }

  /// For each row a wave.
  ///
  /// - Complexity: O(rows · segments).
  func draw(_ stream: inout RandomStream) -> [Int] {
    var result = waves
    let segments = waves.indices.map { stream.categorical(Array(posterior.row($0))) }
    func exchange(_ rows: [Int], _ stream: inout RandomStream) {
      guard rows.count > 1 else { return }
      var own = rows.map { waves[$0] }
      stream.shuffle(&own)
      for (row, wave) in zip(rows, own) { result[row] = wave }
    }
    for segment in 0..<posterior.columns {
      exchange(single.filter { segments[$0] == segment }, &stream)
      for unit in several { exchange(unit.filter { segments[$0] == segment }, &stream) }
    }
    var own = whole.map { waves[$0[0]] }
    stream.shuffle(&own)
    for (unit, wave) in zip(whole, own) {
      for row in unit { result[row] = wave }
    }
    return result
  }
}

extension WaveAnswers {
  /// The same people with other waves; a question that a wave did not ask stays unasked there.
  func exchanged(_ waves: [Int]) throws(SegmentationError) -> WaveAnswers {
    var result = self
    result.waves = waves
    let rows = rowsOfWaves
    let items = table.items.map { item -> Item in
      let isAsked = rows.map { members in members.contains { !item.isMissing($0) } }
      return isAsked.allSatisfy(\.self) ? item : item.blank { !isAsked[waves[$0]] }
    }
    result.table = try ItemTable(
      respondentCount: table.respondentCount, items: items, weights: table.weights,
      covariates: table.covariates)
    return result
  }
}

extension Item {
  /// The answers without those of some rows.
  fileprivate func blank(_ isBlank: (Int) -> Bool) -> Item {
    let kept: Answers =
      switch answers {
      case .codes(let codes): .codes(codes.indices.map { isBlank($0) ? 0 : codes[$0] })
      case .wideCodes(let codes): .wideCodes(codes.indices.map { isBlank($0) ? 0 : codes[$0] })
      case .numbers(let numbers): .numbers(numbers.indices.map { isBlank($0) ? .nan : numbers[$0] })
      }
    return Item(name: name, measurement: measurement, answers: kept)
  }
}
