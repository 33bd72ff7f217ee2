internal import TesseraSurvey

extension Notebook {
  private static let keys = ["title", "data", "sha256", "seed", "needs", "timeout"]

  /// Reads a notebook.
  ///
  /// - Parameters:
  ///   - text: The whole Markdown text.
  ///   - file: The file's name, for messages.
  /// - Returns: The notebook.
  /// - Throws: ``StudyError`` (`E03xx` for the front matter, `E08xx` for blocks) with the line.
  public static func parse(_ text: String, file: String) throws(StudyError) -> Notebook {
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map(String.init)
    var start = 0
    var matter: StudyNode.Fields?
    if lines.first == "---" {
      guard let end = lines.dropFirst().firstIndex(where: { $0 == "---" || $0 == "..." }) else {
        throw fault("E0801", "the front matter is never closed", file, 1, "close it with ---")
      }
      // A line break in the place of the opening mark keeps the numbers of the lines.
      let yaml = "\n" + lines[1..<end].joined(separator: "\n") + "\n"
      if lines[1..<end].contains(where: { !$0.allSatisfy(\.isWhitespace) }) {
        matter = try StudyNode.parse(yaml, file: "\(file)")
          .fields(keys, of: "a notebook's front matter", example: "title: ...")
      }
      start = end + 1
    }
    return Notebook(
      file: file,
      title: try matter?.text("title", "a title")
        ?? (file.split(separator: "/").last.map(String.init) ?? file),
      data: try dataFiles(matter), seed: try seed(matter),
      needs: try matter?["needs"]?.names("programs", example: "[duckdb]") ?? [],
      timeout: try timeout(matter), blocks: try blocks(lines, from: start, file: file),
      lines: lines)
  }

  static func fault(
    _ code: String, _ message: String, _ file: String, _ line: Int, _ hint: String
  ) -> StudyError {
    StudyError(code: code, message: message, file: file, row: line, hint: hint)
  }

  // MARK: - Front matter

  private static func dataFiles(_ matter: StudyNode.Fields?) throws(StudyError) -> [DataFile] {
    guard let node = matter?["data"] else { return [] }
    let example = "survey.csv, with sha256: beside it, or { survey.csv: SHA256 }"
    switch node.content {
    case .text:
      let path = try node.text("a file", example: example)
      return [DataFile(path: path, sha256: try matter?.text("sha256", "a checksum"))]
    case .list(let nodes):
      var files: [DataFile] = []
      for node in nodes {
        if case .map = node.content {
          let fields = try node.fields(["path", "sha256"], of: "a data file")
          let path = try fields.required("path", example: "survey.csv").text("a file")
          files.append(DataFile(path: path, sha256: try fields.text("sha256", "a checksum")))
        } else {
          files.append(DataFile(path: try node.text("a file", example: example), sha256: nil))
        }
      }
      return files
    case .map(let entries):
      let fields = entries.map(\.key)
      if fields.contains("path") {
        let fields = try node.fields(["path", "sha256"], of: "a data file")
        let path = try fields.required("path", example: "survey.csv").text("a file")
        return [DataFile(path: path, sha256: try fields.text("sha256", "a checksum"))]
      }
      var files: [DataFile] = []
      for entry in entries {
        files.append(DataFile(path: entry.key, sha256: try entry.value.text("a checksum")))
      }
      return files
    }
  }

  private static func seed(_ matter: StudyNode.Fields?) throws(StudyError) -> UInt64? {
    guard let node = matter?["seed"] else { return nil }
    let number = try node.number("a seed", example: "1")
    guard let seed = UInt64(exactly: number) else {
      throw node.error(.range, "a seed is a whole number from 0", hint: "write 1")
    }
    return seed
  }

  private static func timeout(_ matter: StudyNode.Fields?) throws(StudyError) -> Double {
    guard let node = matter?["timeout"] else { return 600 }
    let seconds = try node.number("a number of seconds", example: "600")
    guard seconds > 0, seconds <= 86_400 else {
      throw node.error(.range, "a timeout lies between 0 and 86400 seconds", hint: "write 600")
    }
    return seconds
  }

  // MARK: - Blocks

  private static func blocks(
    _ lines: [String], from start: Int, file: String
  ) throws(StudyError) -> [Block] {
    var blocks: [Block] = []
    var position = start
    while position < lines.count {
      guard let fence = Fence(lines[position]) else {
        blocks += figures(lines[position]).map { .figure(path: $0, line: position + 1) }
        position += 1
        continue
      }
      let opening = position
      position += 1
      while position < lines.count, !fence.isClosed(by: lines[position]) { position += 1 }
      guard position < lines.count else {
        throw fault(
          "E0802", "the block that begins here is never closed", file, opening + 1,
          "close it with \(fence.mark)")
      }
      let inside = (opening + 1)..<position
      if let block = try block(fence, lines, inside, file) { blocks.append(block) }
      position += 1
    }
    return blocks
  }

  private static func block(
    _ fence: Fence, _ lines: [String], _ inside: Range<Int>, _ file: String
  ) throws(StudyError) -> Block? {
    let line = inside.lowerBound
    let words = fence.info.split(separator: " ").map(String.init)
    let text = lines[inside].map { fence.unindented($0) + "\n" }.joined()
    switch words.first {
    case "file":
      guard words.count == 2 else {
        throw fault("E0803", "a file block names one file", file, line, "write ```file NAME")
      }
      return .file(name: try safePath(words[1], file, line), text: text, line: line)
    case "console":
      let commands = try commands(lines, inside, fence, file)
      guard !commands.isEmpty else { return nil }
      let tolerance = try tolerance(words.dropFirst(), file, line)
      return .console(
        Console(
          tolerance: tolerance, commands: commands,
          fences: (inside.lowerBound - 1)...inside.upperBound))
    case "swift":
      guard let word = words.dropFirst().first(where: { $0.hasPrefix("snippet=") }) else {
        return nil
      }
      let name = try safePath(String(word.dropFirst(8)), file, line)
      return .snippet(name: name, text: text, line: line)
    default: return nil
    }
  }

  /// Refuses a path that leads out of the folder the notebook runs in.
  private static func safePath(
    _ path: String, _ file: String, _ line: Int
  ) throws(StudyError) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != ".." }) else {
      throw fault(
        "E0804", "'\(DisplayText.escaped(path))' leads out of the notebook's folder", file, line,
        "write a relative path without ..")
    }
    return path
  }

  private static func tolerance(
    _ words: ArraySlice<String>, _ file: String, _ line: Int
  ) throws(StudyError) -> Double? {
    guard let word = words.first else { return nil }
    let plain = word.filter { $0 != "[" && $0 != "]" }
    guard words.count == 1, plain.hasPrefix("tol="), let tolerance = Double(plain.dropFirst(4)),
      tolerance >= 0, tolerance.isFinite
    else {
      throw fault(
        "E0805", "'\(DisplayText.escaped(words.joined(separator: " ")))' means nothing here", file,
        line, "write ```console tol=1e-6")
    }
    return tolerance
  }

  private static func commands(
    _ lines: [String], _ inside: Range<Int>, _ fence: Fence, _ file: String
  ) throws(StudyError) -> [Command] {
    func line(_ position: Int) -> String { fence.unindented(lines[position]) }
    func isCommand(_ position: Int) -> Bool {
      line(position).hasPrefix("$ ") || line(position) == "$"
    }
    var commands: [Command] = []
    var position = inside.lowerBound
    if let first = inside.first(where: { !line($0).allSatisfy(\.isWhitespace) }),
      !isCommand(first)
    {
      throw fault(
        "E0806", "a console block begins with a command", file, first + 1,
        "write $ before the command, or call the block something else")
    }
    while position < inside.upperBound {
      guard isCommand(position) else {
        position += 1
        continue
      }
      let first = position
      var text = [String(line(position).dropFirst(2))]
      position += 1
      while position < inside.upperBound, line(position).hasPrefix("> ") || line(position) == ">" {
        text.append(String(line(position).dropFirst(2)))
        position += 1
      }
      let source = first..<position
      let end = (position..<inside.upperBound).first { isCommand($0) } ?? inside.upperBound
      var output = position..<end
      var status: Int32 = 0
      if let first = output.first, let said = exitStatus(line(first)) {
        status = said
        output = (first + 1)..<end
      } else if let last = output.last, let said = exitStatus(line(last)) {
        status = said
        output = output.lowerBound..<last
      }
      commands.append(
        Command(
          text: text.joined(separator: "\n"), line: first + 1, status: status,
          expected: output.map { line($0) }, expectedLine: output.lowerBound + 1, source: source))
      position = end
    }
    return commands
  }

  private static func exitStatus(_ line: String) -> Int32? {
    guard line.hasPrefix("? ") else { return nil }
    return Int32(line.dropFirst(2)).flatMap { (0...255).contains($0) ? $0 : nil }
  }

  /// Paths of the local SVG images that a line shows.
  private static func figures(_ line: String) -> [String] {
    var paths: [String] = []
    var rest = Substring(line)
    while let mark = rest.range(of: "](") {
      let isImage = rest[..<mark.lowerBound].lastIndex(of: "[").map { bracket in
        bracket > rest.startIndex && rest[rest.index(before: bracket)] == "!"
      }
      rest = rest[mark.upperBound...]
      let path = rest.prefix { $0 != ")" && $0 != " " }
      if isImage == true, path.hasSuffix(".svg"), !path.contains(":"), !path.hasPrefix("/") {
        paths.append(String(path))
      }
    }
    return paths
  }
}

extension Substring {
  /// The first place of a text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
