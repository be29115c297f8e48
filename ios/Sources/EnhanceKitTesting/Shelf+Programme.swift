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
        activity: activity, progress: record.progress(activity.key),
        resources: programme.resources.filter { activity.resources.contains($0.key) },
        debriefs: record.shown.debriefs.filter { $0.debrief.activity == activity.key }.map {
          DebriefView(id: $0.id, debrief: $0.debrief)
        })
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

  func installed() throws(CoreError) -> Programme {
    guard let programme else { throw .notFound(.pack, "of the programme") }
    return programme
  }

  private func view(_ page: ProgrammePage) -> PageView {
    PageView(key: page.key, title: page.title, text: "# \(page.title)", isMissing: false)
  }

  private func summary(_ module: ProgrammeModule) -> ModuleSummary {
    let (shown, completedAt) = (record.shown, record.shown.completed(module.key))
    let done = module.activities.filter { record.progress($0.key).completedAt != nil }
    return ModuleSummary(
      key: module.key, title: module.title, domains: module.domains, themes: module.themes,
      suggestedStage: module.suggestedStage, minMinutes: module.minMinutes,
      minutesDone: shown.minutes(on: module.key), activities: module.activities.count,
      activitiesDone: done.count, complete: completedAt != nil || shown.satisfies(module),
      completedAt: completedAt)
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

  func quarantined(_ id: QuarantineId) throws(CoreError) -> QuarantineView {
    let work = try refusedWork(id)
    return QuarantineView(
      summary: work.summary, edits: [], base: work.base, canReplay: canReplay(work))
  }

  /// As things stand: the document is here, and this person may still write in it.
  private func canReplay(_ work: RefusedWork) -> Bool {
    guard let document = try? document(work.summary.document) else { return false }
    return (document.members.right(of: account?.person.id) ?? .read) >= .edit
  }

  /// Does refused work once more, and says of which document it was.
  mutating func replay(_ id: QuarantineId) throws(CoreError) -> DocumentId {
    let work = try refusedWork(id)
    _ = try document(work.summary.document)
    guard canReplay(work) else {
      throw .notAllowed("doing this once more needs the right to edit; it is not yours")
    }
    return try resolve(id)
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
