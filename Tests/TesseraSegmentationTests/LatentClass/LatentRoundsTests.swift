import TesseraMath
import Testing

@testable import TesseraSegmentation

@Suite struct LatentRoundsTests {
  /// A flat ridge, along which plain EM creeps.
  @Test func `a start comes to the same optimum in far fewer rounds than by plain EM`() throws {
    let data = try LatentClassData(PublishedTable("values").table(columns: 4))
    let settings = LatentClass(
      segments: 3, prior: .none, stream: RandomStream(seed: 1))
    let found = (0..<6).compactMap { LatentRounds.compare(data, settings: settings, start: $0) }
    #expect(found.count >= 3)
    let accelerated = found.map(\.accelerated).reduce(0, +)
    let plain = found.map(\.plain).reduce(0, +)
    #expect(3 * accelerated < plain, "\(accelerated) against \(plain)")
    let best = try settings.fit(data).logLikelihood
    #expect(found.map(\.objective).max() ?? .infinity < best + 1e-3)
  }
}
