import TesseraProductFit
import TesseraStudy

/// The slides of a study: the same sentences and figures as the report, one claim a slide.
struct StudyDeck {
  let results: StudyResults
  let numbers: NumberStyle
  /// How well the fit predicts real choices, in a sentence.
  let validation: String?
  let findings: Findings

  /// More slides are no talk; what is least needed is left out first.
  static let most = 18
  /// Settings that the speaker may be asked for.
  private static let told = ["Seed", "Method", "Active questions", "Privacy"]

  init(_ results: StudyResults, validation: String? = nil, numbers: NumberStyle) {
    self.results = results
    self.validation = validation
    self.numbers = numbers
    findings = Findings(results, numbers: numbers)
  }

  /// Fewer slides leave questions open that a room will ask.
  private static let least = 12

  /// The slides.
  var deck: Deck {
    var slides = [cover, answer, method, glance]
    let segments = self.segments
    var optional: [DeckSlide] = [
      target, pricing, scenarios, number, profile, needs,
    ].compactMap { $0 }
    let rest = [fit, mismatches, change, price, channels].compactMap { $0 } + [trust, next]
    while !optional.isEmpty, slides.count + segments.count + rest.count + optional.count > Self.most
    {
      optional.removeLast()
    }
    let count = slides.count + segments.count + rest.count + optional.count
    let more = [questions, pair].compactMap { $0 }.prefix(max(0, Self.least - count))
    slides += optional.filter { ["number", "profile"].contains($0.id) } + more + segments
    slides += optional.filter { $0.id == "needs" }
    // What follows from the fit is told before how to reach people.
    let decisions = optional.filter { ["target", "pricing", "scenarios"].contains($0.id) }
    let place = rest.firstIndex { ["channels", "trust"].contains($0.id) } ?? rest.count
    slides += rest[..<place] + decisions + rest[place...]
    return Deck(title: results.study.title, slides: slides.map(footed))
  }

  /// A slide with its base below everything else.
  private func footed(_ slide: DeckSlide) -> DeckSlide {
    guard slide.id != "cover" else { return slide }
    var slide = slide
    let asked = numbers.number(results.segmentation.respondents)
    slide.shapes.append(
      text(
        "\(slide.id).foot", Self.frame(0, 1.01, 0.92, 0.055),
        [
          DeckParagraph(
            (findings.mark.map { $0 + " " } ?? "")
              + "Base: \(asked) people. \(short(results.study.title, 120))", .muted)
        ]))
    return slide
  }

  // MARK: - What every slide needs

  /// People asked and how they were segmented, for the speaker.
  func notes(_ lines: [String]) -> String {
    let asked = numbers.number(results.segmentation.respondents)
    let method = results.segmentation.method
    let own =
      "Base: \(asked) people"
      + (isWeighted
        ? " (effective \(numbers.number(results.segmentation.effectiveSampleSize)))" : "")
      + ". Segments: \(results.segmentation.segments.count), method \(method)."
    return (lines + [own] + results.privacySentences).joined(separator: "\n")
  }

  /// Whether some people count for more than others.
  var isWeighted: Bool {
    abs(results.segmentation.effectiveSampleSize - results.segmentation.respondents) > 0.5
  }

  /// A number as charts and tables hold it: rounded once.
  func rounded(_ value: Double?, _ decimals: Int) -> Double? {
    guard let value, value.isFinite else { return nil }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    return (value * scale).rounded() / scale
  }

  func text(_ finding: String, _ frame: DeckFrame, _ paragraphs: [DeckParagraph]) -> DeckShape {
    DeckShape(finding: finding, description: "", frame: frame, content: .text(paragraphs))
  }

  func chart(
    _ finding: String, _ description: String, _ frame: DeckFrame, _ chart: DeckChart
  ) -> DeckShape {
    DeckShape(finding: finding, description: description, frame: frame, content: .chart(chart))
  }

  func table(
    _ finding: String, _ description: String, _ frame: DeckFrame, _ table: DeckTable
  ) -> DeckShape {
    DeckShape(finding: finding, description: description, frame: frame, content: .table(table))
  }

  /// The whole room below the title, or a part of it.
  static func frame(
    _ x: Double = 0, _ y: Double = 0, _ width: Double = 1, _ height: Double = 1
  ) -> DeckFrame {
    DeckFrame(x: x, y: y, width: width, height: height)
  }

  // MARK: - The answer

  /// What the slides are about, and whom they rest on.
  private var cover: DeckSlide {
    let count = results.segmentation.segments.count
    var lines = [
      DeckParagraph(
        "\(numbers.number(results.asked ?? results.segmentation.respondents)) people asked"
          + (results.study.population.map { ", standing for \(numbers.number($0))" } ?? "")),
      DeckParagraph("\(count) \(count == 1 ? "segment" : "segments")"),
    ]
    if let fit = results.productFit {
      let products = fit.products.map(\.label)
      lines.append(
        DeckParagraph(
          "\(products.count) \(products.count == 1 ? "product" : "products")"
            + (products.count <= 8 ? ": \(Findings.list(products))" : "")))
    }
    lines.append(DeckParagraph(findings.light.sentence, .strong))
    var slide = DeckSlide(id: "cover", title: results.study.title, notes: notes([]))
    slide.shapes = [text("cover.words", Self.frame(0, 0.08, 0.8, 0.6), lines)]
    return slide
  }

  private var answer: DeckSlide {
    var slide = DeckSlide(
      id: "answer", title: findings.headline,
      notes: notes([
        (isWeighted ? "Shares are weighted. " : "") + findings.light.sentence,
        "In full: " + findings.sentences.joined(separator: " "),
      ]))
    let told = findings.sentences.filter {
      $0 != findings.headline && $0 != Findings.noProduct
        && $0 != results.segmentation.recommendation.first
    }
    slide.shapes = [
      text(
        "answer.findings", Self.frame(0, 0, 0.54, 0.78),
        told.prefix(4).map { DeckParagraph($0, .bullet) }),
      chart(
        "answer.shares", "Bar chart of the shares of the segments.",
        Self.frame(0.57, 0, 0.43, 0.78), shares),
      text(
        "answer.light", Self.frame(0, 0.82, 1, 0.18),
        [
          DeckParagraph(findings.light.words, .strong),
          DeckParagraph(
            findings.light.reasons.isEmpty
              ? "Bases and shares are precise enough to act on."
              : "Why: " + findings.light.reasons.joined(separator: "; ") + "."),
        ]),
    ]
    return slide
  }

  private var shares: DeckChart {
    let segments = results.segmentation.segments
    return DeckChart(
      kind: .bars, format: "0%", categories: segments.map(label),
      series: [
        .init(
          name: "Share of people", values: segments.map { rounded($0.share, 4) },
          colours: segments.indices.map { .accent($0) })
      ])
  }

  func label(_ segment: Segment) -> String { segment.name.isEmpty ? segment.id : segment.name }

  private var method: DeckSlide {
    let segmentation = results.segmentation
    var slide = DeckSlide(
      id: "method",
      title: "How we know: \(numbers.number(segmentation.respondents)) people, "
        + "\(segmentation.segments.count) "
        + (segmentation.segments.count == 1 ? "segment" : "segments"),
      notes: notes(
        results.segmentation.recommendation
          + results.settings.filter { Self.told.contains($0.name) }.map {
            "\($0.name): \($0.value)"
          }
          + results.inputs.map { "Read: \($0.name), SHA-256 \($0.sha256.prefix(12))" }))
    var lines = [
      DeckParagraph("People asked", .strong),
      DeckParagraph(
        "\(numbers.number(segmentation.respondents)) people"
          + (results.asked.map { $0 > segmentation.respondents } == true
            ? " of \(numbers.number(results.asked)) asked; the others did not answer what makes the "
              + "segments" : "")
          + (isWeighted
            ? ", worth \(numbers.number(segmentation.effectiveSampleSize)) after weighting" : "")),
      DeckParagraph("Segments", .strong),
    ]
    lines += formed.map { DeckParagraph($0) }
    var right = [DeckParagraph("What the figures are", .strong)]
    let hasIntervals =
      results.fit != nil || segmentation.errors?.shares.contains { $0 != nil } ?? false
    if hasIntervals || isWeighted {
      let intervals =
        " are 95% and carry the error of sampling"
        + (results.fit == nil || segmentation.method == "given" ? "." : " and of segmenting.")
      right.append(
        DeckParagraph(
          !hasIntervals
            ? "Shares and means are weighted."
            : (isWeighted ? "Shares and means are weighted; intervals" : "Intervals") + intervals))
    }
    if let fit = results.productFit {
      right.append(
        DeckParagraph(
          "Fit is 0 to 100: the share whom no barrier stops, times how far needs are met, for "
            + "\(fit.products.count) \(fit.products.count == 1 ? "product" : "products"), "
            + "\(fit.needs.count) needs and \(fit.barriers.count) barriers."))
    }
    right += results.privacySentences.map { DeckParagraph($0, .muted) }
    slide.shapes = [
      text("method.people", Self.frame(0, 0, 0.48, 1), lines),
      text("method.figures", Self.frame(0.52, 0, 0.48, 1), right),
    ]
    return slide
  }

  /// How the segments came about, in words.
  private var formed: [String] {
    let segmentation = results.segmentation
    let count = segmentation.segments.count
    guard segmentation.method != "given" else {
      let column = results.study.segments.given ?? ""
      let label =
        results.profiles.segments.first?.variables.first { $0.name == column }?.label ?? column
      return ["Set beforehand" + (label.isEmpty ? "." : ", by the answers to “\(label)”.")]
    }
    var asked: [String] = []
    for one in segmentation.indicators where !asked.contains(one.label) { asked.append(one.label) }
    let named = asked.prefix(8).map { short($0, 40) }
    var lines = [
      "Method: \(segmentation.method), from what people said to "
        + "\(asked.count) \(asked.count == 1 ? "question" : "questions"): "
        + named.joined(separator: "; ")
        + (asked.count > named.count ? " and \(asked.count - named.count) more." : ".")
    ]
    let tried = segmentation.selection.map(\.segments)
    if let least = tried.min(), let most = tried.max(), least < most {
      lines.append(
        results.solutions?.isTakenByPerson == true
          ? "\(least) to \(most) segments were compared; \(count) are a person's choice."
          : count == 1
            ? "1 to \(most) segments were compared: one group describes people best."
            : segmentation.verdict?.insteadOf.map {
              "\(least) to \(most) segments were compared. The criterion prefers \($0), which would not "
                + "come out again; \(count) is the largest number that clearly does."
            } ?? "\(least) to \(most) segments were compared; \(count) describe people best"
              + (count == most ? " of these, and more may do better." : "."))
    }
    return lines
  }

  private var trust: DeckSlide {
    var slide = DeckSlide(
      id: "trust", title: "How far to trust it: \(findings.light.words.lowercased())",
      notes: notes(results.segmentation.recommendation))
    var lines = findings.verdict.map { DeckParagraph($0, .bullet) }
    lines += findings.light.reasons.map {
      DeckParagraph($0.prefix(1).uppercased() + $0.dropFirst() + ".", .bullet)
    }
    if let validation { lines.append(DeckParagraph(validation, .bullet)) }
    let segments = results.segmentation.segments
    var rows = segments.map { segment in
      [
        DeckTable.Cell(text: label(segment), isStrong: true),
        DeckTable.Cell(text: numbers.number(segment.respondents), isNumber: true),
      ]
    }
    var header = ["Segment", "People asked"]
    var widths = [0.64, 0.36]
    if let stability = results.segmentation.stability, stability.jaccard.count == segments.count {
      header.append("Found again")
      widths = [0.5, 0.25, 0.25]
      for place in rows.indices {
        rows[place].append(
          .init(text: numbers.percent(stability.jaccard[place]), heat: stability.jaccard[place]))
      }
    }
    slide.shapes = [
      text("trust.words", Self.frame(0, 0, 0.52, 1), lines),
      table(
        "trust.bases", "Table of bases and stability by segment.",
        Self.frame(0.55, 0, 0.45, 1),
        DeckTable(widths: widths, header: header, rows: rows)),
    ]
    return slide
  }

  private var next: DeckSlide {
    var slide = DeckSlide(id: "next", title: "Next steps", notes: notes([]))
    var lines: [DeckParagraph] = []
    let isDoubted = findings.stopsAdvice || findings.tooFew != nil
    if !isDoubted {
      lines = [DeckParagraph("Decide", .strong)]
      lines += findings.decisions.map { DeckParagraph($0, .bullet) }
    }
    let open = findings.whatWouldChange
    if !open.isEmpty {
      lines.append(DeckParagraph("Before relying on it", .strong))
      lines += open.map { DeckParagraph($0, .bullet) }
    }
    if isDoubted {
      if open.isEmpty { lines.append(DeckParagraph(findings.headline)) }
      slide.shapes = [text("next.steps", Self.frame(), lines)]
      return slide
    }
    lines.append(DeckParagraph("Use the segments", .strong))
    lines.append(
      DeckParagraph("Agree on the names and on who works for which segment.", .bullet))
    if results.segmentation.method != "given" {
      lines.append(
        DeckParagraph(
          "Find the segments again among customers and in the next wave: new respondents are placed "
            + "by the same questions.", .bullet))
    }
    slide.shapes = [text("next.steps", Self.frame(), lines)]
    return slide
  }
}
