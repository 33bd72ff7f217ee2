import Foundation
import TesseraSegmentation

/// Chooses a number of classes, and says why and how sure it is.
struct ClassChoice {
  /// Which of the fits is chosen.
  private(set) var position: Int
  /// What it is chosen by.
  let rule: CountRule
  private let fits: [LatentClassFit]
  /// Fits with a better criterion that were passed over.
  private let passed: [Int]
  /// For each fit why it is none to choose; `nil` where it may be chosen.
  private let barred: [Bar?]
  /// The fit with the least criterion, where a smaller number is taken instead, and why; `nil` otherwise.
  private let heldBack: (position: Int, why: CountRule.Hold)?

  /// The fit that was chosen before and does not come out again, with its agreement.
  private var unsteady: (position: Int, agreement: Double)?

  /// Takes the number that comes out again, where the one chosen does not.
  mutating func settle(_ replicated: ReplicatedCounts) {
    guard let passed = replicated.passed, let own = replicated.found[passed] else { return }
    (position, unsteady) = (replicated.position, (passed, own.median))
  }

  /// Why a number of segments is none to choose, whatever its criterion.
  private enum Bar: Equatable {
    /// A segment holds nobody, or too few to be told of.
    case few
    /// A segment is those who gave one and the same number to this column.
    case heap(String)
  }

  /// Segments that stand for fewer respondents, or for a smaller share, are hard to describe.
  static let fewest = 30.0
  private static let smallestShare = 0.03

  /// Chooses the least criterion among the fits that answers of this kind can identify.
  ///
  /// Only the design, or a segment that holds nobody or too few to be told of, bars a number of segments;
  /// small segments and what the sample leaves open are doubts. One segment is therefore chosen only where
  /// it has the least criterion of those left.
  ///
  /// - Parameters:
  ///   - fits: One or more, for each number of classes, rising.
  ///   - heads: People behind each row.
  ///   - minimum: People whom a segment must hold to be told of; 1 or less where nothing is hidden.
  ///   - amounts: Columns of so many different numbers that one and the same is a heap, no answer.
  ///   - level: How much of what segments differ by is how high people rate; `nil` where nothing is rated.
  init(
    _ fits: [LatentClassFit], heads: [Double], minimum: Int, amounts: Set<String> = [],
    level: LevelShare? = nil
  ) {
    self.fits = fits
    barred = fits.map { fit in
      if Self.hasEmptyClass(fit, heads: heads, minimum: Double(minimum)) { return .few }
      guard fit.segmentCount > 1 else { return nil }
      return fit.warnings.lazy.compactMap { warning -> Bar? in
        guard case .varianceAtFloor(let item, _) = warning, amounts.contains(item) else {
          return nil
        }
        return .heap(item)
      }.first
    }
    rule = CountRule(fits[0])
    let order = rule.order(fits)
    let barred = barred
    let identified = order.first { fits[$0].identified != false && barred[$0] == nil }
    passed = identified.map { chosen in Array(order.prefix { $0 != chosen }) } ?? []
    let allowed = fits.indices.filter { fits[$0].identified != false && barred[$0] == nil }
    guard identified != nil else {
      (position, heldBack) = (order[0], nil)
      return
    }
    let choice = rule.choice(allowed.map { CountRule.Candidate(fits[$0]) }) { fewer, place in
      level?.share(
        fits[allowed[place]].posteriorMatrix,
        within: fewer.map { fits[allowed[$0]].posteriorMatrix.likeliest })
    }
    position = allowed[choice.position]
    heldBack = choice.hold.map { (allowed[choice.least], $0) }
  }

  /// Whether a class stands for less than one respondent or is the likeliest of too few, which is no
  /// segment.
  private static func hasEmptyClass(
    _ fit: LatentClassFit, heads: [Double], minimum: Double
  ) -> Bool {
    guard fit.segmentCount > 1 else { return false }
    var people = [Double](repeating: 0, count: fit.segmentCount)
    for (row, segment) in fit.posteriorMatrix.likeliest.enumerated() where segment >= 0 {
      people[segment] += heads[row]
    }
    return fit.prevalence.contains { $0 * fit.sampleSize < 1 }
      || people.contains { $0 < max(minimum, 1) }
  }

  /// Whether a number of segments is none to choose, whatever its criterion.
  func isBarred(_ position: Int) -> Bool {
    barred[position] != nil || fits[position].identified == false
  }

  /// Why one group stands for all where a larger number has the better criterion; `nil` where one has.
  var oneGroupWords: String? {
    guard fits[position].segmentCount == 1, let best = passed.first, let bar = barred[best]
    else { return nil }
    switch bar {
    case .few:
      return
        "Do not act on segments yet: the answers show \(fits[best].segmentCount) groups, but one of "
        + "them is too few people to be shown. Results are for everybody."
    case .heap(let item):
      return
        "Do not act on segments yet: with two segments or more, one of them is those who gave one and "
        + "the same number (\(item)). Declare it ordinal (levels: { \(item): ordinal }), or band it, and "
        + "run again. Results are for everybody."
    }
  }

  /// The choice, its reasons and its doubts.
  ///
  /// - Parameters:
  ///   - isFixed: Whether only one number was asked for.
  ///   - evidence: What else was found.
  ///   - crossValidated: Log-likelihood per respondent left out of each fit; empty if not asked.
  /// - Returns: Sentences, the verdict on the number first.
  func sentences(
    isFixed: Bool, evidence: SegmentationEvidence, crossValidated: [Double]
  ) -> [String] {
    let chosen = fits[position]
    var parts = [headline(isFixed: isFixed)]
    if let replication = ReplicationWords.phrase(evidence.counts) { parts.append(replication) }
    if let smallest = chosen.prevalence.last, chosen.segmentCount > 1 {
      parts.append(
        "the smallest segment holds \(decimal(100 * smallest, 0))%")
    }
    var sentences = [parts.joined(separator: "; ") + "."]
    if !isFixed {
      sentences.append(rule.words)
      if let unsteady {
        let more = fits[unsteady.position].segmentCount
        sentences.append(
          "Taken is the largest smaller number that clearly comes out again (agreement of "
            + "\(decimal(SegmentVerdict.steadyBound, 2)) or more); tessera solutions shows the \(more), and "
            + "--take \(more) takes them.")
      }
      switch unsteady == nil ? heldBack?.why : nil {
      case .sure:
        sentences.append(
          "BIC's smaller number is kept where its memberships are sure and those of the larger less so: "
            + "answers that go together within segments, as of people who rate everything a little "
            + "higher, would else be taken for segments.")
      case .level:
        sentences.append(
          "A smaller number is kept where further segments would differ mainly in how high people rate "
            + "everything: that is a way of answering, not another need. Set scale_use: center under "
            + "segments to take it out of the answers.")
      case nil: break
      }
      if rule.usesEffectiveSize {
        let effect = chosen.sampleSize / max(chosen.effectiveSampleSize, 1)
        sentences.append(
          "Unequal weights cost precision (design effect \(decimal(effect, 2))), so the criterion "
            + "counts \(decimal(rule.respondents, 0)) respondents instead of "
            + "\(whole(chosen.sampleSize)).")
      }
      for other in passed { sentences.append(passedOver(other)) }
    }
    if let recovery = evidence.recovery {
      sentences.append(recovery.sentence(chosen.segmentCount))
    }
    sentences += ReplicationWords.sentences(evidence.counts, chosen: chosen.segmentCount)
    sentences += likelihoodRatios(evidence.likelihoodRatios)
    sentences += predicting(crossValidated)
    sentences.append(starts(chosen))
    if let structure = evidence.structure { sentences += structure.sentences }
    sentences += doubts(chosen, isFixed: isFixed, evidence: evidence)
    return sentences
  }

  private func headline(isFixed: Bool) -> String {
    let own = segments(fits[position].segmentCount)
    guard !isFixed else { return "\(own), as asked for" }
    if let unsteady {
      return
        "\(own); \(rule.name) would take \(fits[unsteady.position].segmentCount), but another "
        + "sample would give others (agreement \(decimal(unsteady.agreement, 2)))"
    }
    if let heldBack {
      func sure(_ place: Int) -> String { decimal(fits[place].criteria.entropyR2 ?? 0, 2) }
      let more = fits[heldBack.position].segmentCount
      switch heldBack.why {
      case .sure:
        return "\(own) by BIC; \(rule.name) would cut them into \(more), less "
          + "surely (entropy R² \(sure(heldBack.position)) against \(sure(position)))"
      case .level(let share):
        return
          "\(own); \(rule.name) would cut them into \(more), which differ from one another mainly "
          + "in how high people rate everything (\(decimal(100 * share, 0))% of the difference)"
      }
    }
    let among =
      passed.isEmpty
      ? ""
      : passed.allSatisfy { barred[$0] == .few }
        ? " among those whose segments are large enough to be shown"
        : passed.allSatisfy { barred[$0] != nil }
          ? " among those that may be chosen" : " among the identified models"
    return "\(own) by \(rule.name)\(among)\(runnerUp())"
  }

  private func likelihoodRatios(_ tests: [LikelihoodRatioResult]) -> [String] {
    if let few = tests.first?.sets, few < LikelihoodRatioResult.fewestSets {
      return [
        "The bootstrap likelihood-ratio test cannot speak: \(few) simulated sets never show a p of "
          + "0.05; \(LikelihoodRatioResult.fewestSets) or more do."
      ]
    }
    let own = fits[position].segmentCount
    var sentences: [String] = []
    if let below = tests.first(where: { $0.segments + 1 == own }) {
      sentences.append(
        "The bootstrap likelihood-ratio test \(below.pValue <= 0.05 ? "asks for" : "does not need") "
          + "\(own) rather than \(own - 1) (p \(decimal(below.pValue, 3)), \(below.sets) sets).")
    }
    if let above = tests.first(where: { $0.segments == own }) {
      sentences.append(
        above.pValue <= 0.05
          ? "Doubt: the same test would go on to \(own + 1) (p \(decimal(above.pValue, 3)))."
          : "The same test sees no need for \(own + 1) (p \(decimal(above.pValue, 3))).")
    }
    return sentences
  }

  private func predicting(_ crossValidated: [Double]) -> [String] {
    guard crossValidated.count > 1,
      let best = crossValidated.indices.max(by: {
        (crossValidated[$0], -$0) < (crossValidated[$1], -$1)
      })
    else { return [] }
    let own = fits[position].segmentCount
    let count = fits[best].segmentCount
    return [
      count == own
        ? "Held-out respondents are also predicted best with \(own) (cross-validated likelihood)."
        : "Doubt: held-out respondents are predicted best with \(count) (cross-validated "
          + "likelihood \(decimal(crossValidated[best], 3)) each, against "
          + "\(decimal(crossValidated[position], 3)))."
    ]
  }

  private func segments(_ count: Int) -> String {
    count == 1 ? "One segment" : "\(count) segments"
  }

  private func runnerUp() -> String {
    let own = rule.value(of: fits[position])
    guard let next = rule.order(fits).first(where: { $0 != position && !passed.contains($0) })
    else { return "" }
    let gap = rule.value(of: fits[next]) - own
    return " (\(fits[next].segmentCount) is \(decimal(gap, gap < 10 ? 1 : 0)) worse"
      + "\(gap < 2 ? ": hardly a difference" : ""))"
  }

  private func passedOver(_ position: Int) -> String {
    let fit = fits[position]
    if let bar = barred[position] {
      let reason =
        switch bar {
        case .few: "would hold too few people to be shown"
        case .heap(let item): "is those who gave one and the same number to \(item)"
        }
      return "\(rule.name) is lower with \(fit.segmentCount) segments "
        + "(\(decimal(rule.value(of: fit), 1))), but one of them \(reason)."
    }
    var reason = "the model with \(fit.segmentCount) segments is not identified"
    if case .notIdentified(let rank, let parameters) = fit.identifiability {
      reason += ": such questions determine \(rank) of its \(parameters) parameters"
    }
    let value = rule.value(of: fit)
    return "\(rule.name) is lower with \(fit.segmentCount) segments (\(decimal(value, 1))), "
      + "but \(reason)."
  }

  /// A number of people, of whom fewer than ten are not counted.
  private func people(_ count: Double) -> String { count < 10 ? "under 10" : decimal(count, 0) }

  private func tiny(_ fit: LatentClassFit) -> String? {
    let bound = max(Self.fewest, Self.smallestShare * fit.sampleSize)
    let small = fit.prevalence.indices.filter {
      (fit.prevalence[$0] * fit.sampleSize).rounded() < bound
    }
    guard fit.segmentCount > 1, !small.isEmpty else { return nil }
    let names = ReplicationWords.list(small.map { "S\($0 + 1)" })
    let sizes = ReplicationWords.list(small.map { people(fit.prevalence[$0] * fit.sampleSize) })
    return "Doubt: \(names) "
      + "\(small.count == 1 ? "holds" : "hold") about \(sizes) respondents, fewer than the "
      + "\(decimal(bound.rounded(.up), 0)) a segment needs to be described; try fewer segments."
  }

  private func starts(_ fit: LatentClassFit) -> String {
    guard fit.segmentCount > 1 else { return "A single segment needs no search." }
    return "The best optimum was found by \(fit.starts.reachedBest) of the starts carried to the "
      + "end, \(fit.starts.run) starts in all."
  }

  private func doubts(
    _ fit: LatentClassFit, isFixed: Bool, evidence: SegmentationEvidence
  ) -> [String] {
    var doubts: [String] = []
    if fit.segmentCount > 1, fit.starts.reachedBest < 2 {
      doubts.append("Doubt: only one start found it, so a better solution may exist.")
    }
    if fit.identified == false {
      doubts.append(
        "Doubt: the model with \(fit.segmentCount) segments is not identified; other segments fit "
          + "the answers equally well.")
    }
    if let tiny = tiny(fit) { doubts.append(tiny) }
    doubts += evidence.doubts.sentences
    doubts += ReplicationWords.doubts(evidence.counts, chosen: fit.segmentCount)
    if let entropy = fit.criteria.entropyR2, entropy < 0.6 {
      doubts.append(
        "Doubt: memberships are unsure (entropy R² \(decimal(entropy, 2))); about "
          + "\(decimal(100 * fit.criteria.classificationError, 0))% of respondents would be "
          + "placed in another segment than their own.")
    }
    if let tie = evidence.residuals.striking.first {
      let others = evidence.residuals.striking.count - 1
      let alike =
        others > 1
        ? ", as are \(others) other pairs" : others == 1 ? ", as is another pair" : ""
      doubts.append(
        "Doubt: \(tie.first) and \(tie.second) are still correlated within segments (residual "
          + "\(decimal(tie.statistic, 1)))\(alike); "
          + "part of the segments may be this tie alone.")
    }
    if !isFixed, let other = otherCriteria() { doubts.append(other) }
    if !isFixed, fit.segmentCount == fits.last?.segmentCount, fits.count > 1, passed.isEmpty {
      doubts.append(
        "Doubt: this is the largest number tried, and the criterion was still falling.")
    }
    return doubts
  }
}

extension ClassChoice {
  /// What other criteria would take, where they differ from the choice.
  fileprivate func otherCriteria() -> String? {
    func best(_ value: (LatentClassFit) -> Double) -> Int {
      fits.min { value($0) < value($1) }?.segmentCount ?? 1
    }
    let own = fits[position].segmentCount
    let bic = best(\.criteria.bic)
    let others = [
      (bic < own ? "BIC, which is more cautious," : "BIC", bic),
      ("ICL, which favours clear-cut segments,", best(\.criteria.icl)),
    ].filter { other in
      // What does not come out again was said.
      other.1 != own && unsteady.map { fits[$0.position].segmentCount != other.1 } ?? true
    }
    guard !others.isEmpty else { return nil }
    return "Doubt: " + others.map { "\($0.0) would take \($0.1)" }.joined(separator: ", ") + "."
  }
}

extension CountRule {
  /// The criterion as sentences call it.
  var name: String {
    usesEffectiveSize ? "\(criterionName) on the effective sample size" : criterionName
  }

  /// What the rule is, for a reader who wants to know.
  var words: String {
    "\(name) is -2 log-likelihood + \(decimal(penalty, 2)) for each parameter: the "
      + "sample-size adjusted BIC (SABIC), but never less than \(decimal(CountRule.least, 1))."
  }
}

/// A number with so many decimals.
func decimal(_ value: Double, _ digits: Int) -> String {
  String(format: "%.\(digits)f", value)
}
