/// The answers to one variable, one for each respondent.
///
/// Coded answers are positions in the variable's ``Variable/categories``, counted from 1, in the
/// narrowest integer that holds them; 0 means that there is no answer. Numbers without categories
/// stand as `Double`, with NaN where there is no answer.
public enum AnswerColumn: Sendable, Equatable {
  /// Positions of up to 255 categories.
  case codes8([UInt8])
  /// Positions of up to 65,535 categories.
  case codes16([UInt16])
  /// Positions of more categories than that.
  case codes32([UInt32])
  /// Numbers; NaN where there is no answer.
  case numbers([Double])

  /// Packs positions as narrowly as the number of categories allows.
  ///
  /// - Parameters:
  ///   - positions: One for each respondent, from 1; 0 for no answer.
  ///   - categoryCount: The largest position that can occur.
  public init(positions: [Int], categoryCount: Int) {
    if categoryCount <= 0xFF {
      self = .codes8(positions.map { UInt8($0) })
    } else if categoryCount <= 0xFFFF {
      self = .codes16(positions.map { UInt16($0) })
    } else {
      self = .codes32(positions.map { UInt32($0) })
    }
  }

  /// Number of respondents.
  public var count: Int {
    switch self {
    case .codes8(let codes): codes.count
    case .codes16(let codes): codes.count
    case .codes32(let codes): codes.count
    case .numbers(let numbers): numbers.count
    }
  }

  /// Whether answers are positions among categories.
  public var isCoded: Bool {
    if case .numbers = self { false } else { true }
  }

  /// The position of a respondent's answer among the categories.
  ///
  /// - Parameter respondent: Which respondent, from 0.
  /// - Returns: From 1; 0 without an answer, and 0 where the column holds numbers.
  @inlinable
  public func position(_ respondent: Int) -> Int {
    switch self {
    case .codes8(let codes): Int(codes[respondent])
    case .codes16(let codes): Int(codes[respondent])
    case .codes32(let codes): Int(codes[respondent])
    case .numbers: 0
    }
  }

  /// What a table holds for each respondent's answer.
  ///
  /// - Parameter table: A value for no answer, followed by one for each category.
  /// - Returns: One value a respondent; that for no answer where the column holds numbers.
  @inlinable
  public func values<Value>(of table: [Value]) -> [Value] {
    switch self {
    case .codes8(let codes): codes.map { table[Int($0)] }
    case .codes16(let codes): codes.map { table[Int($0)] }
    case .codes32(let codes): codes.map { table[Int($0)] }
    case .numbers(let numbers): [Value](repeating: table[0], count: numbers.count)
    }
  }

  /// Whether a respondent gave an answer.
  ///
  /// - Parameter respondent: Which respondent, from 0.
  /// - Returns: True for an answer, false for any kind of missing.
  @inlinable
  public func isAnswered(_ respondent: Int) -> Bool {
    if case .numbers(let numbers) = self { return !numbers[respondent].isNaN }
    return position(respondent) > 0
  }

  /// The answers of some respondents, in the order given.
  ///
  /// - Parameter respondents: Which, from 0; a respondent may stand more than once.
  /// - Returns: A column of that many answers.
  public func selecting(_ respondents: [Int]) -> AnswerColumn {
    switch self {
    case .codes8(let codes): .codes8(respondents.map { codes[$0] })
    case .codes16(let codes): .codes16(respondents.map { codes[$0] })
    case .codes32(let codes): .codes32(respondents.map { codes[$0] })
    case .numbers(let numbers): .numbers(respondents.map { numbers[$0] })
    }
  }

  /// Whether two columns hold the same answers; no answer equals no answer.
  public static func == (left: AnswerColumn, right: AnswerColumn) -> Bool {
    switch (left, right) {
    case (.numbers(let one), .numbers(let other)):
      one.count == other.count
        && zip(one, other).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    case (.numbers, _), (_, .numbers): false
    default:
      left.count == right.count
        && (0..<left.count).allSatisfy { left.position($0) == right.position($0) }
    }
  }
}
