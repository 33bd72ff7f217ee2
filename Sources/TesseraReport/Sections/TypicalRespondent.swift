import TesseraStudy

extension StudyReport {
  /// What gives members of a segment away, and a typical one put together from common answers.
  func signs(of profile: SegmentProfile) -> [Block] {
    var blocks: [Block] = []
    if !profile.markers.isEmpty {
      blocks.append(.heading("What gives them away"))
      blocks.append(
        .list(
          profile.markers.prefix(3).map { marker in
            RichText([
              .strong(marker.answer),
              .plain(
                ": of those, \(numbers.percent(marker.precision)) are in this segment "
                  + "(\(numbers.number(marker.lift, decimals: 1)) times as likely)"),
            ])
          }, numbered: false))
    }
    if !profile.typical.isEmpty {
      let answers = profile.typical.prefix(12).map { "\($0.label): \($0.answer)" }
      blocks.append(
        .details(
          summary: "A typical one",
          [
            .paragraph(RichText(answers.joined(separator: "; ") + ".")),
            .paragraph(
              .muted("Put together from the commonest answers; it is nobody in particular.")),
          ]))
    }
    return blocks
  }
}
