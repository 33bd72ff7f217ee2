import TesseraMath

/// How often the rule for the number of classes finds the number of a model again in surveys drawn
/// from it.
public struct CountRecovery: Sendable, Equatable {
  /// Surveys drawn.
  public let sets: Int
  /// Surveys in which the rule takes the model's own number.
  public let same: Int
  /// Surveys in which it takes fewer.
  public let fewer: Int
  /// Surveys in which it takes more.
  public var more: Int { sets - same - fewer }
}

extension LatentClass {
  /// Draws surveys from a fit's model and looks which number of classes the rule takes.
  ///
  /// One class fewer and one more are tried beside the model's own number. Searches begin at the
  /// model, at the model with a class left out or split, and at two starts of their own.
  /// Respondents keep weights, covariates and gaps.
  ///
  /// - Parameters:
  ///   - fit: The fit.
  ///   - data: The table it was fitted to, made ready.
  ///   - sets: Surveys to draw, 1 or more.
  /// - Returns: How often the number was found again.
  /// - Throws: ``SegmentationError`` if the fit and the data do not go together.
  public func recovery(
    of fit: LatentClassFit, on data: LatentClassData, sets: Int
  ) throws(SegmentationError) -> CountRecovery {
    let root = stream.split(0x5E75)
    let found = try workers.tryMap(sets) { set throws(SegmentationError) in
      let count = try count(inASurveyOf: fit.model, like: data, stream: root.split(set))
      progress.report("surveys drawn from the model", set + 1, sets)
      return count
    }
    let own = fit.segmentCount
    return CountRecovery(
      sets: sets, same: found.count { $0 == own }, fewer: found.count { $0 < own })
  }

  private func count(
    inASurveyOf model: LatentClassModel, like data: LatentClassData, stream: RandomStream
  ) throws(SegmentationError) -> Int {
    var chance = stream
    let drawn = try model.simulate(like: data, stream: &chance).table
    let prepared = try LatentClassData(imitating: data, drawn)
    let weights = prepared.gather(
      prepared.table.weights.effective(count: prepared.table.respondentCount))
    var settings = self
    settings.workers = .single
    settings.progress = .silent
    settings.starts = .fixed(2)
    let rule = CountRule(
      sampleSize: drawn.weights.sampleSize(count: drawn.respondentCount),
      effectiveSampleSize: drawn.weights.effectiveSampleSize(count: drawn.respondentCount))
    let own = model.classCount
    var best = (count: own, value: Double.infinity)
    for count in max(1, own - 1)...(own + 1) where count <= prepared.livePatterns {
      settings.segments = count
      settings.stream = stream.split(count)
      let search = LatentSearch(data: prepared, settings: settings, weights: weights)
      var hints: [[Double]] = []
      if count < own {
        for latent in 0..<own {
          let smaller = model.leavingOut(latent)
          hints.append(try smaller.parameters(for: prepared, layout: search.layout))
        }
      } else if count == own {
        hints.append(try model.parameters(for: prepared, layout: search.layout))
      } else {
        for latent in 0..<min(3, own) {
          hints.append(try search.splitStart(model, class: latent))
        }
      }
      let em = search.run(hints: count == 1 ? [] : hints).em
      let value = rule.value(
        logLikelihood: em.logLikelihood + search.marginals.constant,
        parameters: em.layout.freeParameters)
      if value < best.value { best = (count, value) }
    }
    return best.count
  }
}

extension LatentClassModel {
  /// The model without a class, the others grown in proportion.
  func leavingOut(_ latent: Int) -> LatentClassModel {
    let rest = selecting(classes: (0..<classCount).filter { $0 != latent })
    return LatentClassModel(
      prevalence: rest.prevalence.map { $0 / (1 - prevalence[latent]) }, items: rest.items,
      blocks: rest.blocks, directEffects: rest.directEffects, membership: rest.membership,
      modelledGaps: modelledGaps)
  }
}
