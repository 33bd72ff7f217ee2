import TesseraFiles
import Testing
import simulate_needs

struct FamilyCarSurveyTests {
  @Test func `the customers in the repository are the generator's, byte for byte`() throws {
    let made = try CustomerFile(gss: Repository.table("gss2018/gss2018.csv")).text
    let file = try Repository.text("family-cars/customers.csv")
    #expect(made == file)
    let other = try CustomerFile(gss: Repository.table("gss2018/gss2018.csv"), seed: 7).text
    #expect(made != other && made.split(separator: "\n").count == 1_501)
  }

  @Test func `the committed respondents are what the generator makes`() throws {
    let made = try FamilyCarSurvey(gss: Repository.table("gss2018/gss2018.csv")).text
    #expect(try made == Repository.text("family-cars/respondents.csv"))
  }

  @Test func `another seed leaves the real columns as they are and changes the simulated ones`()
    throws
  {
    let gss = try Repository.table("gss2018/gss2018.csv")
    let first = try Repository.table(reading: FamilyCarSurvey(gss: gss).text)
    let second = try Repository.table(
      reading: FamilyCarSurvey(gss: gss, seed: 7).text)
    for name in first.header {
      let same = try first.texts(of: name) == second.texts(of: name)
      // The household is estimated from real answers without a draw.
      let drawn =
        name.hasPrefix("sim_") && !name.hasPrefix("sim_household_g")
        && name != "sim_household"
      #expect(same != drawn, "\(name)")
    }
  }

  @Test func `the real columns hold the answers of the survey`() throws {
    let gss = try Repository.table("gss2018/gss2018.csv")
    let made = try Repository.table("family-cars/respondents.csv")
    #expect(made.rows.count == 2_348)
    for (column, source) in [
      ("gender", "gender"), ("marital_status", "maritalcat"), ("education", "educcat"),
      ("work_status", "wrkstat"), ("occupation", "occrecode"),
    ] {
      #expect(try made.texts(of: column) == gss.texts(of: source))
    }
    for (column, source) in [("spend_environment", "natenvir"), ("spend_roads", "natroad")] {
      // The source has -1 too much, 0 about right, 1 too little.
      let numbers = try gss.texts(of: source).map { Double($0).map { $0 + 2 } }
      #expect(try made.texts(of: column).map(Double.init) == numbers)
    }
  }

  @Test func `the codebook has every column and says simulated of every simulated one`() throws {
    let made = try Repository.table("family-cars/respondents.csv")
    let codebook = try Repository.table("family-cars/codebook.csv")
    #expect(try codebook.texts(of: "column") == made.header)
    for row in codebook.rows {
      let kind = row.cells[0].hasPrefix("sim_") ? ["simulated", "estimated"] : ["real"]
      #expect(kind.contains(row.cells[1]))
      #expect(
        row.cells[2].contains("simulated") == (row.cells[1] == "simulated"), "\(row.cells[0])")
    }
  }

  @Test func `income in dollars is the midpoint of the bracket that was named`() throws {
    let gss = try Repository.table("gss2018/gss2018.csv")
    let made = try Repository.table("family-cars/respondents.csv")
    // Brackets of the questionnaire: 40,000 to 49,999 is number 18, 75,000 to 89,999 number 21.
    let midpoints = ["15.0": "27500", "18.0": "45000", "19.0": "55000", "21.0": "82500"]
    var checked = 0
    for (bracket, dollars) in try zip(gss.texts(of: "rincom16"), made.texts(of: "income_dollars")) {
      guard let midpoint = midpoints[bracket] else { continue }
      #expect(dollars == midpoint)
      checked += 1
    }
    #expect(checked > 300)
    #expect(try made.texts(of: "income_dollars").count(where: \.isEmpty) == 985)
  }

  @Test func `a household is one, a spouse, and up to four children of those under 55`() throws {
    let made = try Repository.table("family-cars/respondents.csv")
    let household = try made.texts(of: "sim_household")
    let age = try made.texts(of: "age").map(Int.init)
    let marital = try made.texts(of: "marital_status")
    let children = try made.texts(of: "children")
    let most = ["no children": 0, "one child": 1, "two children": 2]
    for row in household.indices {
      guard let age = age[row], !marital[row].isEmpty, !children[row].isEmpty else {
        #expect(household[row].isEmpty)
        continue
      }
      guard let count = most[children[row]] else { continue }
      let expected = 1 + (marital[row] == "Married" ? 1 : 0) + (age < 55 ? count : 0)
      #expect(Int(household[row]) == expected)
    }
  }

  @Test func `ratings lie on the scale and every step of a funnel follows the one before`() throws {
    let made = try Repository.table("family-cars/respondents.csv")
    for name in made.header where name.hasPrefix("sim_imp_") || name.hasPrefix("sim_sat_") {
      let answers = try made.texts(of: name)
      #expect(answers.allSatisfy { $0.isEmpty || (1...7).contains(Int($0) ?? 0) })
      let blank = Double(answers.count(where: \.isEmpty)) / Double(answers.count)
      #expect(blank > 0.01 && blank < 0.03)
    }
    for car in ["coupe", "suv"] {
      let steps = try ["aware", "considered", "test_drove", "bought"].map {
        try made.texts(of: "sim_\(car)_\($0)").map { $0 == "1" }
      }
      for (before, after) in zip(steps, steps.dropFirst()) {
        #expect(zip(before, after).allSatisfy { $0 || !$1 })
      }
    }
  }

  @Test func `families need seats and a child seat, young singles a car that feels special`()
    throws
  {
    let made = try Repository.table("family-cars/respondents.csv")
    let married = try made.texts(of: "marital_status")
    let children = try made.texts(of: "children")
    let age = try made.texts(of: "age").map { Int($0) ?? 99 }
    let families = made.rows.indices.filter {
      married[$0] == "Married" && ["two children", "three or more children"].contains(children[$0])
        && age[$0] < 60
    }
    let singles = made.rows.indices.filter { married[$0] == "Never Married" && age[$0] < 35 }
    #expect(families.count == 466)
    func mean(_ column: String, _ rows: [Int]) throws -> Double {
      let answers = try made.texts(of: column)
      let numbers = rows.compactMap { Double(answers[$0]) }
      return numbers.reduce(0, +) / Double(numbers.count)
    }
    for need in ["seats", "child_seat", "cargo", "access", "safety"] {
      #expect(try mean("sim_imp_" + need, families) > mean("sim_imp_" + need, singles) + 0.5)
    }
    #expect(try mean("sim_imp_special", singles) > mean("sim_imp_special", families) + 1)
  }

  @Test func `a file that is not the survey is refused with the column named`() throws {
    let table = try Repository.table(reading: "id,age\n1,40\n")
    #expect(throws: SurveyTableError.noColumn("gender")) { try FamilyCarSurvey(gss: table) }
  }

  @Test func `a text where a number should be is refused with the line named`() throws {
    let text = try Repository.text("gss2018/gss2018.csv")
      .replacing("\n2,74.0,", with: "\n2,old,", maxReplacements: 1)
    let table = try Repository.table(reading: text)
    #expect(throws: SurveyTableError.notANumber(line: 3, column: "age")) {
      try FamilyCarSurvey(gss: table)
    }
  }
}
