internal import TesseraSurvey

extension DerivedVariable {
  /// The rule as a study file writes it, so that new respondents are prepared alike.
  var json: JSONValue {
    var members: JSONValue = [:]
    func numbers(_ values: [Double]) -> JSONValue { .array(values.map { .number($0) }) }
    switch rule {
    case .bands(let source, let bounds, let labels):
      members = ["bands": source, "at": numbers(bounds)]
      if !labels.isEmpty { members.add(["labels": labels]) }
    case .net(let source, let nets, let rest):
      members = [
        "net": source, "into": JSONValue.object(nets.map { ($0.label, .strings($0.answers)) }),
      ]
      if let rest { members.add(["else": rest]) }
    case .mean(let names, let reversed, let atLeast):
      members = ["mean": names, "at_least": atLeast]
      if !reversed.isEmpty { members.add(["reverse": reversed]) }
    case .sum(let names, let atLeast):
      members = ["sum": names, "at_least": atLeast]
    case .count(let names, let answers):
      members = ["count": names]
      if !answers.isEmpty { members.add(["of": answers]) }
    case .top(let source, let boxes):
      members = ["top": source, "boxes": boxes]
    case .bottom(let source, let boxes):
      members = ["bottom": source, "boxes": boxes]
    case .when(let condition): members = ["when": condition]
    case .reverse(let source): members = ["reverse": source]
    case .oneOf(let names, let rest):
      members = ["one_of": names]
      if let rest { members.add(["else": rest]) }
    }
    if let scale { members.add(["scale": numbers([scale.low, scale.high])]) }
    if !label.isEmpty { members.add(["label": label]) }
    return members
  }
}

extension StudyNode {
  /// Takes a value that was written as JSON by ourselves.
  init(json: JSONValue, path: String, file: String) {
    let content: Content =
      switch json {
      case .null: .text("", isQuoted: false)
      case .bool(let value): .text(value ? "true" : "false", isQuoted: false)
      case .integer(let value): .text(String(value), isQuoted: false)
      case .number(let value): .text(AnswerCode.number(value).text, isQuoted: false)
      case .string(let text): .text(text, isQuoted: true)
      case .array(let values):
        .list(
          values.enumerated().map {
            StudyNode(json: $1, path: "\(path)[\($0)]", file: file)
          })
      case .object(let members):
        .map(
          members.map { key, value in
            Entry(
              key: key, line: 1, value: StudyNode(json: value, path: "\(path).\(key)", file: file))
          })
      }
    self.init(content: content, path: path, line: 1, file: file)
  }
}
