/// How a program shows a column, where the file says.
public struct ColumnDisplay: Sendable, Equatable {
  /// The side at which values stand.
  public enum Alignment: Int, Sendable {
    /// The file does not say.
    case unstated
    /// At the left.
    case left
    /// In the middle.
    case center
    /// At the right.
    case right
  }

  /// Width in characters.
  public let width: Int
  /// The side at which values stand.
  public let alignment: Alignment

  /// Makes a display.
  public init(width: Int, alignment: Alignment) {
    self.width = width
    self.alignment = alignment
  }
}

/// A name with values that a file gives to a variable or to itself, beyond what it means to every
/// program: SPSS's custom attributes, and the roles among them.
public struct FileAttribute: Sendable, Equatable {
  /// The name, such as `$@Role`.
  public let name: String
  /// One value or more.
  public let values: [String]

  /// Makes an attribute.
  public init(name: String, values: [String]) {
    self.name = name
    self.values = values
  }
}
