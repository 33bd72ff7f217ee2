import Testing

@Suite struct ReproducibleTests {
  /// Processors without fused multiply-add, and with the oldest kernel of OpenBLAS.
  private static let old = [
    "OPENBLAS_CORETYPE": "Prescott", "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4",
  ]

  @Test func `--reproducible gives the bytes of an old processor, whatever is set`() throws {
    let command = try Command()
    defer { command.close() }
    let study = Command.dataset("bike-waves/study.yaml")
    let work = ["segment", study, "--segments", "3", "--stability", "4", "--json"]
    #if arch(x86_64)
      let old = try command.run(work, environment: Self.old)
    #else
      let old = try command.run(work)
    #endif
    #expect(old.status == 0 && old.output.count > 1000, "\(old.errors)")
    for environment in [[:], ["OPENBLAS_CORETYPE": "Haswell"]] {
      let here = try command.run(work + ["--reproducible"], environment: environment)
      #expect(here.output == old.output, "\(here.errors)")
    }
  }
}
