import TesseraMath
import TesseraStudy

extension ImprovementSearch {
  /// What a search found, and what it left out.
  public struct Answer: Sendable {
    /// Proposals, best first.
    public let proposals: [Proposal]
    /// What a reader must know of how they were found.
    public let notes: [String]
  }

  /// Marks which proposals may gain most by their errors, and counts in how many resamples each does.
  func counted(
    _ proposals: [Proposal], _ edited: [(product: Int, levels: [Double])]
  ) -> [Proposal] {
    guard proposals.count > 1 else { return proposals }
    let fit = analysis.scorer.scores(edited.map(\.levels)).fit
    let count = fit.columns
    let gains = proposals.indices.map { place in
      (0..<count).map { fit[place, $0] - analysis.scores.fit[edited[place].product, $0] }
    }
    let may = analysis.mayBeFirst(gains, means: proposals.map(\.improvement.gain))
    var told = proposals
    for place in told.indices { told[place].improvement.mayBeFirst = may[place] }
    let weights = ReplicateWeights(analysis.segmented.design)
    guard weights.canDraw, count * proposals.count * Self.resamples <= 400_000_000 else {
      return told
    }
    let root = RandomStream(seed: analysis.settings.seed).split(0x1357)
    let isUsable = analysis.model.respondents.isUsable
    let winners = analysis.settings.workers.map(Self.resamples) { replicate -> Int in
      var stream = root.split(replicate)
      let drawn = weights.draw(&stream)
      var best = (place: 0, sum: -Double.infinity)
      for (place, column) in gains.enumerated() {
        var sum = 0.0
        for row in 0..<count where isUsable[row] { sum += drawn[row] * column[row] }
        if sum > best.sum + 1e-9 { best = (place, sum) }
      }
      return best.place
    }
    for place in told.indices {
      told[place].firstIn = winners.count { $0 == place }
      told[place].firstOf = Self.resamples
    }
    return told
  }

  /// Resamples in which the choice among proposals is repeated.
  static let resamples = 200
}
