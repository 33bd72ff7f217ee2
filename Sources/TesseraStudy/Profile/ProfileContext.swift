import TesseraDesign
import TesseraMath
import TesseraSurvey

/// What every question's profile needs: the design, the memberships and the bounds.
struct ProfileContext: Sendable {
  /// Respondents × segments.
  let posterior: Matrix
  /// For each segment everybody's chance of it.
  let memberships: [[Double]]
  /// The likeliest segment of each respondent.
  let labels: [Int]
  /// Design weights.
  let weights: [Double]
  /// What was drawn.
  let units: SamplingUnits
  /// Which cells are hidden.
  let rules: CellRules
  /// Columns and sets that are shown by counts and describe no segment.
  let sensitive: Set<String>
  /// Bases below this are marked.
  let smallBase: Double
  /// Whether numbers are to be told; if not, only names are made of what is found.
  let isTold: Bool

  /// Whether segments are tested against each other.
  var tests: Bool { isTold && segments > 1 }

  /// Number of segments.
  var segments: Int { posterior.columns }

  init(posterior: Matrix, design: SurveyDesign, settings: RunSettings, isTold: Bool) {
    self.posterior = posterior
    memberships = (0..<posterior.columns).map { posterior.column($0) }
    labels = posterior.likeliest
    weights = design.weights
    units = SamplingUnits(design)
    smallBase = settings.minimumCell > 1 ? Double(settings.smallBase) : 0
    rules = CellRules(
      minimum: Double(settings.minimumCell), small: smallBase,
      isStrict: settings.privacy == .strict, isTold: isTold)
    sensitive = settings.privacy == .none ? [] : settings.sensitive
    self.isTold = isTold
  }

  /// The same with other memberships, such as those freed from the errors of placing.
  init(_ other: ProfileContext, posterior: Matrix) {
    self.posterior = posterior
    memberships = (0..<posterior.columns).map { posterior.column($0) }
    labels = other.labels
    weights = other.weights
    units = other.units
    rules = other.rules
    sensitive = other.sensitive
    smallBase = other.smallBase
    isTold = other.isTold
  }

  /// Effective respondents for each respondent, by weights alone (Kish).
  var worth: Double {
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? sum * sum / (squares * Double(weights.count)) : 1
  }

  /// Respondents of each segment (unweighted) of whom something holds.
  func bases(_ holds: (Int) -> Bool) -> [Double] {
    var bases = [Double](repeating: 0, count: segments)
    for row in labels.indices where holds(row) { bases[labels[row]] += units.heads[row] }
    return bases
  }

  /// The weighted mean of numbers, leaving out NaN.
  func mean(_ numbers: [Double], membership: [Double]? = nil) -> Double? {
    var sum = 0.0
    var mass = 0.0
    for row in numbers.indices where !numbers[row].isNaN {
      let weight = weights[row] * (membership?[row] ?? 1)
      sum += weight * numbers[row]
      mass += weight
    }
    return mass > 0 ? sum / mass : nil
  }

  /// The test of a segment against the others.
  func test(_ table: AnswerTable, segment: Int) -> Double? {
    guard tests else { return nil }
    return RaoScottTest(table.soft.against(segment))?.pValue
      ?? table.pooledTest(segment, worth: worth)
  }
}

extension Matrix {
  /// For each row the column of its largest element, the first of equals.
  package var likeliest: [Int] {
    let values = values
    return (0..<rows).map { row in
      let start = row * columns
      var best = start
      for place in start + 1..<start + max(1, columns) where values[place] > values[best] {
        best = place
      }
      return best - start
    }
  }
}
