public import TesseraSurvey

/// How a survey is written.
public struct WritingOptions: Sendable, Equatable {
  /// Whether answers stand as their labels, where the format has to choose.
  public var usesLabels = false
  /// Path of the program `tessera-read`; beside the running program if left out.
  public var reader: String?
  /// Most memory that program may take, in bytes.
  public var readerMemory = 4 << 30
  /// Most processor time that program may take, in seconds.
  public var readerSeconds = 600

  /// Codes, and the program beside this one.
  public init() {}
}

/// What a file says of itself.
public struct FileDetails: Sendable, Equatable {
  /// Its label; empty for none.
  public var label: String
  /// Lines about the data: SPSS's documents, Stata's notes.
  public var notes: [String]
  /// What else it says, by name.
  public var attributes: [FileAttribute]

  /// Takes the details.
  ///
  /// - Parameters:
  ///   - label: The label; empty for none.
  ///   - notes: Lines about the data.
  ///   - attributes: What else the file says, by name.
  public init(label: String = "", notes: [String] = [], attributes: [FileAttribute] = []) {
    self.label = label
    self.notes = notes
    self.attributes = attributes
  }
}

/// Writes surveys in the formats of other programs.
public enum SurveyWriter {
  /// The formats that can be written, by the endings of their files' names.
  public static let endings = ["csv", "tsv", "sav", "zsav", "dta", "xlsx", "parquet"]

  /// Writes a survey to a file, whole or not at all.
  ///
  /// - Parameters:
  ///   - survey: What is written.
  ///   - details: What the file says of itself.
  ///   - path: Where to; its ending says the format.
  ///   - options: How.
  /// - Returns: What the format cannot hold.
  /// - Throws: ``OutputError`` if the format is not written, the survey does not fit into it, or
  ///   the file cannot be made.
  /// - Complexity: O(respondents x variables) time; the file is written piece by piece.
  public static func write(
    _ survey: Survey, details: FileDetails = FileDetails(), to path: String,
    options: WritingOptions = WritingOptions()
  ) throws(OutputError) -> ConversionLosses {
    let ending = ending(of: path)
    guard endings.contains(ending) else {
      throw .cannotHold(
        file: path,
        detail: "files of this kind are not written; the name must end in one of "
          + endings.map { "." + $0 }.joined(separator: ", "))
    }
    return try AtomicFile.write(to: path) { (output) throws(OutputError) in
      switch ending {
      case "csv", "tsv":
        return try DelimitedWriter(
          delimiter: ending == "csv" ? 0x2C : 0x09, usesLabels: options.usesLabels
        ).write(survey, details, to: output)
      case "parquet":
        return try ParquetWriter(file: path, usesLabels: options.usesLabels)
          .write(survey, details, to: output)
      case "xlsx":
        return try ExcelWriter(file: path, usesLabels: options.usesLabels)
          .write(survey, details, to: output)
      default:
        let format: SurveyFormat = ending == "dta" ? .dta : ending == "zsav" ? .zsav : .sav
        return try StatWriter(file: path, format: format, options: options)
          .write(survey, details, to: output)
      }
    }
  }

  /// What stands behind the last point of a path, in lower case.
  public static func ending(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return name.contains(".") ? name.split(separator: ".").last?.lowercased() ?? "" : ""
  }
}
