internal import TesseraMath
public import TesseraSurvey

/// Assignments as a survey of their own, for formats that hold labels.
public struct AssignmentTable: Sendable {
  private let segments: [Segment]
  private var ids: [String] = []
  private var positions: [Int] = []
  private var probabilities: [Double] = []
  private var posteriors: [[Double]]

  /// Starts without respondents.
  ///
  /// - Parameter segments: The segments of the model.
  public init(segments: [Segment]) {
    self.segments = segments
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
      probabilities.append(label.map { batch.posterior[row, $0] } ?? .nan)
      for segment in segments.indices {
        posteriors[segment].append(label == nil ? .nan : batch.posterior[row, segment])
      }
    }
  }

  /// `id`, `segment` (a code from 1, labelled with the segment's id and name), `probability`, and
  /// `p_S1 ... p_SK`.
  public var survey: Survey {
    // By bytes: two spellings of "é" are two identifiers.
    let codes = Set(ids.map { AnswerCode.text($0) }).sorted()
    var places: [AnswerCode: Int] = [:]
    for (place, code) in codes.enumerated() { places[code] = place + 1 }
    let id = Variable(
      name: "id", label: "Respondent", level: .text,
      categories: codes.map { Category(code: $0) },
      answers: AnswerColumn(
        positions: ids.map { places[.text($0)] ?? 0 }, categoryCount: codes.count))
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
    return Survey(variables: [id, segment, probability] + others)
  }
}
