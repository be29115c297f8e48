import EnhanceKit
import Foundation

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
    guard !title.isBlank else {
      throw .invalidInput(
        field: .title, code: "invalid_input",
        reason: "title: a plan needs one, so that others can find it")
    }
    try refuseTopic(topic)
    for text in [title, topic, setting] { try refuseLong(text, isShort: true) }
    let plan = FakeProject(title: title, topic: topic, setting: setting, at: clock())
    return put(.project(plan), owner: try me())
  }

  func project(_ id: DocumentId) throws(CoreError) -> ProjectView {
    let (document, me) = (try document(id, .changeProject), try me())
    guard case .project(let plan) = document.shown else {
      throw .notFound(.project, id.rawValue)
    }
    let members = document.members
    return ProjectView(
      id: id, project: plan.shown.copy(decisions: document.comments.decisions),
      drafts: document.drafts, version: document.version,
      myRight: members.right(of: me.id) ?? .read, members: members.all,
      offeredTo: members.offeredTo, handover: members.handover,
      comments: document.comments.shown(to: me),
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
    for edit in edits {
      if case .topic(let topic) = edit { try refuseTopic(topic) }
      if case .addTag(let tag) = edit { try refuseTags([tag]) }
    }
    var plan = try plan(id)
    try refuseStrange(edits)
    try require(.edit, "changing this document", id)
    try plan.apply(edits, at: clock())
    memory.documents[id]?.content = .project(plan)
    wrote(id, by: try me())
    return try document(id).version
  }

  mutating func tick(
    _ id: DocumentId, _ tally: ItemId, _ numerator: Int, _ denominator: Int
  ) throws(CoreError) -> ObservedValue {
    _ = try me()
    try refuseStrange(numerator, denominator)
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
      guard let found = memory.recipes[text] else {
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

  /// A plan as a text that this fake, and those of others beside it, make a plan of again.
  func recipe(_ id: DocumentId) throws(CoreError) -> String {
    let plan = try plan(id)
    let text = "{\"recipe\":\"\(memory.fresh("recipe"))\"}"
    let shown = plan.shown
    memory.recipes[text] = Recipe(title: shown.title, topic: shown.topic, edits: plan.recipe)
    return text
  }

  func chart(_ id: DocumentId, _ measure: ItemId) throws(CoreError) -> ChartView {
    guard let chart = try plan(id).shown.chart(of: measure) else {
      throw .notFound(.measure, measure.rawValue)
    }
    return chart
  }

  /// A page that this fake, and those of others beside it, know again.
  func page(of id: DocumentId, _ acknowledged: Sha256? = nil) throws(CoreError) -> String {
    try check(id).mustBeSettled(acknowledged)
    let (document, title) = (try document(id, .changeProject), try plan(id).shown.title)
    let html = "<!DOCTYPE html><title>\(title)</title><p>\(document.version)</p>"
    memory.pages[html] = (id, document.past.count)
    return html
  }

  func verify(_ html: String) throws(CoreError) -> PageVerdict {
    guard let (plan, changes) = memory.pages[html] else {
      throw .invalidInput(
        field: .page, code: "invalid_input",
        reason: "page: this is no page that Enhance made, of a plan or for a yearly review")
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
  ) throws(CoreError) -> Portion<SittingView> {
    let history = try document(id, .changeProject).past.map(\.view)
    let end = before.map { before in history.firstIndex { $0.version == before } ?? 0 }
    let told = history[..<(end ?? history.endIndex)].reversed()
    let sittings = told.map { change in
      let isFirst = change.version == history.first?.version
      return SittingView(
        version: change.version, by: change.by, device: change.device, from: change.at,
        to: change.at, sentences: [isFirst ? "began the plan" : "changed the plan"])
    }
    return try portion(sittings, offset: 0, limit: limit)
  }

  mutating func dispute(_ id: DocumentId, _ field: Disagreement) throws(CoreError) {
    var plan = try plan(id)
    plan.dispute(field)
    memory.documents[id]?.content = .project(plan)
    wrote(id, by: try me())
  }

  /// A plan as it is settled.
  private func plan(_ id: DocumentId) throws(CoreError) -> FakeProject {
    guard case .project(let plan) = try document(id, .changeProject).content else {
      throw .notFound(.project, id.rawValue)
    }
    return plan
  }

  /// A text has one author here: who changed it last.
  func textAuthors(_ id: DocumentId, _ field: TextField) throws(CoreError) -> [TextPart] {
    let document = try document(id)
    if case .comment(let item) = field { return [document.comments.part(item)].compactMap { $0 } }
    guard let text = document.content.text(of: field), !text.isEmpty else { return [] }
    return [TextPart(by: document.author { $0.text(of: field) }, text: text)]
  }

  func fieldAuthors(_ id: DocumentId) throws(CoreError) -> [String: Person?] {
    let document = try document(id, .changeProject)
    let author = { (read: @escaping (ChangeProject) -> String) in
      document.author { content in
        guard case .project(let plan) = content else { return "" }
        return read(plan.shown)
      }
    }
    return [
      "title": author { $0.title }, "topic": author { $0.topic },
      "setting": author { $0.setting }, "status": author { "\($0.status)" },
    ]
  }

  private func require(
    _ right: Right, _ what: String, _ id: DocumentId
  ) throws(CoreError) {
    try document(id, .changeProject).members.require(right, of: try me(), what)
  }
}
