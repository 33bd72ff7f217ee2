internal import Glibc

private typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// Lets OpenBLAS be loaded where the address space is limited (`ulimit -v`).
///
/// While it is loaded OpenBLAS reserves a buffer of 32 MB or more per core, and retries for ever
/// where there is no room: the process would neither start nor end. For one thread it reserves
/// none, and one thread is all that Tessera asks of it (``NumericThreads``). Only the environment
/// can tell it so in time, and this is the only code that runs before it is loaded: it starts the
/// program once more with that setting. A value that the user set is left as it is.
///
/// The Swift runtime is not ready here: nothing is used but the C library.
@section(".preinit_array") @used
private let numericStart: @convention(c) (Int32, Words, Words) -> Void = { _, arguments, given in
  var limit = rlimit()
  // All bits stand for "no limit"; nothing addresses half of that.
  guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
    limit.rlim_cur < .max / 2
  else { return }
  let setting: StaticString = "OPENBLAS_NUM_THREADS=1"
  var count = 0
  while let entry = unsafe given[count] {
    // Up to the sign "=": set by the user, or by this code before.
    if unsafe strncmp(entry, setting.utf8Start, setting.utf8CodeUnitCount - 1) == 0 { return }
    count += 1
  }
  let stride = MemoryLayout<Int>.stride  // that of a pointer
  guard let room = unsafe malloc((count + 2) * stride) else { return }
  let words = unsafe room.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
  unsafe memcpy(words, given, count * stride)
  unsafe words[count] = strdup(setting.utf8Start)
  unsafe words[count + 1] = nil
  // Returns only where it fails; then OpenBLAS does what it does.
  unsafe execve("/proc/self/exe", arguments, words)
}
