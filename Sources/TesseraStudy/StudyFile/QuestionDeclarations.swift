/// Van Westendorp's four questions about price: a column each.
public struct PriceQuestions: Sendable, Equatable {
  /// The price at which the quality would be doubted.
  public let tooCheap: String
  /// The price at which it is a bargain.
  public let cheap: String
  /// The price at which it is getting expensive.
  public let expensive: String
  /// The price at which it would not be considered.
  public let tooExpensive: String

  /// Names the columns.
  ///
  /// - Parameters:
  ///   - tooCheap: Too cheap to be good.
  ///   - cheap: A bargain.
  ///   - expensive: Getting expensive.
  ///   - tooExpensive: Too expensive to consider.
  public init(tooCheap: String, cheap: String, expensive: String, tooExpensive: String) {
    self.tooCheap = tooCheap
    self.cheap = cheap
    self.expensive = expensive
    self.tooExpensive = tooExpensive
  }

  /// The four columns, from too cheap to too expensive.
  public var columns: [String] { [tooCheap, cheap, expensive, tooExpensive] }
}

/// Kano's two questions about one feature: a column each, answers 1 (like) to 5 (dislike).
public struct KanoQuestions: Sendable, Equatable {
  /// The name that barriers refer to.
  public let name: String
  /// What a reader sees.
  public let label: String
  /// How people feel if the feature is there.
  public let functional: String
  /// How they feel if it is not.
  public let dysfunctional: String

  /// Names the columns.
  ///
  /// - Parameters:
  ///   - name: The name that barriers refer to.
  ///   - label: What a reader sees; the name if left out.
  ///   - functional: How people feel if the feature is there.
  ///   - dysfunctional: How they feel if it is not.
  public init(name: String, label: String? = nil, functional: String, dysfunctional: String) {
    self.name = name
    self.label = label ?? name
    self.functional = functional
    self.dysfunctional = dysfunctional
  }
}

/// An overall rating and the ratings that may drive it.
public struct DriverDeclaration: Sendable, Equatable {
  /// The overall rating.
  public let rating: String
  /// The drivers; empty for the satisfaction with each need.
  public let drivers: [String]

  /// Names the columns.
  ///
  /// - Parameters:
  ///   - rating: The overall rating.
  ///   - drivers: The drivers; empty for the satisfaction with each need.
  public init(rating: String, drivers: [String] = []) {
    self.rating = rating
    self.drivers = drivers
  }
}

extension StudyFile {
  /// Columns of best-worst tasks, prices and Kano's pairs: no indicators of segments.
  var questionColumns: [String] {
    (maxDiff?.best ?? []) + (maxDiff?.worst ?? []) + (prices?.columns ?? [])
      + kano.flatMap { [$0.functional, $0.dysfunctional] }
  }
}
