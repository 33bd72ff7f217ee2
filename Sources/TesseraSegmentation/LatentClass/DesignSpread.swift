import TesseraMath

/// The spread of the scores as respondents were drawn: B of the sandwich.
///
/// B = Σ over strata of n/(n - 1) Σ over clusters (s - mean s)(s - mean s)′, s a cluster's sum of
/// weighted scores; a stratum with one cluster is merged with the next.
struct DesignSpread {
  let matrix: Matrix
  /// Clusters less strata; infinite without a design.
  let degreesOfFreedom: Double

  init(_ information: LatentInformation, _ climb: LatentClimb, _ design: CaseDesign) {
    let data = climb.data
    let rows = data.table.respondentCount
    let kind = data.table.weights.kind
    let weights = data.table.weights.effective(count: rows)
    if design.strata == nil, design.clusters == nil {
      var squares = [Double](repeating: 0, count: climb.patterns)
      for row in 0..<rows where weights[row] > 0 {
        // A frequency is so many respondents, a sampling weight is one.
        let square = kind == .frequency ? weights[row] : weights[row] * weights[row]
        squares[Int(data.patternOf[row])] += square
      }
      var result = information.rows.crossProduct(weights: squares)
      let size = data.table.weights.sampleSize(count: rows)
      let correction = size > 1 ? size / (size - 1) : 1
      for index in result.values.indices {
        result.values[index] *= correction
      }
      matrix = result
      degreesOfFreedom = .infinity
      return
    }
    let live = (0..<rows).filter { weights[$0] > 0 }
    let groups = DesignSpread.clusters(of: live, design)
    let width = information.rows.columns
    var result = Matrix(rows: width, columns: width)
    var clusterCount = 0
    for stratum in groups {
      var sums = Matrix(rows: stratum.count, columns: width)
      for (position, members) in stratum.enumerated() {
        for row in members {
          let pattern = Int(data.patternOf[row])
          for column in 0..<width {
            sums[position, column] += weights[row] * information.rows[pattern, column]
          }
        }
      }
      for column in 0..<width {
        let mean = sums.column(column).reduce(0, +) / Double(stratum.count)
        for position in 0..<stratum.count {
          sums[position, column] -= mean
        }
      }
      let product = sums.crossProduct()
      let size = Double(stratum.count)
      let factor = size > 1 ? size / (size - 1) : 1
      for index in product.values.indices {
        result.values[index] += factor * product.values[index]
      }
      clusterCount += stratum.count
    }
    matrix = result
    degreesOfFreedom = Double(clusterCount - groups.count)
  }

  /// Rows of each cluster of each stratum, by rising codes; lone clusters joined to a neighbour.
  static func clusters(of rows: [Int], _ design: CaseDesign) -> [[[Int]]] {
    let ordered = rows.sorted { a, b in
      let first = (design.strata?[a] ?? 0, design.clusters?[a] ?? a, a)
      let second = (design.strata?[b] ?? 0, design.clusters?[b] ?? b, b)
      return first < second
    }
    var result: [[[Int]]] = []
    var last: (stratum: Int, cluster: Int)?
    for row in ordered {
      let here = (stratum: design.strata?[row] ?? 0, cluster: design.clusters?[row] ?? row)
      if last?.stratum != here.stratum {
        if let previous = result.last, previous.count == 1 {
          result[result.count - 1].append([row])
        } else {
          result.append([[row]])
        }
      } else if last?.cluster != here.cluster {
        result[result.count - 1].append([row])
      } else {
        let cluster = result[result.count - 1].count - 1
        result[result.count - 1][cluster].append(row)
      }
      last = here
    }
    if result.count > 1, let lone = result.last, lone.count == 1 {
      result.removeLast()
      result[result.count - 1] += lone
    }
    return result
  }
}
