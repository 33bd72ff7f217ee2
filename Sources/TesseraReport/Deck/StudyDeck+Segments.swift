import TesseraProductFit
import TesseraStudy

extension StudyDeck {
  /// All segments on one slide.
  var glance: DeckSlide {
    let cards = findings.cards
    let hasFit = results.productFit != nil
    var slide = DeckSlide(
      id: "glance",
      title: cards.count == 1 ? "One group" : findings.segmentClaim,
      notes: notes(["Shares are weighted prevalences, with 95% intervals where they were computed."]
      )
    )
    let rows = cards.map { card in
      var row = [
        DeckTable.Cell(text: card.name, isStrong: true),
        DeckTable.Cell(text: numbers.percent(card.share), isNumber: true),
        DeckTable.Cell(text: Self.portrait(card)),
      ]
      if hasFit {
        row.append(
          DeckTable.Cell(text: card.facts.first { $0.title == "Best fit" }?.text ?? "–"))
      }
      return row
    }
    slide.shapes = [
      table(
        "glance.table", "Table of the segments with shares and portraits.", Self.frame(),
        DeckTable(
          widths: hasFit ? [0.2, 0.08, 0.48, 0.24] : [0.24, 0.1, 0.66],
          header: ["Segment", "Share", "Who they are"] + (hasFit ? ["Best fit"] : []),
          rows: rows))
    ]
    return slide
  }

  /// A slide for each segment; two on one where there are many.
  var segments: [DeckSlide] {
    let cards = findings.cards
    if cards.count == 1 { return [] }
    guard cards.count > 9 else { return cards.map(segment) }
    return stride(from: 0, to: cards.count, by: 2).map { first in
      pair(Array(cards[first..<min(first + 2, cards.count)]))
    }
  }

  private func segment(_ card: SegmentCard) -> DeckSlide {
    let id = "segment:\(card.id)"
    var slide = DeckSlide(
      id: id, title: "\(card.name): \(card.size)",
      notes: notes([
        "\(card.name): \(numbers.number(card.respondents)) people asked belong to it most likely."
      ]))
    let needs = dumbbell(of: card.id)
    let words = portraits(card) + facts(card)
    let bars = self.bars(card, limit: 6)
    let middle = needs == nil ? 0.6 : 0.32
    let right = bars == nil ? 0.36 : 0.69
    slide.shapes = [text("\(id).portrait", Self.frame(0, 0, 0.33, 1), words)]
    if let bars {
      slide.shapes.append(
        text(
          "\(id).bars.title", Self.frame(0.36, 0, middle, 0.09),
          [DeckParagraph("What sets them apart", .strong)]))
      slide.shapes.append(
        chart(
          "\(id).bars", "Bar chart of answers of \(card.name) against everybody.",
          Self.frame(0.36, 0.09, middle, 0.91), bars))
    }
    if let needs {
      slide.shapes.append(
        text(
          "\(id).needs.title", Self.frame(right, 0, 1 - right, 0.09),
          [DeckParagraph("Needs: important and satisfied", .strong)]))
      slide.shapes.append(
        chart(
          "\(id).needs", "Importance and satisfaction of needs of \(card.name).",
          Self.frame(right, 0.09, 1 - right, 0.91), needs))
    }
    return slide
  }

  /// Who they are; a dash where nothing sets them apart.
  private static func portrait(_ card: SegmentCard) -> String {
    card.portrait.contains(where: \.isLetter) ? card.portrait : "–"
  }

  private func portraits(_ card: SegmentCard) -> [DeckParagraph] {
    let words = Self.portrait(card)
    return words == "–" ? [] : [DeckParagraph(words, .strong)]
  }

  private func facts(_ card: SegmentCard) -> [DeckParagraph] {
    card.facts.flatMap { [DeckParagraph($0.title, .strong), DeckParagraph($0.text)] }
  }

  private func pair(_ cards: [SegmentCard]) -> DeckSlide {
    let ids = cards.map(\.id).joined(separator: "+")
    var slide = DeckSlide(
      id: "segments:\(ids)", title: cards.map(\.name).joined(separator: " and "),
      notes: notes(
        cards.map { "\($0.name): \(numbers.number($0.respondents)) people asked." }))
    for (place, card) in cards.enumerated() {
      let x = 0.51 * Double(place)
      slide.shapes.append(
        text(
          "segment:\(card.id).portrait", Self.frame(x, 0, 0.49, 0.45),
          [DeckParagraph("\(card.name): \(card.size)", .strong)] + portraits(card) + facts(card)))
      if let bars = bars(card, limit: 3) {
        slide.shapes.append(
          chart(
            "segment:\(card.id).bars", "Bar chart of answers of \(card.name) against everybody.",
            Self.frame(x, 0.47, 0.49, 0.53), bars))
      }
    }
    return slide
  }

  /// Answers of a segment beside everybody's.
  private func bars(_ card: SegmentCard, limit: Int) -> DeckChart? {
    guard let profile = results.profiles.segments.first(where: { $0.id == card.id }) else {
      return nil
    }
    let bars = SegmentCards(results: results, numbers: numbers).bars(of: profile, atLeast: 0.1)
      .prefix(limit)
    guard !bars.isEmpty else { return nil }
    return DeckChart(
      kind: .bars, format: "0%", categories: bars.map(answer),
      series: [
        .init(
          name: card.name, values: bars.map { rounded($0.share, 4) },
          colours: [.accent(card.position)]),
        .init(name: "Everybody", values: bars.map { rounded($0.total, 4) }, colours: [.rest]),
      ])
  }

  /// An answer with its question, since "Yes" alone says nothing.
  private func answer(_ bar: SegmentCard.Bar) -> String {
    bar.question.isEmpty || bar.question == bar.label
      ? short(bar.label, 44) : "\(short(bar.question, 26)): \(short(bar.label, 24))"
  }

  /// Importance and satisfaction of the needs of a segment, the largest gaps first.
  private func dumbbell(of segment: String) -> DeckChart? {
    guard let fit = results.fit else { return nil }
    let names = FitNames(study: results.study, fit: fit)
    let own = fit.opportunities.filter {
      $0.segment == segment && $0.importance != nil && $0.satisfaction != nil
    }.sorted {
      (($1.importance ?? 0) - ($1.satisfaction ?? 0), $0.need)
        < (($0.importance ?? 0) - ($0.satisfaction ?? 0), $1.need)
    }.prefix(6)
    guard own.count > 1 else { return nil }
    return DeckChart(
      kind: .dumbbell, format: "0%", categories: own.map { short(names.need($0.need), 26) },
      series: [
        .init(
          name: "Important to", values: own.map { rounded($0.importance, 4) },
          colours: [.strong]),
        .init(
          name: "Satisfied", values: own.map { rounded($0.satisfaction, 4) }, colours: [.rest]),
      ])
  }

  /// A label that an axis can hold.
  func short(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1).trimmingSuffix { $0 == " " } + "…"
  }

  /// What sets the segments apart, as a heat map.
  var profile: DeckSlide? {
    let segments = results.profiles.segments
    guard segments.count > 1, segments.count <= 10 else { return nil }
    var seen: Set<String> = []
    var chosen: [SegmentTrait] = []
    // Round by round, so that every segment has its say.
    for round in 0..<3 {
      for segment in segments {
        let told = segment.traits.filter {
          $0.share != nil && ($0.role == .active || $0.role == .passive)
        }
        guard round < told.count else { continue }
        let key = "\(told[round].variable)|\(told[round].answer)"
        if seen.insert(key).inserted { chosen.append(told[round]) }
      }
    }
    let rows = chosen.prefix(12).compactMap { trait -> [DeckTable.Cell]? in
      let shares = segments.map { segment -> (Double, String)? in
        for variable in segment.variables {
          for category in variable.categories
          where (variable.name == trait.variable && category.label == trait.answer)
            || category.code == trait.variable
          {
            return category.share.map { ($0, numbers.percent(of: category)) }
          }
        }
        return nil
      }
      guard shares.contains(where: { $0 != nil }) else { return nil }
      let asked = trait.question == trait.answer ? "" : "\(short(trait.question, 44)): "
      return [
        DeckTable.Cell(text: "\(asked)\(short(trait.answer, 36))")
      ] + shares.map { DeckTable.Cell(text: $0?.1 ?? "–", heat: $0?.0) }
    }
    guard rows.count > 2 else { return nil }
    let room = 0.66 / Double(segments.count)
    var slide = DeckSlide(
      id: "profile", title: "What sets the segments apart",
      notes: notes(["Share of each segment that gave the answer; answers that differ most."]))
    slide.shapes = [
      table(
        "profile.heat", "Heat map of answers by segment.", Self.frame(),
        DeckTable(
          widths: [0.34] + segments.map { _ in room },
          header: ["Share who say"]
            + segments.map { $0.name.isEmpty ? $0.id : $0.name }, rows: rows))
    ]
    return slide
  }

  /// What everybody needs, as a heat map of opportunity by segment.
  var needs: DeckSlide? {
    guard let fit = results.fit, fit.segments.count > 1, fit.segments.count <= 10 else {
      return nil
    }
    let names = FitNames(study: results.study, fit: fit)
    let rows = fit.needs.prefix(14).compactMap { need -> [DeckTable.Cell]? in
      let cells = fit.segments.map { segment in
        fit.opportunities.first { $0.segment == segment.id && $0.need == need.name }?.odi
      }
      guard cells.contains(where: { $0 != nil }) else { return nil }
      return [DeckTable.Cell(text: names.need(need.name))]
        + cells.map {
          DeckTable.Cell(
            text: numbers.number($0, decimals: 1), heat: $0.map { max(0, ($0 - 5) / 15) })
        }
    }
    guard rows.count > 1 else { return nil }
    let room = 0.66 / Double(fit.segments.count)
    var slide = DeckSlide(
      id: "needs", title: "Which needs are unmet, and for whom",
      notes: notes([
        "Opportunity score (Ulwick): importance plus what satisfaction falls short of it, 0 to 20; "
          + "above 10 a need counts as unmet."
      ]))
    slide.shapes = [
      table(
        "needs.heat", "Heat map of opportunity scores by need and segment.", Self.frame(),
        DeckTable(
          widths: [0.34] + fit.segments.map { _ in room },
          header: ["Opportunity, 0 to 20"] + fit.segments.map { $0.name }, rows: rows))
    ]
    return slide
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ drops: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, drops(last) { text.removeLast() }
    return String(text)
  }
}
