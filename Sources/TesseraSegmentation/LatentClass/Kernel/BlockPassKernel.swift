/// The pass over one block of patterns: everything read is shared, everything written is its own.
@safe
struct BlockPass<Lanes: LaneVector>: @unchecked Sendable {
  typealias Scalar = Lanes.Scalar

  let shape: LatentShape
  /// Number of patterns in all, the distance from one numeric column to the next.
  let patterns: Int
  /// Codes a pattern.
  let width: Int
  let tables: UnsafeMutablePointer<Lanes>
  let weights: UnsafeMutablePointer<Scalar>
  let numbers: UnsafeMutablePointer<Scalar>
  let design: UnsafeMutablePointer<Scalar>

  /// Sets of answered items of the blocks, blocks x patterns.
  let masks: UnsafePointer<UInt16>

  var hasStart: Bool {
    !shape.numeric.isEmpty || !shape.blocks.isEmpty || shape.designWidth > 0
  }

  /// Adds up expected counts over a block, after clearing `sums`.
  ///
  /// - Returns: The block's log-likelihood.
  // Without whole modules, as tests are built, each width has at least its own code here.
  @_specialize(where Lanes == Single4)
  @_specialize(where Lanes == Single8)
  @_specialize(where Lanes == Single16)
  @_specialize(where Lanes == Single32)
  @_specialize(where Lanes == Double2)
  @_specialize(where Lanes == Double4)
  @_specialize(where Lanes == Double8)
  @_specialize(where Lanes == Double16)
  @_specialize(where Lanes == Double32)
  func run(
    _ rows: Range<Int>, codes: UnsafePointer<UInt16>, sums: UnsafeMutablePointer<Lanes>,
    scratch: SweepScratch<Lanes>
  ) -> Double {
    let zero = Lanes(repeating: 0)
    for index in 0..<shape.sumCount {
      unsafe sums[index] = zero
    }
    var logLikelihood = 0.0
    var first = rows.lowerBound
    while first < rows.upperBound {
      let count = min(LatentShape.chunk, rows.upperBound - first)
      if hasStart {
        fillStart(first, count, scratch)
        unsafe weigh(first, count, codes, sums, scratch)
        unsafe addNumeric(first, count, sums, scratch)
        unsafe addMembership(first, count, sums, scratch)
      } else {
        unsafe weighPlain(first, count, codes, sums, scratch)
      }
      logLikelihood += unsafe Scalar.logLikelihood(
        peaks: scratch.peaks, sums: scratch.sums, weights: weights + first, count: count)
      first += count
    }
    return logLikelihood
  }

  /// Posterior and counts where all items are read by code.
  @inline(__always)
  private func weighPlain(
    _ first: Int, _ count: Int, _ codes: UnsafePointer<UInt16>,
    _ sums: UnsafeMutablePointer<Lanes>, _ scratch: SweepScratch<Lanes>
  ) {
    let start = unsafe tables[shape.classTable]
    var classes = unsafe sums[shape.classSum]
    let width = width
    let tables = unsafe tables
    let peaks = unsafe scratch.peaks
    let totals = unsafe scratch.sums
    let weights = unsafe weights + first
    var row = unsafe codes + first * width
    for index in 0..<count {
      var a = start
      var b = Lanes(repeating: 0)
      var item = 0
      while item + 1 < width {
        unsafe a = a.plus(tables[Int(row[item])])
        unsafe b = b.plus(tables[Int(row[item + 1])])
        item += 2
      }
      if item < width {
        unsafe a = a.plus(tables[Int(row[item])])
      }
      a = a.plus(b)
      let peak = a.largest
      let chances = a.minus(Lanes(repeating: peak)).exponential()
      let total = chances.total
      unsafe peaks[index] = peak
      unsafe totals[index] = total
      let share = unsafe chances.times(Lanes(repeating: weights[index] / total))
      classes = classes.plus(share)
      for item in 0..<width {
        let code = unsafe Int(row[item])
        unsafe sums[code] = sums[code].plus(share)
      }
      unsafe row += width
    }
    unsafe sums[shape.classSum] = classes
  }

  /// The same from starting values that differ by pattern, keeping the weighted chances.
  @inline(__always)
  private func weigh(
    _ first: Int, _ count: Int, _ codes: UnsafePointer<UInt16>,
    _ sums: UnsafeMutablePointer<Lanes>, _ scratch: SweepScratch<Lanes>
  ) {
    var classes = unsafe sums[shape.classSum]
    var row = unsafe codes + first * width
    for index in 0..<count {
      var a = unsafe scratch.start[index]
      for item in 0..<width {
        unsafe a = a.plus(tables[Int(row[item])])
      }
      let peak = a.largest
      let chances = a.minus(Lanes(repeating: peak)).exponential()
      let total = chances.total
      unsafe scratch.peaks[index] = peak
      unsafe scratch.sums[index] = total
      let share = unsafe chances.times(Lanes(repeating: weights[first + index] / total))
      unsafe scratch.chances[index] = share
      classes = classes.plus(share)
      for item in 0..<width {
        let code = unsafe Int(row[item])
        unsafe sums[code] = sums[code].plus(share)
      }
      unsafe row += width
    }
    unsafe sums[shape.classSum] = classes
  }

  /// Log chance of each class before the coded items: membership and numbers.
  @inline(__always)
  func fillStart(_ first: Int, _ count: Int, _ scratch: SweepScratch<Lanes>) {
    let start = unsafe tables[shape.classTable]
    let designWidth = shape.designWidth
    for index in 0..<count {
      if designWidth == 0 {
        unsafe scratch.start[index] = start
        continue
      }
      // The class table holds 0 for a class and a very low number for a padding lane.
      var predictor = start
      let x = unsafe design + (first + index) * designWidth
      for covariate in 0..<designWidth {
        unsafe predictor = predictor.plus(
          tables[shape.membershipTable + covariate].times(Lanes(repeating: x[covariate])))
      }
      let peak = predictor.largest
      let chances = predictor.minus(Lanes(repeating: peak)).exponential()
      let total = chances.total
      unsafe scratch.prior[index] = chances.times(Lanes(repeating: 1 / total))
      let logPrior = predictor.minus(Lanes(repeating: peak + Scalar.logarithm(total)))
      unsafe scratch.logPrior[index] = logPrior
      unsafe scratch.start[index] = logPrior
    }
    for (number, block) in shape.blocks.enumerated() {
      addDensity(block, number, first, count, scratch)
    }
    for factor in shape.numeric {
      let column = unsafe numbers + factor.column * patterns + first
      let a = unsafe tables[factor.table]
      let b = unsafe tables[factor.table + 1]
      let c = unsafe tables[factor.table + 2]
      for index in 0..<count {
        let value = unsafe column[index]
        guard value == value else { continue }
        let y = Lanes(repeating: value)
        let sofar = unsafe scratch.start[index]
        if factor.isCount {
          // a + y · b, with a = -rate and b = ln rate.
          unsafe scratch.start[index] = sofar.plus(a).plus(y.times(b))
        } else {
          // a - c · (y - b)², with b the mean and c half the precision.
          let distance = y.minus(b)
          unsafe scratch.start[index] = sofar.plus(a).minus(distance.times(distance).times(c))
        }
      }
    }
  }

  /// Writes the chances of each class and the log-likelihood of each pattern of a block.
  @_specialize(where Lanes == Single4)
  @_specialize(where Lanes == Single8)
  @_specialize(where Lanes == Single16)
  @_specialize(where Lanes == Single32)
  @_specialize(where Lanes == Double2)
  @_specialize(where Lanes == Double4)
  @_specialize(where Lanes == Double8)
  @_specialize(where Lanes == Double16)
  @_specialize(where Lanes == Double32)
  func score(
    _ rows: Range<Int>, codes: UnsafePointer<UInt16>, chances: UnsafeMutablePointer<Double>,
    logs: UnsafeMutablePointer<Double>, scratch: SweepScratch<Lanes>
  ) {
    let classes = shape.classes
    var first = rows.lowerBound
    while first < rows.upperBound {
      let count = min(LatentShape.chunk, rows.upperBound - first)
      fillStart(first, count, scratch)
      for index in 0..<count {
        let row = unsafe codes + (first + index) * width
        var a = unsafe scratch.start[index]
        for item in 0..<width {
          unsafe a = a.plus(tables[Int(row[item])])
        }
        let peak = a.largest
        let raw = a.minus(Lanes(repeating: peak)).exponential()
        let total = raw.total
        unsafe scratch.chances[index] = raw.times(Lanes(repeating: 1 / total))
        unsafe scratch.peaks[index] = peak + Scalar.logarithm(total)
        let lanes = unsafe UnsafeRawPointer(scratch.chances + index)
          .assumingMemoryBound(to: Scalar.self)
        unsafe Scalar.widen(lanes, count: classes, to: chances + (first + index) * classes)
      }
      unsafe Scalar.widen(scratch.peaks, count: count, to: logs + first)
      first += count
    }
  }
}
