public import Foundation
import TesseraFiles
import TesseraSurvey

/// The names of segments, stored beside a study with the model whose segments bear them.
///
/// A name belongs to a profile: on other data, or in a new folder, it goes to the segment whose
/// members the stored model places in the named one, or to none.
public struct NamesFile: Sendable, Equatable {
  /// The form of the file; another form is refused.
  public static let schema = "tessera.names.1"

  /// Checksum of the survey on which the model was made.
  public var data: String
  /// The model, as `segments.json` has it.
  public var model: SegmentModel
  /// Names by the model's segment ids.
  public var names: [SegmentName]
  /// What the study declared when they were stored: what it declares anew since then wins.
  public var declared: [SegmentName]

  /// Binds names to a model.
  ///
  /// - Parameters:
  ///   - data: Checksum of the survey.
  ///   - model: The model.
  ///   - names: Names by the model's segment ids.
  ///   - declared: What the study declares.
  public init(data: String, model: SegmentModel, names: [SegmentName], declared: [SegmentName]) {
    self.data = data
    self.model = model
    self.names = names
    self.declared = declared
  }

  /// Where the names of a study stand: `study.names.json` beside `study.yaml`.
  ///
  /// - Parameter study: Path of the study file.
  /// - Returns: Path of the names.
  public static func path(of study: String) -> String {
    (study as NSString).deletingPathExtension + ".names.json"
  }

  /// Where the names of a bare survey file stand: `wave3.csv.names.json` beside `wave3.csv`.
  ///
  /// - Parameter survey: Path of the survey file.
  /// - Returns: Path of the names.
  public static func path(ofSurvey survey: String) -> String { survey + ".names.json" }

  /// One checksum for the files of a survey.
  ///
  /// - Parameter files: Checksums of the files, in the order they are read.
  /// - Returns: The checksum of a single file, else one over all.
  public static func checksum(_ files: [String]) -> String {
    files.count == 1 ? files[0] : SHA256.hex(of: Array(files.joined(separator: "\n").utf8))
  }

  /// The file's text.
  public var text: String {
    ([
      "schema": Self.schema, "data": data, "names": names.json, "declared": declared.json,
      "model": model.json,
    ] as JSONValue).text
  }

  /// Reads a file of names.
  ///
  /// - Parameter path: Where it should stand.
  /// - Returns: The names with their model; `nil` if there is no such file.
  /// - Throws: ``StudyError`` E0517 if it is damaged.
  public static func read(_ path: String) throws(StudyError) -> NamesFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let bytes: [UInt8]
    do throws(SurveyFileError) {
      bytes = try StudyBytes.read(path)
    } catch {
      throw StudyError(error.report)
    }
    return try read(Data(bytes), path: path)
  }

  /// Reads the bytes of a file of names.
  ///
  /// - Parameters:
  ///   - bytes: What the file holds.
  ///   - path: Its path, for messages.
  /// - Returns: The names with their model.
  /// - Throws: ``StudyError`` E0517 if it is damaged.
  public static func read(_ bytes: Data, path: String) throws(StudyError) -> NamesFile {
    func damaged(_ message: String) -> StudyError {
      StudyError(
        code: "E0517", message: message, file: path,
        hint: "take the file as tessera rename wrote it, or delete it and name the segments anew")
    }
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue.parse(bytes)
    } catch {
      throw damaged("the names of the segments cannot be read: \(error.message)")
    }
    guard let schema = json["schema"]?.string else {
      throw damaged("this is not a file of segment names (it has no 'schema')")
    }
    guard schema == Self.schema else {
      throw damaged(
        "the names are of the form '\(DisplayText.escaped(schema))', and this version of Tessera "
          + "reads '\(Self.schema)'")
    }
    guard let data = json["data"]?.string, let names = json["names"]?.members,
      let stored = json["model"]
    else {
      throw damaged("the file lacks one of 'data', 'names' and 'model'")
    }
    let model: SegmentModel
    do throws(StudyError) {
      model = try SegmentModel.read(Data(stored.text.utf8))
    } catch {
      throw damaged("the model of the names: \(error.report.message)")
    }
    let declared = json["declared"]?.members ?? []
    guard (names + declared).allSatisfy({ $0.1.string != nil }) else {
      throw damaged("a name is not a text")
    }
    let read = names.map { SegmentName(id: $0.0, name: $0.1.string ?? "") }
    if let fault = SegmentName.fault(read, segments: model.segments.map(\.id)) {
      throw damaged(fault.message)
    }
    return NamesFile(
      data: data, model: model, names: read,
      declared: declared.map { SegmentName(id: $0.0, name: $0.1.string ?? "") })
  }

  /// The names without those that the study has taken back since they were stored.
  ///
  /// - Parameter now: What the study declares now.
  /// - Returns: The names to look for.
  func without(takenBackBy now: [SegmentName]) -> [SegmentName] {
    names.filter { name in now.contains(name) || !declared.contains(name) }
  }
}

extension SegmentsDeclaration {
  /// Takes names over those that are declared and stored.
  ///
  /// - Parameter names: Names with their model.
  public mutating func adopt(_ names: NamesFile) {
    known = names
    known?.declared = self.names
  }
}

extension [SegmentName] {
  /// Names by id.
  public var json: JSONValue { .object(map { ($0.id, .string($0.name)) }) }
}

extension SegmentName {
  /// Most characters of a name.
  static let longest = 80

  /// What is wrong with names that people gave.
  ///
  /// - Parameters:
  ///   - names: The names.
  ///   - segments: Ids of the segments there are.
  /// - Returns: What is wrong and what to do; `nil` if all is well.
  public static func fault(
    _ names: [SegmentName], segments: [String]
  ) -> (message: String, hint: String)? {
    var ids: Set<String> = []
    var taken: [String: String] = [:]
    for one in names {
      let id = DisplayText.escaped(one.id)
      let name = DisplayText.escaped(one.name)
      if !segments.contains(one.id) {
        return (
          "there is no segment '\(id)'",
          NearestName.question(one.id, among: segments)
            ?? "the segments are \(segments.prefix(32).joined(separator: ", "))"
        )
      }
      if !ids.insert(one.id).inserted {
        return ("segment \(id) is named twice", "give each segment one name")
      }
      if one.name.allSatisfy(\.isWhitespace) {
        return ("segment \(id) gets an empty name", "write a name between quotes")
      }
      if one.name.unicodeScalars.contains(where: { $0.properties.generalCategory.isControl }) {
        return (
          "the name of segment \(id) has a line break or another control character: '\(name)'",
          "write the name on one line"
        )
      }
      if one.name.count > longest {
        return (
          "the name of segment \(id) is \(one.name.count) characters long",
          "use at most \(longest); 30 fit into every chart"
        )
      }
      if one.name != one.id, segments.contains(one.name) {
        return (
          "'\(name)' is the id of a segment and cannot be a name", "choose a name of another kind"
        )
      }
      if let other = taken.updateValue(one.id, forKey: one.name.lowercased()) {
        return (
          "segments \(DisplayText.escaped(other)) and \(id) would both be called '\(name)'",
          "give each segment a name of its own"
        )
      }
    }
    return nil
  }
}

extension Unicode.GeneralCategory {
  /// Whether a character of this kind breaks or hides text on a line.
  fileprivate var isControl: Bool {
    [.control, .lineSeparator, .paragraphSeparator, .surrogate].contains(self)
  }
}
