import Foundation
import TesseraDesign
import TesseraMath
public import TesseraSegmentation
public import TesseraStudy
import TesseraSurvey

/// Who moves where: segments of people asked several times, and their chances to change segment.
public struct PanelMoves: Sendable {
  /// What is fitted.
  public struct Settings: Sendable {
    /// Numbers of segments that are compared by BIC on the effective number of people.
    public var segments = 2...5
    /// Whether chances to change depend on the time.
    public var transitions = LatentTransitionModel.Transitions.constant
    /// Whether every segment, row of chances and question has one imaginary answer.
    public var hasPrior = true
    /// Replicates of people for intervals; 0 leaves intervals out.
    public var replicates = 500
    /// Columns that shares at the first time and chances to move may depend on.
    public var covariates: [String] = []

    /// The defaults.
    public init() {}
  }

  /// An estimate with the ends of its 95% interval.
  public struct Estimate: Sendable, Equatable {
    /// The estimate, 0 to 1.
    public let value: Double
    /// The ends; `nil` without replicates.
    public let interval: (low: Double, high: Double)?

    /// The same estimate and ends.
    public static func == (left: Estimate, right: Estimate) -> Bool {
      left.value == right.value && left.interval?.low == right.interval?.low
        && left.interval?.high == right.interval?.high
    }
  }

  /// Chances to go from each segment to each.
  public struct Step: Sendable {
    /// The time before it; the first where all steps are alike.
    public let from: String
    /// The time after it; the last where all steps are alike.
    public let to: String
    /// From (row) to (column); `nil` where fewer people than are shown begin there.
    public let chances: [[Estimate]?]
  }

  /// How a covariate moves the odds.
  public struct Effect: Sendable {
    /// A number, or an answer against the first one, as `column=code`.
    public let name: String
    /// Segment that people come from; `nil` for the odds at the first time.
    public let from: Int?
    /// Of this segment, against the first one at the first time, against staying later.
    public let segment: Int
    /// Log-odds for one unit more, and its 95% interval.
    public let logOdds: Estimate
  }

  /// How one number of segments did.
  public struct Candidate: Sendable {
    /// The number of segments.
    public let segments: Int
    /// Log-likelihood, in nats.
    public let logLikelihood: Double
    /// Free parameters.
    public let parameters: Int
    /// BIC on the effective number of people.
    public let bic: Double
    /// Starts tried, and those carried to the end that came to the best.
    public let starts: (tried: Int, reached: Int)
  }

  /// The times, in order.
  public let times: [String]
  /// People, and how many were seen at every time.
  public let people: (all: Int, complete: Int)
  /// Effective number of people.
  public let effectiveSize: Double
  /// Answers used: rows of people at times.
  public let rows: Int
  /// The numbers of segments that were compared.
  public let candidates: [Candidate]
  /// The model chosen.
  public let model: LatentTransitionModel
  /// Which kind of chances to change.
  public let transitions: LatentTransitionModel.Transitions
  /// For each time the share of each segment.
  public let shares: [[Estimate]]
  /// Chances to change: one for all steps, or one for each.
  public let steps: [Step]
  /// What shares and chances depend on; empty without covariates.
  public let effects: [Effect]
  /// What each segment answers.
  public let indicators: [IndicatorResult]
  /// Replicates behind intervals.
  public let replicates: Int
  /// What was found on the way, in sentences.
  public let notes: [String]

  /// Fits latent transition models to a panel.
  ///
  /// People count by one weight each, that of their first row; times at which somebody was not seen, and
  /// questions without an answer, say nothing. Intervals are percentiles of replicates that draw people
  /// again, whole, within strata and with their clusters.
  ///
  /// - Parameters:
  ///   - waves: The times, in order, with identifiers of people.
  ///   - active: Columns that make the segments.
  ///   - asked: What to fit.
  ///   - settings: Seed, threads, smallest group.
  /// - Throws: ``StudyError`` E0531 with fewer than two times or without people seen twice, E0501 for
  ///   unknown columns.
  /// - Complexity: O((starts + replicates) x rounds x rows x questions x segments).
  public init(
    _ waves: [SurveyWave], active: [String], asked: Settings, settings: RunSettings
  ) throws(StudyError) {
    let stacked = try StackedPanel(waves)
    var declaration = SegmentsDeclaration()
    declaration.active = active
    declaration.covariates = asked.covariates
    if !asked.hasPrior { declaration.prior = .none }
    let encoded = try StudyEncoder.encode(stacked.data, declaration, settings)
    let sheet = try stacked.sheet(encoded.rows, encoded.table.covariates)
    notes = stacked.notes + sheet.notes + encoded.notes
    times = waves.map(\.name)
    rows = encoded.rows.count
    let panel = sheet.panel
    people = (
      panel.rows.count, panel.rows.count { $0.allSatisfy { $0 >= 0 } }
    )
    effectiveSize = panel.effectiveSize
    let prior = asked.hasPrior ? 1.0 : 0
    var fits: [LatentTransition.Fit] = []
    do throws(SegmentationError) {
      for count in asked.segments {
        settings.progress.report("segments", count, asked.segments.upperBound)
        fits.append(
          try LatentTransition(classes: count, transitions: asked.transitions, prior: prior)
            .fit(encoded.table, panel, seed: settings.seed, workers: settings.workers))
      }
    } catch {
      throw StudyError(code: "E0506", message: error.description)
    }
    candidates = fits.map {
      Candidate(
        segments: $0.model.classCount, logLikelihood: $0.logLikelihood,
        parameters: $0.model.parameterCount, bic: $0.bic, starts: $0.starts)
    }
    // A segment that fewer people were ever in than are shown is not told of.
    let shown = fits.filter { Self.smallest($0, panel) >= Double(settings.minimumCell) }
    guard let best = shown.min(by: { $0.bic < $1.bic }) else {
      throw StudyError(
        code: "E0506",
        message: "with \(asked.segments.lowerBound) segments or more one of them holds fewer than "
          + "\(settings.minimumCell) people, which is too few to be shown",
        hint:
          "ask for fewer with --segments, or for what stands in smaller groups with --minimum-cell")
    }
    model = best.model
    transitions = asked.transitions
    indicators = zip(encoded.indicators, best.model.items).map { IndicatorResult($0, item: $1) }
    let drawn = Self.replicates(asked, best, encoded.table, sheet, settings)
    replicates = drawn.count
    let count = times.count
    let all = drawn.map { $0.shares(times: count) }
    shares = best.model.shares(times: count).enumerated().map { time, row in
      row.indices.map { segment in
        Self.estimate(row[segment], all.map { $0[time][segment] })
      }
    }
    effects = Self.effects(
      best.model, drawn, encoded.covariates.flatMap(\.columnNames), scales: sheet.scales)
    let bases = Self.bases(best, panel, asked.transitions)
    let (classes, names) = (best.model.classCount, times)
    steps = best.model.steps.enumerated().map { step, matrix in
      let isOne = best.model.steps.count < count - 1
      return Step(
        from: isOne ? names[0] : names[step], to: isOne ? names[count - 1] : names[step + 1],
        chances: (0..<classes).map { from in
          guard bases[step][from] >= Double(settings.minimumCell) else { return nil }
          return (0..<classes).map { to in
            Self.estimate(matrix[from, to], drawn.map { $0.steps[step][from, to] })
          }
        })
    }
  }

  private static func effects(
    _ model: LatentTransitionModel, _ drawn: [LatentTransitionModel], _ names: [String],
    scales: [Double]
  ) -> [Effect] {
    guard model.dependence != nil else { return [] }
    let classes = model.classCount
    return names.indices.flatMap { column -> [Effect] in
      func effect(
        _ from: Int?, _ to: Int, _ row: (LatentTransitionModel.Dependence) -> [[Double]]
      ) -> Effect {
        func value(_ one: LatentTransitionModel) -> Double {
          one.dependence.map { row($0)[to][column + 1] / scales[column] } ?? .nan
        }
        return Effect(
          name: names[column], from: from, segment: to,
          logOdds: estimate(value(model), drawn.map(value)))
      }
      let first = (1..<max(1, classes)).map { to in effect(nil, to) { $0.initial } }
      return first
        + (0..<classes).flatMap { from in
          (0..<classes).filter { $0 != from }.map { to in effect(from, to) { $0.moves[from] } }
        }
    }
  }

  /// People who were likely in the smallest class at any time.
  private static func smallest(_ fit: LatentTransition.Fit, _ panel: Panel) -> Double {
    let likeliest = fit.posterior.likeliest
    var people = [Double](repeating: 0, count: fit.model.classCount)
    for rows in panel.rows {
      for latent in Set(rows.filter { $0 >= 0 }.map { likeliest[$0] }) where latent >= 0 {
        people[latent] += 1
      }
    }
    return people.min() ?? 0
  }

  /// People whom each row of chances rests on: those seen at its beginning and at its end.
  private static func bases(
    _ fit: LatentTransition.Fit, _ panel: Panel, _ form: LatentTransitionModel.Transitions
  ) -> [[Double]] {
    let classes = fit.model.classCount
    var bases = [[Double]](
      repeating: [Double](repeating: 0, count: classes), count: fit.model.steps.count)
    for rows in panel.rows {
      for time in 0..<max(0, rows.count - 1) where rows[time] >= 0 && rows[time + 1] >= 0 {
        for latent in 0..<classes {
          bases[form == .constant ? 0 : time][latent] += fit.posterior[rows[time], latent]
        }
      }
    }
    return bases
  }

  private static func replicates(
    _ asked: Settings, _ best: LatentTransition.Fit, _ table: ItemTable,
    _ sheet: StackedPanel.Sheet, _ settings: RunSettings
  ) -> [LatentTransitionModel] {
    let weights = ReplicateWeights(sheet.design)
    guard asked.replicates > 0, weights.canDraw else { return [] }
    let task = LatentTransition(
      classes: best.model.classCount, transitions: asked.transitions,
      prior: asked.hasPrior ? 1 : 0)
    let root = RandomStream(seed: settings.seed).split(0x9A7E)
    let (model, panel, progress) = (best.model, sheet.panel, settings.progress)
    return settings.workers.map(asked.replicates) { place in
      var stream = root.split(place)
      let drawn = panel.weighted(weights.draw(&stream))
      progress.report("replicates", place + 1, asked.replicates)
      return task.refit(model, table, drawn).model
    }
  }

  private static func estimate(_ value: Double, _ drawn: [Double]) -> Estimate {
    guard drawn.count >= 20, let ends = Descriptive.quantiles([0.025, 0.975], of: drawn.sorted())
    else { return Estimate(value: value, interval: nil) }
    return Estimate(value: value, interval: (ends[0], ends[1]))
  }
}
