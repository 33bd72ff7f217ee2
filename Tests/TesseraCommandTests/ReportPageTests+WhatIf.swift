import Foundation
import TesseraStudy
import Testing

/// The what-if of the page: edits, scenarios in the address, and how exact its numbers are.
extension ReportPageTests {
  /// The fit of a segment in the what-if's table.
  fileprivate static func fit(_ browser: Browser, row: Int) throws -> Double {
    let text = try browser.value(
      "document.querySelectorAll('#whatif-fit tbody tr')[\(row)].querySelector('strong').textContent"
    )
    return try #require(Double(text.string ?? ""))
  }

  @Test func `a reader turns two seats into five: the fit rises and the mismatch goes`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    let before = try Self.fit(browser, row: 0)
    let list = "document.querySelector('#whatif-mismatches').textContent.includes('seats 2')"
    #expect(try browser.value(list) == .bool(true))
    // The slider of the seats, by keyboard.
    let seats =
      "[...document.querySelectorAll('.whatif-row')].find(r => r.querySelector('label') && "
      + "r.querySelector('label').textContent === 'seats').querySelector('input[type=range]')"
    _ = try browser.value("\(seats).focus()")
    try browser.press("ArrowRight", code: 39, times: 3)
    #expect(try browser.value("\(seats).value") == .string("5"))
    #expect(try Self.fit(browser, row: 0) > before)
    #expect(try browser.value(list) == .bool(false))
    // The address now holds the edit, and opens on it.
    let address = try browser.value("location.href").string ?? ""
    #expect(address.hasSuffix("#whatif:coupe&seats%3D5"))
    // Adding it as a product and taking the edit back, by mouse.
    try browser.click("#whatif-add")
    let ranked = "document.querySelectorAll('#whatif-ranks tbody tr').length"
    #expect(try browser.comes(ranked, to: 3))
    // The product itself is as it was, and what was added stays beside it.
    try browser.choose("#whatif-product", 0)
    #expect(try Self.fit(browser, row: 0) == before)
    // A cell of the heat map opens its ledger.
    let caption = "document.querySelector('#whatif-ledger caption').textContent"
    let first = try browser.value(caption)
    try browser.click(#"[data-cell="suv@1"]"#)
    #expect(try browser.value(caption) != first)
    #expect((try browser.value(caption).string ?? "").lowercased().contains("suv"))
    #expect(
      try browser.value("location.hash").string == "#whatif:+coupe&seats%3D5@1.1")
    try browser.choose("#whatif-product", 2)
    try browser.click("#whatif-reset")
    #expect(try browser.comes(ranked, to: 2))
    #expect(browser.complaints == [])
    #expect(browser.requests(besides: study.page) == [])
  }

  @Test func `a scenario of several products is a link, and shares follow it`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    /// Shares of preference over everybody: products, then none.
    func shares() throws -> [Double] {
      let cells = try browser.value(
        "[...document.querySelectorAll('#whatif-shares tbody tr')]"
          + ".map(r => r.lastElementChild.querySelector('strong').textContent)")
      return (cells.array ?? []).compactMap { cell in
        Double((cell.string ?? "").filter { $0.isNumber })
      }
    }
    try browser.open(study.page)
    let before = try shares()
    let fit = try JSONValue.parse(
      Data(contentsOf: study.command.folder.appendingPathComponent("done/fit.json")))
    let told = (fit["preference_shares"]?.array ?? []).filter { $0["segment"] == .null }
      .compactMap { $0["share_of_preference"]?.number.map { (100 * $0).rounded() } }
    #expect(before == told && told.count == 3)
    #expect(abs(before.reduce(0, +) - 100) <= 1)
    try browser.open("about:blank")
    try browser.open(study.page + "#whatif:suv&price%3D400")
    let worse = try shares()
    #expect(worse[1] < before[1] && worse[2] >= before[2], "\(before) \(worse)")
    try browser.open("about:blank")
    try browser.open(study.page + "#whatif:coupe&seats%3D5;suv&seats%3D2;+suv&seats%3D4@1.1")
    let heads = try browser.value(
      "[...document.querySelectorAll('#whatif-ranks tbody th')].map(h => h.textContent)")
    #expect(
      (heads.array ?? []).compactMap(\.string)
        == ["coupe: seats 5", "suv: seats 2", "suv (new 1): seats 4"])
    #expect(
      try browser.value("document.querySelector('#whatif-product').value") == .string("1"))
    let after = try shares()
    #expect(after.count == 4 && abs(after.reduce(0, +) - 100) <= 2)
    #expect(after != before + [0] && after[2] > 0)
    // What the link holds is written as it was read.
    #expect(
      try browser.value("location.hash").string
        == "#whatif:coupe&seats%3D5;suv&seats%3D2;+suv&seats%3D4@1.1")
    #expect(browser.complaints == [])
  }

  @Test func `numbers in the page are those of the command line`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    try browser.open(study.page)
    for edit in [["seats=5"], ["price=45"], ["prestige=1", "mpg=40"], ["child_seat_fit=tight"]] {
      for product in ["coupe", "suv"] {
        let told = try study.command.run(
          ["whatif", "done", "--product", product, "--json", "--minimum-cell", "1"]
            + edit.flatMap { ["--set", $0] })
        try #require(told.status == 0, "\(told.errors)")
        let set = edit.map { part in
          let halves = part.split(separator: "=")
          return "\(halves[0]): " + (Double(halves[1]) == nil ? "'\(halves[1])'" : halves[1])
        }
        let shown = try browser.value(
          "tesseraWhatIf('\(product)', {\(set.joined(separator: ", "))})")
        let exact = told.json["segments"]?.array ?? []
        try #require(exact.count == 2)
        for (one, other) in zip(exact, shown.array ?? []) {
          #expect(one["segment"] == other["segment"])
          let gap = abs((one["fit"]?.number ?? .nan) - (other["fit"]?.number ?? .infinity))
          #expect(gap < (other["exact"] == .bool(true) ? 1e-9 : 0.1), "\(product) \(edit)")
        }
        #expect((shown.array ?? []).count == 2)
      }
    }
  }

  @Test func `the page says which numbers are exact, and how near the others are`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser()
    func told(_ edit: String) throws -> [String] {
      try browser.open("about:blank")
      try browser.open(study.page + "#whatif:coupe" + edit)
      let cells = try browser.value(
        "[...document.querySelectorAll('#whatif-fit tbody tr')].map(r => r.lastChild.textContent)")
      return (cells.array ?? []).compactMap(\.string)
    }
    // Where every number is exact the table needs no column for it.
    for edit in ["", "&child_seat_fit=tight"] {
      #expect(try told(edit).allSatisfy { !$0.contains("\u{B1}") && $0 != "estimate" })
      let said = try browser.value("document.querySelector('#whatif-accuracy').textContent")
      #expect(said == .string("These numbers are exact."))
    }
    // Two barriers at once.
    let marks = try told("&child_seat_fit=tight&price=45")
    #expect(marks.count == 3)
    #expect(marks.allSatisfy { $0.wholeMatch(of: /±[0-9]+\.[0-9]{2}/) != nil }, "\(marks)")
    // A price beyond all that is listed: nothing is known of how far off that is.
    #expect(try told("&price=5000") == ["estimate", "estimate", "estimate"])
    let said = try browser.value("document.querySelector('#whatif-accuracy').textContent")
    #expect(said.string?.contains("beyond") == true)
    // Everybody is the mean of the segments, by their parts.
    let row = try browser.value(
      "[...document.querySelectorAll('#whatif-fit tbody tr:last-child td')].map(c => c.textContent)"
    )
    #expect(row.array?.count == 6 && row.array?.first?.string?.isEmpty == false)
  }

  @Test func `an address with an edit opens on it`() throws {
    let study = try FinishedStudy()
    defer { study.command.close() }
    let browser = try Browser(width: 390, height: 800)
    try browser.open(study.page + "#whatif:suv&mpg%3D40;coupe&seats%3D4@1")
    #expect(
      try browser.value("document.querySelector('#whatif-fit caption').textContent")
        == .string("suv: mpg 40 mpg"))
    #expect(try browser.comes("document.querySelectorAll('#whatif-ranks tbody tr').length", to: 2))
    #expect(try browser.value("document.querySelector('#whatif-segment').value") == .string("1"))
    // On a phone nothing but tables and drawings is wider than the screen, and those scroll.
    #expect(
      try browser.value("document.documentElement.scrollWidth <= window.innerWidth")
        == .bool(true))
    #expect(browser.complaints == [])
  }
}
