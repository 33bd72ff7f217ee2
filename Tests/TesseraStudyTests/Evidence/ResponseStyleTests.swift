import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct ResponseStyleTests {
  /// Two kinds that like different things, half of each ticking two points higher throughout.
  private static func ratings(_ rows: Int) -> (variables: [Variable], kind: [Int], style: [Int]) {
    var random = RandomStream(seed: 6)
    var columns = [[Double]](repeating: [], count: 6)
    var kind: [Int] = []
    var style: [Int] = []
    for _ in 0..<rows {
      let own = random.below(2)
      let high = random.below(2)
      kind.append(own)
      style.append(high)
      for place in 0..<6 {
        let liked = (place < 3) == (own == 0)
        columns[place].append(
          (2 + (liked ? 1.5 : 0) + 3 * Double(high) + 0.6 * random.normal()).rounded())
      }
    }
    return (
      columns.enumerated().map { Made.numeric("q\($0)", $1) }, kind, style
    )
  }

  private static func agreement(_ run: StudySegmentation, _ truth: [Int]) -> Double {
    let labels = (0..<truth.count).map { run.segmented.posterior[$0, 0] > 0.5 ? 0 : 1 }
    let same = Double(zip(labels, truth).count { $0 == $1 }) / Double(truth.count)
    return max(same, 1 - same)
  }

  @Test(arguments: [ResponseStyleDeclaration.centred, .ipsatised, .ranked, .intercept])
  func `correction turns segments of style into segments of taste`(
    _ way: ResponseStyleDeclaration
  ) throws {
    let made = Self.ratings(160)
    let data = Made.data(made.variables)
    var declaration = EvidenceTests.declaration(made.variables.map(\.name))
    let plain = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(Self.agreement(plain, made.style) > 0.9)
    declaration.model.responseStyle = way
    let corrected = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(Self.agreement(corrected, made.kind) > 0.9)
    #expect(corrected.result.warnings.contains { $0.contains("Response style") })
    // New respondents are treated alike, from the model's file.
    let model = try SegmentModel.read(Data(corrected.model.json.text.utf8))
    #expect(model == corrected.model)
    #expect(model.style?.columns == made.variables.map(\.name))
    let batch = try Assigner(model).assign(data.survey)
    let pairs = zip(batch.posterior.values, corrected.segmented.posterior.values)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-7 })
  }

  @Test func `words that have an order are rated by their places, in new files too`() throws {
    let made = Self.ratings(160)
    let words = ["never", "rarely", "at times", "often", "very often", "always"]
    // Nine steps as six words; the file lists them in the order of the scale.
    let worded = made.variables.map { variable in
      let places = variable.numbers.map { min(6, max(1, Int(($0 * 6 / 8).rounded()))) }
      return Variable(
        name: variable.name, level: .ordinal,
        categories: words.map { Category(code: .text($0), label: $0) },
        answers: AnswerColumn(positions: places, categoryCount: 6))
    }
    let numbers = worded.map { variable in
      Made.numeric(variable.name, (0..<160).map { Double(variable.answers.position($0)) })
    }
    var declaration = EvidenceTests.declaration(worded.map(\.name))
    declaration.model.responseStyle = .centred
    let asNumbers = try StudySegmentation.run(
      Made.data(numbers), declaration, EvidenceTests.plain)
    var settings = EvidenceTests.plain
    settings.minimumCell = 1
    let run = try StudySegmentation.run(Made.data(worded), declaration, settings)
    #expect(Self.agreement(run, made.kind) > 0.9)
    let pairs = zip(run.segmented.posterior.values, asNumbers.segmented.posterior.values)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-6 })
    // A new file lists the words by the alphabet and says nothing of an order.
    let shuffled = worded.map { variable -> Variable in
      let order = words.indices.sorted { words[$0] < words[$1] }
      let places = order.indices.map { place in 1 + (order.firstIndex(of: place) ?? 0) }
      return Variable(
        name: variable.name, level: .nominal, categories: order.map { variable.categories[$0] },
        answers: AnswerColumn(
          positions: variable.answers.values(of: [0] + places), categoryCount: 6))
    }
    let model = try SegmentModel.read(Data(run.model.json.text.utf8))
    let batch = try Assigner(model).assign(Survey(variables: shuffled, sets: []))
    let again = zip(batch.posterior.values, run.segmented.posterior.values)
    #expect(again.allSatisfy { abs($0 - $1) < 1e-7 })
  }

  @Test func `too few ratings are told plainly`() throws {
    let made = Made.planted(60)
    var declaration = EvidenceTests.declaration()
    declaration.model.responseStyle = .centred
    do {
      _ = try StudySegmentation.run(
        Made.data(made.variables, sets: [Made.pastimes]), declaration, EvidenceTests.plain)
      Issue.record("two ratings were corrected")
    } catch {
      #expect(error.report.code == "E0514")
      #expect(error.report.message.hasPrefix("scale_use takes"))
      #expect(error.report.hint?.contains("levels") == true)
    }
  }

  @Test func `the scale decides which column weighs, and stays with the model`() throws {
    var random = RandomStream(seed: 2)
    let kind = (0..<90).map { _ in random.below(2) }
    let loud = Made.numeric("loud", kind.map { _ in 100 * random.normal() })
    let telling = Made.numeric("telling", kind.map { Double($0) + 0.1 * random.normal() })
    let third = Made.numeric("third", kind.map { 1.2 * Double($0) + 0.1 * random.normal() })
    let data = Made.data([loud, telling, third])
    var declaration = EvidenceTests.declaration(["loud", "telling", "third"])
    declaration.method = .kmeans
    let scaled = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(Self.agreement(scaled, kind) > 0.95)
    declaration.model.scale = .range
    let ranged = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(Self.agreement(ranged, kind) > 0.95)
    declaration.model.scale = .none
    let raw = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(Self.agreement(raw, kind) < 0.8)
    for run in [scaled, ranged, raw] {
      let batch = try Assigner(SegmentModel.read(Data(run.model.json.text.utf8)))
        .assign(data.survey)
      #expect(batch.posterior == run.segmented.posterior)
    }
    declaration.method = .kprototypes
    let other = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
    #expect(other.result.warnings.contains { $0.contains("scale plays no part") })
  }

  @Test func `names that cannot be tied, and outcomes without a model, are refused`() throws {
    let made = Made.planted(60)
    let data = Made.data(made.variables, sets: [Made.pastimes])
    func code(_ change: (inout SegmentsDeclaration) -> Void) -> String? {
      var declaration = EvidenceTests.declaration()
      change(&declaration)
      do {
        _ = try StudySegmentation.run(data, declaration, EvidenceTests.plain)
        return nil
      } catch {
        return error.report.code
      }
    }
    #expect(code { $0.model.directEffects = [["marital", "home"]] } == "E0515")
    #expect(code { $0.model.directEffects = [["marital", "outlok"]] } == "E0515")
    #expect(code { $0.model.zeroInflated = ["marital"] } == "E0515")
    #expect(code { $0.model.blocks = [["home", "outlook"]] } == "E0515")
    #expect(
      code {
        $0.method = .mixture
        $0.model.blocks = [["home", "outlook"]]
      } == "E0515")
    #expect(
      code {
        $0.method = .kmeans
        $0.evidence.outcomes = ["home"]
      } == "E0513")
    #expect(code { $0.evidence.outcomes = ["homee"] } == "E0501")
  }
}
