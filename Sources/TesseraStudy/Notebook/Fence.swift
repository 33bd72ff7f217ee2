/// The opening line of a fenced block.
struct Fence {
  /// The marks, at least three.
  let mark: String
  /// What stands behind them.
  let info: String
  /// Number of blanks before them.
  let indent: Int

  /// Reads a line; `nil` if it opens no block.
  init?(_ line: String) {
    let blanks = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(blanks)
    guard blanks < 4, let sign = rest.first, sign == "`" || sign == "~" else { return nil }
    let marks = rest.prefix { $0 == sign }
    let words = rest.dropFirst(marks.count)
    guard marks.count >= 3, sign == "~" || !words.contains("`") else { return nil }
    mark = String(marks)
    info = words.split(separator: " ").joined(separator: " ")
    indent = blanks
  }

  /// Whether a line closes the block.
  func isClosed(by line: String) -> Bool {
    let blanks = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(blanks)
    let marks = rest.prefix { $0 == mark.first }
    return blanks < 4 && marks.count >= mark.count
      && rest.dropFirst(marks.count).allSatisfy { $0 == " " || $0 == "\t" }
  }

  /// A line of the block without the blanks that the fence has before it.
  func unindented(_ line: String) -> String {
    let blanks = min(indent, line.prefix { $0 == " " }.count)
    return String(line.dropFirst(blanks))
  }
}
