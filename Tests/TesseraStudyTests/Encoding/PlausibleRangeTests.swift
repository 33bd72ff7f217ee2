import Testing

@testable import TesseraStudy

@Suite struct PlausibleRangeTests {
  @Test func `ages reach twice their width and not below 0, and a code of 999 is outside`() throws {
    let ages = (0..<300).map { 18.5 + Double($0 % 72) }
    let range = try #require(PlausibleRange.of(ages))
    #expect(range.contains(18) && range.contains(100))
    #expect(!range.contains(999) && !range.contains(-1))
  }

  @Test func `a scale goes a step beyond its ends, whoever is at them`() throws {
    let ratings = (0..<100).map { Double($0 % 5 + 1) }
    #expect(PlausibleRange.of(ratings) == 0...6)
    // What one person answered does not move it.
    #expect(PlausibleRange.of(ratings + [9]) == 0...6)
    #expect(PlausibleRange.of(ratings + [.nan]) == 0...6)
  }

  @Test func `numbers that begin at 0 may begin a little below`() throws {
    let range = try #require(PlausibleRange.of((0..<300).map { Double($0) / 3 - 2 }))
    #expect(range.contains(-11) && !range.contains(-999) && !range.contains(999))
  }

  @Test func `few answers, and answers that are all alike, say nothing`() {
    #expect(PlausibleRange.of((0..<39).map { Double($0) }) == nil)
    #expect(PlausibleRange.of([Double](repeating: 3, count: 100)) == nil)
  }
}
