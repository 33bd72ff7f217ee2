internal import TesseraMath
public import TesseraSurvey

/// Assignments as a survey of their own, for formats that hold labels.
public struct AssignmentTable: Sendable {
  private let segments: [Segment]
  private var ids: [String] = []
  private var positions: [Int] = []
  private var probabilities: [Double] = []
  private var posteriors: [[Double]]
  private let advice: AssignmentAdvice?
  private let idName: String
  private var advised: [[AssignmentAdvice.Value]]

  /// Starts without respondents.
  ///
  /// - Parameters:
  ///   - segments: The segments of the model.
  ///   - advice: What else is told of each person.
  ///   - idName: What the column of identifiers is called.
  public init(segments: [Segment], advice: AssignmentAdvice? = nil, idName: String = "id") {
    self.idName = idName
    self.segments = segments
    self.advice = advice
    advised = [[AssignmentAdvice.Value]](repeating: [], count: advice?.names.count ?? 0)
    posteriors = [[Double]](repeating: [], count: segments.count)
  }

  /// Adds respondents.
  ///
  /// - Parameters:
  ///   - batch: Their segments.
  ///   - ids: Their identifiers; `nil` to number them from 1.
  public mutating func append(_ batch: AssignmentBatch, ids: [String]?) {
    for (row, label) in batch.labels.enumerated() {
      self.ids.append(ids?[row] ?? String(self.ids.count + 1))
      positions.append(label.map { $0 + 1 } ?? 0)
      let isKnown = label != nil || batch.isDoubtful(row)
      probabilities.append(isKnown ? batch.posterior.row(row).max() ?? .nan : .nan)
      for segment in segments.indices {
        posteriors[segment].append(isKnown ? batch.posterior[row, segment] : .nan)
      }
      for (place, value) in (advice?.values(batch.posterior.row(row)) ?? []).enumerated() {
        advised[place].append(isKnown ? value : .empty)
      }
    }
  }

  /// The identifiers, and ``columns``.
  public var survey: Survey {
    Survey(variables: [Self.texts(idName, "Respondent", ids)] + columns)
  }

  /// `segment` (a code from 1, labelled with the segment's id and name), `probability`,
  /// `p_S1 ... p_SK` and what else is told: the columns that a file of one's own gets.
  public var columns: [Variable] {
    let segment = Variable(
      name: "segment", label: "Segment of highest probability", level: .nominal,
      categories: segments.enumerated().map { place, segment in
        Category(
          code: .number(Double(place + 1)),
          label: segment.display)
      },
      answers: AnswerColumn(positions: positions, categoryCount: segments.count))
    let probability = Variable(
      name: "probability", label: "Probability of the segment", level: .numeric,
      answers: .numbers(probabilities))
    let others = zip(segments, posteriors).map { segment, values in
      Variable(
        name: "p_\(segment.id)", label: "Probability of \(segment.display)",
        level: .numeric, answers: .numbers(values))
    }
    let more = zip(advice?.names ?? [], advised).map { name, values in
      let numbers = values.map { if case .number(let number) = $0 { number } else { Double.nan } }
      return numbers.contains { !$0.isNaN }
        ? Variable(name: name, label: name, level: .numeric, answers: .numbers(numbers))
        : Self.texts(
          name, name, values.map { if case .text(let text) = $0 { text } else { "" } })
    }
    return [segment, probability] + others + more
  }

  /// A column of texts; an empty one is no answer.
  private static func texts(_ name: String, _ label: String, _ values: [String]) -> Variable {
    // By bytes: two spellings of "é" are two identifiers.
    let codes = Set(values.filter { !$0.isEmpty }.map { AnswerCode.text($0) }).sorted()
    var places: [AnswerCode: Int] = [:]
    for (place, code) in codes.enumerated() { places[code] = place + 1 }
    return Variable(
      name: name, label: label, level: .text, categories: codes.map { Category(code: $0) },
      answers: AnswerColumn(
        positions: values.map { places[.text($0)] ?? 0 }, categoryCount: codes.count))
  }
}
