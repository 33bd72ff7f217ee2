import TesseraFiles
import TesseraSurvey
import Testing

/// SPSS files with one fault each; the sound ones hold the same 40 respondents.
@Suite struct MalformedStatTests {
  static let sound: [(String, notices: Int)] = [
    ("200_valid.sav", 0), ("201_rle.sav", 0), ("202_zsav.zsav", 0),
    ("218_count_very_negative.sav", 1), ("220_count_unknown.sav", 0),
    ("224_bad_compression.sav", 1), ("225_unknown_encoding.sav", 0),
    ("226_encoding_mismatch.sav", 0), ("229_mr_set.sav", 0), ("230_mr_set_bad_length.sav", 0),
    ("231_weight_variable.sav", 0),
  ]

  @Test(arguments: sound.indices)
  func `a sound or mended file gives the same forty respondents`(_ place: Int) throws {
    let (name, notices) = Self.sound[place]
    let file = try Self.read(name)
    let survey = file.survey
    #expect(
      survey.variables.map(\.name) == [
        "respid", "gender", "q1_satisfaction_overall", "weight", "open_end", "city",
      ])
    #expect(survey.respondentCount == 40, "\(name)")
    let rating = try #require(survey["q1_satisfaction_overall"])
    #expect(rating.answers.count - rating.missingCount == 31)
    #expect(rating.sum == 81)
    #expect(rating.missingRules == [.code(.number(99))])
    let weight = try #require(survey["weight"])
    #expect(abs(weight.sum - 53.452) < 1e-9)
    #expect(survey["gender"]?.categories.map(\.label) == ["Male", "Female"])
    #expect(file.notices.count == notices, "\(name)")
    #expect(survey.weightVariable == (name.hasPrefix("231") ? "weight" : nil))
  }

  @Test func `the multiple-response set of a file is found`() throws {
    #expect(try Self.read("229_mr_set.sav").survey.sets.count == 1)
    #expect(try Self.read("230_mr_set_bad_length.sav").survey.sets.isEmpty)
  }

  @Test(arguments: [
    "204_magic_only.sav", "207_truncated_mid_row.sav", "208_truncated_row_boundary.sav",
    "209_truncated_last_byte.sav", "210_truncated_rle.sav", "211_truncated_zsav.zsav",
    "212_wrong_magic.sav", "223_label_length_huge.sav", "227_long_names_garbled.sav",
    "228_missing_999.sav",
  ])
  func `a damaged file is refused by name`(_ name: String) {
    let error = #expect(throws: SurveyFileError.self) { try Self.read(name) }
    #expect(error?.exitStatus == 65)
    #expect(error?.file.hasSuffix(name) == true)
    if name.contains("truncated_mid") || name.contains("boundary") {
      #expect(error?.message.contains("40") == true)
    }
  }

  @Test(arguments: [
    "232_weight_index_out_of_range.sav", "240_bitflips.sav", "241_bitflips.sav",
    "242_bitflips.sav", "244_bitflips.sav",
  ])
  func `what cannot be told from a sound file is read or refused, and ends nothing`(
    _ name: String
  ) {
    do {
      #expect(try Self.read(name).survey.respondentCount == 40)
    } catch {
      #expect((error as? SurveyFileError)?.exitStatus == 65)
    }
  }

  private static func read(_ name: String) throws -> SurveyFile {
    var options = ReadingOptions()
    options.reader = TestFiles.reader
    return try SurveyReader.read([TestFiles.fixture("malformed/sav/" + name)], options: options)
  }
}
