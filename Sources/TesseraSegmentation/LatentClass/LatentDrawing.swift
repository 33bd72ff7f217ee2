import TesseraMath

/// Draws answers from a model, with what does not change from draw to draw worked out once.
struct LatentDrawing {
  private let scores: LatentScores
  /// Chances of the answers, by class and factor.
  private let chances: [[[Double]]]

  init(_ scores: LatentScores) {
    self.scores = scores
    chances = scores.places.map { $0.map { $0.factor.family.drawingChances($0) } }
  }

  /// Draws answers from the model, a full set; the design row stays.
  ///
  /// - Returns: The class drawn from.
  @discardableResult
  func draw(_ answers: inout LatentAnswers, _ stream: inout RandomStream) -> Int {
    let latent = stream.categorical(scores.sizes(answers))
    for (place, chances) in zip(scores.places[latent], chances[latent]) {
      place.factor.family.draw(place, chances, into: &answers, &stream)
    }
    return latent
  }
}
