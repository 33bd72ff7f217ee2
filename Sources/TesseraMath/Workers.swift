import Dispatch
import Synchronization

/// How many threads a computation may use.
///
/// Results never depend on it: every piece of work writes to a place of its own, and sums are
/// taken over the pieces in their order.
public struct Workers: Sendable, Equatable {
  /// Number of threads, 1 or more.
  public let count: Int

  /// Allows a number of threads.
  ///
  /// - Parameter count: 1 or more; anything less counts as 1.
  public init(_ count: Int) {
    self.count = max(1, count)
  }

  /// One thread: the caller's own.
  public static let single = Workers(1)

  /// Computes a value for each index from 0, and returns the values in order.
  ///
  /// Pieces are handed out one by one, so uneven pieces share the threads evenly.
  ///
  /// - Parameters:
  ///   - count: How many values to compute.
  ///   - body: Computes the value at an index; called once for each, on any thread.
  /// - Returns: `count` values, in the order of their indices.
  public func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    guard self.count > 1, count > 1 else { return (0..<count).map(body) }
    return unsafe [Value](unsafeUninitializedCapacity: count) { buffer, initialised in
      let base = unsafe SharedBase(pointer: buffer.baseAddress)
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: min(self.count, count)) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          unsafe base.pointer.map { unsafe ($0 + index).initialize(to: body(index)) }
        }
      }
      initialised = count
    }
  }

  /// Like ``map(_:_:)`` for work that can fail; the failure with the lowest index is thrown.
  ///
  /// - Parameters:
  ///   - count: How many values to compute.
  ///   - body: Computes the value at an index, or fails.
  /// - Returns: `count` values, in the order of their indices.
  /// - Throws: What `body` threw at the lowest index at which it threw.
  public func tryMap<Value: Sendable, Failure: Error>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let results = map(count) { index in
      do throws(Failure) {
        return Result<Value, Failure>.success(try body(index))
      } catch {
        return .failure(error)
      }
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for result in results {
      values.append(try result.get())
    }
    return values
  }
}

/// A pointer that several threads write through, each to places of its own.
@unsafe
private struct SharedBase<Value>: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<Value>?
}
