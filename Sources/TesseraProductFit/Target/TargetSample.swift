import TesseraDesign
import TesseraMath
import TesseraStudy

/// The criteria of all segments, in the sample itself and in every replicate.
struct TargetSample: Sendable {
  /// Positions of the segments that may be told.
  let segments: [Int]
  /// The criteria that are known.
  let criteria: [TargetCriterion]
  /// Criteria × segments.
  let values: [[Double]]
  /// For each replicate criteria × segments; those with an empty segment are left out.
  let replicates: [[[Double]]]
  /// Criteria × segments: labels of what each value rests on.
  let of: [[[String]]]
  /// Criteria that hang on levels that nobody knows.
  let open: [TargetCriterion]
  /// The products with such levels: "aa (x)"; empty where all is known.
  let openWords: String

  /// What a product would bring: its margin; `nil` where price or cost is unknown.
  private struct Product: Sendable {
    let place: Int
    let label: String
    let fitRow: Int
    let acceptanceRow: Int
    let margin: Double?
    /// By segment the chance that it is known and to be had.
    let known: [Double]
  }

  private struct Channel: Sendable {
    let label: String
    let row: Int
    /// By segment what is told of its reach; `nil` where hidden.
    let reach: [Double?]
  }

  /// Measures everything.
  ///
  /// - Parameters:
  ///   - analysis: The study, its replicates with it.
  ///   - source: What it declares.
  ///   - market: Its market.
  /// - Throws: `StudyError` E0611 for channels that are none.
  init(
    _ analysis: FitAnalysis, _ source: FitSource, _ market: MarketAnalysis
  ) throws(StudyError) {
    let model = analysis.model
    let segments = (0..<analysis.segments).filter { !analysis.suppression.isHidden[$0] }
    var columns = AudienceSampler.Columns(analysis)
    let offers = market.market.today.offers
    func product(_ place: Int) -> Product {
      Product(
        place: place, label: model.products[place].label,
        fitRow: columns.add(analysis.scores.fit.row(place)),
        acceptanceRow: columns.add(analysis.scores.acceptance.row(place)),
        margin: market.market.margin(of: offers[place]),
        known: (0..<analysis.segments).map { market.market.chances[$0, place] })
    }
    let sold = model.products.indices.filter { offers[$0].isPresent }
    let own = model.products.indices.filter { offers[$0].isOwn }.map(product)
    let others = sold.filter { !offers[$0].isOwn }.map(product)
    let chances = market.chances(market.market.today, market.rule, analysis.scores.fit)
    let takers =
      market.market.hasOutside
      ? nil : columns.add(chances.map { $0.row(offers.count).map { 1 - $0 } })
    let shareRow = columns.add(
      chances.map { chances in
        (0..<model.respondents.count).map { person in
          sold.reduce(0) { offers[$1].isOwn ? $0 + chances[$1, person] : $0 }
        }
      }, over: takers)
    var lacking = [Double](repeating: 0, count: model.respondents.count)
    for need in model.needs.indices {
      for (person, points) in analysis.unserved(need, by: sold).enumerated() {
        lacking[person] += points
      }
    }
    let lackingRow = columns.add(lacking)
    var channels: [Channel] = []
    let reach = ReachTable(
      analysis.segmented, active: source.file.segments.active, suppression: analysis.suppression,
      settings: analysis.settings)
    let bound = try ColumnBinder(source: source, segmented: analysis.segmented).channels()
      .filter { !ReachTable.isRare($0, analysis.segmented, analysis.settings) }
    let reaches = reach.channels(bound)
    for channel in bound {
      let base = columns.base(channel.values.map { !$0.isNaN })
      let row = columns.add(channel.values.map { $0.isNaN ? 0 : $0 }, over: base)
      channels.append(
        Channel(
          label: channel.label, row: row,
          reach: analysis.segmented.segments.map { segment in
            reaches.first { $0.channel == channel.name && $0.segment == segment.id }?.reach
          }))
    }
    let sampler = AudienceSampler(analysis, groupOf: market.groupOf, columns)
    let population = source.file.population ?? 1
    let hasReach =
      !channels.isEmpty
      && segments.allSatisfy { segment in channels.contains { $0.reach[segment] != nil } }
    let hasValue = own.contains { $0.margin != nil }
    let columnsOfBarriers = model.barriers.flatMap(\.columns)
    let unknown = market.openOffers(market.market.today)
    openWords = unknown.map(\.words).joined(separator: ", ")
    let isOwnOpen = unknown.contains { offers[$0.offer].isOwn }
    let open: [TargetCriterion] =
      (unknown.isEmpty ? [] : [.unserved, .fit, .share])
      + (isOwnOpen ? [.acceptance, .value] : [])
    // By counts, who accepts what may not be told; without rivals a share is an acceptance.
    let possible = TargetCriterion.allCases.filter {
      ($0 != .reach || hasReach) && ($0 != .value || hasValue)
        && ($0 != .share || market.market.isDeclared)
        && (!analysis.hidesStops || ![.acceptance, .share, .value].contains($0))
    }
    self.open = possible.filter(open.contains)
    let criteria = possible.filter { !open.contains($0) }

    /// The criteria of one segment, given a way to look up means.
    func measured(
      _ segment: Int, size: Double, fit: (Product) -> Double, acceptance: (Product) -> Double,
      share: Double, mean: (Int) -> Double, reach: (Channel) -> Double?
    ) -> [(value: Double, of: [String])] {
      let best = own.max { fit($0) < fit($1) }
      let rival = others.max { fit($0) < fit($1) }
      return criteria.map { criterion in
        switch criterion {
        case .size: return (size * population, [])
        case .unserved: return (mean(lackingRow), [])
        case .fit:
          return (
            (best.map(fit) ?? 0) - (rival.map(fit) ?? 0), [best, rival].compactMap { $0?.label }
          )
        case .acceptance: return (best.map(acceptance) ?? 0, [best].compactMap { $0?.label })
        case .share: return (share, own.map(\.label))
        case .reach:
          let top = channels.compactMap { one in reach(one).map { (one.label, $0) } }
            .max { $0.1 < $1.1 }
          return (top?.1 ?? 0, [top].compactMap { $0?.0 })
        case .value:
          let priced = own.compactMap { one in
            one.margin.map {
              (one.label, size * population * one.known[segment] * acceptance(one) * $0)
            }
          }
          let top = priced.max { $0.1 < $1.1 }
          return (top?.1 ?? 0, [top].compactMap { $0?.0 })
        }
      }
    }
    let now = segments.map { segment in
      measured(
        segment, size: analysis.segmented.segments[segment].share,
        fit: { analysis.fits[$0.place, segment] },
        acceptance: {
          // Of few people it is rounded.
          let plain = analysis.acceptances[$0.place, segment]
          return analysis.told(share: plain, in: segment, columns: columnsOfBarriers) ?? plain
        },
        share: analysis.told(
          share: sampler.mean(shareRow, segment + 1), in: segment, columns: columnsOfBarriers)
          ?? sampler.mean(shareRow, segment + 1),
        mean: { sampler.mean($0, segment + 1) }, reach: { $0.reach[segment] })
    }
    let count = sampler.count
    let sizes = count == 0 ? [] : segments.map { sampler.prevalences($0 + 1) }
    func at(_ slice: ArraySlice<Double>, _ place: Int) -> Double {
      slice[slice.startIndex + place]
    }
    let all = (0..<count).map { replicate in
      segments.enumerated().map { position, segment -> [Double] in
        func drawn(_ row: Int) -> Double { at(sampler.drawn(row, segment + 1), replicate) }
        func moved(_ row: Int, to value: Double) -> Double {
          drawn(row) + value - sampler.mean(row, segment + 1)
        }
        return measured(
          segment, size: at(sizes[position], replicate),
          fit: { moved($0.fitRow, to: analysis.fits[$0.place, segment]) },
          acceptance: { moved($0.acceptanceRow, to: analysis.acceptances[$0.place, segment]) },
          share: drawn(shareRow), mean: drawn,
          // The reach that is told is freed from errors of placing; its spread is the same.
          reach: { one in one.reach[segment].map { moved(one.row, to: $0) } }
        ).map(\.value)
      }
    }
    func turned(_ bySegment: [[Double]]) -> [[Double]] {
      criteria.indices.map { criterion in bySegment.map { $0[criterion] } }
    }
    self.segments = segments
    self.criteria = criteria
    values = turned(now.map { $0.map(\.value) })
    of = criteria.indices.map { criterion in now.map { $0[criterion].of } }
    replicates = all.filter { $0.allSatisfy { $0.allSatisfy(\.isFinite) } }.map(turned)
  }
}
