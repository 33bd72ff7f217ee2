import Foundation
import TesseraStudy
import Testing

/// Latent class numbers of Linzer & Lewis (2011), JSS 42(10), through the command line.
@Suite("Published latent class numbers, through tessera segment")
struct PublishedNumbersTests {
  private func segment(
    _ file: String, _ active: String, _ more: String...
  ) throws -> JSONValue {
    let command = try Command()
    defer { command.close() }
    let arguments =
      [
        "segment", Command.fixture(file), "--active", active, "--frequency", "count", "--prior",
        "none", "--stability", "0", "--json",
      ] + more
    let result = try command.run(arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.json
  }

  private func close(_ json: JSONValue, _ key: String, _ expected: Double, _ tolerance: Double) {
    let value = json[key]?.number ?? .nan
    #expect(abs(value - expected) <= tolerance, "\(key) is \(value), not \(expected)")
  }

  private func shares(_ json: JSONValue) -> [Double] {
    (json["segments"]?.array ?? []).compactMap { $0["share"]?.number }
  }

  @Test func `carcinoma with two classes`() throws {
    let json = try segment("carcinoma_patterns.csv", "A,B,C,D,E,F,G", "--segments", "2")
    close(json, "log_likelihood", -317.25684, 1e-4)
    close(json, "parameters", 15, 0)
    close(json, "aic", 664.5137, 1e-3)
    close(json, "bic", 706.0739, 1e-3)
    close(json["criteria"] ?? .null, "g2", 62.36543, 1e-3)
  }

  @Test func `carcinoma with three classes`() throws {
    let json = try segment("carcinoma_patterns.csv", "A,B,C,D,E,F,G", "--segments", "3")
    close(json, "log_likelihood", -293.70498, 1e-4)
    close(json, "parameters", 23, 0)
    close(json, "aic", 633.41, 1e-3)
    close(json, "bic", 697.1357, 1e-3)
    close(json, "entropy_r2", 0.92567, 1e-4)
    close(json, "sabic", 624.43, 5e-3)
    close(json["criteria"] ?? .null, "g2", 15.26171, 1e-3)
    close(json["criteria"] ?? .null, "x2", 20.50336, 1e-3)
    for (share, expected) in zip(shares(json), [0.4447, 0.3736, 0.1817]) {
      #expect(abs(share - expected) < 5e-4)
    }
    #expect(json["respondents"]?.number == 118)
  }

  @Test func `carcinoma with four classes is not left in the local maximum of the manual`() throws {
    let json = try segment("carcinoma_patterns.csv", "A,B,C,D,E,F,G", "--segments", "4")
    close(json, "log_likelihood", -289.28585, 1e-4)
    close(json, "aic", 640.5717, 1e-3)
    close(json, "bic", 726.4629, 1e-3)
  }

  @Test func `cheating, and cheating with grade point average as a covariate`() throws {
    let items = "LIEEXAM,LIEPAPER,FRAUD,COPYEXAM"
    let plain = try segment("cheating_patterns.csv", items, "--segments", "2")
    close(plain, "log_likelihood", -440.02711, 1e-4)
    close(plain, "aic", 898.0542, 1e-3)
    close(plain, "bic", 931.9409, 1e-3)
    let sizes = shares(plain)
    #expect(abs(sizes[0] - 0.8394) < 5e-4)
    let covariate = try segment(
      "cheating_patterns.csv", items, "--covariates", "GPA", "--segments", "2")
    close(covariate, "log_likelihood", -429.63838, 1e-4)
    #expect(covariate["respondents"]?.number == 315)
  }

  @Test func `values: two classes are identified, three are not, and the tool says so`() throws {
    let two = try segment("values_patterns.csv", "A,B,C,D", "--segments", "2")
    close(two, "log_likelihood", -504.46767, 1e-4)
    close(two, "bic", 1057.3128, 1e-3)
    close(two["criteria"] ?? .null, "g2", 2.71992, 1e-3)
    #expect(!(two["warnings"]?.array ?? []).contains { isAboutIdentification($0) })
    let three = try segment("values_patterns.csv", "A,B,C,D", "--segments", "3")
    close(three, "log_likelihood", -503.30114, 1e-4)
    #expect((three["warnings"]?.array ?? []).contains { isAboutIdentification($0) })
  }

  private func isAboutIdentification(_ warning: JSONValue) -> Bool {
    warning.string?.contains("identified") ?? false
  }
}
