internal import TesseraSurvey

/// Declared keys that change nothing in the study as it stands: told by name, so that nothing is
/// dropped without a word.
struct StudyEffects {
  let study: StudyFile

  /// A sentence for each key without effect: what it needs, or that it can go.
  var warnings: [String] {
    catalogue + questions + choices + segments
  }

  private func isWritten(_ key: String) -> Bool { study.lines[key] != nil }

  private func idle(_ key: String, _ reason: String, _ remedy: String) -> String? {
    guard isWritten(key) else { return nil }
    let line =
      study.cells[key].map { " (\($0))" } ?? study.lines[key].map { " (line \($0))" } ?? ""
    return "'\(key)'\(line) has no effect: \(reason); \(remedy)"
  }

  /// What only scores products.
  private var catalogue: [String] {
    var found: [String?] = []
    if study.products == nil {
      for key in ["features", "relations", "rho"] {
        found.append(idle(key, "the study has no products", "add products:, or take it out"))
      }
    }
    let isRated = study.needs.contains {
      // A need without a scale of its own has been given that of all needs by now.
      !isWritten("needs.\($0.name).scale") && ($0.weight.rating != nil || $0.satisfaction != nil)
    }
    if !isRated {
      found.append(
        idle("need_scale", "no need is rated on it", "add needs: with ratings, or take it out"))
    }
    for need in study.needs
    where need.weight.rating == nil && need.satisfaction == nil {
      found.append(
        idle("needs.\(need.name).scale", "the need has no rating", "take it out"))
    }
    return found.compactMap { $0 }
  }

  private var questions: [String] {
    var found: [String?] = []
    let isAnswer = study.needs.contains {
      if case .maxDiffAnswer = $0.weight { true } else { false }
    }
    if !isAnswer {
      found.append(
        idle(
          "maxdiff", "no need is an item of its tasks",
          "add needs: { NAME: { maxdiff: \"the answer\" } } for each item"))
    }
    if let market = study.market, let competitors = market.competitors {
      let known = Set(market.own + competitors + study.scenarios.flatMap { $0.add.map(\.product) })
      let declared = [("awareness", market.awareness), ("distribution", market.distribution)]
      for (key, chances) in declared {
        for one in chances where !known.contains(one.product) {
          found.append(
            idle(
              "market.\(key).\(one.product)", "the product is not in the market",
              "name it under own: or competitors:, or take it out"))
        }
      }
    }
    if study.channels.isEmpty, study.products == nil {
      found.append(
        idle("reach", "there are no channels or products to choose from", "add channels: [COLUMNS]")
      )
    }
    if study.channelCosts.isEmpty, study.reach.budget != nil {
      found.append(
        idle(
          "reach.budget", "no channel has a cost", "write channels: { COLUMN: { cost: 20000 } }"))
    }
    return found.compactMap { $0 }
  }

  private var choices: [String] {
    guard let declared = study.choices else { return [] }
    var found: [String?] = []
    if declared.attributes.isEmpty {
      for key in ["controls", "by_segment", "price", "latent_classes"] {
        found.append(
          idle("choices.\(key)", "no attributes are named", "add attributes: [COLUMNS]"))
      }
    }
    if study.products == nil {
      found.append(
        idle("choices.bar", "without products no fit is judged", "add products:, or take it out"))
    }
    if declared.layout == .survey {
      for key in ["respondent", "product", "features", "skip", "exposure"] {
        found.append(
          idle(
            "choices.\(key)", "the choices are a column of the survey, of all products",
            "take it out, or name the file: of the menus"))
      }
    }
    return found.compactMap { $0 }
  }

  private var segments: [String] {
    let declared = study.segments
    if declared.given != nil {
      return [
        idle("segments.method", "the segments are given", "take it out, or take given: out")
      ].compactMap { $0 }
    }
    var found: [String?] = []
    let isLatent = [.latentClass, .mixture].contains(declared.method)
    if !isLatent {
      found.append(
        idle(
          "segments.covariates", "\(declared.method.rawValue) has no covariates",
          "use method: lca, or list them under passive"))
      found.append(
        idle(
          "segments.tolerance", "\(declared.method.rawValue) does not use it", "take it out"))
      if declared.method != .ensemble {
        found.append(
          idle(
            "segments.prior", "\(declared.method.rawValue) has no prior", "take it out"))
      }
    }
    if declared.method == .ward {
      found.append(
        idle("segments.starts", "ward has no random starts", "take it out"))
    }
    if declared.evidence.outcomes.isEmpty {
      found.append(
        idle("segments.correction", "no outcomes are named", "add outcomes: [COLUMNS]"))
    }
    return found.compactMap { $0 }
  }
}
