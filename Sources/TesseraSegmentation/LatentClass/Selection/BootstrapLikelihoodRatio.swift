import TesseraMath

/// Whether one segment more is worth it: the likelihood ratio against its distribution under the
/// smaller model.
///
/// - Reference: McLachlan (1987), *JRSS C* 36(3), 318-324, doi:10.2307/2347790; Nylund, Asparouhov &
///   Muthén (2007), *Structural Equation Modeling* 14(4), 535-569,
///   doi:10.1080/10705510701575396.
public struct BootstrapLikelihoodRatio: Sendable, Equatable {
  /// Segments of the smaller model; the larger has one more.
  public let segments: Int
  /// Twice the gain in log-likelihood.
  public let statistic: Double
  /// The same for each simulated set, in the order they were drawn.
  public let simulated: [Double]
  /// (1 + sets with a ratio at least as large) / (sets + 1).
  public var pValue: Double {
    Double(1 + simulated.count { $0 >= statistic }) / Double(simulated.count + 1)
  }
}

extension LatentClass {
  /// Tests a number of segments against one more by simulating from the smaller model.
  ///
  /// Simulated respondents keep weights, covariates and gaps. Each set is fitted from the model it
  /// was drawn from, from that model with its classes split, and from starts of its own.
  ///
  /// - Parameters:
  ///   - smaller: The fit with fewer segments.
  ///   - larger: The fit with one segment more.
  ///   - data: The table both were fitted to, made ready.
  ///   - sets: Number of simulated sets, 1 or more.
  /// - Returns: The statistic, its simulated distribution and the p-value.
  /// - Throws: ``SegmentationError`` if the fits and the data do not go together.
  public func bootstrapTest(
    _ smaller: LatentClassFit, against larger: LatentClassFit, on data: LatentClassData,
    sets: Int = 99
  ) throws(SegmentationError) -> BootstrapLikelihoodRatio {
    guard larger.segmentCount == smaller.segmentCount + 1 else {
      throw .mismatch(
        of: "number of segments", expected: "\(smaller.segmentCount + 1)",
        found: "\(larger.segmentCount)")
    }
    guard sets > 0 else {
      throw .badSetting(name: "bootstrap sets", value: Double(sets), remedy: "Ask for 1 or more.")
    }
    let root = stream.split(77)
    let simulated = try workers.tryMap(sets) { set throws(SegmentationError) in
      let ratio = try ratio(of: smaller.model, like: data, stream: root.split(set))
      progress.report("bootstrap test", set + 1, sets)
      return ratio
    }
    return BootstrapLikelihoodRatio(
      segments: smaller.segmentCount,
      statistic: 2 * (larger.logLikelihood - smaller.logLikelihood), simulated: simulated)
  }

  private func ratio(
    of model: LatentClassModel, like data: LatentClassData, stream: RandomStream
  ) throws(SegmentationError) -> Double {
    var chance = stream
    let drawn = try model.simulate(like: data, stream: &chance).table
    let prepared = try LatentClassData(imitating: data, drawn)
    var settings = self
    settings.workers = .single
    settings.progress = .silent
    settings.stream = stream.split(1)
    settings.starts = .fixed(8)
    settings.segments = model.classCount
    let small = try settings.likelihood(prepared, model)
    settings.segments += 1
    // A set can have too few different respondents for one segment more.
    guard settings.segments <= prepared.livePatterns else { return 0 }
    let large = try settings.likelihood(prepared, model)
    return max(0, 2 * (large - small))
  }

  /// Log-likelihood of the best fit from a model or its splits and from a few starts.
  private func likelihood(
    _ data: LatentClassData, _ model: LatentClassModel
  ) throws(SegmentationError) -> Double {
    let weights = data.gather(data.table.weights.effective(count: data.table.respondentCount))
    let search = LatentSearch(data: data, settings: self, weights: weights)
    var hints: [[Double]] = []
    if model.classCount == segments {
      hints.append(try model.parameters(for: data, layout: search.layout))
    } else {
      for latent in 0..<min(3, model.classCount) {
        hints.append(try search.splitStart(model, class: latent))
      }
    }
    let outcome = search.run(hints: hints)
    return outcome.em.logLikelihood + search.marginals.constant
  }
}
