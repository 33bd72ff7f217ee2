import TesseraDesign
import TesseraMath
import TesseraStudy

/// Moves every relation by one step and every end of a value by a tenth of its range, one at a time,
/// and looks how far the fits move and whether another product comes first.
///
/// Only needs that the change touches are worked out anew: a change of a need's fulfilment moves the
/// fit by that change times the mean of acceptance × weight, which is one matrix product for all
/// needs; needs that look at income are worked out respondent by respondent.
struct SensitivityAudit {
  let analysis: FitAnalysis

  /// A judgement moved.
  private struct Move: Sendable {
    let text: String
    /// The same as what follows "if".
    let condition: String
    let need: Int?
    let feature: Int
    let model: FitModel
    let touched: [Int]
  }

  /// Everything that a product's fit is made of in one scenario.
  private struct Ground: Sendable {
    let scenario: Scenario
    let part: Double
    /// Respondents × segments: share × acceptance.
    let accepted: Matrix
    /// Needs × segments: mean of acceptance × weight × 100.
    let reach: Matrix
    let fulfilments: [Fulfilment.Column]
  }

  /// All moves, those that shift a fit most first.
  ///
  /// - Complexity: O(products × respondents × needs × segments + moves × products), and respondents
  ///   times more for needs that look at income.
  func results() -> [Sensitivity] {
    let model = analysis.model
    let told = (0..<analysis.segments).filter { !analysis.suppression.isHidden[$0] }
    guard !told.isEmpty else { return [] }
    let grounds = analysis.settings.workers.map(model.products.count) { self.grounds(of: $0) }
    let moves = relationMoves() + endMoves()
    let found = analysis.settings.workers.map(moves.count) { number in
      result(moves[number], grounds, told)
    }
    return found.enumerated().sorted {
      let (one, two) = (abs($0.element.shift), abs($1.element.shift))
      return one != two ? one > two : $0.offset < $1.offset
    }.map(\.element)
  }

  private func grounds(of product: Int) -> [Ground] {
    let model = analysis.model
    let levels = model.products[product].levels
    let scenarios: [Scenario] = model.hasUnknowns(levels: levels) ? [.worst, .best] : [.worst]
    return scenarios.map { scenario in
      var accepted = analysis.estimator.shares
      let hits = analysis.scorer.hits(levels: levels, scenario)
      var memory = BarrierMemory(BarrierSet(strengths: model.barriers.map(\.strength)))
      for (respondent, hit) in hits.enumerated() where hit != 0 {
        let left = memory.acceptance(hit)
        for segment in 0..<accepted.columns { accepted[respondent, segment] *= left }
      }
      var reach = model.respondents.needWeights.transposedMultiplied(by: accepted)
      for index in reach.values.indices { reach.values[index] *= 100 }
      return Ground(
        scenario: scenario, part: 1 / Double(scenarios.count), accepted: accepted, reach: reach,
        fulfilments: model.needs.indices.map {
          model.fulfilment(of: $0, levels: levels, scenario).value
        })
    }
  }

  private func result(_ move: Move, _ grounds: [[Ground]], _ told: [Int]) -> Sensitivity {
    let model = analysis.model
    var fits = analysis.fits
    var largest = (shift: 0.0, product: 0, segment: told[0])
    for product in model.products.indices {
      var shifts = [Double](repeating: 0, count: analysis.segments)
      for ground in grounds[product] {
        for need in move.touched {
          let after = move.model.fulfilment(
            of: need, levels: model.products[product].levels, ground.scenario
          ).value
          add(ground.fulfilments[need], after, need, ground, &shifts)
        }
      }
      for segment in told {
        fits[product, segment] += shifts[segment]
        if abs(shifts[segment]) > abs(largest.shift) {
          largest = (shifts[segment], product, segment)
        }
      }
    }
    return Sensitivity(
      change: move.text, condition: move.condition, need: move.need.map { model.needs[$0].name },
      feature: model.features[move.feature].name,
      segment: analysis.segmented.segments[largest.segment].id,
      product: model.products[largest.product].name, shift: largest.shift,
      newFirst: told.compactMap { segment in
        let before = first(analysis.fits, segment)
        let after = first(fits, segment)
        return before == after
          ? nil
          : Sensitivity.NewFirst(
            segment: analysis.segmented.segments[segment].id, product: model.products[after].name)
      })
  }

  private func first(_ fits: Matrix, _ segment: Int) -> Int {
    var best = 0
    for product in 1..<max(1, fits.rows) where fits[product, segment] > fits[best, segment] + 1e-9 {
      best = product
    }
    return best
  }

  private func add(
    _ before: Fulfilment.Column, _ after: Fulfilment.Column, _ need: Int, _ ground: Ground,
    _ shifts: inout [Double]
  ) {
    if case .same(let one) = before, case .same(let other) = after {
      for segment in shifts.indices {
        shifts[segment] += ground.part * (other - one) * ground.reach[need, segment]
      }
      return
    }
    let weights = analysis.model.respondents.needWeights
    for respondent in 0..<weights.rows {
      let change = after(respondent) - before(respondent)
      guard change != 0 else { continue }
      let scale = 100 * ground.part * change * weights[respondent, need]
      for segment in shifts.indices {
        shifts[segment] += scale * ground.accepted[respondent, segment]
      }
    }
  }

  private func relationMoves() -> [Move] {
    let model = analysis.model
    let steps = [0.0, 1, 3, 9]
    var moves: [Move] = []
    for need in model.needs.indices {
      let related = model.features(of: need)
      for feature in related {
        let now = model.relations[need, feature]
        guard let place = steps.firstIndex(of: abs(now)) else { continue }
        for next in [place - 1, place + 1] where steps.indices.contains(next) {
          // A need must keep a feature that serves it.
          if next == 0, related.count == 1 { continue }
          let strength = (now < 0 ? -1 : 1) * steps[next]
          var relations = model.relations
          relations[need, feature] = strength
          moves.append(
            Move(
              text: "relation of \(model.features[feature].label) to \(model.needs[need].label): "
                + "\(FitFeature.number(now)) to \(FitFeature.number(strength))",
              condition:
                "\(model.features[feature].label) counted \(FitFeature.number(strength)) for "
                + "\(model.needs[need].label) instead of \(FitFeature.number(now))",
              need: need, feature: feature, model: model.replacing(relations: relations),
              touched: [need]))
        }
      }
    }
    return moves
  }

  private func endMoves() -> [Move] {
    let model = analysis.model
    return model.features.indices.flatMap { feature in
      let touched = model.needs.indices.filter { model.relations[$0, feature] != 0 }
      guard !touched.isEmpty else { return [Move]() }
      return model.features[feature].value.moved().map { end, from, to, value in
        var features = model.features
        features[feature] = model.features[feature].replacing(value: value)
        let label = model.features[feature].label
        return Move(
          text: "\(label): \(end) from \(from) to \(to)",
          condition: "the \(end) of \(label) were \(to) instead of \(from)", need: nil,
          feature: feature,
          model: model.replacing(features: features), touched: touched)
      }
    }
  }
}

extension Fulfilment.Column {
  /// The fulfilment of one respondent.
  func callAsFunction(_ respondent: Int) -> Double {
    switch self {
    case .same(let value): value
    case .each(let values): values[respondent]
    }
  }
}
