import Foundation
import TesseraFiles
import Testing

@Suite struct WritingTests {
  @Test func `cells are quoted only where they must be`() {
    var writer = CSVWriter()
    writer.append([.text("plain"), .text("a,b"), .text("say \"hi\""), .text("x\ny"), .empty])
    writer.append([.number(1.5), .number(2), .integer(-3), .number(.nan), .text("")])
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(
      text == "plain,\"a,b\",\"say \"\"hi\"\"\",\"x\ny\",\r\n1.5,2,-3,,\"\"\r\n")
  }

  @Test(arguments: ["=1+1", "+5", "-x", "@SUM(A1)", "\tx", "\rx", "\0x"])
  func `texts that a spreadsheet would compute are guarded`(_ text: String) {
    var writer = CSVWriter()
    writer.append([.text(text), .identifier(text)])
    #expect(writer.bytes.starts(with: Array("\"'\(text)\"".utf8)))
    var raw = CSVWriter(isRaw: true)
    raw.append([.text(text)])
    #expect(!raw.bytes.contains(0x27))
  }

  @Test func `what is written is read back`() throws {
    let cells = ["a", "b,c", "\"", "x\r\ny", " space ", "é", "'"]
    var writer = CSVWriter()
    writer.append(texts: ["n", "t"])
    for (place, cell) in cells.enumerated() { writer.append([.integer(place), .text(cell)]) }
    try TestFiles.withFolder { folder in
      try AtomicFile.write(writer.bytes, to: folder + "/t.csv")
      let table = try TableReader.read(folder + "/t.csv")
      #expect(table.rows.map { $0.cells[1] } == cells)
    }
  }

  @Test func `a file is replaced whole, and no temporary file stays`() throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/out.txt"
      try AtomicFile.write("one", to: path)
      try AtomicFile.write("two", to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.txt"])
    }
  }

  @Test func `a link keeps pointing at the file behind it`() throws {
    try TestFiles.withFolder { folder in
      try AtomicFile.write("one", to: folder + "/real.txt")
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.txt", withDestinationPath: folder + "/real.txt")
      try AtomicFile.write("two", to: folder + "/link.txt")
      #expect(try String(contentsOfFile: folder + "/real.txt", encoding: .utf8) == "two")
      let kind = try FileManager.default.attributesOfItem(atPath: folder + "/link.txt")[.type]
      #expect(kind as? FileAttributeType == .typeSymbolicLink)
    }
  }

  @Test func `outputs that cannot be made have status 73, those cut off 74`() throws {
    try TestFiles.withFolder { folder in
      for path in [folder, folder + "/none/out.txt"] {
        let error = #expect(throws: OutputError.self) { try AtomicFile.write("x", to: path) }
        #expect(error?.exitStatus == 73)
      }
    }
    let full = #expect(throws: OutputError.self) { try AtomicFile.write("x", to: "/dev/full") }
    #expect(full?.exitStatus == 74)
    try AtomicFile.write("x", to: "/dev/null")
    let kind = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(kind as? FileAttributeType == .typeCharacterSpecial)
  }
}

@Suite struct LeftoverTests {
  @Test func `what a killed process left is removed, what others use stays`() throws {
    try TestFiles.withFolder { folder in
      // No process has so high a number.
      let dead = [".people.csv.99999999.tessera-tmp", ".99999999.tessera-tmp.txt"]
      let alive = ".people.csv.\(getpid()).tessera-tmp"
      for name in dead + [alive, "mine.99999999.csv"] {
        try Data("x".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
      }
      try AtomicFile.write("new", to: folder + "/other.csv")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(left == [dead[1], alive, "mine.99999999.csv", "other.csv"].sorted())
    }
  }
}
