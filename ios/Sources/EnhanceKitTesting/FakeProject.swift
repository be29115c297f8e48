import EnhanceKit
import Foundation

/// A plan as it was begun, with every edit since and what nobody has settled yet.
struct FakeProject {
  private let begun: ChangeProject
  private var edits: [ProjectEdit] = []
  private var disagreements: [Disagreement] = []

  init(title: String, topic: String, setting: String, at now: Date) {
    begun = ChangeProject(
      title: title, topic: topic, setting: setting, status: .idea, createdAt: now)
  }

  /// What it says. What was taken back is set aside with all that was written in it.
  var shown: ChangeProject {
    let written = edits.reduce(begun) { $0.edited($1) }.withItems(edits)
    let aside = aside(of: written)
    return written.withoutItems(Set(aside.map(\.id)))
      .copy(takenBack: aside, disagreements: disagreements)
  }

  /// Its structure without data, for another plan to begin with.
  var recipe: [ProjectEdit] {
    let plan = shown
    return plan.drivers.flatMap { $0.driver.adding($0.id) }
      + plan.ideas.flatMap { $0.idea.adding($0.id) }
      + plan.stakeholders.flatMap { $0.stakeholder.adding($0.id) }
      + plan.measures.flatMap { $0.measure.adding($0.id) }
  }

  /// Takes in edits that make sense at this moment, and no others.
  mutating func apply(_ new: [ProjectEdit], at now: Date) throws(CoreError) {
    var after = self
    after.write(new.flatMap { [$0] + $0.logged })
    try PlanRules(before: shown, after: after.shown, now: now).check(new)
    try after.refuseUnknown(new)
    self = after
  }

  /// What kind of thing in the plan has this id.
  func noun(of id: ItemId) -> Noun {
    for case (let noun, id)? in edits.map(\.item) { return noun }
    return .document
  }

  /// Takes in edits, whatever they say.
  mutating func write(_ new: [ProjectEdit]) {
    edits += new
    let settled = new.compactMap(\.path)
    disagreements.removeAll { settled.contains($0.path) }
  }

  /// Shows one more field that two people set at once.
  mutating func dispute(_ field: Disagreement) {
    disagreements.append(field)
  }

  private func aside(of plan: ChangeProject) -> TakenBackItems {
    let texts = Dictionary(uniqueKeysWithValues: plan.itemTexts.map { ($0.id, $0.texts) })
    return edits.reduce(into: []) { aside, edit in
      switch edit {
      case .takeBack(let noun, let id, let at):
        let label = texts[id]?.first { !$0.isEmpty } ?? ""
        aside.removeAll { $0.id == id }
        aside.append(TakenBackItem(id: id, thing: TakenBack(noun: noun, label: label, at: at)))
      case .putBack(_, let id): aside.removeAll { $0.id == id }
      default: return
      }
    }
  }

  private func refuseUnknown(_ new: [ProjectEdit]) throws(CoreError) {
    let added = edits.compactMap { edit in
      if case .add(let noun, let id) = edit { ThingKey(noun: noun, id: id) } else { nil }
    }
    for case (let noun, let id)? in new.map(\.item)
    where !added.contains(ThingKey(noun: noun, id: id)) {
      throw .notFound(noun, id.rawValue)
    }
  }
}

private struct ThingKey: Equatable {
  let noun: Noun
  let id: ItemId
}

extension ProjectEdit {
  /// What a move writes into the status log.
  fileprivate var logged: [ProjectEdit] {
    guard case .move(let id, let to, let at, let note) = self else { return [] }
    return StatusMove(to: to, at: at, note: note).adding(id)
  }
}

extension ChangeProject {
  /// What an edit does to the plan itself. What is in it is for `withItems`.
  fileprivate func edited(_ edit: ProjectEdit) -> ChangeProject {
    switch edit {
    case .title(let title): copy(title: title)
    case .topic(let topic): copy(topic: topic)
    case .setting(let setting): copy(setting: setting)
    case .move(_, let to, _, _): copy(status: to)
    case .progress(let score): copy(progress: .some(score))
    case .start(let day): copy(start: .some(day))
    case .end(let day): copy(end: .some(day))
    case .section(let section, let text): copy(sections: sections.merging([section: text]) { $1 })
    case .aim(let edit): copy(aim: aim.with([edit]))
    case .addTag(let tag): copy(tags: tags.filter { $0 != tag } + [tag])
    case .removeTag(let tag): copy(tags: tags.filter { $0 != tag })
    default: self
    }
  }
}

extension ChangeProject {
  /// Every check of it. It is simpler than the core's: it looks whether there is something.
  var checks: [PlanCheck] {
    PlanCheckKind.allCases.map {
      PlanCheck(check: $0, met: meets($0), sentence: $0.sentence, part: $0.part)
    }
  }

  private func meets(_ check: PlanCheckKind) -> Bool {
    switch check {
    case .aimSpecific: aim.direction != nil && !aim.from.isEmpty && !aim.to.isEmpty
    case .aimMeasurable: measures.contains { $0.id == aim.measure }
    case .aimAchievable: !ideas.isEmpty
    case .aimRelevant: !(sections[.whyHere] ?? "").isEmpty
    case .aimTimeBound: aim.byDate != nil
    case .outcomeMeasure: measures.contains { $0.measure.kind == .outcome }
    case .processMeasure: measures.contains { $0.measure.kind == .process }
    case .balancingMeasure: measures.contains { $0.measure.kind == .balancing }
    case .ideasUnderDrivers: !ideas.isEmpty && ideas.allSatisfy { !$0.idea.drivers.isEmpty }
    case .baseline: !phases.isEmpty
    case .predictions: !cycles.isEmpty && cycles.allSatisfy { !$0.cycle.prediction.isEmpty }
    case .smallFirst: cycles.contains { $0.cycle.scale.map { $0 != .whole } ?? false }
    case .linkedCycles: cycles.contains { $0.cycle.previous != nil }
    case .threeConsecutive: observations.count >= 3
    }
  }
}

extension ChangeProject {
  /// The values of a measure as a chart that says nothing of them; nil if there is no such measure.
  func chart(of measure: ItemId) -> ChartView? {
    guard let name = measures.first(where: { $0.id == measure })?.measure.name else { return nil }
    let seen = observations.map(\.observation).filter { $0.measure == measure }
    let points = seen.sorted { $0.at < $1.at }.map { one in
      ChartPoint(
        period: one.at, label: "\(one.at)", phase: 1,
        state: one.excluded.isEmpty ? .counted : .excluded,
        value: one.excluded.isEmpty ? one.value.drawn : nil, target: nil, meaning: .common)
    }
    let phase = ChartPhase(
      label: "", first: 1, last: points.count, centre: nil, lower: nil, upper: nil)
    return ChartView(
      title: name, points: points, phases: points.isEmpty ? [] : [phase], signals: [], notes: [],
      notices: [], summary: ["\(name): \(points.count) values"], svg: "<svg/>", table: "<table/>")
  }
}

extension ObservedValue {
  fileprivate var drawn: Double {
    switch self {
    case .number(let thousandths): Double(thousandths) / 1000
    case .ratio(let numerator, let denominator): 100 * Double(numerator) / Double(denominator)
    }
  }
}

extension TallySheet {
  /// What a device has counted with so many ticks more.
  func ticked(
    _ device: DeviceId, _ numerator: Int, _ denominator: Int
  ) throws(CoreError) -> ObservedValue {
    var (hits, all) = (numerator, denominator)
    if case .ratio(let counted, let of)? = ticks[device] {
      (hits, all) = (hits + counted, all + of)
    }
    guard all > 0, all <= Int(Int32.max), hits >= 0, hits <= all else {
      throw .unfit(
        .edit, "this device would have ticked \(hits) of \(all), which no sheet can say")
    }
    return .ratio(numerator: hits, denominator: all)
  }
}
