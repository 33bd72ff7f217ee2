import TesseraProductFit
import TesseraStudy

/// The answer in three sentences: who is out there, what fits whom, what to change first.
public struct Findings: Sendable {
  private let results: StudyResults
  private let numbers: NumberStyle

  /// Reads the findings off the results.
  ///
  /// - Parameters:
  ///   - results: The results of a run.
  ///   - numbers: How numbers are written.
  public init(_ results: StudyResults, numbers: NumberStyle = .english) {
    self.results = results
    self.numbers = numbers
  }

  /// The three sentences, in the order of the questions.
  public var sentences: [String] {
    var all = [whoIsThere]
    if let fit = results.fit {
      all.append(whatFits(fit))
      all.append(whatToChange(fit))
    } else {
      all.append(howSure)
      all.append(
        "No product was scored: name products, relations and needs in the study to see what fits whom."
      )
    }
    return all
  }

  private var whoIsThere: String {
    let segments = results.segmentation.segments
    // A reader keeps about seven things in mind; of more segments the largest are named.
    let named =
      segments.count > 7 ? segments.sorted { $0.share > $1.share }.prefix(4) : segments[...]
    var parts = named.map { "\($0.name) (\(numbers.percent($0.share)))" }
    if named.count < segments.count {
      let rest = segments.sorted { $0.share > $1.share }.dropFirst(named.count)
      parts.append(
        "\(rest.count) more of \(numbers.percent(rest.last?.share)) to "
          + "\(numbers.percent(rest.first?.share)) each")
    }
    let count = numbers.number(results.segmentation.respondents)
    guard segments.count > 1 else {
      return "The \(count) respondents are one group: nothing in the data splits them."
    }
    return "\(count) respondents make \(segments.count) segments: \(list(parts))."
  }

  private var howSure: String {
    results.segmentation.recommendation.first
      ?? "The segments are given, not found: their number was not in question."
  }

  /// The worst mismatch beside the best fit of the same segment: the sentence a team acts on.
  private func whatFits(_ fit: FitResult) -> String {
    guard let worst = mostTelling(fit) else { return bestOfAll(fit) }
    let segment = name(of: worst.segment, in: fit)
    let product = label(of: worst.product, in: fit)
    let reasons = self.reasons(worst, fit)
    var text = "The \(product) is a mismatch for \(segment)"
    text += " (fit \(numbers.number(worst.fit)) of 100, 95% interval "
    text += "\(numbers.interval(worst.low, worst.high)))"
    if !reasons.isEmpty { text += " because of \(list(reasons))" }
    if let best = bestCell(of: worst.segment, fit), best.product != worst.product {
      text += "; the \(label(of: best.product, in: fit)) fits it best"
      text += " (\(numbers.number(best.fit)), \(numbers.interval(best.low, best.high)))"
      if isShared(best, fit) { text += ", though others may rank first as well" }
    }
    if let warmest = fit.cells.filter({ $0.product == worst.product && $0.fit != nil })
      .max(by: { ($0.fit ?? 0) < ($1.fit ?? 0) }), warmest.segment != worst.segment
    {
      text += ". The \(product) does best with \(name(of: warmest.segment, in: fit)) "
      text += "(\(numbers.number(warmest.fit)), \(numbers.interval(warmest.low, warmest.high)))"
      if let best = bestCell(of: warmest.segment, fit), best.product != warmest.product {
        text += ", and even there the \(label(of: best.product, in: fit)) is ahead "
        text += "(\(numbers.number(best.fit)), \(numbers.interval(best.low, best.high)))"
      }
    }
    return text + "."
  }

  /// Whether another product may rank first in the cell's segment too.
  private func isShared(_ cell: FitCell, _ fit: FitResult) -> Bool {
    fit.ranks.contains {
      $0.segment == cell.segment && $0.product == cell.product && $0.worst > 1
    }
  }

  /// The largest causes of a mismatch, each feature told once, by what it costs and whom.
  private func reasons(_ cell: FitCell, _ fit: FitResult) -> [String] {
    let own = fit.mismatches.filter { $0.segment == cell.segment && $0.product == cell.product }
    var features: [(name: String, points: Double, first: Mismatch)] = []
    for mismatch in own {
      if let place = features.firstIndex(where: { $0.name == mismatch.feature }) {
        features[place].points += mismatch.points
        if mismatch.shareAffected > features[place].first.shareAffected {
          features[place].first = mismatch
        }
      } else {
        features.append((mismatch.feature, mismatch.points, mismatch))
      }
    }
    return features.enumerated()
      .sorted { ($1.element.points, $0.offset) < ($0.element.points, $1.offset) }.prefix(3)
      .map { reason($0.element.first, points: $0.element.points) }
  }

  /// The cell with most points lost to mismatches, weighted by the size of the segment.
  private func mostTelling(_ fit: FitResult) -> FitCell? {
    var best: (cell: FitCell, weight: Double)?
    for cell in fit.cells where cell.fit != nil {
      let lost = fit.mismatches.filter {
        $0.segment == cell.segment && $0.product == cell.product
      }
      .reduce(0) { $0 + $1.points }
      let share = fit.segments.first { $0.id == cell.segment }?.share ?? 0
      let weight = lost * share
      if weight > (best?.weight ?? 0) { best = (cell, weight) }
    }
    return best?.cell
  }

  private func bestOfAll(_ fit: FitResult) -> String {
    let parts = fit.segments.compactMap { segment -> String? in
      bestCell(of: segment.id, fit).map {
        "\(label(of: $0.product, in: fit)) for \(segment.name) (\(numbers.number($0.fit)))"
      }
    }
    return "No product fails a segment plainly; the best fits are \(list(parts))."
  }

  private func whatToChange(_ fit: FitResult) -> String {
    let declared = fit.improvements.first.flatMap { $0.gain > 0 ? $0 : nil }
    guard let best = declared ?? fit.proposals.first?.improvement else {
      return fit.improvements.isEmpty
        ? "No single step of a feature would raise the fit, alone or in a bundle."
        : "None of the proposed changes would raise the fit."
    }
    let changes = best.set.map { "\(feature($0.feature)) \(numbers.level($0.level))" }
    let most = best.bySegment.max { ($0.gain ?? 0) < ($1.gain ?? 0) }
    var text =
      declared == nil
      ? "The change that helps most, of all steps and bundles tried: the "
      : "The declared change that helps most: the "
    text += "\(label(of: best.product, in: fit)) with "
    text += "\(list(changes)), worth \(numbers.signed(best.gain, decimals: 1)) points over all "
    text += "people (95% interval \(numbers.interval(best.low, best.high, decimals: 1)))"
    if let most, let gain = most.gain, gain > 0 {
      text += ", most of it for \(name(of: most.segment, in: fit)) "
      text += "(\(numbers.signed(gain, decimals: 1)))"
    }
    return text + "."
  }

  private func reason(_ mismatch: Mismatch, points: Double) -> String {
    let what = mismatch.feature.isEmpty ? mismatch.cause.text : feature(mismatch.feature)
    return "\(what) (\(numbers.level(mismatch.level)), which costs "
      + "\(numbers.number(points)) points)"
  }

  private func feature(_ name: String) -> String {
    results.study.features.first { $0.name == name }?.label ?? name
  }

  private func bestCell(of segment: String, _ fit: FitResult) -> FitCell? {
    fit.cells.filter { $0.segment == segment && $0.fit != nil }
      .max { ($0.fit ?? 0) < ($1.fit ?? 0) }
  }

  private func name(of segment: String, in fit: FitResult) -> String {
    fit.segments.first { $0.id == segment }?.name ?? segment
  }

  private func label(of product: String, in fit: FitResult) -> String {
    fit.products.first { $0.name == product }?.label ?? product
  }

  private func list(_ parts: [String]) -> String {
    guard let last = parts.last else { return "" }
    return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
