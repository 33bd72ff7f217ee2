import TesseraMath
import TesseraProductFit
import TesseraStudy
import TesseraSurvey

/// A question, product or step to be followed, with everybody's answers.
struct TrackedColumn: Sendable {
  let kind: TrackedSeries.Kind
  let name: String
  let label: String
  let content: Content

  /// The answers.
  enum Content: Sendable {
    /// Numbers; NaN without one.
    case numbers([Double], TrackedSeries.Unit)
    /// One answer of several: positions from 1, 0 without one.
    case categories([String], positions: [Int])
  }
}

/// Gathers what a study asks.
struct TrackedColumns {
  private(set) var columns: [TrackedColumn] = []
  private(set) var notes: [String] = []
  private let stacked: StackedWaves
  private let settings: RunSettings

  init(_ stacked: StackedWaves, study: Study?, settings: RunSettings) throws(StudyError) {
    self.stacked = stacked
    self.settings = settings
    let file = study?.file
    try addQuestions(file)
    if let file { addFunnels(file) }
    if let study, study.products != nil { try addFit(study) }
  }

  private mutating func addQuestions(_ file: StudyFile?) throws(StudyError) {
    var active: [String] = []
    for indicator in stacked.model.indicators {
      let name = indicator.set ?? indicator.name
      if !active.contains(name) { active.append(name) }
    }
    let known = Set(
      (stacked.survey.variables.map(\.name) + stacked.survey.sets.map(\.name)).map {
        AnswerCode.text($0)
      })
    func present(_ names: [String]) -> [String] { names.filter { known.contains(.text($0)) } }
    var roles = file.map { StudyRoles($0) } ?? .none
    let wave = file?.survey.wave
    roles.values = present(roles.values)
    roles.channels = present(roles.channels)
    roles.needs = present(roles.needs)
    let passive = present((file?.segments.passive ?? []).filter { $0 != wave })
    let reader = try DescriptorReader(
      stacked.survey, active: present(active), passive: passive, roles: roles)
    var hidden = 0
    for descriptor in reader.descriptors {
      guard settings.privacy == .none || !settings.sensitive.contains(descriptor.name) else {
        hidden += 1
        continue
      }
      add(descriptor)
    }
    if hidden > 0 {
      notes.append(
        "\(hidden) \(hidden == 1 ? "question is" : "questions are") sensitive and not followed over "
          + "waves.")
    }
  }

  private mutating func add(_ descriptor: Descriptor) {
    let kind: TrackedSeries.Kind =
      switch descriptor.role {
      case .active: .active
      case .value: .value
      case .channel: .channel
      case .need: .need
      default: .passive
      }
    switch descriptor.content {
    case .numbers(let numbers):
      columns.append(
        TrackedColumn(
          kind: kind, name: descriptor.name, label: descriptor.label,
          content: .numbers(numbers, .mean)))
    case .members(let members):
      for member in members {
        columns.append(
          TrackedColumn(
            kind: kind, name: member.name, label: "\(descriptor.label): \(member.label)",
            content: .categories(["no", "yes"], positions: member.positions)))
      }
    case .categories(let categories, let positions):
      columns.append(
        TrackedColumn(
          kind: kind, name: descriptor.name, label: descriptor.label,
          content: .categories(categories.map(\.label), positions: positions)))
    }
  }

  private mutating func addFunnels(_ file: StudyFile) {
    switch file.funnel {
    case nil: return
    case .overall(let steps): addFunnel(steps, product: "")
    case .byProduct(let funnels):
      for funnel in funnels { addFunnel(funnel.steps, product: funnel.product) }
    }
  }

  private mutating func addFunnel(_ names: [String], product: String) {
    var steps: [Variable] = []
    for name in names {
      if let set = stacked.survey.sets.first(where: { $0.name == name }) {
        steps += set.members.compactMap { stacked.survey[$0] }
      } else if let step = stacked.survey[name] {
        steps.append(step)
      }
    }
    let prefix = product.isEmpty ? "" : "\(product): "
    var before: [Double]?
    var last = ""
    for step in steps {
      let label = step.label.isEmpty ? step.name : step.label
      let numbers = step.numbers
      let answers = numbers.map { $0.isNaN ? 0 : $0 == 1 ? 2 : 1 }
      columns.append(
        TrackedColumn(
          kind: .funnel, name: step.name, label: prefix + label,
          content: .categories(["no", "yes"], positions: answers)))
      if let before {
        columns.append(
          TrackedColumn(
            kind: .conversion, name: step.name, label: "\(prefix)from \"\(last)\" to \"\(label)\"",
            content: .categories(
              ["no", "yes"], positions: zip(answers, before).map { $1 == 1 ? $0 : 0 })))
      }
      before = numbers
      last = label
    }
  }

  private mutating func addFit(_ study: Study) throws(StudyError) {
    let segmented = SegmentedSurvey(
      survey: stacked.survey,
      design: SurveyDesign(kind: .sampling, weights: stacked.weights),
      sourceRows: Array(stacked.waves.indices), segments: stacked.model.segments,
      posterior: stacked.frozen, resegmenter: nil)
    let model = try FitModel.bind(FitSource(study), segmented)
    let scores = Scorer(model).scores(model.productLevels)
    for (place, product) in model.products.enumerated() {
      let fit = Array(scores.fit.row(place)).enumerated().map { row, value in
        model.respondents.isUsable[row] ? value : .nan
      }
      columns.append(
        TrackedColumn(
          kind: .fit, name: product.name, label: product.label, content: .numbers(fit, .points)))
      if scores.bounds[place] != nil {
        notes.append(
          "\(product.label): some features or incomes are unknown; its fit over waves is halfway between "
            + "the worst and the best they can be for each person.")
      }
    }
  }
}
