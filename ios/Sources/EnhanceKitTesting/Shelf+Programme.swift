import EnhanceKit
import Foundation

// MARK: The programme, and a person's way through it

extension Shelf {
  var modules: [ModuleSummary] { programme?.modules.map(summary) ?? [] }

  func module(_ key: String) throws(CoreError) -> ModuleView {
    let programme = try installed()
    guard let module = programme.modules.first(where: { $0.key == key }) else {
      throw .notFound(.module, key)
    }
    let activities = module.activities.map { activity in
      ActivityView(
        activity: activity, progress: progress[activity.key] ?? .none,
        resources: programme.resources.filter { activity.resources.contains($0.key) })
    }
    return ModuleView(
      summary: summary(module), page: view(module.page), outcomes: module.outcomes,
      activities: activities)
  }

  func page(_ key: String) throws(CoreError) -> PageView {
    let programme = try installed()
    let ofModules = programme.modules.flatMap { [$0.page] + $0.activities.map(\.page) }
    let pages = programme.handbook + ofModules
    guard let page = pages.first(where: { $0.key == key }) else { throw .notFound(.page, key) }
    return view(page)
  }

  mutating func note(_ key: String, isDone: Bool) throws(CoreError) {
    _ = try me()
    let activities = try installed().modules.flatMap(\.activities)
    guard activities.contains(where: { $0.key == key }) else { throw .notFound(.activity, key) }
    let before = progress[key] ?? .none
    let now = clock()
    progress[key] = ActivityProgress(
      startedAt: before.startedAt ?? now,
      completedAt: before.completedAt ?? (isDone ? now : nil), packVersion: nil)
    note(.documents)
  }

  mutating func add(_ session: NewSession) throws(CoreError) -> ItemId {
    _ = try me()
    guard session.minutes > 0 else {
      throw .invalidInput(
        field: .minutes, code: "invalid_input", reason: "minutes: a session takes some")
    }
    let id = ItemId(rawValue: memory.fresh("session"))
    let kept = LearningSession(
      title: session.title, activity: session.activity, module: session.module,
      start: session.start, minutes: session.minutes, kind: session.kind)
    sessions.append(SessionView(id: id, session: kept))
    note(.documents)
    return id
  }

  mutating func removeSession(_ id: ItemId) throws(CoreError) {
    _ = try me()
    sessions.removeAll { $0.id == id }
    note(.documents)
  }

  /// The sums are plain ones: every minute counts, without the limits of the programme's rule.
  var learningLog: LearningLog {
    let minutes = { (kinds: [SessionKind]) in
      self.sessions.filter { kinds.contains($0.session.kind) }.map(\.session.minutes)
        .reduce(0, +)
    }
    let (all, core) = (minutes(SessionKind.allCases), minutes([.core]))
    let rule = LogRule(target: 1_800, core: 600, elearningCap: 600)
    let count = LogCount(
      counted: all, core: core, elearning: minutes([.elearning]), excluded: 0,
      targetMet: all >= rule.target, coreMet: core >= rule.core)
    return LearningLog(
      sessions: sessions.sorted { $0.session.start > $1.session.start }, count: count, rule: rule)
  }

  var packs: [PackState] {
    guard let programme else { return [] }
    let version = PackVersion(rawValue: 1)
    return [
      PackState(
        key: programme.key, installed: version, available: version, bytes: 0, bytesMissing: 0)
    ]
  }

  mutating func updatePack(_ key: String) throws(CoreError) -> PackUpdate {
    guard let pack = packs.first(where: { $0.key == key }), let version = pack.installed else {
      throw .notFound(.pack, key)
    }
    note(.packs)
    return PackUpdate(key: key, before: version, version: version, bytes: 0)
  }

  func media(_ key: String) throws(CoreError) -> MediaView {
    guard let resource = try installed().resources.first(where: { $0.key == key }) else {
      throw .notFound(.resource, key)
    }
    return MediaView(
      key: key, title: resource.title, kind: resource.kind, bytes: 0, mediaType: nil, path: nil,
      url: resource.url, transcript: nil, pausePoints: resource.pausePoints)
  }

  private func installed() throws(CoreError) -> Programme {
    guard let programme else { throw .notFound(.pack, "of the programme") }
    return programme
  }

  private func view(_ page: ProgrammePage) -> PageView {
    PageView(key: page.key, title: page.title, text: "# \(page.title)")
  }

  private func summary(_ module: ProgrammeModule) -> ModuleSummary {
    let done = module.activities.filter { progress[$0.key]?.completedAt != nil }
    return ModuleSummary(
      key: module.key, title: module.title, domains: module.domains, themes: module.themes,
      suggestedStage: module.suggestedStage, minMinutes: module.minMinutes,
      minutesDone: done.map(\.minutes).reduce(0, +), activities: module.activities.count,
      activitiesDone: done.count,
      complete: module.activities.filter(\.required).allSatisfy(done.contains))
  }
}

// MARK: Work that the server refused

extension Shelf {
  mutating func refuse(
    _ id: DocumentId, code: String, explanation: String
  ) throws(CoreError) -> QuarantineId {
    let document = try document(id)
    let refusal = QuarantineId(rawValue: Int64(refused.count + 1))
    let summary = QuarantineSummary(
      id: refusal, document: id, kind: document.kind, title: document.listedTitle, code: code,
      explanation: explanation, at: clock(), resolvedAt: nil)
    refused.append(RefusedWork(summary: summary, base: document.version))
    note(.quarantine, .status, of: id)
    return refusal
  }

  func refusedWork(_ id: QuarantineId) throws(CoreError) -> RefusedWork {
    guard let work = refused.first(where: { $0.summary.id == id }) else {
      throw .notFound(.quarantined, "\(id.rawValue)")
    }
    return work
  }

  /// Puts refused work away, and says of which document it was.
  mutating func resolve(_ id: QuarantineId) throws(CoreError) -> DocumentId {
    let old = try refusedWork(id).summary
    let resolved = QuarantineSummary(
      id: id, document: old.document, kind: old.kind, title: old.title, code: old.code,
      explanation: old.explanation, at: old.at, resolvedAt: clock())
    for place in refused.indices where refused[place].summary.id == id {
      refused[place].summary = resolved
    }
    note(.quarantine, .status, of: old.document)
    return old.document
  }
}

extension ActivityProgress {
  fileprivate static let none = ActivityProgress(
    startedAt: nil, completedAt: nil, packVersion: nil)
}
