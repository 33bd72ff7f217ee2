/// How a file shows the answers of a variable, and what its numbers count where they tell time.
public struct ValueFormat: Sendable, Equatable {
  /// The family of programs a format belongs to: the same name means other things in each.
  public enum Family: String, Sendable {
    /// SPSS: seconds since 14 October 1582.
    case spss
    /// Stata: days or milliseconds since 1 January 1960.
    case stata
    /// SAS: days or seconds since 1 January 1960.
    case sas
  }

  /// What a number tells of time.
  public enum Time: Sendable, Equatable {
    /// A day.
    case day
    /// A day and a time of the day.
    case moment
    /// A time of the day, or a duration.
    case clock
  }

  /// The family of programs.
  public let family: Family
  /// The format as the file spells it, such as `F8.2`, `A20`, `%td` or `DATE11`.
  public let text: String

  /// Takes a format as a file spells it.
  public init(family: Family, text: String) {
    self.family = family
    self.text = text
  }

  /// Whether the format is one of texts: `A20` in SPSS, `%20s` in Stata, `$20` in SAS.
  public var isText: Bool {
    switch family {
    case .spss:
      text.first == "A" && text.count > 1 && text.dropFirst().allSatisfy { $0.isNumber }
    case .stata: text.hasSuffix("s") && text.hasPrefix("%")
    case .sas: text.hasPrefix("$")
    }
  }

  /// What numbers in this format tell of time; `nil` if they are plain numbers.
  public var time: Time? { unit?.time }

  /// The moment a number stands for, in seconds since 1 January 1970; of a clock time the seconds
  /// themselves.
  ///
  /// - Parameter number: A number in this format.
  /// - Returns: `nil` for numbers that tell no time.
  public func seconds(_ number: Double) -> Double? {
    guard let unit, number.isFinite else { return nil }
    return (number - unit.epoch) * unit.seconds
  }

  /// The number that stands for a moment; the reverse of ``seconds(_:)``.
  ///
  /// - Parameter seconds: Seconds since 1 January 1970, or of the clock.
  /// - Returns: `nil` if the format tells no time.
  public func number(_ seconds: Double) -> Double? {
    unit.map { seconds / $0.seconds + $0.epoch }
  }

  private struct Unit {
    let time: Time
    /// Seconds that one stands for.
    let seconds: Double
    /// The number that stands for 1 January 1970.
    let epoch: Double
  }

  private static let spssEpoch = 12_219_379_200.0

  private var unit: Unit? {
    let name = text.uppercased()
    func begins(_ names: String...) -> Bool { names.contains { name.hasPrefix($0) } }
    switch family {
    case .spss:
      if begins("DATETIME", "YMDHMS") {
        return Unit(time: .moment, seconds: 1, epoch: Self.spssEpoch)
      }
      if begins("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR") {
        return Unit(time: .day, seconds: 1, epoch: Self.spssEpoch)
      }
      return begins("TIME", "DTIME", "MTIME") ? Unit(time: .clock, seconds: 1, epoch: 0) : nil
    case .stata:
      if begins("%TD", "%D", "%-TD", "%-D") {
        return Unit(time: .day, seconds: 86_400, epoch: 3653)
      }
      return begins("%TC", "%-TC")
        ? Unit(time: .moment, seconds: 0.001, epoch: 315_619_200_000) : nil
    case .sas:
      if begins("DATETIME", "E8601DT", "IS8601DT") {
        return Unit(time: .moment, seconds: 1, epoch: 315_619_200)
      }
      if begins(
        "DATE", "MMDDYY", "DDMMYY", "YYMMDD", "E8601DA", "IS8601DA", "WEEKDATE", "WORDDATE",
        "JULIAN", "MONYY")
      {
        return Unit(time: .day, seconds: 86_400, epoch: 3653)
      }
      return begins("TIME", "HHMM", "TOD") ? Unit(time: .clock, seconds: 1, epoch: 0) : nil
    }
  }
}
