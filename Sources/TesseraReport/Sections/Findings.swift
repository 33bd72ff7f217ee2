import TesseraProductFit
import TesseraStudy

/// The answer in three sentences: who is out there, what fits whom, what to change first.
public struct Findings: Sendable {
  let results: StudyResults
  let numbers: NumberStyle

  /// Reads the findings off the results.
  ///
  /// - Parameters:
  ///   - results: The results of a run.
  ///   - numbers: How numbers are written.
  public init(_ results: StudyResults, numbers: NumberStyle = .english) {
    self.results = results
    self.numbers = numbers
  }

  /// The three sentences, in the order of the questions.
  public var sentences: [String] {
    var all = [whoIsThere]
    if let fit = results.productFit {
      all.append(whatFits(fit))
      all.append(whatToChange(fit))
    } else {
      all.append(howSure)
      let told =
        results.fit.map {
          QuestionReport(study: results.study, fit: $0, numbers: numbers).sentences
        } ?? []
      all += told
      guard told.isEmpty else { return all }
      all.append(
        "No product was scored: name products, relations and needs in the study to see what fits whom."
      )
    }
    return all
  }

  private var whoIsThere: String {
    let segments = results.segmentation.segments
    // A reader keeps about seven things in mind; of more segments the largest are named.
    let named =
      segments.count > 7 ? segments.sorted { $0.share > $1.share }.prefix(4) : segments[...]
    var parts = named.map { "\($0.name) (\(numbers.percent($0.share)))" }
    if named.count < segments.count {
      let rest = segments.sorted { $0.share > $1.share }.dropFirst(named.count)
      parts.append(
        "\(rest.count) more of \(numbers.percent(rest.last?.share)) to "
          + "\(numbers.percent(rest.first?.share)) each")
    }
    let count = numbers.number(results.segmentation.respondents)
    guard segments.count > 1 else {
      return "The \(count) respondents are one group: nothing in the data splits them."
    }
    return "\(count) respondents make \(segments.count) segments: \(list(parts))."
  }

  private var howSure: String {
    results.segmentation.recommendation.first
      ?? "The segments are given, not found: their number was not in question."
  }

  func list(_ parts: [String]) -> String {
    guard let last = parts.last else { return "" }
    return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
