/// Centroids laid out so that one row is scored against many at once.
///
/// The score of a row with features *x* for centroid *k* is `offsets[k] + Σ_f x_f slopes[f, k]`:
/// its squared distance less the squared length of the row, which is the same for all centroids.
struct CentroidTable: Sendable {
  /// Number of centroids.
  let count: Int
  /// Number of centroids rounded up to whole vectors of four.
  let padded: Int
  /// Feature × padded centroid.
  var slopes: [Float]
  /// One for each padded centroid; infinite for those that do not exist.
  var offsets: [Float]

  /// Makes room for centroids.
  ///
  /// - Parameters:
  ///   - count: Number of centroids.
  ///   - features: Number of features of a row.
  init(count: Int, features: Int) {
    self.count = count
    padded = (count + 3) / 4 * 4
    slopes = [Float](repeating: 0, count: padded * features)
    offsets = [Float](repeating: .infinity, count: padded)
    for centroid in 0..<count {
      offsets[centroid] = 0
    }
  }
}

/// For each row scored: the best centroid, and the scores of the best and of the second best.
struct NearestTwo: Sendable {
  var labels: [Int32]
  var best: [Float]
  var second: [Float]

  init(capacity: Int) {
    labels = [Int32](repeating: 0, count: capacity)
    best = [Float](repeating: 0, count: capacity)
    second = [Float](repeating: 0, count: capacity)
  }

  /// Lends all three at once, so that no write asks whether an array is shared.
  @inline(__always)
  fileprivate mutating func withPointers(
    _ body: (
      _ labels: UnsafeMutableBufferPointer<Int32>, _ best: UnsafeMutableBufferPointer<Float>,
      _ second: UnsafeMutableBufferPointer<Float>
    ) -> Void
  ) {
    unsafe labels.withUnsafeMutableBufferPointer { labels in
      unsafe best.withUnsafeMutableBufferPointer { best in
        unsafe second.withUnsafeMutableBufferPointer { second in
          unsafe body(labels, best, second)
        }
      }
    }
  }
}

/// The inner loop of every search for the nearest centroid.
enum NearestCentroidKernel {
  /// Finds the two best centroids of some rows.
  ///
  /// Four rows run together, so that each load of a centroid serves four times. The lanes are
  /// SSE-wide: no special compiler flags are needed.
  ///
  /// - Parameters:
  ///   - features: Rows × features, row after row.
  ///   - featureCount: Features of a row.
  ///   - rows: Which rows, `count` of them used.
  ///   - count: How many rows to score.
  ///   - table: The centroids.
  ///   - found: Where the answers go, in the order of `rows`.
  static func nearestTwo(
    of features: [Float], featureCount: Int, rows: [Int32], count: Int, table: CentroidTable,
    found: inout NearestTwo
  ) {
    guard count > 0 else { return }
    precondition(
      min(found.labels.count, found.best.count, found.second.count) >= count,
      "no room for what is found")
    let padded = table.padded
    unsafe found.withPointers { labels, best, second in
      unsafe features.withUnsafeBufferPointer { features in
        unsafe table.slopes.withUnsafeBufferPointer { slopes in
          unsafe table.offsets.withUnsafeBufferPointer { offsets in
            unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * padded) { scores in
              guard let base = features.baseAddress, let slopes = slopes.baseAddress,
                let offsets = offsets.baseAddress, let scores = scores.baseAddress
              else { return }
              var start = 0
              let last = count - 1
              while start < count {
                unsafe score(
                  base + Int(rows[start]) * featureCount,
                  base + Int(rows[min(start + 1, last)]) * featureCount,
                  base + Int(rows[min(start + 2, last)]) * featureCount,
                  base + Int(rows[min(start + 3, last)]) * featureCount,
                  featureCount, slopes, offsets, padded, scores)
                let four = unsafe leastTwo(scores, padded, table.count)
                for lane in 0..<min(4, count - start) {
                  unsafe labels[start + lane] = four.label[lane]
                  unsafe best[start + lane] = four.best[lane]
                  unsafe second[start + lane] = four.second[lane]
                }
                start += 4
              }
            }
          }
        }
      }
    }
  }

  /// Scores of some rows for every centroid.
  ///
  /// - Parameters:
  ///   - features: Rows × features, row after row.
  ///   - featureCount: Features of a row.
  ///   - rows: Which rows, in a run.
  ///   - table: The centroids.
  ///   - scores: Where the scores go; rows × padded centroids.
  static func scores(
    of features: [Float], featureCount: Int, rows: Range<Int>, table: CentroidTable,
    into scores: inout [Float]
  ) {
    guard !rows.isEmpty else { return }
    let padded = table.padded
    precondition(scores.count >= rows.count * padded, "no room for the scores")
    unsafe features.withUnsafeBufferPointer { features in
      unsafe table.slopes.withUnsafeBufferPointer { slopes in
        unsafe table.offsets.withUnsafeBufferPointer { offsets in
          unsafe scores.withUnsafeMutableBufferPointer { scores in
            unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * padded) { spare in
              guard let base = features.baseAddress, let slopes = slopes.baseAddress,
                let offsets = offsets.baseAddress, let scores = scores.baseAddress,
                let spare = spare.baseAddress
              else { return }
              var row = rows.lowerBound
              while row < rows.upperBound {
                let last = rows.upperBound - 1
                let whole = row + 4 <= rows.upperBound
                let target = unsafe whole ? scores + (row - rows.lowerBound) * padded : spare
                unsafe score(
                  base + row * featureCount,
                  base + min(row + 1, last) * featureCount,
                  base + min(row + 2, last) * featureCount,
                  base + min(row + 3, last) * featureCount,
                  featureCount, slopes, offsets, padded, target)
                if !whole {
                  let rest = (rows.upperBound - row) * padded
                  unsafe (scores + (row - rows.lowerBound) * padded).update(
                    from: spare, count: rest)
                }
                row += 4
              }
            }
          }
        }
      }
    }
  }

  /// Adds a row's features, times a weight, to a sum.
  ///
  /// - Parameters:
  ///   - features: Rows × features, row after row.
  ///   - featureCount: Features of a row.
  ///   - row: Which row.
  ///   - weight: What it counts.
  ///   - sums: Segments × features.
  ///   - segment: Which row of `sums` to add to.
  @inline(__always)
  static func add(
    _ features: [Float], featureCount: Int, row: Int, weight: Double, to sums: inout [Double],
    segment: Int
  ) {
    precondition((row + 1) * featureCount <= features.count, "no such row")
    precondition((segment + 1) * featureCount <= sums.count, "no such segment")
    unsafe features.withUnsafeBufferPointer { features in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let features = features.baseAddress, let sums = sums.baseAddress else { return }
        let from = unsafe features + row * featureCount
        let to = unsafe sums + segment * featureCount
        // Plain pointers: a sum of indices that may overflow would keep this from being vectorised.
        for feature in 0..<featureCount {
          unsafe to[feature] += weight * Double(from[feature])
        }
      }
    }
  }

  /// The best centroid of four rows, and the two least scores, one row a lane.
  @inline(__always)
  private static func leastTwo(
    _ scores: UnsafeMutablePointer<Float>, _ padded: Int, _ count: Int
  ) -> (label: SIMD4<Int32>, best: SIMD4<Float>, second: SIMD4<Float>) {
    var best = SIMD4<Float>(repeating: .infinity)
    var second = best
    var label = SIMD4<Int32>(repeating: 0)
    for centroid in 0..<count {
      let at = unsafe scores + centroid
      let score = unsafe SIMD4(at[0], at[padded], at[2 * padded], at[3 * padded])
      let worse = best.replacing(with: score, where: score .>= best)
      second.replace(with: worse, where: worse .< second)
      let better = score .< best
      label.replace(with: Int32(truncatingIfNeeded: centroid), where: better)
      best.replace(with: score, where: better)
    }
    return (label, best, second)
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> SIMD4<Float> {
    unsafe UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  private static func store(_ value: SIMD4<Float>, _ pointer: UnsafeMutablePointer<Float>) {
    unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD4<Float>.self)
  }

  @inline(__always)
  private static func score(
    _ row0: UnsafePointer<Float>, _ row1: UnsafePointer<Float>, _ row2: UnsafePointer<Float>,
    _ row3: UnsafePointer<Float>, _ featureCount: Int, _ slopes: UnsafePointer<Float>,
    _ offsets: UnsafePointer<Float>, _ padded: Int, _ scores: UnsafeMutablePointer<Float>
  ) {
    var group = 0
    while group + 8 <= padded {
      let startA = unsafe load(offsets + group)
      let startB = unsafe load(offsets + group + 4)
      var a0 = startA
      var a1 = startA
      var a2 = startA
      var a3 = startA
      var b0 = startB
      var b1 = startB
      var b2 = startB
      var b3 = startB
      var slope = unsafe slopes + group
      for feature in 0..<featureCount {
        let slopeA = unsafe load(slope)
        let slopeB = unsafe load(slope + 4)
        let x0 = unsafe SIMD4<Float>(repeating: row0[feature])
        let x1 = unsafe SIMD4<Float>(repeating: row1[feature])
        let x2 = unsafe SIMD4<Float>(repeating: row2[feature])
        let x3 = unsafe SIMD4<Float>(repeating: row3[feature])
        a0 += x0 * slopeA
        b0 += x0 * slopeB
        a1 += x1 * slopeA
        b1 += x1 * slopeB
        a2 += x2 * slopeA
        b2 += x2 * slopeB
        a3 += x3 * slopeA
        b3 += x3 * slopeB
        unsafe slope += padded
      }
      unsafe store(a0, scores + group)
      unsafe store(b0, scores + group + 4)
      unsafe store(a1, scores + padded + group)
      unsafe store(b1, scores + padded + group + 4)
      unsafe store(a2, scores + 2 * padded + group)
      unsafe store(b2, scores + 2 * padded + group + 4)
      unsafe store(a3, scores + 3 * padded + group)
      unsafe store(b3, scores + 3 * padded + group + 4)
      group += 8
    }
    guard group < padded else { return }
    let start = unsafe load(offsets + group)
    var a0 = start
    var a1 = start
    var a2 = start
    var a3 = start
    var slope = unsafe slopes + group
    for feature in 0..<featureCount {
      let slopeA = unsafe load(slope)
      unsafe a0 += SIMD4<Float>(repeating: row0[feature]) * slopeA
      unsafe a1 += SIMD4<Float>(repeating: row1[feature]) * slopeA
      unsafe a2 += SIMD4<Float>(repeating: row2[feature]) * slopeA
      unsafe a3 += SIMD4<Float>(repeating: row3[feature]) * slopeA
      unsafe slope += padded
    }
    unsafe store(a0, scores + group)
    unsafe store(a1, scores + padded + group)
    unsafe store(a2, scores + 2 * padded + group)
    unsafe store(a3, scores + 3 * padded + group)
  }
}
