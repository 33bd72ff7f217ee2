import COpenBLAS
import Foundation

/// The kernel with which OpenBLAS multiplies, which it chooses by processor when it is loaded.
///
/// On processors newer than itself OpenBLAS takes its oldest kernel, several times slower than
/// what they can do.
public enum NumericKernel {
  /// The environment variable by which OpenBLAS is told.
  private static let setting = "OPENBLAS_CORETYPE"
  /// Where a restarted process finds what had been chosen before.
  private static let mark = "TESSERA_OPENBLAS_CHOSE"

  /// The kernel in use, as OpenBLAS calls it.
  public static var name: String {
    unsafe openblas_get_corename().map { unsafe String(cString: $0) } ?? "unknown"
  }

  /// The kernel that OpenBLAS had chosen, where this process took another.
  public static var replaced: String? { ProcessInfo.processInfo.environment[mark] }

  /// A faster kernel that the processor can run.
  ///
  /// - Parameters:
  ///   - chosen: What OpenBLAS chose.
  ///   - flags: What the processor can do, as `/proc/cpuinfo` says it.
  ///   - isSet: Whether the user chose.
  /// - Returns: `nil` to leave it. Never a kernel for AVX-512: versions that do not know the
  ///   processor are not tested with theirs on it.
  public static func better(than chosen: String, flags: Set<String>, isSet: Bool) -> String? {
    guard !isSet, ["prescott", "core2", "generic"].contains(chosen.lowercased()),
      flags.isSuperset(of: ["avx2", "fma"])
    else { return nil }
    return "Haswell"
  }

  /// Where a restarted process finds that it is to work as any other processor would.
  private static let commonMark = "TESSERA_REPRODUCIBLE"

  /// Whether this process works as any other processor of its kind would.
  public static var isCommon: Bool { ProcessInfo.processInfo.environment[commonMark] != nil }

  /// Starts the process anew such that every processor of its kind gives the same last digits: with
  /// OpenBLAS's oldest kernel, and without the fused multiply-adds of the C library's functions.
  ///
  /// Returns in the process that works so. On other processors than x86-64 OpenBLAS keeps its kernel.
  public static func useCommon() {
    guard !isCommon else { return }
    unsafe setenv(commonMark, "1", 1)
    #if arch(x86_64)
      unsafe setenv(setting, "Prescott", 1)
      let others = ProcessInfo.processInfo.environment["GLIBC_TUNABLES"].map { $0 + ":" } ?? ""
      unsafe setenv("GLIBC_TUNABLES", others + "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4", 1)
    #endif
    unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
  }

  /// Starts the process anew with a better kernel, if there is one; returns where there is none.
  public static func useBest() {
    let isSet = ProcessInfo.processInfo.environment[setting] != nil
    guard let kernel = better(than: name, flags: isSet ? [] : flags(), isSet: isSet) else { return }
    unsafe setenv(mark, name, 1)
    unsafe setenv(setting, kernel, 1)
    unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
  }

  private static func flags() -> Set<String> {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
    else { return [] }
    return Set(line.split(separator: " ").map(String.init))
  }
}
