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
      notes: notes(["Shares of people, with 95% intervals where they were computed."]))
    let rows = cards.map { card in
      var row = [
        DeckTable.Cell(text: card.name, isStrong: true),
        DeckTable.Cell(text: numbers.percent(card.share), isNumber: true),
        DeckTable.Cell(text: portrait(card, bars: 2)),
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
    // Too few people to say anything of are named at a glance, not on a slide of one sentence.
    let cards = findings.cards.filter {
      $0.respondents >= TrafficLight.leastBase || !$0.bars.isEmpty
    }
    if findings.cards.count == 1 { return [] }
    guard cards.count > 9 else { return cards.map(segment) }
    return stride(from: 0, to: cards.count, by: 2).map { first in
      pair(Array(cards[first..<min(first + 2, cards.count)]))
    }
  }

  /// What stands before the name of a segment that another sample would not give.
  private var provisional: String { findings.stopsAdvice ? "Provisional: " : "" }

  private func segment(_ card: SegmentCard) -> DeckSlide {
    let id = "segment:\(card.id)"
    var slide = DeckSlide(
      id: id,
      title:
        "\(provisional)\(card.name): \(card.size); n\u{A0}=\u{A0}\(numbers.number(card.respondents))",
      notes: notes([
        "\(card.name): \(numbers.number(card.respondents)) people asked belong to it most likely."
      ]))
    let needs = dumbbell(of: card.id)
    let words = portraits(card) + facts(card) + (results.productFit == nil ? more(card) : [])
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
          [DeckParagraph("Important to more people than are satisfied", .strong)]))
      slide.shapes.append(
        chart(
          "\(id).needs", "Importance and satisfaction of needs of \(card.name).",
          Self.frame(right, 0.09, 1 - right, 0.91), needs))
    }
    return slide
  }

  /// Who they are, with what the card draws beside it; a dash where nothing sets them apart.
  private func portrait(_ card: SegmentCard, bars count: Int = 0) -> String {
    guard card.portrait.contains(where: \.isLetter) else { return "–" }
    let said = card.portrait.lowercased()
    let bars = card.bars.filter { !said.contains($0.label.lowercased()) }.prefix(count).map { bar in
      (bar.question.isEmpty ? "" : Findings.shortened(bar.question, to: 30) + ": ")
        + "\(Findings.shortened(bar.label, to: 50)) \(numbers.percent(bar.share))"
    }
    guard !bars.isEmpty else { return card.portrait }
    return card.portrait.replacing(/\.$/, with: "") + "; " + bars.joined(separator: "; ") + "."
  }

  private func portraits(_ card: SegmentCard) -> [DeckParagraph] {
    let words = portrait(card)
    return words == "–" ? [] : [DeckParagraph(words, .strong)]
  }

  private func facts(_ card: SegmentCard) -> [DeckParagraph] {
    card.facts.flatMap { [DeckParagraph($0.title, .strong), DeckParagraph($0.text)] }
  }

  /// What else is known of a segment: what fewer of it say, and by what it is recognised.
  private func more(_ card: SegmentCard) -> [DeckParagraph] {
    guard let profile = results.profiles.segments.first(where: { $0.id == card.id }) else {
      return []
    }
    let cards = SegmentCards(results: results, numbers: numbers)
    let fewer = profile.traits.filter { trait in
      guard let share = trait.share, let total = trait.totalShare else { return false }
      return share < total - 0.05 && (trait.role == .active || trait.role == .passive)
    }.prefix(3)
    var lines: [DeckParagraph] = []
    if !fewer.isEmpty { lines.append(DeckParagraph("Less than others", .strong)) }
    lines += fewer.map { trait in
      let label = cards.label(trait.question, trait.answer)
      let asked = label.question.isEmpty || profile.holds(member: trait.variable)
      return DeckParagraph(
        (asked ? "" : "\(short(label.question, 34)): ") + "\(short(label.answer, 40)) "
          + "\(numbers.percent(trait.share)) (all: \(numbers.percent(trait.totalShare)))")
    }
    let signs = profile.markers.filter { $0.lift >= Self.tellingLift }.prefix(2)
    if !signs.isEmpty { lines.append(DeckParagraph("How to recognise them", .strong)) }
    lines += signs.map { sign in
      // An answer that is quoted says nothing without its question.
      let asked = profile.variables.first { $0.name == sign.name && sign.answer.hasPrefix("\"") }
      return DeckParagraph(
        (asked.map { "\(short($0.asked, 34)): " } ?? "")
          + "\(short(sign.answer, 60)): \(numbers.percent(sign.precision)) of those are in this segment"
      )
    }
    return lines
  }

  /// An answer that raises the chance of a segment by less hardly helps to recognise it.
  private static let tellingLift = 1.5

  private func pair(_ cards: [SegmentCard]) -> DeckSlide {
    let ids = cards.map(\.id).joined(separator: "+")
    var slide = DeckSlide(
      id: "segments:\(ids)", title: provisional + cards.map(\.name).joined(separator: " and "),
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
      ? short(bar.label, 60) : "\(short(bar.question, 34)): \(short(bar.label, 34))"
  }

  /// Importance and satisfaction of the needs that clearly more of a segment find important than are
  /// satisfied with, the largest gaps first.
  private func dumbbell(of segment: String) -> DeckChart? {
    guard let fit = results.fit else { return nil }
    let names = FitNames(study: results.study, fit: fit)
    let own = fit.opportunities.filter {
      $0.segment == segment && $0.isClearlyUnmet
    }.sorted {
      (($1.importance ?? 0) - ($1.satisfaction ?? 0), $0.need)
        < (($0.importance ?? 0) - ($0.satisfaction ?? 0), $1.need)
    }.prefix(5)
    guard !own.isEmpty else { return nil }
    return DeckChart(
      kind: .dumbbell, format: "0%", categories: own.map { short(names.need($0.need), 40) },
      series: [
        .init(
          name: "Find it important", values: own.map { rounded($0.importance, 4) },
          colours: [.strong]),
        .init(
          name: "Are satisfied", values: own.map { rounded($0.satisfaction, 4) }, colours: [.rest]),
      ])
  }

  /// A label that an axis can hold.
  func short(_ text: String, _ limit: Int) -> String {
    Findings.shortened(text, to: limit)
  }

  /// What sets the segments apart, as a heat map.
  var profile: DeckSlide? {
    let segments = results.profiles.segments
    guard segments.count > 1, segments.count <= 10 else { return nil }
    if MeanProfileChart.suits(results.profiles) { return ratings }
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
    let rows = chosen.compactMap { answerRow($0, segments) }
      .enumerated().sorted {
        ($1.element.spread, $0.offset) < ($0.element.spread, $1.offset)
      }.prefix(12).map(\.element)
    guard rows.count > 2 else { return nil }
    let room = 0.66 / Double(segments.count + 1)
    var slide = DeckSlide(
      id: "profile",
      title: findings.stopsAdvice
        ? "How the segments answered: differences may be chance"
        : "Segments differ most on \(rows[0].label): \(rows[0].ends)",
      notes: notes([
        "Share of each segment that gave the answer; the answers on which segments differ most, the "
          + "largest difference first."
      ]))
    slide.shapes = [
      table(
        "profile.heat", "Heat map of answers by segment.", Self.frame(),
        DeckTable(
          widths: [0.34, room] + segments.map { _ in room },
          header: ["Share who say", "All"]
            + segments.map(\.marked), rows: rows.map(\.cells)))
    ]
    return slide
  }

  /// An answer with its share in each segment.
  private struct AnswerRow {
    let label: String
    let cells: [DeckTable.Cell]
    /// Largest less smallest share.
    let spread: Double
    /// Which segments have the largest and the smallest share.
    let ends: String
  }

  /// The row of a trait's answer; `nil` where fewer than two segments show it.
  private func answerRow(_ trait: SegmentTrait, _ segments: [SegmentProfile]) -> AnswerRow? {
    let shares = segments.map { segment -> (share: Double, text: String)? in
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
    let shown = zip(segments, shares).compactMap { segment, own in own.map { (segment, $0) } }
    guard shown.count > 1, let most = shown.max(by: { $0.1.share < $1.1.share }),
      let least = shown.min(by: { $0.1.share < $1.1.share })
    else { return nil }
    let asked = trait.question == trait.answer ? "" : "\(short(trait.question, 44)): "
    let label = "\(asked)\(short(trait.answer, 36))"
    return AnswerRow(
      label: label,
      cells: [
        DeckTable.Cell(text: label),
        DeckTable.Cell(text: numbers.percent(trait.totalShare), isNumber: true),
      ] + shares.map { DeckTable.Cell(text: $0?.text ?? "–", heat: $0?.share) },
      spread: most.1.share - least.1.share,
      ends: "\(most.1.text) of \(most.0.title), \(least.1.text) of \(least.0.title)")
  }

  /// Means of the ratings that made the segments, as a heat map.
  private var ratings: DeckSlide? {
    let segments = results.profiles.segments
    let rows = MeanProfileChart(profiles: results.profiles, numbers: numbers, limit: 14).rows
    guard rows.count > 1 else { return nil }
    let room = 0.7 / Double(segments.count + 1)
    var slide = DeckSlide(
      id: "profile", title: "How the segments rate",
      notes: notes(["Mean of each segment; the stronger the colour, the farther above everybody."]))
    slide.shapes = [
      table(
        "profile.heat", "Heat map of means by segment.", Self.frame(),
        DeckTable(
          widths: [0.3, room] + segments.map { _ in room },
          header: ["Mean", "Everybody"] + segments.map(\.marked),
          rows: rows.map { row in
            [
              DeckTable.Cell(text: short(row.label, 60)),
              DeckTable.Cell(text: row.text(row.total, numbers), isNumber: true),
            ]
              + row.cells.map {
                DeckTable.Cell(
                  text: row.text($0.mean, numbers),
                  heat: $0.effect.map { max(0, min(1, 0.5 + $0 / 3)) })
              }
          }))
    ]
    return slide
  }

  /// The need with the largest score, or that none is large.
  private func needsTitle(_ fit: FitResult, _ names: FitNames) -> String {
    let known = fit.opportunities.filter { $0.odi != nil && $0.satisfaction != nil }
    let unmet = known.filter { ($0.odi ?? 0) > 10 }
    guard let first = unmet.max(by: { ($0.odi ?? 0) < ($1.odi ?? 0) }) else {
      return "No need scores above 10 of 20: none is clearly underserved"
    }
    let count = Set(unmet.map(\.need)).count
    return count == 1
      ? "Underserved: \(names.need(first.need))"
      : "\(count) needs are underserved somewhere, among them \(names.need(first.need))"
  }

  /// What everybody needs, as a heat map of opportunity by segment.
  var needs: DeckSlide? {
    guard let fit = results.fit, fit.segments.count > 1, fit.segments.count <= 10 else {
      return nil
    }
    guard fit.opportunities.contains(where: { $0.satisfaction != nil }) else { return nil }
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
      id: "needs", title: needsTitle(fit, names),
      notes: notes([
        "Opportunity score (Ulwick): importance plus what satisfaction falls short of it, 0 to 20; "
          + "a need above 10 is commonly called underserved."
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

extension SegmentProfile {
  /// The name, with a mark where questions rest on so few members that their shares are rounded.
  var marked: String { title + (variables.contains(where: \.smallBase) ? "*" : "") }
}
