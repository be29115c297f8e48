import EnhanceKit
import Foundation

// The learning log of a fake: training years, hours and sums as the core has them, in numbers that
// are not exact to the last place. What is asked for is what the foundation programme asked for in
// 2026, once there is a programme.

extension PersonalRecord {
  /// The training year in which a day falls, counted from the first placement.
  func trainingYear(_ day: CalendarDate) -> DaysInARow {
    let first = placements.map(\.placement.start).min()
    guard let first, first <= day else {
      let august = CalendarDate(year: day.year, month: 8, day: 1)
      return DaysInARow(
        yearFrom: august <= day ? august : CalendarDate(year: day.year - 1, month: 8, day: 1))
    }
    var year = year(from: first)
    while !year.contains(day) { year = self.year(from: year.to.plus(days: 1)) }
    return year
  }

  /// The year from a day; it ends where a placement begins or ends within a week of its end.
  private func year(from start: CalendarDate) -> DaysInARow {
    let year = DaysInARow(yearFrom: start)
    let isNear = { (day: CalendarDate) in abs(year.to.days(until: day)) <= 7 }
    let posts = placements.map(\.placement)
    let before = posts.filter { $0.start > start }.map { $0.start.plus(days: -1) }.filter(isNear)
    let ends = posts.filter { $0.start < $0.end }.map(\.end).filter(isNear)
    return DaysInARow(from: start, to: before.min() ?? ends.max() ?? year.to)
  }

  /// The parts of a period with the training years they lie in. One as long as a year is one.
  private func parts(_ days: DaysInARow) -> [(days: DaysInARow, year: DaysInARow)] {
    if (364...371).contains(days.count) { return [(days, days)] }
    var (parts, from) = ([(days: DaysInARow, year: DaysInARow)](), days.from)
    while from <= days.to {
      let year = trainingYear(from)
      let to = min(year.to, days.to)
      parts.append((DaysInARow(from: from, to: to), year))
      from = to.plus(days: 1)
    }
    return parts
  }

  /// Whether no placement says how much was worked.
  private func isFullTimeAssumed(_ days: DaysInARow) -> Bool {
    !placements.contains { $0.placement.start <= days.to && $0.placement.end >= days.from }
  }

  /// The part of full time that was worked on a day: that of all placements, none in a break.
  private func wte(_ day: CalendarDate, isAssumed: Bool) -> Double {
    let isAway = breaks.map(\.careerBreak).contains { $0.from <= day && day <= $0.to ?? day }
    if isAway { return 0 }
    if isAssumed { return 1 }
    let worked = placements.filter { $0.placement.days.contains(day) }.map { post in
      let changes = wteChanges.map(\.change).filter { $0.placement == post.id && $0.from <= day }
      return changes.max { $0.from < $1.from }?.wte.amount ?? post.placement.wte?.amount ?? 1
    }
    return min(1, worked.reduce(0, +))
  }

  /// What these days amount to.
  func log(_ days: DaysInARow, asks: Bool, today: CalendarDate) -> LearningLog {
    let years = parts(days).map { logYear($0.days, of: $0.year, asks: asks, today: today) }
    let listed = sessions.filter { days.contains($0.day) }
      .sorted { ($0.session.start, $0.id.rawValue) > ($1.session.start, $1.id.rawValue) }
    return LearningLog(
      sessions: listed, count: .sum(years.map(\.count)), rule: .sum(years.map(\.rule)),
      years: years, doubtful: doubtful(listed))
  }

  /// Days off, as the parts of them that were not worked: each counts once, Mondays to Fridays
  /// come first, and nobody is absent in a break.
  private func daysOff() -> [CalendarDate: Double] {
    var parts = [CalendarDate: Double]()
    for one in absences.map(\.absence).sorted(by: { $0.from < $1.from }) {
      let last = one.to ?? one.from
      let days = (one.from.number...max(last, one.from).number).map { CalendarDate(number: $0) }
      var left = one.days.amount - days.compactMap { parts[$0] }.reduce(0, +)
      let inOrder = days.filter({ !$0.isWeekend }) + days.filter(\.isWeekend)
      for day in inOrder where left > 0 {
        let more = min(left, 1 - (parts[day] ?? 0))
        parts[day, default: 0] += more
        left -= more
      }
    }
    return parts.filter { day, _ in
      !breaks.map(\.careerBreak).contains { $0.from <= day && day <= $0.to ?? day }
    }
  }

  private func logYear(
    _ days: DaysInARow, of year: DaysInARow, asks: Bool, today: CalendarDate
  ) -> LogYear {
    let isAssumed = isFullTimeAssumed(year)
    let worked = (days.from.number...days.to.number).map {
      wte(CalendarDate(number: $0), isAssumed: isAssumed)
    }
    let factor = worked.reduce(0, +) / Double(year.count)
    let posts = placements.map(\.placement).sorted { $0.start < $1.start }
    let grade = (posts.last { $0.start <= year.from } ?? posts.first)?.grade ?? ""
    let isFoundation = ["", "F1", "F2", "FY1", "FY2"].contains(grade)
    let rule = asks ? LogRule.asked(factor, isFoundation: isFoundation) : .nothing
    let off = daysOff()
    let absent = off.within(days, until: today)
    let ofYear = off.within(year, until: today)
    let limit = asks ? (isFoundation ? 20 : 14) : nil
    return LogYear(
      from: days.from, to: days.to, factor: written(factor, places: 4),
      isFullTimeAssumed: isAssumed, rule: rule,
      count: rule.count(sessions.filter { days.contains($0.day) }.map(\.session)),
      by: closes(days), absentDays: written(absent, places: 1), absenceLimit: limit,
      absenceAsksForReview: limit.map { ofYear > Double($0) } ?? false,
      factorInWords: inWords(factor, of: year),
      absenceInWords: inWords(absent, off.within(days, until: days.to) - absent, ofYear, limit))
  }

  private func inWords(_ factor: Double, of year: DaysInARow) -> String {
    let nearest = { (whole: Int) -> Int in
      let part = Int((factor * Double(whole)).rounded())
      return factor > 0 && factor < 1 ? min(max(part, 1), whole - 1) : part
    }
    let (percent, days) = (nearest(100), nearest(year.count))
    return "\(percent) % of a full-time year (\(days) of \(year.count) days)"
  }

  /// Days absent, those to come and those of the training year, against the limit.
  private func inWords(_ absent: Double, _ ahead: Double, _ ofYear: Double, _ limit: Int?) -> String
  {
    if absent == 0 && ahead == 0 && ofYear == 0 { return "" }
    let days = { (number: Double) -> String in
      let text = written(number, places: 1).replacingOccurrences(of: ".0", with: "")
      return text == "1" ? "1 day" : "\(text) days"
    }
    var words = days(absent)
    if ahead > 0 { words += ", and \(days(ahead)) noted for days to come" }
    if ofYear != absent { words += "; \(days(ofYear)) in the whole training year" }
    guard let limit else { return words }
    let isMore = ofYear > Double(limit) ? ", and this is more" : ""
    return words + "; more than \(limit) in a training year ask for a review of the end of training"
      + isMore
  }

  /// The last day for what is asked: that of a portfolio that closes in the last quarter.
  private func closes(_ days: DaysInARow) -> CalendarDate {
    let late = deadlines.map(\.deadline.at).filter {
      days.contains($0) && 4 * ($0.days(until: days.to) + 1) <= days.count
    }
    return late.min() ?? days.to
  }

  /// Sessions of one day with one name, or that went on at the same time as another.
  private func doubtful(_ sessions: [SessionView]) -> [ItemId] {
    let inOrder = Array(sessions.reversed())
    return inOrder.indices.filter { place in
      inOrder[..<place].contains { $0.isDoubled(by: inOrder[place]) }
    }.map { inOrder[$0].id }
  }
}

extension [CalendarDate: Double] {
  fileprivate func within(_ days: DaysInARow, until today: CalendarDate) -> Double {
    filter { day, _ in days.contains(day) && day <= today }.values.reduce(0, +)
  }
}

extension CalendarDate {
  /// The first day of 1970 was a Thursday.
  fileprivate var isWeekend: Bool { ((number + 3) % 7 + 7) % 7 > 4 }
}

extension SessionView {
  /// The day on which it began.
  var day: CalendarDate { CalendarDate(inLondon: session.start) }

  fileprivate func isDoubled(by later: SessionView) -> Bool {
    let end = session.start.addingTimeInterval(Double(session.minutes) * 60)
    let isSame = day == later.day && name == later.name
    return isSame || later.session.start < end
  }

  private var name: [String] { session.title.lowercased().split(separator: " ").map(String.init) }
}

extension LogRule {
  fileprivate static let nothing = LogRule(target: 0, core: 0, elearningCap: Int(Int32.max))

  fileprivate static func asked(_ factor: Double, isFoundation: Bool) -> LogRule {
    let part = { (minutes: Double) in Int((minutes * factor).rounded(.up)) }
    return LogRule(
      target: isFoundation ? part(3_600) : 0, core: isFoundation ? part(1_800) : 0,
      elearningCap: Int(360 * factor))
  }

  fileprivate static func sum(_ rules: [LogRule]) -> LogRule {
    let most = Int(Int32.max)
    return LogRule(
      target: rules.map(\.target).reduce(0, +), core: rules.map(\.core).reduce(0, +),
      elearningCap: min(most, rules.map(\.elearningCap).reduce(0, +)))
  }

  /// Core teaching counts whole, and e-learning up to its cap.
  fileprivate func count(_ sessions: [LearningSession]) -> LogCount {
    let minutes = { (isSo: (LearningSession) -> Int) in sessions.map(isSo).reduce(0, +) }
    let core = minutes { $0.kind == .core ? $0.minutes - ($0.online ?? 0) : 0 }
    let elearning = minutes {
      $0.isExcluded ? 0 : $0.kind == .elearning ? $0.minutes : $0.online ?? 0
    }
    let others = minutes { $0.kind == .nonCore ? $0.minutes - ($0.online ?? 0) : 0 }
    let counted = core + others + min(elearning, elearningCap)
    return LogCount(
      counted: counted, core: core, elearning: elearning,
      excluded: minutes { $0.isExcluded ? $0.minutes : 0 },
      targetMet: target > 0 ? counted >= target : nil,
      coreMet: self.core > 0 ? core >= self.core : nil, left: max(0, target - counted),
      coreLeft: max(0, self.core - core), nonCore: others,
      aboveLimits: core + others + elearning - counted)
  }
}

extension LearningSession {
  fileprivate var isExcluded: Bool {
    switch kind {
    case .core, .nonCore, .elearning: false
    case .statutory, .induction, .lifeSupport, .other: true
    }
  }
}

extension [Bool] {
  /// Whether it is reached in every year that asks for something; nothing where none does.
  fileprivate var areMet: Bool? { isEmpty ? nil : allSatisfy { $0 } }
}

extension LogCount {
  fileprivate static func sum(_ counts: [LogCount]) -> LogCount {
    let sum = { (minutes: (LogCount) -> Int) in counts.map(minutes).reduce(0, +) }
    return LogCount(
      counted: sum { $0.counted }, core: sum { $0.core }, elearning: sum { $0.elearning },
      excluded: sum { $0.excluded }, targetMet: counts.compactMap(\.targetMet).areMet,
      coreMet: counts.compactMap(\.coreMet).areMet, left: sum { $0.left ?? 0 },
      coreLeft: sum { $0.coreLeft ?? 0 }, nonCore: sum { $0.nonCore ?? 0 },
      aboveLimits: sum { $0.aboveLimits ?? 0 })
  }
}

/// A number with so many places, as the core writes it.
private func written(_ number: Double, places: Int) -> String {
  String(format: "%.\(places)f", number)
}
