import Foundation
import TesseraMath

/// How near respondents stand to each segment, counted in bins: what a gorge plot is drawn from.
///
/// Where segments are apart, nearly everybody stands at one end or the other, with a gorge between.
/// Holds counts, pooled and rounded so that few people cannot be told, never a respondent's own
/// number.
///
/// - Reference: Dolnicar, Grün & Leisch (2018), *Market Segmentation Analysis*, section 7.5.
public struct MembershipBins: Sendable, Equatable {
  /// What is counted.
  public enum Measure: String, Sendable {
    /// The chance of belonging, given the answers.
    case posterior
    /// exp(−distance to the centre), as a share of its sum over all segments.
    case similarity
  }

  /// What is counted.
  public var measure: Measure
  /// Counts were rounded to multiples of it, fewer pooled with their neighbours; 1 if exact.
  public var base: Double
  /// Respondents of each segment by bin: a row a segment, bins of equal width from 0 to 1.
  ///
  /// Where few people stand, neighbouring bins are pooled, and each holds the mean of the pool.
  public var members: [[Double]]
  /// Everybody else by bin, in the same way.
  public var others: [[Double]]
  /// Share of each segment's members who stand at ``sureBound`` or above; `nil` for too few.
  public var sure: [Double?]

  /// Who stands here or above clearly belongs.
  public static let sureBound = 0.8

  /// Takes counts.
  ///
  /// - Parameters:
  ///   - measure: What is counted.
  ///   - base: Counts were rounded to multiples of it.
  ///   - members: Respondents of each segment by bin.
  ///   - others: Everybody else by bin.
  ///   - sure: Share of each segment's members who clearly belong.
  public init(
    measure: Measure, base: Double, members: [[Double]], others: [[Double]], sure: [Double?]
  ) {
    self.measure = measure
    self.base = base
    self.members = members
    self.others = others
    self.sure = sure
  }

  /// Bins from 0 to 1.
  static let bins = 20

  /// Counts respondents; fails for a single segment, to which everybody belongs.
  ///
  /// - Parameters:
  ///   - nearness: Respondents × segments, rows summing to 1.
  ///   - measure: What it is.
  ///   - heads: How many respondents each row is.
  ///   - minimumCell: Bins of fewer are pooled with their neighbours, and counts rounded.
  init?(_ nearness: Matrix, _ measure: Measure, heads: [Double], minimumCell: Int) {
    guard nearness.columns > 1 else { return nil }
    let rounding = CountRounding(minimumCell: minimumCell)
    let none = [Double](repeating: 0, count: Self.bins)
    var members = [[Double]](repeating: none, count: nearness.columns)
    var others = members
    for (row, own) in nearness.likeliest.enumerated() {
      for segment in 0..<nearness.columns {
        // A hair more, so that 0.8 falls into the bin that begins there.
        let place = nearness[row, segment] * Double(Self.bins) + 1e-9
        let bin = min(Self.bins - 1, max(0, Int(place)))
        if segment == own {
          members[segment][bin] += heads[row]
        } else {
          others[segment][bin] += heads[row]
        }
      }
    }
    let first = Int((Self.sureBound * Double(Self.bins)).rounded())
    self.init(
      measure: measure, base: rounding.base,
      // Nobody is nearest to a segment below 1 / segments, nor second nearest above a half.
      members: members.map {
        rounding.pooled(
          $0, order: Array((Self.bins / nearness.columns..<Self.bins).reversed()))
      },
      others: others.map { rounding.pooled($0, order: Array(0...(Self.bins / 2))) },
      sure: members.map { counts in
        let all = counts.reduce(0, +)
        guard rounding.shown(all) != nil, all > 0 else { return nil }
        let doubtful = counts.prefix(first).reduce(0, +)
        return max(0, 1 - (doubtful / rounding.base).rounded() * rounding.base / all)
      })
  }
}

extension Matrix {
  /// Nearness from squared distances: exp(−d) as a share of its sum over the row.
  ///
  /// - Reference: Leisch (2010), *Statistics and Computing* 20(4), 457–469, section 4.
  var similarities: Matrix {
    var result = self
    for row in 0..<rows {
      let distances = self.row(row).map { $0.squareRoot() }
      let least = distances.min() ?? 0
      let raw = distances.map { exp(least - $0) }
      let sum = raw.reduce(0, +)
      for column in 0..<columns { result[row, column] = raw[column] / sum }
    }
    return result
  }
}
