import TesseraFiles

/// Charts as DrawingML, with the workbook that holds their numbers.
enum DeckChartXML {
  private static let sheet = "Sheet1"

  /// The chart part; its workbook is the first relation.
  static func part(_ chart: DeckChart) -> String {
    let isBars = chart.kind == .bars
    var plot =
      isBars
      ? "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>"
      : "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>"
    for (number, series) in chart.series.enumerated() {
      plot += self.series(series, number, chart)
    }
    if isBars {
      plot += "<c:gapWidth val=\"50\"/><c:overlap val=\"-10\"/>"
    } else {
      plot += "<c:marker val=\"1\"/>"
    }
    plot +=
      "<c:axId val=\"111111\"/><c:axId val=\"222222\"/></c:\(isBars ? "barChart" : "lineChart")>"
    // Bars to the right are read from the top.
    let category =
      "<c:catAx><c:axId val=\"111111\"/><c:scaling><c:orientation "
      + "val=\"\(isBars ? "maxMin" : "minMax")\"/></c:scaling><c:delete val=\"0\"/>"
      + "<c:axPos val=\"\(isBars ? "l" : "b")\"/><c:numFmt formatCode=\"General\" "
      + "sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>"
      + "<c:tickLblPos val=\"low\"/><c:spPr><a:ln w=\"6350\">\(fill(.rest))</a:ln></c:spPr>"
      // Labels stand upright and wrap, instead of leaning.
      + (isBars
        ? ""
        : "<c:txPr><a:bodyPr rot=\"0\" vert=\"horz\"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"900\"/>"
          + "</a:pPr><a:endParaRPr lang=\"en-GB\"/></a:p></c:txPr>")
      + "<c:crossAx val=\"222222\"/><c:crosses val=\"autoZero\"/><c:auto val=\"1\"/>"
      + "<c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"0\"/></c:catAx>"
    let values = chart.series.flatMap(\.values).compactMap(\.self)
    // Dumbbells are shares: all of them on one scale, so that slides can be compared.
    let least =
      chart.kind == .dumbbell
      ? "<c:max val=\"1\"/><c:min val=\"0\"/>"
      : values.allSatisfy({ $0 >= 0 }) ? "<c:min val=\"0\"/>" : ""
    let amount =
      "<c:valAx><c:axId val=\"222222\"/><c:scaling><c:orientation val=\"minMax\"/>\(least)</c:scaling>"
      + "<c:delete val=\"\(isBars ? 1 : 0)\"/><c:axPos val=\"\(isBars ? "b" : "l")\"/>"
      + (isBars
        ? ""
        : "<c:majorGridlines><c:spPr><a:ln w=\"3175\">\(fill(.rest, pale: true))</a:ln></c:spPr>"
          + "</c:majorGridlines>")
      + "<c:numFmt formatCode=\"\(chart.format)\" sourceLinked=\"0\"/>"
      + "<c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>"
      + "<c:tickLblPos val=\"nextTo\"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
      + "<c:crossAx val=\"111111\"/><c:crosses val=\"autoZero\"/>"
      + "<c:crossBetween val=\"between\"/></c:valAx>"
    let legend =
      chart.series.count > 1
      ? "<c:legend><c:legendPos val=\"t\"/><c:overlay val=\"0\"/></c:legend>" : ""
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
      + "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" "
      + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
      + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
      + "<c:date1904 val=\"0\"/><c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/>"
      + "<c:plotArea><c:layout/>\(plot)\(category)\(amount)</c:plotArea>\(legend)"
      + "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>"
      + "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"\(size(chart))\"/></a:pPr>"
      + "<a:endParaRPr lang=\"en-GB\"/></a:p></c:txPr>"
      + "<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>"
  }

  /// Letters in hundredths of a point: smaller where there is much to write.
  private static func size(_ chart: DeckChart) -> Int {
    let most = chart.categories.map(\.count).max() ?? 0
    return chart.categories.count * chart.series.count > 12 || most > 32 ? 1000 : 1200
  }

  private static func series(
    _ series: DeckChart.Series, _ number: Int, _ chart: DeckChart
  ) -> String {
    let column = letter(number + 1)
    let last = chart.categories.count + 1
    let colour = series.colours.first ?? .accent(number)
    var xml =
      "<c:ser><c:idx val=\"\(number)\"/><c:order val=\"\(number)\"/><c:tx><c:strRef>"
      + "<c:f>\(sheet)!$\(column)$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>"
      + "\(OfficeText.escaped(series.name))</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    let place: String
    switch chart.kind {
    case .bars:
      xml += "<c:spPr>\(fill(colour))</c:spPr><c:invertIfNegative val=\"0\"/>"
      if series.colours.count == chart.categories.count, series.colours.count > 1 {
        for (point, own) in series.colours.enumerated() {
          xml +=
            "<c:dPt><c:idx val=\"\(point)\"/><c:invertIfNegative val=\"0\"/><c:bubble3D val=\"0\"/>"
            + "<c:spPr>\(fill(own))</c:spPr></c:dPt>"
        }
      }
      place = "outEnd"
    case .dumbbell:
      xml +=
        "<c:spPr><a:ln w=\"19050\"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val=\"circle\"/>"
        + "<c:size val=\"11\"/><c:spPr>\(fill(colour))<a:ln><a:noFill/></a:ln></c:spPr></c:marker>"
      place = "r"
    case .lines:
      xml +=
        "<c:spPr><a:ln w=\"34925\" cap=\"rnd\">\(fill(colour))<a:round/></a:ln></c:spPr>"
        + "<c:marker><c:symbol val=\"none\"/></c:marker>"
      place = "r"
    }
    if chart.kind == .bars {
      xml +=
        "<c:dLbls><c:numFmt formatCode=\"\(chart.format)\" sourceLinked=\"0\"/><c:spPr><a:noFill/>"
        + "<a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val=\"\(place)\"/><c:showLegendKey val=\"0\"/>"
        + "<c:showVal val=\"1\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/>"
        + "<c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls>"
    }
    if chart.kind == .dumbbell, number == 0, let other = chart.series.dropFirst().first {
      xml += bars(from: series.values, to: other.values)
    }
    xml += "<c:cat><c:strRef><c:f>\(sheet)!$A$2:$A$\(last)</c:f><c:strCache>"
    xml += "<c:ptCount val=\"\(chart.categories.count)\"/>"
    for (point, category) in chart.categories.enumerated() {
      xml += "<c:pt idx=\"\(point)\"><c:v>\(OfficeText.escaped(category))</c:v></c:pt>"
    }
    xml += "</c:strCache></c:strRef></c:cat><c:val><c:numRef>"
    xml += "<c:f>\(sheet)!$\(column)$2:$\(column)$\(last)</c:f><c:numCache>"
    xml += "<c:formatCode>\(chart.format)</c:formatCode>"
    xml += "<c:ptCount val=\"\(chart.categories.count)\"/>"
    for (point, value) in series.values.enumerated() {
      guard let value, value.isFinite else { continue }
      xml += "<c:pt idx=\"\(point)\"><c:v>\(shown(value))</c:v></c:pt>"
    }
    xml += "</c:numCache></c:numRef></c:val>"
    if chart.kind != .bars { xml += "<c:smooth val=\"0\"/>" }
    return xml + "</c:ser>"
  }

  /// The line of each dumbbell, from its first dot to its second.
  private static func bars(from first: [Double?], to second: [Double?]) -> String {
    func side(_ name: String, _ sign: Double) -> String {
      let lengths = zip(first, second).enumerated().compactMap { point, ends -> String? in
        guard let one = ends.0, let other = ends.1 else { return nil }
        return "<c:pt idx=\"\(point)\"><c:v>\(shown(max(0, sign * (other - one))))</c:v></c:pt>"
      }.joined()
      return
        "<c:\(name)><c:numLit><c:ptCount val=\"\(first.count)\"/>\(lengths)</c:numLit></c:\(name)>"
    }
    return
      "<c:errBars><c:errDir val=\"y\"/><c:errBarType val=\"both\"/><c:errValType val=\"cust\"/>"
      + "<c:noEndCap val=\"1\"/>" + side("plus", 1) + side("minus", -1)
      + "<c:spPr><a:ln w=\"25400\">\(fill(.rest))</a:ln></c:spPr></c:errBars>"
  }

  private static func shown(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }

  private static func letter(_ column: Int) -> String {
    String(UnicodeScalar(UInt8(65 + min(25, column))))
  }

  /// A fill in a colour of the theme.
  static func fill(_ colour: DeckColour, pale: Bool = false) -> String {
    switch colour {
    case .accent(let number):
      // A theme has six accents; further segments have the colours of the page.
      guard number < 6 else {
        return
          "<a:solidFill><a:srgbClr val=\"\(Palette.segment(number).dropFirst())\"/></a:solidFill>"
      }
      return "<a:solidFill><a:schemeClr val=\"accent\(number + 1)\"/></a:solidFill>"
    case .strong: return "<a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill>"
    case .rest:
      let (mod, off) = pale ? (15_000, 85_000) : (50_000, 50_000)
      return "<a:solidFill><a:schemeClr val=\"tx1\"><a:lumMod val=\"\(mod)\"/>"
        + "<a:lumOff val=\"\(off)\"/></a:schemeClr></a:solidFill>"
    }
  }

  /// The workbook that a reader opens with "edit data".
  static func workbook(_ chart: DeckChart) throws(OutputError) -> [UInt8] {
    var page = WorkbookSheet(name: sheet)
    page.rows = [[.text("", .header)] + chart.series.map { .text($0.name, .header) }]
    for (place, category) in chart.categories.enumerated() {
      page.rows.append(
        [.text(category)]
          + chart.series.map { series in
            series.values[place].map {
              .number($0, chart.format.hasSuffix("%") ? .percent(0) : .number(1))
            } ?? .blank
          })
    }
    page.widths = [40] + chart.series.map { _ in 14 }
    return try WorkbookKernel.bytes(of: Workbook(title: "Data of the chart", sheets: [page]))
  }
}
