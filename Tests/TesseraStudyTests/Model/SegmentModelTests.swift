import Foundation
import TesseraMath
import TesseraSurvey
import Testing

@testable import TesseraStudy

@Suite struct SegmentModelTests {
  private static func model(
    _ method: SegmentationMethod = .latentClass
  ) throws -> SegmentModel {
    let made = Made.planted(60, gaps: 0.1)
    var random = RandomStream(seed: 8)
    let visits = Made.numeric(
      "visits", made.kind.map { Double(random.below($0 == 0 ? 3 : 9)) }, level: .count)
    var declaration = Made.declaration(["marital", "pastimes", "home", "outlook", "visits"])
    declaration.method = method
    declaration.starts = 2
    declaration.stability = 2
    var settings = RunSettings()
    settings.minimumCell = 1
    var survey = SurveyDeclaration(files: ["survey.csv"])
    survey.id = "person"
    survey.missingEverywhere = [MissingDeclaration(code: "-99", reason: "refused")]
    survey.sets = [
      SetDeclaration(name: "pastimes", source: .columns(["does_*"], chosen: "1"))
    ]
    return try StudySegmentation.run(
      Made.data(made.variables + [visits], sets: [Made.pastimes]), declaration, settings,
      survey: survey
    ).model
  }

  @Test(arguments: [SegmentationMethod.latentClass, .kmeans])
  func `a model comes back from its file to the last bit`(_ method: SegmentationMethod) throws {
    let model = try Self.model(method)
    let text = model.json.text
    let back = try SegmentModel.read(Data(text.utf8))
    #expect(back == model)
    #expect(back.json.text == text)
  }

  @Test func `the file has the keys that other programs rely on`() throws {
    let file = try JSONValue.parse(Data(Self.model().json.text.utf8))
    for key in [
      "schema", "method", "seed", "respondents", "weighted_respondents", "effective_sample_size",
      "log_likelihood", "parameters", "aic", "bic", "sabic", "icl", "entropy_r2", "converged",
      "starts", "segments", "indicators", "selection", "stability", "criteria",
    ] {
      #expect(file[key] != nil, "\(key)")
    }
    #expect(file["stability"]?["global_ari"]?["median"]?.number != nil)
    #expect(file["segments"]?.array?[0]["share"]?.number != nil)
    #expect(file["indicators"]?.array?[0]["by_segment"]?.array?.count == 2)
  }

  @Test func `no respondent stands in the file`() throws {
    let text = try Self.model().json.text
    #expect(!text.contains("r17"))
  }

  @Test func `an edited model is refused`() throws {
    let text = try Self.model().json.text
    let edited = text.replacing("\"married\"", with: "\"wedded\"")
    #expect(edited != text)
    do {
      _ = try SegmentModel.read(Data(edited.utf8))
      Issue.record("an edited model was read")
    } catch {
      #expect(error.report.code == "E0508")
    }
  }

  @Test func `layout and order of keys do not matter`() throws {
    let model = try Self.model()
    let text = model.json.canonical.compactText
    // Criteria are told in the order of the file, so the canonical forms are compared.
    #expect(try SegmentModel.read(Data(text.utf8)).json.canonical == model.json.canonical)
  }

  /// Changes a file, with a checksum that fits, so that the other checks are put to the test.
  private func refusal(_ change: (String) -> String) throws -> String {
    let text = try Self.model().json.text
    let changed = change(text)
    #expect(changed != text)
    var value = try JSONValue.parse(Data(changed.utf8)).without("checksum")
    guard case .object(let members) = value else { return "" }
    value = .object(members + [("checksum", .string(SegmentModel.checksum(of: value)))])
    do {
      _ = try SegmentModel.read(Data(value.text.utf8))
      return "accepted"
    } catch {
      return error.report.code + " " + error.report.message
    }
  }

  @Test func `impossible numbers, unknown keys and other versions are refused`() throws {
    #expect(
      try refusal { $0.replacing("tessera.segments.1", with: "tessera.segments.9") }
        .hasPrefix("E0509"))
    #expect(
      try refusal { $0.replacing("\"converged\"", with: "\"convergd\"") }.hasPrefix("E0507"))
    #expect(
      try refusal { $0.replacing("\"encoding\"", with: "\"encodings\"") }.contains("encoding"))
    #expect(
      try refusal { text in
        text.replacing(#/"variances": \[[^,]+,/#) { _ in "\"variances\": [-1," }
      }.contains("above 0"))
    #expect(
      try refusal { text in
        text.replacing(#/"prevalence": \[[^\]]+\]/#) { _ in "\"prevalence\": [0.7, 0.2]" }
      }.contains("sum to 1"))
    #expect(
      try refusal { text in
        text.replacing(#/"rates": \[[^\]]+\]/#) { _ in "\"rates\": [1]" }
      }.contains("2 numbers"))
  }

  @Test func `what is no model is refused kindly`() throws {
    for text in ["", "{", "[]", "{\"a\": 1}", "hello", "{\"schema\": 3}"] {
      #expect(throws: StudyError.self) { try SegmentModel.read(Data(text.utf8)) }
    }
  }
}
