import Testing

@testable import TesseraReport

@Suite struct LabelPlacementTests {
  @Test(arguments: [false, true])
  func `labels stay inside and apart in the weight they are set in`(isBold: Bool) {
    let texts = ["Room for everyone (simulated)", "Keeps us safe (simulated)", "Cheap to run"]
    let spots: [(x: Double, y: Double)] = [(279, 269), (400, 234), (308, 250)]
    let places = LabelPlacement.place(
      zip(spots, texts).map { spot, text in (spot.x, spot.y, text, isBold) }, size: 11,
      within: (56, 16, 456, 396))
    var taken: [(left: Double, right: Double, y: Double)] = []
    for place in places {
      let width = TextMeasure.width(place.text, size: 11, isBold: isBold)
      let left = place.anchor == .end ? place.x - width : place.x
      #expect(left >= 56 && left + width <= 456, "\(place.text)")
      for other in taken where abs(other.y - place.y) < 14 {
        #expect(left >= other.right || left + width <= other.left, "\(place.text)")
      }
      taken.append((left, left + width, place.y))
    }
  }
}
