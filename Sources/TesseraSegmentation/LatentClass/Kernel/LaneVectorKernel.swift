import Foundation

/// One number for each class, worked on together.
///
/// The classes of a model are padded to the width of a vector. Only operations that compile to a
/// few instructions on every processor are used: reductions by halves, no fused multiply-add, and
/// an exponential of our own.
protocol LaneVector: Sendable {
  associatedtype Scalar: LaneScalar
  static var lanes: Int { get }
  init(repeating value: Scalar)
  func plus(_ other: Self) -> Self
  func minus(_ other: Self) -> Self
  func times(_ other: Self) -> Self
  /// e to the power of each lane; lanes far below zero count as the least power that is not 0.
  func exponential() -> Self
  var largest: Scalar { get }
  var total: Scalar { get }
}

/// The two precisions of a sweep.
protocol LaneScalar: BinaryFloatingPoint, Sendable {
  /// Adds w · (peak + ln sum) over rows, in order.
  static func logLikelihood(
    peaks: UnsafePointer<Self>, sums: UnsafePointer<Self>, weights: UnsafePointer<Self>, count: Int
  ) -> Double
  static func logarithm(_ value: Self) -> Self
  /// Writes numbers in this precision.
  static func convert(_ values: [Double], to target: UnsafeMutablePointer<Self>)
  /// Adds numbers of this precision to totals in double precision.
  static func add(_ source: UnsafeMutablePointer<Self>, count: Int, to totals: inout [Double])
  /// Writes numbers in double precision.
  static func widen(
    _ source: UnsafePointer<Self>, count: Int, to target: UnsafeMutablePointer<Double>)
}

extension SIMD4<Float> {
  @inline(__always)
  fileprivate func poweredE() -> Self {
    let clamped = self.replacing(with: Self(repeating: -87), where: self .< Self(repeating: -87))
    // Adding 1.5 · 2^23 rounds to a whole number and leaves it in the low bits.
    let magic = Self(repeating: 12_582_912)
    let shifted = clamped * Self(repeating: 1.442_695_04) + magic
    let whole = shifted - magic
    var x = clamped - whole * Self(repeating: 0.693_359_375)
    x = x + whole * Self(repeating: 2.121_944_4e-4)
    var y = Self(repeating: 1.987_569_15e-4)
    y = y * x + Self(repeating: 1.398_199_95e-3)
    y = y * x + Self(repeating: 8.333_451_9e-3)
    y = y * x + Self(repeating: 4.166_579_6e-2)
    y = y * x + Self(repeating: 1.666_666_55e-1)
    y = y * x + Self(repeating: 5.000_000_1e-1)
    y = y * (x * x) + x + Self(repeating: 1)
    let bits = unsafe unsafeBitCast(shifted, to: SIMD4<Int32>.self)
    let exponent = (bits &- Self.magicBits &+ 127) &<< 23
    return y * (unsafe unsafeBitCast(exponent, to: Self.self))
  }

  private static var magicBits: Int32 { 0x4B40_0000 }
}

extension SIMD4<Float>: LaneVector {
  static var lanes: Int { 4 }
  @inline(__always) func plus(_ other: Self) -> Self { self + other }
  @inline(__always) func minus(_ other: Self) -> Self { self - other }
  @inline(__always) func times(_ other: Self) -> Self { self * other }
  @inline(__always) func exponential() -> Self { poweredE() }
  @inline(__always) var largest: Float {
    let a = lowHalf
    let b = highHalf
    let c = a.replacing(with: b, where: a .< b)
    return c.x < c.y ? c.y : c.x
  }
  @inline(__always) var total: Float {
    let c = lowHalf + highHalf
    return c.x + c.y
  }
}

extension SIMD2<Double>: LaneVector {
  static var lanes: Int { 2 }
  @inline(__always) func plus(_ other: Self) -> Self { self + other }
  @inline(__always) func minus(_ other: Self) -> Self { self - other }
  @inline(__always) func times(_ other: Self) -> Self { self * other }
  @inline(__always) var largest: Double { x < y ? y : x }
  @inline(__always) var total: Double { x + y }

  @inline(__always)
  func exponential() -> Self {
    let clamped = self.replacing(with: Self(repeating: -700), where: self .< Self(repeating: -700))
    // Adding 1.5 · 2^52 rounds to a whole number and leaves it in the low bits.
    let magic = Self(repeating: 6_755_399_441_055_744)
    let shifted = clamped * Self(repeating: 1.442_695_040_888_963_4) + magic
    let whole = shifted - magic
    var x = clamped - whole * Self(repeating: 6.931_471_803_691_238e-1)
    x = x - whole * Self(repeating: 1.908_214_929_270_588e-10)
    // Taylor's series to the 13th power: below 2^-53 for |x| up to ln 2 / 2.
    var y = Self(repeating: 1.605_904_383_682_161_3e-10)
    y = y * x + Self(repeating: 2.087_675_698_786_81e-9)
    y = y * x + Self(repeating: 2.505_210_838_544_172e-8)
    y = y * x + Self(repeating: 2.755_731_922_398_589e-7)
    y = y * x + Self(repeating: 2.755_731_922_398_589_3e-6)
    y = y * x + Self(repeating: 2.480_158_730_158_73e-5)
    y = y * x + Self(repeating: 1.984_126_984_126_984e-4)
    y = y * x + Self(repeating: 1.388_888_888_888_889e-3)
    y = y * x + Self(repeating: 8.333_333_333_333_333e-3)
    y = y * x + Self(repeating: 4.166_666_666_666_666_4e-2)
    y = y * x + Self(repeating: 1.666_666_666_666_666_6e-1)
    y = y * x + Self(repeating: 0.5)
    y = y * (x * x) + x + Self(repeating: 1)
    let bits = unsafe unsafeBitCast(shifted, to: SIMD2<Int64>.self)
    let exponent = (bits &- Self.magicBits &+ 1023) &<< 52
    return y * (unsafe unsafeBitCast(exponent, to: Self.self))
  }

  private static var magicBits: Int64 { 0x4338_0000_0000_0000 }
}

/// Two vectors side by side, for more classes than one holds.
struct LanePair<Half: LaneVector>: LaneVector {
  typealias Scalar = Half.Scalar
  var low: Half
  var high: Half

  static var lanes: Int { 2 * Half.lanes }
  @inline(__always) init(low: Half, high: Half) {
    self.low = low
    self.high = high
  }
  @inline(__always) init(repeating value: Scalar) {
    low = Half(repeating: value)
    high = low
  }
  @inline(__always) func plus(_ other: Self) -> Self {
    Self(low: low.plus(other.low), high: high.plus(other.high))
  }
  @inline(__always) func minus(_ other: Self) -> Self {
    Self(low: low.minus(other.low), high: high.minus(other.high))
  }
  @inline(__always) func times(_ other: Self) -> Self {
    Self(low: low.times(other.low), high: high.times(other.high))
  }
  @inline(__always) func exponential() -> Self {
    Self(low: low.exponential(), high: high.exponential())
  }
  @inline(__always) var largest: Scalar {
    let a = low.largest
    let b = high.largest
    return a < b ? b : a
  }
  @inline(__always) var total: Scalar { low.plus(high).total }
}

extension LanePair where Half == SIMD4<Float> {
  @inline(__always) var largest: Float {
    low.replacing(with: high, where: low .< high).largest
  }
}

extension Double: LaneScalar {
  static func logLikelihood(
    peaks: UnsafePointer<Double>, sums: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    count: Int
  ) -> Double {
    var result = 0.0
    for row in 0..<count where unsafe weights[row] > 0 {
      unsafe result += weights[row] * (peaks[row] + log(sums[row]))
    }
    return result
  }

  static func logarithm(_ value: Double) -> Double { log(value) }

  static func convert(_ values: [Double], to target: UnsafeMutablePointer<Double>) {
    for index in values.indices {
      unsafe target[index] = values[index]
    }
  }

  static func add(_ source: UnsafeMutablePointer<Double>, count: Int, to totals: inout [Double]) {
    unsafe totals.withUnsafeMutableBufferPointer { totals in
      for index in 0..<count {
        unsafe totals[index] += source[index]
      }
    }
  }

  static func widen(
    _ source: UnsafePointer<Double>, count: Int, to target: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<count {
      unsafe target[index] = source[index]
    }
  }
}

extension Float: LaneScalar {
  static func logLikelihood(
    peaks: UnsafePointer<Float>, sums: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    count: Int
  ) -> Double {
    var result = 0.0
    var row = 0
    while row + 4 <= count {
      let peak = unsafe UnsafeRawPointer(peaks + row).loadUnaligned(as: SIMD4<Float>.self)
      let sum = unsafe UnsafeRawPointer(sums + row).loadUnaligned(as: SIMD4<Float>.self)
      let weight = unsafe UnsafeRawPointer(weights + row).loadUnaligned(as: SIMD4<Float>.self)
      let term = weight * (peak + sum.naturalLogarithm())
      result += Double(term.x) + Double(term.y) + (Double(term.z) + Double(term.w))
      row += 4
    }
    while row < count {
      unsafe result += Double(weights[row] * (peaks[row] + log(sums[row])))
      row += 1
    }
    return result
  }

  static func logarithm(_ value: Float) -> Float { log(value) }

  static func convert(_ values: [Double], to target: UnsafeMutablePointer<Float>) {
    for index in values.indices {
      unsafe target[index] = Float(values[index])
    }
  }

  static func add(_ source: UnsafeMutablePointer<Float>, count: Int, to totals: inout [Double]) {
    unsafe totals.withUnsafeMutableBufferPointer { totals in
      for index in 0..<count {
        unsafe totals[index] += Double(source[index])
      }
    }
  }

  static func widen(
    _ source: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<count {
      unsafe target[index] = Double(source[index])
    }
  }
}

extension SIMD4<Float> {
  /// The natural logarithm of positive lanes.
  @inline(__always)
  fileprivate func naturalLogarithm() -> Self {
    let bits = unsafe unsafeBitCast(self, to: SIMD4<Int32>.self)
    // Split into 2^exponent · mantissa with the mantissa between sqrt(1/2) and sqrt(2).
    let offset = bits &- 0x3F35_04F3
    let exponent = offset &>> 23
    let mantissa = bits &- (exponent &<< 23)
    let magic = unsafe unsafeBitCast(
      exponent &+ 0x4B40_0000, to: Self.self)
    let power = magic - Self(repeating: 12_582_912)
    let x = (unsafe unsafeBitCast(mantissa, to: Self.self)) - Self(repeating: 1)
    let z = x * x
    var y = Self(repeating: 7.037_683_6e-2)
    y = y * x - Self(repeating: 1.151_461e-1)
    y = y * x + Self(repeating: 1.167_699_8e-1)
    y = y * x - Self(repeating: 1.242_014_1e-1)
    y = y * x + Self(repeating: 1.424_932_3e-1)
    y = y * x - Self(repeating: 1.666_805_7e-1)
    y = y * x + Self(repeating: 2.000_071_5e-1)
    y = y * x - Self(repeating: 2.499_999_4e-1)
    y = y * x + Self(repeating: 3.333_333_1e-1)
    y = y * x * z
    y = y - power * Self(repeating: 2.121_944_4e-4) - z * Self(repeating: 0.5)
    return x + y + power * Self(repeating: 0.693_359_375)
  }
}

// The widths in use: as many classes as the number says, in single or double precision.
typealias Single4 = SIMD4<Float>
typealias Single8 = LanePair<Single4>
typealias Single16 = LanePair<Single8>
typealias Single32 = LanePair<Single16>
typealias Double2 = SIMD2<Double>
typealias Double4 = LanePair<Double2>
typealias Double8 = LanePair<Double4>
typealias Double16 = LanePair<Double8>
typealias Double32 = LanePair<Double16>
