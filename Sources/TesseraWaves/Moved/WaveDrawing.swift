import Foundation
import TesseraMath
import TesseraSegmentation

/// Draws answers in the image of the people asked: rows keep weight, cluster, gaps and person across
/// waves.
struct WaveDrawing: Sendable {
  let answers: WaveAnswers
  let dependence: WaveDependence
  /// The model of each wave.
  private let models: [LatentClassModel]
  /// Cumulated sizes of each row: a row a respondent.
  private let bounds: Matrix

  /// Prepares to draw.
  ///
  /// - Parameters:
  ///   - answers: The people asked.
  ///   - dependence: How alike the same person, and people of one cluster, are.
  ///   - models: A model for each wave.
  ///   - sizes: Chances of the segments for each row.
  init(
    _ answers: WaveAnswers, _ dependence: WaveDependence, models: [LatentClassModel],
    sizes: (_ row: Int) -> [Double]
  ) {
    self.answers = answers
    self.dependence = dependence
    self.models = models
    var bounds = Matrix(rows: answers.waves.count, columns: models[0].classCount)
    for row in 0..<bounds.rows {
      var sum = 0.0
      for (latent, size) in sizes(row).enumerated() {
        sum += size
        bounds[row, latent] = sum
      }
    }
    self.bounds = bounds
  }

  /// Draws a table of the same items.
  func draw(_ stream: inout RandomStream) throws(SegmentationError) -> ItemTable {
    let places = places(&stream)
    var classes = [Int](repeating: 0, count: places.count)
    for row in places.indices {
      var latent = 0
      while latent + 1 < bounds.columns, bounds[row, latent] <= places[row] { latent += 1 }
      classes[row] = latent
    }
    let order = (0..<places.count).sorted {
      (answers.waves[$0], $0) < (answers.waves[$1], $1)
    }
    let table = answers.table
    var columns = table.items.map { _ in [Double](repeating: 0, count: places.count) }
    for row in order {
      let model = models[answers.waves[row]]
      model.draw(class: classes[row], &stream) { item, value in columns[item][row] = value }
      let before = dependence.previous[row]
      guard before >= 0, classes[before] == classes[row] else { continue }
      for item in columns.indices where dependence.repeats[item] > 0 {
        if stream.uniform() < dependence.repeats[item] {
          columns[item][row] = columns[item][before]
        }
      }
    }
    return try ItemTable(
      respondentCount: table.respondentCount,
      items: zip(table.items, columns).map { $0.answered(by: $1) }, weights: table.weights,
      covariates: table.covariates)
  }

  /// Where each row stands in the distribution of segments, 0 to 1.
  private func places(_ stream: inout RandomStream) -> [Double] {
    var places = [Double](repeating: 0, count: answers.waves.count)
    var ofCluster: [Int: Double] = [:]
    let order = places.indices.sorted { (answers.waves[$0], $0) < (answers.waves[$1], $1) }
    for row in order {
      let before = dependence.previous[row]
      if before >= 0, stream.uniform() < dependence.stay {
        places[row] = places[before]
        continue
      }
      places[row] = stream.uniform()
      guard dependence.cluster > 0, stream.uniform() < dependence.cluster else { continue }
      let cluster = answers.clusters[row]
      let shared = ofCluster[cluster] ?? places[row]
      ofCluster[cluster] = shared
      places[row] = shared
    }
    return places
  }
}

extension LatentClassModel {
  /// Draws the answers of one respondent of a class.
  fileprivate func draw(
    class latent: Int, _ stream: inout RandomStream, _ put: (_ item: Int, _ value: Double) -> Void
  ) {
    var done: Set<Int> = []
    for block in blocks {
      let size = block.items.count
      let covariance = Matrix(rows: size, columns: size, values: block.covariances[latent])
      guard let root = (try? Cholesky(covariance))?.lower else { continue }
      let normals = stream.normals(size)
      for one in 0..<size {
        let value = (0...one).reduce(block.means[latent][one]) { $0 + root[one, $1] * normals[$1] }
        put(block.items[one], value)
        done.insert(block.items[one])
      }
    }
    for effect in directEffects {
      let cell = stream.categorical(effect.probabilities[latent])
      let width = items[effect.second].measurement.categories
      put(effect.first, Double(cell / width + 1))
      put(effect.second, Double(cell % width + 1))
      done.formUnion([effect.first, effect.second])
    }
    for (place, item) in items.enumerated() where !done.contains(place) {
      put(place, item.distribution.draw(class: latent, &stream))
    }
  }
}

extension Item {
  /// The item with other answers where it was answered.
  fileprivate func answered(by values: [Double]) -> Item {
    let drawn: Answers =
      switch answers {
      case .codes(let codes): .codes(codes.indices.map { codes[$0] == 0 ? 0 : UInt8(values[$0]) })
      case .wideCodes(let codes):
        .wideCodes(codes.indices.map { codes[$0] == 0 ? 0 : UInt16(values[$0]) })
      case .numbers(let numbers):
        .numbers(numbers.indices.map { numbers[$0].isNaN ? .nan : values[$0] })
      }
    return Item(name: name, measurement: measurement, answers: drawn)
  }
}
