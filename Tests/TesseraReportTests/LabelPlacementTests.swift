import Foundation
import TesseraMath
import Testing

@testable import TesseraReport

@Suite struct LabelPlacementTests {
  private static let bounds = (left: 56.0, top: 16.0, right: 456.0, bottom: 396.0)

  /// What points look like, in a drawing of their own.
  private func drawing(_ points: [LabelledPoints.Point]) throws -> (Drawing, svg: String) {
    let named = LabelledPoints(points, within: Self.bounds)
    var canvas = SVGCanvas(width: 480, height: 420 + named.keyHeight, description: "points")
    named.draw(on: &canvas, keyLeft: 56, keyTop: 410)
    return (try #require(Drawing(canvas.svg)), canvas.svg)
  }

  private func point(_ x: Double, _ y: Double, _ label: String, isBold: Bool = false)
    -> LabelledPoints.Point
  {
    LabelledPoints.Point(x: x, y: y, label: label, isBold: isBold, fill: "#000", hint: label)
  }

  @Test func `a name with room stands beside its point`() throws {
    let (drawing, _) = try drawing([point(200, 200, "Cheap to run")])
    let text = try #require(drawing.texts.first)
    #expect(drawing.texts.count == 1 && drawing.lines.isEmpty)
    #expect(text.string == "Cheap to run" && text.left > 206 && text.left < 214)
    #expect(text.top < 200 && text.bottom > 200)
  }

  @Test func `a long name is broken into lines of about one width`() throws {
    let (drawing, _) = try drawing([point(200, 200, "Something to be looked at in it")])
    #expect(drawing.texts.map(\.string) == ["Something to be", "looked at in it"])
  }

  @Test(arguments: [false, true], [3, 9, 25, 60])
  func `names in a crowd touch neither one another nor a leader`(isBold: Bool, count: Int) throws {
    for seed: UInt64 in 1...8 {
      var random = RandomStream(seed: seed)
      // A corner in which all points stand.
      let points = (0..<count).map { number in
        point(
          60 + 90 * random.uniform(), 330 + 60 * random.uniform(),
          "Need \(number) of people (simulated)", isBold: isBold)
      }
      let (drawing, svg) = try drawing(points)
      #expect(drawing.faults == [], "seed \(seed)")
      for line in drawing.lines {
        for text in drawing.texts {
          // Looked at in a hundred places, the last one being the label's own edge.
          for part in 0..<100 {
            let x = line.x1 + (line.x2 - line.x1) * Double(part) / 100
            let y = line.y1 + (line.y2 - line.y1) * Double(part) / 100
            let isInside =
              x > text.left + 1 && x < text.right - 1 && y > text.top && y < text.bottom
            #expect(!isInside, "seed \(seed): a leader runs through '\(text.string)'")
          }
        }
      }
      // Every name is to be read, in the plane or in the key.
      let told = drawing.texts.map(\.string).joined(separator: " ")
      for number in 0..<count { #expect(told.contains("Need \(number) of"), "seed \(seed)") }
      #expect(svg.components(separatedBy: "<circle").count == count + 1)
    }
  }

  @Test func `points in one place are told apart in the key`() throws {
    let points = (0..<30).map { point(250, 200, "Need \($0)") }
    let (drawing, _) = try drawing(points)
    #expect(drawing.faults == [])
    let told = drawing.texts.map(\.string).joined(separator: " | ")
    for number in 0..<30 { #expect(told.contains("Need \(number)")) }
  }

  @Test func `the most important names stand nearest`() throws {
    let wishes = (0..<12).map { _ in
      LabelPlacement.Wish(x: 250, y: 200, radius: 6, lines: ["A name of some width"], size: 11)
    }
    let places = LabelPlacement.places(for: wishes, within: Self.bounds)
    func distance(_ place: LabelPlacement.Place?) -> Double {
      place.map { hypot($0.x - 250, $0.y - 200) } ?? .infinity
    }
    #expect(distance(places[0]) <= distance(places[11]))
    #expect(places[0]?.leader == nil)
  }
}
