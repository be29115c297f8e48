import EnhanceKit
import Foundation

/// A page for an annual review that a fake made: whose it is, of which days, and what it said.
struct FakePage {
  let owner: PersonId
  let days: DaysInARow
  let lines: [FormField]
  let changes: Int
}

/// What a fake exported: a person's own, of which another fake makes it again.
struct FakeExport {
  struct OwnReflection {
    let id: DocumentId
    let content: ReflectionContent
  }

  struct OwnPlan {
    let id: DocumentId
    let content: FakeProject
  }

  let reflections: [OwnReflection]
  let plans: [OwnPlan]
  let record: PersonalRecord
  /// Own requests for a sign-off, each with its answers.
  let signed: [(request: DocumentId, title: String, signed: [FakeTaken])]
  /// What nobody can read back: plans of others, and copies that were shared.
  let plansOfOthers: Int
  let copies: Int
}

// MARK: The page for an annual review

extension Shelf {
  private static let pageOf = "<!-- a fake's page for an annual review -->"

  /// A page that this fake, and those of others beside it, know again.
  func arcpHtml(_ days: DaysInARow) throws(CoreError) -> String {
    let (me, lines) = (try me(), try form(days))
    let fields = lines.map { "<h2>\($0.field)</h2><pre>\($0.text)</pre>" }.joined()
    let head = "<!DOCTYPE html>\(Self.pageOf)<title>\(me.name), \(days.from) to \(days.to)</title>"
    let html = "\(head)\(fields)<p>\(today)</p>"
    memory.reviews[html] = FakePage(
      owner: me.id, days: days, lines: lines, changes: record.changes)
    return html
  }

  func verifyArcp(_ html: String) throws(CoreError) -> ArcpVerdict {
    guard html.contains(Self.pageOf) else {
      throw .unfit(.page, "this is no page for an annual review")
    }
    guard let page = memory.reviews[html] else { return .altered }
    guard page.owner == (try me()).id else { return .unaltered(why: .ofSomebodyElse) }
    if try form(page.days) == page.lines { return .agrees(renamed: []) }
    return .outdated(changes: max(1, record.changes - page.changes), renamed: [])
  }

  /// What the page says, field by field.
  func form(_ days: DaysInARow) throws(CoreError) -> [FormField] {
    let (log, shown) = (try log(days), record.shown)
    let posts = shown.placements.map(\.placement)
      .filter { $0.start <= days.to && $0.end >= days.from }
      .map { "\($0.organisation), \($0.grade), \($0.start) to \($0.end)" }
    let asked = log.rule.target > 0 ? " of \(log.rule.target)" : ""
    let hours = "\(log.count.counted)\(asked) minutes, \(log.count.core) of core teaching"
    let modules = (programme?.modules ?? []).compactMap { module in
      shown.completed(module.key).map { "\(module.title), \(CalendarDate(inLondon: $0))" }
    }
    let evidence = shown.evidence.map { "\($0.link.statement.key): \($0.link.justification)" }
    let signed = try signOffRequests { $0.mine && $0.standing == .signed }.map { request in
      let isSame = (try? changedSinceSignOff(request.id)) == .unchanged
      return "\(request.title), \(request.answers.last?.signer ?? "")"
        + (isSame ? "" : ", changed since")
    }
    return [
      field("Placements", posts), field("Learning log", [hours]), field("Modules", modules),
      field("Evidence", evidence), field("Goals", shown.goals.map(\.goal.text)),
      field("Certificates", shown.certificates.map(\.certificate.title)),
      field("Sign-offs", signed),
    ]
  }

  private func field(_ name: String, _ lines: [String]) -> FormField {
    FormField(field: name, text: lines.joined(separator: "\n"))
  }

  func arcpCsv(_ days: DaysInARow) throws(CoreError) -> String {
    let rows = try form(days).flatMap { field in
      field.text.split(separator: "\n").map { [field.field, String($0)] }
    }
    return csv([["part", "text"]] + rows)
  }

  func arcpJson(_ days: DaysInARow) throws(CoreError) -> String {
    let form = try form(days).map { [$0.field, $0.text] }
    return json(["from": [["\(days.from)"]], "to": [["\(days.to)"]], "form": form])
  }
}

// MARK: What a person takes with them

extension Shelf {
  /// A text that this fake, and those of others beside it, make documents of again.
  func export() throws(CoreError) -> String {
    let (mine, others) = (account?.person, here)
    let owned = others.filter { $0.owner == mine }
    let export = FakeExport(
      reflections: owned.compactMap { one in
        guard case .reflection(let content) = one.content else { return nil }
        return FakeExport.OwnReflection(id: one.id, content: content)
      },
      plans: owned.compactMap { one in
        guard case .project(let content) = one.content else { return nil }
        return FakeExport.OwnPlan(id: one.id, content: content)
      },
      record: record.shown, signed: signedToTake(),
      plansOfOthers: others.filter { $0.kind == .changeProject && $0.owner != mine }.count,
      copies: others.filter { $0.kind == .sharedReflection }.count)
    let texts = others.map { [$0.title, $0.text] }.sorted { $0[0] < $1[0] }
    let text = json(["documents": texts, "export": [[memory.fresh("export")]]])
    memory.exports[text] = export
    return text
  }

  func exportCsv() -> String {
    csv(
      [["id", "text"]]
        + record.shown.itemTexts.map { item in
          [item.id.rawValue, item.texts.filter { !$0.isEmpty }.joined(separator: "; ")]
        })
  }

  func exportReflections() -> String {
    let reflections = here.filter { $0.kind == .reflection }.sorted { $0.createdAt < $1.createdAt }
    let parts = reflections.map { "<h1>\($0.title)</h1><p>\($0.text)</p>" }
    return "<!DOCTYPE html><title>Reflections</title>" + parts.joined()
  }

  mutating func importExport(_ text: String) throws(CoreError) -> ImportReport {
    let me = try me()
    guard let export = memory.exports[text] else {
      throw .unfit(.export, "this fake never made it")
    }
    var (reflections, plans, alreadyHere) = (0, 0, 0)
    var ids: [DocumentId: DocumentId] = [:]
    for one in export.reflections {
      var content = one.content
      content.copies = []
      let id = memory.imported(one.id, by: me.id)
      ids[one.id] = id
      guard !isKnown(one.id), !isKnown(id) else {
        alreadyHere += 1
        continue
      }
      put(.reflection(content), as: id, owner: me)
      reflections += 1
    }
    for one in export.plans {
      let id = memory.imported(one.id, by: me.id)
      ids[one.id] = id
      guard !isKnown(one.id), !isKnown(id) else {
        alreadyHere += 1
        continue
      }
      put(.project(one.content), as: id, owner: me)
      plans += 1
    }
    let asTheyWere = asTheyWere(export.record)
    let things = try importRecord(export.record, ids)
    let (lacking, known) = (lacking(of: export), known(of: export))
    let leftOut = leftOut(of: export)
    keep(lacking)
    return ImportReport(
      reflections: reflections, projects: plans, things: things,
      alreadyHere: alreadyHere + known, projectsOfOthers: export.plansOfOthers,
      sharedCopies: export.copies, comments: 0, files: 0, filesAlreadyHere: 0, filesNotRead: [],
      signOffs: lacking.count, signOffsLeftOut: leftOut, asTheyWere: asTheyWere)
  }

  /// Things of a record keep their ids, so that those that are here already are not added again.
  private mutating func importRecord(
    _ other: PersonalRecord, _ ids: [DocumentId: DocumentId]
  ) throws(CoreError) -> Int {
    let edits = unknown(other)
    let moved = edits.flatMap(\.edits).map { $0.moved(ids) }
    if !moved.isEmpty { try writeRecord(moved) }
    return edits.count
  }

  /// What nobody could note now and comes as it was, a sentence each with the reason.
  func asTheyWere(_ other: PersonalRecord) -> [String] {
    unknown(other).compactMap { thing in
      do {
        for edit in thing.edits { try refuseUnmeant(edit, now: clock()) }
      } catch {
        guard case .invalidInput(_, _, let reason)? = (error as any Error) as? CoreError else {
          return nil
        }
        return "Something in the record: \(reason)"
      }
      return nil
    }
  }

  /// How many things of another record are not in this one.
  func newThings(_ other: PersonalRecord) -> Int { unknown(other).count }

  private func unknown(_ other: PersonalRecord) -> [(id: ItemId, edits: [RecordEdit])] {
    let known = Set(record.edits.compactMap(\.item?.id))
    return other.adding.filter { !known.contains($0.id) }
  }

  /// Whether a document of an export is here already under its own id or that of what was read.
  func isKnown(_ id: DocumentId, by person: PersonId) -> Bool {
    isKnown(id) || isKnown(memory.imported(id, by: person))
  }

  /// Whether a document is this person's here already, or was deleted here.
  private func isKnown(_ id: DocumentId) -> Bool {
    memory.deleted[id] != nil || here.contains { $0.id == id }
  }
}

extension PersonalRecord {
  /// The edits that add each thing of it.
  fileprivate var adding: [(id: ItemId, edits: [RecordEdit])] {
    var all: [(id: ItemId, edits: [RecordEdit])] = []
    all += placements.map { ($0.id, $0.placement.adding($0.id)) }
    all += supervisors.map { ($0.id, $0.supervisor.adding($0.id)) }
    all += wteChanges.map { ($0.id, $0.change.adding($0.id)) }
    all += breaks.map { ($0.id, $0.careerBreak.adding($0.id)) }
    all += absences.map { ($0.id, $0.absence.adding($0.id)) }
    all += sessions.map { ($0.id, $0.session.adding($0.id)) }
    all += experiences.map { ($0.id, $0.experience.adding($0.id)) }
    all += journeys.map { ($0.id, $0.journey.adding($0.id)) }
    all += steps.map { ($0.id, $0.step.adding($0.id)) }
    all += goals.map { ($0.id, $0.goal.adding($0.id)) }
    all += certificates.map { ($0.id, $0.certificate.adding($0.id)) }
    all += evidence.map { ($0.id, $0.link.adding($0.id)) }
    all += deadlines.map { ($0.id, $0.deadline.adding($0.id)) }
    all += modulesCompleted.map { ($0.id, $0.completion.adding($0.id)) }
    all += activitiesCompleted.map { ($0.id, $0.completion.adding($0.id)) }
    return all + debriefs.map { ($0.id, $0.debrief.adding($0.id)) }
  }
}

extension RecordEdit {
  /// The same of documents that have other ids here.
  fileprivate func moved(_ ids: [DocumentId: DocumentId]) -> RecordEdit {
    guard case .evidenceLink(let id, .evidence(.document(let document))) = self,
      let here = ids[document]
    else { return self }
    return .evidenceLink(id: id, edit: .evidence(.document(here)))
  }
}

extension EvidenceStatement {
  fileprivate var key: String {
    switch self {
    case .capability(let key), .outcome(let key): key
    }
  }
}

private func csv(_ rows: [[String]]) -> String {
  let cell = { (text: String) in "\"\(text.replacing("\"", with: "\"\""))\"" }
  return rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
}

private func json(_ parts: [String: [[String]]]) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  let json = try? encoder.encode(parts)
  return json.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
}
