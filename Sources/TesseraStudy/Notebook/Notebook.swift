/// A Markdown text whose commands can be run and whose outputs can be checked.
///
/// Plain CommonMark: a front matter between `---` lines, fenced blocks called `file NAME` that hold
/// a file, blocks called `console` that hold commands (`$ ...`) with their output, blocks called
/// `swift snippet=NAME` that quote a file, and links to SVG figures that a command writes. All else
/// is prose. In an output `...` stands for any lines and `[..]` for any text; with `tol=1e-6` behind
/// `console`, numbers may differ by so much; `? 66` behind a command is its exit status.
public struct Notebook: Sendable, Equatable {
  /// The file, as the user named it.
  public let file: String
  /// The title; the file's name if there is none.
  public let title: String
  /// Data files it starts from, with their checksums.
  public let data: [DataFile]
  /// Seed for its commands, if it names one.
  public let seed: UInt64?
  /// Programs without which it is skipped, such as `duckdb`.
  public let needs: [String]
  /// Most seconds that a command may take.
  public let timeout: Double
  /// What is to be written, run or compared, in order.
  public let blocks: [Block]
  /// The lines of the whole text, without line ends.
  let lines: [String]

  /// A file that a notebook starts from.
  public struct DataFile: Sendable, Equatable {
    /// The path, relative to the folder the notebook runs in.
    public let path: String
    /// SHA-256 in hexadecimal; `nil` if the notebook does not say.
    public let sha256: String?
  }

  /// A part of a notebook that does something.
  public enum Block: Sendable, Equatable {
    /// Writes a file.
    case file(name: String, text: String, line: Int)
    /// Runs commands and compares their output.
    case console(Console)
    /// Quotes a file; the quote must equal it.
    case snippet(name: String, text: String, line: Int)
    /// Shows a figure; it must equal the one a command writes.
    case figure(path: String, line: Int)
  }

  /// A block of commands with their outputs.
  public struct Console: Sendable, Equatable {
    /// How much numbers may differ; `nil` if outputs must agree letter by letter.
    public let tolerance: Double?
    /// The commands.
    public let commands: [Command]
    /// The lines of the opening and the closing fence, from 0.
    let fences: ClosedRange<Int>
  }

  /// A command with the output it should have.
  public struct Command: Sendable, Equatable {
    /// What the shell is to run; several lines if they are continued.
    public let text: String
    /// The line of the `$`, from 1.
    public let line: Int
    /// The exit status it should have.
    public let status: Int32
    /// The output it should have, line by line.
    public let expected: [String]
    /// The line of the first line of output, from 1.
    public let expectedLine: Int
    /// The lines of the command itself, from 0, without output and status.
    let source: Range<Int>
  }
}
