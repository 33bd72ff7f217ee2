public import TesseraStudy

extension FitResult {
  /// The result as `fit.json` holds it.
  public var json: JSONValue {
    [
      "schema": "tessera-fit-1", "products": products.map { json($0) },
      "segments": segments.map { json($0) },
      "needs": JSONValue.list(needs) { ["name": $0.name, "label": $0.label] },
      "features": JSONValue.list(features) {
        [
          "name": $0.name, "label": $0.label, "unit": $0.unit, "is_money": $0.isMoney,
          "is_price": $0.isPrice,
        ]
      },
      "barriers": JSONValue.list(barriers) {
        ["name": $0.name, "label": $0.label, "strength": $0.strength]
      }, "cells": cells.map { json($0) }, "contrasts": contrasts.map { json($0) },
      "ranks": JSONValue.list(ranks) {
        ["segment": $0.segment, "product": $0.product, "best": $0.best, "worst": $0.worst]
      }, "mismatches": mismatches.map { json($0) }, "shortfalls": shortfalls.map { json($0) },
      "opportunities": opportunities.map { json($0) },
      "improvements": improvements.map { json($0) }, "proposals": proposals.map(\.json),
      "proposals_per_cost": proposalsPerCost.map(\.json), "changes_tried": changesTried,
      "channels": channels.map(\.json),
      "funnel": funnel.map { json($0) }, "preference_shares": shares.map(\.json),
      "scenarios": scenarios.map(\.json), "reach": reachSets.map(\.json),
      "channel_plans": channelPlans.map(\.json),
      "need_weights": needWeights.map(\.json),
      "best_worst": bestWorst.map(\.json), "house_of_quality": houses.map(\.json),
      "sensitivity": sensitivity.map(\.json), "catalogue_gaps": catalogueGaps.map(\.json),
      "importance_performance": importancePerformance.map(\.json), "kano": kano.map(\.json),
      "price_sensitivity": prices.map(\.json),
      "prices_by_product": pricesByProduct.map(\.json),
      "targets": targets?.json, "drivers": drivers.map(\.json), "notes": notes,
      "warnings": warnings,
    ]
  }

  private func json(_ product: ProductSummary) -> JSONValue {
    [
      "name": product.name, "label": product.label,
      "levels": JSONValue.object(zip(features, product.levels).map { ($0.name, .optional($1)) }),
    ]
  }

  private func json(_ segment: Segment) -> JSONValue {
    let base = cells.first { $0.segment == segment.id }
    let isHidden = base.map { $0.fit == nil && $0.ledger == nil } ?? false
    return [
      "id": segment.id, "name": segment.name, "share": segment.share,
      "base": isHidden ? JSONValue.null : .optional(base?.base),
    ]
  }

  private func json(_ cell: FitCell) -> JSONValue {
    [
      "segment": cell.segment, "product": cell.product, "fit": cell.fit, "fit_min": cell.fitMin,
      "fit_max": cell.fitMax, "fit_rho": cell.fitRho, "se": cell.se,
      "se_linearised": cell.seLinearised, "low": cell.low, "high": cell.high,
      "acceptance": cell.acceptance, "quality": cell.quality,
      "ledger": cell.ledger.map { json($0) }, "first_probability": cell.firstProbability,
      "first_low": cell.firstLow, "first_high": cell.firstHigh,
      "bounds_are_outer": cell.boundsAreOuter,
    ]
  }

  private func json(_ ledger: Ledger) -> JSONValue {
    [
      "needs": JSONValue.list(ledger.needs) { need in
        [
          "need": need.need, "loss": need.loss,
          "features": JSONValue.list(need.features) { ["feature": $0.feature, "loss": $0.loss] },
        ]
      },
      "barriers": JSONValue.list(ledger.barriers) {
        [
          "barrier": $0.barrier, "loss": $0.loss, "share_affected": $0.shareAffected,
          "share_least": $0.shareLeast, "share_most": $0.shareMost,
        ]
      },
    ]
  }

  private func json(_ contrast: Contrast) -> JSONValue {
    [
      "segment": contrast.segment, "product": contrast.product, "versus": contrast.versus,
      "difference": contrast.difference, "se": contrast.se, "se_linearised": contrast.seLinearised,
      "low": contrast.low, "high": contrast.high, "difference_min": contrast.differenceMin,
      "difference_max": contrast.differenceMax, "confidence": contrast.confidence,
      "superiority": contrast.superiority,
    ]
  }

  private func json(_ mismatch: Mismatch) -> JSONValue {
    [
      "segment": mismatch.segment, "product": mismatch.product, "cause": mismatch.cause.text,
      "feature": mismatch.feature, "level": mismatch.level, "needed": mismatch.needed,
      "share_affected": mismatch.shareAffected, "points": mismatch.points,
      "p_adjusted": mismatch.pAdjusted, "sentence": mismatch.sentence,
    ]
  }

  private func json(_ opportunity: Opportunity) -> JSONValue {
    [
      "segment": opportunity.segment, "need": opportunity.need,
      "importance": opportunity.importance, "satisfaction": opportunity.satisfaction,
      "odi": opportunity.odi, "se": opportunity.se, "se_linearised": opportunity.seLinearised,
      "low": opportunity.low, "high": opportunity.high, "gap": opportunity.gap,
      "unmet_se": opportunity.unmetSE, "may_be_first": opportunity.mayBeFirst,
    ]
  }

  private func json(_ improvement: Improvement) -> JSONValue {
    [
      "name": improvement.name, "product": improvement.product, "set": improvement.setJSON,
      "cost": improvement.cost, "gain": improvement.gain, "se": improvement.se,
      "se_linearised": improvement.seLinearised, "low": improvement.low, "high": improvement.high,
      "gain_min": improvement.gainMin, "gain_max": improvement.gainMax,
      "bounds_are_outer": improvement.boundsAreOuter, "may_be_first": improvement.mayBeFirst,
      "by_segment": improvement.bySegment.map(\.json),
    ]
  }

  private func json(_ step: FunnelStep) -> JSONValue {
    [
      "segment": step.segment, "product": step.product, "step": step.step, "label": step.label,
      "share": step.share, "low": step.low, "high": step.high, "conversion": step.conversion,
      "conversion_low": step.conversionLow, "conversion_high": step.conversionHigh,
    ]
  }
}
