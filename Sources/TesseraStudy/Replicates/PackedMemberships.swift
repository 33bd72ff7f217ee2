public import TesseraMath

/// Memberships of methods that have no parameters from which they follow, in few numbers.
///
/// Each number holds a whole number below 2⁵³. The first three tell the form: respondents, segments,
/// and whether everybody belongs to one segment alone. Then labels, as many to a number as go in, or
/// chances in steps of 2⁻¹⁷, three to a number, of all segments but the last.
public enum PackedMemberships {
  private static let steps = 131_072.0
  private static let chancesInNumber = 3

  /// Packs memberships.
  ///
  /// - Parameter posterior: Respondents × segments, rows summing to 1.
  /// - Returns: The numbers.
  public static func numbers(_ posterior: Matrix) -> [Double] {
    let segments = posterior.columns
    let isCrisp = posterior.values.allSatisfy { $0 == 0 || $0 == 1 }
    let head = [Double(posterior.rows), Double(segments), isCrisp ? 1 : 0]
    if isCrisp {
      let base = Double(max(2, segments))
      return head + packed(posterior.likeliest.map(Double.init), base, labelsInNumber(segments))
    }
    var codes: [Double] = []
    codes.reserveCapacity(posterior.rows * (segments - 1))
    for row in 0..<posterior.rows {
      for segment in 0..<segments - 1 {
        codes.append((posterior[row, segment] * (steps - 1)).rounded())
      }
    }
    return head + packed(codes, steps, chancesInNumber)
  }

  /// Unpacks memberships.
  ///
  /// - Parameter numbers: What ``numbers(_:)`` gave.
  /// - Returns: Respondents × segments; no rows if the numbers are not of this form.
  public static func posterior(_ numbers: [Double]) -> Matrix {
    guard numbers.count >= 3, let rows = Int(exactly: numbers[0]),
      let segments = Int(exactly: numbers[1]), (1...64).contains(segments), rows >= 0
    else { return Matrix(rows: 0, columns: 0) }
    let isCrisp = numbers[2] == 1
    let perRow = isCrisp ? 1 : segments - 1
    let inNumber = isCrisp ? labelsInNumber(segments) : chancesInNumber
    guard (numbers.count - 3) * inNumber >= rows * perRow else {
      return Matrix(rows: 0, columns: 0)
    }
    let codes = unpacked(
      numbers.dropFirst(3), isCrisp ? Double(max(2, segments)) : steps, inNumber,
      count: rows * perRow)
    var result = Matrix(rows: rows, columns: segments)
    for row in 0..<rows {
      if isCrisp {
        result[row, min(segments - 1, Int(codes[row]))] = 1
        continue
      }
      var rest = 1.0
      for segment in 0..<segments - 1 {
        let chance = codes[row * perRow + segment] / (steps - 1)
        result[row, segment] = chance
        rest -= chance
      }
      result[row, segments - 1] = max(0, rest)
    }
    return result
  }

  /// Labels that one number below 2⁵³ holds.
  private static func labelsInNumber(_ segments: Int) -> Int {
    var (count, size) = (0, 1.0)
    while size * Double(max(2, segments)) <= 0x1p53 {
      size *= Double(max(2, segments))
      count += 1
    }
    return count
  }

  private static func packed(_ codes: [Double], _ base: Double, _ inNumber: Int) -> [Double] {
    stride(from: 0, to: codes.count, by: inNumber).map { first in
      codes[first..<min(codes.count, first + inNumber)].reversed().reduce(0) { $0 * base + $1 }
    }
  }

  private static func unpacked(
    _ numbers: ArraySlice<Double>, _ base: Double, _ inNumber: Int, count: Int
  ) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(count)
    for number in numbers {
      var rest = number
      for _ in 0..<min(inNumber, count - result.count) {
        let quotient = (rest / base).rounded(.down)
        result.append(rest - quotient * base)
        rest = quotient
      }
    }
    return result
  }
}

/// Memberships that a file holds as they were.
public struct PackedSource: MembershipSource {
  /// Reads packed memberships.
  public init() {}

  /// The memberships that the numbers of a replicate stand for.
  ///
  /// - Parameter numbers: As stored.
  /// - Returns: Respondents × segments.
  public func posterior(of numbers: [Double]) -> Matrix { PackedMemberships.posterior(numbers) }
}

extension Resegmenter {
  /// Unpacks the memberships kept.
  public func posterior(of numbers: [Double]) -> Matrix { PackedMemberships.posterior(numbers) }
}
