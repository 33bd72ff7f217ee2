package import TesseraMath
package import TesseraSegmentation
import TesseraSurvey

extension SegmentModel {
  /// The model of some of its questions: what the others would have said is left out.
  ///
  /// A latent class model places respondents by any of its questions exactly, since a factor that is
  /// not there is a factor that says nothing. Points place them by the distance over the columns of
  /// these questions.
  ///
  /// - Parameters:
  ///   - names: Columns of the model, or members of its sets; the order is the model's.
  ///   - evidence: What the file is to hold about the choice.
  /// - Returns: A model that reads these columns only.
  /// - Throws: ``StudyError`` E0512 where a part of the model cannot place anybody.
  public func restricted(
    to names: [String], evidence: JSONValue = .object([])
  ) throws(StudyError) -> SegmentModel {
    if let fault = typingFault { throw fault }
    let wanted = Set(names.map { AnswerCode.text($0) })
    let places = indicators.indices.filter { wanted.contains(.text(indicators[$0].name)) }
    let parameters: Parameters =
      switch self.parameters {
      case .latentClass(let classes): .latentClass(classes.restricted(to: places))
      case .nearest(let points): .nearest(points.restricted(to: places))
      case .given: self.parameters
      }
    return part(places, covariates: covariates, parameters: parameters, evidence: evidence)
  }

  /// The same segments found by other means.
  ///
  /// - Parameters:
  ///   - places: Indicators that are kept.
  ///   - covariates: Columns on which membership depends.
  ///   - parameters: What these say of membership.
  ///   - evidence: What the file is to hold about it.
  /// - Returns: A model that reads these columns only; figures of the fit are left out.
  package func part(
    _ places: [Int], covariates: [CovariateEncoding], parameters: Parameters, evidence: JSONValue
  ) -> SegmentModel {
    var result = result
    result.indicators =
      result.indicators.count == indicators.count ? places.map { result.indicators[$0] } : []
    // They are those of all questions.
    result.logLikelihood = nil
    (result.aic, result.bic, result.sabic, result.icl) = (nil, nil, nil, nil)
    result.criteria = []
    result.selection = []
    result.stability = nil
    result.errors = nil
    result.recommendation = []
    result.warnings = []
    let kept = places.map { indicators[$0] }
    return SegmentModel(
      result: result, indicators: kept, covariates: covariates, parameters: parameters,
      survey: survey?.kept(for: kept, covariates: covariates), evidence: evidence)
  }

  /// Why no part of the model can place people; `nil` if it can.
  public var typingFault: StudyError? {
    switch parameters {
    case .given(let column, _):
      return StudyError(
        code: "E0512",
        message: "these segments stand in the column '\(DisplayText.escaped(column))', and no "
          + "question of the model finds them",
        column: column, hint: "fit segments on active columns, then ask for their questions")
    case .nearest(let points) where points.areRespondents:
      return StudyError(
        code: "E0512",
        message: "a model of \(result.method) holds the answers of \(points.points.rows) real "
          + "people, which must not leave it",
        hint: "fit the segments with --method latent-class or kmeans")
    default: break
    }
    if let style {
      return StudyError(
        code: "E0512",
        message: "the model corrects ratings for each person's use of the scale, from all "
          + "\(style.columns.count) of them together; fewer ratings cannot be corrected",
        column: style.columns.first,
        hint: "fit the segments on raw ratings (scale_use: raw) to get a short list")
    }
    guard segments.count > 1 else {
      return StudyError(
        code: "E0512", message: "there is one segment only, and nothing to find",
        hint: "fit two or more segments")
    }
    return nil
  }

  /// Below which probability nobody is placed; `nil` where everybody is.
  public var cannotTellBelow: Double? {
    for key in ["typing", "bridge"] {
      if let threshold = evidence[key]?["cannot_tell_below"]?.number { return threshold }
    }
    return nil
  }
}

extension LatentClassModel {
  /// The model of some of its items; the others are summed out.
  ///
  /// - Parameter places: Positions of items of the table, rising.
  /// - Returns: A model of those items. Of a covariance block or a direct effect of which one item is
  ///   left, its marginal distribution.
  package func restricted(to places: [Int]) -> LatentClassModel {
    var position: [Int: Int] = [:]
    for (new, old) in places.enumerated() { position[old] = new }
    var models = places.map { items[$0] }
    var blocks: [CovarianceBlock] = []
    for block in self.blocks {
      let inside = block.items.indices.filter { position[block.items[$0]] != nil }
      let size = block.items.count
      let means = block.means.map { row in inside.map { row[$0] } }
      let covariances = block.covariances.map { matrix in
        inside.flatMap { row in inside.map { matrix[row * size + $0] } }
      }
      if inside.count > 1 {
        blocks.append(
          CovarianceBlock(
            items: inside.compactMap { position[block.items[$0]] }, means: means,
            covariances: covariances))
      } else if let only = inside.first, let place = position[block.items[only]] {
        models[place] = ItemModel(
          name: models[place].name, measurement: models[place].measurement,
          distribution: .normal(means: means.map { $0[0] }, variances: covariances.map { $0[0] }))
      }
    }
    var effects: [DirectEffect] = []
    for effect in directEffects {
      switch (position[effect.first], position[effect.second]) {
      case (let first?, let second?):
        effects.append(
          DirectEffect(first: first, second: second, probabilities: effect.probabilities))
      case (let first?, nil): models[first] = models[first].marginal(of: effect, isFirst: true)
      case (nil, let second?): models[second] = models[second].marginal(of: effect, isFirst: false)
      case (nil, nil): break
      }
    }
    let own = items.count - modelledGaps.count
    var gaps: [Int] = []
    for (place, item) in modelledGaps.enumerated() {
      guard let new = position[item] else { continue }
      gaps.append(new)
      models.append(items[own + place])
    }
    return LatentClassModel(
      prevalence: prevalence, items: models, blocks: blocks, directEffects: effects,
      membership: membership, modelledGaps: gaps)
  }
}

extension ItemModel {
  /// One of two tied items by itself.
  fileprivate func marginal(of effect: DirectEffect, isFirst: Bool) -> ItemModel {
    let own = measurement.categories
    let other = (effect.probabilities.first?.count ?? 0) / max(1, own)
    let rows = effect.probabilities.map { row in
      let sums = (0..<own).map { answer in
        (0..<other).reduce(0.0) {
          $0 + (isFirst ? row[answer * other + $1] : row[$1 * own + answer])
        }
      }
      let total = sums.reduce(0, +)
      return sums.map { $0 / total }
    }
    return ItemModel(
      name: name, measurement: measurement == .binary ? .binary : .nominal(categories: own),
      distribution: .categories(rows))
  }
}

extension NearestPoints {
  /// The points over the columns of some indicators.
  fileprivate func restricted(to places: [Int]) -> NearestPoints {
    let kept = encoding.columns.indices.filter { places.contains(encoding.columns[$0].indicator) }
    let columns = kept.map { place in
      let column = encoding.columns[place]
      return MatrixEncoding.Column(
        indicator: places.firstIndex(of: column.indicator) ?? 0, category: column.category,
        center: column.center, scale: column.scale)
    }
    return NearestPoints(
      encoding: MatrixEncoding(columns: columns),
      points: Matrix((0..<points.rows).map { row in kept.map { points[row, $0] } }),
      measure: measure, needed: needed)
  }

  /// For each indicator what it adds to the distance of each respondent from each point.
  ///
  /// - Parameter items: The indicators' answers.
  /// - Returns: For each indicator respondents × segments; 0 for an answer that is missing.
  package func distances(_ items: [Item]) -> [Matrix] {
    let table = encoding.matrix(items)
    return items.indices.map { indicator in
      let own = encoding.columns.indices.filter { encoding.columns[$0].indicator == indicator }
      var sums = Matrix(rows: table.rows, columns: points.rows)
      for row in 0..<table.rows {
        for column in own where !table[row, column].isNaN {
          for segment in 0..<points.rows where !points[segment, column].isNaN {
            let gap = table[row, column] - points[segment, column]
            sums[row, segment] += measure == .squares ? gap * gap : gap.magnitude
          }
        }
      }
      return sums
    }
  }
}
