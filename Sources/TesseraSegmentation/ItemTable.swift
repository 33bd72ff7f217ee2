public import TesseraMath

/// What respondents answered to the items a segmentation uses.
///
/// Respondents are rows; each item holds its own column. A missing answer says nothing: it adds no
/// term to a likelihood and no distance.
public struct ItemTable: Sendable, Equatable {
  /// Number of rows.
  public let respondentCount: Int
  /// The items, each with one answer a respondent.
  public let items: [Item]
  /// What each row counts for.
  public let weights: CaseWeights
  /// What membership may depend on: respondents x covariates, without an intercept; or none.
  public let covariates: Matrix?

  /// Makes a table and checks every answer.
  ///
  /// - Parameters:
  ///   - respondentCount: Number of rows.
  ///   - items: The items, each with one answer a respondent.
  ///   - weights: What each row counts for.
  ///   - covariates: Respondents x covariates, without an intercept and without gaps.
  /// - Throws: ``SegmentationError`` that names the item and the row that are wrong.
  /// - Complexity: O(respondents · items).
  public init(
    respondentCount: Int, items: [Item], weights: CaseWeights = .none, covariates: Matrix? = nil
  ) throws(SegmentationError) {
    guard respondentCount > 0 else { throw .nobody }
    guard !items.isEmpty else { throw .noItems }
    try weights.validate(count: respondentCount)
    for item in items {
      try item.validate(count: respondentCount)
    }
    if let covariates {
      guard covariates.rows == respondentCount else {
        throw .count(of: "covariate rows", expected: respondentCount, found: covariates.rows)
      }
      if let bad = covariates.values.firstIndex(where: { !$0.isFinite }) {
        throw .covariate(column: bad % covariates.columns, row: bad / covariates.columns)
      }
    }
    self.respondentCount = respondentCount
    self.items = items
    self.weights = weights
    self.covariates = covariates
  }
}

/// One question, how it was measured, and what everyone answered.
public struct Item: Sendable, Equatable {
  /// The item's name, for messages and tables.
  public let name: String
  /// How the answers are to be understood.
  public let measurement: Measurement
  /// One answer a respondent.
  public let answers: Answers

  /// Makes an item; the table it joins checks the answers.
  public init(name: String, measurement: Measurement, answers: Answers) {
    self.name = name
    self.measurement = measurement
    self.answers = answers
  }

  /// One answer a respondent.
  public enum Answers: Sendable, Equatable {
    /// Categories from 1; 0 is missing.
    case codes([UInt8])
    /// Categories from 1 where there are more than 255; 0 is missing.
    case wideCodes([UInt16])
    /// Numbers; NaN is missing.
    case numbers([Double])

    /// Number of answers, missing ones included.
    public var count: Int {
      switch self {
      case .codes(let codes): codes.count
      case .wideCodes(let codes): codes.count
      case .numbers(let numbers): numbers.count
      }
    }
  }

  /// How answers are to be understood.
  public enum Measurement: Sendable, Equatable, Codable {
    /// Categories without an order.
    case nominal(categories: Int)
    /// Categories in order, and what a latent class model makes of the order.
    case ordinal(categories: Int, as: OrdinalForm)
    /// Two categories: 1 = no, 2 = yes.
    case binary
    /// Numbers, normal within a class.
    case gaussian(variance: VarianceForm)
    /// Counts: 0, 1, 2, ...
    case poisson
    /// Counts where some never count anything, whatever the others do.
    case zeroInflated

    /// Number of categories; 0 for numbers.
    public var categories: Int {
      switch self {
      case .nominal(let categories), .ordinal(let categories, _): categories
      case .binary: 2
      case .gaussian, .poisson, .zeroInflated: 0
      }
    }

    /// Whether the answers are counts.
    public var isCount: Bool { self == .poisson || self == .zeroInflated }
  }

  /// What a latent class model makes of the order of categories.
  public enum OrdinalForm: Sendable, Equatable, Codable {
    /// Ignores it: each class has free probabilities.
    case nominal
    /// Uses it: the log-odds of adjacent categories shift by class in proportion to the scores.
    ///
    /// One score a category; empty stands for 1, 2, 3, ...
    case adjacentCategory(scores: [Double])
  }

  /// Whether classes share a variance.
  public enum VarianceForm: String, Sendable, Equatable, Codable {
    /// Each class has its own.
    case perClass
    /// One for all classes.
    case equal
  }
}

extension Item {
  /// Whether the respondent in a row gave no answer.
  ///
  /// - Parameter row: Which respondent, from 0.
  /// - Returns: True if the answer is missing.
  public func isMissing(_ row: Int) -> Bool {
    switch answers {
    case .codes(let codes): codes[row] == 0
    case .wideCodes(let codes): codes[row] == 0
    case .numbers(let numbers): numbers[row].isNaN
    }
  }

  /// The category code of a row, from 1; 0 when missing or when the item holds numbers.
  ///
  /// - Parameter row: Which respondent, from 0.
  /// - Returns: The code.
  public func code(_ row: Int) -> Int {
    switch answers {
    case .codes(let codes): Int(codes[row])
    case .wideCodes(let codes): Int(codes[row])
    case .numbers: 0
    }
  }

  /// Checks the number of answers and each of them.
  func validate(count: Int) throws(SegmentationError) {
    guard answers.count == count else {
      throw .count(of: "answers to \(name)", expected: count, found: answers.count)
    }
    switch (measurement, answers) {
    case (.gaussian, .numbers(let numbers)):
      if let row = numbers.firstIndex(where: \.isInfinite) {
        throw .number(item: name, row: row, value: numbers[row], allowed: "finite numbers")
      }
    case (.poisson, .numbers(let numbers)), (.zeroInflated, .numbers(let numbers)):
      if let row = numbers.firstIndex(where: {
        !$0.isNaN && ($0.isInfinite || $0 < 0 || $0 != $0.rounded())
      }) {
        throw .number(item: name, row: row, value: numbers[row], allowed: "whole numbers from 0")
      }
    case (.gaussian, _), (.poisson, _), (.zeroInflated, _):
      throw .answers(item: name, expected: "numbers")
    case (_, .numbers):
      throw .answers(item: name, expected: "category codes")
    case (_, .codes(let codes)):
      try validateCategories()
      let categories = measurement.categories
      if let row = codes.firstIndex(where: { Int($0) > categories }) {
        throw .code(item: name, row: row, code: Int(codes[row]), categories: categories)
      }
    case (_, .wideCodes(let codes)):
      try validateCategories()
      let categories = measurement.categories
      if let row = codes.firstIndex(where: { Int($0) > categories }) {
        throw .code(item: name, row: row, code: Int(codes[row]), categories: categories)
      }
    }
  }

  private func validateCategories() throws(SegmentationError) {
    guard measurement.categories >= 1 else {
      throw .setting(
        name: name, problem: "an item cannot have \(measurement.categories) categories",
        remedy: "Give the number of answers that can be chosen.")
    }
    if case .ordinal(let categories, .adjacentCategory(let scores)) = measurement {
      guard scores.isEmpty || (scores.count == categories && scores.allSatisfy(\.isFinite)) else {
        throw .setting(
          name: name, problem: "\(scores.count) scores for \(categories) categories",
          remedy: "Give one finite score for each category, or none for 1, 2, 3, ...")
      }
    }
  }
}
