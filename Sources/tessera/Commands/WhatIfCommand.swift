import ArgumentParser
import Foundation
import TesseraProductFit
import TesseraReport
import TesseraStudy
import TesseraSurvey

/// `tessera whatif`: what a change to a product would bring.
struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "What a change to a product would bring: fit and gain in every segment.",
    discussion: """
      The segments are those of the finished run. Intervals come from the run's own replicates: \
      respondents drawn again and segmented again, each compared with itself.

      EXAMPLES
        tessera whatif study-tessera --product coupe --set seats=4 --set price=45000
        tessera whatif study.yaml --product suv --set mpg=40 --json
      """)

  @Argument(help: "Folder of a finished run, or a study file.")
  var subject: String

  @Option(help: "The product that is changed, by its name or its label.")
  var product: String

  @Option(
    help: ArgumentHelp(
      "A feature and its new level, each by its name or its label; may be repeated.",
      valueName: "feature=level"))
  var set: [String]

  @OptionGroup(title: "Work") var work: WorkOptions
  @OptionGroup(title: "A finished run") var moved: MovedSurvey
  @OptionGroup(title: "Reading") var reading: ReadingFlags
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let changes = try set.map { text -> FeatureSetting in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw UsageError(
          message: "--set takes FEATURE=LEVEL, not '\(DisplayText.escaped(text))'",
          hint: "for example --set seats=5")
      }
      return FeatureSetting(feature: parts[0], level: parts[1])
    }
    let finished = try FinishedRun(subject, moved)
    let settings = work.settings(output)
    let (study, segmented) = try finished.load(
      reading.options(threads: work.threads), settings, isResampled: true, warn: output.warn)
    let answer = try WhatIf(study, segmented, settings: settings)
      .gain(product: product, set: changes)
    if !answer.bySegment.isEmpty, answer.bySegment.allSatisfy({ $0.fit == nil }), !answer.gain.isNaN
    {
      output.warn(
        "fits by segment are hidden: it would follow from them how many people a barrier stops, and "
          + "they are few, or the answer is sensitive")
    }
    for setting in answer.set {
      let feature = study.file.features.first { $0.name == setting.feature }
      if let note = feature?.beyondEnds(typed: setting.level) { output.warn(note) }
    }
    if output.json {
      try Console.out(answer.whatIfJSON.text)
      return
    }
    let numbers = NumberStyle.english
    let words = SettingWords(study)
    var lines = [
      "\(words.product(answer.product)) with \(words.text(answer.set)): "
        + "\(numbers.signed(answer.gain, decimals: 2)) points on average across everyone "
        + "(\(numbers.range(of: answer, decimals: 2)))"
    ]
    lines += TextTableLayout.lines(
      header: ["segment", "fit", "gain", "95% interval"],
      rows: zip(segmented.segments, answer.bySegment).map { segment, gain in
        [
          segment.display,
          Self.fit(gain, numbers), numbers.signed(gain.gain, decimals: 2),
          numbers.shortRange(of: gain, isOuter: answer.boundsAreOuter, decimals: 2),
        ]
      })
    try Console.out(
      lines.map { DisplayText.escaped($0, limit: 2000) }.joined(separator: "\n"))
  }

  /// A fit, with what unknown levels and incomes leave open.
  private static func fit(_ gain: Improvement.SegmentGain, _ numbers: NumberStyle) -> String {
    let fit = numbers.number(gain.fit, decimals: 1)
    guard let low = gain.fitMin, let high = gain.fitMax else { return fit }
    return "\(fit) (\(numbers.number(low, decimals: 1)) to \(numbers.number(high, decimals: 1)))"
  }
}
