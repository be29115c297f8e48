import Foundation

// Ids, versions and hashes, each a type of its own, so that none is taken for another. They come
// from the core. One made by hand from something else is answered with `CoreError.invalidInput`.

/// A text that names one thing.
public protocol Identifier: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible
where RawValue == String {
  init(rawValue: String)
}

extension Identifier {
  public var description: String { rawValue }
}

/// A document: a reflection, a project, a copy that was shared.
public struct DocumentId: Identifier {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

/// Something inside a document: a measure, a cycle, an action, a comment, a session.
public struct ItemId: Identifier {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A person on the programme.
public struct PersonId: Identifier {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

/// One installation of the app. A person has as many as they have phones.
public struct DeviceId: Identifier {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

/// What a document said at one moment; to be handed back with edits.
public struct Version: Identifier {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The SHA-256 of a file of a content pack, in 64 hexadecimal digits.
public struct Sha256: Identifier {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A piece of work that the server refused.
public struct QuarantineId: RawRepresentable, Hashable, Codable, Sendable {
  public let rawValue: Int64

  public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A version with a number; a newer one has a larger number.
public protocol NumberedVersion: RawRepresentable, Hashable, Codable, Comparable, Sendable,
  CustomStringConvertible
where RawValue == Int {
  init(rawValue: Int)
}

extension NumberedVersion {
  public var description: String { String(rawValue) }

  public static func < (older: Self, newer: Self) -> Bool { older.rawValue < newer.rawValue }
}

/// The version of a content pack.
public struct PackVersion: NumberedVersion {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }
}

/// The version of a template for reflections.
public struct TemplateVersion: NumberedVersion {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }
}

/// A day of the calendar, without a time or a zone.
public struct CalendarDate: Hashable, Codable, Comparable, Sendable, CustomStringConvertible {
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// A day that there is not is answered with `CoreError.invalidInput` where it is handed in.
  public init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day on which a moment falls in a calendar, which has a zone.
  public init(_ moment: Date, in calendar: Calendar = .current) {
    var gregorian = Calendar(identifier: .gregorian)
    gregorian.timeZone = calendar.timeZone
    let parts = gregorian.dateComponents([.year, .month, .day], from: moment)
    self.init(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
  }

  /// The day in the words of ISO 8601, as the core writes them: `2026-11-25`.
  init(crossing text: String) {
    let before = text.hasPrefix("-")
    let parts = text.split(separator: "-").map { Int($0) ?? 0 } + [0, 0, 0]
    self.init(year: before ? -parts[0] : parts[0], month: parts[1], day: parts[2])
  }

  /// The day as ISO 8601 writes it: `2026-11-25`.
  public var description: String {
    let sign = year < 0 ? "-" : ""
    return sign + padded(String(year.magnitude), to: year < 0 ? 6 : 4) + "-"
      + padded(String(month), to: 2) + "-" + padded(String(day), to: 2)
  }

  /// Its components, for a `Calendar` or a formatter.
  public var components: DateComponents { DateComponents(year: year, month: month, day: day) }

  public static func < (earlier: Self, later: Self) -> Bool {
    (earlier.year, earlier.month, earlier.day) < (later.year, later.month, later.day)
  }

  private func padded(_ digits: String, to width: Int) -> String {
    String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Date {
  /// The moment so many milliseconds after 1970.
  init(milliseconds: Int64) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  /// Milliseconds since 1970; the nearest there is for a moment too far away to be counted so.
  /// Rounded, since a `Date` is a binary fraction of a second and may come a little short.
  var wholeMilliseconds: Int64 {
    let milliseconds = (timeIntervalSince1970 * 1000).rounded()
    guard !milliseconds.isNaN else { return 0 }
    return Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max)
  }
}

extension Duration {
  /// The nearest there is for a length that cannot be counted so.
  var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    let (sum, beyond) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
    return beyond ? (seconds < 0 ? .min : .max) : sum
  }
}
