import EnhanceKit
import Foundation

/// What an edit of a plan must not say, in words for who made it. The core asks the same.
struct PlanRules {
  let before: ChangeProject
  /// With what is to be written.
  let after: ChangeProject
  let now: Date

  func check(_ edits: [ProjectEdit]) throws(CoreError) {
    let isOfTheAim = edits.contains { if case .aim = $0 { true } else { false } }
    if isOfTheAim { try check(after.aim) }
    for edit in edits { try check(edit) }
    for edit in edits { try refuseAhead(edit) }
    if isOfTheAim { try refusePast(after.aim) }
    for edit in edits { try refuseLong(edit) }
  }

  /// What a plan holds.
  private static let nouns: Set<Noun> = [
    .driver, .changeIdea, .stakeholder, .teamMember, .measure, .target, .observation, .tally,
    .phase, .annotation, .cycle, .action, .impact, .output, .statusMove,
  ]

  private func check(_ edit: ProjectEdit) throws(CoreError) {
    switch edit {
    case .add(let noun, _), .takeBack(let noun, _, _), .putBack(let noun, _):
      guard Self.nouns.contains(noun) else {
        throw .unfit(.edit, "a plan has no \(noun.words) to add")
      }
    case .start, .end: try refuseBackwards()
    case .move(_, .completed, _, let note): try refuseWithoutOutcome(note)
    default: try checkThing(edit)
    }
  }

  private func refuseBackwards() throws(CoreError) {
    guard let start = after.start, let end = after.end, end < start else { return }
    throw .unfit(.edit, "the plan cannot end on \(end), before it begins on \(start)")
  }

  private func refuseWithoutOutcome(_ note: String) throws(CoreError) {
    guard (note + (after.sections[.outcome] ?? "")).isBlank else { return }
    throw .unfit(
      .edit, "say what came of it: a completed plan needs an outcome, in the note or the section")
  }

  /// What is asked of a field of a thing depends on what else it says.
  private func checkThing(_ edit: ProjectEdit) throws(CoreError) {
    switch edit {
    case .driver(let id, .parent(let parent?)): try checkParent(id, parent)
    case .changeIdea(_, .drivers(let drivers)):
      for driver in drivers { try known(.driver, "drivers", driver) }
    case .stakeholder(_, .power(let power)): try inRange("power", power, 1...5)
    case .stakeholder(_, .interest(let interest)): try inRange("interest", interest, 1...5)
    case .observation(let id, .measure), .observation(let id, .value):
      guard let seen = after.observations.of(id)?.observation else { return }
      try checkValue(seen.measure, seen.value)
    case .target(let id, .measure), .target(let id, .value):
      guard let target = after.targets.of(id)?.target else { return }
      try checkValue(target.measure, target.value)
    case .tally(let id, .measure), .tally(let id, .ticks):
      guard let sheet = after.tallies.of(id)?.tally else { return }
      try known(.measure, "measure", sheet.measure)
      for value in sheet.ticks.values { try checkValue(sheet.measure, value) }
    case .phase(_, .measure(let measure)): try known(.measure, "measure", measure)
    case .phase(_, .fixedAfter(let number)): try inRange("fixed_after", number, 12...10_000)
    case .cycle(let id, .decision): try checkDecision(id)
    case .cycle(_, .idea(let idea?)): try known(.changeIdea, "idea", idea)
    case .cycle(let id, .previous(let previous?)):
      guard previous != id else { throw .unknown("previous", .cycle, id, "plan") }
      try known(.cycle, "previous", previous)
    case .impact(_, .factorYear(let year)): try inRange("factor_year", year, 1990...2200)
    default: return
    }
  }

  private func checkDecision(_ id: ItemId) throws(CoreError) {
    guard let cycle = after.cycles.of(id)?.cycle, cycle.decision != .undecided,
      cycle.studied.isBlank
    else { return }
    throw .unfit(
      .edit, "say what was studied before saying what follows: a cycle is decided after its study")
  }

  /// A tree of two levels: the one above must be a primary driver, and nothing may be below.
  private func checkParent(_ id: ItemId, _ parent: ItemId) throws(CoreError) {
    try known(.driver, "parent", parent)
    let isSecondary = after.drivers.of(parent)?.driver.parent != nil
    guard parent != id, !isSecondary, !after.drivers.contains(where: { $0.driver.parent == id })
    else {
      throw .unfit(
        .edit,
        "a driver under this one cannot be above it: a tree has an aim, primary drivers, and "
          + "secondary drivers under these")
    }
  }

  private func checkValue(_ measure: ItemId, _ value: ObservedValue) throws(CoreError) {
    try known(.measure, "measure", measure)
    if let fault = value.fault { throw .unfit(.edit, "\(value.said) is no value: \(fault)") }
    guard let unit = after.measures.of(measure)?.measure.unit else { return }
    let why: String
    switch (unit, value) {
    case (.percent, .number(let thousandths)) where thousandths > 100_000:
      why = "there are not more than 100"
    case (.percent, .number(let thousandths)), (.count, .number(let thousandths)),
      (.minutes, .number(let thousandths)), (.days, .number(let thousandths)):
      guard thousandths < 0 else { return }
      why = "it is less than nothing"
    case (.percent, _), (_, .number): return
    default: why = "a share is a value in percent"
    }
    throw .unfit(.edit, "\(value.said) is no value in \(unit): \(why)")
  }

  private func check(_ aim: Aim) throws(CoreError) {
    for (which, text, was) in [
      ("from", aim.from, before.aim.from), ("to", aim.to, before.aim.to),
    ] where !text.isEmpty && text != was && ObservedValue(typed: text) == nil {
      throw .unfit(
        .edit,
        "the aim goes \(which) \"\(text)\", which is neither a number nor a share such as 4/10")
    }
    if let direction = aim.direction, let from = ObservedValue(typed: aim.from),
      let to = ObservedValue(typed: aim.to), !direction.leads(from, to)
    {
      throw .unfit(.edit, "an aim to \(direction) does not go from \(from.said) to \(to.said)")
    }
    if let measure = aim.measure { try known(.measure, "measure", measure) }
  }

  /// An aim is set for a day to come; whoever changes something else of it is not asked.
  private func refusePast(_ aim: Aim) throws(CoreError) {
    let today = CalendarDate(inLondon: now)
    let last = max(after.start ?? today, today)
    guard let by = aim.byDate, by != before.aim.byDate, by <= last else { return }
    throw .unfit(.edit, "the aim ends on \(by), which is not after \(last)")
  }

  /// What is said to have been cannot lie ahead by more than the day that clocks and zones differ.
  private func refuseAhead(_ edit: ProjectEdit) throws(CoreError) {
    switch edit {
    case .observation(_, .at(let at)): try refuseUnseen(at)
    case .tally(let id, .ticks): try refuseUnseen(after.tallies.of(id)?.tally.at)
    case .cycle(_, .didAt(let at?)) where at.isAhead(of: now):
      throw ahead("\(at)", "did_at", .cycle)
    case .annotation(_, .at(let at)) where at.isAhead(of: now):
      throw ahead("\(at)", "at", .annotation)
    case .action(_, .doneAt(let at?)) where at > now.addingTimeInterval(24 * 60 * 60):
      throw ahead("\(at.formatted(.iso8601))", "done_at", .action)
    default: return
    }
  }

  private func refuseUnseen(_ at: CalendarDate?) throws(CoreError) {
    guard let at, at.isAhead(of: now) else { return }
    throw .unfit(.edit, "\(at) has not come yet, so nothing can have been seen")
  }

  private func ahead(_ at: String, _ field: String, _ noun: Noun) -> CoreError {
    .unfit(.edit, "\(at) lies in the future, and \(field) of the \(noun) says when it was")
  }

  /// A thing that an edit names must be there; what was taken back still is.
  private func known(_ noun: Noun, _ of: String, _ id: ItemId) throws(CoreError) {
    let there: [ItemId] =
      switch noun {
      case .driver: after.drivers.map(\.id)
      case .changeIdea: after.ideas.map(\.id)
      case .measure: after.measures.map(\.id)
      default: after.cycles.map(\.id)
      }
    let isTakenBack = after.takenBack.contains { $0.id == id && $0.thing.noun == noun }
    guard there.contains(id) || isTakenBack else { throw .unknown(of, noun, id, "plan") }
  }
}

extension AimDirection {
  fileprivate func leads(_ from: ObservedValue, _ to: ObservedValue) -> Bool {
    switch self {
    case .increase: to.isMore(than: from)
    case .decrease: from.isMore(than: to)
    case .maintain: !to.isMore(than: from) && !from.isMore(than: to)
    }
  }
}
