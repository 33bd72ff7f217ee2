import CXlsxWriter

/// Gives each bar of a series a colour of its own.
func colourBars(of series: UnsafeMutablePointer<lxw_chart_series>, _ colours: [String]) {
  let count = colours.count
  let fills = UnsafeMutablePointer<lxw_chart_fill>.allocate(capacity: count)
  let points = UnsafeMutablePointer<lxw_chart_point>.allocate(capacity: count)
  defer {
    unsafe fills.deallocate()
    unsafe points.deallocate()
  }
  var list: [UnsafeMutablePointer<lxw_chart_point>?] = unsafe []
  for (place, colour) in colours.enumerated() {
    var fill = lxw_chart_fill()
    fill.color = UInt32(colour.dropFirst(), radix: 16) ?? 0
    unsafe (fills + place).initialize(to: fill)
    var point = unsafe lxw_chart_point()
    unsafe point.fill = fills + place
    unsafe (points + place).initialize(to: point)
    unsafe list.append(points + place)
  }
  unsafe list.append(nil)
  unsafe chart_series_set_points(series, &list)
}
