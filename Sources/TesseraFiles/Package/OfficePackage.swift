internal import CZip
internal import Glibc

/// The parts of an Office Open XML file, by name, in their order.
///
/// Members are written with one fixed date, so that equal parts are equal bytes.
public struct OfficePackage: Sendable, Equatable {
  /// A part.
  public struct Part: Sendable, Equatable {
    /// The name, without a slash before it.
    public let name: String
    /// The content.
    public var bytes: [UInt8]
  }

  /// The parts.
  public private(set) var parts: [Part] = []
  private var places: [String: Int] = [:]

  /// A file with more members is no document.
  private static let mostMembers = 20_000
  /// The most bytes that all members may take together.
  private static let most = 512 << 20

  /// Starts without parts.
  public init() {}

  /// The content of a part; setting `nil` takes it out.
  public subscript(name: String) -> [UInt8]? {
    get { places[name].map { parts[$0].bytes } }
    set {
      guard let newValue else {
        guard let place = places.removeValue(forKey: name) else { return }
        parts.remove(at: place)
        for (other, part) in parts.enumerated() { places[part.name] = other }
        return
      }
      if let place = places[name] {
        parts[place].bytes = newValue
      } else {
        places[name] = parts.count
        parts.append(Part(name: name, bytes: newValue))
      }
    }
  }

  /// The text of a part that is XML.
  public func text(_ name: String) -> String? {
    self[name].map { String(decoding: $0, as: UTF8.self) }
  }

  /// Sets a part to a text.
  public mutating func set(_ name: String, _ text: String) { self[name] = Array(text.utf8) }

  /// Reads a package.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes.
  ///   - file: The file, as the user named it, for messages.
  /// - Throws: ``SurveyFileError`` if it is no zip archive, is damaged, or inflates beyond 512 MiB.
  public init(_ bytes: [UInt8], file: String) throws(SurveyFileError) {
    var error = unsafe zip_error_t()
    guard let copy = unsafe malloc(max(1, bytes.count)) else {
      throw .readFailed(file: file, reason: "there is not enough memory")
    }
    unsafe bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { unsafe memcpy(copy, base, source.count) }
    }
    guard
      let source = unsafe zip_source_buffer_create(copy, zip_uint64_t(bytes.count), 1, &error)
    else {
      unsafe free(copy)
      throw .readFailed(file: file, reason: "libzip could not be started")
    }
    guard let archive = unsafe zip_open_from_source(source, Int32(ZIP_RDONLY), &error) else {
      unsafe zip_source_free(source)
      throw .damaged(file: file, detail: "it is no zip archive, or cut off at the end")
    }
    defer { unsafe zip_discard(archive) }
    let count = Int(unsafe zip_get_num_entries(archive, 0))
    guard count <= Self.mostMembers else {
      throw .wrongKind(file: file, found: "a zip archive of \(count) members")
    }
    var taken = 0
    for place in 0..<count {
      var status = unsafe zip_stat_t()
      guard unsafe zip_stat_index(archive, zip_uint64_t(place), 0, &status) == 0,
        let raw = unsafe status.name
      else { continue }
      var name = unsafe String(cString: raw)
      if name.hasPrefix("/") { name.removeFirst() }
      if name.hasSuffix("/") { continue }
      let size = Int(unsafe status.size)
      taken += size
      guard taken <= Self.most else {
        throw .wrongKind(file: file, found: "a document that inflates beyond 512 MiB")
      }
      guard let stream = unsafe zip_fopen_index(archive, zip_uint64_t(place), 0) else {
        throw .damaged(file: file, detail: "its member \(name) cannot be opened")
      }
      defer { unsafe zip_fclose(stream) }
      var content = [UInt8](repeating: 0, count: size)
      let read = unsafe content.withUnsafeMutableBytes { room in
        unsafe zip_fread(stream, room.baseAddress, zip_uint64_t(size))
      }
      guard Int(read) == size else {
        throw .damaged(file: file, detail: "its member \(name) cannot be inflated")
      }
      guard places[name] == nil else {
        throw .damaged(file: file, detail: "two of its members are called \(name)")
      }
      self[name] = content
    }
  }

  /// The package as the bytes of a file.
  ///
  /// - Returns: A zip archive whose members carry the date 1980-01-01.
  /// - Throws: ``OutputError`` if it cannot be put together.
  public func bytes() throws(OutputError) -> [UInt8] {
    let failure = OutputError.writeFailed(
      file: "the document", reason: "its parts could not be put together")
    var error = unsafe zip_error_t()
    guard let source = unsafe zip_source_buffer_create(nil, 0, 0, &error) else { throw failure }
    guard let archive = unsafe zip_open_from_source(source, Int32(ZIP_TRUNCATE), &error) else {
      unsafe zip_source_free(source)
      throw failure
    }
    unsafe zip_source_keep(source)
    defer { unsafe zip_source_free(source) }
    for part in parts {
      guard let copy = unsafe malloc(max(1, part.bytes.count)) else {
        unsafe zip_discard(archive)
        throw failure
      }
      unsafe part.bytes.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { unsafe memcpy(copy, base, bytes.count) }
      }
      guard
        let content = unsafe zip_source_buffer(
          archive, copy, zip_uint64_t(part.bytes.count), 1)
      else {
        unsafe free(copy)
        unsafe zip_discard(archive)
        throw failure
      }
      let place = unsafe zip_file_add(archive, part.name, content, zip_flags_t(ZIP_FL_ENC_UTF_8))
      guard place >= 0 else {
        unsafe zip_source_free(content)
        unsafe zip_discard(archive)
        throw failure
      }
      unsafe zip_set_file_compression(archive, zip_uint64_t(place), Int32(ZIP_CM_DEFLATE), 6)
      unsafe zip_file_set_dostime(archive, zip_uint64_t(place), 0, 0x0021, 0)
    }
    guard unsafe zip_close(archive) == 0 else {
      unsafe zip_discard(archive)
      throw failure
    }
    var status = unsafe zip_stat_t()
    guard unsafe zip_source_stat(source, &status) == 0, unsafe zip_source_open(source) == 0 else {
      throw failure
    }
    defer { unsafe zip_source_close(source) }
    let size = Int(unsafe status.size)
    var result = [UInt8](repeating: 0, count: size)
    let read = unsafe result.withUnsafeMutableBytes { room in
      unsafe zip_source_read(source, room.baseAddress, zip_uint64_t(size))
    }
    guard Int(read) == size else { throw failure }
    return result
  }
}
