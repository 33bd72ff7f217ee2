import TesseraMath

/// Some rows of a table, in any order and as often as asked for.
enum PatternSpreadKernel {
  /// Copies rows.
  ///
  /// - Parameters:
  ///   - table: Any rows × `width`.
  ///   - width: Numbers in a row.
  ///   - places: Which rows.
  ///   - workers: Threads to use.
  /// - Returns: One row for each of `places`.
  static func rows<Element: BitwiseCopyable & Sendable>(
    of table: [Element], width: Int, at places: [Int32], workers: Workers
  ) -> [Element] {
    let starts = Array(stride(from: 0, to: places.count, by: piece))
    return unsafe LargeArray.make(places.count * width) { result in
      let target = unsafe Target(base: result.baseAddress)
      _ = workers.map(starts.count) { place in
        unsafe table.withUnsafeBufferPointer { table in
          for row in starts[place]..<min(starts[place] + piece, places.count) {
            guard let from = table.baseAddress, let to = unsafe target.base else { return }
            unsafe (to + row * width).initialize(
              from: from + Int(places[row]) * width, count: width)
          }
        }
      }
    }
  }

  private static let piece = 8_192

  @safe
  private struct Target<Element>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>?
  }
}
