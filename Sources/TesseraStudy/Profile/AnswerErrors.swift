/// Finds how sure the model is of an answer that a profile tells.
struct AnswerErrors {
  private let result: SegmentationResult?
  private let places: [String: Int]

  init(_ result: SegmentationResult?) {
    self.result = result
    var places: [String: Int] = [:]
    for (place, indicator) in (result?.indicators ?? []).enumerated() {
      places[indicator.name] = place
    }
    self.places = places
  }

  /// Gives a question's shown numbers their intervals, where the model has the same numbers.
  func fill(_ variable: inout VariableProfile, segment: Int) {
    if variable.categories.isEmpty {
      if variable.mean != nil { variable.meanInterval = interval(variable.name, nil, segment) }
      return
    }
    let isSet = variable.level == "multiple"
    for place in variable.categories.indices where variable.categories[place].share != nil {
      let code = variable.categories[place].code
      let found =
        isSet
        ? interval(code, "1", segment) ?? interval(code, "1.0", segment)
        : interval(variable.name, code, segment)
      guard let found, let share = variable.categories[place].share,
        // A merged answer, or one that a prior moved far, is not the number shown.
        found.low <= share + 1e-9, share <= found.high + 1e-9
      else { continue }
      variable.categories[place].interval = found
    }
  }

  private func interval(
    _ name: String, _ code: String?, _ segment: Int
  ) -> SegmentErrors.Interval? {
    guard let result, let errors = result.errors, let place = places[name],
      errors.answers.indices.contains(place), errors.answers[place].indices.contains(segment)
    else { return nil }
    let row = errors.answers[place][segment]
    guard let code else { return row.count == 1 ? row[0] : nil }
    let position = result.indicators[place].codes.firstIndex { $0 == code }
    return position.flatMap { row.indices.contains($0) ? row[$0] : nil }
  }
}
