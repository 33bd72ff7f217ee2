import Foundation
import TesseraMath
import TesseraSurvey

/// How near respondents stand to each segment, counted in bins: what a gorge plot is drawn from.
///
/// Where segments are apart, nearly everybody stands at one end or the other, with a gorge between.
/// Holds counts, rounded so that few people cannot be told, never a respondent's own number.
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
  /// Counts are multiples of it, smaller ones left out (0); 1 if they are exact.
  public var base: Double
  /// Respondents of each segment by bin: a row a segment, bins of equal width from 0 to 1.
  public var members: [[Double]]
  /// Everybody else by bin: a row a segment.
  public var others: [[Double]]

  /// Takes counts.
  ///
  /// - Parameters:
  ///   - measure: What is counted.
  ///   - base: Counts are multiples of it.
  ///   - members: Respondents of each segment by bin.
  ///   - others: Everybody else by bin.
  public init(measure: Measure, base: Double, members: [[Double]], others: [[Double]]) {
    self.measure = measure
    self.base = base
    self.members = members
    self.others = others
  }

  /// Bins from 0 to 1.
  static let bins = 20

  /// Counts respondents; fails for a single segment, to which everybody belongs.
  ///
  /// - Parameters:
  ///   - nearness: Respondents × segments, rows summing to 1.
  ///   - measure: What it is.
  ///   - heads: How many respondents each row is.
  ///   - minimumCell: Counts of fewer are left out, the others rounded.
  init?(_ nearness: Matrix, _ measure: Measure, heads: [Double], minimumCell: Int) {
    guard nearness.columns > 1 else { return nil }
    let rounding = CountRounding(minimumCell: minimumCell)
    let none = [Double](repeating: 0, count: Self.bins)
    var members = [[Double]](repeating: none, count: nearness.columns)
    var others = members
    for (row, own) in nearness.likeliest.enumerated() {
      for segment in 0..<nearness.columns {
        let bin = min(Self.bins - 1, max(0, Int(nearness[row, segment] * Double(Self.bins))))
        if segment == own {
          members[segment][bin] += heads[row]
        } else {
          others[segment][bin] += heads[row]
        }
      }
    }
    self.init(
      measure: measure, base: rounding.base,
      members: members.map { $0.map { rounding.shown($0) ?? 0 } },
      others: others.map { $0.map { rounding.shown($0) ?? 0 } })
  }

  /// Share of a segment's members who stand at a bound or above; of the counts shown.
  ///
  /// - Parameters:
  ///   - segment: Position of the segment.
  ///   - bound: From 0 to 1; taken to the nearest edge of a bin.
  /// - Returns: `nil` if no count is shown.
  public func sure(_ segment: Int, above bound: Double = 0.8) -> Double? {
    let counts = members[segment]
    let all = counts.reduce(0, +)
    guard all > 0 else { return nil }
    let first = Int((bound * Double(counts.count)).rounded())
    return counts.dropFirst(first).reduce(0, +) / all
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
