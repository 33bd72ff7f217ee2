import TesseraFiles
import Testing
import simulate_needs

/// Numbers that tell whether the files are what they should be.
struct SourceNumberTests {
  @Test(arguments: [
    ("hobbies/hobbies.csv", "Sport", "Age", 841.449, 0.001),
    ("hobbies/hobbies.csv", "Sport", "Marital status", 455.103, 0.001),
    ("hobbies/hobbies.csv", "Sport", "Profession", 403.327, 0.001),
    ("tea/tea.csv", "where", "price", 108.4223, 0.0001),
    ("tea/tea.csv", "where", "SPC", 31.2693, 0.0001),
    ("tea/tea.csv", "where", "age_Q", 28.5223, 0.0001),
  ])
  func `two columns depend on each other as R says`(
    file: String, first: String, second: String, expected: Double, tolerance: Double
  ) throws {
    let table = try Repository.table(file)
    let cross = try CrossTable(table.texts(of: first), table.texts(of: second))
    #expect(abs(cross.chiSquare - expected) < tolerance)
  }

  @Test(arguments: [
    ("gss2018/gss2018.csv", 2_348, 35), ("car-choice/car_choice.csv", 4_654, 71),
    ("cars/cars93.csv", 93, 27), ("cars/imports85.csv", 205, 26),
    ("cars/petrin_products.csv", 2_407, 24), ("cars/petrin_households_1993.csv", 1_000, 6),
    ("cars/petrin_moments.csv", 10, 2), ("hobbies/hobbies.csv", 8_403, 23),
    ("tea/tea.csv", 300, 36), ("bank-cards/bank_choice.csv", 14_799, 16),
    ("bank-cards/bank_demo.csv", 946, 4),
  ])
  func `every file has its rows and columns`(file: String, rows: Int, columns: Int) throws {
    let table = try Repository.table(file)
    #expect(table.rows.count == rows)
    #expect(table.header.count == columns)
  }

  @Test func `no air bag is an answer, not a gap`() throws {
    let airBags = try Repository.table("cars/cars93.csv").texts(of: "AirBags")
    #expect(airBags.count { $0 == "None" } == 34)
    #expect(!airBags.contains(""))
  }

  @Test func `buyers of minivans have the largest families, then full-size vans, wagons, SUVs`()
    throws
  {
    let moments = try Repository.table("cars/petrin_moments.csv")
    let names = try moments.texts(of: "moment")
    let values = try moments.texts(of: "value").map(Double.init)
    func size(_ kind: String) throws -> Double {
      let row = try #require(names.firstIndex(of: "E[fs | \(kind)]"))
      return try #require(values[row])
    }
    #expect(try [size("mi"), size("pv"), size("sw"), size("su")] == [3.86, 3.47, 3.17, 2.97])
  }

  @Test func `every respondent of the bank study has demographics`() throws {
    let choosing = try Set(Repository.table("bank-cards/bank_choice.csv").texts(of: "id"))
    let described = try Repository.table("bank-cards/bank_demo.csv").texts(of: "id")
    #expect(choosing == Set(described))
    #expect(described.count == 946)
  }
}
