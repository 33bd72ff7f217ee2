package import TesseraSegmentation
public import TesseraSurvey

extension Assigner {
  /// How memberships of a study's own respondents follow from the numbers of its replicates.
  ///
  /// - Parameter survey: The respondents that the model was made of, in their order.
  /// - Returns: The source; `nil` for given segments, whose members are known.
  /// - Throws: ``StudyError`` E0510 if a column of the model is missing.
  public func membershipSource(
    _ survey: Survey
  ) throws(StudyError) -> (any MembershipSource)? {
    switch model.parameters {
    case .given: return nil
    case .nearest: return PackedSource()
    case .latentClass(let classes):
      // Other methods keep a model of answers to assign by; their own memberships are packed.
      let method = SegmentationMethod(rawValue: model.result.method)
      guard method == .latentClass || method == .mixture else { return PackedSource() }
      var notes = AssignmentNotes()
      var usable = [Bool](repeating: true, count: survey.respondentCount)
      let items = try items(survey, of: survey, &notes)
      let table = try table(items, survey, usable: &usable)
      do throws(SegmentationError) {
        return LatentClassMemberships(data: try classes.data(scoring: table), form: classes)
      } catch {
        throw StudyError(segmentation: error)
      }
    }
  }

  /// The answers to the model's questions as its latent classes take them.
  ///
  /// - Parameter survey: Respondents with the model's columns, as ``prepare(_:)`` gives them.
  /// - Returns: The model's items in its order; respondents who lack a covariate have 0 there.
  /// - Throws: ``StudyError`` E0510 if a column of the model is missing.
  package func itemTable(_ survey: Survey) throws(StudyError) -> ItemTable {
    var notes = AssignmentNotes()
    var usable = [Bool](repeating: true, count: survey.respondentCount)
    return try table(try items(survey, of: survey, &notes), survey, usable: &usable)
  }
}
