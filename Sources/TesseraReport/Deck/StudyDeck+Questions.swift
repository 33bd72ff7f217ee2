import TesseraStudy

/// Slides of a study without products: which questions matter, and where two segments part.
extension StudyDeck {
  private static let mostQuestions = 10
  private static let mostAnswers = 8

  /// How far apart the segments lie on each question; `nil` where nothing can be compared.
  var questions: DeckSlide? {
    // Answers of a few people differ most, by chance.
    let segments = results.profiles.segments.filter {
      $0.respondents >= Double(results.smallBase)
    }
    guard segments.count > 1, let first = segments.first else { return nil }
    let spreads = first.variables.indices.compactMap { place -> (label: String, spread: Double)? in
      let asked = segments.map { $0.variables[place] }
      let spread = asked[0].categories.indices.compactMap { answer -> Double? in
        let shares = asked.compactMap { $0.categories[answer].share }
        guard shares.count == segments.count, let low = shares.min(), let high = shares.max()
        else { return nil }
        return high - low
      }.max()
      return spread.map { (asked[0].label, $0) }
    }.enumerated().sorted { ($1.element.spread, $0.offset) < ($0.element.spread, $1.offset) }
      .map(\.element).prefix(Self.mostQuestions)
    guard spreads.count > 2, let most = spreads.first else { return nil }
    var slide = DeckSlide(
      id: "questions", title: "Segments differ most on \(short(most.label, 80))",
      notes: notes([
        "For each question the answer whose share differs most between two segments, in percentage "
          + "points."
      ]))
    slide.shapes = [
      text(
        "questions.words", Self.frame(0, 0, 1, 0.1),
        [
          DeckParagraph(
            "Largest difference between two segments in the share that gives an answer")
        ]),
      chart(
        "questions.spread", "Bar chart of the largest difference by question.",
        Self.frame(0, 0.1, 1, 0.9),
        DeckChart(
          kind: .bars, format: "0%", categories: spreads.map { short($0.label, 70) },
          series: [
            .init(
              name: "Largest difference", values: spreads.map { rounded($0.spread, 4) },
              colours: [.strong])
          ])),
    ]
    return slide
  }

  /// The two largest segments side by side; `nil` where they share no answers.
  var pair: DeckSlide? {
    let largest = results.profiles.segments.enumerated().sorted {
      ($1.element.share, $0.offset) < ($0.element.share, $1.offset)
    }.prefix(2)
    guard largest.count == 2, let one = largest.first, let other = largest.last else { return nil }
    var answers: [(label: String, first: Double, second: Double)] = []
    for (mine, theirs) in zip(one.element.variables, other.element.variables) {
      let differing = zip(mine.categories, theirs.categories).compactMap {
        first, second -> (label: String, first: Double, second: Double)? in
        guard let left = first.share, let right = second.share else { return nil }
        let answer = mine.shown(first)
        let label = answer == "Yes" ? mine.label : "\(short(mine.label, 44)): \(short(answer, 36))"
        return (label, left, right)
      }
      // One answer a question, so that a slide tells of many questions.
      if let most = differing.max(by: { abs($0.first - $0.second) < abs($1.first - $1.second) }) {
        answers.append(most)
      }
    }
    let told = answers.enumerated().sorted {
      (abs($1.element.first - $1.element.second), $0.offset)
        < (abs($0.element.first - $0.element.second), $1.offset)
    }.map(\.element).prefix(Self.mostAnswers)
    guard told.count > 2, let most = told.first else { return nil }
    let names = (one.element.title, other.element.title)
    var slide = DeckSlide(
      id: "pair",
      title: "\(names.0) and \(names.1) part most on \(short(most.label, 70)): "
        + "\(numbers.percent(most.first)) and \(numbers.percent(most.second))",
      notes: notes(["The two largest segments; for each question the answer that differs most."]))
    slide.shapes = [
      chart(
        "pair.bars", "Bar chart of answers of two segments.", Self.frame(),
        DeckChart(
          kind: .bars, format: "0%", categories: told.map(\.label),
          series: [
            .init(
              name: names.0, values: told.map { rounded($0.first, 4) },
              colours: [.accent(one.offset)]),
            .init(
              name: names.1, values: told.map { rounded($0.second, 4) },
              colours: [.accent(other.offset)]),
          ]))
    ]
    return slide
  }
}
