internal import Glibc

/// The bytes of a file, or what they were converted to, kept in memory while they are read.
@safe
final class FileBytes: @unchecked Sendable {
  private let base: UnsafeMutablePointer<UInt8>
  private let isMapped: Bool
  private let capacity: Int
  /// The bytes; valid as long as this object lives.
  let view: ByteView

  private init(base: UnsafeMutablePointer<UInt8>, count: Int, capacity: Int, isMapped: Bool) {
    unsafe self.base = base
    self.isMapped = isMapped
    self.capacity = capacity
    view = unsafe ByteView(base: UnsafePointer(base), count: count)
  }

  /// Takes over bytes that were allocated.
  convenience init(taking base: UnsafeMutablePointer<UInt8>, count: Int) {
    unsafe self.init(base: base, count: count, capacity: count, isMapped: false)
  }

  deinit {
    if isMapped {
      unsafe munmap(base, capacity)
    } else {
      unsafe base.deallocate()
    }
  }

  /// Maps a regular file.
  static func open(_ file: String) throws(SurveyFileError) -> FileBytes {
    var status = stat()
    guard unsafe stat(file, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .notFound(file: file) }
      throw .cannotOpen(file: file, reason: reason())
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notAFile(file: file, kind: "a folder")
    case S_IFIFO: throw .notAFile(file: file, kind: "a pipe")
    default: throw .notAFile(file: file, kind: "a device")
    }
    let descriptor = unsafe Glibc.open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(file: file, reason: reason()) }
    defer { close(descriptor) }
    let count = Int(status.st_size)
    guard count > 0 else { return copying([]) }
    let mapping = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      throw .readFailed(file: file, reason: reason())
    }
    unsafe madvise(mapping, count, MADV_SEQUENTIAL)
    return unsafe FileBytes(
      base: mapping.assumingMemoryBound(to: UInt8.self), count: count, capacity: count,
      isMapped: true)
  }

  /// Keeps a copy of some bytes.
  static func copying(_ bytes: [UInt8]) -> FileBytes {
    let base = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    unsafe bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress {
        unsafe base.initialize(from: start, count: source.count)
      }
    }
    return unsafe FileBytes(base: base, count: bytes.count, capacity: bytes.count, isMapped: false)
  }

  /// Lets the system take back the memory of pages that have been read.
  func release(_ range: Range<Int>) {
    guard isMapped else { return }
    let page = 4096
    let low = (range.lowerBound + page - 1) / page * page
    let high = range.upperBound / page * page
    if low < high { unsafe madvise(base + low, high - low, MADV_DONTNEED) }
  }

  private static func reason() -> String {
    unsafe String(cString: strerror(errno))
  }
}

/// Whether two stretches of memory hold the same bytes.
@unsafe
func memoryEquals(_ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ count: Int) -> Bool
{
  unsafe memcmp(one, other, count) == 0
}
