import Foundation
import TesseraMath
import TesseraStudy
import TesseraSurvey

extension ChoiceValidation {
  /// The logit, its variant by segment, tests, latent classes.
  func addLogits(_ result: inout ValidationResult) throws(StudyError) {
    let table = data.attributeTable()
    let names = data.terms.map(\.name)
    let whole = try fitted(table, names)
    var logit = ValidationResult.LogitResult(
      rows: rows(whole, names, controlsFrom: data.attributes), logLikelihood: whole.logLikelihood,
      nullLogLikelihood: whole.nullLogLikelihood, rhoSquared: whole.rhoSquared,
      aic: -2 * whole.logLikelihood + 2 * Double(names.count),
      bic: -2 * whole.logLikelihood + Double(names.count) * log(data.weights.reduce(0, +)),
      steps: whole.steps, isConverged: whole.isConverged, bySegment: [],
      bySegmentLogLikelihood: nil)
    if !whole.isConverged {
      result.warnings.append("The logit had not converged after \(whole.steps) steps.")
    }
    if segmented.segments.count > 1 {
      do throws(ConditionalLogitError) {
        let bigger = try ConditionalLogit(data.segmentTable())
        let names = data.segmentNames(segmented.segments)
        logit.bySegment = Array(
          rows(bigger, names, controlsFrom: names.count).dropFirst(data.terms.count))
        logit.bySegmentLogLikelihood = bigger.logLikelihood
        result.tests.append(test(bigger, whole, withControls: data.controls > 0))
        if data.controls > 0 {
          let smaller = try ConditionalLogit(data.attributeTable(withControls: false))
          let bigger = try ConditionalLogit(data.segmentTable(withControls: false))
          result.tests.insert(test(bigger, smaller, withControls: false), at: 0)
        }
      } catch {
        let words = error.words(data.segmentNames(segmented.segments))
        result.warnings.append(
          "Tastes by segment cannot be told for all attributes: \(words.message). Name those that "
            + "can under by_segment.")
      }
    }
    result.logit = logit
    result.partWorths = partWorths(logit)
    result.notes += data.attributeLevels.notes
    if let range = declared.latentClasses {
      try addClasses(&result, range, table, names)
    }
  }

  /// Levels with their part-worths, each attribute from its reference on.
  private func partWorths(
    _ logit: ValidationResult.LogitResult
  ) -> [ValidationResult.PartWorth] {
    let found = data.attributeLevels
    return found.references.flatMap { reference in
      [.init(attribute: reference.attribute, level: reference.level, value: 0, se: nil)]
        + found.levels.keys.sorted().compactMap { term in
          guard let level = found.levels[term], level.attribute == reference.attribute else {
            return nil
          }
          return .init(
            attribute: level.attribute, level: level.level, value: logit.rows[term].value,
            se: logit.rows[term].se)
        }
    }
  }

  /// The people of a mixture, in the order in which they first chose.
  private var peopleInOrder: [Int] {
    var order: [Int] = []
    var seen: Set<Int> = []
    for person in data.persons where seen.insert(person).inserted { order.append(person) }
    return order
  }

  private func tastes(
    _ mixture: LatentClassLogit, _ names: [String]
  ) -> ValidationResult.TasteTable {
    var rowOfPerson: [Int: Int] = [:]
    for (place, person) in data.persons.enumerated() {
      rowOfPerson[person] = data.records.respondents[data.menus[place]]
    }
    let order = peopleInOrder
    return ValidationResult.TasteTable(
      ids: order.map { person in
        let row = rowOfPerson[person] ?? 0
        return study.data.ids?[row] ?? String(study.data.sourceRows[row] + 1)
      },
      terms: names,
      posterior: order.indices.map { Array(mixture.posterior.row($0)) },
      worths: order.indices.map { place in
        names.indices.map { term in
          mixture.shares.indices.reduce(0) {
            $0 + mixture.posterior[place, $1] * mixture.coefficients[$1, term]
          }
        }
      })
  }

  /// A logit, or an error that says what to change.
  private func fitted(
    _ table: ChoiceTable, _ names: [String]
  ) throws(StudyError) -> ConditionalLogit {
    do throws(ConditionalLogitError) {
      return try ConditionalLogit(table)
    } catch {
      let words = error.words(names)
      let code =
        switch error {
        case .collinear: "E0636"
        case .separated: "E0637"
        default: "E0638"
        }
      throw FitSource(study).error(
        code, words.message, at: "choices.attributes", hint: words.hint)
    }
  }

  private func rows(
    _ fit: ConditionalLogit, _ names: [String], controlsFrom first: Int
  ) -> [ValidationResult.LogitResult.Row] {
    let (plain, robust, clustered) = (
      fit.standardErrors, fit.robustStandardErrors, fit.clusteredStandardErrors
    )
    return names.indices.map { index in
      let value = fit.coefficients[index]
      let z = clustered[index] > 0 ? abs(value / clustered[index]) : .infinity
      var willingness: ValidationResult.Interval?
      if let price = data.price, price != index, index < data.attributes,
        fit.coefficients[price] < 0
      {
        let worth = fit.willingnessToPay(
          for: index, in: price, covariance: fit.clusteredCovariance)
        let reach = 1.959963984540054 * worth.standardError
        willingness = .init(
          value: worth.value, low: worth.value - reach, high: worth.value + reach)
      }
      return ValidationResult.LogitResult.Row(
        term: names[index], isControl: index >= first, value: value, se: plain[index],
        robust: robust[index], clustered: clustered[index],
        p: 2 * NormalDistribution.standard.survival(z), willingness: willingness)
    }
  }

  private func test(
    _ bigger: ConditionalLogit, _ smaller: ConditionalLogit, withControls: Bool
  ) -> ValidationResult.TasteTest {
    let ratio = bigger.likelihoodRatio(against: smaller)
    let added = Array(smaller.coefficients.count..<bigger.coefficients.count)
    let wald = bigger.waldTest(added)
    return ValidationResult.TasteTest(
      withControls: withControls, statistic: ratio.statistic,
      degreesOfFreedom: ratio.degreesOfFreedom, p: ratio.p, wald: wald?.statistic, waldP: wald?.p)
  }

  private func addClasses(
    _ result: inout ValidationResult, _ range: ClosedRange<Int>, _ table: ChoiceTable,
    _ names: [String]
  ) throws(StudyError) {
    for count in range {
      settings.progress.report("latent classes", count - range.lowerBound, range.count)
      var wanted = LatentClassLogitSettings(classes: count)
      wanted.seed = settings.seed
      do throws(ConditionalLogitError) {
        let mixture = try LatentClassLogit(table, wanted, workers: settings.workers)
        result.classes.append(summary(mixture, names))
        if result.classes.allSatisfy({ $0.bic >= mixture.bic }) {
          result.tastes = tastes(mixture, names)
        }
      } catch {
        let words = error.words(names)
        throw FitSource(study).error(
          "E0637", words.message, at: "choices.latent_classes", hint: words.hint)
      }
    }
    result.classChosen = result.classes.min { $0.bic < $1.bic }?.classes
    if result.classes.contains(where: { !$0.isConverged }) {
      result.warnings.append("Not every number of latent classes converged.")
    }
    if let best = result.classes.first(where: { $0.classes == result.classChosen }),
      best.classes > 1, best.startsAtBest < 2
    {
      result.warnings.append(
        "Only one start reached the best solution of \(best.classes) latent classes; another seed "
          + "may find a better one.")
    }
  }

  private func summary(
    _ mixture: LatentClassLogit, _ names: [String]
  ) -> ValidationResult.ClassResult {
    let order = peopleInOrder
    let segments = segmented.segments.count
    var sums = Matrix(rows: segments, columns: mixture.shares.count)
    var totals = [Double](repeating: 0, count: segments)
    var people = [Double](repeating: 0, count: segments)
    for (place, person) in order.enumerated() {
      for segment in 0..<segments {
        let weight = segmented.design.weights[person] * segmented.posterior[person, segment]
        totals[segment] += weight
        people[segment] += segmented.posterior[person, segment]
        for kind in mixture.shares.indices {
          sums[segment, kind] += weight * mixture.posterior[place, kind]
        }
      }
    }
    return ValidationResult.ClassResult(
      classes: mixture.shares.count, logLikelihood: mixture.logLikelihood,
      parameters: mixture.parameters, bic: mixture.bic, aic: mixture.aic,
      entropyR2: mixture.entropyR2, starts: mixture.starts, startsAtBest: mixture.startsAtBest,
      startsFinished: mixture.startsFinished, isConverged: mixture.isConverged,
      shares: mixture.shares, terms: names,
      coefficients: mixture.shares.indices.map { Array(mixture.coefficients.row($0)) },
      standardErrors: mixture.shares.indices.map { Array(mixture.standardErrors.row($0)) },
      bySegment: (0..<segments).map { segment in
        guard people[segment] >= Double(settings.minimumCell), totals[segment] > 0 else {
          return nil
        }
        return mixture.shares.indices.map { sums[segment, $0] / totals[segment] }
      })
  }
}
