internal import Glibc

/// Bounds what this process may take.
enum Limits {
  /// Sets the most memory and processor time, and forbids core dumps and new files.
  static func set(bytes: Int, seconds: Int) {
    set(RLIMIT_AS, bytes)
    set(RLIMIT_CPU, seconds)
    set(RLIMIT_CORE, 0)
    set(RLIMIT_FSIZE, 0)
  }

  private static func set(_ resource: __rlimit_resource, _ value: Int) {
    var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
    _ = unsafe setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
  }
}
