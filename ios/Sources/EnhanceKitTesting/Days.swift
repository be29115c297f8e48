import EnhanceKit
import Foundation

// Days are counted as the calendar has them, without a zone: what a period of training stands on.

extension CalendarDate {
  /// The day of a moment by the clocks of the United Kingdom, where the programme is.
  init(inLondon moment: Date) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/London") ?? .gmt
    self.init(moment, in: calendar)
  }

  /// Days since 1970.
  var number: Int {
    let moment = Self.calendar.date(from: components) ?? .distantPast
    return Int((moment.timeIntervalSince1970 / Self.seconds).rounded(.down))
  }

  init(number: Int) {
    self.init(Date(timeIntervalSince1970: Double(number) * Self.seconds), in: Self.calendar)
  }

  func plus(days: Int) -> CalendarDate { CalendarDate(number: number + days) }

  /// How many days there are from this one to a later one; less than none to an earlier one.
  func days(until other: CalendarDate) -> Int { other.number - number }

  /// As people read it: 5 August 2026.
  var inWords: String { "\(day) \(Self.months[month - 1]) \(year)" }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static let seconds = 24.0 * 60 * 60

  private static var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }
}

extension DaysInARow {
  /// The year that begins on a day. One that begins on 29 February ends on 28 February.
  init(yearFrom day: CalendarDate) {
    let isLeapDay = day.month == 2 && day.day == 29
    let next = CalendarDate(
      year: day.year + 1, month: isLeapDay ? 3 : day.month, day: isLeapDay ? 1 : day.day)
    self.init(from: day, to: next.plus(days: -1))
  }

  /// How many days there are in it.
  var count: Int { from.days(until: to) + 1 }

  func contains(_ day: CalendarDate) -> Bool { from <= day && day <= to }
}
