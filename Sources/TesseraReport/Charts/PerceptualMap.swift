import TesseraMath
import TesseraStudy

/// The perceptual map: segments and the answers that set them apart, by correspondence analysis.
///
/// Segments stand in principal coordinates, so that their distances are those of their answers
/// (chi-square); answers as in a contribution biplot, the longer the more they tell segments apart.
///
/// - Reference: Greenacre (2013), *J. Computational and Graphical Statistics* 22(1), 107–122.
struct PerceptualMap {
  /// The segments.
  let segments: [Segment]
  /// How numbers are written.
  let numbers: NumberStyle
  private let answers: [AnswerTable.Answer]
  private let analysis: CorrespondenceAnalysis

  /// Answers that are labelled at most.
  private static let mostLabels = 26

  /// Analyses the answers of segments.
  ///
  /// Fails if there are fewer than three segments or answers, or no differences.
  ///
  /// - Parameters:
  ///   - segmentation: The segments and their indicators.
  ///   - profiles: The segments as people.
  ///   - numbers: How numbers are written.
  init?(_ segmentation: SegmentationResult, _ profiles: ProfileResult, numbers: NumberStyle) {
    guard let table = AnswerTable(segmentation, profiles),
      let analysis = try? CorrespondenceAnalysis(table.masses),
      analysis.inertias.count > 1, analysis.totalInertia > 1e-9, analysis.share(of: 1) > 1e-6
    else { return nil }
    segments = segmentation.segments
    answers = table.answers
    self.analysis = analysis
    self.numbers = numbers
  }

  /// The chart.
  var chart: Chart {
    let shown = analysis.share(of: 0) + analysis.share(of: 1)
    return Chart(
      id: "map", title: title,
      subtitle:
        "Segments that stand close answer alike (disc: share of people). An answer is given "
        + "more often by segments in its direction, and the further out it stands the more it sets "
        + "them apart; what is near the middle is common to all. The map shows "
        + "\(numbers.percent(shown)) of all differences.",
      description: "Map of \(segments.count) segments and \(answers.count) answers",
      svg: drawing(), vegaLite: specification(), table: table())
  }

  private var title: String {
    var widest: (one: Int, other: Int, distance: Double) = (0, 1, -1)
    for one in segments.indices {
      for other in segments.indices where other > one {
        let distance = zip(analysis.rows.row(one), analysis.rows.row(other)).reduce(0) {
          $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        if distance > widest.distance { widest = (one, other, distance) }
      }
    }
    return "\(name(widest.one)) and \(name(widest.other)) answer most differently"
  }

  private func name(_ segment: Int) -> String {
    segments[segment].title
  }

  /// What an answer adds to the two axes, 0 to 1.
  private func weight(_ answer: Int) -> Double {
    let whole = analysis.inertias[0] + analysis.inertias[1]
    return (0..<2).reduce(0) {
      $0 + analysis.columnContribution(answer, to: $1) * analysis.inertias[$1] / whole
    }
  }

  private func drawing() -> String {
    let rows = segments.indices.map { (x: analysis.rows[$0, 0], y: analysis.rows[$0, 1]) }
    let raw = answers.indices.map { answer in
      (
        x: analysis.contributionCoordinate(answer, on: 0),
        y: analysis.contributionCoordinate(answer, on: 1)
      )
    }
    func length(_ points: [(x: Double, y: Double)]) -> Double {
      points.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 0
    }
    // Answers keep their directions; one factor for all lets them fill the map as segments do.
    let factor = length(rows) / max(length(raw), 1e-12)
    let columns = raw.map { (x: $0.x * factor, y: $0.y * factor) }
    let all = rows + columns + [(x: 0, y: 0)]
    let (low, high) = (all.map(\.x).min() ?? 0, all.map(\.x).max() ?? 1)
    let (bottom, top) = (all.map(\.y).min() ?? 0, all.map(\.y).max() ?? 1)
    let margin = (x: 110.0, y: 44.0)
    let width = 800.0
    let scale = min(
      (width - 2 * margin.x) / max(high - low, 1e-12),
      (620 - 2 * margin.y) / max(top - bottom, 1e-12)
    )
    let height = max(360, (top - bottom) * scale + 2 * margin.y)
    let centre = (x: (low + high) / 2, y: (bottom + top) / 2)
    func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
      (width / 2 + (point.x - centre.x) * scale, height / 2 - (point.y - centre.y) * scale)
    }
    var canvas = SVGCanvas(
      width: width, height: height + 24,
      description: "Perceptual map of \(segments.count) segments")
    canvas.rectangle(x: 0, y: 0, width: width, height: height, fill: "var(--card,#f6f8fa)")
    let origin = place((0, 0))
    canvas.line(0, origin.y, width, origin.y, stroke: SVGCanvas.line, dashes: "5 4")
    canvas.line(origin.x, 0, origin.x, height, stroke: SVGCanvas.line, dashes: "5 4")
    canvas.label(
      "across: axis 1, \(numbers.percent(analysis.share(of: 0))) of the differences; up: axis 2, "
        + numbers.percent(analysis.share(of: 1)), x: 0, y: height + 17, size: 11.5,
      fill: SVGCanvas.soft)
    draw(
      rows.map(place), columns.map(place), within: (4, 4, width - 4, height - 4), on: &canvas)
    return canvas.svg
  }

  private func draw(
    _ rows: [(x: Double, y: Double)], _ columns: [(x: Double, y: Double)],
    within bounds: (left: Double, top: Double, right: Double, bottom: Double),
    on canvas: inout SVGCanvas
  ) {
    let labelled = answers.indices.filter { answers[$0].isTold }
      .sorted { (weight($1), $0) < (weight($0), $1) }.prefix(Self.mostLabels)
    let radii = segments.map { 5 + 15 * $0.share.squareRoot() }
    let wishes =
      segments.indices.map { segment in
        LabelPlacement.Wish(
          x: rows[segment].x, y: rows[segment].y, radius: radii[segment],
          lines: TextMeasure.wrapped(name(segment), to: 150, size: 13, lines: 2, isBold: true),
          size: 13, isBold: true)
      }
      + labelled.map { answer in
        LabelPlacement.Wish(
          x: columns[answer].x, y: columns[answer].y, radius: 3,
          lines: TextMeasure.wrapped(answers[answer].label, to: 140, size: 11, lines: 2), size: 11)
      }
    let others = answers.indices.filter { !labelled.contains($0) }
    let places = LabelPlacement.places(
      for: wishes, avoiding: others.map { columns[$0] }, within: bounds)
    for answer in answers.indices where answers[answer].isTold {
      canvas.disc(
        x: columns[answer].x, y: columns[answer].y, radius: 3, fill: "#8c959f",
        hint: answers[answer].full)
    }
    for segment in segments.indices {
      canvas.disc(
        x: rows[segment].x, y: rows[segment].y, radius: radii[segment],
        fill: Palette.segment(segment), stroke: SVGCanvas.paper,
        hint: "\(name(segment)): \(numbers.percent(segments[segment].share)) of people; the map "
          + "shows \(numbers.percent(analysis.rowQuality(segment, on: 2))) of its distance from "
          + "everybody")
    }
    for (position, wish) in wishes.enumerated() {
      guard let place = places[position] else { continue }
      let isSegment = position < segments.count
      canvas.label(place, of: wish, fill: isSegment ? SVGCanvas.ink : SVGCanvas.soft)
    }
  }

  private func table() -> ReportTable {
    func cell(_ value: Double, _ decimals: Int = 2) -> ReportTable.Cell {
      .number(value, numbers, decimals: decimals)
    }
    func percent(_ value: Double) -> ReportTable.Cell {
      .percent(value, numbers)
    }
    let rows = segments.indices.map { segment -> [ReportTable.Cell] in
      [
        .init(RichText(name(segment)), isHeader: true), .init("segment"),
        cell(analysis.rows[segment, 0]), cell(analysis.rows[segment, 1]),
        percent(analysis.rowQuality(segment, on: 2)),
      ]
    }
    let told = answers.indices.filter { answers[$0].isTold }
      .sorted { (weight($1), $0) < (weight($0), $1) }
    let columns = told.prefix(60).map { answer -> [ReportTable.Cell] in
      [
        .init(RichText(answers[answer].full), isHeader: true), .init("answer"),
        cell(analysis.columns[answer, 0]), cell(analysis.columns[answer, 1]),
        percent(weight(answer)),
      ]
    }
    return ReportTable(
      id: "map", caption: "Principal coordinates: segments, then answers by what they add",
      columns: [
        .init("Point"), .init("Kind"), .init("Axis 1", isNumeric: true),
        .init("Axis 2", isNumeric: true), .init("Shown, or added", isNumeric: true),
      ], rows: rows + columns,
      notes: [
        "Correspondence analysis of segments by answers, each question of equal weight: inertia "
          + "\(numbers.number(analysis.totalInertia, decimals: 4)). For a segment, the part of its "
          + "distance from everybody that the map shows; for an answer, the part of the map's "
          + "differences that rests on it."
          + (told.count > 60 ? " The 60 answers that add most." : "")
      ])
  }

  private func specification() -> JSONValue {
    let values =
      segments.indices.map { segment in
        [
          "label": name(segment), "kind": "segment", "x": analysis.rows[segment, 0],
          "y": analysis.rows[segment, 1],
        ] as JSONValue
      }
      + answers.indices.filter { answers[$0].isTold }.map { answer in
        [
          "label": answers[answer].full, "kind": "answer",
          "x": analysis.contributionCoordinate(answer, on: 0),
          "y": analysis.contributionCoordinate(answer, on: 1),
        ] as JSONValue
      }
    return VegaLite.specification(
      values: values, mark: "point",
      encoding: [
        "x": .quantitative("x"), "y": .quantitative("y"),
        "color": .nominal("kind"),
        "tooltip": .nominal("label"),
      ])
  }
}
