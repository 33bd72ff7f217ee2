extension StatContents.Column {
  /// Takes the cells of some rows behind those it has.
  ///
  /// - Parameters:
  ///   - bytes: The cells as `tessera-read` wrote them.
  ///   - form: 0 for numbers, 1 for codes of a byte, 2 for codes of four.
  ///   - rows: Number of cells.
  /// - Returns: False if codes stand where none can.
  mutating func take(_ bytes: ArraySlice<UInt8>, _ form: UInt8, rows: Int) -> Bool {
    switch form {
    case 1 where self.form == .narrow:
      guard Int(bytes.max() ?? 0) <= max(values.count, texts.count) else { return false }
      narrow.append(contentsOf: bytes)
    case 2 where isText:
      if self.form == .narrow {
        wide = narrow.map { UInt32($0) }
        narrow = []
        self.form = .wide
      }
      let new = Self.values(bytes, rows, UInt32.self)
      guard Int(new.max() ?? 0) <= texts.count else { return false }
      wide.append(contentsOf: new)
    case 0 where !isText:
      if self.form == .narrow {
        let table = [.nan] + values
        numbers = narrow.map { table[Int($0)] }
        narrow = []
        self.form = .numbers
      }
      numbers.append(contentsOf: Self.values(bytes, rows, Double.self))
    default: return false
    }
    return true
  }

  /// Bytes as values of a type without references.
  private static func values<Value: BitwiseCopyable>(
    _ bytes: ArraySlice<UInt8>, _ count: Int, _ type: Value.Type
  ) -> [Value] {
    unsafe [Value](unsafeUninitializedCapacity: count) { target, filled in
      unsafe bytes.withUnsafeBytes { source in
        let room = UnsafeMutableRawBufferPointer(target)
        unsafe room.copyMemory(from: source)
      }
      filled = count
    }
  }
}
