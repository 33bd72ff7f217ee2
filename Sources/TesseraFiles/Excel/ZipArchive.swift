internal import CZip
internal import Glibc

/// A zip archive in memory, read member by member with bounds on what comes out.
@safe
final class ZipArchive {
  /// The most members an archive may have.
  private static let mostMembers = 2000
  /// How many times larger than its compressed form a member may be.
  private static let ratio = 100
  /// What every member may take, whatever its ratio.
  private static let always = 1 << 20
  /// The most bytes that all members read may take together.
  private static let most = 512 << 20

  private let owner: FileBytes
  private let file: String
  private let archive: OpaquePointer
  private var places: [String: UInt64] = [:]
  private var taken = 0

  /// Opens an archive.
  ///
  /// - Parameters:
  ///   - owner: Its bytes.
  ///   - file: The file, as the user named it.
  /// - Throws: If it is no archive, is cut, or has too many members or two of one name.
  init(_ owner: FileBytes, file: String) throws(SurveyFileError) {
    self.owner = owner
    self.file = file
    var error = unsafe zip_error_t()
    let view = owner.view
    guard
      let source = unsafe zip_source_buffer_create(
        view.pointer, zip_uint64_t(view.count), 0, &error)
    else { throw .readFailed(file: file, reason: "libzip could not be started") }
    guard let archive = unsafe zip_open_from_source(source, Int32(ZIP_RDONLY), &error) else {
      unsafe zip_source_free(source)
      throw .damaged(file: file, detail: "its zip directory is missing or cut off at the end")
    }
    unsafe self.archive = archive
    let count = Int(unsafe zip_get_num_entries(archive, 0))
    guard count <= Self.mostMembers else {
      throw .wrongKind(
        file: file, found: "a zip archive of \(count) members; no workbook has so many")
    }
    for place in 0..<count {
      var status = unsafe zip_stat_t()
      guard unsafe zip_stat_index(archive, zip_uint64_t(place), 0, &status) == 0,
        let raw = unsafe status.name
      else { continue }
      let name = unsafe String(cString: raw).lowercased()
      let key = name.hasPrefix("/") ? String(name.dropFirst()) : name
      guard places[key] == nil else {
        throw .damaged(file: file, detail: "two of its members are called \(key)")
      }
      places[key] = UInt64(place)
    }
  }

  deinit { unsafe zip_discard(archive) }

  /// Whether there is a member of that name; letter case does not count.
  func contains(_ member: String) -> Bool { places[member.lowercased()] != nil }

  /// Names of all members, in lower case and sorted.
  var members: [String] { places.keys.sorted() }

  /// Whether any member's name begins so.
  func containsFolder(_ start: String) -> Bool { places.keys.contains { $0.hasPrefix(start) } }

  /// Inflates a member piece by piece.
  ///
  /// - Parameters:
  ///   - member: Its name.
  ///   - receive: Takes the bytes; they are valid during the call.
  /// - Throws: If the member is missing, damaged, encrypted or grows beyond all bounds.
  func read(
    _ member: String, _ receive: (ByteView) throws(SurveyFileError) -> Void
  ) throws(SurveyFileError) {
    guard let place = places[member.lowercased()] else {
      throw .damaged(file: file, detail: "its member \(member) is missing")
    }
    var status = unsafe zip_stat_t()
    unsafe zip_stat_index(archive, place, 0, &status)
    if unsafe status.encryption_method != 0 {
      throw .saveAnew(
        file: file, found: "an encrypted archive", remedy: "save it without a password")
    }
    guard let stream = unsafe zip_fopen_index(archive, place, 0) else {
      throw .damaged(file: file, detail: "\(member) cannot be opened: \(reason(member))")
    }
    defer { unsafe zip_fclose(stream) }
    let bound = max(Self.always, Int(unsafe status.comp_size) * Self.ratio)
    var made = 0
    let room = 1 << 16
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
    defer { unsafe buffer.deallocate() }
    while true {
      let count = Int(unsafe zip_fread(stream, buffer, zip_uint64_t(room)))
      guard count >= 0 else {
        throw .damaged(
          file: file, detail: "\(member) cannot be inflated; it is damaged or cut off")
      }
      if count == 0 { break }
      made += count
      taken += count
      guard made <= bound else {
        throw .wrongKind(
          file: file, found: "a zip bomb: \(member) grows more than \(Self.ratio)-fold")
      }
      guard taken <= Self.most else {
        throw .saveAnew(
          file: file,
          found: "a workbook that inflates to more than \(Self.most >> 20) MiB (in \(member))",
          remedy: "save the sheet as CSV, which is read in any size")
      }
      try receive(unsafe ByteView(base: UnsafePointer(buffer), count: count))
    }
  }

  /// Parses a member as XML.
  func parse(_ member: String, _ handler: XMLHandler) throws(SurveyFileError) {
    let stream = XMLStream(handler, file: file, member: member)
    try read(member) { (bytes) throws(SurveyFileError) in
      try stream.take(bytes, isLast: false)
    }
    let nothing = FileBytes.copying([])
    try stream.take(nothing.view, isLast: true)
  }

  private func reason(_ member: String) -> String {
    unsafe String(cString: zip_strerror(archive))
  }
}
