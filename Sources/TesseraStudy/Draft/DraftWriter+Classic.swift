internal import TesseraSurvey

// Questions that product research knows by name.
extension DraftWriter {
  /// The items of best-worst tasks, each a need.
  func maxDiffNeeds(_ plan: DraftPlan) -> [String] {
    guard let tasks = plan.maxDiff else { return [] }
    var names = Set(plan.needs.map(\.name))
    return tasks.items.enumerated().map { place, item in
      var name = ""
      for word in NameWords(item).words where name.count + word.count < 40 {
        name += (name.isEmpty ? "" : "_") + word
      }
      if name.first?.isLetter != true { name = "item_\(name)" }
      if !names.insert(name).inserted {
        name += "_\(place + 1)"
        names.insert(name)
      }
      let text = DraftYAML.text(item)
      return "  \(DraftYAML.text(name)): { label: \(text), maxdiff: \(text) }"
    }
  }

  /// Questions that product research knows by name.
  func classic(_ plan: DraftPlan) -> [String] {
    var lines: [String] = []
    if let tasks = plan.maxDiff {
      lines += [
        "maxdiff: # \(tasks.best.count) tasks: the best and the worst of some items",
        "  best: \(texts(tasks.best))", "  worst: \(texts(tasks.worst))",
        "  shown: \(tasks.shown) # how often each item was shown to a person, going by the answers: "
          + "check",
      ]
    }
    if plan.prices.count == 4 {
      let names = plan.prices.map(DraftYAML.text)
      lines += [
        "price_questions: # van Westendorp's four prices",
        "  { too_cheap: \(names[0]), cheap: \(names[1]), expensive: \(names[2]), "
          + "too_expensive: \(names[3]) }",
      ]
    }
    if !plan.kano.isEmpty {
      lines.append("kano: # pairs of questions: with the feature, and without it")
      lines += plan.kano.map {
        "  \(DraftYAML.text($0.name)): { functional: \(DraftYAML.text($0.functional)), "
          + "dysfunctional: \(DraftYAML.text($0.dysfunctional)) }"
      }
    }
    if let promoters = plan.promoters, plan.needs.count(where: { $0.satisfaction != nil }) >= 2 {
      lines.append(
        "drivers: { rating: \(DraftYAML.text(promoters.rating)) } # what drives recommending: the "
          + "satisfactions")
    }
    return lines
  }
}
