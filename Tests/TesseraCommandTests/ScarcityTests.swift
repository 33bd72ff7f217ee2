import Foundation
import TesseraStudy
import Testing

/// Little memory, little disk: an end within seconds, with words and a status.
@Suite("Where memory or disk is short") struct ScarcityTests {
  /// Runs the command by a shell that sets limits first.
  private func run(_ limits: String, _ words: String, in command: Command) throws -> (
    status: Int32, said: String
  ) {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let tessera = URL(fileURLWithPath: own).deletingLastPathComponent()
      .appendingPathComponent("tessera").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(limits); exec timeout -s KILL 20 '\(tessera)' \(words) 2>&1"]
    process.currentDirectoryURL = command.folder
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }

  @Test(arguments: [150, 180, 200, 220, 250, 400, 900])
  func `under a short address space the command starts or says why not`(_ megabytes: Int) throws {
    let command = try Command()
    defer { command.close() }
    let version = try run("ulimit -v \(megabytes * 1000)", "--version", in: command)
    // 127: the system itself could not load the program, and says so.
    #expect([0, 127].contains(version.status), "\(megabytes) MB: \(version)")
    #expect(megabytes < 250 || version.status == 0, "\(megabytes) MB: \(version)")
    let work = try run("ulimit -v \(megabytes * 1000)", "inspect nothing.csv", in: command)
    #expect([66, 70, 127].contains(work.status), "\(megabytes) MB: \(work)")
  }

  @Test func `a limit on the size of files ends with a status and leaves the old output`() throws {
    let command = try Command()
    defer { command.close() }
    var text = "id,a,b\n"
    for row in 1...400 { text += "r\(row),\(row % 7),\(row % 5)\n" }
    try command.write(text, to: "people.csv")
    #expect(try command.run("convert", "people.csv", "out.sav").status == 0)
    let file = command.folder.appendingPathComponent("out.sav")
    let before = try Data(contentsOf: file)
    try command.write(text + "r401,1,1\n", to: "people.csv")
    for ending in ["sav", "xlsx", "csv"] {
      // Blocks of 512 bytes.
      let result = try run("ulimit -f 2", "convert people.csv out.\(ending)", in: command)
      #expect([73, 74].contains(result.status), "\(ending): \(result)")
    }
    #expect(try Data(contentsOf: file) == before)
    #expect(command.files == ["out.sav", "people.csv"])
  }

  @Test func `doctor lists what is known against the versions in use`() throws {
    let command = try Command()
    defer { command.close() }
    let result = try command.run("doctor", "--json")
    #expect(result.status == 0)
    let libraries = (result.json["libraries"]?.array ?? []).compactMap { $0["name"]?.string }
    for name in ["OpenBLAS", "ReadStat", "expat", "zlib", "libzip"] {
      #expect(libraries.contains(name))
    }
    let faults = result.json["known_faults"]?.array ?? []
    let reader = try #require(faults.first { $0["library"]?.string == "ReadStat" })
    #expect(reader["consequence"]?.string?.contains("tessera-read") == true)
    #expect(reader["version"]?.string?.first?.isNumber == true)
  }

  @Test func `a full standard output does not claim that outputs are the old ones`() throws {
    let command = try Command()
    defer { command.close() }
    var text = "id,a,b\n"
    for row in 1...60 { text += "r\(row),\(row % 7),\(row % 5)\n" }
    try command.write(text, to: "people.csv")
    let result = try run(
      "exec 3>errors.txt", "inspect people.csv > /dev/full 2>&3 #", in: command)
    #expect(result.status == 74)
    let said = try String(
      contentsOf: command.folder.appendingPathComponent("errors.txt"), encoding: .utf8)
    #expect(said.contains("standard output"))
    #expect(!said.contains("unchanged"))
  }
}
