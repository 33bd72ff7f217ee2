import Foundation

/// Arrays of many megabytes, which lie on large pages where the system has them: touching memory for
/// the first time otherwise costs as much as the work done in it.
public enum LargeArray {
  /// Bytes from which on large pages are asked for.
  private static let least = 4 << 20

  /// Makes an array and lets every element be written.
  ///
  /// - Parameters:
  ///   - count: Number of elements.
  ///   - fill: Writes all of them; what it gets holds nothing before.
  /// - Returns: The array.
  public static func make<Element: BitwiseCopyable>(
    _ count: Int, fill: (UnsafeMutableBufferPointer<Element>) -> Void
  ) -> [Element] {
    unsafe [Element](unsafeUninitializedCapacity: count) { buffer, made in
      unsafe adviseLargePages(UnsafeMutableRawBufferPointer(buffer))
      unsafe fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      made = count
    }
  }

  /// Makes an array of zeros.
  ///
  /// - Parameter count: Number of elements, of a type whose zero has no bit set.
  /// - Returns: The array.
  public static func zeros<Element: BitwiseCopyable & AdditiveArithmetic>(
    _ count: Int
  ) -> [Element] {
    unsafe make(count) { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe memset(base, 0, count * MemoryLayout<Element>.stride)
    }
  }

  /// Asks for large pages; a system that has none goes on with small ones.
  private static func adviseLargePages(_ buffer: UnsafeMutableRawBufferPointer) {
    guard buffer.count >= least, let base = buffer.baseAddress else { return }
    let page = 4096
    let start = (Int(bitPattern: base) + page - 1) / page * page
    let end = (Int(bitPattern: base) + buffer.count) / page * page
    #if os(Linux)
      _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
    #endif
  }
}
