import EnhanceKit
import Foundation

/// A document of a fake.
struct FakeDocument {
  enum Content {
    case reflection(ReflectionContent)
    case copy(SharedReflection)
    case project(ProjectContent)
  }

  /// A version, and what it said.
  struct Past {
    let view: HistoryView
    let content: Content
  }

  let id: DocumentId
  var content: Content
  let owner: Person
  var members: [Member] = []
  var comments: [CommentView] = []
  var copies: [DocumentId] = []
  var drafts: [DraftView] = []
  var seen: [PersonId: ReadReceipt] = [:]
  var stage = Stage.saved
  private(set) var past: [Past] = []

  init(id: DocumentId, content: Content, owner: Person) {
    (self.id, self.content, self.owner) = (id, content, owner)
  }

  mutating func wrote(
    _ version: Version, by person: Person, device: DeviceId?, at now: Date
  ) {
    let view = HistoryView(version: version, by: person, device: device, at: now)
    past.append(Past(view: view, content: content))
    stage = .saved
  }

  var kind: DocumentKind {
    switch content {
    case .reflection: .reflection
    case .copy: .sharedReflection
    case .project: .changeProject
    }
  }

  var version: Version { past.last?.view.version ?? Version(rawValue: "version") }
  var createdAt: Date { past.first?.view.at ?? .distantPast }
  var updatedAt: Date { past.last?.view.at ?? .distantPast }

  /// What it says, with what was typed and is not settled.
  var shown: Content {
    drafts.reduce(into: content) { $0.write($1.text, in: $1.field) }
  }

  var title: String {
    switch content {
    case .reflection(let reflection): reflection.title
    case .copy(let copy): copy.title
    case .project(let project): project.title
    }
  }

  /// Its texts, one after the other.
  var text: String {
    let texts: [String]
    switch content {
    case .reflection(let reflection):
      texts = reflection.answers.sorted { $0.key < $1.key }.map(\.value)
    case .copy(let copy):
      texts = copy.answers.sorted { $0.key < $1.key }.map(\.value)
    case .project(let project):
      let sections = ProjectSection.allCases.compactMap { project.sections[$0] }
      texts = sections + [project.aim.sentence] + project.cycles.flatMap { $0.texts.values }
    }
    return texts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The beginning of its text.
  var preview: String { String(text.prefix(140)) }

  /// Its title; the beginning of its text if it was given none.
  var listedTitle: String { title.isEmpty ? preview : title }

  /// What lists say of it.
  func summary(_ come: DocumentStatus) -> DocumentSummary {
    let (status, tags): (String, Tags) =
      switch content {
      case .reflection(let reflection): ("", reflection.tags)
      case .copy(let copy): ("", copy.tags)
      case .project(let project): ("\(project.status)", project.tags)
      }
    return DocumentSummary(
      id: id, kind: kind, title: listedTitle, preview: preview, status: status, tags: tags,
      owner: owner, stage: come.stage, quarantined: come.quarantined, unsettled: !drafts.isEmpty,
      createdAt: createdAt, updatedAt: updatedAt, version: version)
  }
}

extension FakeDocument.Content {
  /// The text of a field; none if nothing was written in it.
  func text(of field: DraftField) -> String? {
    switch (self, field) {
    case (.reflection(let reflection), .answer(let prompt)): reflection.answers[prompt]
    case (.project(let project), .section(let section)): project.sections[section]
    case (.project(let project), .cycle(let id, let which)):
      project.cycles.first { $0.id == id }?.texts[which]
    default: nil
    }
  }

  mutating func write(_ text: String, in field: DraftField) {
    switch (self, field) {
    case (.reflection(var reflection), .answer(let prompt)):
      reflection.answers[prompt] = text
      self = .reflection(reflection)
    case (.project(var project), .section(let section)):
      project.sections[section] = text
      self = .project(project)
    case (.project(var project), .cycle(let id, let which)):
      guard let place = project.cycles.firstIndex(where: { $0.id == id }) else { return }
      project.cycles[place].texts[which] = text
      self = .project(project)
    default: return
    }
  }
}

/// A reflection that can be written in.
struct ReflectionContent {
  var title: String
  let template: String
  let templateVersion: TemplateVersion
  var answers: Answers = [:]
  var tags: Tags = []
  let promptedBy: String?
  let createdAt: Date
  var copies: [SharedCopy] = []

  var view: Reflection {
    Reflection(
      title: title, template: template, templateVersion: templateVersion, answers: answers,
      tags: tags, promptedBy: promptedBy, createdAt: createdAt, copies: copies)
  }
}

/// A project that can be written in.
struct ProjectContent {
  var title: String
  var topic: String
  var setting: String
  var status = ProjectStatus.idea
  var sections: Sections = [:]
  var aim = Aim(sentence: "", direction: nil, from: "", to: "", byDate: nil)
  var measures: Measures = []
  var observations: Observations = []
  var cycles: [CycleContent] = []
  var actions: Actions = []
  var tags: Tags = []
  let createdAt: Date

  var view: ChangeProject {
    ChangeProject(
      title: title, topic: topic, setting: setting, status: status, sections: sections, aim: aim,
      measures: measures, observations: observations, cycles: cycles.map(\.view),
      actions: actions, tags: tags, createdAt: createdAt)
  }
}

/// A cycle that can be written in.
struct CycleContent {
  let id: ItemId
  var texts: [CycleText: String] = [:]
  var scale: CycleScale?
  var decision = CycleDecision.undecided

  var view: CycleItem {
    let text = { (which: CycleText) in texts[which] ?? "" }
    let cycle = PdsaCycle(
      changeIdea: text(.changeIdea), prediction: text(.prediction), scale: scale,
      plan: text(.plan), done: text(.done), studied: text(.studied), learned: text(.learned),
      decision: decision)
    return CycleItem(id: id, cycle: cycle)
  }
}

/// Work that a fake server refused.
struct RefusedWork {
  var summary: QuarantineSummary
  let base: Version

  var view: QuarantineView { QuarantineView(summary: summary, edits: [], base: base) }
}
