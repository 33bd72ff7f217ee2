import TesseraStudy
import Testing

@Suite struct StudyRolesTests {
  static let study = """
    title: Roles
    survey: { file: people.csv }
    segments: { active: [age], count: 2 }
    need_scale: [1, 5]
    needs:
      room: { label: Room, importance: imp_room, satisfaction: sat_room }
      care: { label: Care, rank: rank_care }
      money: { label: Money, points: points_money }
      pace: { label: Pace, maxdiff: { best: b_pace, worst: w_pace, shown: 3 } }
      safety: { label: Safety, maxdiff: safety }
    maxdiff: { best: [t1_best, t2_best], worst: [t1_worst, t2_worst], shown: 3 }
    price_questions: { too_cheap: p1, cheap: p2, expensive: p3, too_expensive: p4 }
    kano: { doors: { functional: k1, dysfunctional: k2 } }
    drivers: { rating: overall, of: [sat_price, sat_style] }
    """

  @Test func `answers that mean the opposite of what they seem to say are not told`() throws {
    let roles = StudyRoles(try StudyFile.parse(Self.study, file: "study.yaml"))
    #expect(
      roles.questions == [
        "t1_best", "t2_best", "t1_worst", "t2_worst", "p1", "p2", "p3", "p4", "k1", "k2",
        "b_pace", "w_pace",
      ])
    #expect(
      roles.needs == [
        "imp_room", "sat_room", "rank_care", "points_money", "overall", "sat_price", "sat_style",
      ])
    #expect(roles.labels["imp_room"] == "importance of \"Room\"")
    #expect(roles.labels["rank_care"] == "rank of \"Care\", 1 for most important")
    #expect(roles.labels["points_money"] == "points for \"Money\"")
  }
}
