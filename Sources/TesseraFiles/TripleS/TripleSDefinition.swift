internal import TesseraSurvey

/// What a Triple-S description says of the data beside it.
struct TripleSDefinition {
  /// A range or a code of a variable.
  struct Value {
    let code: String
    var label: String
    var hasScore: Bool
  }

  /// One variable.
  struct Variable {
    var ident = ""
    var type = ""
    var use = ""
    var isLiteral = false
    var name = ""
    var label = ""
    var start = 0
    var finish = 0
    var subfields: Int?
    var width: Int?
    var values: [Value] = []
    var ranges: [(low: Double, high: Double)] = []
    var filter = ""
    /// The line of the description on which it begins.
    var line = 1
  }

  var version = ""
  var title = ""
  var isCSV = false
  /// Rows before the first respondent.
  var skip = 0
  var href = ""
  var encoding: String?
  var records = 0
  var hasHierarchy = false
  var variables: [Variable] = []
}

/// Reads a Triple-S description (XML, versions 1.1 to 2.0).
final class TripleSHandler: XMLHandler {
  private(set) var definition = TripleSDefinition()

  private enum Name {
    static let root = XMLKey("sss")
    static let hierarchy = XMLKey("hierarchy")
    static let record = XMLKey("record")
    static let variable = XMLKey("variable")
    static let name = XMLKey("name")
    static let label = XMLKey("label")
    static let title = XMLKey("title")
    static let value = XMLKey("value")
    static let range = XMLKey("range")
    static let text = XMLKey("text")
    static let position = XMLKey("position")
    static let spread = XMLKey("spread")
    static let filter = XMLKey("filter")
    static let lineBreak = XMLKey("br")
  }

  private let file: String
  private var current: TripleSDefinition.Variable?
  private var value: TripleSDefinition.Value?
  private var holder: XMLKey?
  /// The text of the element itself, and those of its languages and modes with their rank.
  private var own = ""
  private var nested: [(rank: Int, text: String)] = []
  private var isNested = false

  override var needsLines: Bool { true }

  init(file: String) { self.file = file }

  override func start(_ name: XMLKey, _ attributes: XMLAttributes) {
    func text(_ key: StaticString) -> String { attributes.text(XMLKey(key)) ?? "" }
    func number(_ key: StaticString) -> Int? {
      Int(text(key).filter { !$0.isWhitespace })
    }
    switch name {
    case Name.root: definition.version = text("version")
    case Name.hierarchy: definition.hasHierarchy = true
    case Name.record:
      definition.records += 1
      definition.isCSV = text("format").lowercased() == "csv"
      definition.skip = max(0, number("skip") ?? 0)
      definition.href = text("href")
      definition.encoding = attributes.text(XMLKey("data-file-encoding"))
    case Name.variable:
      var variable = TripleSDefinition.Variable()
      variable.ident = text("ident")
      variable.type = text("type").lowercased()
      variable.use = text("use").lowercased()
      variable.isLiteral = text("format").lowercased() == "literal"
      variable.line = line
      current = variable
    case Name.position:
      current?.start = number("start") ?? 0
      current?.finish = number("finish") ?? number("start") ?? 0
    case Name.spread:
      current?.subfields = number("subfields")
      current?.width = number("width")
    case Name.range:
      if let low = Double(text("from").trimmingSpaces), let high = Double(text("to").trimmingSpaces)
      {
        current?.ranges.append((low, high))
      }
    case Name.value:
      value = TripleSDefinition.Value(
        code: text("code"), label: "", hasScore: !text("score").isEmpty)
      hold(name)
    case Name.name, Name.label, Name.title, Name.filter: hold(name)
    case Name.text:
      isNested = true
      let mode = text("mode").lowercased()
      nested.append((mode == "analysis" ? 0 : mode.isEmpty ? 1 : 2, ""))
    case Name.lineBreak: append(" ")
    default: break
    }
  }

  private func hold(_ name: XMLKey) {
    holder = name
    own = ""
    nested = []
    isNested = false
  }

  override func text(_ bytes: ByteView) {
    guard holder != nil else { return }
    append(bytes.text(0..<bytes.count))
  }

  private func append(_ text: String) {
    if isNested, !nested.isEmpty {
      nested[nested.count - 1].text += text
    } else {
      own += text
    }
  }

  /// The text in the language and mode that reports use; white space made single.
  private var held: String {
    let best = nested.filter { !Self.squeezed($0.text).isEmpty }.min { $0.rank < $1.rank }
    return Self.squeezed(best?.text ?? own)
  }

  private static func squeezed(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" || $0 == "\r" }
      .joined(separator: " ")
  }

  override func end(_ name: XMLKey) {
    switch name {
    case Name.text: isNested = false
    case Name.name:
      if current != nil { current?.name = held }
      holder = nil
    case Name.label:
      current?.label = held
      holder = nil
    case Name.title:
      definition.title = held
      holder = nil
    case Name.filter:
      current?.filter = held
      holder = nil
    case Name.value:
      if var value {
        value.label = held
        current?.values.append(value)
      }
      value = nil
      holder = nil
    case Name.variable:
      if let current { definition.variables.append(current) }
      current = nil
    default: break
    }
  }
}
