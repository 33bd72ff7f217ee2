import TesseraStudy
import TesseraSurvey
import Testing

/// The report of what a study file does wrong; fails if it does nothing wrong.
func fault(
  _ text: String, file: String = "study.yaml", location: SourceLocation = #_sourceLocation
) -> ErrorReport? {
  do {
    _ = try StudyFile.parse(text, file: file)
    Issue.record("the study was accepted", sourceLocation: location)
    return nil
  } catch {
    return error.report
  }
}

/// The report of a fault in a study that is sound but for some lines.
func faultIn(
  _ lines: String, location: SourceLocation = #_sourceLocation
) -> ErrorReport? {
  fault("survey: answers.csv\n" + lines, location: location)
}
