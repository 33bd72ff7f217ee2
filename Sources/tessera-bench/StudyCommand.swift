import ArgumentParser
import Foundation

/// Writes a whole simulated study, to time `tessera run` on.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Write a simulated study: survey, products, relations and study.yaml.",
    discussion: """
      The study of the first target, and of the second:

        tessera-bench study --respondents 2000 -o a && tessera run a/study.yaml --replicates 200
        tessera-bench study --respondents 5000 --needs 30 --features 40 --products 50 -o b
      """)

  @Option(help: "Respondents.")
  var respondents = 2_000

  @Option(
    help: "Active variables: four in ten ticks, three in ten scales, then categories, numbers.")
  var variables = 60

  @Option(help: "Needs, each with importance and satisfaction.")
  var needs = 15

  @Option(help: "Features; the first is the price.")
  var features = 20

  @Option(help: "Products.")
  var products = 20

  @Option(help: "Number of segments, or the range to choose from.")
  var segments = "2-8"

  @Option(help: "Starts for each number of segments.")
  var starts = 20

  @Option(help: "Bootstrap pairs for stability; 0 for none.")
  var stability = 0

  @Option(help: "Seed of everything drawn.")
  var seed: UInt64 = 20_261_126

  @Option(name: .shortAndLong, help: "Folder to write into.")
  var output: String

  func validate() throws {
    guard respondents > 0, variables > 9, needs > 0, products > 0, features > 3 else {
      throw ValidationError(
        "a study needs respondents, 10 variables, a need, 4 features, a product")
    }
  }

  func run() throws {
    let study = SyntheticStudy(
      respondents: respondents, variables: variables, needs: needs, features: features,
      products: products, seed: seed)
    try FileManager.default.createDirectory(
      atPath: output, withIntermediateDirectories: true)
    let head = """
      title: "Simulated study for timing: \(respondents) respondents, \(variables) active variables"
      """
    let file = study.file(head, segments: segments, starts: starts, stability: stability)
    for (name, text) in [
      ("respondents.csv", study.survey()), ("products.csv", study.products()),
      ("relations.csv", study.relations()), ("study.yaml", file),
    ] {
      try AtomicText.write(text, to: "\(output)/\(name)")
    }
  }
}
