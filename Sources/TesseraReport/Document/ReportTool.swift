public import TesseraStudy

/// A part of the page that answers its reader: a script with the data it works on.
///
/// Only the page can run it; other writers show the text that stands in its place.
public struct ReportTool: Sendable, Equatable {
  /// The anchor of the element it fills.
  public var id: String
  /// What it is called, for those who cannot see it.
  public var title: String
  /// The script: plain, without anything from outside.
  public var script: String
  /// What it works on.
  public var data: JSONValue
  /// What is said where no script runs.
  public var fallback: RichText
}
