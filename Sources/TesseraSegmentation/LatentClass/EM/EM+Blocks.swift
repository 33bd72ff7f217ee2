import Foundation
import TesseraMath

/// Covariance blocks: tables for the sweep, M-step and prior.
extension EM {
  /// Covariance matrix of one class's block.
  private func covariance(_ block: LatentBlockShape, _ latent: Int, in numbers: [Double]) -> Matrix
  {
    let size = block.size
    let first = layout.offsets[block.factor] + layout.classes * size + latent * size * size
    return Matrix(rows: size, columns: size, values: Array(numbers[first..<first + size * size]))
  }

  /// Fills a sweep's tables for a block from `theta`.
  func fillBlock(_ block: LatentBlockShape, of sweep: any LatentSweeping) {
    let offset = layout.offsets[block.factor]
    for latent in 0..<layout.classes {
      for item in 0..<block.size {
        sweep.setTable(
          block.means + item, lane: latent, to: theta[offset + latent * block.size + item])
      }
      let whole = covariance(block, latent, in: theta)
      for mask in block.masks {
        fill(mask, whole, latent, of: sweep)
      }
    }
  }

  private func fill(
    _ mask: LatentBlockShape.Mask, _ whole: Matrix, _ latent: Int, of sweep: any LatentSweeping
  ) {
    let known = mask.answered
    let part = whole.part(rows: known, columns: known)
    guard let root = try? Cholesky(part) else {
      sweep.setTable(mask.table, lane: latent, to: -1e6)
      return
    }
    let norm = Double(known.count) * log(2 * Double.pi) + root.logDeterminant
    sweep.setTable(mask.table, lane: latent, to: -0.5 * norm)
    // Rows of the inverse of the lower root, by forward substitution.
    var inverse = Matrix(rows: known.count, columns: known.count)
    var position = mask.root
    for row in known.indices {
      for column in 0...row {
        var value = row == column ? 1.0 : 0
        for inner in column..<max(column, row) {
          value -= root.lower[row, inner] * inverse[inner, column]
        }
        inverse[row, column] = value / root.lower[row, row]
        sweep.setTable(position, lane: latent, to: inverse[row, column])
        position += 1
      }
    }
    guard !mask.missing.isEmpty else { return }
    let cross = whole.part(rows: known, columns: mask.missing)
    let slopes = known.isEmpty ? cross : root.solve(cross)
    for (item, _) in mask.missing.enumerated() {
      for other in known.indices {
        sweep.setTable(
          mask.slopes + item * known.count + other, lane: latent, to: slopes[other, item])
      }
    }
    position = mask.rest
    for (a, first) in mask.missing.enumerated() {
      for b in a..<mask.missing.count {
        var value = whole[first, mask.missing[b]]
        for other in known.indices {
          value -= slopes[other, a] * cross[other, b]
        }
        sweep.setTable(position, lane: latent, to: value)
        position += 1
      }
    }
  }

  /// Means and covariances that fit a block's sums best, prior included.
  func maximiseBlock(_ block: LatentBlockShape) {
    let size = block.size
    let classes = layout.classes
    let offset = layout.offsets[block.factor]
    let imaginary = prior.variances / Double(classes)
    var isCommon = false
    if case .block(_, .equal) = layout.factors[block.factor].kind {
      isCommon = true
    }
    var pooled = Matrix(rows: size, columns: size)
    var pooledWeight = 0.0
    for latent in 0..<classes {
      let weight = totals(block.sum, latent)
      guard weight > 1e-9 else {
        for index in 0..<size {
          image[offset + latent * size + index] = theta[offset + latent * size + index]
        }
        store(covariance(block, latent, in: theta), block, latent)
        continue
      }
      let shifts = (0..<size).map { totals(block.sum + 1 + $0, latent) / weight }
      var squares = Matrix(rows: size, columns: size)
      var position = block.productSum
      for a in 0..<size {
        image[offset + latent * size + a] = theta[offset + latent * size + a] + shifts[a]
        for b in a..<size {
          let value = totals(position, latent) - weight * shifts[a] * shifts[b]
          squares[a, b] = value
          squares[b, a] = value
          position += 1
        }
      }
      for index in pooled.values.indices {
        pooled.values[index] += squares.values[index]
      }
      pooledWeight += weight
      if !isCommon {
        store(bounded(squares, block, imaginary, weight), block, latent)
      }
    }
    if isCommon {
      let common = bounded(pooled, block, prior.variances, pooledWeight)
      for latent in 0..<classes {
        store(common, block, latent)
      }
    }
  }

  /// Sums of squares made a covariance matrix, with the prior and no variance under its floor.
  private func bounded(
    _ squares: Matrix, _ block: LatentBlockShape, _ imaginary: Double, _ weight: Double
  ) -> Matrix {
    var result = squares
    for index in result.values.indices {
      result.values[index] /= weight + imaginary
    }
    for item in 0..<block.size {
      let overall = marginals.variances[block.column + item]
      result[item, item] += imaginary * overall / (weight + imaginary)
      result[item, item] = max(result[item, item], data.columns[block.column + item].floor)
    }
    // Too few respondents for a matrix of full rank: shrink the covariances a little.
    var shrink = 1.0
    while (try? Cholesky(result)) == nil, shrink > 1e-3 {
      shrink *= 0.9
      for a in 0..<block.size {
        for b in 0..<block.size where a != b {
          result[a, b] *= 0.9
        }
      }
    }
    return result
  }

  private func store(_ matrix: Matrix, _ block: LatentBlockShape, _ latent: Int) {
    let size = block.size
    let first = layout.offsets[block.factor] + layout.classes * size + latent * size * size
    for (index, value) in matrix.values.enumerated() {
      image[first + index] = value
    }
  }

  /// Log density of a block's covariances under the prior, but for a constant.
  func logPrior(of block: LatentBlockShape) -> Double {
    guard prior.variances > 0 else { return 0 }
    var result = 0.0
    for latent in 0..<layout.classes {
      guard let root = try? Cholesky(covariance(block, latent, in: theta)) else { continue }
      let inverse = root.inverse()
      var trace = 0.0
      for item in 0..<block.size {
        trace += marginals.variances[block.column + item] * inverse[item, item]
      }
      result -= 0.5 * prior.variances / Double(layout.classes) * (root.logDeterminant + trace)
    }
    return result
  }
}

extension Matrix {
  /// The elements in some rows and columns.
  fileprivate func part(rows: [Int], columns: [Int]) -> Matrix {
    var result = Matrix(rows: rows.count, columns: columns.count)
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() {
        result[i, j] = self[row, column]
      }
    }
    return result
  }
}
