public import Foundation

/// `solutions.json`: every number of segments that was tried, each as its own model, and which one was
/// taken.
///
/// What a workshop decides on: another number can be adopted from it without a new search.
public struct SolutionsFile: Sendable, Equatable {
  /// The form of the file.
  public static let schema = "tessera.solutions.1"
  /// Its name in the folder of a run.
  public static let name = "solutions.json"

  /// One number of segments.
  public struct Solution: Sendable, Equatable {
    /// The model, with names and shares of its segments.
    public let model: SegmentModel
    /// For each segment up to three things that set it apart, in a few words.
    public let traits: [[String]]

    /// How many segments.
    public var segments: Int { model.result.segments.count }
  }

  /// Rising in the number of segments.
  public var solutions: [Solution]
  /// The number taken.
  public var chosen: Int
  /// The number that the rule chooses.
  public let byRule: Int

  init(_ solutions: [Solution], chosen: Int, byRule: Int) {
    self.solutions = solutions
    self.chosen = chosen
    self.byRule = byRule
  }

  /// Whether a person overruled the rule.
  public var isTakenByPerson: Bool { chosen != byRule }

  /// The solution with so many segments.
  ///
  /// - Parameter count: A number of segments.
  /// - Returns: `nil` if it was not tried.
  public func solution(_ count: Int) -> Solution? {
    solutions.first { $0.segments == count }
  }

  /// The same with the names that the segments of the number taken have now.
  func naming(_ segments: [Segment]) -> SolutionsFile {
    var file = self
    file.solutions = solutions.map { one in
      guard one.segments == chosen else { return one }
      let names = zip(one.model.segments, segments).map { SegmentName(id: $0.id, name: $1.name) }
      return Solution(model: one.model.naming(names), traits: one.traits)
    }
    return file
  }

  /// The number taken and its neighbours, with the one that the criterion prefers, where that is another.
  public var neighbours: [Solution] {
    guard let place = solutions.firstIndex(where: { $0.segments == chosen }) else { return [] }
    let preferred = solutions[place].model.result.verdict?.insteadOf
    return solutions.indices.filter {
      abs($0 - place) <= 1 || solutions[$0].segments == preferred
    }.map { solutions[$0] }
  }

  /// The file.
  public var json: JSONValue {
    [
      "schema": Self.schema, "chosen": chosen, "chosen_by": isTakenByPerson ? "person" : "rule",
      "by_rule": byRule,
      "traits": JSONValue.object(
        solutions.map { ("\($0.segments)", .array($0.traits.map(JSONValue.strings))) }),
      "solutions": JSONValue.array(solutions.map(\.model.json)),
    ]
  }

  /// Reads the file of a run.
  ///
  /// - Parameters:
  ///   - data: Its bytes.
  ///   - file: Its path, for messages.
  /// - Returns: The solutions.
  /// - Throws: ``StudyError`` E0507 to E0509 for what is none, or was changed.
  public static func read(_ data: Data, file: String) throws(StudyError) -> SolutionsFile {
    func fault(_ message: String) -> StudyError {
      StudyError(
        code: "E0507", message: message, file: file,
        hint: "run the study again: tessera run writes \(name) anew")
    }
    guard let value = try? JSONValue.parse(data), value["schema"]?.string == schema,
      let chosen = value["chosen"]?.number, let rule = value["by_rule"]?.number,
      let models = value["solutions"]?.array
    else { throw fault("this is not a whole file of solutions") }
    var solutions: [Solution] = []
    for model in models {
      let read = try SegmentModel.read(Data(model.text.utf8))
      let traits = value["traits"]?["\(read.result.segments.count)"]?.array ?? []
      solutions.append(
        Solution(
          model: read, traits: traits.map { $0.array?.compactMap(\.string) ?? [] }))
    }
    guard let last = Int(exactly: chosen), let first = Int(exactly: rule),
      solutions.contains(where: { $0.segments == last })
    else { throw fault("the number of segments taken is none of its solutions") }
    return SolutionsFile(solutions, chosen: last, byRule: first)
  }
}
