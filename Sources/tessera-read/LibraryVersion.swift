import Glibc

/// Which ReadStat this program runs with: the library itself does not say it, its file's name does.
enum LibraryVersion {
  /// Writes the version, such as `1.1.8`, to standard output; nothing where the name holds none.
  static func tell() -> Int32 {
    guard let maps = unsafe fopen("/proc/self/maps", "r") else { return 0 }
    defer { unsafe fclose(maps) }
    var line = [CChar](repeating: 0, count: 4096)
    while unsafe fgets(&line, Int32(line.count), maps) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let mark = "/libreadstat.so."
      guard let name = text.split(separator: " ").last, name.contains(mark),
        let version = name.split(separator: mark, omittingEmptySubsequences: false).last
      else { continue }
      print(version, terminator: "")
      return 0
    }
    return 0
  }
}
