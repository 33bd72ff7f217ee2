import TesseraMath
import Testing

@Suite struct NumericKernelTests {
  @Test func `only the oldest kernels are replaced, by one that the processor can run`() {
    let flags: Set = ["sse2", "avx2", "fma", "avx512f"]
    #expect(NumericKernel.better(than: "Prescott", flags: flags, isSet: false) == "Haswell")
    #expect(NumericKernel.better(than: "Prescott", flags: ["sse2"], isSet: false) == nil)
    #expect(NumericKernel.better(than: "Zen", flags: flags, isSet: false) == nil)
    #expect(NumericKernel.better(than: "SkylakeX", flags: flags, isSet: false) == nil)
  }

  @Test func `what the user chose stays`() {
    #expect(NumericKernel.better(than: "Prescott", flags: ["avx2", "fma"], isSet: true) == nil)
  }

  @Test func `the kernel in use has a name`() {
    #expect(!NumericKernel.name.isEmpty && NumericKernel.name != "unknown")
  }
}
