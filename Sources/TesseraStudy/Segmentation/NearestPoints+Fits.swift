import TesseraMath
import TesseraSegmentation

extension NearestPoints {
  /// Prototypes and modes as points.
  ///
  /// A category is a column for each answer, so that two different answers differ in two columns:
  /// half of what a mismatch costs in each.
  ///
  /// - Parameters:
  ///   - fit: What k-prototypes or k-modes found.
  ///   - table: The answers it was found in.
  init(_ fit: KPrototypesFit, _ table: ItemTable) {
    let half = (fit.gamma / 2).squareRoot()
    var columns: [MatrixEncoding.Column] = []
    var points = [[Double]](repeating: [], count: fit.segmentCount)
    for (place, item) in table.items.enumerated() {
      guard fit.means[0][place] == nil else {
        let scale = 1 / fit.deviations[place]
        columns.append(.init(indicator: place, category: nil, center: 0, scale: scale))
        for segment in points.indices {
          points[segment].append((fit.means[segment][place] ?? 0) * scale)
        }
        continue
      }
      let categories = item.measurement.categories
      // A point of equal coordinates, as far from every answer as two answers are.
      let nowhere = (1 + Double(categories + 1).squareRoot()) / Double(categories)
      for category in 0..<categories {
        columns.append(.init(indicator: place, category: category, center: 0, scale: half))
        for segment in points.indices {
          let mode = fit.modes[segment][place]
          points[segment].append(half * (mode == 0 ? nowhere : mode == category + 1 ? 1 : 0))
        }
      }
    }
    self.init(encoding: MatrixEncoding(columns: columns), points: Matrix(points))
  }

  /// The answers of the respondents in the middle of each segment as points.
  ///
  /// - Parameters:
  ///   - fit: What PAM or CLARA found by Gower's dissimilarity.
  ///   - table: The answers it was found in.
  init(_ fit: MedoidFit, _ table: ItemTable) {
    let weights = table.weights.effective(count: table.respondentCount)
    var columns: [MatrixEncoding.Column] = []
    for (place, item) in table.items.enumerated() {
      switch item.measurement {
      case .nominal, .binary:
        // Two different answers differ in two columns.
        columns += (0..<item.measurement.categories).map {
          .init(indicator: place, category: $0, center: 0, scale: 0.5)
        }
      case .ordinal, .gaussian, .poisson, .zeroInflated:
        let known = (0..<table.respondentCount).filter {
          weights[$0] > 0 && !item.isMissing($0)
        }.map { row -> Double in
          guard case .numbers(let numbers) = item.answers else { return Double(item.code(row)) }
          return numbers[row]
        }
        let low = known.min() ?? 0
        let range = (known.max() ?? 0) - low
        columns.append(
          .init(
            indicator: place, category: nil, center: low, scale: range > 0 ? 1 / range : 0))
      }
    }
    let encoding = MatrixEncoding(columns: columns)
    let all = encoding.matrix(table.items)
    self.init(
      encoding: encoding, points: Matrix(fit.medoids.map { Array(all.row($0)) }), measure: .gower,
      needed: GowerSettings().minimumOverlap * Double(table.items.count))
  }
}
