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
      factor.columns == 0 && data.covariateCount == 0
        ? product * Double(factor.family.answeredCodes.count) : .infinity
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
          let codes = factor.family.answeredCodes
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
}

extension EM {
  /// A random point well inside the parameter space: two answers have chances of .2 to .8.
  fileprivate func randomInterior(_ stream: inout RandomStream) -> [Double] {
    var result = theta
    let classes = layout.classes
    result.replaceSubrange(
      layout.sizes.all(classes: classes),
      with: CategoricalFamily.interiorChances(classes, &stream))
    for (place, index) in layout.membership.all(classes: classes).enumerated() {
      result[index] = place < layout.designWidth ? 0 : 0.5 * stream.normal()
    }
    for factor in layout.factors {
      factor.family.scatter(factor, self, into: &result, &stream)
    }
    return result
  }
}
