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
  /// For `intercept`, how much each column rises with a respondent's mean rating; else empty.
  public let slopes: [Double]

  /// Fewer answered ratings than this say nothing of a respondent's style.
  static let fewestAnswers = 2
  /// Fewer rating columns than this cannot be corrected.
  static let fewestColumns = 3

  /// Names what is taken out of which columns.
  ///
  /// - Parameters:
  ///   - kind: What is taken out.
  ///   - columns: The columns rated on one scale.
  ///   - slopes: For `intercept`, one slope per column.
  public init(kind: ResponseStyleDeclaration, columns: [String], slopes: [Double] = []) {
    self.kind = kind
    self.columns = columns
    self.slopes = slopes
  }

  /// The style with its slopes, where it needs any: least squares of each column on the
  /// respondents' own means.
  ///
  /// - Parameters:
  ///   - ratings: For each column everybody's ratings; NaN is missing.
  ///   - weights: One for each respondent.
  /// - Returns: The same correction with slopes; itself for the other kinds.
  func fitted(to ratings: [[Double]], weights: [Double]) -> ResponseStyle {
    guard kind == .intercept, let first = ratings.first else { return self }
    let means = first.indices.map { row in
      let own = ratings.map { $0[row] }.filter { !$0.isNaN }
      return own.count >= Self.fewestAnswers ? own.reduce(0, +) / Double(own.count) : .nan
    }
    let slopes = ratings.map { column -> Double in
      let rows = column.indices.filter { !column[$0].isNaN && !means[$0].isNaN }
      let mass = rows.reduce(0) { $0 + weights[$1] }
      guard mass > 0 else { return 1 }
      let centre = rows.reduce(0) { $0 + weights[$1] * means[$1] } / mass
      let spread = rows.reduce(0) {
        $0 + weights[$1] * (means[$1] - centre) * (means[$1] - centre)
      }
      let joint = rows.reduce(0) { $0 + weights[$1] * (means[$1] - centre) * column[$1] }
      return spread > 1e-12 * mass ? joint / spread : 1
    }
    return ResponseStyle(kind: kind, columns: columns, slopes: slopes)
  }

  /// Whether a column's answers are ratings: numbers, or words that have an order.
  static func isRating(_ variable: Variable) -> Bool {
    switch variable.level {
    case .ordinal: true
    case .numeric: variable.isNumeric
    default: false
    }
  }

  /// Ratings as numbers: the codes, or the places of words in their order, from 1.
  static func numbers(_ variable: Variable) -> [Double] {
    guard !variable.isNumeric else { return variable.numbers }
    let places = [.nan] + variable.categories.indices.map { Double($0 + 1) }
    return variable.answers.values(of: places)
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
      let own = ratings.map { $0[row] }
      for place in result.indices where !own[place].isNaN {
        result[place][row] =
          isUsable ? corrected(own[place], at: place, among: own, mean: mean, count: count) : .nan
      }
    }
    return result
  }

  /// One rating of a respondent, corrected.
  private func corrected(
    _ rating: Double, at place: Int, among own: [Double], mean: Double, count: Double
  ) -> Double {
    switch kind {
    case .kept: return rating
    case .centred: return rating - mean
    case .ipsatised:
      let squares = own.reduce(0) { $1.isNaN ? $0 : $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / max(count, 1)).squareRoot()
      return (rating - mean) / (deviation > 1e-12 ? deviation : 1)
    case .ranked:
      // Ties share their rank; from -1/2 to 1/2 however many were answered.
      let lower = own.count { $0 < rating }
      let equal = own.count { $0 == rating }
      return (Double(lower) + Double(equal) / 2) / max(count, 1) - 0.5
    case .intercept: return rating - (slopes.indices.contains(place) ? slopes[place] : 1) * mean
    }
  }

  /// What was done, for readers.
  var note: String {
    let what =
      switch kind {
      case .ipsatised:
        "each respondent's mean is taken from their ratings, which are divided by their own spread"
      case .ranked: "each rating becomes its rank among the respondent's own ratings"
      case .intercept:
        "what a respondent's mean rating predicts is taken from each of their ratings"
      case .kept, .centred: "each respondent's mean is taken from their ratings"
      }
    return "Response style: \(what) (\(columns.joined(separator: ", "))). They are numbers in the "
      + "model; profiles show the ratings as given."
  }
}
