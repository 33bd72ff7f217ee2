import Foundation
import TesseraMath

/// Derivatives of the log-likelihood by the free parameters of a model.
///
/// Free parameters are log-ratios against the first class and the likeliest category, means, log
/// variances, log rates, intercepts, slopes and log-odds ratios: scales without borders. Within a
/// class only some of them matter; those stand packed, and `columns` says where they belong.
struct LatentScores {
  let data: LatentClassData
  let layout: ParameterLayout
  let theta: [Double]
  /// Number of free parameters.
  let count: Int
  /// For each class, the free parameter of each packed column.
  let columns: [[Int]]
  /// For each class, the factors as they stand in it.
  let places: [[FactorInClass]]

  init(data: LatentClassData, layout: ParameterLayout, theta: [Double]) {
    self.data = data
    self.layout = layout
    self.theta = theta
    let classes = layout.classes
    var next = (classes - 1) * max(1, layout.designWidth)
    var columns = [[Int]](repeating: Array(0..<next), count: classes)
    var places = [[FactorInClass]](repeating: [], count: classes)
    for factor in layout.factors {
      let starts = columns.map(\.count)
      for latent in 0..<classes {
        let size = factor.family.ownFree(latent: latent)
        columns[latent] += next..<next + size
        next += size
      }
      let shared = factor.family.sharedFree
      for latent in 0..<classes {
        columns[latent] += next..<next + shared
        places[latent].append(
          FactorInClass(
            factor, latent, theta: theta, start: starts[latent],
            columns: Array(columns[latent][starts[latent]...])))
      }
      next += shared
    }
    self.columns = columns
    self.places = places
    count = next
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
    guard width > 0 else { return theta.column(of: layout.sizes, classes: layout.classes) }
    let terms = (0..<layout.classes).map { latent in
      zip(layout.membership.row(latent), answers.design).reduce(0) { $0 + theta[$1.0] * $1.1 }
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
    for place in places[latent] { place.factor.family.score(place, answers, into: &row) }
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

  /// Log of size times chance of the answers, for each class; drops what no class changes.
  func logChances(_ answers: LatentAnswers) -> [Double] {
    let sizes = sizes(answers)
    return (0..<layout.classes).map { latent in
      places[latent].reduce(log(max(sizes[latent], 1e-300))) {
        $0 + $1.factor.family.logChance($1, answers)
      }
    }
  }
}
