import Testing

@testable import TesseraStudy

@Suite struct AssignmentNotesTests {
  @Test func `the same fault in many columns is one warning`() {
    var notes = AssignmentNotes()
    notes.findings = ["a", "b", "c", "d"].map {
      AssignmentNotes.Finding(column: $0, kind: .unknown, count: 2, first: 0, place: nil)
    }
    #expect(
      notes.sentences == [
        "4 columns: 8 answers are not known to the model and count as missing. "
          + "By column: a 2, b 2, c 2, d 2."
      ])
    notes.findings.removeLast()
    #expect(notes.sentences.count == 3)
  }
}
