import Foundation
import TesseraDesign
import TesseraMath

/// Numbers that vary together within a class, with a full covariance matrix.
struct BlockFamily: Family {
  let size: Int
  let variance: Item.VarianceForm

  var columns: Int { size }
  var isBounded: Bool { variance == .equal }
  var tables: [ParameterTable.Form] {
    [.init(width: size, scale: .follow), .init(width: size * size, scale: .follow)]
  }
  private var products: Int { size * (size + 1) / 2 }
  func ownFree(latent: Int) -> Int { size + (variance == .perClass ? products : 0) }
  var sharedFree: Int { variance == .equal ? products : 0 }

  /// Covariance matrix of one class.
  private func covariance(_ factor: LatentFactor, _ latent: Int, in numbers: [Double]) -> Matrix {
    Matrix(rows: size, columns: size, values: Array(numbers[factor.tables[1].row(latent)]))
  }

  func fillNumbers(_ factor: LatentFactor, _ em: EM, of sweep: any LatentSweeping) {
    let block = em.shape.block(of: factor)
    for latent in 0..<em.layout.classes {
      for (item, index) in factor.table.row(latent).enumerated() {
        sweep.setTable(block.means + item, lane: latent, to: em.theta[index])
      }
      let whole = covariance(factor, latent, in: em.theta)
      for mask in block.masks {
        mask.fill(whole, latent, of: sweep)
      }
    }
  }

  func maximise(_ factor: LatentFactor, _ em: EM) {
    let block = em.shape.block(of: factor)
    let classes = em.layout.classes
    let imaginary = em.prior.variances / Double(classes)
    func store(_ matrix: Matrix, _ latent: Int) {
      for (index, value) in zip(factor.tables[1].row(latent), matrix.values) {
        em.image[index] = value
      }
    }
    var pooled = Matrix(rows: size, columns: size)
    var pooledWeight = 0.0
    for latent in 0..<classes {
      let weight = em.totals(block.sum, latent)
      let means = factor.table.row(latent)
      guard weight > 1e-9 else {
        for index in means { em.image[index] = em.theta[index] }
        store(covariance(factor, latent, in: em.theta), latent)
        continue
      }
      let shifts = (0..<size).map { em.totals(block.sum + 1 + $0, latent) / weight }
      for (index, shift) in zip(means, shifts) { em.image[index] = em.theta[index] + shift }
      var squares = Matrix(rows: size, columns: size)
      var position = block.productSum
      for a in 0..<size {
        for b in a..<size {
          let value = em.totals(position, latent) - weight * shifts[a] * shifts[b]
          squares[a, b] = value
          squares[b, a] = value
          position += 1
        }
      }
      for index in pooled.values.indices {
        pooled.values[index] += squares.values[index]
      }
      pooledWeight += weight
      if variance == .perClass {
        store(bounded(squares, factor, em, imaginary, weight), latent)
      }
    }
    if variance == .equal {
      let common = bounded(pooled, factor, em, em.prior.variances, pooledWeight)
      for latent in 0..<classes { store(common, latent) }
    }
  }

  /// Sums of squares made a covariance matrix, with the prior and no variance under its floor.
  private func bounded(
    _ squares: Matrix, _ factor: LatentFactor, _ em: EM, _ imaginary: Double, _ weight: Double
  ) -> Matrix {
    var result = squares
    for index in result.values.indices {
      result.values[index] /= weight + imaginary
    }
    for item in 0..<size {
      let overall = em.marginals.variances[factor.firstColumn + item]
      result[item, item] += imaginary * overall / (weight + imaginary)
      result[item, item] = max(result[item, item], em.data.columns[factor.firstColumn + item].floor)
    }
    // Too few respondents for a matrix of full rank: shrink the covariances a little.
    var shrink = 1.0
    while (try? Cholesky(result)) == nil, shrink > 1e-3 {
      shrink *= 0.9
      for a in 0..<size {
        for b in 0..<size where a != b {
          result[a, b] *= 0.9
        }
      }
    }
    return result
  }

  func addLogPrior(_ factor: LatentFactor, _ em: EM, to result: inout Double) {
    guard em.prior.variances > 0 else { return }
    var density = 0.0
    for latent in 0..<em.layout.classes {
      guard let root = try? Cholesky(covariance(factor, latent, in: em.theta)) else { continue }
      let inverse = root.inverse()
      var trace = 0.0
      for item in 0..<size {
        trace += em.marginals.variances[factor.firstColumn + item] * inverse[item, item]
      }
      density -=
        0.5 * em.prior.variances / Double(em.layout.classes) * (root.logDeterminant + trace)
    }
    result += density
  }

  func start(
    _ factor: LatentFactor, _ em: EM, weights: (_ latent: Int, _ cells: [Int]) -> [Double],
    number: (_ latent: Int, _ column: Int) -> Double
  ) {
    for latent in 0..<em.layout.classes {
      for (item, index) in factor.table.row(latent).enumerated() {
        em.theta[index] = number(latent, factor.firstColumn + item)
      }
      for (place, index) in factor.tables[1].row(latent).enumerated() {
        let (a, b) = (place / size, place % size)
        em.theta[index] = a == b ? em.marginals.variances[factor.firstColumn + a] : 0
      }
    }
  }

  func split(
    _ factor: LatentFactor, _ em: EM, class chosen: Int, into added: Int,
    _ stream: inout RandomStream
  ) {
    for item in 0..<size {
      let variance = em.theta[factor.tables[1].index(chosen, item * size + item)]
      let move = 0.7 * variance.squareRoot() * stream.normal()
      let middle = em.theta[factor.table.index(chosen, item)]
      em.theta[factor.table.index(added, item)] = middle - move
      em.theta[factor.table.index(chosen, item)] = middle + move
    }
    for (from, to) in zip(factor.tables[1].row(chosen), factor.tables[1].row(added)) {
      em.theta[to] = em.theta[from]
    }
  }

  func scatter(
    _ factor: LatentFactor, _ em: EM, into theta: inout [Double], _ stream: inout RandomStream
  ) {
    let classes = em.layout.classes
    for index in factor.table.all(classes: classes) { theta[index] = stream.normal() }
    var matrix = [Double](repeating: 0, count: size * size)
    for latent in 0..<classes {
      if latent == 0 || variance == .perClass {
        // A common part and parts of their own: positive definite whatever is drawn.
        let common = (0..<size).map { _ in 0.8 * (stream.uniform() - 0.5) }
        for row in 0..<size {
          for column in 0..<size {
            matrix[row * size + column] =
              common[row] * common[column] + (row == column ? 0.5 + stream.uniform() : 0)
          }
        }
      }
      theta.replaceSubrange(factor.tables[1].row(latent), with: matrix)
    }
  }

  func distributions(_ factor: LatentFactor, _ em: EM) -> [ItemModel.Distribution] {
    let block = block(factor, em)
    return (0..<size).map { position in
      .normal(
        means: block.means.map { $0[position] },
        variances: block.covariances.map { $0[position * size + position] })
    }
  }

  private func columns(_ factor: LatentFactor, _ all: [LatentColumn]) -> ArraySlice<LatentColumn> {
    all[factor.firstColumn..<factor.firstColumn + size]
  }

  /// The covariances that a model holds.
  func block(_ factor: LatentFactor, _ em: EM) -> CovarianceBlock {
    let classes = em.layout.classes
    let columns = Array(columns(factor, em.data.columns))
    let means = em.theta.rows(of: factor.table, classes: classes).map { row in
      zip(row, columns).map { $1.center + $1.scale * $0 }
    }
    let covariances = em.theta.rows(of: factor.tables[1], classes: classes).map { matrix in
      matrix.enumerated().map { position, value in
        value * columns[position / size].scale * columns[position % size].scale
      }
    }
    return CovarianceBlock(items: factor.items, means: means, covariances: covariances)
  }

  func numbers(
    _ factor: LatentFactor, in model: LatentClassModel, _ columns: [LatentColumn]
  ) -> [Double]? {
    guard let block = model.blocks.first(where: { $0.items == factor.items }) else { return nil }
    let columns = Array(self.columns(factor, columns))
    return block.means.flatMap { row in
      zip(row, columns).map { ($0 - $1.center) / $1.scale }
    }
      + block.covariances.flatMap { matrix in
        matrix.enumerated().map { position, value in
          value / (columns[position / size].scale * columns[position % size].scale)
        }
      }
  }

  /// The items that were answered, their distances from the means, and the root of their covariance.
  private func answered(
    _ at: FactorInClass, _ answers: LatentAnswers
  ) -> (items: [Int], gaps: [Double], root: Cholesky)? {
    let first = at.factor.firstColumn
    let known = (0..<size).filter { !answers.numbers[first + $0].isNaN }
    let part = covariance(at.factor, at.latent, in: at.theta).part(rows: known, columns: known)
    guard !known.isEmpty, let root = try? Cholesky(part) else { return nil }
    let means = at.row()
    return (known, known.map { answers.numbers[first + $0] - means[$0] }, root)
  }

  func logChance(_ at: FactorInClass, _ answers: LatentAnswers) -> Double {
    guard let known = answered(at, answers) else { return 0 }
    let square = dot(known.gaps, known.root.solve(known.gaps))
    let norm = Double(known.items.count) * log(2 * Double.pi) + known.root.logDeterminant
    return -0.5 * (norm + square)
  }

  /// Derivatives by the means and covariances, of the part that was answered.
  func score(_ at: FactorInClass, _ answers: LatentAnswers, into row: inout [Double]) {
    guard let known = answered(at, answers) else { return }
    let inverse = known.root.inverse()
    let pulls = inverse.multiplied(by: known.gaps)
    for (i, a) in known.items.enumerated() {
      row[at.start + a] = pulls[i]
      for (j, b) in known.items.enumerated() where b >= a {
        let before: Int = a * size - a * (a - 1) / 2
        let half: Double = 0.5 * (pulls[i] * pulls[j] - inverse[i, j])
        row[at.start + size + before + (b - a)] = a == b ? half : 2 * half
      }
    }
  }

  /// Nothing: where there is a block, the outer product of the scores stands for the information.
  func addInformation(_ at: FactorInClass, _ em: EM, to result: inout Matrix) {}

  func gradients(
    _ at: FactorInClass, of item: ItemModel, member: Int, _ data: LatentClassData
  ) -> [FamilyGradient] {
    [
      FamilyGradient(
        value: item.means[at.latent], scale: .plain,
        slopes: [(at.columns[member], data.columns[at.factor.firstColumn + member].scale)])
    ]
  }

  func draw(
    _ at: FactorInClass, _ chances: [Double], into answers: inout LatentAnswers,
    _ stream: inout RandomStream
  ) {
    guard let root = (try? Cholesky(covariance(at.factor, at.latent, in: at.theta)))?.lower else {
      return
    }
    let normals = stream.normals(size)
    for (a, mean) in at.row().enumerated() {
      var value = mean
      for b in 0...a {
        value += root[a, b] * normals[b]
      }
      answers.numbers[at.factor.firstColumn + a] = value
    }
  }
}
