/// Known totals of a population that a survey's weights were made to fit.
public struct KnownMargins: Sendable, Equatable {
  /// The known totals of one variable's answers.
  public struct Margin: Sendable, Equatable {
    /// The variable's name.
    public let variable: String
    /// For each row the place of its answer in ``totals``, from 0; -1 without an answer.
    public let places: [Int]
    /// What the weights of each answer must add up to, all above 0.
    public let totals: [Double]

    /// Binds totals to rows.
    ///
    /// - Parameters:
    ///   - variable: The variable's name.
    ///   - places: For each row the place of its answer, from 0; -1 without an answer.
    ///   - totals: What the weights of each answer must add up to.
    public init(variable: String, places: [Int], totals: [Double]) {
      self.variable = variable
      self.places = places
      self.totals = totals
    }
  }

  /// The weights before, one a row.
  public let base: [Double]
  /// What is known, one entry a variable.
  public let margins: [Margin]
  /// Bounds of the ratio of a weight to its base, both relative to their means; `nil` without.
  public let bounds: ClosedRange<Double>?

  /// Binds margins to weights.
  ///
  /// - Parameters:
  ///   - base: The weights before, one a row, above 0.
  ///   - margins: What is known, one entry a variable.
  ///   - bounds: Bounds of the ratio of a weight to its base.
  public init(base: [Double], margins: [Margin], bounds: ClosedRange<Double>? = nil) {
    self.base = base
    self.margins = margins
    self.bounds = bounds
  }

  /// The margins for some rows, in the order given; the totals stay.
  ///
  /// - Parameter rows: Which, from 0.
  /// - Returns: Margins of that many rows.
  public func selecting(_ rows: [Int]) -> KnownMargins {
    KnownMargins(
      base: rows.map { base[$0] },
      margins: margins.map { margin in
        Margin(
          variable: margin.variable, places: rows.map { margin.places[$0] }, totals: margin.totals)
      }, bounds: bounds)
  }
}
