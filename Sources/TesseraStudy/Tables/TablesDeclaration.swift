internal import TesseraSurvey

/// Which tables a study asks for: what stands at their head, and what at their side.
public struct TablesDeclaration: Sendable, Equatable {
  /// What stands at the head, left to right; segments stand first in any case.
  public var banner: [BannerEntry]
  /// Questions at the side, in their order; `nil` for all.
  public var stub: [StubEntry]?
  /// Whether questions that are not named follow, in the order of the file.
  public var isStubOpen: Bool

  /// Declares tables.
  ///
  /// - Parameters:
  ///   - banner: What stands at the head.
  ///   - stub: Questions at the side; `nil` for all.
  ///   - isStubOpen: Whether questions that are not named follow.
  public init(banner: [BannerEntry] = [], stub: [StubEntry]? = nil, isStubOpen: Bool = false) {
    self.banner = banner
    self.stub = stub
    self.isStubOpen = isStubOpen
  }
}

/// One part of a banner: a variable, or variables nested in each other.
public struct BannerEntry: Sendable, Equatable {
  /// Columns, sets or `segments`, the outermost first.
  public let names: [String]

  /// The word that stands for the segments.
  public static let segments = "segments"

  /// Reads `gender`, or `gender > age_band` for age within gender.
  ///
  /// - Parameter text: Names with `>` between them.
  public init(_ text: String) {
    names = text.split(separator: ">").map { part in
      var name = part
      while name.first == " " { name.removeFirst() }
      while name.last == " " { name.removeLast() }
      return String(name)
    }.filter { !$0.isEmpty }
  }

  /// The entry as it is written.
  public var text: String { names.joined(separator: " > ") }
}

/// A question at the side of a table.
public struct StubEntry: Sendable, Equatable {
  /// The column or set.
  public let name: String
  /// Answers taken together, in their order.
  public let nets: [Net]

  /// Answers taken together.
  public struct Net: Sendable, Equatable {
    /// What readers see.
    public let label: String
    /// Codes or labels of the answers.
    public let answers: [String]
  }

  /// Names a question.
  public init(_ name: String, nets: [Net] = []) {
    self.name = name
    self.nets = nets
  }
}

extension TablesDeclaration {
  /// Refuses names that the survey does not have, before long work begins.
  ///
  /// - Parameter data: The respondents' answers.
  /// - Throws: ``StudyError`` with the nearest name.
  public func check(_ data: StudyData) throws(StudyError) {
    let known = data.survey.variables.map(\.name) + data.survey.sets.map(\.name)
    func check(_ name: String, _ key: String) throws(StudyError) {
      guard data.survey[name] == nil, data.set(name) == nil else { return }
      throw DeclarationOrigin.commandLine.unknownColumn(name, at: key, among: known)
    }
    for name in banner.flatMap(\.names) where name != BannerEntry.segments {
      try check(name, "banner")
    }
    for entry in stub ?? [] { try check(entry.name, "stub") }
  }

  /// Reads `banner:` and `stub:`; `nil` if a study has neither.
  init?(banner: StudyNode?, stub: StudyNode?) throws(StudyError) {
    guard banner != nil || stub != nil else { return nil }
    self.init()
    if let banner {
      let names = try banner.names("columns or sets", example: "[segments, gender > age_band]")
      self.banner = names.map(BannerEntry.init)
      if let empty = self.banner.firstIndex(where: { $0.names.isEmpty }) {
        throw banner.error(
          .wrongType, "'\(DisplayText.escaped(names[empty]))' names no column",
          hint: "write gender, or gender > age_band for age within gender")
      }
    }
    guard let stub else { return }
    if case .map(let entries) = stub.content {
      isStubOpen = entries.contains { $0.key == "all" }
      self.stub = []
      for entry in entries where entry.key != "all" {
        self.stub?.append(try StubEntry(entry: entry))
      }
      return
    }
    let names = try stub.names("all, or columns and sets", example: "[satisfaction, media]")
    if names == ["all"] { return }
    self.stub = names.map { StubEntry($0) }
  }
}

extension StubEntry {
  /// Reads `satisfaction: { nets: { Satisfied: [4, 5] } }`.
  init(entry: StudyNode.Entry) throws(StudyError) {
    guard !entry.value.isEmpty else {
      self.init(entry.key)
      return
    }
    let fields = try entry.value.fields(
      StudyReference.names(under: "stub.*"), of: "a question at the side of tables",
      example: "{ nets: { Satisfied: [4, 5] } }")
    var nets: [Net] = []
    let declared = try fields["nets"]?.entries("answers by name", example: "{ Satisfied: [4, 5] }")
    for net in declared ?? [] {
      nets.append(
        Net(
          label: net.key,
          answers: try net.value.names("codes or labels of answers", example: "[4, 5]")))
    }
    self.init(entry.key, nets: nets)
  }
}
