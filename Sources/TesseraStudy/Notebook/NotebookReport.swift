/// What running a notebook brought to light.
public struct NotebookReport: Sendable, Equatable {
  /// The notebook's file.
  public let file: String
  /// Its title.
  public let title: String
  /// Number of commands run.
  public let commands: Int
  /// The program for want of which it was skipped; `nil` if it ran.
  public let skippedFor: String?
  /// Where the notebook and the outputs differ, in the order of the text.
  public let differences: [NotebookDifference]
  /// The text with the outputs that came; lines that agreed within tolerance are left alone.
  public let updated: String
  /// Figures to be copied from the folder to beside the notebook.
  public let figures: [String]

  /// Whether everything came as the notebook shows it.
  public var isClean: Bool { differences.isEmpty }

  init(notebook: Notebook, skippedFor need: String) {
    file = notebook.file
    title = notebook.title
    commands = 0
    skippedFor = need
    differences = []
    updated = notebook.lines.joined(separator: "\n")
    figures = []
  }

  init(
    notebook: Notebook, commands: Int, differences: [NotebookDifference], edits: [NotebookEdit],
    figures: [String]
  ) {
    file = notebook.file
    title = notebook.title
    self.commands = commands
    skippedFor = nil
    self.differences = differences
    self.figures = figures
    var lines = notebook.lines
    for edit in edits.reversed() { edit.apply(to: &lines) }
    updated = lines.joined(separator: "\n")
  }
}

/// A place where a notebook shows something else than what happens.
public struct NotebookDifference: Sendable, Equatable, CustomStringConvertible {
  /// The notebook's file.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The command, or the file in question.
  public let subject: String
  /// Lines that agree (two blanks before), are missing (`- `) or new (`+ `).
  public let changes: [String]
  /// What is wrong, in one sentence.
  public let message: String

  /// Place, message, subject and changes, a line each.
  public var description: String {
    let head =
      "\(file):\(line): \(message)\n  $ \(subject.split(separator: "\n").joined(separator: "\n  > "))"
    return changes.isEmpty ? head : head + "\n" + changes.joined(separator: "\n")
  }

  /// Changed lines with two lines around each; what is left out becomes one mark.
  static func lines(_ steps: [OutputComparison.Step]) -> [String] {
    let around = 2
    var isNear = [Bool](repeating: false, count: steps.count)
    for (position, step) in steps.enumerated() where step.isChange {
      for near in max(0, position - around)...min(steps.count - 1, position + around) {
        isNear[near] = true
      }
    }
    var lines: [String] = []
    for (position, step) in steps.enumerated() {
      guard isNear[position] else {
        if position > 0, isNear[position - 1] { lines.append("  (lines that agree)") }
        continue
      }
      switch step {
      case .kept(let line): lines.append("  \(line)")
      case .covered: lines.append("  ...")
      case .missing(let line): lines.append("- \(line)")
      case .added(let line): lines.append("+ \(line)")
      }
    }
    return lines
  }
}

/// A console block written anew.
struct NotebookEdit: Equatable {
  /// A command with the output it gave.
  struct Written: Equatable {
    let command: Notebook.Command
    let status: Int32
    let lines: [String]
    let isChanged: Bool
  }

  /// The lines of the opening and the closing fence, from 0.
  let fences: ClosedRange<Int>
  /// The commands of the block.
  let written: [Written]

  /// Rewrites the block; commands whose output agreed keep their lines.
  func apply(to lines: inout [String]) {
    guard let opening = Fence(lines[fences.lowerBound]) else { return }
    let indent = String(repeating: " ", count: opening.indent)
    var inside: [String] = []
    for (position, entry) in written.enumerated() {
      let start = entry.command.source.lowerBound
      let end =
        position + 1 < written.count
        ? written[position + 1].command.source.lowerBound : fences.upperBound
      guard entry.isChanged else {
        inside += lines[start..<end]
        continue
      }
      inside += lines[entry.command.source]
      if entry.status != 0 { inside.append("\(indent)? \(entry.status)") }
      inside += entry.lines.map { $0.isEmpty ? "" : indent + $0 }
      // Blank lines between commands stay.
      let blanks = lines[start..<end].reversed().prefix { $0.allSatisfy(\.isWhitespace) }.count
      if position + 1 < written.count {
        inside += Array(repeating: "", count: blanks)
      }
    }
    // A fence must be longer than any in the output.
    let sign = opening.mark.first ?? "`"
    let longest =
      inside.map { line in
        line.drop { $0 == " " }.prefix { $0 == sign }.count
      }.max() ?? 0
    var block = [lines[fences.lowerBound]] + inside + [lines[fences.upperBound]]
    if longest >= opening.mark.count {
      let mark = String(repeating: String(sign), count: longest + 1)
      block[0] = indent + mark + opening.info
      block[block.count - 1] = indent + mark
    }
    lines.replaceSubrange(fences, with: block)
  }
}
