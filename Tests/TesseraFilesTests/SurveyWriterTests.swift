import Foundation
import TesseraFiles
import TesseraSurvey
import Testing

@Suite struct SurveyWriterTests {
  /// A survey with all that SPSS can hold.
  static var survey: Survey {
    let likert = (1...5).map { Category(code: .number(Double($0)), label: "Level \($0) €") }
    var rated = Variable(
      name: "satisfaction_with_the_delivery", label: "How satisfied? 你好", level: .ordinal,
      categories: likert, answers: .codes8([1, 5, 0, 3, 0, 2]),
      missingRules: [.range(-.infinity, -1), .code(.number(99))],
      reasons: [
        MissingReason(kind: .declared, code: .number(99), label: "Refused"),
        MissingReason(kind: .declared, code: .number(-2), label: "Not applicable"),
      ], missing: [0, 0, 1, 0, 2, 0])
    rated.otherLabels = [
      Category(code: .number(-2), label: "Not applicable"),
      Category(code: .number(99), label: "Refused"),
    ]
    rated.format = ValueFormat(family: .spss, text: "F3.0")
    rated.statedMeasure = 2
    var other = rated.renamed("satisfaction_with_the_price")
    other.missing = []
    other.reasons = []
    other.answers = .codes8([1, 1, 1, 2, 0, 5])
    var day = Variable(
      name: "day", level: .date,
      answers: .numbers([13_700_000_000, .nan, 13_800_000_000, 1, 2, 3]))
    day.format = ValueFormat(family: .spss, text: "DATETIME20")
    day.statedMeasure = 3
    let long = String(repeating: "ä", count: 300)
    let texts = ["", "b", long]
    var open = Variable(
      name: "open", label: "Open answer", level: .text,
      categories: texts.dropFirst().map { Category(code: .text($0)) },
      answers: .codes8([1, 2, 0, 1, 1, 0]))
    open.format = ValueFormat(family: .spss, text: "A700")
    open.statedMeasure = 1
    var region = Variable(
      name: "region", level: .nominal,
      categories: [
        Category(code: .text("N"), label: "North"), Category(code: .text("S"), label: "South"),
      ], answers: .codes8([1, 2, 2, 1, 0, 0]), missingRules: [.code(.text("X"))],
      reasons: [MissingReason(kind: .declared, code: .text("X"), label: "Elsewhere")],
      missing: [0, 0, 0, 0, 1, 0])
    region.otherLabels = [Category(code: .text("X"), label: "Elsewhere")]
    region.format = ValueFormat(family: .spss, text: "A1")
    region.statedMeasure = 1
    var brand = Variable(
      name: "brand", level: .nominal,
      categories: [
        Category(code: .text("a rather long code"), label: "Long"),
        Category(code: .text("short"), label: "Short"),
      ], answers: .codes8([1, 2, 1, 0, 2, 1]))
    brand.format = ValueFormat(family: .spss, text: "A20")
    brand.statedMeasure = 1
    let bits = ["web", "shop"].map { name in
      var bit = Variable(
        name: "bought_in_" + name, label: "Bought: " + name, level: .nominal,
        categories: [
          Category(code: .number(0), label: "No"), Category(code: .number(1), label: "Yes"),
        ], answers: .codes8([1, 2, 2, 1, 0, 2]))
      bit.format = ValueFormat(family: .spss, text: "F1.0")
      bit.statedMeasure = 1
      return bit
    }
    var weight = Variable(
      name: "weight", level: .numeric, answers: .numbers([0.5, 1.25, 2, 1, 0.1, 1]))
    weight.format = ValueFormat(family: .spss, text: "F8.4")
    weight.statedMeasure = 3
    var variables = [rated, other, day, open, region, brand] + bits + [weight]
    for place in variables.indices {
      variables[place].display = ColumnDisplay(
        width: 6 + place, alignment: [.left, .right, .center][place % 3])
      variables[place].attributes = [FileAttribute(name: "$@Role", values: [String(place % 3)])]
    }
    return Survey(
      variables: variables,
      sets: [
        MultipleResponseSet(
          name: "bought", label: "Where bought", members: bits.map(\.name),
          coding: .dichotomy(chosen: .number(1))),
        MultipleResponseSet(
          name: "rated", label: "", members: bits.map(\.name), coding: .category),
        MultipleResponseSet(
          name: "where", label: "Wo gekauft, für wen", members: bits.map(\.name),
          coding: .dichotomy(chosen: .number(1)),
          optionLabels: .chosenCodes(isWordedByFirst: false)),
        MultipleResponseSet(
          name: "again", label: "Bought: web", members: bits.map(\.name),
          coding: .dichotomy(chosen: .number(1)),
          optionLabels: .chosenCodes(isWordedByFirst: true)),
      ], weightVariable: "weight")
  }

  static var options: WritingOptions {
    var options = WritingOptions()
    options.reader = TestFiles.reader
    return options
  }

  /// What the file says of itself.
  static let details = FileDetails(
    label: "Wave 3", notes: ["Fieldwork in May.", "Weighted by region."],
    attributes: [FileAttribute(name: "Source", values: ["panel", "it's \"open\""])])

  /// Writes a survey and reads it again.
  static func roundTrip(
    _ survey: Survey, _ name: String, options: WritingOptions = Self.options
  ) throws -> (file: SurveyFile, losses: ConversionLosses) {
    try TestFiles.withFolder { folder in
      let path = folder + "/" + name
      let losses = try SurveyWriter.write(
        survey, details: details, to: path, options: options)
      var reading = ReadingOptions()
      reading.reader = TestFiles.reader
      return (try SurveyReader.read([path], options: reading), losses)
    }
  }

  @Test(arguments: ["out.sav", "out.zsav"])
  func `a round trip through SPSS loses nothing`(_ name: String) throws {
    let (file, losses) = try Self.roundTrip(Self.survey, name)
    #expect(losses.isEmpty)
    #expect(file.label == "Wave 3")
    #expect(file.notes == Self.details.notes)
    #expect(file.attributes == Self.details.attributes)
    #expect(file.notices == [])
    for variable in Self.survey.variables {
      #expect(file.survey[variable.name] == variable)
    }
    #expect(file.survey == Self.survey)
  }

  @Test func `the same survey gives the same bytes`() throws {
    try TestFiles.withFolder { folder in
      for ending in ["sav", "zsav", "dta", "xlsx", "csv"] {
        for name in ["one.", "two."] {
          _ = try SurveyWriter.write(
            Self.survey, to: folder + "/" + name + ending, options: Self.options)
        }
        let one = try Data(contentsOf: URL(filePath: folder + "/one." + ending))
        #expect(one == (try Data(contentsOf: URL(filePath: folder + "/two." + ending))))
        #expect(one.count > 100)
      }
    }
  }

  @Test(.enabled(if: Peer.hasReadStat), arguments: ["out.sav", "out.zsav", "out.dta"])
  func `pyreadstat reads what was written`(_ name: String) throws {
    try TestFiles.withFolder { folder in
      let path = folder + "/" + name
      _ = try SurveyWriter.write(Self.survey, to: path, options: Self.options)
      let script = """
        import json, sys, pyreadstat
        path = sys.argv[1]
        read = pyreadstat.read_dta if path.endswith("dta") else pyreadstat.read_sav
        d, m = read(path, user_missing=True, disable_datetime_conversion=True)
        def cell(v):
            return None if v != v else v
        print(json.dumps({
            "cells": {c: [cell(v) for v in d[c].tolist()] for c in d.columns},
            "labels": m.column_names_to_labels,
            "values": {n: {str(k): v for k, v in l.items()} for n, l in m.variable_value_labels.items()},
            "missing": {n: [[str(r["lo"]), str(r["hi"])] for r in l] for n, l in m.missing_ranges.items()},
            "measure": m.variable_measure,
            "sets": getattr(m, "mr_sets", None),
        }))
        """
      let (status, output) = try Peer.run(["-c", script, path])
      #expect(status == 0)
      let found = try #require(
        try JSONSerialization.jsonObject(with: output) as? [String: [String: Any]])
      let cells = try #require(found["cells"])
      #expect(cells["weight"] as? [Double] == [0.5, 1.25, 2, 1, 0.1, 1])
      #expect((cells["open"] as? [String])?[1] == String(repeating: "ä", count: 300))
      let price = "satisfaction_with_the_price"
      #expect((cells[price] as? [Any])?.compactMap { $0 as? Double } == [1, 1, 1, 2, 5])
      let values = try #require(found["values"]?[price] as? [String: String])
      #expect(values["5"] == "Level 5 €" || values["5.0"] == "Level 5 €")
      guard !name.hasSuffix("dta") else { return }
      #expect(
        found["missing"]?["satisfaction_with_the_delivery"] as? [[String]]
          == [["-inf", "-1.0"], ["99.0", "99.0"]])
      #expect(found["missing"]?["region"] as? [[String]] == [["X", "X"]])
      #expect(
        found["values"]?["brand"] as? [String: String]
          == ["a rather long code": "Long", "short": "Short"])
      #expect(found["measure"]?["satisfaction_with_the_delivery"] as? String == "ordinal")
      let set = found["sets"]?["bought"] as? [String: Any]
      #expect(set?["variable_list"] as? [String] == ["bought_in_web", "bought_in_shop"])
      #expect(set?["label"] as? String == "Where bought")
    }
  }

  static let hasHaven: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["Rscript", "-e", "library(haven)"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(.enabled(if: hasHaven))
  func `haven reads what was written`() throws {
    try TestFiles.withFolder { folder in
      for ending in ["sav", "zsav", "dta"] {
        _ = try SurveyWriter.write(
          Self.survey, to: folder + "/out." + ending, options: Self.options)
      }
      let script = """
        a <- haven::read_sav("\(folder)/out.sav", user_na = TRUE)
        b <- haven::read_sav("\(folder)/out.zsav", user_na = TRUE)
        c <- haven::read_dta("\(folder)/out.dta")
        stopifnot(identical(a, b), nrow(a) == 6, ncol(a) == 9, nrow(c) == 6, ncol(c) == 9)
        x <- a[["satisfaction_with_the_delivery"]]
        stopifnot(identical(as.vector(x), c(1, 5, 99, 3, -2, 2)))
        stopifnot(attr(x, "na_range") == c(-Inf, -1), attr(x, "na_values") == 99)
        stopifnot(attr(x, "labels")[["Refused"]] == 99, attr(x, "label") == "How satisfied? 你好")
        stopifnot(nchar(a$open[2]) == 300, is.na(c$day[2]))
        y <- c[["satisfaction_with_the_delivery"]]
        stopifnot(haven::na_tag(y[3]) == "a", haven::na_tag(y[5]) == "b")
        """
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["Rscript", "-e", script]
      process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }

  @Test func `Stata keeps values, labels, days and kinds of missing, and lists the rest`() throws {
    let (file, losses) = try Self.roundTrip(Self.survey, "out.dta")
    let survey = file.survey
    #expect(survey.respondentCount == 6)
    let rated = try #require(survey["satisfaction_with_the_delivery"])
    #expect(rated.answerTexts == ["1", "5", "", "3", "", "2"])
    #expect(rated.categories.map(\.label) == (1...5).map { "Level \($0) €" })
    #expect(rated.reasons.map(\.label) == ["Refused", "Not applicable"])
    let day = try #require(survey["day"])
    let own = try #require(Self.survey["day"])
    #expect(day.format?.seconds(day.number(0)) == own.format?.seconds(own.number(0)))
    #expect(survey["weight"]?.numbers == Self.survey["weight"]?.numbers)
    let words = losses.items.map(\.what).joined(separator: "; ")
    for expected in [
      "labels of texts", "multiple-response", "weight", "declared missing", "roles",
      "attributes of the file",
    ] {
      #expect(words.contains(expected))
    }
  }

  @Test func `a workbook keeps texts as texts, days as days, and the codebook beside them`() throws
  {
    var survey = Self.survey
    survey.put(
      Variable(
        name: "formula", level: .text,
        categories: ["+1", "=1+1", "@x", "_x0041_"].map { Category(code: .text($0)) },
        answers: .codes8([1, 2, 3, 4, 0, 0])))
    let (file, losses) = try Self.roundTrip(survey, "out.xlsx")
    #expect(file.survey["formula"]?.answerTexts == ["+1", "=1+1", "@x", "_x0041_", "", ""])
    #expect(file.survey["weight"]?.numbers == survey["weight"]?.numbers)
    #expect(
      file.survey["satisfaction_with_the_delivery"]?.numbers == [1, 5, 99, 3, -2, 2])
    #expect(file.survey["day"]?.level == .date)
    #expect(losses.items.contains { $0.what.contains("multiple-response set bought") })
    try TestFiles.withFolder { folder in
      _ = try SurveyWriter.write(survey, to: folder + "/out.xlsx", options: Self.options)
      var options = ReadingOptions()
      options.sheet = "Labels"
      let labels = try SurveyReader.read([folder + "/out.xlsx"], options: options).survey
      #expect(labels.variables.map(\.name) == ["variable", "code", "label", "missing"])
      #expect(labels["label"]?.answerTexts.contains("Refused") == true)
      options.sheet = "Variables"
      let variables = try SurveyReader.read([folder + "/out.xlsx"], options: options).survey
      #expect(variables.respondentCount == survey.variables.count)
    }
  }

  @Test func `CSV holds codes, or labels on request, and says what it cannot hold`() throws {
    let (file, losses) = try Self.roundTrip(Self.survey, "out.csv")
    #expect(file.survey["region"]?.answerTexts == ["N", "S", "S", "N", "X", ""])
    #expect(losses.items.contains { $0.what.hasPrefix("labels of answers") })
    var options = Self.options
    options.usesLabels = true
    let labelled = try Self.roundTrip(Self.survey, "out.tsv", options: options)
    #expect(
      labelled.file.survey["region"]?.answerTexts
        == ["North", "South", "South", "North", "Elsewhere", ""])
  }

  @Test func `days as text, odd names and many missing codes find a form in SPSS`() throws {
    var options = ReadingOptions()
    options.missing = ["95", "96", "97", "98"].map { DeclaredMissing($0) }
    let text = """
      1st,Q1 [Row a],q1 [row a]2,when,all
      1,95,x,2026-01-31,2
      2,96,y,2026-02-28,3
      3,97,x,,4
      4,98,y,2026-03-01,5
      5,1,x,2026-03-02,6

      """
    let survey = try TestFiles.read(text, options: options).survey
    let (file, losses) = try Self.roundTrip(survey, "out.sav")
    #expect(
      file.survey.variables.map(\.name) == ["V_1st", "Q1_Row_a", "q1_row_a_2", "when", "all_"])
    #expect(file.survey["V_1st"]?.label == "1st")
    let many = try #require(file.survey["Q1_Row_a"])
    #expect(many.missingRules == [.range(95, 98)])
    #expect(many.missingCount == 4)
    let when = try #require(file.survey["when"])
    #expect(when.level == .date)
    #expect(when.format?.seconds(when.number(0)) == CalendarText.parse("2026-01-31")?.seconds)
    #expect(losses.items.map(\.columns.count) == [4])
  }

  @Test func `kinds of missing from Stata become declared codes in SPSS`() throws {
    let grades = Variable(
      name: "grade", level: .ordinal,
      categories: [Category(code: .number(1), label: "good"), Category(code: .number(2))],
      answers: .codes8([1, 2, 0, 0]),
      reasons: [MissingReason(kind: .declared, code: .text(".a"), label: "refused")],
      missing: [0, 0, 1, 0])
    let (file, losses) = try Self.roundTrip(Survey(variables: [grades]), "out.sav")
    let read = try #require(file.survey["grade"])
    #expect(read.answerTexts == ["1", "2", "", ""])
    #expect(read.reasons.map(\.label) == ["refused"])
    #expect(read.missing == [0, 0, 1, 0])
    #expect(!losses.isEmpty)
  }

  @Test func `a format that is not written, and a folder that is not there, are told`() {
    #expect(throws: OutputError.self) {
      try SurveyWriter.write(Self.survey, to: "/tmp/out.doc", options: Self.options)
    }
    #expect(throws: OutputError.self) {
      try SurveyWriter.write(Self.survey, to: "/nowhere/at/all.csv", options: Self.options)
    }
    var options = WritingOptions()
    options.reader = "/nowhere/tessera-read"
    #expect(throws: OutputError.self) {
      try SurveyWriter.write(Self.survey, to: "/tmp/out.sav", options: options)
    }
  }
}

extension Variable {
  /// The same under another name.
  fileprivate func renamed(_ name: String) -> Variable {
    var result = Variable(
      name: name, label: label, level: level, categories: categories, answers: answers,
      missingRules: missingRules, reasons: reasons, missing: missing)
    result.format = format
    result.otherLabels = otherLabels
    result.statedMeasure = statedMeasure
    result.display = display
    result.attributes = attributes
    return result
  }
}
