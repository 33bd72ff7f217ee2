import ArgumentParser
import Foundation
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera price`: what people do at the prices of a product.
struct PriceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "price",
    abstract: "What price: who accepts, prefers and pays what over the price of a product.",
    discussion: """
      At each price: the share of people who would accept the product, who take it among the products \
      of the market (by the rule that scenarios and lines count by), revenue, profit where products \
      have a cost, and how demand gives way (elasticity from 5% below to 5% above). The best price \
      comes with all prices that may bring as much; it is sought among more prices than are told, \
      within those that people stated or were asked about. Van Westendorp's questions and a price \
      ladder (Gabor-Granger) are told beside the fit, and where they disagree; a ladder alone, in a \
      study without products, is enough. \
      Intervals come from the run's own replicates: respondents drawn again and segmented again. \
      Several products are told in short, each by itself while the others keep their prices.

      EXAMPLES
        tessera price study-tessera
        tessera price study-tessera --product wagon
        tessera price study-tessera --product wagon --from 20000 --to 40000 --steps 41 --json
        tessera price study-tessera --product wagon --segment Families
      """)

  @Argument(help: "Folder of a finished run, or a study file.")
  var subject: String

  @Option(help: "A product, by its name or its label; may be repeated. Default: all.")
  var product: [String] = []

  @Option(help: "The first price. Default: half the lowest of the catalogue, or the lowest stated.")
  var from: Double?

  @Option(
    help: "The last price. Default: 1.5 times the highest of the catalogue, or the highest stated.")
  var to: Double?

  @Option(help: "How many prices; without --from and --to round ones, at most so many.")
  var steps = 50

  @Option(help: "Whose curve is printed: a segment, by id or name. Default: everybody.")
  var segment: String?

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard (2...1000).contains(steps) else { throw ValidationError("--steps is from 2 to 1000") }
    for (name, price) in [("--from", from), ("--to", to)] {
      if let price, !(price > 0 && price.isFinite) {
        throw ValidationError("\(name) must be a price above 0")
      }
    }
  }

  func run() throws {
    let finished = try FinishedRun(subject, moved)
    let settings = work.settings(output)
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, needsProducts: false, isResampled: true,
      warn: output.warn)
    let wanted = try segment.map { try segmented.segments.named($0) }
    let answers = try PriceFinder(study, segmented, settings: settings)
      .pricings(of: product, from: from, to: to, steps: steps)
    if output.json {
      var document: JSONValue = ["schema": "tessera.price/1"]
      if answers.count == 1 {
        document.add(answers[0].json)
      } else {
        document.add(["products": answers.map(\.json)])
      }
      try Console.out(document.text)
      return
    }
    let reports = answers.map { PricingReport($0, segments: segmented.segments) }
    let isBrief = reports.count > 1
    var texts = reports.map {
      SectionText.text($0.blocks(curveOf: wanted?.id, isBrief: isBrief))
    }
    if isBrief { texts += reports.prefix(1).map(\.notes) }
    try Console.out(texts.joined(separator: "\n\n"))
  }
}

extension [Segment] {
  /// The segment with an id or a name.
  ///
  /// - Throws: ``UsageError`` with the nearest name, if there is none.
  func named(_ text: String) throws -> Segment {
    if let found = first(where: { $0.id == text || $0.name == text }) { return found }
    throw UsageError(
      message: "there is no segment '\(DisplayText.escaped(text))'",
      hint: NearestName.question(text, among: flatMap { [$0.id, $0.name] })
        ?? "segments: " + map(\.display).joined(separator: ", "))
  }
}
