import Foundation

/// What a process and those it started have cost so far.
struct ReadingCost {
  /// Seconds since some moment.
  let wall: Double
  /// Processor seconds over all threads and ended children.
  let processor: Double
  /// Most memory in use so far, that of the largest child included, in MiB.
  let peak: Double
  /// Memory in use when the cost was first asked for.
  var before = 0.0

  /// Asks the system.
  static var now: ReadingCost {
    let own = usage(RUSAGE_SELF)
    let children = usage(RUSAGE_CHILDREN)
    let time = ProcessInfo.processInfo.systemUptime
    return ReadingCost(
      wall: time, processor: own.seconds + children.seconds, peak: own.peak + children.peak)
  }

  /// The difference to an earlier moment; the peak is that of the whole time.
  func since(_ began: ReadingCost) -> ReadingCost {
    ReadingCost(
      wall: wall - began.wall, processor: processor - began.processor, peak: peak,
      before: began.peak)
  }

  private static func usage(_ whom: __rusage_who) -> (seconds: Double, peak: Double) {
    var found = rusage()
    unsafe getrusage(__rusage_who_t(whom.rawValue), &found)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return (
      seconds(found.ru_utime) + seconds(found.ru_stime), Double(found.ru_maxrss) / 1024
    )
  }
}
