import EnhanceKit
import Foundation

// Values that are refused where they cross to the core, which is not here: days that no calendar
// has, moments that nobody can date, numbers that are less than nothing or more than is counted.

extension Shelf {
  /// Looks through everything in these values, whatever they are.
  func refuseStrange(_ values: Any...) throws(CoreError) {
    for value in values { try Strange.look(through: value, depth: 0) }
  }
}

private enum Strange {
  /// Deeper than any value of the library.
  static let mostDepth = 12
  /// Moments from 1950 to 2150, in seconds from 1970.
  static let moments = -631_152_000.0..<5_711_817_600.0

  static func look(through value: Any, depth: Int) throws(CoreError) {
    switch value {
    case let day as CalendarDate where !(1950...2150).contains(day.year):
      throw .unfit(
        .edit, "\(day) is in no year of anybody's training; years go from 1950 to 2150")
    case let day as CalendarDate where !day.isInTheCalendar:
      throw .unfit(.date, "there is no day \(day)")
    case let moment as Date where !moments.contains(moment.timeIntervalSince1970):
      // What cannot be dated cannot be written either.
      throw .unfit(
        .edit, "this moment is in no year of anybody's training; years go from 1950 to 2150")
    case let number as Int where Int32(exactly: number) == nil:
      throw .unfit(.value, "\(number) is more than is counted here")
    case is CalendarDate, is Date, is String, is Data, is ObservedValue: return
    default:
      guard depth < mostDepth else { return }
      for child in Mirror(reflecting: value).children {
        try look(through: child.value, depth: depth + 1)
      }
    }
  }
}

extension CalendarDate {
  /// Whether there is such a day, near enough to today for a person's record.
  var isInTheCalendar: Bool {
    guard (1950...2150).contains(year), (1...12).contains(month) else { return false }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...lengths[month - 1]).contains(day)
  }
}

extension String {
  /// A name as it is compared: capitals, accents, signs and doubled spaces make no other of it.
  var asCompared: String {
    let plain = folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    let words = plain.split { $0.isWhitespace || $0 == "-" || $0 == "\u{2010}" || $0 == "\u{2011}" }
    return words.map { $0.filter { $0.isLetter || $0.isNumber } }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
