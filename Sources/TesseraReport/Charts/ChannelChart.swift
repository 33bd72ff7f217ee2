import TesseraMath
import TesseraProductFit
import TesseraStudy

/// How far each medium reaches into each segment, and how that compares with everybody.
struct ChannelChart {
  /// Reach of every channel in every segment.
  let channels: [ChannelReach]
  /// The segments.
  let segments: [Segment]
  /// How numbers are written.
  let numbers: NumberStyle

  /// An index this far from 100 is a notable difference, and set in full colour.
  static let notable = 20.0

  /// The chart.
  ///
  /// - Parameter most: Channels drawn at most: those whose reach differs most; the table has all.
  /// - Returns: The drawing with its table and specification; `nil` without a reach to show.
  func chart(most: Int = 24) -> Chart? {
    let names = self.names
    guard !segments.isEmpty, channels.contains(where: { $0.reach != nil }) else { return nil }
    let spreads = names.map { name -> Double in
      let known = channels.filter { $0.channel == name.channel }.compactMap(\.reach)
      return (known.max() ?? 0) - (known.min() ?? 0)
    }
    let kept = Set(
      names.indices.sorted { (spreads[$1], $0) < (spreads[$0], $1) }.prefix(most))
    let drawn = names.indices.filter { kept.contains($0) }.map { names[$0] }
    let bars = SegmentBars(
      segments: segments.map { ($0.id, $0.name, $0.share) }, rows: drawn.map(row),
      numbers: numbers,
      description: "Reach of \(drawn.count) channels in \(segments.count) segments")
    var chart = Chart(
      id: "channels", title: title,
      subtitle:
        "Share of each segment reached (bar) and of everybody (dark tick). Index 100 is the "
        + "reach among everybody, 200 is twice that; pale bars lie within 80 and 120."
        + (names.count > drawn.count
          ? " The \(drawn.count) channels that differ most of \(names.count)." : ""),
      description: "Reach of \(drawn.count) channels in \(segments.count) segments",
      svg: bars.svg(), vegaLite: specification(), table: table(names))
    chart.narrowSVG = bars.narrowSVG()
    return chart
  }

  private var names: [(channel: String, label: String)] {
    var names: [(channel: String, label: String)] = []
    var seen: Set<String> = []
    for one in channels where seen.insert(one.channel).inserted {
      names.append((one.channel, one.label))
    }
    return names
  }

  private func name(_ id: String) -> String {
    segments.first { $0.id == id }?.title ?? id
  }

  private func reach(_ channel: String, in segment: Segment) -> ChannelReach? {
    channels.first { $0.channel == channel && $0.segment == segment.id }
  }

  /// The channels that favour a segment beyond the errors of all that are compared.
  private var title: String {
    let known = channels.filter { ($0.reach ?? 0) >= 0.05 && $0.affinitySE != nil }
    let critical = NormalDistribution.standard.quantile(1 - 0.025 / Double(max(1, known.count)))
    let ahead = known.filter {
      ($0.affinity ?? 0) - critical * ($0.affinitySE ?? .infinity) > 100
        && ($0.affinity ?? 0) >= 110
    }.sorted { ($1.affinity ?? 0, $0.channel) < ($0.affinity ?? 0, $1.channel) }
    guard let best = ahead.first else {
      return known.isEmpty
        ? "How far each channel reaches" : "No channel clearly reaches one segment better than all"
    }
    // The largest lead is told as such only where no other comes near it, nor one whose error is not
    // known, since its segment is small.
    let isFirst =
      ahead.dropFirst().allSatisfy { other in
        let error = (best.affinitySE ?? 0) + (other.affinitySE ?? 0)
        return (best.affinity ?? 0) - (other.affinity ?? 0) > critical * error
      }
      && !channels.contains {
        $0.affinitySE == nil && ($0.affinity ?? 0) > (best.affinity ?? 0)
      }
    func told(_ one: ChannelReach) -> String {
      "\(one.label) reaches \(numbers.percent(one.reach)) of \(name(one.segment)) "
        + "(all: \(numbers.percent(one.ofAll)))"
    }
    if isFirst { return told(best) + ", the largest lead" }
    return ahead.prefix(2).map(told).joined(separator: ", ")
  }

  private func row(_ channel: (channel: String, label: String)) -> SegmentBars.Row {
    let own = segments.map { reach(channel.channel, in: $0) }
    let known = own.compactMap(\.self).first { ($0.reach ?? 0) > 0 && ($0.affinity ?? 0) > 0 }
    let total = known.flatMap { one in one.reach.map { 100 * $0 / (one.affinity ?? 100) } }
    return SegmentBars.Row(
      label: channel.label, total: total,
      bars: zip(segments, own).map { segment, one in
        SegmentBars.Bar(
          share: one?.reach, detail: one?.affinity.map { "index \(numbers.number($0))" } ?? "",
          hint: "\(channel.label), \(name(segment.id)): reaches \(numbers.percent(one?.reach)), "
            + "everybody \(numbers.percent(total)), index \(numbers.number(one?.affinity))",
          isMarked: abs((one?.affinity ?? 100) - 100) >= Self.notable)
      })
  }

  private func table(_ names: [(channel: String, label: String)]) -> ReportTable {
    ReportTable(
      id: "channels", caption: "Reach of each channel, with its index against everybody",
      columns: [.init("Channel")] + segments.map { .init(name($0.id), isNumeric: true) },
      rows: names.map { channel in
        [.init(RichText(channel.label), isHeader: true)]
          + segments.map { segment in
            let one = reach(channel.channel, in: segment)
            let index = one?.affinity.map { " (\(numbers.number($0)))" } ?? ""
            return .init(
              RichText(numbers.percent(one?.reach) + index), value: one?.reach,
              shade: one?.affinity.map { .diverging(($0 - 100) / 100) } ?? .none)
          }
      }, notes: ["100 is the reach among everybody; 200 is twice that."])
  }

  private func specification() -> JSONValue {
    let values = channels.map { one in
      [
        "segment": name(one.segment), "channel": one.label, "reach": one.reach,
        "index": one.affinity,
      ] as JSONValue
    }
    return VegaLite.specification(
      values: values, mark: "bar",
      encoding: [
        "column": .nominal("segment"),
        "y": .nominal("channel"),
        "x": .quantitative("reach"),
        "tooltip": .quantitative("index"),
      ])
  }
}
