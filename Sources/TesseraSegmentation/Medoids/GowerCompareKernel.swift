extension GowerKernel {
  /// Dissimilarities of a run of rows to one row.
  ///
  /// Sixteen rows run together with their sums in registers; the lanes are SSE-wide, so that no
  /// special compiler flags are needed.
  ///
  /// - Parameters:
  ///   - row: The row all are compared with.
  ///   - others: Which rows to compare.
  ///   - result: Where they go, from its start.
  @unsafe
  func write(from row: Int, to others: Range<Int>, into result: UnsafeMutablePointer<Float>) {
    precondition(others.upperBound <= count && row < count)
    unsafe numbers.withUnsafeBufferPointer { numbers in
      unsafe observed.withUnsafeBufferPointer { observed in
        unsafe codes.withUnsafeBufferPointer { codes in
          unsafe withUnsafeTemporaryAllocation(byteCount: 96, alignment: 16) { spare in
            guard let spare = spare.baseAddress else { return }
            let columns = unsafe Columns(
              numbers: numbers.baseAddress, observed: observed.baseAddress, codes: codes.baseAddress
            )
            var start = others.lowerBound
            while start + 16 <= others.upperBound {
              let target = unsafe result + (start - others.lowerBound)
              if hasGaps {
                unsafe compareGaps(row, start, columns, target, spare)
              } else {
                unsafe compareComplete(row, start, columns, target, spare)
              }
              start += 16
            }
            while start < others.upperBound {
              unsafe result[start - others.lowerBound] = unsafe compareOne(row, start, columns)
              start += 1
            }
          }
        }
      }
    }
  }

  /// Where the columns of numbers, of what was observed, and of categories begin.
  @unsafe
  private struct Columns {
    let numbers: UnsafePointer<Float>?
    let observed: UnsafePointer<Float>?
    let codes: UnsafePointer<UInt8>?
  }

  @inline(__always)
  private func load(_ pointer: UnsafePointer<Float>) -> SIMD4<Float> {
    unsafe UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  private func apart(_ values: SIMD4<Float>, _ own: SIMD4<Float>) -> SIMD4<Float> {
    let bits = unsafe unsafeBitCast(values - own, to: SIMD4<UInt32>.self)
    return unsafe unsafeBitCast(bits & 0x7FFF_FFFF, to: SIMD4<Float>.self)
  }

  /// In each byte 1 where the byte of `bits` is not 0, else 0.
  ///
  /// Plain arithmetic on words: comparing vectors of bytes is slow in Swift.
  @inline(__always)
  private func nonzeroBytes(_ bits: SIMD2<UInt64>) -> SIMD2<UInt64> {
    let low = SIMD2<UInt64>(repeating: 0x7F7F_7F7F_7F7F_7F7F)
    let carried = ((bits & low) &+ low) | bits
    return (carried &>> SIMD2<UInt64>(repeating: 7)) & SIMD2(repeating: 0x0101_0101_0101_0101)
  }

  /// How many of up to 255 categories differ, and how many both answered, a byte for each of 16 rows.
  @inline(__always)
  private func compareCodes(
    _ columns: Range<Int>, _ row: Int, _ start: Int, _ codes: UnsafePointer<UInt8>
  ) -> (differ: SIMD2<UInt64>, seen: SIMD2<UInt64>) {
    var differ = SIMD2<UInt64>(repeating: 0)
    var seen = differ
    for column in columns {
      let from = unsafe codes + column * count
      let own = unsafe from[row]
      guard own > 0 else { continue }
      let others = unsafe UnsafeRawPointer(from + start).loadUnaligned(as: SIMD2<UInt64>.self)
      let pattern = SIMD2<UInt64>(repeating: UInt64(own) &* 0x0101_0101_0101_0101)
      if hasGaps {
        let known = nonzeroBytes(others)
        seen &+= known
        differ &+= nonzeroBytes(others ^ pattern) & known
      } else {
        differ &+= nonzeroBytes(others ^ pattern)
      }
    }
    return (differ, seen)
  }

  @inline(__always)
  private func compareComplete(
    _ row: Int, _ start: Int, _ columns: Columns, _ result: UnsafeMutablePointer<Float>,
    _ spare: UnsafeMutableRawPointer
  ) {
    var a = SIMD4<Float>(repeating: 0)
    var b = a
    var c = a
    var d = a
    if let numbers = unsafe columns.numbers {
      var from = unsafe numbers + start
      var own = unsafe numbers + row
      for _ in 0..<numeric {
        let value = unsafe SIMD4<Float>(repeating: own.pointee)
        a += unsafe apart(load(from), value)
        b += unsafe apart(load(from + 4), value)
        c += unsafe apart(load(from + 8), value)
        d += unsafe apart(load(from + 12), value)
        unsafe from += count
        unsafe own += count
      }
    }
    unsafe store(a, b, c, d, result)
    if let codes = unsafe columns.codes {
      for first in stride(from: 0, to: categorical, by: 255) {
        let counted = unsafe compareCodes(
          first..<min(first + 255, categorical), row, start, codes)
        unsafe spare.storeBytes(of: counted.differ, as: SIMD2<UInt64>.self)
        let differ = unsafe spare.assumingMemoryBound(to: UInt8.self)
        for lane in 0..<16 {
          unsafe result[lane] += Float(differ[lane])
        }
      }
    }
    let scale = 1 / Float(max(1, items))
    for lane in 0..<16 {
      unsafe result[lane] *= scale
    }
  }

  @inline(__always)
  private func compareGaps(
    _ row: Int, _ start: Int, _ columns: Columns, _ result: UnsafeMutablePointer<Float>,
    _ spare: UnsafeMutableRawPointer
  ) {
    var sums = (
      SIMD4<Float>(repeating: 0), SIMD4<Float>(repeating: 0), SIMD4<Float>(repeating: 0),
      SIMD4<Float>(repeating: 0)
    )
    var overlaps = sums
    if let numbers = unsafe columns.numbers, let observed = unsafe columns.observed {
      for column in 0..<numeric {
        let from = unsafe numbers + column * count
        let seen = unsafe observed + column * count
        guard unsafe seen[row] > 0 else { continue }
        let value = unsafe SIMD4<Float>(repeating: from[row])
        let (s0, s1) = unsafe (load(seen + start), load(seen + start + 4))
        let (s2, s3) = unsafe (load(seen + start + 8), load(seen + start + 12))
        sums.0 += unsafe apart(load(from + start), value) * s0
        sums.1 += unsafe apart(load(from + start + 4), value) * s1
        sums.2 += unsafe apart(load(from + start + 8), value) * s2
        sums.3 += unsafe apart(load(from + start + 12), value) * s3
        overlaps.0 += s0
        overlaps.1 += s1
        overlaps.2 += s2
        overlaps.3 += s3
      }
    }
    unsafe store(sums.0, sums.1, sums.2, sums.3, result)
    let overlap = unsafe (spare + 32).assumingMemoryBound(to: Float.self)
    unsafe store(overlaps.0, overlaps.1, overlaps.2, overlaps.3, overlap)
    if let codes = unsafe columns.codes {
      for first in stride(from: 0, to: categorical, by: 255) {
        let counted = unsafe compareCodes(
          first..<min(first + 255, categorical), row, start, codes)
        unsafe spare.storeBytes(of: counted.differ, as: SIMD2<UInt64>.self)
        unsafe spare.storeBytes(of: counted.seen, toByteOffset: 16, as: SIMD2<UInt64>.self)
        let counts = unsafe spare.assumingMemoryBound(to: UInt8.self)
        for lane in 0..<16 {
          unsafe result[lane] += Float(counts[lane])
          unsafe overlap[lane] += Float(counts[16 + lane])
        }
      }
    }
    for lane in 0..<16 {
      unsafe result[lane] = unsafe share(result[lane], of: overlap[lane])
    }
  }

  /// The same for a single row.
  private func compareOne(_ row: Int, _ other: Int, _ columns: Columns) -> Float {
    var sum: Float = 0
    var overlap: Float = 0
    if let numbers = unsafe columns.numbers {
      for column in 0..<numeric {
        let from = column * count
        if hasGaps, let observed = unsafe columns.observed {
          guard unsafe observed[from + row] > 0 else { continue }
          let seen = unsafe observed[from + other]
          sum += unsafe abs(numbers[from + other] - numbers[from + row]) * seen
          overlap += seen
        } else {
          sum += unsafe abs(numbers[from + other] - numbers[from + row])
        }
      }
    }
    var differ: Float = 0
    if let codes = unsafe columns.codes {
      for column in 0..<categorical {
        let own = unsafe codes[column * count + row]
        let code = unsafe codes[column * count + other]
        guard own > 0, code > 0 else { continue }
        differ += own == code ? 0 : 1
        overlap += 1
      }
    }
    return hasGaps ? share(sum + differ, of: overlap) : (sum + differ) * (1 / Float(max(1, items)))
  }

  /// The dissimilarity of what differs among what both answered, too little of it made up.
  @inline(__always)
  private func share(_ sum: Float, of seen: Float) -> Float {
    let lacking = max(0, needed - seen)
    let mass = seen + lacking
    return mass > 0 ? (sum + lacking) / mass : 1
  }

  @inline(__always)
  private func store(
    _ a: SIMD4<Float>, _ b: SIMD4<Float>, _ c: SIMD4<Float>, _ d: SIMD4<Float>,
    _ result: UnsafeMutablePointer<Float>
  ) {
    let target = UnsafeMutableRawPointer(result)
    unsafe target.storeBytes(of: a, as: SIMD4<Float>.self)
    unsafe target.storeBytes(of: b, toByteOffset: 16, as: SIMD4<Float>.self)
    unsafe target.storeBytes(of: c, toByteOffset: 32, as: SIMD4<Float>.self)
    unsafe target.storeBytes(of: d, toByteOffset: 48, as: SIMD4<Float>.self)
  }
}
