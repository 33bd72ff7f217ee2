import TesseraMath
import TesseraSegmentation
import TesseraStudy

/// What short lists do for people they were not made from.
struct TypingTrial {
  let model: SegmentModel
  let people: TypingTable
  let settings: TypingSettings
  let must: [Int]
  let free: [Int]
  /// The largest size that is tried.
  let largest: Int

  /// One person, placed by a list and by all questions.
  struct Placed: Sendable {
    /// Whether both say the same.
    let agrees: Bool
    /// Probability of the list's segment.
    let probability: Double
    /// The study's segment by all questions.
    let segment: Int?
  }

  /// What a fold gives: for each size the people left out; and their paths.
  struct Fold: Sendable {
    let rows: [Int]
    let sizes: [[Placed]]
    let fullProbabilities: [Double]
    let paths: [(path: AdaptiveOrder.Path, full: Int)]
  }

  /// Judges lists fold by fold.
  func folds() throws(StudyError) -> [Fold] {
    let stream = RandomStream(seed: settings.seed).split(31)
    let parts = people.folds(settings.folds, stream.split(0))
    let results = settings.workers.map(settings.folds) { fold in
      Result { try self.fold(fold, parts, stream.split(fold + 1)) }
    }
    var folds: [Fold] = []
    for (place, result) in results.enumerated() {
      do {
        folds.append(try result.get())
      } catch let error as StudyError {
        throw error
      } catch let error as SegmentationError {
        throw StudyError(code: "E0506", message: error.description)
      } catch {
        throw StudyError(code: "E0506", message: "\(error)")
      }
      settings.progress.report("cross-validation", place + 1, settings.folds)
    }
    return folds
  }

  private func fold(_ fold: Int, _ parts: [Int], _ stream: RandomStream) throws -> Fold {
    let inside = parts.indices.filter { parts[$0] != fold }
    let outside = parts.indices.filter { parts[$0] == fold }
    let training = try people.table.selecting(inside)
    let testing = try people.table.selecting(outside)
    switch model.parameters {
    case .latentClass(let classes):
      let fit = try classes.refitted(on: training, stream)
      // Which segment of the study each class is, to judge by the people it was made from.
      let study = try classes.posterior(of: training).likeliest
      var counts = Matrix(rows: classes.classCount, columns: classes.classCount)
      for (row, label) in fit.labels.enumerated() {
        counts[label, study[row]] += people.weights[inside[row]]
      }
      return self.fold(
        outside, try AnswerLogs(fit.model, training), try AnswerLogs(fit.model, testing),
        inside, CrossTable(counts: counts).matching, fit.model)
    case .nearest(let points):
      return self.fold(
        outside, AnswerLogs(points, training.items), AnswerLogs(points, testing.items), inside,
        Array(0..<points.points.rows), nil)
    case .given: preconditionFailure("segments of a column have no questions")
    }
  }

  private func fold(
    _ rows: [Int], _ training: AnswerLogs, _ testing: AnswerLogs, _ inside: [Int],
    _ segments: [Int?], _ classes: LatentClassModel?
  ) -> Fold {
    let all = Array(0..<training.questions)
    let search = QuestionSearch(
      logs: training, weights: inside.map { people.weights[$0] },
      target: training.labels(training.sums(all)), must: must, free: free)
    let full = testing.sums(all)
    let target = testing.labels(full)
    let sizes = search.best(upTo: largest).map { set -> [Placed] in
      let sums = testing.sums(set)
      let labels = testing.labels(sums)
      return labels.indices.map { row in
        Placed(
          agrees: labels[row] == target[row],
          probability: testing.isModel ? testing.chances(sums, row)[labels[row]] : .nan,
          segment: segments[target[row]])
      }
    }
    var paths: [(path: AdaptiveOrder.Path, full: Int)] = []
    if settings.isAdaptive, let classes {
      let order = AdaptiveOrder(
        questions: all.map { QuestionOutcomes(classes.items[$0]) }, must: must, free: free)
      paths = rows.indices.map { (order.path(testing, $0), target[$0]) }
    }
    return Fold(
      rows: rows, sizes: sizes,
      fullProbabilities: testing.isModel
        ? target.indices.map { testing.chances(full, $0)[target[$0]] } : [], paths: paths)
  }
}
