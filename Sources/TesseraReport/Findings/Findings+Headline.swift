import Foundation
import TesseraProductFit
import TesseraStudy

/// The first screen, and what each further screen claims, as plain sentences.
extension Findings {
  /// What to do, in one sentence.
  ///
  /// An action is named only where its interval lies above 0 and, if it is the best, above the
  /// runner-up; what is level is said to be level. Where the verdict stops advice it says so.
  public var headline: String {
    if stopsAdvice, let words = results.segmentation.verdict?.words { return Self.short(words) }
    if let few = tooFew { return few }
    guard let fit = results.productFit else { return plan }
    if let validation = results.validation, validation.isContradicted {
      return "Do not act on the fit yet: people did not choose what fits best."
    }
    // A change to what stays behind everywhere is not the first thing to decide.
    if changesStayBehind(fit), let offers = offers(fit) { return offers }
    // Neither is a lower price, which raises every fit.
    let first = ChangeRanking(ownChanges(fit.improvements)).first
    if first.allSatisfy({ isOnlyPrice($0, fit) }), let offers = offers(fit) { return offers }
    return firstChange(fit) ?? nothingFits(fit) ?? offers(fit) ?? plan
  }

  /// Which segments too few people stand behind to act on; `nil` where all have enough.
  var tooFew: String? {
    let segments = results.segmentation.segments
    let small = segments.filter { $0.respondents < TrafficLight.leastBase }
    guard segments.count > 1, !small.isEmpty else { return nil }
    let named =
      small.count > 3
      ? "\(small.count) of \(segments.count) segments" : Findings.list(small.map(\.title))
    let remedy =
      largestCount.map {
        "Take \($0) segments (run again with --take \($0)), each of \(numbers.number(TrafficLight.leastBase)) "
          + "people or more, or ask more people."
      } ?? "Use fewer segments, or ask more people."
    return "Do not act on segments yet: too few people stand behind \(named). \(remedy)"
  }

  /// The largest smaller number of segments tried of which each holds enough people, and which comes
  /// back in other samples as far as that was looked into.
  private var largestCount: Int? {
    let own = results.segmentation
    return own.selection.filter { row in
      guard row.segments > 1, row.segments < own.segments.count,
        (row.stability ?? 1) >= TrafficLight.leastAgreement
      else { return false }
      // Weights make a share another than that of the people asked.
      let bases = results.solutions?.solutions.first { $0.segments == row.segments }?
        .model.result.segments.map(\.respondents)
      return (bases?.min() ?? row.smallestShare * own.respondents) >= TrafficLight.leastBase
    }.map(\.segments).max()
  }

  /// A verdict without its figures, which stand below it.
  private static func short(_ words: String) -> String {
    guard let open = words.range(of: " (agreement"),
      let close = words[open.upperBound...].firstIndex(of: ")")
    else { return words }
    return String(words[..<open.lowerBound] + words[words.index(after: close)...])
  }

  /// What there is to decide: which product goes to whom, and the change that comes first.
  var decisions: [String] {
    guard let fit = results.productFit else {
      return ["Which of the \(results.segmentation.segments.count) segments to plan for."]
    }
    guard results.validation?.isContradicted != true else {
      return ["Find out why people chose otherwise before acting on the fit."]
    }
    let all = [offers(fit), firstChange(fit)].compactMap { $0 }
    return all.isEmpty ? [headline] : all
  }

  /// How far the segments may be relied on.
  public var light: TrafficLight {
    TrafficLight(
      results.segmentation,
      shares: results.segmentation.segments.map { segment in
        results.profiles.segments.first { $0.id == segment.id }?.shareInterval
      }, numbers: numbers,
      minimum: Double(results.minimumCell), validation: results.validation)
  }

  /// The segments at a glance.
  public var cards: [SegmentCard] { SegmentCards(results: results, numbers: numbers).all }

  /// What would change the answer: at most three sentences, the weightiest first.
  public var whatWouldChange: [String] {
    var all: [String] = []
    let verdict = results.segmentation.verdict?.kind
    if let use = results.segmentation.scaleUse, use.sentence != nil {
      all.append(
        "How people rate: \(numbers.percent(use.share)) of the difference between segments is only how high "
          + "they rate everything (scale_use: center segments by what they rate higher than the rest)."
      )
    }
    if verdict == .oneGroup {
      all.append(
        "More people, or questions on which people differ more. Until then use the results for everybody "
          + "(count: 1).")
    } else if verdict == .moreThanContinuum {
      all.append(
        "The test of separate groups, which was not run: people may shade from "
          + "one segment into the next."
      )
    } else if verdict == .notStable {
      // The verdict ends with what would help.
      let words = results.segmentation.verdict?.words ?? ""
      let remedy =
        words.components(separatedBy: ". ").last
        ?? "More people, or questions on which people differ more."
      all.append(remedy)
    }
    if let fit = results.productFit, !stopsAdvice {
      if let flip = fit.sensitivity.first(where: { !$0.newFirst.isEmpty }),
        let first = flip.newFirst.first
      {
        all.append(
          "An assumption: if \(flip.condition), the \(label(of: first.product, in: fit)) would fit "
            + "\(name(of: first.segment, in: fit)) best.")
      }
      if fit.cells.contains(where: { $0.unknownRange != nil }) {
        all.append("Features that are not known: fits with a range may lie anywhere in it.")
      }
      let changes =
        fit.improvements.isEmpty ? fit.trials.map(\.improvement) : fit.improvements
      if !changes.isEmpty, changes.allSatisfy({ $0.cost == nil }) {
        all.append("Costs of changes: none is declared, and with costs another may come first.")
      }
    }
    // No more segments where those that were found are too small already.
    if !stopsAdvice, tooFew == nil,
      results.segmentation.recommendation.contains(where: { $0.contains("largest number tried") })
    {
      all.append(
        "More segments: this is the largest number that was tried, and more may describe people better."
      )
    }
    return Array(all.prefix(3))
  }

  /// How many segments there are and how large.
  public var segmentClaim: String {
    let segments = results.segmentation.segments.sorted { $0.share > $1.share }
    guard segments.count > 1 else { return whoIsThere }
    let told = segments.prefix(segments.count > 3 ? 2 : 3).map {
      "\($0.name) (\(numbers.percent($0.share)))"
    }
    return "\(segments.count) segments"
      + (told.count < segments.count ? "; the largest are " : ": ") + Findings.list(told) + "."
  }

  /// How to reach the segments that a channel reaches clearly better than everybody; `nil` without one.
  public var reachClaim: String? {
    guard !stopsAdvice else { return nil }
    let report = StudyReport(results, numbers: numbers)
    let parts = report.clearestChannels.map { "\(Findings.list($0.segments)) by \($0.channel)" }
    guard !parts.isEmpty else { return nil }
    return "Reach \(parts.prefix(3).joined(separator: "; "))"
      + (parts.count > 3 ? "; \(parts.count - 3) more below." : ".")
  }

  /// A sentence that begins with a capital letter.
  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A text that is cut, with a sign, where it is longer than so many characters; of an item of a grid the
  /// question goes first, which all items share.
  static func shortened(_ whole: String, to limit: Int) -> String {
    guard whole.count > limit else { return whole }
    let text = Question.spoken(whole)
    guard text.count > limit else { return text }
    var kept = text.prefix(limit - 1)
    while kept.last == " " { kept.removeLast() }
    return kept + "…"
  }

  /// Parts of a list with a word before the last.
  static func list(_ parts: [String], _ word: String = "and") -> String {
    guard let last = parts.last else { return "" }
    return parts.count == 1
      ? last : parts.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  /// The change to make first of those that were listed, where one is beyond doubt the first or
  /// several are level.
  private func firstChange(_ fit: FitResult) -> String? {
    let ranking = ChangeRanking(ownChanges(fit.improvements))
    guard let best = ranking.first.first else { return nil }
    let what = ranking.isByCost ? "gain most for their cost" : "gain most"
    guard ranking.first.count == 1 else {
      let named = ranking.first.prefix(2).map { changed($0, fit) }
      let behind =
        changesStayBehind(fit) ? " Even so other products fit every segment better." : ""
      return ranking.first.count == 2
        ? "Two changes \(what), too close to call: \(Findings.list(named)).\(behind)"
        : "\(ranking.first.count) changes \(what), too close to call, among them "
          + "\(Findings.list(named)).\(behind)"
    }
    let isOnly = ranking.order.count == 1
    let opening =
      isOnly
      ? "The one change listed, \(changed(best, fit)),"
      : "Change the \(label(of: best.product, in: fit)) first: \(settings(best, fit))"
    let price =
      ranking.isByCost ? ", the most for its cost of \(fit.told(cost: best.cost, numbers))" : ""
    guard let before = averageFit(of: best.product, fit) else {
      return opening + " (\(numbers.signed(best.gain, decimals: 1)) points\(price))."
    }
    let lifts = isOnly || best.set.count == 1 ? "lifts its average fit" : "lift its average fit"
    let money = revenueWords(best, fit).map { "; \($0)" } ?? ""
    return "\(opening) \(lifts) from \(numbers.number(before)) to "
      + "\(numbers.number(before + best.gain)) of 100\(price)\(consequence(of: best, fit))\(money)."
  }

  /// Whether there are changes that may be the first, and each leaves its product behind another in
  /// every segment.
  private func changesStayBehind(_ fit: FitResult) -> Bool {
    let first = ChangeRanking(ownChanges(fit.improvements)).first
    return !first.isEmpty && first.allSatisfy { isStillBehind($0, fit) }
  }

  /// Fit of a product over everybody, segments by their shares; `nil` where a fit is hidden or unknown.
  private func averageFit(of product: String, _ fit: FitResult) -> Double? {
    var sum = 0.0
    for segment in fit.segments {
      guard let cell = fit.cell(segment: segment.id, product: product), let own = cell.fit,
        cell.unknownRange == nil
      else { return nil }
      sum += segment.share * own
    }
    return sum
  }

  /// What a change does to which product fits best, beyond the errors of fits; empty where the fit
  /// of the changed product is not known by segment.
  private func consequence(of change: Improvement, _ fit: FitResult) -> String {
    guard fit.products.count > 1, !change.bySegment.isEmpty else { return "" }
    if isStillBehind(change, fit) { return "; another product still fits every segment better" }
    func leads(_ gain: Improvement.SegmentGain) -> Bool {
      fit.leaders(in: gain.segment).map(\.product) == [change.product]
    }
    // Where it leads before and loses nothing, it leads after.
    let ahead = change.bySegment.filter { gain in
      isAhead(gain, of: change.product, fit) || (leads(gain) && (gain.gain ?? -1) >= 0)
    }
    guard ahead.contains(where: { !leads($0) }) else {
      return "; it would not clearly be the best for any further segment"
    }
    guard ahead.count < change.bySegment.count else { return "; it would then be the best for all" }
    let named =
      ahead.count > 2
      ? "\(ahead.count) of \(fit.segments.count) segments"
      : Findings.list(ahead.map { name(of: $0.segment, in: fit) })
    return "; it would then be the best for \(named), and elsewhere level with another or behind"
  }

  /// Whether the changed product fits a segment better than every other, beyond error: that of their
  /// difference before the change, for the same people judge both.
  private func isAhead(
    _ gain: Improvement.SegmentGain, of product: String, _ fit: FitResult
  ) -> Bool {
    guard let after = gain.fit else { return false }
    let others = fit.cells.filter { $0.segment == gain.segment && $0.product != product }
    return !others.isEmpty
      && others.allSatisfy { other in
        let contrast = fit.contrasts.first {
          $0.segment == gain.segment && $0.product == product && $0.versus == other.product
        }
        guard let own = other.fit, let error = contrast?.se, other.unknownRange == nil else {
          return false
        }
        return after - own > 1.96 * error
      }
  }

  /// Whether after a change every segment has a product that fits better, beyond the errors of both.
  func isStillBehind(_ change: Improvement, _ fit: FitResult) -> Bool {
    !change.bySegment.isEmpty
      && change.bySegment.allSatisfy { gain in
        guard let after = gain.fit, let error = gain.se else { return false }
        return fit.cells.contains { other in
          other.segment == gain.segment && other.product != change.product
            && (other.low ?? 0) > after + 1.96 * error
        }
      }
  }

  func changed(_ one: Improvement, _ fit: FitResult) -> String {
    "setting \(settings(one, fit)) for the \(label(of: one.product, in: fit))"
  }

  /// What is changed to what: "seats to 4 and price to 39,000 USD".
  private func settings(_ one: Improvement, _ fit: FitResult) -> String {
    let names = FitNames(study: results.study, fit: fit)
    return Findings.list(
      one.set.map { "\(feature($0.feature)) to \(names.level($0, numbers: numbers))" })
  }

  /// The products that are beyond doubt the best for segments; a competitor's is told, not offered.
  private func offers(_ fit: FitResult) -> String? {
    guard fit.products.count > 1 else { return nil }
    let clear = fit.segments.compactMap { segment -> (product: String, segment: String)? in
      let leaders = fit.leaders(in: segment.id)
      guard leaders.count == 1, (leaders[0].fit ?? 0) >= FitResult.leastOffered else { return nil }
      return (leaders[0].product, segment.name)
    }
    func led(_ product: ProductSummary) -> String? {
      let segments = clear.filter { $0.product == product.name }.map(\.segment)
      guard !segments.isEmpty else { return nil }
      return segments.count > 2
        ? "\(segments.count) of \(fit.segments.count) segments" : Findings.list(segments)
    }
    let own = fit.products.filter { results.study.isOwn($0.name) }.compactMap { product in
      led(product).map { "the \(product.label) to \($0)" }
    }
    let rivals = fit.products.filter { !results.study.isOwn($0.name) }.compactMap { product in
      led(product).map { "the \(product.label) of a competitor fits \($0) best" }
    }
    guard own.count <= 4, rivals.count <= 4 else { return nil }
    let threat = rivals.isEmpty ? nil : Findings.capitalised(Findings.list(rivals)) + "."
    guard !own.isEmpty else { return threat }
    return
      (["Offer \(Findings.list(own)): no other product fits them as well."]
      + [threat].compactMap(\.self)).joined(separator: " ")
  }

  /// Changes to products of the asker's own.
  func ownChanges(_ all: [Improvement]) -> [Improvement] {
    all.filter { results.study.isOwn($0.product) }
  }

  /// Whether nothing asked, though it may be shown, sets any segment apart.
  var differInNothing: Bool {
    let segments = results.profiles.segments
    return segments.count > 1
      && segments.allSatisfy { segment in
        segment.traits.isEmpty
          && segment.variables.contains {
            $0.mean != nil || $0.categories.contains { $0.share != nil }
          }
      }
  }

  /// What can be said without products.
  private var plan: String {
    let segments = results.segmentation.segments
    guard segments.count > 1 else { return "Plan for one audience: everybody." }
    guard !differInNothing else {
      return "Plan for one audience: the segments do not clearly differ in anything that was asked."
    }
    let sorted = segments.sorted { $0.share > $1.share }
    let named = sorted.prefix(3).map { "\($0.name) (\(numbers.percent($0.share)))" }
    return "Plan for \(segments.count) audiences"
      + (segments.count > 3
        ? ", among them \(Findings.list(named))." : ": \(Findings.list(named)).")
  }
}
