public import TesseraStudy

extension FitResult {
  /// The result as `fit.json` holds it.
  public var json: JSONValue {
    .object([
      ("schema", .string("tessera-fit-1")),
      ("products", .array(products.map { json($0) })),
      ("segments", .array(segments.map { json($0) })),
      (
        "needs",
        .array(
          needs.map {
            .object([("name", .string($0.name)), ("label", .string($0.label))])
          })
      ),
      (
        "features",
        .array(
          features.map {
            .object([
              ("name", .string($0.name)), ("label", .string($0.label)),
              ("unit", .string($0.unit)),
            ])
          })
      ),
      (
        "barriers",
        .array(
          barriers.map {
            .object([
              ("name", .string($0.name)), ("label", .string($0.label)),
              ("strength", .number($0.strength)),
            ])
          })
      ),
      ("cells", .array(cells.map { json($0) })),
      ("contrasts", .array(contrasts.map { json($0) })),
      (
        "ranks",
        .array(
          ranks.map {
            .object([
              ("segment", .string($0.segment)), ("product", .string($0.product)),
              ("best", .integer($0.best)), ("worst", .integer($0.worst)),
            ])
          })
      ),
      ("mismatches", .array(mismatches.map { json($0) })),
      ("shortfalls", .array(shortfalls.map { json($0) })),
      ("opportunities", .array(opportunities.map { json($0) })),
      ("improvements", .array(improvements.map { json($0) })),
      ("proposals", .array(proposals.map(\.json))),
      ("proposals_per_cost", .array(proposalsPerCost.map(\.json))),
      ("channels", .array(channels.map(\.json))),
      ("funnel", .array(funnel.map { json($0) })),
      ("preference_shares", .array(shares.map(\.json))),
      ("reach", .array(reachSets.map(\.json))),
      ("need_weights", .array(needWeights.map(\.json))),
      ("best_worst", .array(bestWorst.map(\.json))),
      ("house_of_quality", .array(houses.map(\.json))),
      ("sensitivity", .array(sensitivity.map(\.json))),
      ("catalogue_gaps", .array(catalogueGaps.map(\.json))),
      ("importance_performance", .array(importancePerformance.map(\.json))),
      ("kano", .array(kano.map(\.json))),
      ("price_sensitivity", .array(prices.map(\.json))),
      ("drivers", .array(drivers.map(\.json))),
      ("notes", .strings(notes)),
      ("warnings", .strings(warnings)),
    ])
  }

  private func json(_ product: ProductSummary) -> JSONValue {
    .object([
      ("name", .string(product.name)), ("label", .string(product.label)),
      (
        "levels",
        .object(
          zip(features, product.levels).map { ($0.name, .optional($1)) })
      ),
    ])
  }

  private func json(_ segment: Segment) -> JSONValue {
    let base = cells.first { $0.segment == segment.id }
    let isHidden = base.map { $0.fit == nil && $0.ledger == nil } ?? false
    return .object([
      ("id", .string(segment.id)), ("name", .string(segment.name)),
      ("share", .number(segment.share)),
      ("base", isHidden ? .null : .optional(base?.base)),
    ])
  }

  private func json(_ cell: FitCell) -> JSONValue {
    .object([
      ("segment", .string(cell.segment)), ("product", .string(cell.product)),
      ("fit", .optional(cell.fit)), ("fit_min", .optional(cell.fitMin)),
      ("fit_max", .optional(cell.fitMax)), ("fit_rho", .optional(cell.fitRho)),
      ("se", .optional(cell.se)), ("se_linearised", .optional(cell.seLinearised)),
      ("low", .optional(cell.low)), ("high", .optional(cell.high)),
      ("acceptance", .optional(cell.acceptance)), ("quality", .optional(cell.quality)),
      ("ledger", cell.ledger.map { json($0) } ?? .null),
      ("first_probability", .optional(cell.firstProbability)),
      ("first_low", .optional(cell.firstLow)), ("first_high", .optional(cell.firstHigh)),
      ("bounds_are_outer", .bool(cell.boundsAreOuter)),
    ])
  }

  private func json(_ ledger: Ledger) -> JSONValue {
    .object([
      (
        "needs",
        .array(
          ledger.needs.map { need in
            .object([
              ("need", .string(need.need)), ("loss", .number(need.loss)),
              (
                "features",
                .array(
                  need.features.map {
                    .object([("feature", .string($0.feature)), ("loss", .number($0.loss))])
                  })
              ),
            ])
          })
      ),
      (
        "barriers",
        .array(
          ledger.barriers.map {
            .object([
              ("barrier", .string($0.barrier)), ("loss", .number($0.loss)),
              ("share_affected", .optional($0.shareAffected)),
              ("share_least", .optional($0.shareLeast)), ("share_most", .optional($0.shareMost)),
            ])
          })
      ),
    ])
  }

  private func json(_ contrast: Contrast) -> JSONValue {
    .object([
      ("segment", .string(contrast.segment)), ("product", .string(contrast.product)),
      ("versus", .string(contrast.versus)), ("difference", .optional(contrast.difference)),
      ("se", .optional(contrast.se)), ("se_linearised", .optional(contrast.seLinearised)),
      ("low", .optional(contrast.low)), ("high", .optional(contrast.high)),
      ("difference_min", .optional(contrast.differenceMin)),
      ("difference_max", .optional(contrast.differenceMax)),
      ("confidence", .optional(contrast.confidence)),
      ("superiority", .optional(contrast.superiority)),
    ])
  }

  private func json(_ mismatch: Mismatch) -> JSONValue {
    .object([
      ("segment", .string(mismatch.segment)), ("product", .string(mismatch.product)),
      ("cause", .string(mismatch.cause.text)), ("feature", .string(mismatch.feature)),
      ("level", .string(mismatch.level)), ("needed", .string(mismatch.needed)),
      ("share_affected", .optional(mismatch.shareAffected)),
      ("points", .number(mismatch.points)), ("p_adjusted", .number(mismatch.pAdjusted)),
      ("sentence", .string(mismatch.sentence)),
    ])
  }

  private func json(_ opportunity: Opportunity) -> JSONValue {
    .object([
      ("segment", .string(opportunity.segment)), ("need", .string(opportunity.need)),
      ("importance", .optional(opportunity.importance)),
      ("satisfaction", .optional(opportunity.satisfaction)),
      ("odi", .optional(opportunity.odi)), ("se", .optional(opportunity.se)),
      ("se_linearised", .optional(opportunity.seLinearised)), ("low", .optional(opportunity.low)),
      ("high", .optional(opportunity.high)), ("gap", .optional(opportunity.gap)),
      ("unmet_se", .optional(opportunity.unmetSE)),
      ("may_be_first", .bool(opportunity.mayBeFirst)),
    ])
  }

  private func json(_ improvement: Improvement) -> JSONValue {
    .object([
      ("name", .string(improvement.name)), ("product", .string(improvement.product)),
      ("set", improvement.setJSON), ("cost", .optional(improvement.cost)),
      ("gain", .number(improvement.gain)), ("se", .number(improvement.se)),
      ("se_linearised", .number(improvement.seLinearised)),
      ("low", .number(improvement.low)), ("high", .number(improvement.high)),
      ("gain_min", .optional(improvement.gainMin)), ("gain_max", .optional(improvement.gainMax)),
      ("bounds_are_outer", .bool(improvement.boundsAreOuter)),
      ("may_be_first", .bool(improvement.mayBeFirst)),
      ("by_segment", .array(improvement.bySegment.map(\.json))),
    ])
  }

  private func json(_ step: FunnelStep) -> JSONValue {
    .object([
      ("segment", .string(step.segment)), ("product", .string(step.product)),
      ("step", .string(step.step)), ("label", .string(step.label)),
      ("share", .optional(step.share)), ("low", .optional(step.low)),
      ("high", .optional(step.high)), ("conversion", .optional(step.conversion)),
      ("conversion_low", .optional(step.conversionLow)),
      ("conversion_high", .optional(step.conversionHigh)),
    ])
  }
}
