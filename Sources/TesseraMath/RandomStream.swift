/// A seeded source of random numbers that can be split into independent streams.
///
/// Work that runs in parallel gives piece *i* the stream `split(i)`, so that the numbers a piece
/// sees depend on the seed and on *i* alone, never on the number of threads or on their order.
/// The generator is xoshiro256++; its state is filled by SplitMix64.
///
/// - Reference: Blackman & Vigna (2021), *ACM TOMS* 47(4), doi:10.1145/3460772.
@frozen
public struct RandomStream: RandomNumberGenerator, Sendable, Equatable {
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64
  /// What the streams split off this one are derived from.
  @usableFromInline let key: UInt64

  /// Starts a stream.
  ///
  /// - Parameter seed: Any number; equal seeds give equal streams.
  public init(seed: UInt64) {
    key = seed
    var mixer = seed
    s0 = RandomStream.splitMix(&mixer)
    s1 = RandomStream.splitMix(&mixer)
    s2 = RandomStream.splitMix(&mixer)
    s3 = RandomStream.splitMix(&mixer)
  }

  /// The stream with a given number among those that belong to this one.
  ///
  /// Depends on this stream's seed and the index only, not on how much has been drawn from it.
  ///
  /// - Parameter index: Which stream, from 0.
  /// - Returns: A stream of its own.
  public func split(_ index: Int) -> RandomStream {
    var mixer = key ^ 0xD1B5_4A32_D192_ED03
    let base = RandomStream.splitMix(&mixer)
    mixer = base &+ UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15
    return RandomStream(seed: RandomStream.splitMix(&mixer))
  }

  /// Draws 64 random bits.
  ///
  /// - Returns: A number spread evenly over all of `UInt64`.
  @inlinable
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = ((sum << 23) | (sum >> 41)) &+ s0
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// Draws a number spread evenly over [0, 1), a multiple of 2⁻⁵³.
  ///
  /// - Returns: A number from 0 up to but not including 1.
  @inlinable
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Draws a whole number spread evenly over 0 ..< bound.
  ///
  /// - Parameter bound: How many outcomes there are, 1 or more.
  /// - Returns: A number from 0 up to but not including `bound`.
  @inlinable
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "nothing to draw from")
    return Int(next(upperBound: UInt64(bound)))
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
