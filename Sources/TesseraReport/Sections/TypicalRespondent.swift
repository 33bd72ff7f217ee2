import TesseraStudy

extension StudyReport {
  /// How to recognise members of a segment.
  func signs(of profile: SegmentProfile) -> [Block] {
    var blocks: [Block] = []
    if !profile.markers.isEmpty {
      blocks.append(.heading("How to recognise them"))
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
      let answers = profile.typical.map { "\($0.label): \($0.answer)" }
      blocks.append(
        .details(
          summary: "A typical member",
          [
            .paragraph(RichText(answers.joined(separator: "; ") + ".")),
            .paragraph(
              .muted(
                "Each is the most common answer of the segment, and ten or more members gave all of "
                  + "them together.")),
          ]))
    }
    return blocks
  }
}
