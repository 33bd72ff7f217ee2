import TesseraMath
import TesseraReport

@testable import TesseraProductFit
@testable import TesseraStudy

/// Results made by hand with everything the charts draw, in any number and under any label.
enum ChartSamples {
  /// Makes results.
  ///
  /// - Parameters:
  ///   - label: What everything that carries a label is called, behind a number.
  ///   - count: Number of segments.
  ///   - products: Number of products.
  ///   - seed: Other numbers for another seed.
  ///   - isGiven: Whether a segment's id is its name, as where a column gives the segments.
  /// - Returns: Results of a run that never was.
  static func make(
    label: String = "Families", segments count: Int = 4, products: Int = 5, seed: UInt64 = 7,
    isGiven: Bool = false
  ) -> StudyResults {
    var random = RandomStream(seed: seed)
    var results = SampleResults.make(label: label, segments: count, products: products)
    let raw = (0..<count).map { _ in 0.3 + random.uniform() }.sorted(by: >)
    let shares = raw.map { $0 / raw.reduce(0, +) }
    let segments = (0..<count).map {
      Segment(
        id: "S\($0 + 1)", name: "\(label) \($0 + 1)", share: shares[$0],
        respondents: (shares[$0] * 1500).rounded())
    }
    results.segmentation.segments = segments
    results.fit?.segments = segments
    defer { if isGiven { results.giveNamesForIDs() } }
    results.segmentation.gorge = count > 1 ? bins(count, &random) : nil
    results.segmentation.acrossSolutions = steps(to: count, shares, &random)
    results.segmentation.indicators = (1...7).map { indicator(label, $0, count, &random) }
    for cell in results.fit?.cells.indices ?? 0..<0 where results.fit?.cells[cell].fit != nil {
      let (accepted, quality) = (random.uniform(), 100 * random.uniform())
      results.fit?.cells[cell].acceptance = accepted
      results.fit?.cells[cell].quality = quality
      results.fit?.cells[cell].fit = accepted * quality
    }
    results.fit?.needs = (1...12).map {
      NeedSummary(name: "n\($0)", label: "Need \($0) \(label)")
    }
    results.fit?.opportunities = segments.flatMap { segment in
      (1...12).map { need in
        let importance = need > 4 ? 0.1 * random.uniform() : random.uniform()
        return Opportunity(
          segment: segment.id, need: "n\(need)", importance: importance,
          satisfaction: 0.1 * random.uniform(), odi: 10 * importance, low: 0, high: 20, gap: 3)
      }
    }
    results.fit?.channels = segments.flatMap { segment in
      (1...9).map { channel in
        let total = 0.08 * Double(channel)
        let reach = min(1, total * (0.4 + 1.2 * random.uniform()))
        return ChannelReach(
          segment: segment.id, channel: "c\(channel)", label: "Channel \(channel) \(label)",
          reach: channel == 9 && segment.id == "S2" ? nil : reach, affinity: 100 * reach / total)
      }
    }
    results.fit?.funnel = segments.flatMap { segment in
      ["p1", "p2", "p3"].flatMap { product in funnel(segment.id, product, label, &random) }
    }
    return results
  }

  private static func bins(_ count: Int, _ random: inout RandomStream) -> MembershipBins {
    func tens(_ people: Double) -> Double { (people / 10).rounded() * 10 }
    var members: [[Double]] = []
    for segment in 0..<count {
      let steep = segment.isMultiple(of: 2) ? 20.0 : 6
      members.append(
        (0..<20).map { (bin: Int) -> Double in
          guard bin >= 8 else { return 0 }
          let rise = Double(bin - 7).squareRoot() * Double(bin)
          return tens(random.uniform() * steep * rise)
        })
    }
    let others: [Double] = (0..<20).map { (bin: Int) -> Double in
      bin > 9 ? 0 : tens(900 / Double(1 + 4 * bin))
    }
    return MembershipBins(
      measure: .posterior, base: 10, members: members,
      others: [[Double]](repeating: others, count: count),
      sure: (0..<count).map { 0.9 - 0.03 * Double($0) })
  }

  private static func steps(
    to count: Int, _ shares: [Double], _ random: inout RandomStream
  ) -> [SolutionStep] {
    guard count > 2 else { return [] }
    var all: [SolutionStep] = []
    var before = [0.6, 0.4]
    for number in 3...(count + 1) {
      var after = number == count ? shares : (0..<number).map { _ in 0.2 + random.uniform() }
      after = after.map { $0 / after.reduce(0, +) }.sorted(by: >)
      let flows = before.map { one in
        after.map { other -> Double? in
          let flow = one * other
          return flow < 0.008 ? nil : flow
        }
      }
      all.append(
        SolutionStep(
          fromSegments: number - 1, toSegments: number, flows: flows, fromShares: before,
          toShares: after, stability: after.map { _ in random.uniform() }))
      before = after
    }
    return all
  }

  private static func indicator(
    _ label: String, _ number: Int, _ count: Int, _ random: inout RandomStream
  ) -> IndicatorResult {
    let categories = (1...(3 + number % 3)).map { "Answer \(number).\($0) \(label)" }
    return IndicatorResult(
      name: "q\(number)", label: "Question \(number) \(label)", level: "nominal",
      categories: categories, codes: categories.indices.map { String($0 + 1) },
      bySegment: (0..<count).map { _ in
        let raw = categories.map { _ in 0.05 + random.uniform() * random.uniform() }
        return raw.map { $0 / raw.reduce(0, +) }
      })
  }

  private static func funnel(
    _ segment: String, _ product: String, _ label: String, _ random: inout RandomStream
  ) -> [FunnelStep] {
    var share = 0.5 + 0.5 * random.uniform()
    return ["Aware", "Considered", "Drove", "Bought"].enumerated().map { place, step in
      let rate = 0.3 + 0.6 * random.uniform()
      if place > 0 { share *= rate }
      return FunnelStep(
        segment: segment, product: product, step: step, label: "\(step) \(label)", share: share,
        low: max(0, share - 0.04), high: min(1, share + 0.04),
        conversion: place > 0 ? rate : nil, conversionLow: place > 0 ? rate - 0.05 : nil,
        conversionHigh: place > 0 ? rate + 0.05 : nil)
    }
  }
}

extension StudyResults {
  /// Calls every segment by its name alone.
  fileprivate mutating func giveNamesForIDs() {
    let names = Dictionary(
      uniqueKeysWithValues: segmentation.segments.map { ($0.id, $0.name) })
    func given(_ id: String) -> String { names[id] ?? id }
    segmentation.segments = segmentation.segments.map {
      Segment(id: $0.name, name: $0.name, share: $0.share, respondents: $0.respondents)
    }
    fit?.segments = segmentation.segments
    for place in profiles.segments.indices {
      profiles.segments[place].name = given(profiles.segments[place].id)
      profiles.segments[place].id = profiles.segments[place].name
    }
    guard var fit else { return }
    for place in fit.cells.indices { fit.cells[place].segment = given(fit.cells[place].segment) }
    for place in fit.opportunities.indices {
      fit.opportunities[place].segment = given(fit.opportunities[place].segment)
    }
    for place in fit.channels.indices {
      fit.channels[place].segment = given(fit.channels[place].segment)
    }
    for place in fit.funnel.indices { fit.funnel[place].segment = given(fit.funnel[place].segment) }
    self.fit = fit
  }
}
