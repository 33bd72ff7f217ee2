internal import CReadStat
internal import Glibc

/// The file being read, and how far it was looked at.
@safe
final class FileAccess {
  private var descriptor: Int32 = -1
  private var position = 0
  /// Where the last byte that was read stands.
  private(set) var furthest = 0
  /// Number of bytes of the file.
  private(set) var size = 0
  /// What the file is taken to begin with, where that had to be mended.
  private var head: [UInt8] = []
  private let isPortable: Bool

  /// Takes whether the file is an SPSS portable file.
  init(isPortable: Bool) { self.isPortable = isPortable }

  func open(_ path: UnsafePointer<CChar>) -> Int32 {
    descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return -1 }
    size = Int(lseek(descriptor, 0, SEEK_END))
    position = Int(lseek(descriptor, 0, SEEK_SET))
    if isPortable {
      head = [UInt8](repeating: 0, count: PortableTable.length)
      let count = unsafe head.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, $0.count, 0)
      }
      head = Array(head.prefix(max(0, count)))
      PortableTable.mend(&head)
    }
    return descriptor
  }

  func close() -> Int32 {
    defer { descriptor = -1 }
    return Glibc.close(descriptor)
  }

  func seek(_ offset: Int, _ whence: readstat_io_flags_t) -> Int {
    let mode =
      switch whence {
      case READSTAT_SEEK_CUR: SEEK_CUR
      case READSTAT_SEEK_END: SEEK_END
      default: SEEK_SET
      }
    let reached = Int(lseek(descriptor, off_t(offset), mode))
    if reached >= 0 { position = reached }
    return reached
  }

  func read(_ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    var done = 0
    while done < count {
      let got = unsafe Glibc.read(descriptor, buffer.map { unsafe $0 + done }, count - done)
      if got < 0, errno == EINTR { continue }
      if got < 0 { return -1 }
      if got == 0 { break }
      done += got
    }
    if position < head.count, let buffer = unsafe buffer {
      for place in position..<min(head.count, position + done) {
        unsafe buffer.storeBytes(of: head[place], toByteOffset: place - position, as: UInt8.self)
      }
    }
    position += done
    furthest = max(furthest, position)
    return done
  }

  /// Lets ReadStat read through this object.
  func install(in parser: UnsafeMutablePointer<readstat_parser_t>) {
    unsafe readstat_set_io_ctx(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe readstat_set_open_handler(parser) { path, context in
      guard let path = unsafe path, let context = unsafe context else { return -1 }
      return unsafe Unmanaged<FileAccess>.fromOpaque(context).takeUnretainedValue().open(path)
    }
    unsafe readstat_set_close_handler(parser) { context in
      guard let context = unsafe context else { return -1 }
      return unsafe Unmanaged<FileAccess>.fromOpaque(context).takeUnretainedValue().close()
    }
    unsafe readstat_set_seek_handler(parser) { offset, whence, context in
      guard let context = unsafe context else { return -1 }
      let file = unsafe Unmanaged<FileAccess>.fromOpaque(context).takeUnretainedValue()
      return readstat_off_t(file.seek(Int(offset), whence))
    }
    unsafe readstat_set_read_handler(parser) { buffer, count, context in
      guard let context = unsafe context else { return -1 }
      let file = unsafe Unmanaged<FileAccess>.fromOpaque(context).takeUnretainedValue()
      return unsafe file.read(buffer, count)
    }
    unsafe readstat_set_update_handler(parser) { _, _, _, _ in READSTAT_OK }
  }
}
