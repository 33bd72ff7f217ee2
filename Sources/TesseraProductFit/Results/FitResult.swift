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
  public var features: [FeatureSummary]
  /// The barriers, in the order of the study.
  public var barriers: [BarrierSummary]
  /// Every segment with every product: segments outside, products inside.
  public var cells: [FitCell]
  /// Every product against every other in every segment.
  public var contrasts: [Contrast]
  /// Where each product may rank in each segment.
  public var ranks: [RankSet]
  /// Where a product fails a segment, worst first.
  public var mismatches: [Mismatch]
  /// Needs by segment.
  public var opportunities: [Opportunity]
  /// The declared edits, largest gain first.
  public var improvements: [Improvement]
  /// Which media reach each segment.
  public var channels: [ChannelReach]
  /// How far each segment is on the way to buying.
  public var funnel: [FunnelStep]
  /// What the intervals are made of, in sentences.
  public var notes: [String]
  /// What a reader should know before trusting the numbers.
  public var warnings: [String]

  /// Makes a result with all of its parts.
  public init(
    products: [ProductSummary], segments: [Segment], needs: [NeedSummary],
    features: [FeatureSummary] = [], barriers: [BarrierSummary] = [], cells: [FitCell],
    contrasts: [Contrast] = [], ranks: [RankSet] = [], mismatches: [Mismatch] = [],
    opportunities: [Opportunity] = [], improvements: [Improvement] = [],
    channels: [ChannelReach] = [], funnel: [FunnelStep] = [], notes: [String] = [],
    warnings: [String] = []
  ) {
    self.products = products
    self.segments = segments
    self.needs = needs
    self.features = features
    self.barriers = barriers
    self.cells = cells
    self.contrasts = contrasts
    self.ranks = ranks
    self.mismatches = mismatches
    self.opportunities = opportunities
    self.improvements = improvements
    self.channels = channels
    self.funnel = funnel
    self.notes = notes
    self.warnings = warnings
  }

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

/// A product and its features as a reader sees them.
public struct ProductSummary: Sendable, Equatable {
  /// The name in the table of products.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The levels, in the order of the features; `nil` for unknown.
  public var levels: [String?]

  /// Makes a summary.
  public init(name: String, label: String, levels: [String?]) {
    self.name = name
    self.label = label
    self.levels = levels
  }
}

/// A need as a reader sees it.
public struct NeedSummary: Sendable, Equatable {
  /// The name in the study.
  public var name: String
  /// What a reader sees.
  public var label: String

  /// Makes a summary.
  public init(name: String, label: String) {
    self.name = name
    self.label = label
  }
}

/// A feature as a reader sees it.
public struct FeatureSummary: Sendable, Equatable {
  /// The name in the study.
  public var name: String
  /// What a reader sees.
  public var label: String
  /// The unit of its levels; empty if there is none.
  public var unit: String

  /// Makes a summary.
  public init(name: String, label: String, unit: String = "") {
    self.name = name
    self.label = label
    self.unit = unit
  }
}

/// A barrier as a reader sees it.
public struct BarrierSummary: Sendable, Equatable {
  /// The name in the study.
  public var name: String
  /// What a reader sees.
  public var label: String

  /// Makes a summary.
  public init(name: String, label: String) {
    self.name = name
    self.label = label
  }
}

/// How one product fits one segment, and where the rest of the 100 points went.
public struct FitCell: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// Weighted mean of the respondents' fit; `nil` if suppressed.
  public var fit: Double?
  /// Lowest fit that the unknown features and incomes allow; `nil` if nothing is unknown.
  public var fitMin: Double?
  /// Highest fit that the unknown features and incomes allow.
  public var fitMax: Double?
  /// Fit under the study's `rho`, a sensitivity; `nil` if rho is 1.
  public var fitRho: Double?
  /// Standard error with the segmentation's own error in it (bootstrap).
  public var se: Double?
  /// Standard error with the segments held fixed (linearisation).
  public var seLinearised: Double?
  /// Low end of the 95% interval.
  public var low: Double?
  /// High end of the 95% interval.
  public var high: Double?
  /// Share that would accept the product.
  public var acceptance: Double?
  /// Fit among those who would accept; `nil` where nobody would.
  public var quality: Double?
  /// Where the points went; `nil` if suppressed.
  public var ledger: Ledger?
  /// Share of resamples in which the product ranks first in the segment.
  public var firstProbability: Double?
  /// Respondents of the segment (unweighted, by highest posterior).
  public var base: Double

  /// Makes a cell.
  public init(
    segment: String, product: String, fit: Double?, fitMin: Double? = nil,
    fitMax: Double? = nil, fitRho: Double? = nil, se: Double? = nil, seLinearised: Double? = nil,
    low: Double? = nil,
    high: Double? = nil, acceptance: Double?, quality: Double?, ledger: Ledger?,
    firstProbability: Double? = nil, base: Double
  ) {
    self.segment = segment
    self.product = product
    self.fit = fit
    self.fitMin = fitMin
    self.fitMax = fitMax
    self.fitRho = fitRho
    self.se = se
    self.seLinearised = seLinearised
    self.low = low
    self.high = high
    self.acceptance = acceptance
    self.quality = quality
    self.ledger = ledger
    self.firstProbability = firstProbability
    self.base = base
  }
}

/// An exact account of 100 points: the fit, the losses by need and feature, and by barrier.
public struct Ledger: Sendable, Equatable {
  /// Points lost to needs that the product does not fulfil.
  public var needs: [NeedLoss]
  /// Points lost because respondents would refuse the product.
  public var barriers: [BarrierLoss]

  /// Makes a ledger.
  public init(needs: [NeedLoss], barriers: [BarrierLoss]) {
    self.needs = needs
    self.barriers = barriers
  }

  /// Points lost to one need.
  public struct NeedLoss: Sendable, Equatable {
    /// The need's name.
    public var need: String
    /// Points lost.
    public var loss: Double
    /// The same points, by feature.
    public var features: [FeatureLoss]

    /// Makes a loss.
    public init(need: String, loss: Double, features: [FeatureLoss]) {
      self.need = need
      self.loss = loss
      self.features = features
    }
  }

  /// Points one feature loses in one need.
  public struct FeatureLoss: Sendable, Equatable {
    /// The feature's name.
    public var feature: String
    /// Points lost.
    public var loss: Double

    /// Makes a loss.
    public init(feature: String, loss: Double) {
      self.feature = feature
      self.loss = loss
    }
  }

  /// Points lost to one barrier.
  public struct BarrierLoss: Sendable, Equatable {
    /// The barrier's name.
    public var barrier: String
    /// Points lost.
    public var loss: Double
    /// Weighted share of the segment whom it stops or slows, 0 to 1.
    public var shareAffected: Double

    /// Makes a loss.
    public init(barrier: String, loss: Double, shareAffected: Double) {
      self.barrier = barrier
      self.loss = loss
      self.shareAffected = shareAffected
    }
  }
}

/// One product against another in one segment.
public struct Contrast: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// The other product's name.
  public var versus: String
  /// Fit of the first less fit of the second; `nil` if suppressed.
  public var difference: Double?
  /// Standard error with the segmentation's own error in it.
  public var se: Double?
  /// Standard error with the segments held fixed.
  public var seLinearised: Double?
  /// Low end of the 95% interval.
  public var low: Double?
  /// High end of the 95% interval.
  public var high: Double?
  /// Share of resamples in which the first is ahead; Φ(z) with given segments.
  public var confidence: Double?
  /// Weighted share of people for whom the first is ahead.
  public var superiority: Double?

  /// Makes a contrast.
  public init(
    segment: String, product: String, versus: String, difference: Double?, se: Double? = nil,
    seLinearised: Double? = nil, low: Double? = nil, high: Double? = nil,
    confidence: Double? = nil, superiority: Double? = nil
  ) {
    self.segment = segment
    self.product = product
    self.versus = versus
    self.difference = difference
    self.se = se
    self.seLinearised = seLinearised
    self.low = low
    self.high = high
    self.confidence = confidence
    self.superiority = superiority
  }
}

/// The ranks that a product may have in a segment, with 95% confidence for all products at once.
public struct RankSet: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// The best rank it may have, from 1.
  public var best: Int
  /// The worst rank it may have.
  public var worst: Int

  /// Makes a rank set.
  public init(segment: String, product: String, best: Int, worst: Int) {
    self.segment = segment
    self.product = product
    self.best = best
    self.worst = worst
  }
}

/// A place where a product fails a segment.
public struct Mismatch: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product's name.
  public var product: String
  /// What is behind it.
  public var cause: Cause
  /// The feature in question; empty if the barrier names none.
  public var feature: String
  /// The product's level of it, as a reader sees it.
  public var level: String
  /// The level that would do, as a reader sees it.
  public var needed: String
  /// Weighted share of the segment that it affects, 0 to 1.
  public var shareAffected: Double
  /// Mean points lost.
  public var points: Double
  /// Adjusted for all causes in all cells (Benjamini-Hochberg).
  public var pAdjusted: Double
  /// The whole thing in a sentence.
  public var sentence: String

  /// What is behind a mismatch.
  public enum Cause: Sendable, Equatable {
    /// A need, by name.
    case need(String)
    /// A barrier, by name.
    case barrier(String)

    /// As it stands in `fit.json`: `need:NAME` or `barrier:NAME`.
    public var text: String {
      switch self {
      case .need(let name): "need:\(name)"
      case .barrier(let name): "barrier:\(name)"
      }
    }
  }

  /// Makes a mismatch.
  public init(
    segment: String, product: String, cause: Cause, feature: String, level: String,
    needed: String, shareAffected: Double, points: Double, pAdjusted: Double, sentence: String
  ) {
    self.segment = segment
    self.product = product
    self.cause = cause
    self.feature = feature
    self.level = level
    self.needed = needed
    self.shareAffected = shareAffected
    self.points = points
    self.pAdjusted = pAdjusted
    self.sentence = sentence
  }
}

/// A need in a segment: how much it matters, how well it is met today, and by these products.
public struct Opportunity: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The need's name.
  public var need: String
  /// Weighted share of top-two-box importance, 0 to 1; `nil` if suppressed.
  public var importance: Double?
  /// Weighted share of top-two-box satisfaction; `nil` if not asked or suppressed.
  public var satisfaction: Double?
  /// Ulwick's score, 0 to 20: 10 × (importance + max(importance − satisfaction, 0)).
  public var odi: Double?
  /// Low end of its 95% interval.
  public var low: Double?
  /// High end of its 95% interval.
  public var high: Double?
  /// Mean points that even the best product here leaves unmet, 0 to 100.
  public var gap: Double?

  /// Makes an opportunity.
  public init(
    segment: String, need: String, importance: Double?, satisfaction: Double?, odi: Double?,
    low: Double? = nil, high: Double? = nil, gap: Double?
  ) {
    self.segment = segment
    self.need = need
    self.importance = importance
    self.satisfaction = satisfaction
    self.odi = odi
    self.low = low
    self.high = high
    self.gap = gap
  }
}

/// A change to a product and what it would bring.
public struct Improvement: Sendable, Equatable {
  /// The edit's name; empty for a change asked for on the spot.
  public var name: String
  /// The product's name.
  public var product: String
  /// The features and their new levels.
  public var set: [FeatureSetting]
  /// What it costs; `nil` if not said.
  public var cost: Double?
  /// Gain in fit over the population: segments by their shares.
  public var gain: Double
  /// Standard error of the gain: with the segmentation's own error where it was resampled.
  public var se: Double
  /// Standard error from paired differences of respondents, segments held fixed.
  public var seLinearised: Double
  /// Low end of the 95% interval.
  public var low: Double
  /// High end of the 95% interval.
  public var high: Double
  /// The gain in each segment.
  public var bySegment: [SegmentGain]

  /// What a change would bring in one segment.
  public struct SegmentGain: Sendable, Equatable {
    /// The segment's id.
    public var segment: String
    /// The fit after the change; `nil` if suppressed.
    public var fit: Double?
    /// Gain in fit; `nil` if suppressed.
    public var gain: Double?
    /// Its standard error.
    public var se: Double?
    /// Low end of the 95% interval.
    public var low: Double?
    /// High end of the 95% interval.
    public var high: Double?

    /// Makes a gain.
    public init(
      segment: String, fit: Double?, gain: Double?, se: Double?, low: Double?, high: Double?
    ) {
      self.segment = segment
      self.fit = fit
      self.gain = gain
      self.se = se
      self.low = low
      self.high = high
    }
  }

  /// Makes an improvement.
  public init(
    name: String, product: String, set: [FeatureSetting], cost: Double?, gain: Double,
    se: Double, seLinearised: Double? = nil, low: Double, high: Double,
    bySegment: [SegmentGain]
  ) {
    self.name = name
    self.product = product
    self.set = set
    self.cost = cost
    self.gain = gain
    self.se = se
    self.seLinearised = seLinearised ?? se
    self.low = low
    self.high = high
    self.bySegment = bySegment
  }
}

/// How far one medium reaches into one segment.
public struct ChannelReach: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The column, or the member of the set.
  public var channel: String
  /// What a reader sees.
  public var label: String
  /// Weighted share of the segment it reaches; `nil` if suppressed.
  public var reach: Double?
  /// 100 × reach in the segment / reach in the population.
  public var affinity: Double?

  /// Makes a reach.
  public init(
    segment: String, channel: String, label: String, reach: Double?, affinity: Double?
  ) {
    self.segment = segment
    self.channel = channel
    self.label = label
    self.reach = reach
    self.affinity = affinity
  }
}

/// One step on the way to buying, in one segment.
public struct FunnelStep: Sendable, Equatable {
  /// The segment's id.
  public var segment: String
  /// The product; empty if the funnel was not asked by product.
  public var product: String
  /// The column.
  public var step: String
  /// What a reader sees.
  public var label: String
  /// Weighted share of the segment that got here; `nil` if suppressed.
  public var share: Double?
  /// Low end of its 95% interval (Wilson).
  public var low: Double?
  /// High end of its 95% interval.
  public var high: Double?
  /// Share of those at the step before who got here; `nil` at the first step.
  public var conversion: Double?

  /// Makes a step.
  public init(
    segment: String, product: String, step: String, label: String, share: Double?,
    low: Double?, high: Double?, conversion: Double?
  ) {
    self.segment = segment
    self.product = product
    self.step = step
    self.label = label
    self.share = share
    self.low = low
    self.high = high
    self.conversion = conversion
  }
}
