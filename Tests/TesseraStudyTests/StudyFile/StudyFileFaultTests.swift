import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct StudyFileFaultTests {
  @Test func `a misspelt key is answered with the right one, its line and its path`() {
    let top = fault("survey: a.csv\nsegmets: {}\n")
    #expect(top?.code == "E0306")
    #expect(top?.row == 2)
    #expect(top?.message == "'segmets' is not a key of a study")
    #expect(top?.hint == "did you mean 'segments'?")
    let deep = faultIn("needs:\n  safe:\n    importanse: i\n")
    #expect(deep?.row == 4)
    #expect(deep?.column == "needs.safe.importanse")
    #expect(deep?.hint == "did you mean 'importance'?")
    #expect(deep?.file == "study.yaml")
    #expect(deep?.exitStatus == 65)
    let far = faultIn("segments: { zzzzzz: 1 }")
    #expect(far?.hint?.hasPrefix("known keys: active, passive") == true)
  }

  @Test(arguments: [
    // key path, study lines, code, part of the message or hint
    ("segments.count", "segments: { count: four }", "E0307", "such as 4"),
    ("segments.count", "segments: { count: 0 }", "E0309", "from 1 to 32"),
    ("segments.count", "segments: { count: 2.5 }", "E0309", "whole number"),
    ("segments.count", "segments: { count: 1e400 }", "E0309", "whole number"),
    ("segments.count", "segments: { count: 1000000000 }", "E0309", "from 1 to 32"),
    ("segments.count", "segments: { count: 8-2 }", "E0309", "2-8"),
    ("segments.count", "segments: { count: -3 }", "E0309", "whole number"),
    ("segments.count", "segments: { count: [2, 8] }", "E0307", "2-8"),
    ("segments.count", "segments: { count: \"4\" }", "E0307", "such as 4"),
    ("segments.method", "segments: { method: k-means }", "E0310", "'kmeans'"),
    ("segments.method", "segments: { method: given }", "E0313", "given: COLUMN"),
    ("segments.count", "segments: { given: g, count: 3 }", "E0313", "leave count out"),
    ("segments.starts", "segments: { starts: 0 }", "E0309", "from 1"),
    ("segments.starts", "segments: { starts: many }", "E0307", "20"),
    ("segments.tolerance", "segments: { tolerance: -1 }", "E0309", "1e-8"),
    ("segments.prior", "segments: { prior: no }", "E0310", "default, none"),
    ("segments.active[1]", "segments: { active: [a, a] }", "E0307", ""),
    ("need_scale", "need_scale: [5, 1]", "E0309", "lower end first"),
    ("need_scale", "need_scale: 5", "E0307", "[1, 5]"),
    ("need_scale[1]", "need_scale: [1, five]", "E0307", "[1, 5]"),
    ("need_scale", "need_scale: [1, 2, 3]", "E0307", "a list of 3"),
    ("need_scale[0]", "need_scale: [.nan, 5]", "E0307", "[1, 5]"),
    ("needs.a", "needs: { a: {} }", "E0308", "importance"),
    ("needs.a", "needs: { a: imp_a }", "E0307", "importance: COLUMN"),
    ("needs", "needs: [a, b]", "E0307", "NAME: { ... }"),
    ("needs.a.combine", "needs: { a: { importance: i, combine: sum } }", "E0310", "mean, all, any"),
    ("needs.a.importance", "needs: { a: { importance: [i] } }", "E0307", "a list"),
    ("needs.a.importance", "needs: { a: { importance: } }", "E0307", "found nothing"),
    ("features.f", "features: { f: { unit: s } }", "E0308", "linear"),
    (
      "features.f.value", "features: { f: { value: { linear: [1, 2], rate: [1, 2] } } }", "E0313",
      ""
    ),
    (
      "features.f.value.linear", "features: { f: { value: { linear: [2, 2] } } }", "E0309", "differ"
    ),
    (
      "features.f.value.linnear", "features: { f: { value: { linnear: [2, 3] } } }", "E0306",
      "linear"
    ),
    (
      "features.f.value.target", "features: { f: { value: { target: [2, 0] } } }", "E0309",
      "above 0"
    ),
    (
      "features.f.value.threshold", "features: { f: { value: { threshold: [2, -1] } } }", "E0309",
      ""
    ),
    ("features.f.value.rate", "features: { f: { value: { rate: [2, 0] } } }", "E0309", "above 0"),
    (
      "features.f.value.diminishing[1]",
      "features: { f: { value: { diminishing: [[2, 0], [1, 1]] } } }", "E0309", "rise"
    ),
    (
      "features.f.value.diminishing[0]",
      "features: { f: { value: { diminishing: [[2, 3], [4, 1]] } } }", "E0309", "between 0 and 1"
    ),
    (
      "features.f.value.burden",
      "features: { f: { value: { burden: { income: i, full_at: 1, zero_at: 0.4 } } } }", "E0309",
      "zero_at"
    ),
    ("features.f.levels.big", "features: { f: { levels: { none: 0, big: 2 } } }", "E0309", ""),
    ("features.f.levels.big", "features: { f: { levels: { none: 0, big: yes } } }", "E0307", "0.5"),
    (
      "features.f.levels", "features: { f: { value: { linear: [1, 2] }, levels: { a: 1 } } }",
      "E0313", ""
    ),
    ("barriers.b", "barriers: { b: { strength: 1 } }", "E0308", "violated_when"),
    (
      "barriers.b.strength", "barriers: { b: { violated_when: a > 1, strength: 2 } }", "E0309",
      "stops"
    ),
    ("rho", "rho: 2", "E0309", "plain mean"),
    ("rho", "rho: one", "E0307", "1"),
    ("population", "population: 0", "E0309", "above 0"),
    ("population", "population: 1,200,000", "E0307", "1200000"),
    ("population", "population: 0123", "E0307", "1200000"),
    ("population", "population: 0x10", "E0307", "1200000"),
    ("population", "population: \"12\"", "E0307", "leave the quotes out"),
    ("edits.e", "edits: { e: { set: { f: 1 } } }", "E0308", "product"),
    ("edits.e.set", "edits: { e: { product: p, set: {} } }", "E0308", "change something"),
    ("edits.e.cost", "edits: { e: { product: p, set: { f: 1 }, cost: lots } }", "E0307", "400"),
    ("funnel", "funnel: []", "E0307", "aware"),
    ("title", "title: [a]", "E0307", "a title"),
    ("title", "title:", "E0307", "found nothing"),
    ("products", "products: [a.csv]", "E0307", "CSV"),
  ])
  func `a wrong value is told with its place and what to write`(
    path: String, lines: String, code: String, words: String
  ) {
    let report = faultIn(lines)
    // A name twice in a list has a code of its own.
    #expect(report?.code == (path == "segments.active[1]" ? "E0305" : code))
    #expect(report?.column == path)
    #expect(report?.row == 2)
    let told = (report?.message ?? "") + " " + (report?.hint ?? "")
    #expect(words.isEmpty || told.contains(words), "\(told)")
  }

  @Test(arguments: [
    ("{}", "E0308", "file"), ("[]", "E0307", "mapping"),
    ("{ file: [] }", "E0307", "empty"), ("{ file: a, weight: w, frequency: f }", "E0313", "both"),
    ("{ file: a, missing: { all: { -9: } } }", "E0307", "refused"),
    ("{ file: a, levels: { a: ordnal } }", "E0310", "'ordinal'"),
    ("{ file: a, levels: { a: [one] } }", "E0309", "two answers"),
    ("{ file: a, sets: { s: { column: c, columns: d } } }", "E0313", "not both"),
    ("{ file: a, sets: { s: { columns: d, separator: \";\" } } }", "E0313", "column:"),
    ("{ file: a, sets: { s: {} } }", "E0308", "columns"),
    ("{ file: a, wieght: w }", "E0306", "'weight'"),
  ])
  func `faults under survey are told`(survey: String, code: String, words: String) {
    let report = fault("survey: \(survey)\n")
    #expect(report?.code == code)
    let told = (report?.message ?? "") + " " + (report?.hint ?? "")
    #expect(told.contains(words), "\(told)")
  }

  @Test func `a study without a survey says so`() {
    let report = fault("title: A\n")
    #expect(report?.code == "E0308")
    #expect(report?.hint == "add survey: { file: respondents.csv }")
  }
}
