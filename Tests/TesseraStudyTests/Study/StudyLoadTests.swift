import TesseraFiles
import TesseraStudy
import TesseraSurvey
import Testing

@Suite struct StudyLoadTests {
  @Test func `the hand-worked case loads with its products, relations and weights`() throws {
    let study = try HandCase.folder().load()
    #expect(study.data.survey.respondentCount == 3)
    #expect(study.data.ids == ["f1", "f2", "s1"])
    #expect(study.data.weightSum == 4)
    #expect(study.data.design.kind == .sampling)
    #expect(study.data.design.weights == [1.5, 0.75, 0.75])
    #expect(study.data.sourceRows == [0, 1, 2])
    #expect(study.data.reserved == ["id", "weight"])
    #expect(
      study.file.needs.map(\.scale) == [RatingScale(low: 1, high: 5), RatingScale(low: 1, high: 5)])
    let products = try #require(study.products)
    #expect(products.names == ["coupe", "suv"])
    #expect(products.features == ["child_seat_fit", "seats", "price"])
    #expect(products.cells[0] == [.name("none"), .number(2), .number(150)])
    // Level names may differ in case; a blank is unknown.
    #expect(products.cells[1] == [.name("comfortable"), .number(5), nil])
    #expect(products.lines == [2, 3])
    let relations = try #require(study.relations)
    #expect(relations.strength == [[9, 3, 0], [0, 0, 9]])
    #expect(study.sources.map(\.role) == [.study, .survey, .products, .relations])
    #expect(study.sources.allSatisfy { $0.sha256.count == 64 && $0.byteCount > 0 })
    #expect(study.sources[2].sha256 == SHA256.hex(of: Array(HandCase.products.utf8)))
  }

  @Test func `inline tables say the same as files`() throws {
    let inline = HandCase.study
      .replacing(
        "products: products.csv",
        "products: { coupe: { child_seat_fit: none, seats: 2, price: 150 }, suv: "
          + "{ child_seat_fit: comfortable, seats: 5, price: } }"
      )
      .replacing(
        "relations: relations.csv",
        "relations: { carry_toddler: { child_seat_fit: 9, seats: 3 }, affordable: { price: ◎ } }")
    let folder = try HandCase.folder(["study.yaml": inline])
    let study = try folder.load()
    let other = try HandCase.folder().load()
    #expect(study.products?.cells == other.products?.cells)
    #expect(study.relations?.strength == other.relations?.strength)
    #expect(study.products?.file == "\(folder.path)/study.yaml")
    #expect(study.sources.map(\.role) == [.study, .survey])
  }

  @Test(arguments: [
    ("seatz: 3", "'seatz' is not a feature", 1), ("seats: 5", "'5' is not a relation", 1),
    ("", "'costly' is not a need", 2),
  ])
  func `a fault in an inline table is told with its own line`(
    cell: String, words: String, below: Int
  ) throws {
    let relations = """
      relations:
        carry_toddler: { child_seat_fit: 9, \(below == 1 ? cell : "seats: 3") }
        affordable: { price: 9 }
      """ + (below == 2 ? "\n  costly: { price: 3 }" : "")
    let text = HandCase.study.replacing("relations: relations.csv", relations)
    let start =
      text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix("relations:") } ?? 0
    let report = try HandCase.folder(["study.yaml": text]).fault()
    #expect(report?.message.contains(words) == true, "\(report?.message ?? "")")
    // The line after relations: is the first need's.
    #expect(report?.row == start + 1 + (below == 1 ? 1 : 3))
  }

  @Test(arguments: [
    // (what is changed, into what, code, line, words)
    ("given: segment", "given: segmnt", "E0401", 7, "'segment'"),
    ("id: id", "id: ident", "E0401", 4, ""),
    ("weight: weight", "weight: wieght", "E0401", 5, "'weight'"),
    ("importance: imp_affordable", "importance: imp_afordable", "E0401", 11, "'imp_affordable'"),
    ("income: income_k", "income: incme_k", "E0401", 15, "'income_k'"),
    ("product: coupe, set", "product: coup, set", "E0606", 21, "'coupe'"),
    ("seats: 4 }", "seat: 4 }", "E0606", 21, "'seats'"),
    ("seats: 4 }", "seats: four }", "E0603", 21, "number"),
    (
      "child_seat_fit: comfortable, seats", "child_seat_fit: confortable, seats", "E0603", 21,
      "'comfortable'"
    ),
    ("need_scale: [1, 5]", "rho: 1", "E0410", 10, "need_scale"),
    ("relations: relations.csv", "rho: 1", "E0608", 16, "relations"),
  ])
  func `names in the study that do not exist are told with their line`(
    before: String, after: String, code: String, line: Int, words: String
  ) throws {
    let text = HandCase.study.replacing(before, after)
    #expect(text != HandCase.study)
    let report = try HandCase.folder(["study.yaml": text]).fault()
    #expect(report?.code == code)
    #expect(report?.row == line)
    #expect(report?.file?.hasSuffix("study.yaml") == true)
    let told = (report?.message ?? "") + " " + (report?.hint ?? "")
    #expect(told.contains(words), "\(told)")
  }

  @Test(arguments: [
    ("products.csv", "product,child_seat_fit,seat,price\ncoupe,none,2,1\n", "E0601", 1, "'seat'"),
    (
      "products.csv", "product,child_seat_fit,seats,price\na,none,2,1\na,none,2,1\n", "E0602", 3,
      "line 2"
    ),
    ("products.csv", "product,child_seat_fit,seats,price\na,none,two,1\n", "E0603", 2, "number"),
    ("products.csv", "product,child_seat_fit,seats,price\na,nome,2,1\n", "E0603", 2, "'none'"),
    ("products.csv", "product,child_seat_fit,seats,price\n,none,2,1\n", "E0607", 2, "name"),
    ("products.csv", "product,child_seat_fit,seats,price\n", "E0607", 1, "a row a product"),
    ("relations.csv", "need,child_seat_fit,seats,prise\naffordable,,,9\n", "E0601", 1, "'price'"),
    ("relations.csv", "need,child_seat_fit,price\naffordble,,9\n", "E0601", 2, "'affordable'"),
    ("relations.csv", "need,seats,price\naffordable,,9\n", "E0605", 1, "unserved need"),
    (
      "relations.csv", "need,seats,price\naffordable,,9\ncarry_toddler,,0\n", "E0605", 3, "unserved"
    ),
    ("relations.csv", "need,seats,price\naffordable,,9\ncarry_toddler,5,\n", "E0604", 3, "strong"),
    ("relations.csv", "need,seats,price\naffordable,,9\ncarry_toddler,o,\n", "E0604", 3, "strong"),
    ("relations.csv", "feature,carry_toddler\nseats,9\nprice,3\n", "E0601", 2, "turn the table"),
    ("respondents.csv", HandCase.respondents.replacing("80,5,4", "80,7,4"), "E0409", 2, "above"),
    (
      "respondents.csv", HandCase.respondents.replacing("80,5,4", "80,much,4"), "E0128", 2, "levels"
    ),
    (
      "respondents.csv", HandCase.respondents.replacing("f2,family,1,", "f2,family,-1,"), "E0403",
      3, ""
    ),
    (
      "respondents.csv", HandCase.respondents.replacing("f2,family,1,", "f2,family,,"), "E0402", 3,
      ""
    ),
    (
      "respondents.csv", HandCase.respondents.replacing("f2,family,1,", "f2,family,one,"), "E0128",
      3, ""
    ),
  ])
  func `faults in the tables are told with file, line and remedy`(
    file: String, text: String, code: String, line: Int, words: String
  ) throws {
    let report = try HandCase.folder([file: text]).fault()
    #expect(report?.code == code, "\(report?.line ?? "")")
    #expect(report?.row == line)
    #expect(report?.file?.hasSuffix(file) == true)
    let told = (report?.message ?? "") + " " + (report?.hint ?? "")
    #expect(told.contains(words), "\(told)")
  }

  @Test func `what looks wrong but can be used is told`() throws {
    let study = try HandCase.folder([
      "products.csv":
        "product,label,child_seat_fit,seats,price,source\ncoupe,Coupé,none,1,150,x\nsuv,,tight,5,3,y\n",
      "relations.csv": "need,child_seat_fit,price\ncarry_toddler,9,-△\naffordable,,−3\n",
    ]).load()
    #expect(study.products?.labels == ["Coupé", "suv"])
    #expect(study.products?.cells[0][1] == .number(1))
    #expect(study.relations?.strength == [[9, 0, -1], [0, 0, -3]])
    #expect(study.notices.contains { $0.contains("seats 1 lies outside 2 to 5") })
    #expect(study.notices.contains { $0.contains("no need uses the feature 'seats'") })
    #expect(study.notices.contains { $0.contains("'source' is no feature") })
  }

  @Test func `files that are not there are told with the line that names them`() throws {
    let missing = StudyFolder.self
    let nowhere = try missing.init(["study.yaml": HandCase.study]).fault()
    #expect(nowhere?.exitStatus == 66)
    #expect(nowhere?.file?.hasSuffix("respondents.csv") == true)
    #expect(nowhere?.hint?.contains("line 3") == true)
    do {
      _ = try Study.load(path: "/nonexistent/study.yaml")
      Issue.record("there is no such study")
    } catch {
      #expect(error.report.code == "E0101")
      #expect(error.report.exitStatus == 66)
    }
    do {
      _ = try Study.load(path: NSTemporaryFolder.path)
      Issue.record("a folder is no study")
    } catch {
      #expect(error.report.code == "E0103")
    }
  }

  @Test func `ratings in words count from one in the order the study lists`() throws {
    let study = try StudyFolder([
      "study.yaml": """
      survey:
        file: a.csv
        levels: { imp: [Not, Rather, Very], sat: [Bad, Fair, Good] }
      needs: { n: { importance: imp, satisfaction: sat } }
      """,
      "a.csv": "imp,sat\nVery,Bad\nNot,Good\nRather,\n",
    ]).load()
    #expect(study.file.needs[0].scale == RatingScale(low: 1, high: 3))
    #expect(study.data.survey["imp"]?.numbers == [3, 1, 2])
    #expect(study.data.survey["sat"]?.number(1) == 3)
    #expect(study.data.survey["sat"]?.number(2).isNaN == true)
  }

  @Test func `a study in Latin-1 is refused with its line`() throws {
    let folder = try HandCase.folder()
    try folder.write(bytes: Array("title: A\nsurvey: K".utf8) + [0xF6] + Array("ln.csv\n".utf8))
    let report = folder.fault()
    #expect(report?.code == "E0311")
    #expect(report?.row == 2)
  }

  @Test func `codes of all columns put in the wrong place are told how to stand`() throws {
    let text = HandCase.study.replacing("id: id", "missing: { -99: refused }")
    let report = try HandCase.folder(["study.yaml": text]).fault()
    #expect(report?.code == "E0401")
    #expect(report?.row == 4)
    #expect(report?.hint?.contains("all:") == true)
  }
}
