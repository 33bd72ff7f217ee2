import TesseraMath
import TesseraSegmentation

/// How indicators become columns of numbers for methods that measure distances.
///
/// Numbers, counts and ordered answers (scored 1, 2, 3, ...) are centred and divided by their
/// standard deviation, their range or nothing. Other answers become 0/1 columns, centred and scaled
/// so that a different answer counts as much as two standard deviations of a number, or as its whole
/// range, however rare it is.
public struct MatrixEncoding: Sendable, Equatable {
  /// The columns.
  public let columns: [Column]

  /// One column of numbers.
  public struct Column: Sendable, Equatable {
    /// Which indicator it comes from.
    public let indicator: Int
    /// The category it marks, from 0; absent where the answer itself is the number.
    public let category: Int?
    /// What is taken away.
    public let center: Double
    /// What the rest is multiplied by.
    public let scale: Double
  }

  /// Makes an encoding from its columns.
  public init(columns: [Column]) {
    self.columns = columns
  }

  /// Measures the answers of a study.
  ///
  /// - Parameters:
  ///   - study: The indicators and their answers.
  ///   - unit: What numbers are divided by.
  init(_ study: EncodedStudy, scale unit: ScaleDeclaration = .standardDeviation) {
    let weights = study.table.weights.effective(count: study.table.respondentCount)
    var columns: [Column] = []
    for (place, item) in study.table.items.enumerated() {
      let marks: [Int?]
      switch study.indicators[place].form {
      case .numeric, .count, .ordinal: marks = [nil]
      case .chosen: marks = [1]
      case .nominal(let categories):
        marks = categories.count == 2 ? [1] : categories.indices.map { $0 }
      }
      for mark in marks {
        let values = MatrixEncoding.values(item, mark)
        var mass = CompensatedSum()
        var sum = CompensatedSum()
        for (row, value) in values.enumerated() where !value.isNaN {
          mass.add(weights[row])
          sum.add(weights[row] * value)
        }
        let total = mass.value
        let mean = total > 0 ? MatrixEncoding.steady(sum.value / total) : 0
        var squares = CompensatedSum()
        for (row, value) in values.enumerated() where !value.isNaN {
          squares.add(weights[row] * (value - mean) * (value - mean))
        }
        let spread =
          total > 0 ? MatrixEncoding.steady((squares.value / total).squareRoot()) : 0
        let known = values.indices.filter { !values[$0].isNaN && weights[$0] > 0 }.map {
          values[$0]
        }
        let range = (known.max() ?? 0) - (known.min() ?? 0)
        let scale: Double =
          switch (mark, unit) {
          case (nil, .standardDeviation): spread > 0 ? 1 / spread : 0
          case (nil, .range): range > 0 ? 1 / range : 0
          case (nil, .none): 1
          case (_, .standardDeviation): marks.count == 1 ? 2 : 2.0.squareRoot()
          case (_, .range), (_, .none): marks.count == 1 ? 1 : 0.5.squareRoot()
          }
        columns.append(Column(indicator: place, category: mark, center: mean, scale: scale))
      }
    }
    self.columns = columns
  }

  /// A number without its last twelve bits, which hang on the order of the rows and on the scale of
  /// the weights: so that the same answers make the same columns, and the same random draws.
  private static func steady(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let unit = value.ulp * 4096
    return (value / unit).rounded() * unit
  }

  private static func values(_ item: Item, _ mark: Int?) -> [Double] {
    if case .numbers(let numbers) = item.answers { return numbers }
    return (0..<item.answers.count).map { row in
      let code = item.code(row)
      guard code > 0 else { return .nan }
      guard let mark else { return Double(code) }
      return code - 1 == mark ? 1 : 0
    }
  }

  /// The answers as numbers.
  ///
  /// - Parameter items: The indicators' answers, in the order of the encoding.
  /// - Returns: Respondents × columns; NaN where there is no answer.
  func matrix(_ items: [Item]) -> Matrix {
    let rows = items.first?.answers.count ?? 0
    var result = Matrix(rows: rows, columns: columns.count)
    for (place, column) in columns.enumerated() {
      let values = MatrixEncoding.values(items[column.indicator], column.category)
      for row in 0..<rows {
        result[row, place] = (values[row] - column.center) * column.scale
      }
    }
    return result
  }
}
