internal import Glibc

/// How much memory a process may address.
public enum AddressSpace {
  /// The limit that was set (`ulimit -v`), in bytes; `nil` without one.
  public static var limit: UInt? {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      // All bits stand for "no limit"; nothing addresses half of that.
      limit.rlim_cur < .max / 2
    else { return nil }
    return UInt(limit.rlim_cur)
  }
}
