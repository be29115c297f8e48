import EnhanceKit
import Foundation

// MARK: Reflections

extension Shelf {
  mutating func createReflection(
    template: String, title: String, promptedBy: String?
  ) throws(CoreError) -> DocumentId {
    let version = programme?.templates.first { $0.key == template }?.version
    let reflection = ReflectionContent(
      title: title, template: template,
      templateVersion: version ?? TemplateVersion(rawValue: 1), promptedBy: promptedBy,
      createdAt: clock())
    return put(.reflection(reflection), owner: try me())
  }

  func reflection(_ id: DocumentId) throws(CoreError) -> ReflectionView {
    let document = try document(id, .reflection)
    guard case .reflection(let reflection) = document.shown else {
      throw .notFound(.reflection, id.rawValue)
    }
    return ReflectionView(
      id: id, reflection: reflection.view, template: template(reflection.template),
      drafts: document.drafts, version: document.version, status: status(of: document),
      readers: readers(of: document))
  }

  mutating func editReflection(
    _ id: DocumentId, _ edits: [ReflectionEdit]
  ) throws(CoreError) -> Version {
    guard case .reflection(var reflection) = try document(id, .reflection).content else {
      throw .notFound(.reflection, id.rawValue)
    }
    for edit in edits {
      switch edit {
      case .title(let title): reflection.title = title
      case .answer(let prompt, let text): reflection.answers[prompt] = text
      case .addTag(let tag): reflection.tags.add(tag)
      case .removeTag(let tag): reflection.tags.removeAll { $0 == tag }
      }
    }
    documents[id]?.content = .reflection(reflection)
    wrote(id, by: try me())
    return try document(id).version
  }

  mutating func share(_ id: DocumentId, with reader: PersonId) throws(CoreError) -> DocumentId {
    _ = try settle(id)
    let reader = try person(reader)
    guard case .reflection(var reflection) = try document(id, .reflection).content else {
      throw .notFound(.reflection, id.rawValue)
    }
    let now = clock()
    let shared = SharedReflection(
      title: reflection.title, template: reflection.template,
      templateVersion: reflection.templateVersion, answers: reflection.answers,
      tags: reflection.tags, sharedAt: now)
    let copy = put(.copy(shared), owner: try me())
    documents[copy]?.members = [Member(person: reader, right: .read, confirmed: false)]
    reflection.copies.append(SharedCopy(document: copy, with: reader.id, at: now))
    documents[id]?.content = .reflection(reflection)
    documents[id]?.copies.append(copy)
    note(.documents, .members, of: id)
    return copy
  }

  func sharedReflection(_ id: DocumentId) throws(CoreError) -> SharedView {
    let document = try document(id, .sharedReflection)
    guard case .copy(let copy) = document.content else {
      throw .notFound(.sharedReflection, id.rawValue)
    }
    return SharedView(
      id: id, copy: copy, template: template(copy.template), owner: document.owner,
      version: document.version, status: status(of: document))
  }

  private func template(_ key: String) -> Template? {
    programme?.templates.first { $0.key == key }
  }
}

// MARK: Change projects

/// What a plan of a fake begins with.
struct Recipe {
  let title: String
  let topic: String
  let edits: [ProjectEdit]
}

extension Shelf {
  mutating func createProject(
    title: String, topic: String, setting: String
  ) throws(CoreError) -> DocumentId {
    guard !title.isEmpty else {
      throw .invalidInput(
        field: .title, code: "invalid_input",
        reason: "title: a plan needs one, so that others can find it")
    }
    let plan = FakeProject(title: title, topic: topic, setting: setting, at: clock())
    return put(.project(plan), owner: try me())
  }

  func project(_ id: DocumentId) throws(CoreError) -> ProjectView {
    let (document, me) = (try document(id, .changeProject), try me())
    guard case .project(let plan) = document.shown else {
      throw .notFound(.project, id.rawValue)
    }
    let owner = Member(person: document.owner, right: .own, confirmed: true)
    let right = document.members.first { $0.id == me.id }?.right ?? .own
    return ProjectView(
      id: id, project: plan.shown, drafts: document.drafts, version: document.version,
      myRight: right, members: [owner] + document.members, offeredTo: document.offeredTo,
      comments: document.comments.filter { !document.commentsTakenBack.contains($0.id) },
      status: status(of: document))
  }

  func project(_ id: DocumentId, at version: Version) throws(CoreError) -> ChangeProject {
    let past = try document(id, .changeProject).past.first { $0.view.version == version }
    guard case .project(let plan) = past?.content else {
      throw .invalidInput(
        field: .version, code: "invalid_input", reason: "version: this project never had it")
    }
    return plan.shown
  }

  mutating func editProject(
    _ id: DocumentId, _ edits: [ProjectEdit]
  ) throws(CoreError) -> Version {
    var plan = try plan(id)
    try plan.apply(edits, on: CalendarDate(clock(), in: Self.calendar))
    documents[id]?.content = .project(plan)
    wrote(id, by: try me())
    return try document(id).version
  }

  mutating func tick(
    _ id: DocumentId, _ tally: ItemId, _ numerator: Int, _ denominator: Int
  ) throws(CoreError) -> ObservedValue {
    _ = try me()
    let sheet = try plan(id).shown.tallies.first { $0.id == tally }
    guard let sheet, let device = account?.device else {
      throw .notFound(.tally, tally.rawValue)
    }
    let ticked = try sheet.tally.ticked(device, numerator, denominator)
    let count = DeviceCount(device: device, value: ticked)
    _ = try editProject(id, [.tally(id: tally, edit: .ticks(count))])
    return ticked
  }

  mutating func createProject(
    from source: RecipeSource, title: String, setting: String
  ) throws(CoreError) -> DocumentId {
    let recipe: Recipe
    switch source {
    case .pack(let key): throw .notFound(.recipe, key)
    case .text(let text):
      guard let found = recipes[text] else {
        throw .invalidInput(
          field: .recipe, code: "invalid_input", reason: "recipe: this fake never made it")
      }
      recipe = found
    }
    let title = title.isEmpty ? recipe.title : title
    let id = try createProject(title: title, topic: recipe.topic, setting: setting)
    _ = try editProject(id, recipe.edits)
    return id
  }

  /// A plan as a text that this fake, and no other, makes a plan of again.
  mutating func recipe(_ id: DocumentId) throws(CoreError) -> String {
    let plan = try plan(id)
    let text = "{\"recipe\":\"\(fresh("recipe"))\"}"
    recipes[text] = Recipe(title: plan.shown.title, topic: plan.shown.topic, edits: plan.recipe)
    return text
  }

  func chart(_ id: DocumentId, _ measure: ItemId) throws(CoreError) -> ChartView {
    guard let chart = try plan(id).shown.chart(of: measure) else {
      throw .notFound(.measure, measure.rawValue)
    }
    return chart
  }

  /// A page that this fake, and no other, knows again.
  mutating func page(of id: DocumentId) throws(CoreError) -> String {
    let (document, title) = (try document(id, .changeProject), try plan(id).shown.title)
    let html = "<!DOCTYPE html><title>\(title)</title><p>\(document.version)</p>"
    pages[html] = (id, document.past.count)
    return html
  }

  func verify(_ html: String) throws(CoreError) -> PageVerdict {
    guard let (plan, changes) = pages[html] else {
      throw .invalidInput(
        field: .page, code: "invalid_input", reason: "page: this is no page of a plan")
    }
    let since = try document(plan, .changeProject).past.count - changes
    return since == 0 ? .agrees(project: plan) : .outdated(project: plan, changes: since)
  }

  func planChecks(_ id: DocumentId) throws(CoreError) -> [PlanCheck] {
    try plan(id).shown.checks
  }

  /// Each change is a sitting of its own here.
  func sittings(
    _ id: DocumentId, before: Version?, limit: Int
  ) throws(CoreError) -> [SittingView] {
    let history = try document(id, .changeProject).past.map(\.view)
    let end = before.map { before in history.firstIndex { $0.version == before } ?? 0 }
    let told = history[..<(end ?? history.endIndex)].reversed()
    let sittings = told.map { change in
      let isFirst = change.version == history.first?.version
      return SittingView(
        version: change.version, by: change.by, device: change.device, from: change.at,
        to: change.at, sentences: [isFirst ? "began the plan" : "changed the plan"])
    }
    return try page(sittings, offset: 0, limit: limit)
  }

  mutating func dispute(_ id: DocumentId, _ field: Disagreement) throws(CoreError) {
    var plan = try plan(id)
    plan.dispute(field)
    documents[id]?.content = .project(plan)
    wrote(id, by: try me())
  }

  /// A plan as it is settled.
  private func plan(_ id: DocumentId) throws(CoreError) -> FakeProject {
    guard case .project(let plan) = try document(id, .changeProject).content else {
      throw .notFound(.project, id.rawValue)
    }
    return plan
  }

  /// In which a day is one of the calendar, wherever the fake is.
  private static var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }

  func textAuthors(_ id: DocumentId, _ field: TextField) throws(CoreError) -> [TextPart] {
    let document = try document(id)
    let text: String?
    switch (field, document.content) {
    case (.answer(let prompt), _): text = document.content.text(of: .answer(prompt))
    case (.section(let section), _): text = document.content.text(of: .section(section))
    case (.item(let item), _): text = document.content.text(of: .item(item))
    case (.aimSentence, .project(let plan)): text = plan.shown.aim.sentence
    case (.comment(let item), _):
      text = document.comments.first { $0.id == item }?.comment.body
    default: text = nil
    }
    guard let text, !text.isEmpty else { return [] }
    return [TextPart(by: document.owner, text: text)]
  }

  mutating func setRight(
    _ right: Right?, of reader: PersonId, to id: DocumentId
  ) throws(CoreError) {
    let (document, reader) = (try document(id, .changeProject), try person(reader))
    guard document.owner == (try me()) else {
      throw .notAllowed(
        code: "not_allowed", reason: "not allowed: only its owner can say who takes part")
    }
    documents[id]?.members.removeAll { $0.id == reader.id }
    if document.offeredTo?.id == reader.id { documents[id]?.offeredTo = nil }
    if let right {
      documents[id]?.members.append(Member(person: reader, right: right, confirmed: false))
    }
    note(.members, .documents, of: id)
  }

  mutating func offer(_ id: DocumentId, to person: PersonId) throws(CoreError) {
    let document = try document(id, .changeProject)
    guard let member = document.members.first(where: { $0.id == person }) else {
      throw .notFound(.member, person.rawValue)
    }
    documents[id]?.offeredTo = member.person
    note(.members, of: id)
  }

  mutating func comment(
    _ id: DocumentId, body: String, anchor: String
  ) throws(CoreError) -> ItemId {
    let (_, me) = (try document(id, .changeProject), try me())
    guard !body.isEmpty else {
      throw .invalidInput(
        field: .comment, code: "invalid_input", reason: "comment: it says nothing")
    }
    let item = ItemId(rawValue: fresh("comment"))
    let comment = ProjectComment(body: body, anchor: anchor, at: clock(), resolvedAt: nil)
    documents[id]?.comments.append(
      CommentView(id: item, by: me, mine: true, comment: comment))
    note(.documents, of: id)
    return item
  }

  mutating func editComments(_ id: DocumentId, _ edits: [CommentEdit]) throws(CoreError) {
    let document = try document(id, .changeProject)
    var (comments, takenBack) = (document.comments, document.commentsTakenBack)
    for edit in edits {
      let item =
        switch edit {
        case .rewrite(let id, _), .resolve(let id, _), .takeBack(let id, _), .putBack(let id): id
        }
      guard let place = comments.firstIndex(where: { $0.id == item }) else {
        throw .notFound(.comment, item.rawValue)
      }
      let old = comments[place]
      var (body, resolvedAt) = (old.comment.body, old.comment.resolvedAt)
      switch edit {
      case .rewrite(_, let text): body = text
      case .resolve(_, let at): resolvedAt = at
      case .takeBack: takenBack.insert(item)
      case .putBack: takenBack.remove(item)
      }
      let comment = ProjectComment(
        body: body, anchor: old.comment.anchor, at: old.comment.at, resolvedAt: resolvedAt)
      comments[place] = CommentView(id: item, by: old.by, mine: old.mine, comment: comment)
    }
    documents[id]?.comments = comments
    documents[id]?.commentsTakenBack = takenBack
    note(.documents, of: id)
  }

  private func person(_ id: PersonId) throws(CoreError) -> Person {
    guard let person = people.first(where: { $0.id == id }) else {
      throw .notFound(.person, id.rawValue)
    }
    return person
  }
}

extension Array where Element == ProgrammeTag {
  fileprivate mutating func add(_ tag: ProgrammeTag) {
    if !contains(tag) { append(tag) }
  }
}
