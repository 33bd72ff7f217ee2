import TesseraStudy

/// The segment profile plot: a panel a segment, a bar an answer, the total as a mark on each bar.
///
/// Answers that set a segment apart are filled in the segment's colour; the others are pale.
///
/// - Reference: Dolnicar, Grün & Leisch (2018), *Market Segmentation Analysis*, chapter 8.
struct SegmentProfileChart {
  /// The segments as people.
  let profiles: ProfileResult
  /// How numbers are written.
  let numbers: NumberStyle
  /// How many answers are shown at most: those that differ most between segments.
  let limit: Int

  /// One line of the plot: an answer, with its share in each segment.
  private struct Answer {
    let label: String
    let variable: String
    let total: Double?
    let shares: [Double?]
    /// The shares as they are written.
    let words: [String]
    let marked: [Bool]
    let spread: Double
    let order: Int
  }

  /// The chart.
  ///
  /// - Parameter title: The finding, as a sentence.
  /// - Returns: The drawing with its table and specification; `nil` if there is nothing to draw.
  func chart(title: String) -> Chart? {
    let answers = self.answers()
    guard !answers.isEmpty, !profiles.segments.isEmpty else { return nil }
    return Chart(
      id: "profile", title: title,
      subtitle: profiles.segments.count == 1
        ? "Share of people who gave the answer."
        : "Share of each segment that gave the answer; the dark tick is everybody. Full "
          + "colour: sets the segment apart (false discoveries held to 5%)."
          + (profiles.segments.contains { $0.variables.contains(where: \.smallBase) }
            ? " Answers of fewer than 30 people are always pale." : ""),
      description: "Shares of \(answers.count) answers in \(profiles.segments.count) segments, "
        + "against the total",
      svg: drawing(answers), vegaLite: specification(answers), table: table(answers))
  }

  private func answers() -> [Answer] {
    guard let first = profiles.segments.first else { return [] }
    var all: [Answer] = []
    for (position, variable) in first.variables.enumerated() where !variable.categories.isEmpty {
      let columns = profiles.segments.map { $0.variables[position] }
      for (place, category) in variable.categories.enumerated() {
        let shares = columns.map { $0.categories[place].share }
        let known = shares.compactMap { $0 }
        guard let high = known.max(), let low = known.min() else { continue }
        let total = category.totalShare
        all.append(
          Answer(
            label: variable.shown(category), variable: variable.label, total: total, shares: shares,
            words: columns.map { narrow($0.categories[place]) },
            marked: zip(columns, shares).map { column, share in
              guard column.distinctive, let share, let total else { return false }
              return abs(share - total) >= 0.1
            }, spread: high - low, order: all.count))
      }
    }
    let kept = all.sorted { ($0.spread, -$0.order) > ($1.spread, -$1.order) }.prefix(limit)
    return kept.sorted { $0.order < $1.order }
  }

  /// A share in few letters: `>90%` for a rounded one near the end.
  private func narrow(_ answer: CategoryProfile) -> String {
    guard let bounds = answer.shareBounds, answer.hidden == nil else {
      return numbers.percent(of: answer)
    }
    return bounds.low > 0 ? ">\(numbers.percent(bounds.low))" : "<\(numbers.percent(bounds.high))"
  }

  private func drawing(_ answers: [Answer]) -> String {
    let left = 250.0
    let panel = max(84, min(150, 780 / Double(profiles.segments.count)))
    let row = 22.0
    let head = 62.0
    var variableBreaks = 0
    for (one, next) in zip(answers, answers.dropFirst()) where one.variable != next.variable {
      variableBreaks += 1
    }
    let height =
      head + row * Double(answers.count) + 20 * Double(variableBreaks + 1) + 12
    var canvas = SVGCanvas(
      width: left + panel * Double(profiles.segments.count) + 10, height: height,
      description: "Segment profile plot")
    for (column, segment) in profiles.segments.enumerated() {
      let x = left + panel * Double(column)
      canvas.segmentHeader(
        (segment.id, segment.marked, segment.share), x: x, width: panel - 10, numbers: numbers,
        lines: 3)
    }
    var y = head
    var variable = ""
    for answer in answers {
      if answer.variable != variable {
        variable = answer.variable
        y += 20
        canvas.label(variable, x: 0, y: y - 6, size: 12, isBold: true, limit: left - 12)
        canvas.line(0, y - 1, canvas.width - 10, y - 1)
      }
      canvas.label(
        answer.label, x: 10, y: y + 15, size: 12, fill: SVGCanvas.ink, limit: left - 22)
      for (column, share) in answer.shares.enumerated() {
        let x = left + panel * Double(column)
        let full = panel - 46
        guard let share else {
          canvas.label("too few", x: x, y: y + 15, size: 10, fill: SVGCanvas.soft)
          continue
        }
        canvas.rectangle(x: x, y: y + 4, width: full, height: 14, fill: "var(--card,#f0f2f4)")
        let colour = Palette.segment(column)
        canvas.rectangle(
          x: x, y: y + 4, width: full * share, height: 14,
          fill: answer.marked[column] || profiles.segments.count == 1 ? colour : colour + "66",
          hint: "\(answer.variable): \(answer.label), \(profiles.segments[column].name) "
            + "\(answer.words[column]), everybody \(numbers.percent(answer.total))")
        if let total = answer.total, profiles.segments.count > 1 {
          canvas.line(
            x + full * total, y + 2, x + full * total, y + 20, stroke: SVGCanvas.ink, width: 2)
        }
        canvas.label(
          answer.words[column], x: x + full + 4, y: y + 15, size: 11,
          isBold: answer.marked[column])
      }
      y += row
    }
    return canvas.svg
  }

  private func table(_ answers: [Answer]) -> ReportTable {
    ReportTable(
      id: "profile", caption: "Shares by segment",
      columns: [.init("Question"), .init("Answer"), .init("Everybody", isNumeric: true)]
        + profiles.segments.map { .init($0.title, isNumeric: true) },
      rows: answers.map { answer in
        [
          .init(RichText(answer.variable), isHeader: true), .init(RichText(answer.label)),
          .percent(answer.total, numbers),
        ]
          + zip(answer.shares, answer.words).map { share, words in
            .init(
              RichText(words), value: share,
              shade: share.flatMap { share in
                answer.total.map { .diverging((share - $0) * 2) }
              } ?? .none)
          }
      })
  }

  private func specification(_ answers: [Answer]) -> JSONValue {
    let values = answers.flatMap { answer in
      zip(profiles.segments, answer.shares).map { segment, share in
        [
          "segment": segment.title, "question": answer.variable, "answer": answer.label,
          "share": share, "total": answer.total,
        ] as JSONValue
      }
    }
    return VegaLite.specification(
      values: values, mark: "bar",
      encoding: [
        "column": .nominal("segment"),
        "y": .nominal("answer"),
        "x": .quantitative("share"),
      ])
  }
}
