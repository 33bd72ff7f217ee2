import TesseraSurvey

/// Takes each respondent's own way of using rating scales out of their ratings.
///
/// Some tick high or low throughout, or only the ends; left in, that becomes a segment of its own.
/// What is taken out is gone: a segment that truly likes everything can no longer be found.
///
/// - Reference: Hicks (1970), *Psychological Bulletin* 74(3), 167-184; Dolnicar, Grün & Leisch
///   (2018), *Market Segmentation Analysis*, doi:10.1007/978-981-10-8818-6, section 6.
public struct ResponseStyle: Sendable, Equatable {
  /// What is taken out.
  public let kind: ResponseStyleDeclaration
  /// The columns rated on one scale.
  public let columns: [String]

  /// Fewer answered ratings than this say nothing of a respondent's style.
  static let fewestAnswers = 2
  /// Fewer rating columns than this cannot be corrected.
  static let fewestColumns = 3

  /// Names what is taken out of which columns.
  ///
  /// - Parameters:
  ///   - kind: What is taken out.
  ///   - columns: The columns rated on one scale.
  public init(kind: ResponseStyleDeclaration, columns: [String]) {
    self.kind = kind
    self.columns = columns
  }

  /// Whether a column's answers are ratings.
  static func isRating(_ variable: Variable) -> Bool {
    switch variable.level {
    case .ordinal, .numeric: variable.isNumeric || !variable.answers.isCoded
    default: false
    }
  }

  /// Corrects ratings.
  ///
  /// - Parameter ratings: For each column everybody's ratings; NaN is missing.
  /// - Returns: As many numbers; NaN for respondents with fewer than two ratings.
  /// - Complexity: O(columns · respondents).
  func corrected(_ ratings: [[Double]]) -> [[Double]] {
    guard kind != .kept, let first = ratings.first else { return ratings }
    var result = ratings
    for row in first.indices {
      var count = 0.0
      var sum = 0.0
      for column in ratings where !column[row].isNaN {
        count += 1
        sum += column[row]
      }
      let isUsable = count >= Double(Self.fewestAnswers)
      let mean = sum / max(count, 1)
      var squares = 0.0
      for column in ratings where !column[row].isNaN {
        squares += (column[row] - mean) * (column[row] - mean)
      }
      let deviation = (squares / max(count, 1)).squareRoot()
      let unit = kind == .ipsatised && deviation > 1e-12 ? deviation : 1
      for place in result.indices where !ratings[place][row].isNaN {
        result[place][row] = isUsable ? (ratings[place][row] - mean) / unit : .nan
      }
    }
    return result
  }

  /// What was done, for readers.
  var note: String {
    let what =
      kind == .ipsatised
      ? "each respondent's mean is taken from their ratings, which are divided by their own spread"
      : "each respondent's mean is taken from their ratings"
    return "Response style: \(what) (\(columns.joined(separator: ", ")))."
  }
}
