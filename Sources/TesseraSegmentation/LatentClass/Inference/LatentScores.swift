import Foundation
import TesseraMath

/// Derivatives of the log-likelihood by the free parameters of a model.
///
/// Free parameters are log-ratios against the first class and the likeliest category, means, log
/// variances, log rates, intercepts, slopes and log-odds ratios: scales without borders. Within a
/// class only some of them matter; those stand packed, and `columns` says where they belong.
struct LatentScores {
  let data: LatentClassData
  let layout: LatentLayout
  let theta: [Double]
  /// Number of free parameters.
  let count: Int
  /// For each factor and class, the category the others are compared with: the likeliest.
  let references: [[Int]]
  /// For each class, the free parameter of each packed column.
  let columns: [[Int]]
  /// For each factor and class, the first packed column of its own parameters.
  let starts: [[Int]]
  /// For each factor and class, the free parameter of its own first column.
  let firstFree: [[Int]]

  init(data: LatentClassData, layout: LatentLayout, theta: [Double]) {
    self.data = data
    self.layout = layout
    self.theta = theta
    let classes = layout.classes
    var next = (classes - 1) * max(1, layout.designWidth)
    var columns = [[Int]](repeating: Array(0..<next), count: classes)
    var starts: [[Int]] = []
    var firstFree: [[Int]] = []
    references = zip(layout.factors, layout.offsets).map { factor, offset in
      guard case .categorical(let size) = factor.kind else {
        return [Int](repeating: 0, count: classes)
      }
      return (0..<classes).map { latent in
        let first = offset + latent * size
        return (0..<size).reduce(0) { theta[first + $1] > theta[first + $0] ? $1 : $0 }
      }
    }
    for factor in layout.factors {
      starts.append(columns.map(\.count))
      let shared = factor.sharedFree(classes: classes)
      var own: [Int] = []
      for latent in 0..<classes {
        let size = factor.ownFree(latent: latent)
        own.append(next)
        columns[latent] += next..<next + size
        next += size
      }
      for latent in 0..<classes {
        columns[latent] += next..<next + shared
      }
      next += shared
      firstFree.append(own)
    }
    self.columns = columns
    self.starts = starts
    self.firstFree = firstFree
    count = next
  }
}

extension LatentFactor {
  /// Free parameters of one class alone.
  func ownFree(latent: Int) -> Int {
    switch kind {
    case .categorical(let categories): categories - 1
    case .adjacent(let scores): latent > 0 && scores.count > 1 ? 1 : 0
    case .pair(let a, let b): a - 1 + b - 1
    case .normal(.perClass): 2
    case .normal(.equal): 1
    case .poisson: 1
    case .block(let size, .perClass): size + size * (size + 1) / 2
    case .block(let size, .equal): size
    }
  }

  /// Free parameters common to the classes.
  func sharedFree(classes: Int) -> Int {
    switch kind {
    case .adjacent(let scores): scores.count - 1
    case .pair(let a, let b): (a - 1) * (b - 1)
    case .normal(.equal): 1
    case .block(let size, .equal): size * (size + 1) / 2
    default: 0
    }
  }
}

/// One respondent's answers, by factor.
struct LatentAnswers {
  /// The code of each factor; 0 where missing or numeric.
  var codes: [Int]
  /// Standardised numbers by column; NaN where missing.
  var numbers: [Double]
  /// The design row, or empty.
  var design: [Double]

  init(pattern: Int, of data: LatentClassData) {
    codes = [Int](repeating: 0, count: data.factors.count)
    let width = data.groups.count
    for (position, group) in data.groups.enumerated() {
      let code = Int(data.codes[pattern * width + position]) - group.firstCell
      for (member, factor) in group.factors.enumerated() {
        codes[factor] = code / group.strides[member] % data.factors[factor].cells
      }
    }
    numbers = data.columns.indices.map { data.numbers[$0 * data.patternCount + pattern] }
    let designWidth = data.covariateCount > 0 ? data.covariateCount + 1 : 0
    design = Array(data.design[pattern * designWidth..<(pattern + 1) * designWidth])
  }
}

extension LatentScores {
  /// Chances of the classes before the answers.
  func sizes(_ answers: LatentAnswers) -> [Double] {
    let width = layout.designWidth
    guard width > 0 else { return Array(theta[0..<layout.classes]) }
    let terms = (0..<layout.classes).map { latent in
      (0..<width).reduce(0) {
        $0 + theta[layout.membership + latent * width + $1] * answers.design[$1]
      }
    }
    let norm = logSumExp(terms)
    return terms.map { exp($0 - norm) }
  }

  /// Derivatives of a class's complete-data log-likelihood, packed.
  func packed(_ answers: LatentAnswers, latent: Int, sizes: [Double], into row: inout [Double]) {
    for index in columns[latent].indices {
      row[index] = 0
    }
    let width = layout.designWidth
    for other in 1..<max(1, layout.classes) {
      let gap = (other == latent ? 1 : 0) - sizes[other]
      if width == 0 {
        row[other - 1] = gap
      } else {
        for covariate in 0..<width {
          row[(other - 1) * width + covariate] = gap * answers.design[covariate]
        }
      }
    }
    for (position, factor) in layout.factors.enumerated() {
      let start = starts[position][latent]
      let offset = layout.offsets[position]
      let code = answers.codes[position]
      switch factor.kind {
      case .categorical(let categories):
        guard code > 0 else { continue }
        let reference = references[position][latent]
        var column = start
        for category in 0..<categories where category != reference {
          row[column] =
            (category + 1 == code ? 1 : 0) - theta[offset + latent * categories + category]
          column += 1
        }
      case .adjacent(let scores):
        guard code > 0 else { continue }
        let chances = adjacentChances(offset, scores, latent)
        let own = factor.ownFree(latent: latent)
        if own > 0 {
          let mean = zip(chances, scores).reduce(0) { $0 + $1.0 * $1.1 }
          row[start] = scores[code - 1] - mean
        }
        for category in 1..<max(1, scores.count) {
          row[start + own + category - 1] = (category + 1 == code ? 1 : 0) - chances[category]
        }
      case .pair(let a, let b):
        guard code > 0 else { continue }
        let table = Array(theta[offset + latent * a * b..<offset + (latent + 1) * a * b])
        let given = pairShares(table, a, b, code)
        for cell in 0..<a * b {
          let gap = given[cell] - table[cell]
          addPair(gap, cell, a, b, start, to: &row)
        }
      case .normal:
        let value = answers.numbers[factor.firstColumn]
        guard !value.isNaN else { continue }
        let variance = theta[offset + layout.classes + latent]
        let distance = value - theta[offset + latent]
        row[start] = distance / variance
        row[start + 1] = 0.5 * (distance * distance / variance - 1)
      case .poisson:
        let value = answers.numbers[factor.firstColumn]
        guard !value.isNaN else { continue }
        row[start] = value - theta[offset + latent]
      case .block(let size, _):
        blockScores(answers, factor, offset, size, latent, start, into: &row)
      }
    }
  }

  func adjacentChances(_ offset: Int, _ scores: [Double], _ latent: Int) -> [Double] {
    let slope = theta[offset + scores.count + latent]
    let terms = scores.indices.map { theta[offset + $0] + slope * scores[$0] }
    let norm = logSumExp(terms)
    return terms.map { exp($0 - norm) }
  }

  /// Chances of the cells of a pair given what was answered of it.
  func pairShares(_ table: [Double], _ a: Int, _ b: Int, _ code: Int) -> [Double] {
    let first = code / (b + 1)
    let second = code % (b + 1)
    var result = table
    var sum = 0.0
    for cell in result.indices {
      let fitsFirst = first == 0 || cell / b + 1 == first
      let fitsSecond = second == 0 || cell % b + 1 == second
      result[cell] = fitsFirst && fitsSecond ? table[cell] : 0
      sum += result[cell]
    }
    return result.map { sum > 0 ? $0 / sum : 0 }
  }

  /// Adds to the derivatives by a pair's log-ratios and log-odds ratios.
  private func addPair(
    _ gap: Double, _ cell: Int, _ a: Int, _ b: Int, _ start: Int, to row: inout [Double]
  ) {
    let (first, second) = (cell / b, cell % b)
    if first > 0 {
      row[start + first - 1] += gap
    }
    if second > 0 {
      row[start + a - 1 + second - 1] += gap
    }
    if first > 0, second > 0 {
      let firstRatio = start + (a - 1) + (b - 1)
      let ratio = (first - 1) * (b - 1) + (second - 1)
      row[firstRatio + ratio] += gap
    }
  }

  /// Posterior and the observed-data score of one respondent, over all free parameters.
  func score(
    _ answers: LatentAnswers, posterior: [Double], buffer: inout [Double], into row: inout [Double]
  ) {
    for index in row.indices {
      row[index] = 0
    }
    let sizes = sizes(answers)
    for latent in 0..<layout.classes where posterior[latent] > 0 {
      packed(answers, latent: latent, sizes: sizes, into: &buffer)
      for (position, column) in columns[latent].enumerated() {
        row[column] += posterior[latent] * buffer[position]
      }
    }
  }

  var widestClass: Int { columns.map(\.count).max() ?? 0 }

  /// Derivatives by the means and covariances of a block, of the part that was answered.
  private func blockScores(
    _ answers: LatentAnswers, _ factor: LatentFactor, _ offset: Int, _ size: Int, _ latent: Int,
    _ start: Int, into row: inout [Double]
  ) {
    let known = (0..<size).filter { !answers.numbers[factor.firstColumn + $0].isNaN }
    guard !known.isEmpty else { return }
    let base = offset + layout.classes * size + latent * size * size
    var covariance = Matrix(rows: known.count, columns: known.count)
    for (i, a) in known.enumerated() {
      for (j, b) in known.enumerated() {
        covariance[i, j] = theta[base + a * size + b]
      }
    }
    guard let inverse = (try? Cholesky(covariance))?.inverse() else { return }
    let gaps = known.map {
      answers.numbers[factor.firstColumn + $0] - theta[offset + latent * size + $0]
    }
    let pulls = inverse.multiplied(by: gaps)
    for (i, a) in known.enumerated() {
      row[start + a] = pulls[i]
      for (j, b) in known.enumerated() where b >= a {
        let before: Int = a * size - a * (a - 1) / 2
        let position: Int = start + size + before + (b - a)
        let half: Double = 0.5 * (pulls[i] * pulls[j] - inverse[i, j])
        row[position] = a == b ? half : 2 * half
      }
    }
  }
}
