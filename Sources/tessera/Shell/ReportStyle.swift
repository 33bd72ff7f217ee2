import ArgumentParser
import TesseraReport

/// How a report is written.
struct ReportStyle {
  /// Language of numbers, such as `en` or `de-CH`.
  var locale = "en"
  /// Whether charts are drawn as PNG files too.
  var isPNG = false
  /// Whether assignments are written as an SPSS file too.
  var isSAV = false

  /// Whether charts are written as Vega-Lite specifications too.
  var isVegaLite = false
  /// Whether assignments call the column of identifiers as the survey does.
  var usesOwnIDName = false

  /// How numbers are written.
  var numbers: NumberStyle { NumberStyle.of(locale: locale) ?? .english }
}

/// What commands understand that write numbers for people.
struct NumberOptions: ParsableArguments {
  @Option(help: "How numbers are written: en, de, fr or es. The words stay English.")
  var locale = "en"

  func validate() throws {
    guard NumberStyle.of(locale: locale) != nil else {
      throw ValidationError("--locale knows en, de, fr and es, not '\(locale)'")
    }
  }

  /// How numbers are written.
  var numbers: NumberStyle { NumberStyle.of(locale: locale) ?? .english }
}

/// What commands understand that write a report.
struct ReportOptions: ParsableArguments {
  @OptionGroup var language: NumberOptions

  @Flag(help: "Draw the charts as PNG files too; needs rsvg-convert or Chromium.")
  var png = false

  @Flag(help: "Write a Vega-Lite specification of every chart too.")
  var vegaLite = false

  @Flag(
    name: .customLong("sav"),
    help: "Write assignments.sav beside assignments.csv, with the segments' names as value labels.")
  var writesSAV = false

  @Flag(
    name: .customLong("own-id-name"),
    help: "In assignments call the column of identifiers as the survey does, in place of id.")
  var ownIDName = false

  /// The same for the writers.
  var style: ReportStyle {
    ReportStyle(
      locale: language.locale, isPNG: png, isSAV: writesSAV, isVegaLite: vegaLite,
      usesOwnIDName: ownIDName)
  }
}
