/// What the columns of a study are for, beside making segments.
///
/// Says which columns profiles tell of, and which never become inputs of a model.
public struct StudyRoles: Sendable, Equatable {
  /// Rating columns or sets that say what people value.
  public var values: [String]
  /// 0/1 columns or sets that say which media reach them.
  public var channels: [String]
  /// Columns that say how much needs matter and how well they are met.
  public var needs: [String]
  /// Columns of questions that are told elsewhere: best-worst tasks, prices and Kano's pairs.
  ///
  /// Their answers mean nothing one by one, or the opposite of what they seem to say.
  public var questions: [String] = []
  /// What readers see of columns whose own label does not say it, such as ratings of needs.
  public var labels: [String: String] = [:]
  /// How the study wants answers to be said.
  public var say = StudyWordings()
  /// The steps to a purchase, which tables show together.
  public var funnel: FunnelDeclaration?
  /// Choices whose menus stand in the survey's own file, and are no questions.
  public var choices: ChoicesDeclaration?
  /// Columns and sets that the study names as describing segments.
  public var described: [String] = []
  /// Columns that are no answers: identifiers, weights, strata, clusters, given segments.
  public var reserved: [String]

  /// Assigns roles by name.
  public init(
    values: [String] = [], channels: [String] = [], needs: [String] = [], reserved: [String] = []
  ) {
    self.values = values
    self.channels = channels
    self.needs = needs
    self.reserved = reserved
  }

  /// The roles that a study file gives.
  ///
  /// - Parameter study: What the file declares.
  public init(_ study: StudyFile) {
    values = study.values
    described = study.segments.passive
    say = study.say
    channels = study.channels
    funnel = study.funnel
    choices = study.choices.flatMap { choices in
      choices.file.map { study.survey.files.contains($0) } ?? true ? choices : nil
    }
    reserved = [
      study.survey.id, study.survey.weight?.column, study.survey.strata, study.survey.cluster,
      study.survey.population, study.segments.given,
      // What was taken is held against the fit, and must not make the segments it is told by.
      study.choices.flatMap { $0.layout == .survey ? $0.chosen : nil },
    ].compactMap { $0 }
    needs = []
    questions = study.questionColumns
    for need in study.needs {
      switch need.weight {
      case .maxDiffCounts(let best, let worst, _): questions += [best, worst]
      case .importance, .topTwo, .points, .maxDiffScore, .maxDiffAnswer, .rank, .ticked, .assumed:
        needs += need.weight.columns
      }
      if let satisfaction = need.satisfaction { needs.append(satisfaction) }
    }
    needs += study.drivers.map { [$0.rating] + $0.drivers } ?? []
    for need in study.needs {
      for column in need.weight.columns {
        labels[column] =
          switch need.weight {
          // The first rank matters most: fewer is more.
          case .rank: "rank of \"\(need.label)\", 1 for most important"
          case .points: "points for \"\(need.label)\""
          default: "importance of \"\(need.label)\""
          }
      }
      if let satisfaction = need.satisfaction {
        labels[satisfaction] = "satisfaction with \"\(need.label)\""
      }
    }
  }

  /// No roles.
  public static let none = StudyRoles()
}
