/// The bounds of Hamerly's rounds, kept up for a run of rows.
extension KMeansRows {
  /// Sets the bounds of the rows measured to what was found.
  func tighten(_ piece: inout KMeansPiece, unsure: [Int32], found: NearestTwo) {
    let first = piece.rows.lowerBound
    unsafe piece.upper.withUnsafeMutableBufferPointer { upper in
      unsafe piece.lower.withUnsafeMutableBufferPointer { lower in
        for (place, row) in unsure.enumerated() {
          let norm = norms[Int(row)]
          unsafe upper[Int(row) - first] = max(0, norm + found.best[place]).squareRoot()
          unsafe lower[Int(row) - first] = max(0, norm + found.second[place]).squareRoot()
        }
      }
    }
  }

  /// Loosens the bounds by the drift, and lists the rows they no longer decide.
  func unsureRows(_ piece: inout KMeansPiece, drift: CentroidDrift) -> [Int32] {
    let (first, count) = (piece.rows.lowerBound, piece.rows.count)
    let others = drift.moved.indices.map { drift.others(than: $0) }
    let labels = piece.labels
    // Every row of every round comes through here: no bound is checked twice.
    return unsafe [Int32](unsafeUninitializedCapacity: count) { unsure, found in
      unsafe piece.upper.withUnsafeMutableBufferPointer { upper in
        unsafe piece.lower.withUnsafeMutableBufferPointer { lower in
          unsafe labels.withUnsafeBufferPointer { labels in
            for index in 0..<count {
              unsafe unsure[found] = Int32(first + index)
              let label = unsafe Int(labels[index])
              guard label >= 0 else {
                found += 1
                continue
              }
              let far = unsafe upper[index] + drift.moved[label]
              let near = unsafe lower[index] - others[label]
              unsafe upper[index] = far
              unsafe lower[index] = near
              found += far >= near ? 1 : 0
            }
          }
        }
      }
    }
  }
}
