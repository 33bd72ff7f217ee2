/// What a person sees first, drawn by the page itself so that it follows the width of the screen.
extension HTMLWriter {
  /// Writes a block of a screen.
  func write(screen block: Block, headings level: Int, to out: inout String) {
    switch block {
    case .tiles(let tiles): write(tiles, to: &out)
    case .shares(let cards): write(shares: cards, to: &out)
    case .segments(let cards): write(cards, headings: level, to: &out)
    case .pages(let cards):
      out += "<div class=\"pages\">\n"
      for card in cards { write(card, headings: level, isPage: true, to: &out) }
      out += "</div>\n"
    case .bars(let bars, let colour): write(bars, colour: colour, to: &out)
    case .dumbbells(let lines, let first, let second): write(lines, first, second, to: &out)
    case .more(let links):
      out += "<p class=\"more\">In the appendix: "
      out += links.map { "<a href=\"appendix.html#\($0.anchor)\">\(Escape.html($0.title))</a>" }
        .joined(separator: ", ")
      out += ".</p>\n"
    default: break
    }
  }

  private func write(_ tiles: [Tile], to out: inout String) {
    out += "<div class=\"tiles\">\n"
    for tile in tiles {
      out += "<div class=\"tile\"><p class=\"tile-title\">\(Escape.html(tile.title))</p>"
      out += "<p class=\"tile-value\" dir=\"auto\">"
      if let light = tile.light {
        out += "<span class=\"light \(light.rawValue)\" aria-hidden=\"true\"></span>"
      }
      out += "\(Escape.html(tile.value))</p>"
      out += "<p class=\"tile-detail\" dir=\"auto\">\(Escape.html(tile.detail))</p></div>\n"
    }
    out += "</div>\n"
  }

  /// A share of the bar too narrow for a name.
  private static let leastNamed = 0.06

  private func write(shares cards: [SegmentCard], to out: inout String) {
    out += "<div class=\"shares\">\n"
    for card in cards {
      out += "<a href=\"#segment-\(Escape.slug(card.id))\" style=\"--edge:"
      out += "\(Palette.segment(card.position));flex-grow:\(places(1000 * card.share))\">"
      out += "<strong>\(Escape.html(numbers.percent(card.share)))</strong>"
      // Below a share of some per cent no name has room; the card below holds it.
      let isNarrow = card.share < Self.leastNamed
      out += "<span dir=\"auto\"\(isNarrow ? " class=\"unseen\"" : "")>"
      out += "\(Escape.html(card.name))</span></a>\n"
    }
    out += "</div>\n"
  }

  private func write(_ cards: [SegmentCard], headings level: Int, to out: inout String) {
    out += "<div class=\"glance\">\n"
    for card in cards {
      let page = "segment-\(Escape.slug(card.id))"
      out += "<article class=\"face\" id=\"face-\(Escape.slug(card.id))\" style=\"--edge:"
      out += "\(Palette.segment(card.position))\">\n"
      out += "<h\(level) dir=\"auto\"><a href=\"#\(page)\">\(Escape.html(card.name))</a>"
      out += "</h\(level)>\n<p class=\"subtitle\">\(Escape.html(card.size)); n\u{A0}=\u{A0}"
      out += "\(Escape.html(numbers.number(card.respondents)))</p>\n"
      out += "<p class=\"portrait\" dir=\"auto\">\(Escape.html(card.portrait))</p>\n"
      write(card.bars, colour: card.position, to: &out)
      if !card.facts.isEmpty {
        out += "<dl>\n"
        for fact in card.facts {
          out += "<div><dt>\(Escape.html(fact.title))</dt>"
          out += "<dd dir=\"auto\">\(Escape.breaking(fact.text))</dd></div>\n"
        }
        out += "</dl>\n"
      }
      out += "</article>\n"
    }
    out += "</div>\n"
  }

  private func write(_ bars: [SegmentCard.Bar], colour: Int, to out: inout String) {
    guard !bars.isEmpty else { return }
    out += "<ul class=\"bars\" style=\"--edge:\(Palette.segment(colour))\">\n"
    for bar in bars {
      out +=
        "<li><span class=\"bar-label\" dir=\"auto\" title=\"\(Escape.html("\(bar.label) \(bar.question)"))\">"
      if !bar.question.isEmpty {
        out +=
          "<span class=\"muted\">\(Escape.html(Findings.shortened(bar.question, to: 30))):</span> "
      }
      out += "\(Escape.breaking(bar.label))"
      out += "</span><span class=\"track\" aria-hidden=\"true\">"
      out += "<span style=\"width:\(places(100 * bar.share))%\"></span>"
      out += "<i style=\"left:\(places(100 * bar.total))%\"></i></span>"
      out += "<span class=\"figure\">\(numbers.percent(bar.share)) "
      out += "<span class=\"muted\">(all: \(numbers.percent(bar.total)))</span></span></li>\n"
    }
    out += "</ul>\n"
  }

  private func write(
    _ lines: [Dumbbell], _ first: String, _ second: String, to out: inout String
  ) {
    guard !lines.isEmpty else { return }
    let isPair = lines.contains { $0.second != nil }
    out += "<p class=\"legend\"><i class=\"dot full\"></i> \(Escape.html(first))"
    if isPair { out += " <i class=\"dot\"></i> \(Escape.html(second))" }
    out += "</p>\n<ul class=\"bars dumbbells\">\n"
    for line in lines {
      let ends = [line.first, line.second ?? line.first]
      let (low, high) = (ends.min() ?? 0, ends.max() ?? 0)
      out += "<li><span class=\"bar-label\" dir=\"auto\">\(Escape.html(line.label))</span>"
      out += "<span class=\"track\" aria-hidden=\"true\">"
      out += "<b style=\"left:\(places(100 * low))%;width:\(places(100 * (high - low)))%\"></b>"
      if let second = line.second {
        out += "<i class=\"dot\" style=\"left:\(places(100 * second))%\"></i>"
      }
      out += "<i class=\"dot full\" style=\"left:\(places(100 * line.first))%\"></i></span>"
      out += "<span class=\"figure\">\(numbers.percent(line.first))"
      if let second = line.second { out += " / \(numbers.percent(second))" }
      out += "</span></li>\n"
    }
    out += "</ul>\n"
  }

  /// A number for a style sheet: one decimal, whatever the language.
  private func places(_ value: Double) -> String {
    NumberStyle(decimalMark: ".", groupMark: "").number(min(1000, max(0, value)), decimals: 1)
  }
}
