import TesseraMath

/// Exchanges people between groups of one segment for as long as that brings the fits that the
/// groups come to nearer to the true ones.
///
/// A group knows only means, so it takes what stops its people for unrelated. How people are grouped
/// decides how far such errors cancel; no group changes its size, so none falls below the smallest
/// allowed (microaggregation by local search on the error of its use).
struct GroupSwapKernel {
  private let edits: Int
  private let barriers: Int
  private let segments: Int
  private let trial: TrialPeople
  /// Own share of each person, and shares of all segments, people × segments.
  private var own: [Float]
  private var shares: [Float]
  private(set) var group: [Int]
  /// Groups: own share, share of every segment, sums of worths, of hits, and the fit these make.
  private var groupOwn: [Float]
  private var groupShares: [Float]
  private var worths: [Float]
  private var hits: [Float]
  private var made: [Float]
  /// Segments × edits: fit of the groups less the true one.
  private var errors: [Float]
  private var one: [Float]
  private var other: [Float]

  /// Edits looked at before an exchange is given up.
  private static let block = 64

  init(_ trial: TrialPeople, cells: PeopleCells, shares: Matrix) {
    self.trial = trial
    edits = trial.edits
    barriers = trial.barriers
    segments = shares.columns
    let groups = cells.cells.count
    group = cells.cells.enumerated().flatMap { number, members in members.map { _ in number } }
    own = []
    self.shares = []
    for (person, respondent) in trial.people.enumerated() {
      own.append(Float(shares[respondent, cells.segments[group[person]]]))
      for segment in 0..<segments { self.shares.append(Float(shares[respondent, segment])) }
    }
    groupOwn = [Float](repeating: 0, count: groups)
    groupShares = [Float](repeating: 0, count: groups * segments)
    worths = [Float](repeating: 0, count: groups * edits)
    hits = [Float](repeating: 0, count: groups * barriers * edits)
    made = [Float](repeating: 0, count: groups * edits)
    errors = trial.fits.map { -$0 }
    one = [Float](repeating: 0, count: edits)
    other = one
    for person in group.indices {
      groupOwn[group[person]] += own[person]
      for segment in 0..<segments {
        groupShares[group[person] * segments + segment] += self.shares[person * segments + segment]
      }
      for edit in 0..<edits {
        worths[group[person] * edits + edit] += trial.worths[person * edits + edit]
      }
      for place in 0..<barriers * edits {
        hits[group[person] * barriers * edits + place] +=
          trial.hits[person * barriers * edits + place]
      }
    }
    for number in 0..<groups where groupOwn[number] > 0 {
      for edit in 0..<edits {
        var fit = worths[number * edits + edit] / groupOwn[number]
        for barrier in 0..<barriers {
          fit *= 1 - hits[(number * barriers + barrier) * edits + edit] / groupOwn[number]
        }
        made[number * edits + edit] = fit
        for segment in 0..<segments {
          errors[segment * edits + edit] += groupShares[number * segments + segment] * fit
        }
      }
    }
  }

  /// Sum of squared errors over edits and segments.
  var squaredError: Float { errors.reduce(0) { $0 + $1 * $1 } }

  /// Tries to exchange two people, and does if that is better.
  ///
  /// - Complexity: O(edits × (barriers + segments)), a fraction of it for most.
  mutating func exchange(_ first: Int, _ second: Int) {
    let (from, to) = (group[first], group[second])
    guard from != to else { return }
    let oneOwn = groupOwn[from] - own[first] + own[second]
    let otherOwn = groupOwn[to] + own[first] - own[second]
    guard oneOwn > 0, otherOwn > 0 else { return }
    var change: Float = 0
    var start = 0
    while start < edits {
      let end = min(edits, start + Self.block)
      refit(first, second, own: 1 / oneOwn, sign: 1, group: from, start..<end, into: &one)
      refit(first, second, own: 1 / otherOwn, sign: -1, group: to, start..<end, into: &other)
      change += difference(first, second, start..<end)
      guard change < 0 else { return }
      start = end
    }
    keep(first, second)
    groupOwn[from] = oneOwn
    groupOwn[to] = otherOwn
  }

  /// The fit of a group with one person for another.
  private func refit(
    _ first: Int, _ second: Int, own inverse: Float, sign: Float, group number: Int,
    _ range: Range<Int>, into fits: inout [Float]
  ) {
    unsafe trial.worths.withUnsafeBufferPointer { worth in
      unsafe trial.hits.withUnsafeBufferPointer { hit in
        unsafe worths.withUnsafeBufferPointer { sums in
          unsafe hits.withUnsafeBufferPointer { hitSums in
            unsafe fits.withUnsafeMutableBufferPointer { fits in
              for edit in range {
                unsafe fits[edit] =
                  (sums[number * edits + edit]
                    + sign * (worth[second * edits + edit] - worth[first * edits + edit]))
                  * inverse
              }
              for barrier in 0..<barriers {
                let (a, b, c) = (
                  (first * barriers + barrier) * edits, (second * barriers + barrier) * edits,
                  (number * barriers + barrier) * edits
                )
                for edit in range {
                  unsafe fits[edit] *=
                    1 - (hitSums[c + edit] + sign * (hit[b + edit] - hit[a + edit])) * inverse
                }
              }
            }
          }
        }
      }
    }
  }

  /// By how much the squared error of some edits changes.
  private func difference(_ first: Int, _ second: Int, _ range: Range<Int>) -> Float {
    let (from, to) = (group[first], group[second])
    var change: Float = 0
    unsafe errors.withUnsafeBufferPointer { errors in
      unsafe made.withUnsafeBufferPointer { made in
        unsafe one.withUnsafeBufferPointer { one in
          unsafe other.withUnsafeBufferPointer { other in
            for segment in 0..<segments {
              let moved = shares[second * segments + segment] - shares[first * segments + segment]
              let old = (
                groupShares[from * segments + segment], groupShares[to * segments + segment]
              )
              for edit in range {
                let step =
                  unsafe (old.0 + moved) * one[edit] - old.0 * made[from * edits + edit]
                  + (old.1 - moved) * other[edit] - old.1 * made[to * edits + edit]
                unsafe change += (2 * errors[segment * edits + edit] + step) * step
              }
            }
          }
        }
      }
    }
    return change
  }

  private mutating func keep(_ first: Int, _ second: Int) {
    let (from, to) = (group[first], group[second])
    for segment in 0..<segments {
      let moved = shares[second * segments + segment] - shares[first * segments + segment]
      let (oldOne, oldOther) = (
        groupShares[from * segments + segment], groupShares[to * segments + segment]
      )
      for edit in 0..<edits {
        errors[segment * edits + edit] +=
          (oldOne + moved) * one[edit] - oldOne * made[from * edits + edit]
          + (oldOther - moved) * other[edit] - oldOther * made[to * edits + edit]
      }
      groupShares[from * segments + segment] = oldOne + moved
      groupShares[to * segments + segment] = oldOther - moved
    }
    for edit in 0..<edits {
      made[from * edits + edit] = one[edit]
      made[to * edits + edit] = other[edit]
      let step = trial.worths[second * edits + edit] - trial.worths[first * edits + edit]
      worths[from * edits + edit] += step
      worths[to * edits + edit] -= step
    }
    for place in 0..<barriers * edits {
      let step =
        trial.hits[second * barriers * edits + place] - trial.hits[first * barriers * edits + place]
      hits[from * barriers * edits + place] += step
      hits[to * barriers * edits + place] -= step
    }
    group[first] = to
    group[second] = from
  }
}
