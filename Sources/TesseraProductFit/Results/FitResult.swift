public import TesseraStudy

/// How every product fits every segment: the numbers of `fit.json`.
///
/// Fit, quality, losses, points and gains run from 0 to 100; shares, acceptance, confidence and
/// superiority from 0 to 1. Absent numbers are suppressed (a cell of too few respondents) or
/// undefined.
public struct FitResult: Sendable, Equatable {
  /// The products, in the order of the table.
  public var products: [ProductSummary]
  /// The segments, in their order.
  public var segments: [Segment]
  /// The needs, in the order of the study.
  public var needs: [NeedSummary]
  /// The features, in the order of the study.
  public var features: [FeatureSummary] = []
  /// The barriers, in the order of the study.
  public var barriers: [BarrierSummary] = []
  /// Every segment with every product: segments outside, products inside.
  public var cells: [FitCell]
  /// Every product against every other in every segment.
  public var contrasts: [Contrast] = []
  /// Where each product may rank in each segment.
  public var ranks: [RankSet] = []
  /// What costs most in the products that fit a segment clearly worse than another, worst first.
  public var mismatches: [Mismatch] = []
  /// The same for products that no other clearly beats in the segment: no mismatches, but what is
  /// still missing.
  public var shortfalls: [Mismatch] = []
  /// Needs by segment.
  public var opportunities: [Opportunity] = []
  /// The declared edits, largest gain first.
  public var improvements: [Improvement] = []
  /// Changes that a search found: edits, single steps and bundles, largest gain first.
  public var proposals: [Proposal] = []
  /// How many single changes there were to try.
  public var changesTried = 0
  /// What every single level brings that a product could have instead, for lists to choose from.
  public var singleLevels: [Improvement] = []
  /// Those with a cost, by gain for one unit of it.
  public var proposalsPerCost: [Proposal] = []
  /// Which media reach each segment.
  public var channels: [ChannelReach] = []
  /// How far each segment is on the way to buying.
  public var funnel: [FunnelStep] = []
  /// How many would take each product, by segment and over everybody.
  public var shares: [PreferenceShare] = []
  /// The scenarios beside today's market; `nil` where the study declares none.
  public var scenarios: ScenarioResult?
  /// The sets of media, products and features that reach most of each audience.
  public var reachSets: [ReachSet] = []
  /// What a budget for channels buys, for everybody and each segment; empty where none has a cost.
  public var channelPlans: [ChannelPlan] = []
  /// How much each need weighs, by segment and over everybody.
  public var needWeights: [NeedWeight] = []
  /// What best-worst tasks say of each need, by segment and over everybody.
  public var bestWorst: [BestWorstSummary] = []
  /// The House of Quality: how much features matter, by segment and over everybody.
  public var houses: [FeatureImportance] = []
  /// What each judgement of the catalogue decides, those that decide most first.
  public var sensitivity: [Sensitivity] = []
  /// Needs that no product serves well, and features that no need asks for.
  public var catalogueGaps: [CatalogueGap] = []
  /// Needs on the importance-performance map.
  public var importancePerformance: [ImportancePerformance] = []
  /// Kano's kinds, if the survey asks.
  public var kano: [KanoSummary] = []
  /// Van Westendorp's price points, if the survey asks.
  public var prices: [PriceSummary] = []
  /// What people do at the prices of each product, if the study says something of prices.
  public var pricesByProduct: [ProductPricing] = []
  /// Which segment to target; `nil` with fewer than two to choose from.
  public var targets: TargetRanking?
  /// What drives an overall rating, if the survey has one.
  public var drivers: [DriverSummary] = []
  /// What the intervals are made of, in sentences.
  public var notes: [String] = []
  /// What a reader should know before trusting the numbers.
  public var warnings: [String] = []

  /// The cell of a segment and a product.
  ///
  /// - Parameters:
  ///   - segment: The segment's id.
  ///   - product: The product's name.
  /// - Returns: The cell, if both exist.
  public func cell(segment: String, product: String) -> FitCell? {
    cells.first { $0.segment == segment && $0.product == product }
  }
}

extension FitResult {
  /// The lowest fit at which a product is offered to somebody: a quarter of what they need.
  public static let leastOffered = 25.0

  /// Whether shares of a segment's people are shown in steps of 5 points, without telling of none or
  /// all of them.
  public func isSmall(_ segment: String) -> Bool {
    guard !notes.contains(Privacy.unprotected) else { return false }
    return segments.contains {
      $0.id == segment && $0.respondents < Double(RunSettings().smallBase)
    }
  }

  /// What is said where no mismatch is told, without a full stop.
  public var noMismatch: String {
    contrasts.contains(where: \.isClearlyBehind)
      ? "Some products fit clearly worse than others, but no single reason is large and certain "
        + "enough to name"
      : "No product fits a segment clearly worse than another"
  }
}
