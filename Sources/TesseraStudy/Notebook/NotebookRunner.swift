internal import TesseraFiles
internal import TesseraSurvey

/// Runs notebooks and compares what they show with what happens.
///
/// Knows no processes and no folders: what a command does, and where files stand, is handed in.
public struct NotebookRunner: Sendable {
  /// The folder a notebook runs in, and the shell there.
  public struct Workspace: Sendable {
    /// Writes a file into the folder.
    public let write: @Sendable (_ path: String, _ text: String) throws(StudyError) -> Void
    /// Runs a command in the folder's one shell.
    public let run: @Sendable (_ command: String, _ timeout: Double) throws(StudyError) -> Output
    /// The bytes of a file in the folder; `nil` if there is none.
    public let read: @Sendable (_ path: String) -> [UInt8]?
    /// The bytes of a file beside the notebook; `nil` if there is none.
    public let readBeside: @Sendable (_ path: String) -> [UInt8]?
    /// Whether a program that the notebook needs is there.
    public let has: @Sendable (_ program: String) -> Bool

    /// Describes a folder.
    ///
    /// - Parameters:
    ///   - write: Writes a file into it.
    ///   - run: Runs a command in its one shell.
    ///   - read: The bytes of a file in it.
    ///   - readBeside: The bytes of a file beside the notebook.
    ///   - has: Whether a program is there.
    public init(
      write: @escaping @Sendable (String, String) throws(StudyError) -> Void,
      run: @escaping @Sendable (String, Double) throws(StudyError) -> Output,
      read: @escaping @Sendable (String) -> [UInt8]?,
      readBeside: @escaping @Sendable (String) -> [UInt8]?,
      has: @escaping @Sendable (String) -> Bool
    ) {
      self.write = write
      self.run = run
      self.read = read
      self.readBeside = readBeside
      self.has = has
    }
  }

  /// What a command did.
  public struct Output: Sendable, Equatable {
    /// Its exit status.
    public let status: Int32
    /// What it wrote, standard output and standard error as they came.
    public let text: String
    /// Whether it was ended because it took too long.
    public let timedOut: Bool

    /// Tells what a command did.
    public init(status: Int32, text: String, timedOut: Bool = false) {
      self.status = status
      self.text = text
      self.timedOut = timedOut
    }
  }

  /// Where commands run.
  public let workspace: Workspace

  /// Makes a runner.
  public init(_ workspace: Workspace) {
    self.workspace = workspace
  }

  /// Runs a notebook.
  ///
  /// - Parameter notebook: What to run.
  /// - Returns: What differed, and the text as it should read.
  /// - Throws: ``StudyError`` if the folder or the shell fails; a command that fails is a
  ///   difference, no error.
  public func run(_ notebook: Notebook) throws(StudyError) -> NotebookReport {
    if let need = notebook.needs.first(where: { !workspace.has($0) }) {
      return NotebookReport(notebook: notebook, skippedFor: need)
    }
    var differences = dataDifferences(notebook)
    var edits: [NotebookEdit] = []
    var figures: [String] = []
    var commands = 0
    for block in notebook.blocks {
      switch block {
      case .file(let name, let text, _): try workspace.write(name, text)
      case .snippet(let name, let text, let line):
        if let difference = snippetDifference(name, text, line, notebook) {
          differences.append(difference)
        }
      case .figure(let path, let line):
        guard let made = workspace.read(path), made != workspace.readBeside(path) else { continue }
        figures.append(path)
        differences.append(
          NotebookDifference(
            file: notebook.file, line: line, subject: path, changes: [],
            message: "the figure is not the one that the commands write"))
      case .console(let console):
        commands += console.commands.count
        var written: [NotebookEdit.Written] = []
        for command in console.commands {
          let output = try workspace.run(command.text, notebook.timeout)
          let check = Check(command: command, output: output, tolerance: console.tolerance)
          differences += check.differences(notebook.file, timeout: notebook.timeout)
          written.append(check.written)
        }
        if written.contains(where: \.isChanged) {
          edits.append(NotebookEdit(fences: console.fences, written: written))
        }
      }
    }
    return NotebookReport(
      notebook: notebook, commands: commands, differences: differences, edits: edits,
      figures: figures)
  }

  private func dataDifferences(_ notebook: Notebook) -> [NotebookDifference] {
    notebook.data.compactMap { file in
      let message: String
      if let bytes = workspace.read(file.path) {
        guard let expected = file.sha256, SHA256.hex(of: bytes) != expected.lowercased() else {
          return nil
        }
        message =
          "the data are not those the notebook was written for: SHA-256 is "
          + SHA256.hex(of: bytes)
      } else {
        message = "the data are not there"
      }
      return NotebookDifference(
        file: notebook.file, line: 1, subject: file.path, changes: [], message: message)
    }
  }

  private func snippetDifference(
    _ name: String, _ text: String, _ line: Int, _ notebook: Notebook
  ) -> NotebookDifference? {
    guard let bytes = workspace.readBeside(name) else {
      return NotebookDifference(
        file: notebook.file, line: line, subject: name, changes: [],
        message: "the quoted file is not there")
    }
    let quoted = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let source = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard quoted != source else { return nil }
    let steps = OutputComparison(tolerance: nil).steps(quoted, source)
    return NotebookDifference(
      file: notebook.file, line: line + 1, subject: name, changes: NotebookDifference.lines(steps),
      message: "the quote differs from the file")
  }

  /// A command held against its output.
  private struct Check {
    let command: Notebook.Command
    let output: Output
    let steps: [OutputComparison.Step]

    init(command: Notebook.Command, output: Output, tolerance: Double?) {
      self.command = command
      self.output = output
      var actual = output.text.split(omittingEmptySubsequences: false) {
        $0 == "\n" || $0 == "\r\n"
      }
      .map(String.init)
      while actual.last?.isEmpty == true { actual.removeLast() }
      var expected = command.expected
      // Blank lines at the end separate commands from each other.
      while expected.last?.allSatisfy(\.isWhitespace) == true { expected.removeLast() }
      steps = OutputComparison(tolerance: tolerance).steps(expected, actual)
    }

    func differences(_ file: String, timeout: Double) -> [NotebookDifference] {
      var result: [NotebookDifference] = []
      func add(_ line: Int, _ message: String, _ changes: [String] = []) {
        result.append(
          NotebookDifference(
            file: file, line: line, subject: command.text, changes: changes, message: message))
      }
      if output.timedOut {
        add(command.line, "the command took longer than \(Int(timeout.rounded(.up))) seconds")
      } else if output.status != command.status {
        add(command.line, "exit status \(output.status), expected \(command.status)")
      }
      let first = steps.firstIndex { $0.isChange }
      if let first {
        let before = steps[..<first].count { step in
          if case .added = step { false } else { true }
        }
        add(
          command.expectedLine + before, "the output differs", NotebookDifference.lines(steps))
      }
      return result
    }

    /// The output as the notebook should show it.
    var written: NotebookEdit.Written {
      let lines = steps.flatMap { step -> [String] in
        switch step {
        case .kept(let line), .added(let line): [line]
        case .covered: ["..."]
        case .missing: []
        }
      }
      return NotebookEdit.Written(
        command: command, status: output.status, lines: lines,
        isChanged: output.status != command.status || steps.contains(where: \.isChange))
    }
  }
}

extension OutputComparison.Step {
  /// Whether the notebook is wrong here.
  var isChange: Bool {
    switch self {
    case .kept, .covered: false
    case .missing, .added: true
    }
  }
}
