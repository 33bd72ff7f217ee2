import TesseraProductFit
import TesseraStudy

extension StudyReport {
  /// How far media reach into the segments: of the fit, or without products of the profiles.
  var channelReaches: [ChannelReach] {
    if let fit = results.fit { return fit.channels }
    return results.profiles.segments.flatMap { segment in
      segment.variables.filter { $0.role == .channel }.flatMap { variable in
        reached(variable).map { category in
          ChannelReach(
            segment: segment.id,
            channel: variable.level == "multiple"
              ? "\(variable.name)=\(category.code)" : variable.name,
            label: variable.level == "multiple" ? category.label : variable.label,
            reach: category.share, affinity: category.index)
        }
      }
    }
  }

  /// The answers that say "reached": the members of a set, or the 1 of a 0/1 column.
  private func reached(_ variable: VariableProfile) -> [CategoryProfile] {
    variable.level == "multiple"
      ? variable.categories : variable.categories.filter { $0.code == "1" }
  }

  /// How far segments are on the way to buying.
  ///
  /// - Parameter fit: The fit, which holds the funnels.
  /// - Returns: `nil` without funnels.
  func funnelSection(_ fit: FitResult) -> ReportSection? {
    let funnels = funnelCharts(fit.funnel, fit.products)
    guard !funnels.isEmpty else { return nil }
    var blocks = funnels.prefix(2).map { Block.chart($0) }
    if funnels.count > 2 {
      blocks.append(
        .details(
          summary: funnels.count == 3
            ? "The other funnel" : "The other \(funnels.count - 2) funnels",
          funnels.dropFirst(2).map { .chart($0) }))
    }
    return ReportSection(id: "reach", title: "From knowing to buying", blocks: blocks)
  }

  private func funnelCharts(_ steps: [FunnelStep], _ products: [ProductSummary]) -> [Chart] {
    var names: [String] = []
    for step in steps where !names.contains(step.product) { names.append(step.product) }
    return names.compactMap { name in
      FunnelChart(
        steps: steps.filter { $0.product == name },
        product: (name, products.first { $0.name == name }?.label ?? name),
        segments: results.segmentation.segments, numbers: numbers
      ).chart()
    }
  }
}
