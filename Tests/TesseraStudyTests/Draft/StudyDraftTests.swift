import Foundation
import TesseraFiles
import TesseraStudy
import TesseraSurvey
import Testing

/// A survey from a small table; every answer of a row by column.
private func survey(_ header: String, rows: Int, _ row: (Int) -> String) throws -> SurveyFile {
  let text = header + "\n" + (0..<rows).map { row($0) + "\n" }.joined()
  let folder = try StudyFolder(["answers.csv": text])
  return try SurveyReader.read(["\(folder.path)/answers.csv"])
}

/// A draft, and the study it parses to.
private func draft(_ file: SurveyFile) throws -> (text: String, study: StudyFile) {
  let draft = StudyDraft.make(from: file, files: ["answers.csv"])
  #expect(draft.dropped.isEmpty, "\(draft.dropped)")
  return (draft.text, try StudyFile.parse(draft.text, file: "study.yaml"))
}

/// What stands in a draft behind a text, on the same line.
private func comment(_ text: String, on piece: String) -> String {
  text.split(separator: "\n").first { $0.contains(piece) }?.split(separator: "#").last
    .map(String.init) ?? ""
}

@Suite struct StudyDraftTests {
  static let english = """
    respondent,weight,gender,age_group,income,education,marital_status,act_run,act_sing,tv,radio,\
    newspaper,imp_safety,imp_price,sat_safety,sat_price,stops_me,coupe_aware,coupe_bought,email
    """

  static func englishRow(_ row: Int) -> String {
    let ages = ["18 to 29", "30 to 44", "45 and over"]
    let stops = ["price;no child seat", "price", "no child seat", "too big;price"]
    return [
      "R\(row)", "\(0.5 + Double(row % 5) * 0.3)", row % 2 == 0 ? "f" : "m", ages[row % 3],
      row % 11 == 0 ? "-99" : "\(20 + row % 37)", ["School", "College", "Degree"][row % 3],
      ["single", "married"][row % 2], "\(row % 2)", "\((row / 2) % 2)", "\(row % 2)",
      "\((row / 3) % 2)", "1", "\(1 + row % 5)", "\(1 + (row / 2) % 5)",
      row % 7 == 0 ? "9" : "\(1 + row % 5)", "\(1 + (row / 3) % 4)", stops[row % 4], "1",
      "\(row % 2)", "person\(row)@example.invalid",
    ].joined(separator: ",")
  }

  @Test func `roles are guessed from English names, each with its reason`() throws {
    let file = try survey(Self.english, rows: 120, Self.englishRow)
    let (text, study) = try draft(file)
    #expect(study.survey.id == "respondent")
    #expect(study.survey.weight == .sampling("weight"))
    #expect(study.segments.active.contains("income"))
    #expect(study.segments.active.contains("activities"))
    #expect(study.segments.active.contains("marital_status"))
    #expect(study.segments.passive.contains("gender"))
    #expect(study.segments.passive.contains("media"))
    #expect(study.channels == ["media"])
    #expect(
      study.survey.levels
        == [
          LevelDeclaration(
            column: "age_group", level: .ordinal, order: ["18 to 29", "30 to 44", "45 and over"])
        ])
    #expect(study.needs.map(\.name) == ["safety", "price"])
    #expect(study.needs.map(\.satisfaction) == ["sat_safety", "sat_price"])
    #expect(study.needScale == RatingScale(low: 1, high: 5))
    #expect(study.funnel == .overall(["coupe_aware", "coupe_bought"]))
    #expect(study.survey.missingByColumn.map(\.column) == ["income", "sat_safety"])
    #expect(
      study.survey.sets.first { $0.name == "stops_me" || $0.name == "stops_me_set" }?.source
        == .delimited(column: "stops_me", separator: ";"))
    #expect(comment(text, on: "- income").contains("the name says \"income\""))
    #expect(comment(text, on: "income: { -99").contains("below 0"))
    #expect(text.contains("email"))
    #expect(!study.segments.passive.contains("email"))
    #expect(!text.contains("example.invalid"))
  }

  @Test func `a draft loads unchanged beside its survey`() throws {
    let answers = Self.english + "\n" + (0..<120).map { Self.englishRow($0) + "\n" }.joined()
    let folder = try StudyFolder(["answers.csv": answers])
    let file = try SurveyReader.read(["\(folder.path)/answers.csv"])
    try folder.write(
      StudyDraft.make(from: file, files: ["answers.csv"]).text, to: "study.yaml")
    let study = try folder.load()
    #expect(study.data.survey.respondentCount == 120)
    #expect(study.data.set("activities")?.members == ["act_run", "act_sing"])
    #expect(study.data.survey["income"]?.missingCount == 11)
    #expect(study.file.needs.allSatisfy { $0.scale != nil })
  }

  @Test(arguments: [
    (
      "Fragebogennummer,Gewichtung,Geschlecht,Altersgruppe,Nettoeinkommen,Schulabschluss,"
        + "Familienstand,Wichtigkeit_Preis,Wichtigkeit_Platz,Zufriedenheit_Preis,"
        + "Zufriedenheit_Platz",
      "Stimme zu"
    ),
    (
      "identifiant,ponderation,Sexe,age,revenu,diplôme,état civil,importance_prix,"
        + "importance_place,satisfaction_prix,satisfaction_place", "d'accord"
    ),
    (
      "encuestado,ponderación,sexo,edad,ingresos,estudios,estado civil,importancia_precio,"
        + "importancia_espacio,satisfacción_precio,satisfacción_espacio", "de acuerdo"
    ),
  ])
  func `roles are guessed from German, French and Spanish names`(
    header: String, word: String
  ) throws {
    let names = header.split(separator: ",").map(String.init)
    let file = try survey(header, rows: 60) { row in
      [
        "\(1000 + row)", "\(0.5 + Double(row % 7) * 0.2)", ["a", "b"][row % 2], "\(18 + row % 50)",
        "\(1000 + row * 37)", ["x", "y", "z"][row % 3], ["u", "v"][(row / 2) % 2],
        "\(1 + row % 5)", "\(1 + (row / 2) % 5)", "\(1 + (row / 3) % 5)", "\(1 + row % 4)",
      ].joined(separator: ",")
    }
    let (_, study) = try draft(file)
    #expect(study.survey.id == names[0])
    #expect(study.survey.weight == .sampling(names[1]))
    #expect(study.segments.active == [names[3], names[4], names[5], names[6]])
    #expect(study.segments.passive == [names[2]])
    #expect(study.needs.map(\.weight.columns.first) == [names[7], names[8]])
    #expect(study.needs.map(\.satisfaction) == [names[9], names[10]])
  }

  @Test func `neighbouring questions without a name are told apart by what their answers are`()
    throws
  {
    let options = ["Travel", "Sports", "Cooking", "TV", "Radio", "Too small", "No child seat"]
    let header = "#,age," + options.joined(separator: ",") + ",Submit Date (UTC),Network ID"
    let file = try survey(header, rows: 60) { row in
      let ticks = options.indices.map { (row + $0) % 3 == 0 ? options[$0] : "" }
      return "k\(row),\(20 + row % 50)," + ticks.joined(separator: ",")
        + ",2026-01-05 10:05:00,n\(row)"
    }
    #expect(file.survey.sets.map(\.members) == [options])
    let (text, study) = try draft(file)
    let columns = study.survey.sets.map { set in
      guard case .columns(let columns, _) = set.source else { return ["?"] }
      return columns
    }
    #expect(study.survey.sets.map(\.name) == ["activities", "media", "stops_me"])
    #expect(columns == [Array(options[..<3]), Array(options[3..<5]), Array(options[5...])])
    #expect(text.contains("the file does not say where it ends: check"))
    // What the study declares takes the place of what was guessed.
    let origin = DeclarationOrigin(study: study, path: "study.yaml")
    let data = try StudyData.make(from: file, declaration: study.survey, origin: origin)
    #expect(data.survey.sets.map(\.name) == ["activities", "media", "stops_me"])
  }

  @Test(arguments: [
    ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
    ["Stimme überhaupt nicht zu", "Stimme eher nicht zu", "Teils/teils", "Stimme eher zu"],
    ["Pas du tout d'accord", "Plutôt pas d'accord", "Plutôt d'accord", "Tout à fait d'accord"],
    ["Totalmente en desacuerdo", "En desacuerdo", "De acuerdo", "Totalmente de acuerdo"],
    ["Not at all important", "Slightly important", "Very important", "Extremely important"],
    ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"],
    ["Never", "Rarely", "Sometimes", "Often", "Always"],
    ["never", "less than once a week", "once a week", "a few times a week", "every day"],
    ["under 20k", "20k to 40k", "40k to 75k", "75k to 130k", "130k and over"],
    ["Less than $25,000", "$25,000 - $49,999", "$50,000 - $99,999", "$100,000 or more"],
    ["none", "one", "two", "three or more"], ["unter 30", "30 bis 49", "50 bis 64", "über 64"],
  ])
  func `answers with an order get it, whatever order the file has`(answers: [String]) throws {
    let file = try survey("q,other", rows: answers.count * 12) { row in
      "\"\(answers[(row * 7) % answers.count])\",\(row % 2)"
    }
    let (_, study) = try draft(file)
    #expect(study.survey.levels.map(\.order) == [answers])
  }

  @Test func `names that only hold numbers, and names of brands, have no order`() throws {
    let file = try survey("q,other", rows: 60) { row in
      "\(["Brand 1", "Brand 2", "Brand 3"][row % 3]),\(row % 2)"
    }
    #expect(try draft(file).study.survey.levels.isEmpty)
  }

  @Test func `codes that mean no answer are found with a gap, and not without`() throws {
    let file = try survey("age,children,q1", rows: 200) { row in
      [
        "\(row % 40 == 0 ? 99 : 50 + row % 49)", "\(row % 9 == 0 ? 99 : row % 4)",
        "\(row % 8 == 0 ? 9 : 1 + row % 5)",
      ].joined(separator: ",")
    }
    let (_, study) = try draft(file)
    #expect(study.survey.missingByColumn.map(\.column) == ["children", "q1"])
    #expect(study.survey.missingByColumn.map { $0.codes.map(\.code) } == [["99"], ["9"]])
  }

  @Test func `a scale with a middle keeps its numbers below 0`() throws {
    let file = try survey("spending,visits", rows: 60) { row in
      "\(row % 3 - 1),\(row % 6 == 0 ? -1 : row % 12)"
    }
    let (_, study) = try draft(file)
    #expect(study.survey.missingByColumn.map(\.column) == ["visits"])
  }

  @Test func `questions side by side stay apart where their names say so`() throws {
    let header = "x_seat,x_act_a,x_act_b,x_media_tv,x_media_web,frequency,kind"
    let file = try survey(header, rows: 60) { row in
      (0..<7).map { "\($0 < 5 ? (row / ($0 + 1)) % 2 : 1 + row % 4)" }.joined(separator: ",")
    }
    let (text, study) = try draft(file)
    #expect(
      study.survey.sets.map(\.source) == [
        .columns(["x_act_a", "x_act_b"], chosen: nil),
        .columns(["x_media_tv", "x_media_web"], chosen: nil),
      ])
    #expect(study.survey.sets.map(\.name) == ["activities", "media"])
    // How often something is done may be called frequency too: only a comment.
    #expect(study.survey.weight == nil)
    #expect(text.contains("# frequency: frequency"))
  }

  @Test func `words that mean no answer are taken out of an order`() throws {
    let answers = ["Agree", "Don't know", "Disagree", "Strongly agree", "Prefer not to say"]
    let file = try survey("q,r", rows: 60) { row in "\(answers[row % 5]),\(row % 2)" }
    let (_, study) = try draft(file)
    #expect(study.survey.levels.map(\.order) == [["Disagree", "Agree", "Strongly agree"]])
    #expect(
      study.survey.missingByColumn.first?.codes.map(\.code).sorted()
        == ["Don't know", "Prefer not to say"])
  }

  @Test func `hostile names and answers are quoted and never leave their line`() throws {
    let names = [
      "a: b", "#c", "- d", "{e}", "[f]", "*g", "&h", "!i", "'j", "k\"\"l", "null", "~", "yes",
      "1.0", "%m", "@n", "`o", "p\\q", "é", "emoji 🚗", "all", "tab\tin", "line\nbreak", "= 1",
    ]
    let header = names.map { "\"\($0)\"" }.joined(separator: ",")
    let file = try survey(header, rows: 40) { row in
      names.indices.map { "\((row * ($0 + 3)) % 4 == 0 ? -9 : row % 3)" }.joined(separator: ",")
    }
    let draft = StudyDraft.make(from: file, files: ["an\"swers: #1.csv"], title: "A: \"B\" # C\n")
    let study = try StudyFile.parse(draft.text, file: "study.yaml")
    #expect(study.title == "A: \"B\" # C\n")
    #expect(study.survey.files == ["an\"swers: #1.csv"])
    let data = try StudyData.make(from: file, declaration: study.survey)
    for name in study.segments.active + study.segments.passive {
      #expect(data.survey[name] != nil || data.set(name) != nil, "\(name)")
    }
  }

  @Test(arguments: ["a\n1\n", "a,b\n1,\n", "text\n\"some words of a person\"\n", "x\nsame\nsame\n"])
  func `the smallest surveys have a draft that parses`(text: String) throws {
    let folder = try StudyFolder(["a.csv": text])
    let file = try SurveyReader.read(["\(folder.path)/a.csv"])
    let study = try StudyFile.parse(
      StudyDraft.make(from: file, files: ["a.csv"]).text, file: "study.yaml")
    #expect(study.segments.count == .exactly(1))
  }

  @Test(arguments: [
    "hobbies/hobbies.csv", "gss2018/gss2018.csv", "family-cars/respondents.csv", "tea/tea.csv",
    "coupe-or-suv/respondents.csv",
  ])
  func `the data sets have drafts that their surveys bear out`(name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("datasets/\(name)").path
    let file = try SurveyReader.read([path])
    let draft = StudyDraft.make(from: file, files: [path])
    #expect(draft.dropped.isEmpty, "\(draft.dropped)")
    let folder = try StudyFolder(["study.yaml": draft.text])
    let study = try folder.load()
    #expect(!study.file.segments.active.isEmpty)
  }
}
