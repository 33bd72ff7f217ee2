import Dispatch
import Foundation
import Synchronization
import TesseraFiles

/// Leaves nothing half-written when the user or the system ends the process.
enum Interrupts {
  private static let isEnding = Atomic(false)

  /// Waits for the end where a signal has begun to end the process: what fails meanwhile fails because its
  /// temporary files are gone.
  static func waitIfEnding() {
    guard isEnding.load(ordering: .acquiring) else { return }
    Thread.sleep(forTimeInterval: 10)
  }

  /// Removes temporary files and ends with the signal's own status (130, 143).
  static func cleanUpOnSignals() {
    // A file beyond the limit on its size is a failed write, with words and a status, not an end.
    signal(SIGXFSZ, SIG_IGN)
    for (number, status) in [(SIGINT, Int32(130)), (SIGTERM, Int32(143))] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        // The handler holds its source, which nothing else keeps alive.
        withExtendedLifetime(source) {
          isEnding.store(true, ordering: .releasing)
          AtomicFile.removeUnfinished()
          OutputFolder.removeUnfinished()
          _exit(status)
        }
      }
      source.resume()
    }
  }
}
