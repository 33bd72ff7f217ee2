import TesseraSurvey

/// What a run has to say of its data, behind its findings.
struct RunNotes {
  /// What was found while reading.
  var notes: [String]
  /// What a reader should know before using the numbers.
  var warnings: [String]

  /// More than these are counted in one line.
  private static let most = 3

  /// The same without what is told elsewhere.
  func without(_ told: [String]) -> RunNotes {
    RunNotes(notes: notes, warnings: warnings.filter { !told.contains($0) })
  }

  /// Tells few in full and many in one line, on standard error.
  ///
  /// - Parameters:
  ///   - output: Whether anything is told.
  ///   - folder: The run's folder.
  ///   - always: Warnings told in full however many there are: what was declared and has no effect.
  func tell(_ output: OutputOptions, folder: String, always: [String]) {
    let count = notes.count + warnings.count
    guard count > Self.most else {
      warnings.forEach(output.warn)
      for note in notes { output.note("note: \(note)") }
      return
    }
    always.forEach(output.warn)
    let parts = [(warnings.count, "warning"), (notes.count, "note")].filter { $0.0 > 0 }.map {
      "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")"
    }
    output.note(
      "\(parts.joined(separator: " and ")) (tessera notes \(DisplayText.escaped(folder)))")
  }

  /// All of them, warnings first.
  var lines: [String] { warnings.map { "warning: \($0)" } + notes.map { "note: \($0)" } }
}
