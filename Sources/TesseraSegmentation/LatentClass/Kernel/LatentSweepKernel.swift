import TesseraMath

/// One pass over all patterns under a model: posterior, log-likelihood and expected counts.
///
/// Everything is laid out class by class within a vector: a table entry, a sum, a posterior is one
/// `Lanes`. Patterns are worked through in blocks of 4096 whose sums are added in order, so that
/// neither precision within a block nor the number of threads moves the result.
@safe
final class LatentSweep<Lanes: LaneVector>: LatentSweeping {
  typealias Scalar = Lanes.Scalar

  let data: LatentClassData
  let shape: LatentShape
  /// Log chances by code of the groups, then the numeric factors' numbers, then membership.
  private let tables: UnsafeMutablePointer<Lanes>
  private let tableCount: Int
  /// Sums of one block for each worker or block.
  private var slots: UnsafeMutablePointer<Lanes>
  private var slotCount: Int
  private let weights: UnsafeMutablePointer<Scalar>
  private let numbers: UnsafeMutablePointer<Scalar>
  private let design: UnsafeMutablePointer<Scalar>
  private let masks: UnsafeMutablePointer<UInt16>
  /// The groups' tables before they are narrowed.
  private var staging: [Double]

  var lanes: Int { Lanes.lanes }

  init(data: LatentClassData, shape: LatentShape) {
    self.data = data
    self.shape = shape
    tableCount = shape.tableCount
    unsafe tables = .allocate(capacity: tableCount)
    unsafe tables.initialize(repeating: Lanes(repeating: 0), count: tableCount)
    slotCount = 1
    unsafe slots = .allocate(capacity: shape.sumCount)
    unsafe slots.initialize(repeating: Lanes(repeating: 0), count: shape.sumCount)
    let patterns = max(1, data.patternCount)
    unsafe weights = .allocate(capacity: patterns)
    unsafe weights.initialize(repeating: 1, count: patterns)
    unsafe numbers = .allocate(capacity: max(1, data.numbers.count))
    unsafe design = .allocate(capacity: max(1, data.design.count))
    unsafe masks = .allocate(capacity: max(1, data.masks.positions.count))
    for (index, position) in data.masks.positions.enumerated() {
      unsafe (masks + index).initialize(to: position)
    }
    unsafe Scalar.convert(data.numbers, to: numbers)
    unsafe Scalar.convert(data.design, to: design)
    staging = [Double](repeating: 0, count: data.groupCells * Lanes.lanes)
  }

  deinit {
    unsafe tables.deallocate()
    unsafe slots.deallocate()
    unsafe weights.deallocate()
    unsafe numbers.deallocate()
    unsafe design.deallocate()
    unsafe masks.deallocate()
  }

  /// Sets what each pattern counts for.
  func setWeights(_ values: [Double]) {
    unsafe Scalar.convert(values, to: weights)
  }

  /// Sets a lane of the tables.
  func setTable(_ entry: Int, lane: Int, to value: Double) {
    let target = unsafe UnsafeMutableRawPointer(tables + entry)
      .assumingMemoryBound(to: Scalar.self)
    unsafe Scalar.convert([value], to: target + lane)
  }

  /// Rebuilds the groups' tables from log chances by factor code (codes x classes).
  func fillGroups(from logs: [Double]) {
    let classes = shape.classes
    let width = Lanes.lanes
    var position = 0
    unsafe logs.withUnsafeBufferPointer { logs in
      unsafe shape.decode.withUnsafeBufferPointer { decode in
        unsafe staging.withUnsafeMutableBufferPointer { staging in
          for group in data.groups {
            let members = group.factors.count
            for cell in group.firstCell..<group.firstCell + group.cells {
              let target = cell * width
              for lane in 0..<classes {
                unsafe staging[target + lane] = 0
              }
              for member in 0..<members {
                let source = unsafe Int(decode[position + member]) * classes
                for lane in 0..<classes {
                  unsafe staging[target + lane] += logs[source + lane]
                }
              }
              position += members
            }
          }
        }
      }
    }
    unsafe Scalar.convert(
      staging, to: UnsafeMutableRawPointer(tables).assumingMemoryBound(to: Scalar.self))
  }

  /// Sweeps patterns 0 ..< `patterns`; `totals` receives the sums, `shape.sumCount` x lanes.
  ///
  /// - Returns: The log-likelihood.
  func sweep(patterns: Int, workers: Workers, totals: inout [Double]) -> Double {
    let blocks = (patterns + LatentShape.block - 1) / LatentShape.block
    let crew = min(workers.count, blocks)
    for index in totals.indices {
      totals[index] = 0
    }
    let pass = unsafe BlockPass<Lanes>(
      shape: shape, patterns: data.patternCount, width: data.groups.count, tables: tables,
      weights: weights, numbers: numbers, design: design, masks: masks)
    var logLikelihood = 0.0
    if crew <= 1 {
      unsafe data.codes.withUnsafeBufferPointer { codes in
        guard let base = codes.baseAddress else { return }
        let scratch = SweepScratch<Lanes>(shape: shape)
        for block in 0..<blocks {
          let rows = LatentShape.rows(of: block, patterns)
          logLikelihood += unsafe pass.run(rows, codes: base, sums: slots, scratch: scratch)
          add(slot: 0, to: &totals)
        }
        scratch.free()
      }
      return logLikelihood
    }
    reserve(slots: blocks)
    let shared = unsafe SharedSlots(base: self.slots, stride: shape.sumCount)
    let plan = shape
    let parts = unsafe data.codes.withUnsafeBufferPointer { codes -> [[Double]] in
      let words = unsafe SharedCodes(base: codes.baseAddress)
      return workers.map(crew) { worker in
        guard let base = unsafe words.base else { return [] }
        let scratch = SweepScratch<Lanes>(shape: plan)
        defer { scratch.free() }
        return stride(from: worker, to: blocks, by: crew).map { block in
          unsafe pass.run(
            LatentShape.rows(of: block, patterns), codes: base,
            sums: shared.base + block * shared.stride, scratch: scratch)
        }
      }
    }
    for block in 0..<blocks {
      logLikelihood += parts[block % crew][block / crew]
      add(slot: block, to: &totals)
    }
    return logLikelihood
  }

  /// Chances of each class, `posterior` being patterns x classes, and log-likelihoods by pattern.
  func score(workers: Workers) -> (posterior: [Double], logLikelihoods: [Double]) {
    let patterns = data.patternCount
    let blocks = (patterns + LatentShape.block - 1) / LatentShape.block
    let pass = unsafe BlockPass<Lanes>(
      shape: shape, patterns: patterns, width: data.groups.count, tables: tables,
      weights: weights, numbers: numbers, design: design, masks: masks)
    let classes = shape.classes
    var logs = [Double](repeating: 0, count: patterns)
    let posterior = unsafe [Double](unsafeUninitializedCapacity: patterns * classes) { chances, n in
      n = patterns * classes
      unsafe logs.withUnsafeMutableBufferPointer { logs in
        unsafe data.codes.withUnsafeBufferPointer { codes in
          let target = unsafe SharedScores(
            chances: chances.baseAddress, logs: logs.baseAddress, codes: codes.baseAddress)
          let shape = shape
          let crew = max(1, min(workers.count, blocks))
          _ = workers.map(crew) { worker in
            guard let out = unsafe target.chances, let logs = unsafe target.logs,
              let codes = unsafe target.codes
            else { return 0 }
            let scratch = SweepScratch<Lanes>(shape: shape)
            for block in stride(from: worker, to: blocks, by: crew) {
              unsafe pass.score(
                LatentShape.rows(of: block, patterns), codes: codes, chances: out, logs: logs,
                scratch: scratch)
            }
            scratch.free()
            return 0
          }
        }
      }
    }
    return (posterior, logs)
  }

  private func reserve(slots count: Int) {
    guard count > slotCount else { return }
    unsafe slots.deallocate()
    unsafe slots = .allocate(capacity: count * shape.sumCount)
    slotCount = count
  }

  private func add(slot: Int, to totals: inout [Double]) {
    let source = unsafe UnsafeMutableRawPointer(slots + slot * shape.sumCount)
      .assumingMemoryBound(to: Scalar.self)
    unsafe Scalar.add(source, count: shape.sumCount * Lanes.lanes, to: &totals)
  }
}

/// Where blocks put their sums, each at a place of its own.
@safe
private struct SharedSlots<Lanes>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Lanes>
  let stride: Int
}

@safe
private struct SharedCodes: @unchecked Sendable {
  let base: UnsafePointer<UInt16>?
}

@safe
private struct SharedScores: @unchecked Sendable {
  let chances: UnsafeMutablePointer<Double>?
  let logs: UnsafeMutablePointer<Double>?
  let codes: UnsafePointer<UInt16>?
}

/// What a worker needs beside the sums: one chunk of patterns at a time.
@safe
struct SweepScratch<Lanes: LaneVector> {
  let start: UnsafeMutablePointer<Lanes>
  let chances: UnsafeMutablePointer<Lanes>
  let prior: UnsafeMutablePointer<Lanes>
  let logPrior: UnsafeMutablePointer<Lanes>
  let gaps: UnsafeMutablePointer<Lanes>
  let peaks: UnsafeMutablePointer<Lanes.Scalar>
  let sums: UnsafeMutablePointer<Lanes.Scalar>

  init(shape: LatentShape) {
    let rows = LatentShape.chunk
    unsafe start = .allocate(capacity: rows)
    unsafe chances = .allocate(capacity: rows)
    unsafe prior = .allocate(capacity: rows)
    unsafe logPrior = .allocate(capacity: rows)
    unsafe gaps = .allocate(capacity: 64)
    unsafe peaks = .allocate(capacity: rows)
    unsafe sums = .allocate(capacity: rows)
  }

  func free() {
    unsafe start.deallocate()
    unsafe chances.deallocate()
    unsafe prior.deallocate()
    unsafe logPrior.deallocate()
    unsafe gaps.deallocate()
    unsafe peaks.deallocate()
    unsafe sums.deallocate()
  }
}
