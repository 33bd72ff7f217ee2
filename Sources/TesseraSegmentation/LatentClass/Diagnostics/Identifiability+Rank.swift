import Foundation
import TesseraMath

extension Identifiability {
  /// Most free parameters for which the rank is worked out unasked.
  private static let largest = 300

  /// Random points inside the parameter space that are looked at before a model is barred.
  private static let points = 3

  /// Judges the design: whether answers of this kind can determine so many segments at all.
  ///
  /// The rank is that of the derivatives of all pattern chances, or of simulated respondents five
  /// times as many as parameters, at random points well inside the parameter space. It is the same
  /// at almost every point, so the first of full rank settles it. The estimate is never looked at:
  /// near certain memberships make derivatives vanish there, however well the answers determine it.
  ///
  /// - Reference: Goodman (1974), *Biometrika* 61(2), 215-231, section 5; Allman, Matias & Rhodes
  ///   (2009), *Ann. Statist.* 37(6A), 3099-3132, doi:10.1214/09-AOS689.
  init(_ em: EM) {
    let free = em.layout.freeParameters
    guard free <= Identifiability.largest else {
      self = .notChecked(
        reason: "more than \(Identifiability.largest) parameters; ask for it if it matters")
      return
    }
    var judged = Identifiability.notChecked(reason: "the derivatives could not be decomposed")
    for point in 0..<Identifiability.points {
      let found = Identifiability.rank(em, point: point)
      if case .identified = found {
        self = found
        return
      }
      judged = Identifiability.fuller(judged, found)
    }
    self = judged
  }

  private static func fuller(
    _ one: Identifiability, _ other: Identifiability
  ) -> Identifiability {
    guard case .notIdentified(let rank, _) = one else { return other }
    guard case .notIdentified(let others, _) = other else { return one }
    return others > rank ? other : one
  }

  private static func rank(_ em: EM, point: Int) -> Identifiability {
    var stream = RandomStream(seed: 0xC0FFEE).split(point)
    let theta = em.randomInterior(&stream)
    let scores = LatentScores(data: em.data, layout: em.layout, theta: theta)
    let rows = derivatives(em, scores)
    guard let decomposition = try? SingularValues(rows) else {
      return .notChecked(reason: "the derivatives could not be decomposed")
    }
    let values = decomposition.values
    let rank = values.count { $0 > 1e-8 * (values.first ?? 0) }
    return rank >= scores.count
      ? .identified(rank: rank) : .notIdentified(rank: rank, parameters: scores.count)
  }

  /// Derivatives of log chances, each row times the root of its chance or drawn by its chance.
  private static func derivatives(_ em: EM, _ scores: LatentScores) -> Matrix {
    let data = em.data
    let layout = em.layout
    let patterns = layout.factors.reduce(1.0) { product, factor in
      factor.isLookup && data.covariateCount == 0
        ? product * Double(answeredCodes(of: factor).count) : .infinity
    }
    let drawing = LatentDrawing(scores)
    var stream = RandomStream(seed: 0x5EED)
    let wanted = 5 * scores.count + 20
    let isWhole = patterns <= Double(max(wanted, 4096))
    let count = isWhole ? Int(patterns) : wanted
    var result = Matrix(rows: count, columns: scores.count)
    var buffer = [Double](repeating: 0, count: scores.widestClass)
    var row = [Double](repeating: 0, count: scores.count)
    for index in 0..<count {
      var answers = LatentAnswers(pattern: stream.below(max(1, em.patterns)), of: data)
      if isWhole {
        var rest = index
        for (position, factor) in layout.factors.enumerated() {
          let codes = answeredCodes(of: factor)
          answers.codes[position] = codes[rest % codes.count]
          rest /= codes.count
        }
      } else {
        drawing.draw(&answers, &stream)
      }
      let logs = scores.logChances(answers)
      let norm = logSumExp(logs)
      scores.score(
        answers, posterior: logs.map { exp($0 - norm) }, buffer: &buffer, into: &row)
      let scale = isWhole ? exp(0.5 * norm) : 1
      for column in row.indices {
        result[index, column] = scale * row[column]
      }
    }
    return result
  }

  private static func answeredCodes(of factor: LatentFactor) -> [Int] {
    if case .pair(let a, let b) = factor.kind {
      return (1...a).flatMap { first in (1...b).map { first * (b + 1) + $0 } }
    }
    return Array(1..<max(2, factor.cells))
  }
}

extension EM {
  /// A random point well inside the parameter space: two answers have chances of .2 to .8.
  fileprivate func randomInterior(_ stream: inout RandomStream) -> [Double] {
    var result = theta
    let classes = layout.classes
    func chances(_ count: Int) -> [Double] {
      if count == 2 {
        let first = 0.2 + 0.6 * stream.uniform()
        return [first, 1 - first]
      }
      let drawn = (0..<count).map { _ in 0.2 + 0.6 * stream.uniform() }
      let sum = drawn.reduce(0, +)
      return drawn.map { $0 / sum }
    }
    func put(_ values: [Double], at start: Int) {
      result.replaceSubrange(start..<start + values.count, with: values)
    }
    put(chances(classes), at: 0)
    let width = layout.designWidth
    for index in 0..<classes * width {
      result[layout.membership + index] = index < width ? 0 : 0.5 * stream.normal()
    }
    for (factor, offset) in zip(layout.factors, layout.offsets) {
      switch factor.kind {
      case .categorical(let size):
        for latent in 0..<classes { put(chances(size), at: offset + latent * size) }
      case .adjacent(let scores):
        let reach = max(1e-9, (scores.max() ?? 1) - (scores.min() ?? 0))
        put(
          scores.indices.map { $0 == 0 ? 0 : 0.4 * (stream.uniform() - 0.5) }, at: offset)
        put(
          (0..<classes).map { $0 == 0 ? 0 : 2.4 / reach * (stream.uniform() - 0.5) },
          at: offset + scores.count)
      case .pair(let a, let b):
        putPairs(a, b, at: offset, &result, &stream)
      case .normal(let form):
        put((0..<classes).map { _ in stream.normal() }, at: offset)
        var spreads = (0..<classes).map { _ in 0.5 + stream.uniform() }
        if form == .equal { spreads = spreads.map { _ in spreads[0] } }
        put(spreads, at: offset + classes)
      case .poisson:
        let mean = max(marginals.means[factor.firstColumn], 0.5)
        put((0..<classes).map { _ in mean * (0.5 + stream.uniform()) }, at: offset)
      case .block(let size, let form):
        put((0..<classes * size).map { _ in stream.normal() }, at: offset)
        var matrix = [Double](repeating: 0, count: size * size)
        for latent in 0..<classes {
          if latent == 0 || form == .perClass {
            // A common part and parts of their own: positive definite whatever is drawn.
            let common = (0..<size).map { _ in 0.8 * (stream.uniform() - 0.5) }
            for row in 0..<size {
              for column in 0..<size {
                matrix[row * size + column] =
                  common[row] * common[column] + (row == column ? 0.5 + stream.uniform() : 0)
              }
            }
          }
          put(matrix, at: offset + classes * size + latent * size * size)
        }
      }
    }
    return result
  }

  /// Tables of two tied items: margins by class, the tie common to the classes.
  private func putPairs(
    _ a: Int, _ b: Int, at offset: Int, _ result: inout [Double], _ stream: inout RandomStream
  ) {
    let tie = (0..<a * b).map { _ in exp(0.6 * (stream.uniform() - 0.5)) }
    for latent in 0..<layout.classes {
      let first = (0..<a).map { _ in 0.2 + 0.6 * stream.uniform() }
      let second = (0..<b).map { _ in 0.2 + 0.6 * stream.uniform() }
      let cells = tie.indices.map { tie[$0] * first[$0 / b] * second[$0 % b] }
      let sum = cells.reduce(0, +)
      for (cell, value) in cells.enumerated() {
        result[offset + latent * a * b + cell] = value / sum
      }
    }
  }
}
