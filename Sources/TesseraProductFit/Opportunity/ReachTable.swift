import TesseraDesign
import TesseraMath
import TesseraStudy
import TesseraSurvey

/// How far media reach into segments, and how far segments are on the way to buying.
struct ReachTable {
  let segmented: SegmentedSurvey
  let suppression: Suppression

  let settings: RunSettings
  /// Which memberships a column goes by, as in profiles and tables.
  private let columns: ColumnEstimator

  /// Prepares reach.
  ///
  /// - Parameters:
  ///   - segmented: Respondents and segments.
  ///   - active: Columns or sets that made the segments.
  ///   - suppression: Which segments are hidden.
  ///   - settings: Smallest groups.
  init(
    _ segmented: SegmentedSurvey, active: [String], suppression: Suppression,
    settings: RunSettings
  ) {
    self.segmented = segmented
    self.suppression = suppression
    self.settings = settings
    columns = ColumnEstimator(segmented, active: active, settings: settings)
  }

  private func estimator(
    _ membership: Matrix, among isUsed: [Bool]
  ) -> DomainEstimator {
    DomainEstimator(membership: membership, design: segmented.design, isUsed: isUsed)
  }

  /// A share by corrected memberships can lie a little beyond its bounds.
  private static func bounded(_ share: Double) -> Double {
    share.isFinite ? min(1, max(0, share)) : share
  }

  /// People of each segment among some, by highest posterior.
  private func people(_ isCounted: [Bool]) -> [Double] {
    Suppression(segmented, isUsed: isCounted, minimumCell: 1).bases
  }

  /// What of a 0/1 column may be told, segment by segment, and everybody's last.
  private struct Cells {
    let rules: CellRules
    let bases: [Double]
    let isTold: [Bool]

    /// Whether a segment's share is rounded, and its errors with it.
    func isSmall(_ segment: Int) -> Bool { bases[segment] < rules.small }
  }

  private func cells(_ column: BinaryColumn, among isUsed: [Bool]? = nil) -> Cells {
    let rules = CellRules(settings, columns: [column.name] + sets(of: column))
    let isUsed = isUsed ?? column.values.map { !$0.isNaN }
    let yes = people(zip(column.values, isUsed).map { $0 == 1 && $1 })
    let bases = people(isUsed)
    let hidden = rules.hidden([zip(bases, yes).map { $0 - $1 }, yes])
    let isRare = Self.isRare(column, segmented, settings)
    return Cells(
      rules: rules, bases: bases,
      isTold: hidden[1].indices.map { place in
        !hidden[0][place] && !hidden[1][place] && !isRare
          && (place == bases.count || !suppression.isHidden[place])
      })
  }

  private func sets(of column: BinaryColumn) -> [String] {
    segmented.survey.sets.filter { $0.members.contains(column.name) }.map(\.name)
  }

  /// Whether fewer people of the whole survey than may be shown said yes to a column.
  static func isRare(
    _ column: BinaryColumn, _ segmented: SegmentedSurvey, _ settings: RunSettings
  ) -> Bool {
    guard settings.minimumCell > 1 else { return false }
    let isYes = column.values.map { $0 == 1 }
    let yes = Suppression(segmented, isUsed: isYes, minimumCell: 1).bases.reduce(0, +)
    return yes > 0 && yes < Double(settings.minimumCell)
  }

  /// Reach and affinity of every channel in every segment.
  func channels(_ columns: [BinaryColumn]) -> [ChannelReach] {
    let values = columns.map { $0.values.map { $0.isNaN ? 0 : $0 } }
    let within = zip(columns, self.columns.memberships(columns.map(\.name))).map {
      estimator($1, among: $0.values.map { !$0.isNaN })
    }
    let overall = columns.map { column in
      DomainEstimator.everybody(
        design: segmented.design, isUsed: column.values.map { !$0.isNaN })
    }
    let reaches = columns.indices.map { column in
      within[column].means(values[column]).map(Self.bounded)
    }
    let errors = columns.indices.map { within[$0].errors(values[$0], means: reaches[$0]) }
    let totals = columns.indices.map { overall[$0].means(values[$0])[0] }
    let all = columns.map { cells($0) }
    var result: [ChannelReach] = []
    for (segment, summary) in segmented.segments.enumerated() {
      for (column, channel) in columns.enumerated() {
        let reach = reaches[column][segment]
        let own = all[column]
        let isTold = own.isTold[segment] && reach.isFinite
        // The whole survey's share would be given back by the affinity.
        let hasTotal = isTold && own.isTold[segmented.segments.count] && totals[column] > 0
        let isExact = isTold && !own.isSmall(segment)
        let shown = own.rules.rounded(reach, base: own.bases[segment])
        var one = ChannelReach(
          segment: summary.id, channel: channel.name, label: channel.label,
          reach: isTold ? shown : nil,
          reachSE: isExact && errors[column][segment].isFinite ? errors[column][segment] : nil,
          affinity: hasTotal ? 100 * shown / totals[column] : nil,
          affinitySE: hasTotal && isExact
            ? affinityError(
              values[column], within[column], overall[column], segment, reach, totals[column])
            : nil)
        if isTold {
          let interval = WilsonInterval.of(
            shown, error: isExact ? errors[column][segment] : 0, within[column], segment)
          (one.low, one.high) = (interval.low, interval.high)
        }
        result.append(one)
      }
    }
    return result
  }

  /// Error of 100 r/t for a segment's reach r and everybody's t: the parts that each respondent
  /// contributes to r/t are s (x − r)/t − r/t² · S (x − t), s and S being the shares of the means.
  private func affinityError(
    _ values: [Double], _ within: DomainEstimator, _ overall: DomainEstimator, _ segment: Int,
    _ reach: Double, _ total: Double
  ) -> Double? {
    let parts = values.indices.map { row in
      within.shares[row, segment] * (values[row] - reach) / total
        - reach / (total * total) * overall.shares[row, 0] * (values[row] - total)
    }
    let error = 100 * overall.error(ofSum: parts)
    return error.isFinite ? error : nil
  }

  /// Every step of every funnel in every segment.
  func funnel(_ funnels: [BoundFunnel]) -> [FunnelStep] {
    let memberships = funnels.map { columns.memberships(ofFunnel: $0.steps.map(\.name)) }
    var result: [FunnelStep] = []
    for (segment, summary) in segmented.segments.enumerated() {
      for (funnel, membership) in zip(funnels, memberships) {
        var before: BinaryColumn?
        for step in funnel.steps {
          result.append(
            funnelStep(
              step, after: before, by: membership, segment, id: summary.id,
              product: funnel.product))
          before = step
        }
      }
    }
    return result
  }

  /// Steps that many took without the one before, in one sentence.
  func unnested(_ funnels: [BoundFunnel]) -> [String] {
    let heads = (0..<segmented.survey.respondentCount).map { segmented.design.heads($0) }
    var found: [(share: Double, step: BinaryColumn, before: BinaryColumn)] = []
    for funnel in funnels {
      for (before, step) in zip(funnel.steps, funnel.steps.dropFirst()) {
        guard !cells(step).rules.isStrict, !cells(before).rules.isStrict else { continue }
        var (all, skipped) = (0.0, 0.0)
        for (person, heads) in heads.enumerated() where step.values[person] == 1 {
          all += heads
          if before.values[person] == 0 { skipped += heads }
        }
        guard skipped >= max(Double(settings.minimumCell), Self.mostSkipping * all),
          all - skipped >= Double(settings.minimumCell)
        else { continue }
        found.append((skipped / all, step, before))
      }
    }
    guard let most = found.max(by: { $0.share < $1.share }) else { return [] }
    let share = "\(Int((100 * most.share).rounded()))%"
    // Steps that are called by the brand alone say nothing of each other.
    let hasWords = most.step.label != most.before.label
    let who =
      hasWords
      ? "\(share) of those with '\(most.step.label)' are without '\(most.before.label)', the step before"
      : "\(share) of those at a step ('\(most.step.label)') are not at the step before"
    return [
      (found.count > 1 ? "In \(found.count) places of the funnels steps are skipped; at most " : "")
        + "\(who): the funnel is no chain of steps, and who got from one to the next is told of those who "
        + "took both."
    ]
  }

  /// Part of a step that may come without the one before and still pass for slips.
  private static let mostSkipping = 0.02

  private func funnelStep(
    _ step: BinaryColumn, after before: BinaryColumn?, by membership: Matrix, _ segment: Int,
    id: String, product: String
  ) -> FunnelStep {
    let estimator = estimator(membership, among: step.values.map { !$0.isNaN })
    let values = step.values.map { $0.isNaN ? 0 : $0 }
    let means = estimator.means(values).map(Self.bounded)
    let share = means[segment]
    let own = cells(step)
    guard own.isTold[segment], share.isFinite else {
      return FunnelStep(
        segment: id, product: product, step: step.name, label: step.label, share: nil, low: nil,
        high: nil, conversion: nil)
    }
    let shown = own.rules.rounded(share, base: own.bases[segment])
    let interval = interval(
      estimator, values, means: means, segment, shown: own.isSmall(segment) ? shown : nil)
    let onward = before.flatMap { conversion(step, after: $0, by: membership, segment) }
    return FunnelStep(
      segment: id, product: product, step: step.name, label: step.label, share: shown,
      low: interval.low, high: interval.high, conversion: onward?.share,
      conversionLow: onward?.interval.low, conversionHigh: onward?.interval.high)
  }

  /// A share's interval, by the respondents that the design makes it worth.
  private func interval(
    _ estimator: DomainEstimator, _ values: [Double], means: [Double], _ segment: Int,
    shown: Double?
  ) -> WilsonInterval {
    // A rounded share has the interval of a sample of its size, which does not give it back.
    .of(
      shown ?? means[segment],
      error: shown == nil ? estimator.errors(values, means: means)[segment] : 0, estimator, segment)
  }

  /// Share of those at the step before who got here; `nil` where they are too few.
  private func conversion(
    _ step: BinaryColumn, after before: BinaryColumn, by membership: Matrix, _ segment: Int
  ) -> (share: Double, interval: WilsonInterval)? {
    let isUsed = step.values.indices.map { before.values[$0] == 1 && !step.values[$0].isNaN }
    let own = cells(step, among: isUsed)
    guard own.isTold[segment] else { return nil }
    let estimator = estimator(membership, among: isUsed)
    let values = step.values.map { $0.isNaN ? 0 : $0 }
    let means = estimator.means(values).map(Self.bounded)
    guard means[segment].isFinite else { return nil }
    let shown = own.rules.rounded(means[segment], base: own.bases[segment])
    return (
      shown,
      interval(
        estimator, values, means: means, segment, shown: own.isSmall(segment) ? shown : nil)
    )
  }
}
