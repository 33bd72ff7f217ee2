import Foundation

/// A small study of people who choose between three products, as sharply as is asked for.
enum PlantedChoices {
  // 120 people in two given segments, three products, two menus each. They take what fits as sharply
  // as `sense` says; `change` alters the table of choices line by line.
  static func write(
    in command: Command, sense: Double = 3, weight: String = "",
    choices: String = """
      { file: choices.csv, respondent: id, task: task, product: car, chosen: taken,
        attributes: [price, colour], price: price }
    """, change: (Int, String) -> String? = { $1 }
  ) throws {
    var survey = "id,kind,imp_room,imp_price,owned,three,uneven\n"
    var table = ["id,task,car,price,colour,taken"]
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
    // Room and cheapness of each product, 0 to 1.
    let products = [("small", 0.0, 1.0), ("medium", 0.5, 0.6), ("large", 1.0, 0.1)]
    for person in 1...120 {
      let isFamily = person % 2 == 0
      let (room, price) = isFamily ? (5, 1 + person % 3) : (1 + person % 3, 5)
      let (roomWeight, priceWeight) = (Double(room - 1), Double(price - 1))
      let fits = products.map {
        (roomWeight * $0.1 + priceWeight * $0.2) / (roomWeight + priceWeight)
      }
      func take() -> Int {
        let weights = fits.map { exp(sense * 2 * $0) }
        var point = uniform() * weights.reduce(0, +)
        for (place, weight) in weights.enumerated() {
          point -= weight
          if point < 0 { return place }
        }
        return weights.count - 1
      }
      survey += "p\(person),\(isFamily ? "family" : "single"),\(room),\(price),"
      survey += "\(products[take()].0),3,\(1 + person % 4)\n"
      for task in 1...2 {
        let taken = take()
        for (place, product) in products.enumerated() {
          let price = 10 + 5 * place + Int(uniform() * 4)
          let colour = ["red", "blue"][Int(uniform() * 2)]
          table.append(
            "p\(person),\(task),\(product.0),\(price),\(colour),\(place == taken ? 1 : 0)")
        }
      }
    }
    try command.write(survey, to: "people.csv")
    let lines = table.enumerated().compactMap { change($0, $1) }
    try command.write(lines.joined(separator: "\n") + "\n", to: "choices.csv")
    try command.write(
      """
      title: Cars
      survey: { file: people.csv, id: id\(weight) }
      segments: { given: kind }
      need_scale: [1, 5]
      needs: { room: { importance: imp_room }, afford: { importance: imp_price } }
      features: { space: { value: { linear: [0, 1] } }, cheap: { value: { linear: [0, 1] } } }
      products:
        small: { space: 0, cheap: 1 }
        medium: { space: 0.5, cheap: 0.6 }
        large: { space: 1, cheap: 0.1 }
      relations: { room: { space: 9 }, afford: { cheap: 9 } }
      choices:
      \(choices)

      """, to: "study.yaml")
  }
}
