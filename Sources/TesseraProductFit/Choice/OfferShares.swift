public import TesseraMath

/// How people would share out over options that are all offered to everybody, with what the errors of
/// a logit's coefficients leave open.
///
/// Menus in data seldom offer everything to everyone; shares of an equal offer set that aside, as far
/// as the model is right.
///
/// - Reference: Krinsky & Robb (1986), *Review of Economics and Statistics* 68(4), 715–719 (drawing
///   coefficients from their normal limit).
public struct OfferShares: Sendable, Equatable {
  /// The share of each option, summing to 1.
  public let shares: [Double]
  /// 2.5% point of each share over draws of the coefficients.
  public let low: [Double]
  /// 97.5% point.
  public let high: [Double]
  /// Share of the draws in which an option has the largest share.
  public let first: [Double]
  /// Options × options: share of the draws in which the row's option has more than the column's.
  public let ahead: Matrix
}

extension ConditionalLogit {
  /// Shares of options that are all offered.
  ///
  /// - Parameters:
  ///   - options: Options × attributes, as in the fit.
  ///   - draws: Draws of the coefficients, 2 or more.
  ///   - seed: Starts the draws.
  ///   - covariance: Of the coefficients; the information's without.
  /// - Returns: Shares and what the coefficients leave open.
  /// - Throws: `LinearAlgebraError` where the covariance is singular.
  /// - Complexity: O(draws × (attributes² + options × attributes)).
  public func offer(
    _ options: Matrix, draws: Int = 4000, seed: UInt64 = 1, covariance: Matrix? = nil
  ) throws(LinearAlgebraError) -> OfferShares {
    precondition(options.columns == coefficients.count && draws > 1, "an option has all attributes")
    let eigen = try SymmetricEigen(covariance ?? self.covariance)
    let lengths = eigen.values.map { max(0, $0).squareRoot() }
    var stream = RandomStream(seed: seed)
    var drawn = [[Double]](repeating: [], count: options.rows)
    var first = [Double](repeating: 0, count: options.rows)
    var ahead = Matrix(rows: options.rows, columns: options.rows)
    for _ in 0..<draws {
      let normal = zip(stream.normals(lengths.count), lengths).map { $0 * $1 }
      let moved = zip(coefficients, eigen.vectors.multiplied(by: normal)).map { $0 + $1 }
      let shares = Self.shares(options, moved)
      var best = 0
      for option in shares.indices {
        drawn[option].append(shares[option])
        if shares[option] > shares[best] { best = option }
        for other in shares.indices where shares[option] > shares[other] {
          ahead[option, other] += 1 / Double(draws)
        }
      }
      first[best] += 1 / Double(draws)
    }
    let ends = drawn.map { Descriptive.quantiles([0.025, 0.975], of: $0) ?? [.nan, .nan] }
    return OfferShares(
      shares: Self.shares(options, coefficients), low: ends.map { $0[0] }, high: ends.map { $0[1] },
      first: first, ahead: ahead)
  }

  private static func shares(_ options: Matrix, _ coefficients: [Double]) -> [Double] {
    let utilities = options.multiplied(by: coefficients)
    let total = logSumExp(utilities)
    return utilities.map { ($0 - total).exponential }
  }
}
