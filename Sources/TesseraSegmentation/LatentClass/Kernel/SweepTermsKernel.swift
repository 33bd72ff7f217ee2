/// The terms of a pattern's likelihood that are not read by code: numbers, blocks, membership.
extension BlockPass {
  /// Distances of a pattern's numbers from a block's means, missing ones as the rest foretells.
  @inline(__always)
  func fillGaps(
    _ block: LatentBlockShape, _ mask: LatentBlockShape.Mask, _ pattern: Int,
    _ gaps: UnsafeMutablePointer<Lanes>, completing: Bool
  ) {
    for item in mask.answered {
      let value = unsafe numbers[(block.column + item) * patterns + pattern]
      unsafe gaps[item] = Lanes(repeating: value).minus(tables[block.means + item])
    }
    guard completing else { return }
    var slope = mask.slopes
    for item in mask.missing {
      var gap = Lanes(repeating: 0)
      for other in mask.answered {
        unsafe gap = gap.plus(tables[slope].times(gaps[other]))
        slope += 1
      }
      unsafe gaps[item] = gap
    }
  }

  /// Adds a block's log density to the starting values.
  @inline(__always)
  func addDensity(
    _ block: LatentBlockShape, _ number: Int, _ first: Int, _ count: Int,
    _ scratch: SweepScratch<Lanes>
  ) {
    let half = Lanes(repeating: 0.5)
    for index in 0..<count {
      let mask = unsafe block.masks[Int(masks[number * patterns + first + index])]
      guard !mask.answered.isEmpty else { continue }
      unsafe fillGaps(block, mask, first + index, scratch.gaps, completing: false)
      var square = Lanes(repeating: 0)
      var root = mask.root
      for row in mask.answered.indices {
        var part = Lanes(repeating: 0)
        for column in 0...row {
          unsafe part = part.plus(tables[root].times(scratch.gaps[mask.answered[column]]))
          root += 1
        }
        square = square.plus(part.times(part))
      }
      unsafe scratch.start[index] = scratch.start[index].plus(tables[mask.table])
        .minus(half.times(square))
    }
  }

  /// Adds a block's weight, distances from the means, and their products.
  @inline(__always)
  func addBlock(
    _ block: LatentBlockShape, _ number: Int, _ first: Int, _ count: Int,
    _ sums: UnsafeMutablePointer<Lanes>, _ scratch: SweepScratch<Lanes>
  ) {
    for index in 0..<count {
      let mask = unsafe block.masks[Int(masks[number * patterns + first + index])]
      guard !mask.answered.isEmpty else { continue }
      unsafe fillGaps(block, mask, first + index, scratch.gaps, completing: true)
      let share = unsafe scratch.chances[index]
      unsafe sums[block.sum] = sums[block.sum].plus(share)
      var position = block.productSum
      for a in 0..<block.size {
        let moment = unsafe share.times(scratch.gaps[a])
        unsafe sums[block.sum + 1 + a] = sums[block.sum + 1 + a].plus(moment)
        for b in a..<block.size {
          unsafe sums[position] = sums[position].plus(moment.times(scratch.gaps[b]))
          position += 1
        }
      }
      var rest = mask.rest
      for (a, first) in mask.missing.enumerated() {
        for second in mask.missing[a...] {
          let before = first * block.size - first * (first - 1) / 2
          let target = block.productSum + before + second - first
          unsafe sums[target] = sums[target].plus(share.times(tables[rest]))
          rest += 1
        }
      }
    }
  }

  /// Weight, sum and sum of squares of numbers, the latter two about the class means.
  @inline(__always)
  func addNumeric(
    _ first: Int, _ count: Int, _ sums: UnsafeMutablePointer<Lanes>, _ scratch: SweepScratch<Lanes>
  ) {
    for (number, block) in shape.blocks.enumerated() {
      unsafe addBlock(block, number, first, count, sums, scratch)
    }
    for factor in shape.numeric {
      let column = unsafe numbers + factor.column * patterns + first
      let center = unsafe factor.isCount ? Lanes(repeating: 0) : tables[factor.table + 1]
      var weight = unsafe sums[factor.sum]
      var linear = unsafe sums[factor.sum + 1]
      var square = unsafe sums[factor.sum + 2]
      for index in 0..<count {
        let value = unsafe column[index]
        guard value == value else { continue }
        let share = unsafe scratch.chances[index]
        let distance = Lanes(repeating: value).minus(center)
        let moment = share.times(distance)
        weight = weight.plus(share)
        linear = linear.plus(moment)
        square = square.plus(moment.times(distance))
      }
      unsafe sums[factor.sum] = weight
      unsafe sums[factor.sum + 1] = linear
      unsafe sums[factor.sum + 2] = square
    }
  }

  /// Gradient and curvature of the membership coefficients at their present values.
  @inline(__always)
  func addMembership(
    _ first: Int, _ count: Int, _ sums: UnsafeMutablePointer<Lanes>, _ scratch: SweepScratch<Lanes>
  ) {
    let designWidth = shape.designWidth
    guard designWidth > 0 else { return }
    for index in 0..<count {
      let x = unsafe design + (first + index) * designWidth
      let weight = unsafe weights[first + index]
      let prior = unsafe scratch.prior[index]
      let gap = unsafe scratch.chances[index].minus(prior.times(Lanes(repeating: weight)))
      for covariate in 0..<designWidth {
        let position = shape.gradientSum + covariate
        unsafe sums[position] = sums[position].plus(gap.times(Lanes(repeating: x[covariate])))
      }
      unsafe sums[shape.logPriorSum] = sums[shape.logPriorSum].plus(
        scratch.logPrior[index].times(Lanes(repeating: weight)))
      var position = shape.curvatureSum
      let lanes = unsafe UnsafeRawPointer(scratch.prior + index)
        .assumingMemoryBound(to: Scalar.self)
      for latent in 0..<shape.classes {
        let cross = unsafe prior.times(Lanes(repeating: weight * lanes[latent]))
        for a in 0..<designWidth {
          for b in a..<designWidth {
            unsafe sums[position] = sums[position].plus(
              cross.times(Lanes(repeating: x[a] * x[b])))
            position += 1
          }
        }
      }
    }
  }
}
