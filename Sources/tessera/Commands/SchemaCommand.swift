import ArgumentParser
import Foundation
import TesseraStudy
import TesseraSurvey

/// `tessera schema`: the study file for editors that check and complete as one types.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Every key of the study file, as a JSON Schema for editors.",
    discussion: """
      EXAMPLES
        tessera schema > tessera.schema.json
        echo '# yaml-language-server: $schema=tessera.schema.json' | cat - study.yaml
        tessera schema --markdown            the same as a page for people
        tessera help study filter            one key, on the screen
      """)

  @Flag(help: "Print the reference as Markdown.")
  var markdown = false

  func run() throws {
    try Console.out(markdown ? StudyReference.markdown : StudyReference.schema.text)
  }
}

/// `tessera help study [KEY]`: what a key of the study file means.
enum StudyHelp {
  /// Prints the top keys, or one key with those under it.
  ///
  /// - Parameter key: A path such as `survey.filter`, or its last part; `nil` for all top keys.
  /// - Throws: ``UsageError`` for a key that does not exist.
  static func show(_ key: String?) throws {
    guard let key else {
      let top = StudyReference.keys.filter { !$0.path.contains(".") }
      let width = top.map(\.path.count).max() ?? 0
      for one in top {
        let name = one.path.padding(toLength: width, withPad: " ", startingAt: 0)
        try Console.out("\(name)  \(one.meaning)")
      }
      try Console.out("\ntessera help study KEY tells more, such as: tessera help study filter")
      return
    }
    let found = StudyReference.find(key)
    guard !found.isEmpty else {
      throw UsageError(
        message: "there is no key '\(DisplayText.escaped(key))' in a study file",
        hint: StudyReference.question(key) ?? "tessera help study lists the keys")
    }
    for (place, one) in found.enumerated() {
      if place > 0 { try Console.out("") }
      try Console.out(
        """
        \(one.path)
          \(one.meaning)
          takes: \(one.type)
          \(one.isRequired ? "must be there" : "without it: \(one.standard)")
          example: \(one.name): \(one.example)
          told in: \(one.told)
        """)
    }
  }
}
