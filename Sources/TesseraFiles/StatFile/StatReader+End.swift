// Whether a file of a statistics program is there to its end.
extension StatReader {
  /// Refuses a file that ends too early, or too late.
  ///
  /// - Returns: What is odd about its end.
  func checkComplete(
    _ contents: StatContents, _ dictionary: SAVDictionary?, _ view: ByteView, _ furthest: Int
  ) throws(SurveyFileError) -> [FileNotice] {
    let declared = contents.declaredRows
    if declared >= 0, declared != contents.rows, format != .por, format != .xpt {
      throw .damaged(
        file: file,
        detail: "its header declares \(declared) respondents, \(contents.rows) were found")
    }
    if format == .xpt { return try checkTransport(contents, view) }
    guard let dictionary else { return [] }
    guard let start = dictionary.dataStart else {
      throw .damaged(file: file, detail: "its dictionary has no end")
    }
    var notices: [FileNotice] = []
    if dictionary.compression != 1, dictionary.compression != 2 {
      let expected = start + contents.rows * dictionary.elements * 8
      guard expected == view.count else {
        throw .damaged(
          file: file,
          detail: "\(contents.rows) respondents take \(expected) bytes, "
            + "but the file has \(view.count)")
      }
    } else if dictionary.compression == 1, dictionary.caseCount < 0 {
      notices += try checkBytecodes(contents, dictionary, view, start)
    } else if dictionary.compression == 1, furthest < view.count {
      throw .damaged(
        file: file,
        detail: "\(view.count - furthest) bytes stand behind the \(contents.rows) respondents "
          + "that its header declares")
    }
    if dictionary.caseCount < -1 {
      notices.append(
        FileNotice(
          file: file,
          message: "its header gives \(dictionary.caseCount) respondents; "
            + "\(contents.rows) were found and read"))
    }
    if !(0...2).contains(dictionary.compression) {
      notices.append(
        FileNotice(
          file: file,
          message: "its header names the unknown compression \(dictionary.compression); "
            + "it was read as uncompressed"))
    }
    return notices
  }

  /// Follows the cases of a compressed file that does not say how many there are.
  private func checkBytecodes(
    _ contents: StatContents, _ dictionary: SAVDictionary, _ view: ByteView, _ start: Int
  ) throws(SurveyFileError) -> [FileNotice] {
    let codes = SAVBytecodes(view, from: start)
    let width = max(1, dictionary.elements)
    guard !codes.isCut, codes.values.isMultiple(of: width), codes.values / width == contents.rows
    else {
      throw .damaged(
        file: file,
        detail: "the file does not say how many respondents it holds, and it ends within "
          + "respondent \(codes.values / width + 1): a part of it is missing")
    }
    return codes.hasEnd || dictionary.caseCount < -1 ? [] : [unknownCount(contents.rows)]
  }

  private func checkTransport(
    _ contents: StatContents, _ view: ByteView
  ) throws(SurveyFileError) -> [FileNotice] {
    guard let end = TransportEnd(view) else {
      throw .damaged(file: file, detail: "its headers are not those of a transport file")
    }
    if let fault = end.fault(observations: contents.rows) {
      throw .damaged(file: file, detail: fault)
    }
    return end.mayBeCut(observations: contents.rows) ? [unknownCount(contents.rows)] : []
  }

  /// Tells that nothing in a file says how many respondents it should hold.
  private func unknownCount(_ rows: Int) -> FileNotice {
    FileNotice(
      file: file,
      message:
        "the file does not say how many respondents it holds: \(rows) were read, and it ends "
        + "behind the last of them; compare with the number that the survey program shows")
  }
}
