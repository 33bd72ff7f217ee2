import TesseraReport
import TesseraStudy
import TesseraTyping

/// A short list of questions in words, for a terminal.
enum TypingText {
  /// From this share of people on that are placed the others need no words of their own first.
  private static let nearlyAll = 0.95

  /// The lines.
  ///
  /// - Parameters:
  ///   - result: The lists.
  ///   - file: Where the model was written.
  /// - Returns: Lines of text.
  static func lines(_ result: TypingResult, file: String?) -> [String] {
    let numbers = NumberStyle.english
    let chosen = result.chosen
    let share =
      "\(numbers.percent(chosen.agreement)) as all of them do "
      + "(\(numbers.percent(chosen.interval.low)) to \(numbers.percent(chosen.interval.high)))"
    var lines = [
      "\(chosen.questions.count) of \(result.questions) questions place "
        // Under a threshold not everybody is placed.
        + (chosen.told.flatMap { $0 < nearlyAll ? $0 : nil }.map { told in
          told <= 0
            ? "nobody surely enough; whoever is likeliest taken, \(share):"
            : "\(numbers.percent(told)) of people, and of these "
              + "\(numbers.percent(chosen.toldAgreement)) as all of them do; everybody placed, \(share):"
        } ?? "\(share):")
    ]
    lines += chosen.questions.map { name in
      let label = result.labels[name] ?? name
      return "  \(name)" + (label == name ? "" : "  \(label)")
    }
    if !result.alwaysNeeded.isEmpty {
      lines.append(
        "Membership also depends on \(result.alwaysNeeded.joined(separator: ", ")): it must be known."
      )
    }
    lines.append("")
    lines += table(result, numbers)
    lines += [
      "",
      "Agreement: \(result.evidence.rawValue); \(numbers.number(Double(result.people))) people.",
    ]
    if let truth = result.fullTruth {
      lines.append(
        "If the model is right, so many are placed right; by all questions \(numbers.percent(truth))."
      )
    }
    if let threshold = result.threshold, let told = chosen.told {
      lines.append(
        "Cannot tell (probability under \(numbers.percent(threshold))): "
          + "\(numbers.percent(1 - told)) of people.")
    }
    lines += ["", "Agreement by segment, \(chosen.questions.count) questions:"]
    lines += zip(result.segments, chosen.bySegment).map { segment, share in
      "  \(segment.display): " + (share.map { numbers.percent($0) } ?? "too few people")
    }
    if let adaptive = result.adaptive { lines += [""] + text(adaptive, result, numbers) }
    if let file { lines += ["", "Written: \(file)"] }
    return lines
  }

  private static func table(_ result: TypingResult, _ numbers: NumberStyle) -> [String] {
    var known: [String] = []
    let rows = result.sizes.map { size -> [String] in
      let added = size.questions.filter { !known.contains($0) }
      let gone = known.filter { !size.questions.contains($0) }
      known = size.questions
      return [
        "\(size.questions.count)", numbers.percent(size.agreement),
        size.truth.map { numbers.percent($0) } ?? "-", size.told.map { numbers.percent($0) } ?? "-",
        added.joined(separator: ", ")
          + (gone.isEmpty ? "" : " for " + gone.joined(separator: ", ")),
      ]
    }
    return TextTableLayout.lines(
      header: ["questions", "agree", "if the model is right", "placed", "new in the list"],
      rows: rows
    )
  }

  private static func text(
    _ adaptive: TypingResult.Adaptive, _ result: TypingResult, _ numbers: NumberStyle
  ) -> [String] {
    let fixed = result.chosen.questions.count
    let asked = numbers.number(adaptive.questions, decimals: 1)
    var lines: [String] = []
    if adaptive.saved > 0 {
      lines.append(
        "Asked in an order of each person's own, \(asked) questions on average place "
          + "\(numbers.percent(adaptive.agreement)) as all of them do, the \(fixed) of the list "
          + "\(numbers.percent(result.chosen.agreement)): \(numbers.percent(adaptive.saved)) fewer questions."
      )
      lines.append(
        "Asking ends when a segment has a probability of \(numbers.percent(adaptive.stopAt)).")
    } else {
      lines.append(
        "Asked in an order of each person's own, none is saved: \(asked) questions on average for "
          + "\(numbers.percent(adaptive.agreement)), beside the \(fixed) of the list.")
    }
    if let first = adaptive.first.first {
      lines.append("First: \(result.labels[first.name] ?? first.name).")
    }
    return lines
  }
}
