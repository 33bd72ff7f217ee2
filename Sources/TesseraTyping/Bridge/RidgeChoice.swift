import TesseraMath

/// The ridge under which people left out are predicted best.
enum RidgeChoice {
  /// Ridges tried, strongest first: as many people who know nothing.
  static let tried = [1000.0, 300, 100, 30, 10, 3, 1]
  static let foldCount = 4

  /// Chooses a ridge by cross-validated log-likelihood.
  ///
  /// - Parameters:
  ///   - profiles: The columns.
  ///   - assigned: The segment of each respondent.
  ///   - classification: How often assignment errs.
  ///   - weights: What each counts for; 0 for those who take no part.
  ///   - part: A part for each respondent.
  /// - Returns: One of ``tried``.
  static func best(
    _ profiles: MembershipLogit.Profiles, assigned: [Int], classification: Matrix,
    weights: [Double], parts part: [Int]
  ) -> Double {
    var sums = [Double](repeating: 0, count: tried.count)
    for fold in 0..<foldCount {
      let inside = weights.indices.map { part[$0] % foldCount == fold ? 0 : weights[$0] }
      let outside = weights.indices.map { part[$0] % foldCount == fold ? weights[$0] : 0 }
      let segments = classification.rows
      let training = profiles.counts(assigned, segments: segments, weights: inside)
      let testing = profiles.counts(assigned, segments: segments, weights: outside)
      var start: MembershipLogit?
      for (place, ridge) in tried.enumerated() {
        let fit = MembershipLogit(
          profiles, counts: training, classification: classification, ridge: ridge, start: start)
        sums[place] += fit.logLikelihood(
          profiles, counts: testing, classification: classification)
        start = fit
      }
    }
    let best = sums.indices.max { (sums[$0], -$0) < (sums[$1], -$1) } ?? 0
    return tried[best]
  }
}
