import TesseraMath

extension LatentClass {
  /// Log-likelihood per respondent of answers left out, in nats: how well a number of segments
  /// foretells people it has not seen.
  ///
  /// Each fold is fitted from the whole sample's fit and from starts of its own.
  ///
  /// - Parameters:
  ///   - fit: The fit to all respondents.
  ///   - data: The table it was fitted to, made ready.
  ///   - folds: Number of parts, 2 or more.
  /// - Returns: Weighted mean log-likelihood of the respondents left out.
  /// - Throws: ``SegmentationError`` if the settings do not go with the table.
  /// - Reference: Smyth (2000), *Statistics and Computing* 10, 63-72,
  ///   doi:10.1023/A:1008940618127.
  public func crossValidatedLogLikelihood(
    _ fit: LatentClassFit, on data: LatentClassData, folds: Int = 10
  ) throws(SegmentationError) -> Double {
    guard folds >= 2 else {
      throw .badSetting(name: "folds", value: Double(folds), remedy: "Ask for 2 or more.")
    }
    let rows = data.table.respondentCount
    let weights = data.table.weights.effective(count: rows)
    let isFrequency = data.table.weights.kind == .frequency
    let parts = CrossValidation.parts(
      weights, folds: folds, isFrequency: isFrequency, stream: stream.split(55))
    let sums = try workers.tryMap(folds) { fold throws(SegmentationError) in
      let held = data.gather(parts[fold])
      // What rounding leaves of a weight held out in full is nothing.
      let training = data.gather(
        zip(weights, parts[fold]).map { $0 - $1 > 1e-9 * $0 ? $0 - $1 : 0 })
      var settings = self
      settings.segments = fit.segmentCount
      settings.starts = .fixed(8)
      settings.workers = .single
      settings.progress = .silent
      settings.stream = stream.split(56).split(fold)
      let search = LatentSearch(data: data, settings: settings, weights: training)
      let hint = try fit.model.parameters(for: data, layout: search.layout)
      let scored = search.run(hints: [hint]).em.score()
      var sum = 0.0
      for (pattern, weight) in held.enumerated() where weight > 0 {
        sum += weight * (scored.logLikelihoods[pattern] + data.constant(of: pattern))
      }
      return sum
    }
    return sums.reduce(0, +) / weights.reduce(0, +)
  }
}

/// The parting of respondents into folds.
private enum CrossValidation {
  /// For each fold, the part of each row's weight that is left out.
  static func parts(
    _ weights: [Double], folds: Int, isFrequency: Bool, stream: RandomStream
  ) -> [[Double]] {
    var stream = stream
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: weights.count), count: folds)
    // Folds of equal size: the respondents in random order are dealt out in turn.
    var order: [Int] = []
    for (row, weight) in weights.enumerated() where weight > 0 {
      order += [Int](repeating: row, count: isFrequency ? max(1, Int(weight.rounded())) : 1)
    }
    stream.shuffle(&order)
    for (turn, row) in order.enumerated() {
      let share =
        isFrequency ? weights[row] / max(1, weights[row].rounded()) : weights[row]
      result[turn % folds][row] += share
    }
    return result
  }
}
