internal import TesseraFiles

/// What is told of each person beside segment and probabilities, in columns of its own.
public struct AssignmentAdvice: Sendable {
  /// One cell.
  public enum Value: Sendable, Equatable {
    /// A text.
    case text(String)
    /// A number.
    case number(Double)
    /// Nothing.
    case empty
  }

  /// Names of the columns.
  public let names: [String]
  /// A value for each column, from a person's probabilities in the order of the model's segments.
  let values: @Sendable (ArraySlice<Double>) -> [Value]

  /// Binds names and what makes their values.
  ///
  /// - Parameters:
  ///   - names: Names of the columns.
  ///   - values: A value for each of them, from a person's probabilities.
  public init(
    names: [String], values: @escaping @Sendable (_ posterior: ArraySlice<Double>) -> [Value]
  ) {
    self.names = names
    self.values = values
  }
}

extension AssignmentAdvice.Value {
  /// As a cell of CSV.
  var cell: CSVWriter.Cell {
    switch self {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .empty: .empty
    }
  }

  /// As JSON.
  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .number(let number): .number(number)
    case .empty: .null
    }
  }
}
