import TesseraSurvey

/// A funnel as one question: its steps are shown together, first step first.
struct FunnelTable {
  /// Such as `funnel.coupe`.
  let name: String
  /// What readers see.
  let label: String
  /// 0/1 columns, first step first.
  let steps: [String]

  /// The funnels of a study.
  ///
  /// - Parameters:
  ///   - declared: What the study declares; `nil` without funnels.
  ///   - data: The survey, for sets that a funnel names.
  /// - Returns: In the study's order.
  static func all(_ declared: FunnelDeclaration?, _ data: StudyData) -> [FunnelTable] {
    switch declared {
    case nil: []
    case .overall(let steps):
      [FunnelTable(name: "funnel", label: "Funnel", steps: data.columns(steps))]
    case .byProduct(let funnels):
      funnels.map { funnel in
        FunnelTable(
          name: "funnel.\(funnel.product)", label: "Funnel: \(funnel.product)",
          steps: data.columns(funnel.steps))
      }
    }
  }
}

extension Descriptor {
  /// A 0/1 column, alone or in a set, as a step; `nil` if the question does not hold it.
  func step(_ name: String) -> Member? {
    switch content {
    case .members(let members): return members.first { $0.name.utf8.elementsEqual(name.utf8) }
    case .numbers: return nil
    case .categories(let categories, let positions):
      guard self.name.utf8.elementsEqual(name.utf8) else { return nil }
      // Where everybody or nobody got there, one of the two answers is missing.
      let codes = categories.map(\.code.number)
      guard codes.allSatisfy({ $0 == 0 || $0 == 1 }) else { return nil }
      return Member(
        name: name, label: label,
        positions: positions.map { $0 == 0 ? 0 : codes[$0 - 1] == 1 ? 2 : 1 })
    }
  }
}
