import TesseraFiles
import Testing
import simulate_needs

/// The concept cards of the family-car study and the figures they are tied to.
struct ConceptCardTests {
  @Test func `the study's products are the concept cards`() throws {
    let cards = try Repository.table("cars/concepts.csv")
    let products = try Repository.table("family-cars/products.csv")
    #expect(try cards.texts(of: "status").allSatisfy { $0 == "illustrative" })
    let shared = Array(cards.header.dropFirst())
    #expect(products.header.filter { $0 != "label" } == shared)
    for name in shared {
      #expect(try cards.texts(of: name) == products.texts(of: name))
    }
  }

  @Test func `every value of every card has its source or is called an assumption`() throws {
    let cards = try Repository.table("cars/concepts.csv")
    let sources = try Repository.table("cars/concepts-sources.csv")
    let bases = try sources.texts(of: "basis")
    #expect(Set(bases) == ["rows", "median", "share", "assumption"])
    var told: [String: String] = [:]
    for row in sources.rows { told[row.cells[0] + " " + row.cells[1]] = row.cells[2] }
    var values = 0
    for feature in cards.header.dropFirst(2) {
      for (product, value) in try zip(cards.texts(of: "product"), cards.texts(of: feature)) {
        #expect(told[product + " " + feature] == value)
        values += 1
      }
    }
    #expect(values == told.count)
  }

  @Test(arguments: [
    ("suv", "su"), ("minivan", "mi"), ("wagon", "sw"),
  ])
  func `size, power, mileage and price are the medians of the class in 1993`(
    product: String, flag: String
  ) throws {
    let vehicles = try Repository.table("cars/petrin_products.csv")
    let year = try vehicles.texts(of: "market_ids")
    let inClass = try vehicles.texts(of: flag)
    let rows = vehicles.rows.indices.filter { year[$0] == "1993" && inClass[$0] == "1" }
    func medianOf(_ column: String) throws -> Double {
      let numbers = try vehicles.texts(of: column).map(Double.init)
      return median(rows.compactMap { numbers[$0] })
    }
    #expect(try abs(card(product, "space") - medianOf("space")) < 0.005)
    #expect(try abs(card(product, "power") - 100 * medianOf("hpwt")) <= 0.5)
    #expect(try abs(card(product, "mpg") - 10 * medianOf("mpg")) < 1e-9)
    #expect(try abs(card(product, "price") - 2_511.07 * medianOf("prices")) <= 50)
  }

  @Test func `the coupe is the middle of the two two-seaters, the minivan of the vans`() throws {
    let cars = try Repository.table("cars/cars93.csv")
    let seats = try cars.texts(of: "Passengers")
    let type = try cars.texts(of: "Type")
    func medianOf(_ column: String, _ rows: [Int]) throws -> Double {
      let numbers = try cars.texts(of: column).map(Double.init)
      return median(rows.compactMap { numbers[$0] })
    }
    let twoSeaters = seats.indices.filter { seats[$0] == "2" }
    let makes = try cars.texts(of: "Make")
    #expect(twoSeaters.map { makes[$0] } == ["Chevrolet Corvette", "Mazda RX-7"])
    let rearRoom = try cars.texts(of: "Rear.seat.room")
    #expect(twoSeaters.allSatisfy { rearRoom[$0].isEmpty })
    #expect(try card("coupe", "length") == medianOf("Length", twoSeaters))
    #expect(try card("coupe", "mpg") == medianOf("MPG.city", twoSeaters))
    let price = try 1_000 * 251.107 / 144.5 * medianOf("Price", twoSeaters)
    #expect(try abs(card("coupe", "price") - price) <= 50)
    let power = try medianOf("Horsepower", twoSeaters) / medianOf("Weight", twoSeaters)
    #expect(try abs(card("coupe", "power") - 1_000 * power) <= 0.5)
    let vans = type.indices.filter { type[$0] == "Van" }
    #expect(try card("minivan", "seats") == medianOf("Passengers", vans))
    #expect(try card("minivan", "length") == medianOf("Length", vans))
  }

  private func card(_ product: String, _ feature: String) throws -> Double {
    let cards = try Repository.table("cars/concepts.csv")
    let row = try #require(cards.texts(of: "product").firstIndex(of: product))
    return try #require(Double(cards.texts(of: feature)[row]))
  }

  private func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
