import Foundation
import TesseraStudy

/// The gorge plot: for each segment, how near everybody stands to it.
///
/// A gorge between the two ends says that people belong clearly to it or clearly not; a hill in the
/// middle says that borders run through a crowd. Heights are roots of counts, as in a rootogram, so
/// that the few in the middle are seen beside the many at the ends.
///
/// - Reference: Dolnicar, Grün & Leisch (2018), *Market Segmentation Analysis*, section 7.5.
struct GorgeChart {
  /// The counts.
  let bins: MembershipBins
  /// The segments, in the order of the counts.
  let segments: [Segment]
  /// How numbers are written.
  let numbers: NumberStyle
  /// Whether another sample would give other segments, so that no claim is made of these.
  var isDoubted = false

  private static let panel = (width: 206.0, height: 168.0, plot: 84.0)

  /// The chart.
  ///
  /// - Returns: The drawing with its table and specification; `nil` if all counts are hidden.
  func chart() -> Chart? {
    guard segments.count > 1, segments.count == bins.members.count,
      segments.count == bins.sure.count,
      bins.members.contains(where: { $0.contains { $0 > 0 } })
    else { return nil }
    return Chart(
      id: "gorge", title: title,
      subtitle: "For each segment all respondents by their \(measure) (across); heights are roots "
        + "of counts. Colour: its members; grey: everybody else."
        + (bins.base > 1
          ? " Where few stand, neighbouring bars are pooled, and counts are rounded to "
            + "\(numbers.number(bins.base))." : ""),
      description: "Histograms of the \(measure) for \(segments.count) segments",
      svg: drawing(), vegaLite: specification(), table: table())
  }

  private var measure: String {
    bins.measure == .posterior ? "chance of belonging" : "similarity to its centre"
  }

  /// A count, with a decimal where it is the mean of a pool.
  private func people(_ count: Double) -> String {
    numbers.number(count, decimals: count == count.rounded() ? 0 : 1)
  }

  private var title: String {
    let shares = bins.sure
    let all = bins.members.flatMap(\.self).reduce(0, +)
    let sure = segments.indices.reduce(0.0) { sum, segment in
      sum + (shares[segment] ?? 0) * bins.members[segment].reduce(0, +)
    }
    let share = all > 0 ? sure / all : 0
    let least = segments.indices.filter { shares[$0] != nil }
      .min { (shares[$0] ?? 0) < (shares[$1] ?? 0) }
    let verdict =
      switch share {
      case _ where isDoubted: "How surely people are placed in these segments"
      case 0.75...: "Most people belong clearly to one segment"
      case 0.5...: "Many people belong clearly to one segment"
      default: "Few people belong clearly to one segment"
      }
    var text = "\(verdict): \(numbers.percent(share)) of people stand at 0.8 or above in their own"
    if let least, let lowest = shares[least], share - lowest > 0.05 {
      text += "; \(name(least)) is the least sure (\(numbers.percent(lowest)))"
    }
    return text
  }

  private func name(_ segment: Int) -> String {
    segments[segment].title
  }

  private func drawing() -> String {
    let count = segments.count
    let across = count <= 4 ? count : count <= 6 ? 3 : 4
    let down = (count + across - 1) / across
    let panel = Self.panel
    var canvas = SVGCanvas(
      width: panel.width * Double(across), height: panel.height * Double(down),
      description: "Gorge plot of \(segments.count) segments")
    let highest =
      segments.indices.flatMap { segment in
        zip(bins.members[segment], bins.others[segment]).map { $0 + $1 }
      }.max() ?? 1
    for segment in segments.indices {
      draw(
        segment, highest: max(highest, 1), x: panel.width * Double(segment % across),
        y: panel.height * Double(segment / across), on: &canvas)
    }
    return canvas.svg
  }

  private func draw(
    _ segment: Int, highest: Double, x: Double, y: Double, on canvas: inout SVGCanvas
  ) {
    let panel = Self.panel
    let left = x + 6
    let width = panel.width - 26
    let bottom = y + 42 + panel.plot
    canvas.label(
      name(segment), x: left, y: y + 14, size: 12, isBold: true, limit: panel.width - 18)
    canvas.label(
      bins.sure[segment].map { "\(numbers.percent($0)) stand at 0.8 or above" }
        ?? "too few to show", x: left, y: y + 30, size: 11, fill: SVGCanvas.soft,
      limit: panel.width - 18)
    canvas.rectangle(
      x: left, y: bottom - panel.plot, width: width, height: panel.plot,
      fill: "var(--card,#f6f8fa)")
    let count = bins.members[segment].count
    let step = width / Double(count)
    func height(_ people: Double) -> Double {
      (people / highest).squareRoot() * (panel.plot - 4)
    }
    for bin in 0..<count {
      let (own, others) = (bins.members[segment][bin], bins.others[segment][bin])
      guard own + others > 0 else { continue }
      let range =
        numbers.number(Double(bin) / Double(count), decimals: 2) + " to "
        + numbers.number(Double(bin + 1) / Double(count), decimals: 2)
      let hint =
        "\(name(segment)), \(measure) \(range): \(people(own)) members, \(people(others)) others"
      let place = left + step * Double(bin)
      canvas.rectangle(
        x: place + 0.5, y: bottom - height(own + others), width: step - 1,
        height: height(own + others), fill: "#8c959f", hint: hint)
      canvas.rectangle(
        x: place + 0.5, y: bottom - height(own), width: step - 1, height: height(own),
        fill: Palette.segment(segment), hint: hint)
    }
    canvas.line(left, bottom, left + width, bottom, stroke: SVGCanvas.soft)
    for (mark, anchor) in [(0.0, SVGCanvas.Anchor.start), (0.5, .middle), (1.0, .end)] {
      canvas.line(
        left + width * mark, bottom, left + width * mark, bottom + 4, stroke: SVGCanvas.soft)
      canvas.label(
        numbers.number(mark, decimals: mark == 0.5 ? 1 : 0), x: left + width * mark,
        y: bottom + 16, size: 11, anchor: anchor, fill: SVGCanvas.soft)
    }
  }

  private func table() -> ReportTable {
    let count = bins.members.first?.count ?? 0
    return ReportTable(
      id: "gorge", caption: "Members of each segment (and everybody else) by \(measure)",
      columns: [.init("From"), .init("To", isNumeric: true)]
        + segments.indices.map { .init(name($0), isNumeric: true) },
      rows: (0..<count).map { bin in
        [
          .init(
            RichText(numbers.number(Double(bin) / Double(count), decimals: 2)),
            value: Double(bin) / Double(count), isHeader: true),
          .number(Double(bin + 1) / Double(count), numbers, decimals: 2),
        ]
          + segments.indices.map { segment in
            .init(
              RichText(
                "\(people(bins.members[segment][bin])) (\(people(bins.others[segment][bin])))"),
              value: bins.members[segment][bin])
          }
      })
  }

  private func specification() -> JSONValue {
    let values = segments.indices.flatMap { segment in
      bins.members[segment].indices.flatMap { bin in
        [("member", bins.members), ("other", bins.others)].map { kind, counts in
          [
            "segment": name(segment), "from": Double(bin) / Double(bins.members[segment].count),
            "kind": kind, "respondents": counts[segment][bin],
          ] as JSONValue
        }
      }
    }
    return VegaLite.specification(
      values: values, mark: "bar",
      encoding: [
        "facet": .nominal("segment"),
        "x": .ordinal("from"),
        "y": .quantitative("respondents"),
        "color": .nominal("kind"),
      ])
  }
}
