internal import TesseraSurvey

/// Needs, funnels, and what a study of products would add.
extension DraftWriter {
  func needs(_ plan: DraftPlan) -> [String] {
    guard let first = plan.needs.first else {
      let items = maxDiffNeeds(plan)
      return items.isEmpty ? [] : ["needs:"] + items
    }
    func pair(_ scale: RatingScale) -> String {
      "[\(AnswerCode.number(scale.low).text), \(AnswerCode.number(scale.high).text)]"
    }
    var counts: [(scale: RatingScale, count: Int)] = []
    for need in plan.needs {
      if let place = counts.firstIndex(where: { $0.scale == need.scale }) {
        counts[place].count += 1
      } else {
        counts.append((need.scale, 1))
      }
    }
    let usual = counts.max { $0.count < $1.count }?.scale ?? first.scale
    var lines = ["need_scale: \(pair(usual)) # the ends of the ratings; check them", "needs:"]
    var told = ""
    for need in plan.needs {
      var parts: [String] = []
      if !need.label.isEmpty { parts.append("label: \(DraftYAML.text(need.label))") }
      parts.append("importance: \(DraftYAML.text(need.importance))")
      if let column = need.satisfaction {
        parts.append("satisfaction: \(DraftYAML.text(column))")
      }
      if need.scale != usual { parts.append("scale: \(pair(need.scale))") }
      // What is said of one after another is said once; the column stands in the line itself.
      let reason = need.reason.replacing("\"\(need.importance)\" asks", with: "asks")
      if reason != told { lines.append("  # \(comment(reason)):") }
      told = reason
      lines.append("  \(DraftYAML.text(need.name)): { \(parts.joined(separator: ", ")) }")
    }
    return lines + maxDiffNeeds(plan)
  }

  func funnel(_ plan: DraftPlan) -> [String] {
    guard let first = plan.funnels.first else { return [] }
    func steps(_ steps: [String]) -> String {
      "[" + steps.map(DraftYAML.text).joined(separator: ", ") + "]"
    }
    let reason = "# from knowing it to having it, by the words in their names"
    if plan.funnels.count == 1 { return ["funnel: \(steps(first.steps)) \(reason)"] }
    return ["funnel: \(reason)"]
      + plan.funnels.map { "  \(DraftYAML.text($0.product)): \(steps($0.steps))" }
  }

  /// What a survey cannot tell, as a comment to be filled in.
  func template(_ plan: DraftPlan) -> [String] {
    guard !plan.needs.isEmpty else { return [] }
    let need = plan.needs.first?.name ?? "need"
    var lines = [
      "", "# To score products, describe them:", "# features:",
      "#   feature_1: { value: { linear: [2, 5] } } # its level from worth nothing to worth all",
      "# products: { product_a: { feature_1: 5 }, product_b: { feature_1: 2 } } # or products.csv",
      "# relations: { \(comment(need)): { feature_1: 9 } } # or relations.csv; 9 strong, 3, 1 weak",
    ]
    if let set = plan.sets.first(where: { $0.topic == .barriers }) {
      lines += [
        "# barriers:",
        "#   too_little: { violated_when: \"feature_1 < 4\", held_by: \"\(comment(set.name)) includes "
          + "ANSWER\" }",
      ]
    }
    return lines
  }
}
