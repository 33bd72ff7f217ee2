import TesseraFiles
import Testing
import simulate_needs

/// McFadden & Train (2000), with the fuel labels put right.
struct CarChoiceTests {
  @Test func `an electric car has no tailpipe, no station share and 50 to 200 miles of range`()
    throws
  {
    let table = try Repository.table("car-choice/car_choice.csv")
    var cars = 0
    for slot in 1...6 {
      let fuel = try table.texts(of: "fuel\(slot)")
      let pollution = try table.texts(of: "pollution\(slot)").map(Double.init)
      let stations = try table.texts(of: "station\(slot)").map(Double.init)
      let range = try table.texts(of: "range\(slot)").map(Double.init)
      for row in fuel.indices {
        let isElectric = fuel[row] == "electric"
        cars += isElectric ? 1 : 0
        #expect((pollution[row] == 0) == isElectric)
        #expect((stations[row] == 0) == isElectric)
        let miles = try #require(range[row])
        if isElectric { #expect((50...200).contains(miles)) }
        if fuel[row] == "methanol" { #expect((250...400).contains(miles)) }
      }
    }
    #expect(cars == 6_952)
  }

  @Test func `larger households take vans and leave sports cars`() throws {
    let table = try Repository.table("car-choice/car_choice.csv")
    let offered = try (1...6).map { try table.texts(of: "type\($0)") }
    var chosen: [String] = []
    for (row, choice) in try table.texts(of: "choice").enumerated() {
      let slot = try #require(Int(choice.suffix(1)))
      chosen.append(offered[slot - 1][row])
    }
    let cross = try CrossTable(table.texts(of: "hsg2"), chosen)
    // Regular car, sports car, SUV, station wagon, truck, van.
    #expect(cross.counts[0] == [2269, 168, 190, 221, 431, 342])
    #expect(cross.counts[1] == [471, 4, 52, 84, 134, 288])
    #expect(abs(cross.chiSquare - 286.74) < 0.005)
  }

  @Test func `slots one, three and five share a body type, and it is chosen four times in five`()
    throws
  {
    let table = try Repository.table("car-choice/car_choice.csv")
    #expect(try table.texts(of: "type1") == table.texts(of: "type3"))
    #expect(try table.texts(of: "type1") == table.texts(of: "type5"))
    let inShared = try table.texts(of: "choice").count {
      ["choice1", "choice3", "choice5"].contains($0)
    }
    #expect(inShared == 3_731)
  }
}
