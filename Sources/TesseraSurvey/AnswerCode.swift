/// What stands in the file for an answer: a number or a text.
///
/// Texts are compared byte by byte, so that "é" written in two ways stays two answers; numbers are
/// compared by value, so that 1 and 1.0 are one.
public enum AnswerCode: Sendable, Hashable {
  /// A number, never NaN.
  case number(Double)
  /// A text, with the bytes it had in the file (after decoding to UTF-8).
  case text(String)

  /// Whether two codes are the same number, or the same bytes.
  public static func == (left: AnswerCode, right: AnswerCode) -> Bool {
    switch (left, right) {
    case (.number(let one), .number(let other)): one == other
    case (.text(let one), .text(let other)): one.utf8.elementsEqual(other.utf8)
    default: false
    }
  }

  /// Feeds the number or the bytes into a hash.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .number(let value): hasher.combine(value)
    case .text(let text): for byte in text.utf8 { hasher.combine(byte) }
    }
  }

  /// The number, where the code is one.
  public var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The code as it would be typed: whole numbers without a decimal point.
  public var text: String {
    switch self {
    case .number(let value):
      value.rounded() == value && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    case .text(let text): text
    }
  }
}

extension AnswerCode: Comparable {
  /// Numbers before texts; numbers by value, texts by bytes.
  public static func < (left: AnswerCode, right: AnswerCode) -> Bool {
    switch (left, right) {
    case (.number(let one), .number(let other)): one < other
    case (.text(let one), .text(let other)):
      one.utf8.lexicographicallyPrecedes(other.utf8)
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}
