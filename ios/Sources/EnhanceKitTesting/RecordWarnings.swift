import EnhanceKit

// What may be a slip among days away and hours, as the core says it. It stops nobody.

/// Days of an absence, or of a break, which goes on if it has no end.
private struct DaysAway {
  let id: ItemId
  let from: CalendarDate
  let to: CalendarDate?
  let isBreak: Bool

  var words: String {
    guard let to else { return "from \(from.inWords) on" }
    return from == to ? from.inWords : "\(from.inWords) to \(to.inWords)"
  }

  func shares(_ other: DaysAway) -> Bool {
    let isNotOver = { (to: CalendarDate?, from: CalendarDate) in to.map { from <= $0 } ?? true }
    return isNotOver(other.to, from) && isNotOver(to, other.from)
  }
}

extension PersonalRecord {
  func awayWarnings(about id: ItemId) -> [String] {
    let all = daysAway
    guard let one = all.first(where: { $0.id == id }) else { return [] }
    let others = all.filter { $0.id != id && $0.shares(one) }.sorted { $0.from < $1.from }
    return outsideOfPlacements(one) + others.map { overlap($0, one) }
  }

  /// Two changes of hours of one placement that begin on one day.
  func hoursWarnings(about id: ItemId) -> [String] {
    guard let one = wteChanges.of(id)?.change else { return [] }
    let others = wteChanges.filter { other in
      other.id != id && other.change.placement == one.placement && other.change.from == one.from
    }
    let at = placements.of(one.placement)?.placement.organisation ?? ""
    return others.map { _ in
      "Look again: two changes of your hours at \"\(at)\" begin on \(one.from.inWords), and only "
        + "one of them counts."
    }
  }

  private var daysAway: [DaysAway] {
    let absences = absences.map { one in
      DaysAway(
        id: one.id, from: one.absence.from, to: one.absence.to ?? one.absence.from,
        isBreak: false)
    }
    return absences
      + breaks.map { one in
        DaysAway(
          id: one.id, from: one.careerBreak.from, to: one.careerBreak.to, isBreak: true)
      }
  }

  private func overlap(_ one: DaysAway, _ other: DaysAway) -> String {
    let pair = [one, other].sorted { $0.from < $1.from }
    let (first, second) = (pair[0], pair[1])
    if first.isBreak == second.isBreak {
      let what = first.isBreak ? "breaks" : "absences"
      return "Look again: the \(what) \(first.words) and \(second.words) share days, which count "
        + "once."
    }
    let (away, absence) = first.isBreak ? (first, second) : (second, first)
    return "Look again: the absence \(absence.words) has days in the break \(away.words). In a "
      + "break nobody is rostered, and these days do not count as absent."
  }

  private func outsideOfPlacements(_ one: DaysAway) -> [String] {
    guard !one.isBreak, !placements.isEmpty, let to = one.to else { return [] }
    let days = one.from.number...max(one.from.number, to.number)
    let isPlaced = days.allSatisfy { day in
      placements.contains { item in
        (item.placement.start.number...item.placement.end.number).contains(day)
      }
    }
    let said =
      "Look again: the absence \(one.words) has days on which no placement is on. Nobody is "
      + "rostered then; note the placement, or correct the days."
    return isPlaced ? [] : [said]
  }
}
