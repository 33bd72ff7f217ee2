internal import TesseraSurvey

/// Why an output is not there.
public enum OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The output cannot be made at all; the reason is the system's.
  case cannotCreate(file: String, reason: String)
  /// Writing failed midway; the file that stood there before is untouched.
  case writeFailed(file: String, reason: String)
  /// A text cannot be held by the format.
  case cannotHold(file: String, detail: String)

  /// The stable code that `tessera explain` tells more about.
  public var code: String {
    switch self {
    case .cannotCreate: "E0701"
    case .writeFailed: "E0702"
    case .cannotHold: "E0703"
    }
  }

  /// The output, as the user named it.
  public var file: String {
    switch self {
    case .cannotCreate(let file, _), .writeFailed(let file, _), .cannotHold(let file, _): file
    }
  }

  /// What is wrong, in one sentence without the file.
  public var message: String {
    switch self {
    case .cannotCreate(_, let reason): "the output cannot be written: \(reason)"
    case .writeFailed(_, let reason): "writing failed midway: \(reason)"
    case .cannotHold(_, let detail): detail
    }
  }

  /// What would help.
  public var hint: String {
    switch self {
    case .cannotCreate: "choose a folder that exists and that you may write to"
    case .writeFailed("standard output", _):
      "send it somewhere else; files that the command had written before are in place"
    case .writeFailed: "make room, or write somewhere else; an earlier output is unchanged"
    case .cannotHold: "choose another format"
    }
  }

  /// The exit status: 73 if the output cannot be made, 74 if writing failed midway.
  public var exitStatus: Int32 {
    switch self {
    case .cannotCreate, .cannotHold: 73
    case .writeFailed: 74
    }
  }

  /// File, message and hint in one line.
  public var description: String {
    "error[\(code)]: \(DisplayText.escaped(file, limit: 200)): \(message); hint: \(hint)"
  }
}
