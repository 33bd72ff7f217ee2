import TesseraMath
import TesseraStudy

extension FitAnalysis {
  /// First-choice and randomised first-choice shares of every product in every audience.
  func preferenceShares() -> [PreferenceShare] {
    let first = PreferenceShares.firstChances(scores.fit)
    let blurred = PreferenceShares.randomisedChances(scores.fit)
    let names: [String?] = model.products.map(\.name) + [nil]
    func summary(
      _ chances: Matrix, _ estimator: DomainEstimator
    ) -> (means: Matrix, errors: [[Double]]) {
      let means = estimator.means(chances)
      let errors = settings.workers.map(chances.rows) {
        estimator.errors(Array(chances.row($0)), means: Array(means.row($0)))
      }
      return (means, errors)
    }
    let all = (summary(first, population), summary(blurred, population))
    let each = (summary(first, estimator), summary(blurred, estimator))
    return audiences.flatMap { audience in
      names.indices.map { product in
        let found = audience.segment == nil ? all : each
        let place = audience.segment ?? 0
        return PreferenceShare(
          segment: audience.id, product: names[product],
          first: told(found.0.means[product, place], of: audience),
          firstSE: told(found.0.errors[product][place], of: audience),
          randomised: told(found.1.means[product, place], of: audience),
          randomisedSE: told(found.1.errors[product][place], of: audience))
      }
    }
  }
}
