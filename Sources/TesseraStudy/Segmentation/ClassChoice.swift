import Foundation
import TesseraSegmentation
import TesseraSurvey

/// Chooses a number of classes, and says why and how sure it is.
struct ClassChoice {
  /// Which of the fits is chosen.
  let position: Int
  private let fits: [LatentClassFit]
  private let usesEffectiveSize: Bool
  /// Fits with a better criterion that were passed over.
  private let passed: [Int]

  /// Segments that stand for fewer respondents cannot be described.
  private static let fewest = 10.0

  /// Chooses the least BIC among the fits that are identified and have no tiny segment.
  ///
  /// - Parameters:
  ///   - fits: One for each number of classes, rising.
  ///   - design: Decides whether the criterion is taken on the effective sample size.
  init(_ fits: [LatentClassFit], design: SurveyDesign) {
    self.fits = fits
    let effect = design.respondents / max(design.effectiveSampleSize, 1)
    let usesEffective = effect > LatentClassRun.designEffectBound
    usesEffectiveSize = usesEffective
    let order = fits.indices.sorted {
      let one = ClassChoice.criterion(fits[$0], usesEffective)
      let other = ClassChoice.criterion(fits[$1], usesEffective)
      return one != other ? one < other : $0 < $1
    }
    let sound = order.first { ClassChoice.isSound(fits[$0]) }
    position = sound ?? order.first ?? 0
    passed = sound.map { chosen in Array(order.prefix { $0 != chosen }) } ?? []
  }

  private static func criterion(_ fit: LatentClassFit, _ usesEffective: Bool) -> Double {
    usesEffective ? fit.criteria.effectiveBIC : fit.criteria.bic
  }

  private static func isSound(_ fit: LatentClassFit) -> Bool {
    guard fit.identified != false else { return false }
    return fit.segmentCount == 1
      || (fit.prevalence.min() ?? 1) * fit.effectiveSampleSize >= fewest
  }

  /// The choice, its reasons and its doubts.
  ///
  /// - Parameters:
  ///   - isFixed: Whether only one number was asked for.
  ///   - stabilities: Median adjusted Rand index of each fit, where known.
  ///   - design: How respondents were drawn.
  /// - Returns: Sentences.
  func sentences(
    isFixed: Bool, stabilities: [Double?], design: SurveyDesign
  ) -> [String] {
    let chosen = fits[position]
    let name = usesEffectiveSize ? "BIC on the effective sample size" : "BIC"
    var sentences: [String] = []
    if isFixed {
      sentences.append("\(segments(chosen.segmentCount)), as asked for.")
    } else {
      sentences.append("\(segments(chosen.segmentCount)) by \(name)\(runnerUp()).")
      if usesEffectiveSize {
        let effect = design.respondents / max(design.effectiveSampleSize, 1)
        sentences.append(
          "Unequal weights cost precision (design effect \(decimal(effect, 2))), so the criterion "
            + "counts \(decimal(design.effectiveSampleSize, 0)) respondents instead of "
            + "\(whole(design.respondents)).")
      }
      for other in passed { sentences.append(passedOver(other)) }
    }
    sentences += stability(stabilities)
    sentences.append(starts(chosen))
    if let smallest = chosen.prevalence.min(), chosen.segmentCount > 1 {
      sentences.append(
        "The smallest segment holds \(decimal(100 * smallest, 0))% "
          + "(about \(decimal(smallest * chosen.sampleSize, 0)) respondents).")
    }
    sentences += doubts(chosen, isFixed: isFixed)
    return sentences
  }

  private func segments(_ count: Int) -> String {
    count == 1 ? "One segment" : "\(count) segments"
  }

  private func runnerUp() -> String {
    let own = Self.criterion(fits[position], usesEffectiveSize)
    let others = fits.indices.filter { $0 != position && !passed.contains($0) }
    guard
      let next = others.min(by: {
        Self.criterion(fits[$0], usesEffectiveSize) < Self.criterion(fits[$1], usesEffectiveSize)
      })
    else { return " (\(decimal(own, 1)))" }
    let gap = Self.criterion(fits[next], usesEffectiveSize) - own
    return " (\(decimal(own, 1)); runner-up \(fits[next].segmentCount), "
      + "\(decimal(gap, 1)) worse\(gap < 2 ? ": hardly a difference" : ""))"
  }

  private func passedOver(_ position: Int) -> String {
    let fit = fits[position]
    let reason =
      fit.identified == false
      ? "the answers do not determine its parameters"
      : "its smallest segment stands for fewer than \(Int(Self.fewest)) respondents"
    return "\(segments(fit.segmentCount)) would have a better criterion, but \(reason)."
  }

  private func stability(_ medians: [Double?]) -> [String] {
    let known = fits.indices.compactMap { place in
      medians[place].map { (count: fits[place].segmentCount, median: $0) }
    }
    guard let own = medians[position] else { return [] }
    let words =
      switch own {
      case 0.8...: "replicates well"
      case 0.65...: "replicates"
      default: "does not replicate well"
      }
    var sentences = [
      "The solution \(words) in bootstrap samples (median adjusted Rand \(decimal(own, 2)))."
    ]
    if known.count > 1 {
      sentences.append(
        "By number of segments: "
          + known.map { "\($0.count): \(decimal($0.median, 2))" }.joined(separator: ", ") + ".")
    }
    return sentences
  }

  private func starts(_ fit: LatentClassFit) -> String {
    guard fit.segmentCount > 1 else { return "A single segment needs no search." }
    return "The best optimum was found by \(fit.starts.reachedBest) of the starts carried to the "
      + "end, \(fit.starts.run) starts in all."
  }

  private func doubts(_ fit: LatentClassFit, isFixed: Bool) -> [String] {
    var doubts: [String] = []
    if fit.segmentCount > 1, fit.starts.reachedBest < 2 {
      doubts.append("Doubt: only one start found it, so a better solution may exist.")
    }
    if fit.identified == false {
      doubts.append("Doubt: other parameters fit the answers equally well (not identified).")
    }
    if let entropy = fit.criteria.entropyR2, entropy < 0.6 {
      doubts.append(
        "Doubt: memberships are unsure (entropy R² \(decimal(entropy, 2))); about "
          + "\(decimal(100 * fit.criteria.classificationError, 0))% of respondents would be "
          + "placed in another segment than their own.")
    }
    if !isFixed, fit.segmentCount == fits.last?.segmentCount, fits.count > 1, passed.isEmpty {
      doubts.append(
        "Doubt: this is the largest number tried, and the criterion was still falling.")
    }
    return doubts
  }
}

/// A number with so many decimals.
func decimal(_ value: Double, _ digits: Int) -> String {
  String(format: "%.\(digits)f", value)
}
