import Foundation

/// What a piece of work cost.
struct Meter {
  /// Wall-clock seconds.
  let wall: Double
  /// Processor seconds over all threads.
  let processor: Double
  /// Most memory in use during the work, in MiB, that of its input included.
  let peak: Double
  /// Memory in use when it began, in MiB.
  let before: Double

  /// Runs work and measures it.
  static func run<Value>(_ work: () throws -> Value) rethrows -> (value: Value, meter: Meter) {
    let before = memory("VmRSS:")
    // Forgets the peak so far, where the system allows that.
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    let clock = ContinuousClock()
    let began = clock.now
    let processor = Foundation.clock()
    let value = try work()
    let spent = Double(Foundation.clock() - processor) / 1e6
    let wall = (clock.now - began) / .seconds(1)
    return (
      value, Meter(wall: wall, processor: spent, peak: memory("VmHWM:"), before: before)
    )
  }

  private static func memory(_ key: String) -> Double {
    guard let file = FileHandle(forReadingAtPath: "/proc/self/status"),
      let data = try? file.readToEnd()
    else { return 0 }
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(key) {
      let digits = line.filter(\.isNumber)
      return (Double(digits) ?? 0) / 1024
    }
    return 0
  }
}

extension [Meter] {
  /// The median of each measure, and the highest peak.
  var median: Meter {
    func middle(_ values: [Double]) -> Double {
      let sorted = values.sorted()
      return sorted[(sorted.count - 1) / 2]
    }
    return Meter(
      wall: middle(map(\.wall)), processor: middle(map(\.processor)),
      peak: map(\.peak).max() ?? 0, before: map(\.before).min() ?? 0)
  }
}
