import TesseraProductFit
import TesseraStudy

/// What fits whom, and what to change first: every superlative only beyond its error.
extension Findings {
  /// The product that suits a segment least beside what fits it, with reasons and intervals.
  func whatFits(_ fit: FitResult) -> String {
    guard let worst = mostTelling(fit) else { return bestOfAll(fit) }
    let reasons = reasonWords(worst, fit)
    return mismatch(worst, fit, numbers.range(of: worst).map { " (\($0))" } ?? "")
      + (reasons.isEmpty ? "" : ", since \(reasons)") + better(than: worst, fit, hasRange: true)
      + "."
  }

  /// The same in one short sentence: what a screen or a slide claims.
  public var fitClaim: String? {
    guard let fit = results.productFit else { return nil }
    guard let worst = mostTelling(fit) else { return bestOfAll(fit) }
    return mismatch(worst, fit, "") + better(than: worst, fit, hasRange: false) + "."
  }

  /// Why the product of ``fitClaim`` does not suit the segment; `nil` where no reason can be told.
  public var fitReasons: String? {
    guard let fit = results.productFit, let worst = mostTelling(fit) else { return nil }
    let reasons = reasonWords(worst, fit)
    guard !reasons.isEmpty else { return nil }
    return reasons.prefix(1).uppercased() + reasons.dropFirst() + "."
  }

  /// What ``fitClaim`` is about.
  func claimedCell(_ fit: FitResult) -> FitCell? { mostTelling(fit) }

  private func mismatch(_ worst: FitCell, _ fit: FitResult, _ range: String) -> String {
    let gap = (fit.leaders(in: worst.segment).first?.fit ?? 0) - (worst.fit ?? 0)
    let isUnsuited = gap >= Self.telling && (worst.fit ?? 0) < 75
    return "The \(label(of: worst.product, in: fit)) "
      + (isUnsuited ? "does not suit" : "fits less well for")
      + " \(name(of: worst.segment, in: fit)): fit \(told(worst)) of 100\(range)"
  }

  /// Points by which a fit must be behind for a product to be called unsuited.
  private static let telling = 10.0

  /// The best fit of all, where it is too low for any product to be offered to anybody.
  func nothingFits(_ fit: FitResult) -> String? {
    let known = fit.cells.filter { $0.fit != nil }
    guard let best = known.max(by: { ($0.fit ?? 0) < ($1.fit ?? 0) }), let most = best.fit,
      known.allSatisfy({ max($0.fit ?? 0, $0.fitMax ?? 0) < FitResult.leastOffered })
    else { return nil }
    guard most >= 0.5 else {
      let barriers = fit.barriers.map { barrier -> (label: String, share: Double) in
        let shares = known.map { cell in
          cell.ledger?.barriers.first { $0.barrier == barrier.name }?.shareAffected ?? 0
        }
        return (barrier.label, shares.reduce(0, +) / Double(shares.count))
      }
      let stopped = barriers.max { $0.share < $1.share }.flatMap {
        $0.share >= 0.5 ? $0.label : nil
      }
      return "No product suits anybody: every fit is 0 of 100"
        + (stopped.map { "; most people are stopped by \"\($0)\"" } ?? "") + "."
    }
    return "No product suits anybody: the best fit is \(told(best)) of 100, of the "
      + "\(label(of: best.product, in: fit)) for \(name(of: best.segment, in: fit))."
  }

  private func reasonWords(_ worst: FitCell, _ fit: FitResult) -> String {
    let reasons = self.reasons(worst, fit)
    guard !reasons.isEmpty else { return "" }
    // Points are those that the better product does not lose as well.
    let rival =
      rival(of: worst, fit).map { " more than the \(label(of: $0.product, in: fit))" } ?? ""
    return "it loses\(rival) on \(Findings.list(reasons))"
  }

  /// The product that fits a segment better than one that does not suit it.
  private func rival(of cell: FitCell, _ fit: FitResult) -> FitCell? {
    fit.leaders(in: cell.segment).first { $0.product != cell.product }
  }

  /// A fit, or the range that unknown features leave.
  private func told(_ cell: FitCell) -> String {
    guard let range = cell.unknownRange else { return numbers.number(cell.fit) }
    return "\(numbers.number(range.low)) to \(numbers.number(range.high))"
  }

  /// The interval behind a number: ", 95% interval 12 to 34"; nothing where it rounds to the number.
  private func behind(_ cell: FitCell) -> String {
    numbers.range(of: cell).map { ", \($0)" } ?? ""
  }

  /// What fits better there, beyond doubt.
  private func better(than worst: FitCell, _ fit: FitResult, hasRange: Bool) -> String {
    let leaders = fit.leaders(in: worst.segment)
    if leaders.count == 1, let best = leaders.first, best.product != worst.product {
      return
        "; the \(label(of: best.product, in: fit)) fits best there (\(told(best))"
        + (hasRange ? behind(best) : "") + ")"
    }
    let better = leaders.filter { leader in
      fit.contrasts.contains {
        $0.segment == worst.segment && $0.product == worst.product
          && $0.versus == leader.product && $0.isClearlyBehind
      }
    }
    guard !better.isEmpty else { return "" }
    let named = better.prefix(4).map {
      "the \(label(of: $0.product, in: fit)) (\(told($0)))"
    }
    return "; \(Findings.list(named)) \(better.count == 1 ? "fits" : "fit") clearly better there"
  }

  /// The largest causes of a mismatch, each feature told once, by what it costs.
  private func reasons(_ cell: FitCell, _ fit: FitResult) -> [String] {
    let rival = rival(of: cell, fit)
    // What costs the better product as much is no reason: told is what it costs more.
    let own = fit.mismatches.filter { $0.segment == cell.segment && $0.product == cell.product }
    let features = Dictionary(grouping: own, by: \.feature)
    return features.compactMap { feature, mismatches -> (points: Double, first: Mismatch)? in
      let first = mismatches.max { ($0.shareAffected ?? 0) < ($1.shareAffected ?? 0) }
      return first.map {
        (
          cell.points(lostBy: feature, mismatches)
            - (rival?.points(lostBy: feature, mismatches) ?? 0), $0
        )
      }
    }
    .filter { $0.points >= Self.leastDifference }
    .sorted { ($1.points, $0.first.feature) < ($0.points, $1.first.feature) }.prefix(3)
    .map { reason($0.first, points: $0.points, fit) }
  }

  /// Points by which a cause must cost more than it costs a better product.
  private static let leastDifference = 1.0

  /// The cell with most points lost to mismatches, weighted by the size of the segment; of one's own
  /// products where any is.
  private func mostTelling(_ fit: FitResult) -> FitCell? {
    var best: (cell: FitCell, weight: Double)?
    let own = fit.cells.filter { results.study.isOwn($0.product) }
    for cell in own.isEmpty ? fit.cells : own where cell.fit != nil {
      let lost = fit.mismatches.filter {
        $0.segment == cell.segment && $0.product == cell.product
      }
      .reduce(0) { $0 + $1.points }
      let weight = lost * share(of: cell.segment, in: fit)
      if weight > (best?.weight ?? 0) { best = (cell, weight) }
    }
    return best?.cell
  }

  private func bestOfAll(_ fit: FitResult) -> String {
    if let none = nothingFits(fit) { return none }
    let parts = fit.segments.compactMap { segment -> String? in
      let leaders = fit.leaders(in: segment.id)
      guard !leaders.isEmpty, leaders.count <= 4 else { return nil }
      let named = leaders.map {
        "\(label(of: $0.product, in: fit)) (\(told($0))\(behind($0)))"
      }
      if leaders.count == 1 { return "\(named[0]) for \(segment.name)" }
      return fit.isOpen(in: segment.id)
        ? "\(Findings.list(named, "or")) for \(segment.name), which is not known"
        : "\(Findings.list(named)) level for \(segment.name)"
    }
    guard fit.products.count > 1 else {
      return parts.isEmpty
        ? "There is one product, so none to compare it with." : "Fit: \(Findings.list(parts))."
    }
    // What is level everywhere needs no list.
    if fit.segments.count > 1,
      fit.segments.allSatisfy({ fit.leaders(in: $0.id).count == fit.products.count })
    {
      let least = fit.cells.compactMap { $0.unknownRange?.low ?? $0.fit }.min()
      let most = fit.cells.compactMap { $0.unknownRange?.high ?? $0.fit }.max()
      if fit.segments.contains(where: { fit.isOpen(in: $0.id) }) {
        return
          "Which product fits best is not known, for levels of features are missing: fits may lie "
          + "anywhere from \(numbers.number(least)) to \(numbers.number(most)) of 100."
      }
      return "All products are level in every segment ("
        + "\(numbers.number(least)) to \(numbers.number(most)) of 100)."
    }
    let opening = fit.noMismatch
    return parts.isEmpty ? opening + "." : "\(opening); best fit: \(Findings.list(parts))."
  }

  /// The change to make first: one only where it is beyond doubt the first.
  func whatToChange(_ fit: FitResult, hasRange: Bool = true) -> String {
    let declared = ownChanges(fit.improvements)
    let isDeclared = !declared.isEmpty
    let all = isDeclared ? declared : ownChanges(fit.trials.map(\.improvement))
    guard !all.isEmpty else {
      return fit.changesTried > 0
        ? "Of the changes tried, up to three at once, none raises the fit."
        : "No change was tried: the study names no other level of any feature."
    }
    let ranking = ChangeRanking(all)
    guard let best = ranking.first.first else {
      return isDeclared
        ? "None of the changes you listed clearly raises the fit."
        : "No change that was tried clearly raises the fit."
    }
    let opening = isDeclared ? "Of the changes you listed, " : "Of all changes tried, "
    let most = ranking.isByCost ? "most for its cost" : "most"
    guard ranking.first.count == 1 else {
      let named = ranking.first.prefix(3).map { gained($0, fit) }
      let rest = ranking.first.count > 3 ? " and \(ranking.first.count - 3) more" : ""
      return opening + "these help \(most), too close to call: "
        + named.joined(separator: "; ") + rest + ", on average across everyone."
    }
    var text =
      declared.count == 1
      ? "The one change listed, \(changed(best, fit)), raises the fit: "
      : "\(opening)\(changed(best, fit)) helps \(most): "
    text += "\(numbers.signed(best.gain, decimals: 1)) points on average across everyone"
    if hasRange { text += " (\(numbers.range(of: best)))" }
    if ranking.isByCost { text += " at a cost of \(fit.told(cost: best.cost, numbers))" }
    if let most = mostOfIt(best, fit) {
      text += ", most of it for \(name(of: most.segment, in: fit)) "
      text += "(\(numbers.signed(most.gain, decimals: 1)))"
    }
    if hasRange, let largest = ranking.largest {
      text += "; the largest gain is \(gained(largest, fit))"
    }
    if hasRange, !isDeclared, best.set.count > 1, best.cost == nil {
      text += "; more changes always look better while costs are unknown"
    }
    if let money = revenueWords(best, fit) { text += "; \(money)" }
    return text + "."
      + (isStillBehind(best, fit) ? " Even so another product fits every segment better." : "")
  }

  /// The change that gains most whatever it costs, where it is not the first for its cost.
  func largestChange(_ fit: FitResult) -> String? {
    ChangeRanking(ownChanges(fit.improvements)).largest.map {
      "The largest gain is \(gained($0, fit))."
    }
  }

  /// A change with its gain and its cost: "setting seats to 4 for the coupe (+4.8 points, cost 1,800)".
  private func gained(_ one: Improvement, _ fit: FitResult) -> String {
    "\(changed(one, fit)) (\(numbers.signed(one.gain, decimals: 1)) points"
      + (one.cost.map { ", cost \(fit.told(cost: $0, numbers))" } ?? "") + ")"
  }

  /// The segment to which more than half of a gain goes, by size times gain, beyond its error.
  private func mostOfIt(_ best: Improvement, _ fit: FitResult) -> Improvement.SegmentGain? {
    guard best.bySegment.count > 1, best.unknownRange == nil,
      best.bySegment.allSatisfy({ $0.gain != nil && $0.se != nil })
    else { return nil }
    let parts = best.bySegment.map { one in
      let share = share(of: one.segment, in: fit)
      return (one, gain: share * (one.gain ?? 0), error: share * (one.se ?? 0))
    }
    guard let first = parts.max(by: { $0.gain < $1.gain }),
      best.bySegment.allSatisfy({ ($0.gain ?? 0) <= (first.0.gain ?? 0) })
    else { return nil }
    let others = parts.filter { $0.0.segment != first.0.segment }
    let rest = others.reduce(0) { $0 + max(0, $1.gain) }
    let error = parts.reduce(0) { $0 + $1.error * $1.error }.squareRoot()
    return first.gain - rest > 1.96 * error + 0.02 * abs(best.gain) ? first.0 : nil
  }

  private func reason(_ mismatch: Mismatch, points: Double, _ fit: FitResult) -> String {
    let cause: String =
      switch mismatch.cause {
      case .need(let name): fit.needs.first { $0.name == name }?.label ?? name
      case .barrier(let name): fit.barriers.first { $0.name == name }?.label ?? name
      }
    let lost = "\u{2212}\(numbers.number(points)) points"
    return mismatch.feature.isEmpty
      ? "\(cause) (\(lost))"
      : "\(feature(mismatch.feature)) (\(numbers.level(mismatch.level)): \(lost))"
  }

  func feature(_ name: String) -> String {
    results.study.features.first { $0.name == name }?.label ?? name
  }

  func share(of segment: String, in fit: FitResult) -> Double {
    fit.segments.first { $0.id == segment }?.share ?? 0
  }

  func name(of segment: String, in fit: FitResult) -> String {
    fit.segments.first { $0.id == segment }?.name ?? segment
  }

  func label(of product: String, in fit: FitResult) -> String {
    fit.products.first { $0.name == product }?.label ?? product
  }
}

extension FitResult {
  /// What the search proposes: where costs are known the changes that gain most for theirs, else those that
  /// gain most.
  var trials: [Proposal] { proposalsPerCost.isEmpty ? proposals : proposalsPerCost }
}

extension FitCell {
  /// Points that this product loses by a feature: to all needs, and to the barriers by which another loses
  /// through it.
  fileprivate func points(lostBy feature: String, _ mismatches: [Mismatch]) -> Double {
    guard let ledger else { return 0 }
    let needs = ledger.needs.flatMap(\.features).filter { $0.feature == feature }
    let barriers = Set(
      mismatches.compactMap { one -> String? in
        if case .barrier(let name) = one.cause { name } else { nil }
      })
    return needs.reduce(0) { $0 + $1.loss }
      + ledger.barriers.filter { barriers.contains($0.barrier) }.reduce(0) { $0 + $1.loss }
  }
}
