package import TesseraFiles
import TesseraMath

/// The respondents of the family-car study: real people, simulated needs.
///
/// Columns from the General Social Survey 2018 keep their answers; every column that is made up
/// here has a name that begins with `sim_`. Respondent *i* draws from a stream of their own, and
/// each group of questions from a stream within it, so a change in one group leaves the others.
package struct FamilyCarSurvey: Sendable {
  /// The seed of the committed file.
  package static let committedSeed: UInt64 = 20_240_611

  private let adults: [Adult]
  private let incomes: HouseholdIncome
  private let root: RandomStream

  /// Prepares the survey.
  ///
  /// - Parameters:
  ///   - table: The survey in `datasets/gss2018`.
  ///   - seed: Seed of all that is simulated.
  /// - Throws: ``SurveyTableError`` when a column is missing or a number cannot be read.
  package init(
    gss table: TextTable, seed: UInt64 = FamilyCarSurvey.committedSeed
  ) throws(SurveyTableError) {
    adults = try Adult.all(in: table)
    incomes = HouseholdIncome(of: adults)
    root = RandomStream(seed: seed)
  }

  /// The file, header and all, with a line feed after each line.
  package var text: String {
    var lines = [FamilyCarSurvey.header.joined(separator: ",")]
    for (index, adult) in adults.enumerated() {
      let fields = real(adult) + simulated(adult, from: root.split(index))
      lines.append(fields.map(FamilyCarSurvey.quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The names of the columns.
  package static var header: [String] {
    let needs = SimulatedNeed.allCases.map(\.rawValue)
    return [
      "respondent", "age", "age_group", "gender", "marital_status", "children", "education",
      "work_status", "occupation", "income", "income_dollars", "place_size", "newspaper",
      "spend_environment", "spend_child_care", "spend_roads", "spend_transit", "spend_health",
      "spend_education", "sim_household", "sim_household_group",
      "sim_child_seat", "sim_household_income",
    ] + needs.map { "sim_imp_" + $0 } + needs.map { "sim_sat_" + $0 }
      + ["sim_stops_me", "sim_max_price"]
      + SimulatedActivities.names.map { "sim_act_" + $0 }
      + SimulatedMedia.names.map { "sim_media_" + $0 }
      + ["coupe", "suv"].flatMap { car in SimulatedFunnel.steps.map { "sim_\(car)_" + $0 } }
  }

  /// Prices of the concept cards, 2018 dollars.
  private static let coupePrice = 61_300
  private static let suvPrice = 33_900

  private func real(_ adult: Adult) -> [String] {
    [
      "\(adult.id)", Answer.text(adult.age), Answer.ageGroup(adult.age), adult.gender,
      adult.maritalStatus, Answer.children(adult.children), adult.education, adult.workStatus,
      adult.occupation, Answer.incomeBand(adult.incomeBracket),
      Answer.text(adult.income.map { Int($0.rounded()) }), Answer.place(adult.place),
      Answer.newspaper(adult.newspaper),
    ] + adult.spending.map(Answer.spending)
  }

  private func simulated(_ adult: Adult, from stream: RandomStream) -> [String] {
    var home = stream.split(0)
    let income = incomes.draw(for: adult, from: &home)
    let childSeat = drawChildSeat(for: adult, from: &home)
    let z = Circumstances(of: adult, childSeat: childSeat, householdIncome: income)
    var rating = stream.split(1)
    let ratings = SimulatedRatings(for: z, from: &rating)
    var limit = stream.split(2)
    let limits = SimulatedLimits(for: z, householdIncome: income, from: &limit)
    var leisure = stream.split(3)
    let activities = SimulatedActivities(for: z, from: &leisure)
    var medium = stream.split(4)
    let media = SimulatedMedia(for: adult, z, from: &medium)
    var path = stream.split(5)
    let coupe = SimulatedFunnel(
      aware: 0.8, considering: 0.24 + 0.12 * z.young + 0.08 * z.male - 0.2 * z.family,
      affordable: limits.maximumPrice >= FamilyCarSurvey.coupePrice, from: &path)
    let suv = SimulatedFunnel(
      aware: 0.95, considering: 0.36 + 0.28 * z.family - 0.08 * z.young,
      affordable: limits.maximumPrice >= FamilyCarSurvey.suvPrice, from: &path)
    return [
      Answer.text(adult.household), Answer.household(adult.household), Answer.flag(childSeat),
      "\(income)",
    ] + ratings.importance.map(Answer.text) + ratings.satisfaction.map(Answer.text)
      + [limits.stopsMe, "\(limits.maximumPrice)"]
      + (activities.done + media.used + coupe.reached + suv.reached).map(Answer.flag)
  }

  private static func quoted(_ field: String) -> String {
    field.contains(",") ? "\"\(field)\"" : field
  }
}
