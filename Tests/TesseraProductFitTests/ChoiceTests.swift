import TesseraMath
import TesseraProductFit
import Testing

/// Published choice models.
@Suite struct ChoiceTests {
  static let systems = ["gc", "gr", "ec", "er", "hp"]

  /// Installation and operating cost, with constants for all systems but the last if asked.
  static func heating(constants: Bool) throws -> ChoiceTable {
    let file = try TableFile.fixture("heating.csv")
    let columns = ["ic", "oc"].map { kind in systems.map { file.numbers("\(kind).\($0)") } }
    let chosen = file.text("depvar").map { systems.firstIndex(of: $0) ?? 0 }
    var rows: [[Double]] = []
    for person in chosen.indices {
      for system in systems.indices {
        var row = [columns[0][system][person], columns[1][system][person]]
        if constants { row += (0..<4).map { $0 == system ? 1 : 0 } }
        rows.append(row)
      }
    }
    return ChoiceTable(
      attributes: Matrix(rows), sizes: [Int](repeating: 5, count: chosen.count), chosen: chosen)
  }

  // mlogit vignette "Exercises", Train & Croissant.
  @Test func `heating systems are chosen by cost as published`() throws {
    let fit = try ConditionalLogit(Self.heating(constants: false))
    #expect(fit.isConverged)
    #expect(isNear(fit.coefficients[0], -0.0062319, 2e-6))
    #expect(isNear(fit.coefficients[1], -0.0045801, 2e-6))
    #expect(isNear(fit.standardErrors[0], 0.0003528, 2e-6))
    #expect(isNear(fit.standardErrors[1], 0.0003222, 2e-6))
    #expect(isNear(fit.logLikelihood, -1095.2, 0.05))
    let full = try ConditionalLogit(Self.heating(constants: true))
    #expect(isNear(full.coefficients[1] / full.coefficients[0], 4.563385, 2e-5))
    #expect(isNear(full.willingnessToPay(for: 1, in: 0).value, -4.563385, 2e-5))
    let test = full.likelihoodRatio(against: fit)
    #expect(test.degreesOfFreedom == 4 && test.statistic > 0 && test.p < 0.05)
  }

  // Greene, Econometric Analysis, table 23.24. The third constant is 3.8690 there; 3.8691, as it is
  // quoted elsewhere, is no maximum: at the maximum, where the gradient is 1e-12, it is 3.869043.
  @Test func `travellers choose modes as published`() throws {
    let file = try TableFile.fixture("travel_mode.csv")
    let modes = ["air", "train", "bus", "car"]
    let mode = file.text("mode")
    let (cost, wait, income) = (
      file.numbers("gcost"), file.numbers("wait"), file.numbers("income")
    )
    var rows: [[Double]] = []
    for row in mode.indices {
      rows.append(
        [cost[row], wait[row], mode[row] == "air" ? income[row] : 0]
          + modes.prefix(3).map { $0 == mode[row] ? 1 : 0 })
    }
    let yes = file.text("choice")
    let chosen = (0..<210).map { person in (0..<4).first { yes[4 * person + $0] == "yes" } ?? 0 }
    let fit = try ConditionalLogit(
      ChoiceTable(
        attributes: Matrix(rows), sizes: [Int](repeating: 4, count: 210), chosen: chosen))
    let published = [-0.0155019, -0.0961246, 0.0132876, 5.2074, 3.8690, 3.1632]
    for (found, expected) in zip(fit.coefficients, published) {
      #expect(isNear(found, expected, 5e-5))
    }
    #expect(isNear(fit.coefficients[4], 3.8690427, 1e-6))
    #expect(isNear(fit.logLikelihood, -199.1284, 5e-5))
  }

  // McFadden & Train (2000), J. Applied Econometrics 15, 447-470, table 2 of the multinomial logit.
  @Test func `cars are chosen as published once the fuels are put right`() throws {
    let cars = try CarChoices()
    let fit = try ConditionalLogit(cars.table(cars.published))
    #expect(isNear(fit.logLikelihood, -7391.830, 6e-4))
    #expect(isNear(fit.nullLogLikelihood, -8338.849, 1e-3))
    let published = [
      -0.1854, 0.3501, -0.7160, 0.2612, -0.4441, 0.9345, 0.1432, 0.5009, -0.7679, 0.4133, 0.8201,
      0.6370, -1.4367, -1.0168, -0.7989, -0.1786, 0.1983, 0.4426, 0.3450, 0.3134, 0.2284,
    ]
    for (found, expected) in zip(fit.coefficients, published) {
      #expect(isNear(found, expected, 6e-4))
    }
    #expect(isNear(fit.standardErrors[6], 0.077, 6e-4))
    let swapped = try ConditionalLogit(cars.table(cars.published, areFuelsSwapped: true))
    #expect(isNear(swapped.logLikelihood, -7394.625, 1e-3))
  }

  @Test func `large households want vans, not sport cars, and no more sport utilities`() throws {
    let cars = try CarChoices()
    let small = try ConditionalLogit(cars.table(cars.published))
    let full = try ConditionalLogit(cars.table(cars.bySize))
    let test = full.likelihoodRatio(against: small)
    #expect(isNear(test.statistic, 132.51, 0.01) && test.degreesOfFreedom == 5)
    #expect(test.p < 1e-26)
    // Sport utility, sport car, wagon, truck, van.
    let expected = [-0.012, -1.647, 0.485, 0.280, 1.119]
    for (found, expected) in zip(full.coefficients.suffix(5), expected) {
      #expect(isNear(found, expected, 6e-4))
    }
    let errors = [0.363, 0.608, 0.142, 0.118, 0.103]
    for (found, expected) in zip(full.standardErrors.suffix(5), errors) {
      #expect(isNear(found, expected, 6e-4))
    }
  }

  @Test func `once the repeated slots are held fixed, vans stay and sport cars are in doubt`()
    throws
  {
    let cars = try CarChoices()
    func held(_ row: Int, _ position: Int) -> [Double] { position % 2 == 1 ? [1] : [0] }
    let small = try ConditionalLogit(
      cars.table { cars.published($0, $1, $2) + held($0, $1) })
    let full = try ConditionalLogit(cars.table { cars.bySize($0, $1, $2) + held($0, $1) })
    let test = full.likelihoodRatio(against: small)
    #expect(isNear(test.statistic, 71.08, 0.01) && test.degreesOfFreedom == 5)
    #expect(test.p < 1e-13)
    // Sport utility, sport car, wagon, (truck is not given), van, the repeated slots.
    for (place, expected, error) in [
      (21, -0.162, 0.369), (22, -0.971, 0.652), (23, 0.510, 0.156), (25, 1.022, 0.124),
    ] {
      #expect(isNear(full.coefficients[place], expected, 6e-4))
      #expect(isNear(full.standardErrors[place], error, 6e-4))
    }
    #expect(isNear(full.coefficients[26], 1.155, 6e-4))
  }

  // What two models, equally sure of themselves, make of the same choices: only one of them knows
  // how the menus were built.
  @Test func `with everything on offer the control decides whether vans or SUVs come first`() throws
  {
    let cars = try CarChoices()
    func offer(large: Bool, held: Bool) throws -> OfferShares {
      let fit = try ConditionalLogit(
        cars.table { cars.bySize($0, $1, $2) + (held ? [Double($1 % 2)] : []) })
      let flags = (0..<6).map { type in (1..<6).map { $0 == type ? 1.0 : 0 } }
      return try fit.offer(
        Matrix(
          flags.map { flags in
            [Double](repeating: 0, count: 10) + flags + [Double](repeating: 0, count: 6)
              + flags.map { large ? $0 : 0 } + (held ? [0] : [])
          }))
    }
    // Options: regular car, SUV, sports car, wagon, truck, van.
    let held = try offer(large: true, held: true)
    #expect(isNear(held.shares[5], 0.331, 6e-4) && isNear(held.shares[2], 0.062, 6e-4))
    // The published intervals are draws too: one point either way is their own noise.
    #expect(isNear(held.low[5], 0.257, 0.01) && isNear(held.high[5], 0.388, 0.01))
    #expect(isNear(held.low[2], 0.020, 0.01) && isNear(held.high[2], 0.179, 0.015))
    #expect(isNear(held.first[5], 0.985, 0.012) && isNear(held.ahead[1, 2], 0.932, 0.015))
    #expect(isNear(try offer(large: false, held: true).ahead[1, 2], 0.659, 0.03))
    #expect(isNear(try offer(large: true, held: false).first[1], 0.989, 0.01))
  }

  @Test func `segments that were shown different options are told apart from those that were not`()
  {
    let different = ExposureAudit(
      shown: [[100, 200], [70, 20]], menus: [300, 90], options: ["a", "b"],
      segments: ["S1", "S2"])
    #expect(different.p < 1e-10)
    #expect(different.warning?.contains("b was on 67% of the menus of S1 and on 22%") ?? false)
    let same = ExposureAudit(
      shown: [[100, 200], [50, 100]], menus: [150, 75], options: ["a", "b"],
      segments: ["S1", "S2"])
    #expect(same.warning == nil && isNear(same.chiSquare, 0))
  }

  @Test func `weights of two are choices made twice`() throws {
    let table = try Self.heating(constants: false)
    let twice = ChoiceTable(
      attributes: table.attributes, sizes: [Int](repeating: 5, count: 900),
      chosen: (0..<900).map { table.chosen[$0] - 5 * $0 },
      weights: [Double](repeating: 2, count: 900))
    let one = try ConditionalLogit(table)
    let two = try ConditionalLogit(twice)
    #expect(isNear(two.logLikelihood, 2 * one.logLikelihood, 1e-8))
    #expect(isNear(two.coefficients[0], one.coefficients[0], 1e-10))
  }
}

/// The stated choices of cars, 4,654 menus of six.
struct CarChoices {
  let file: TableFile
  let chosen: [Int]
  private let numbers: [String: [Double]]
  private let texts: [String: [String]]

  init() throws {
    file = try TableFile.dataset("car-choice/car_choice.csv")
    chosen = file.text("choice").map { (Int($0.dropFirst(6)) ?? 1) - 1 }
    var numbers: [String: [Double]] = [:]
    var texts: [String: [String]] = [:]
    for name in file.header {
      numbers[name] = file.numbers(name)
      texts[name] = file.text(name)
    }
    self.numbers = numbers
    self.texts = texts
  }

  static let types = ["sportuv", "sportcar", "stwagon", "truck", "van"]

  private func number(_ name: String, _ row: Int) -> Double { numbers[name]?[row] ?? .nan }

  /// The published attributes of an alternative.
  func published(_ row: Int, _ position: Int, _ fuel: String) -> [Double] {
    func value(_ name: String) -> Double { number("\(name)\(position)", row) }
    let isElectric = fuel == "electric"
    let isMethanol = fuel == "methanol"
    let college = number("college", row)
    return [
      value("price"), value("range") / 100, value("acc") / 10, value("speed") / 100,
      value("pollution"), value("size") / 10,
      number("hsg2", row) == 1 && value("size") == 3 ? 1 : 0, value("space"),
      value("cost") / 10, value("station"),
    ] + typeFlags(row, position)
      + [
        isElectric ? 1 : 0, isElectric ? number("coml5", row) : 0, isElectric ? college : 0,
        fuel == "cng" ? 1 : 0, isMethanol ? 1 : 0, isMethanol ? college : 0,
      ]
  }

  func type(_ row: Int, _ position: Int) -> String { texts["type\(position)"]?[row] ?? "" }

  private func typeFlags(_ row: Int, _ position: Int) -> [Double] {
    Self.types.map { $0 == type(row, position) ? 1 : 0 }
  }

  /// The published attributes, and body type by household size.
  func bySize(_ row: Int, _ position: Int, _ fuel: String) -> [Double] {
    published(row, position, fuel)
      + typeFlags(row, position).map { $0 * number("hsg2", row) }
  }

  func table(
    _ attributes: (Int, Int, String) -> [Double], areFuelsSwapped: Bool = false
  ) -> ChoiceTable {
    var rows: [[Double]] = []
    rows.reserveCapacity(6 * chosen.count)
    for row in chosen.indices {
      for position in 1...6 {
        var fuel = texts["fuel\(position)"]?[row] ?? ""
        if areFuelsSwapped, fuel == "electric" || fuel == "methanol" {
          fuel = fuel == "electric" ? "methanol" : "electric"
        }
        rows.append(attributes(row, position, fuel))
      }
    }
    return ChoiceTable(
      attributes: Matrix(rows), sizes: [Int](repeating: 6, count: chosen.count), chosen: chosen)
  }
}
