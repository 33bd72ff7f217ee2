import Foundation
import TesseraFiles
import TesseraReport
import TesseraStudy

/// The deck of a run, made anew or filled anew where people have worked on it.
struct DeckOutput {
  /// Name of the deck in the folder of a run.
  static let name = "deck.pptx"
  /// Name of the deck as it was before.
  static let previous = "deck.previous.pptx"

  /// The deck.
  let bytes: [UInt8]
  /// The deck before, where people had changed it; `nil` otherwise.
  let before: [UInt8]?
  /// What moved in a deck that was filled anew, in sentences.
  let moved: [String]

  /// Makes the deck of a folder.
  ///
  /// A deck that people changed, or that has a look of its own, is filled anew; any other is written
  /// new. A template that holds generated shapes is filled, any other lends its look.
  ///
  /// - Parameters:
  ///   - deck: The slides.
  ///   - folder: The folder of the run, with the deck of an earlier run if there is one.
  ///   - template: Path of a presentation; `nil` for none.
  /// - Throws: ``ReportedError`` if a presentation cannot be read or written.
  init(_ deck: DeckFile, folder: String, template: String? = nil) throws {
    let path = "\(folder)/\(Self.name)"
    let old = FileManager.default.contents(atPath: path).map { Array($0) }
    let recorded = FileManager.default.contents(atPath: "\(folder)/run.json")
      .flatMap { try? JSONValue.parse($0) }?["checksums"]?[Self.name]?.string
    let isTouched = old.map { SHA256.hex(of: $0) != recorded } ?? false
    if let template {
      guard let data = FileManager.default.contents(atPath: template) else {
        throw StudyError(
          code: "E0101", message: "no such file", file: template,
          hint: "--template names a presentation (.pptx)", exitStatus: 66)
      }
      let own = Array(data)
      if try DeckFile.isGenerated(own, file: template) {
        (bytes, moved) = try deck.refilled(own, file: template)
      } else {
        bytes = try deck.bytes(template: (own, template))
        moved = []
      }
    } else if let old, try DeckFile.isGenerated(old, file: path),
      try isTouched || DeckFile.hasOwnLook(old, file: path)
    {
      (bytes, moved) = try deck.refilled(old, file: path)
    } else {
      bytes = try deck.bytes()
      moved = []
    }
    before = isTouched && old != bytes ? old : nil
  }
}
