import Dispatch
import Foundation
import TesseraFiles

/// Leaves nothing half-written when the user or the system ends the process.
enum Interrupts {
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
          AtomicFile.removeUnfinished()
          OutputFolder.removeUnfinished()
          _exit(status)
        }
      }
      source.resume()
    }
  }
}
