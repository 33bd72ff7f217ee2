import Foundation
import TesseraMath

/// Draws answers from a model, with what does not change from draw to draw worked out once.
struct LatentDrawing {
  private let scores: LatentScores
  /// How each factor is drawn.
  private let forms: [Form]
  /// Chances of categories: for each factor that has them, classes x categories.
  private let chances: [Double]

  private enum Form {
    /// Categories whose chances begin at `first`, in so many a class.
    case categories(first: Int, count: Int)
    /// The same of two items, the second with `width` categories.
    case pair(first: Int, count: Int, width: Int)
    case normal(offset: Int, column: Int)
    case poisson(offset: Int, column: Int)
    case block(offset: Int, size: Int, column: Int)
  }

  init(_ scores: LatentScores) {
    self.scores = scores
    let layout = scores.layout
    var chances: [Double] = []
    forms = layout.factors.indices.map { place in
      let factor = layout.factors[place]
      let offset = layout.offsets[place]
      let first = chances.count
      switch factor.kind {
      case .categorical(let count):
        chances += scores.theta[offset..<offset + layout.classes * count]
        return .categories(first: first, count: count)
      case .adjacent(let given):
        for latent in 0..<layout.classes {
          chances += scores.adjacentChances(offset, given, latent)
        }
        return .categories(first: first, count: given.count)
      case .pair(let a, let b):
        chances += scores.theta[offset..<offset + layout.classes * a * b]
        return .pair(first: first, count: a * b, width: b)
      case .normal: return .normal(offset: offset, column: factor.firstColumn)
      case .poisson: return .poisson(offset: offset, column: factor.firstColumn)
      case .block(let size, _):
        return .block(offset: offset, size: size, column: factor.firstColumn)
      }
    }
    self.chances = chances
  }

  /// Draws answers from the model, a full set; the design row stays.
  ///
  /// - Returns: The class drawn from.
  @discardableResult
  func draw(_ answers: inout LatentAnswers, _ stream: inout RandomStream) -> Int {
    let latent = stream.categorical(scores.sizes(answers))
    let theta = scores.theta
    for position in forms.indices {
      switch forms[position] {
      case .categories(let first, let count):
        let own = first + latent * count
        answers.codes[position] = 1 + stream.categorical(chances[own..<own + count])
      case .pair(let first, let count, let width):
        let own = first + latent * count
        let cell = stream.categorical(chances[own..<own + count])
        answers.codes[position] = (cell / width + 1) * (width + 1) + cell % width + 1
      case .normal(let offset, let column):
        let deviation = theta[offset + scores.layout.classes + latent].squareRoot()
        answers.numbers[column] = theta[offset + latent] + deviation * stream.normal()
      case .poisson(let offset, let column):
        answers.numbers[column] = Double(stream.poisson(mean: theta[offset + latent]))
      case .block(let offset, let size, let column):
        drawBlock(&answers, column, offset, size, latent, &stream)
      }
    }
    return latent
  }

  private func drawBlock(
    _ answers: inout LatentAnswers, _ column: Int, _ offset: Int, _ size: Int, _ latent: Int,
    _ stream: inout RandomStream
  ) {
    let theta = scores.theta
    let base = offset + scores.layout.classes * size + latent * size * size
    let covariance = Matrix(
      rows: size, columns: size, values: Array(theta[base..<base + size * size]))
    guard let root = (try? Cholesky(covariance))?.lower else { return }
    let normals = stream.normals(size)
    for a in 0..<size {
      var value = theta[offset + latent * size + a]
      for b in 0...a {
        value += root[a, b] * normals[b]
      }
      answers.numbers[column + a] = value
    }
  }
}
