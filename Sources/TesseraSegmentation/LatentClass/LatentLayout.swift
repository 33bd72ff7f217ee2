/// Where a model's numbers stand in one flat list of parameters.
///
/// First the prevalence (classes), then the membership coefficients (classes x design width), then
/// each factor: chances (classes x categories); intercepts and then slopes; means and then
/// variances; rates; means and then covariances of a block.
struct LatentLayout: Sendable {
  let classes: Int
  let designWidth: Int
  let factors: [LatentFactor]
  /// First number of each factor.
  let offsets: [Int]
  let count: Int

  var membership: Int { classes }

  init(data: LatentClassData, classes: Int) {
    self.classes = classes
    designWidth = data.covariateCount > 0 ? data.covariateCount + 1 : 0
    factors = data.factors
    var offsets: [Int] = []
    var next = classes + classes * designWidth
    for factor in data.factors {
      offsets.append(next)
      next += factor.size(classes: classes)
    }
    self.offsets = offsets
    count = next
  }

  /// Free parameters, estimates at a boundary included.
  var freeParameters: Int {
    (classes - 1) * max(1, designWidth)
      + factors.reduce(0) { $0 + $1.freeParameters(classes: classes) }
  }
}
