extension TripleSColumns {
  /// A column of numbers, NaN for an empty field.
  func numberColumn(
    _ name: String, _ label: String, _ numbers: [Double]
  ) -> StatContents.Column {
    var column = StatContents.Column(
      name: name, label: label, format: "", labelSet: "", isText: false, measure: 0)
    var places: [Double: UInt8] = [:]
    for number in numbers where !number.isNaN && places[number] == nil {
      guard places.count < 255 else {
        column.values = []
        column.form = .numbers
        column.numbers = numbers
        return column
      }
      column.values.append(number)
      places[number] = UInt8(column.values.count)
    }
    column.narrow = numbers.map { $0.isNaN ? 0 : places[$0] ?? 0 }
    return column
  }

  /// A column of texts.
  func textColumn(
    _ name: String, _ label: String, _ texts: [String]
  ) -> StatContents.Column {
    var column = StatContents.Column(
      name: name, label: label, format: "", labelSet: "", isText: true, measure: 0)
    var places: [TextKey: UInt32] = [:]
    var codes: [UInt32] = []
    for text in texts {
      guard !text.isEmpty else {
        codes.append(0)
        continue
      }
      if let known = places[TextKey(text)] {
        codes.append(known)
      } else {
        column.texts.append(text)
        places[TextKey(text)] = UInt32(column.texts.count)
        codes.append(UInt32(column.texts.count))
      }
    }
    if column.texts.count <= 255 {
      column.narrow = codes.map { UInt8($0) }
    } else {
      column.form = .wide
      column.wide = codes
    }
    return column
  }
}
