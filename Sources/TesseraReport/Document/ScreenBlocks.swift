/// A figure a reader should see first, with its name and what it means.
public struct Tile: Sendable, Equatable {
  /// What it is.
  public var title: String
  /// The figure or the word.
  public var value: String
  /// What it means.
  public var detail: String
  /// The light beside it; `nil` for none.
  public var light: TrafficLight.Colour?
}

/// Two shares of the same people on one line: how many find a need important, how many are satisfied.
public struct Dumbbell: Sendable, Equatable {
  /// What both are about.
  public var label: String
  /// The first share, 0 to 1.
  public var first: Double
  /// The second share, 0 to 1; `nil` where it was not asked.
  public var second: Double?
}

/// A part of the appendix that holds more of what a screen shows.
public struct AppendixLink: Sendable, Equatable {
  /// The section's title.
  public var title: String
  /// The section's anchor.
  public var anchor: String
}
