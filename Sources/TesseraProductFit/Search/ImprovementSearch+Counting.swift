import TesseraDesign
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

  /// Marks which proposals may gain most by their errors, and counts in how many resamples each comes
  /// first, alone or level with another, in the order that was asked for.
  func counted(
    _ proposals: [Proposal], _ edited: [(product: Int, levels: [Double])], _ order: Order
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
    let means = proposals.map(\.improvement.gain)
    // What a point of each counts for: what costs nothing comes before all that costs something.
    let worths = proposals.map { one in
      order == .gain ? 1 : one.improvement.cost.map { $0 > 0 ? 1 / $0 : 1e9 } ?? 0
    }
    let choices = analysis.settings.workers.map(Self.resamples) { replicate -> [Choice] in
      var stream = root.split(replicate)
      let drawn = weights.draw(&stream)
      var mass = 0.0
      for row in 0..<count where isUsable[row] { mass += drawn[row] }
      var found: [Choice] = []
      for (place, column) in gains.enumerated() {
        var sum = 0.0
        for row in 0..<count where isUsable[row] { sum += drawn[row] * column[row] }
        found.append(
          Choice(place: place, gain: sum / mass, worth: worths[place] * sum / mass))
      }
      // Changes that gain the same come first together.
      let most = found.max { $0.worth < $1.worth }?.worth ?? 0
      return found.filter { $0.worth > most - 1e-9 * max(worths[$0.place], abs(most)) }
    }
    for place in told.indices {
      told[place].firstIn = choices.count { $0.contains { $0.place == place } }
      told[place].firstOf = Self.resamples
    }
    // What the best of a resample seems to gain there, less what it gains in the survey, is how far
    // the best of the survey may be off.
    let errors = choices.compactMap(\.first).map { $0.gain - means[$0.place] }.filter(\.isFinite)
    if let first = means.indices.max(by: {
      (worths[$0] * means[$0], $1) < (worths[$1] * means[$1], $0)
    }),
      errors.count == Self.resamples,
      let ends = Descriptive.quantiles([0.025, 0.975], of: errors.sorted())
    {
      told[first].chosen = (means[first] - ends[1])...(means[first] - ends[0])
    }
    return told
  }

  /// The proposal that comes first in a resample, and what it gains there.
  private struct Choice: Sendable {
    let place: Int
    let gain: Double
    let worth: Double
  }

  /// Resamples in which the choice among proposals is repeated.
  static let resamples = 200
}
