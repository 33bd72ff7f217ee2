import COpenBLAS

/// How OpenBLAS runs, which is a matter of the process and not of any one computation.
///
/// OpenBLAS gives other last digits with two threads than with one. So that results do not depend
/// on the number of cores, the command and the tests hold it to one thread, once, at their start;
/// libraries never touch it, and take their threads through ``Workers``.
public enum NumericThreads {
  /// Holds OpenBLAS to the calling thread, for the whole process.
  public static func useSingleThread() {
    openblas_set_num_threads(1)
  }

  /// How many threads OpenBLAS may use at present.
  public static var count: Int { Int(openblas_get_num_threads()) }

  /// The version and build options of OpenBLAS, as it states them.
  public static var libraryDescription: String {
    unsafe openblas_get_config().map { unsafe String(cString: $0) } ?? "OpenBLAS"
  }
}
