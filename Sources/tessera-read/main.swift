// Reads an SPSS, Stata or SAS file with ReadStat under limits, and writes what it finds to standard
// output as the frames that TesseraFiles understands. A program of its own, so that a damaged file
// can at worst end this process.
//
// The other way round it takes frames from standard input, and writes an SPSS or Stata file.
//
// Usage: tessera-read FORMAT FILE BYTES SECONDS [ENCODING]
//        tessera-read write - BYTES SECONDS
//        tessera-read version

import Glibc

let arguments = CommandLine.arguments
if arguments.count == 2, arguments[1] == "version" { exit(LibraryVersion.tell()) }
guard arguments.count >= 5, let bytes = Int(arguments[3]), let seconds = Int(arguments[4]) else {
  let usage = Array("usage: tessera-read FORMAT FILE BYTES SECONDS [ENCODING]\n".utf8)
  _ = unsafe usage.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  exit(64)
}
Limits.set(bytes: bytes, seconds: seconds)
if arguments[1] == "write" { exit(WriteSession.run()) }
let encoding = arguments.count > 5 && !arguments[5].isEmpty ? arguments[5] : nil
exit(Session.run(format: arguments[1], path: arguments[2], encoding: encoding))
