internal import TesseraSurvey

extension MarketDeclaration {
  private static let example = "{ own: [coupe], competitors: [suv] }"

  /// Reads `{ own: [coupe], competitors: [suv], awareness: { suv: 0.6 } }`.
  init(node: StudyNode) throws(StudyError) {
    let fields = try node.fields(
      StudyReference.names(under: "market"), of: "a market", example: Self.example)
    own = try fields.required("own", example: "[coupe]")
      .names("the products of your own", example: "[coupe]")
    guard !own.isEmpty else {
      throw node.error(.missingKey, "a market needs a product of your own", hint: "own: [coupe]")
    }
    competitors = try fields["competitors"]?.names("products of others", example: "[suv]")
    if let both = competitors?.first(where: own.contains) {
      throw node.error(
        .conflict, "'\(DisplayText.escaped(both))' is your own product and a competitor's",
        hint: "take it out of one of the lists")
    }
    hasOutside = try fields["outside"]?.word(YesNo.self, "true or false").isYes ?? true
    awareness = try Self.chances(fields["awareness"])
    distribution = try Self.chances(fields["distribution"])
    shares = try Self.shares(fields["shares"])
    countedBy = try fields["counted_by"]?
      .word(CountRule.self, "first_choice or share_of_preference")
    if countedBy == .first, !shares.isEmpty {
      throw node.error(
        .conflict, "first choice cannot be tuned to known shares",
        hint: "write counted_by: share_of_preference, or take shares: out")
    }
  }

  private enum YesNo: String, CaseIterable {
    case `true`, `false`
    var isYes: Bool { self == .true }
  }

  /// Reads `{ suv: 0.6, coupe: { Families: 0.4, all: 0.3 } }`.
  private static func chances(_ node: StudyNode?) throws(StudyError) -> [ProductChance] {
    guard let node else { return [] }
    let example = "{ suv: 0.6, coupe: { Families: 0.4, all: 0.3 } }"
    var result: [ProductChance] = []
    for entry in try node.entries("a share of people by product", example: example) {
      var one = ProductChance(product: entry.key)
      if case .map(let segments) = entry.value.content {
        for segment in segments {
          let chance = try share(segment.value, example)
          if segment.key == "all" {
            one.everybody = chance
          } else {
            one.bySegment.append(SegmentChance(segment: segment.key, chance: chance))
          }
        }
      } else {
        one.everybody = try share(entry.value, example)
      }
      result.append(one)
    }
    return result
  }

  private static func share(_ node: StudyNode, _ example: String) throws(StudyError) -> Double {
    let share = try node.number("a share of people from 0 to 1", example: example)
    guard (0...1).contains(share) else {
      throw node.error(
        .range, "a share of people lies from 0 to 1, found \(node.found)", hint: "60% is 0.6")
    }
    return share
  }

  private static func shares(_ node: StudyNode?) throws(StudyError) -> [ProductShare] {
    guard let node else { return [] }
    var result: [ProductShare] = []
    for entry in try node.entries("market shares by product", example: "{ suv: 0.3 }") {
      let share = try entry.value.number("a market share", example: "0.3")
      guard share > 0, share < 1 else {
        throw entry.value.error(
          .range, "a market share lies above 0 and below 1, found \(entry.value.found)",
          hint: "30% is 0.3; a product that nobody buys is left out of the market")
      }
      result.append(ProductShare(product: entry.key, share: share))
    }
    let sum = result.reduce(0) { $0 + $1.share }
    guard sum <= 1.005 else {
      throw node.error(
        .range, "these market shares add up to more than 1",
        hint: "they are shares of what is bought of the products in this market")
    }
    return result
  }
}
