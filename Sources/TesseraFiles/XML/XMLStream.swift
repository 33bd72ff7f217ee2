internal import CExpat
internal import Glibc

/// The local name of an element or an attribute, as a number that is quick to compare.
struct XMLKey: Hashable, Sendable {
  let value: UInt64

  /// The key of a name.
  init(_ name: StaticString) {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    name.withUTF8Buffer { buffer in
      for position in 0..<buffer.count {
        state = (state ^ UInt64(unsafe buffer[position])) &* 0x100_0000_01B3
      }
    }
    value = state
  }

  /// The key of a name in a document, without its prefix.
  @unsafe
  init(pointer name: UnsafePointer<CChar>) {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    var place = unsafe name
    while unsafe place.pointee != 0 {
      let byte = UInt8(bitPattern: unsafe place.pointee)
      // What stands before a colon is a prefix.
      state =
        byte == 0x3A ? 0xCBF2_9CE4_8422_2325 : (state ^ UInt64(byte)) &* 0x100_0000_01B3
      unsafe place += 1
    }
    value = state
  }
}

/// The attributes of an element; valid during the call that hands them over.
@safe
struct XMLAttributes {
  private let start: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  @unsafe
  init(_ start: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { unsafe self.start = start }

  /// The bytes of an attribute.
  func view(_ key: XMLKey) -> ByteView? {
    guard var place = unsafe start else { return nil }
    while let name = unsafe place.pointee {
      if unsafe XMLKey(pointer: name) == key, let value = unsafe place[1] {
        return unsafe UnsafeRawPointer(value).withMemoryRebound(to: UInt8.self, capacity: 1) {
          unsafe ByteView(base: $0, count: strlen(value))
        }
      }
      unsafe place += 2
    }
    return nil
  }

  /// The text of an attribute.
  func text(_ key: XMLKey) -> String? {
    view(key).map { $0.text(0..<$0.count) }
  }
}

/// Takes what stands in a document, in its order.
class XMLHandler {
  /// Why the document cannot be right; ends the parse.
  var failure: SurveyFileError? {
    didSet { hasFailed = failure != nil }
  }
  /// Whether there is a failure.
  fileprivate(set) var hasFailed = false
  /// The line that is being read, from 1.
  fileprivate(set) var line = 1
  /// Whether ``line`` is kept up to date, which costs time.
  var needsLines: Bool { false }

  func start(_ name: XMLKey, _ attributes: XMLAttributes) {}
  func end(_ name: XMLKey) {}
  func text(_ bytes: ByteView) {}
}

/// Parses a document piece by piece with expat: no entities, no nesting without end.
@safe
final class XMLStream {
  private static let deepest = 64

  private let parser: XML_Parser?
  private let handler: XMLHandler
  private let file: String
  private let member: String
  private let allowsDoctype: Bool
  private var depth = 0
  private var refusal: String?
  /// Lines of the document that were not handed over.
  var skippedLines = 0

  /// Prepares to parse.
  ///
  /// - Parameters:
  ///   - handler: Takes what stands in the document.
  ///   - file: The file, as the user named it.
  ///   - member: Which document inside the file; empty if it is the file itself.
  ///   - allowsDoctype: Whether a DOCTYPE that declares nothing of its own may stand.
  init(_ handler: XMLHandler, file: String, member: String, allowsDoctype: Bool = false) {
    unsafe parser = XML_ParserCreate(nil)
    self.handler = handler
    self.file = file
    self.member = member
    self.allowsDoctype = allowsDoctype
    guard let parser = unsafe parser else { return }
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name = unsafe name, let stream = unsafe XMLStream.from(context) else { return }
        unsafe stream.start(XMLKey(pointer: name), XMLAttributes(attributes))
      },
      { context, name in
        guard let name = unsafe name, let stream = unsafe XMLStream.from(context) else { return }
        unsafe stream.end(XMLKey(pointer: name))
      })
    unsafe XML_SetCharacterDataHandler(parser) { context, text, count in
      guard let text = unsafe text, let stream = unsafe XMLStream.from(context) else { return }
      unsafe UnsafeRawPointer(text).withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        stream.handler.text(unsafe ByteView(base: $0, count: Int(count)))
      }
    }
    unsafe XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, hasSubset in
      guard let stream = unsafe XMLStream.from(context) else { return }
      if hasSubset != 0 || !stream.allowsDoctype {
        stream.refuse("declares entities or a type of its own (DOCTYPE), which no export needs")
      }
    }
  }

  deinit {
    if let parser = unsafe parser { unsafe XML_ParserFree(parser) }
  }

  @unsafe
  private static func from(_ context: UnsafeMutableRawPointer?) -> XMLStream? {
    unsafe context.map { unsafe Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
  }

  private func start(_ name: XMLKey, _ attributes: XMLAttributes) {
    guard !handler.hasFailed, refusal == nil else { return }
    depth += 1
    guard depth <= Self.deepest else {
      refuse("is nested deeper than \(Self.deepest) elements")
      return
    }
    if handler.needsLines, let parser = unsafe parser {
      handler.line = Int(unsafe XML_GetCurrentLineNumber(parser))
    }
    handler.start(name, attributes)
    if handler.hasFailed { stop() }
  }

  private func end(_ name: XMLKey) {
    guard !handler.hasFailed, refusal == nil else { return }
    depth -= 1
    handler.end(name)
    if handler.hasFailed { stop() }
  }

  private func refuse(_ reason: String) {
    if refusal == nil { refusal = reason }
    stop()
  }

  private func stop() {
    if let parser = unsafe parser { unsafe XML_StopParser(parser, 0) }
  }

  /// Takes a piece of the document.
  ///
  /// - Parameters:
  ///   - bytes: The next bytes.
  ///   - isLast: Whether these are the last.
  /// - Throws: What the handler found, or that the document is no well-formed XML.
  func take(_ bytes: ByteView, isLast: Bool) throws(SurveyFileError) {
    guard let parser = unsafe parser else {
      throw .readFailed(file: file, reason: "expat could not be started")
    }
    let status = unsafe UnsafeRawPointer(bytes.pointer).withMemoryRebound(
      to: CChar.self, capacity: bytes.count
    ) { unsafe XML_Parse(parser, $0, Int32(bytes.count), isLast ? 1 : 0) }
    if let failure = handler.failure { throw failure }
    let place = member.isEmpty ? "it" : member
    if let refusal { throw .damaged(file: file, detail: "\(place) \(refusal)") }
    guard status == XML_STATUS_ERROR else { return }
    let line = Int(unsafe XML_GetCurrentLineNumber(parser)) + skippedLines
    let code = unsafe XML_GetErrorCode(parser)
    let reason = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "bad XML"
    throw .damaged(file: file, detail: "\(place) is not well-formed at line \(line): \(reason)")
  }
}
