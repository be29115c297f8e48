import EnhanceKit
import Foundation

/// A document of a fake.
struct FakeDocument {
  enum Content {
    case reflection(ReflectionContent)
    case copy(SharedReflection)
    case project(FakeProject)
    case request(FakeRequest)
    case signOff(FakeSignOff)
  }

  /// A version, and what it said.
  struct Past {
    let view: HistoryView
    let content: Content
  }

  let id: DocumentId
  var content: Content
  var members: FakeMembers
  var comments: FakeComments
  var copies: [DocumentId] = []
  /// What was typed on the phone that looks at it, and is not settled.
  var drafts: [DraftView] = []
  var seen: [PersonId: ReadReceipt] = [:]
  private(set) var past: [Past] = []

  init(id: DocumentId, content: Content, owner: Person) {
    (self.id, self.content, members) = (id, content, FakeMembers(owner: owner))
    comments = FakeComments(about: id)
  }

  var owner: Person { members.owner }

  mutating func wrote(
    _ version: Version, by person: Person, device: DeviceId?, at now: Date
  ) {
    let view = HistoryView(version: version, by: person, device: device, at: now)
    past.append(Past(view: view, content: content))
  }

  /// Who made it say last what `read` finds in it.
  func author<Found: Equatable>(_ read: (Content) -> Found) -> Person? {
    let now = read(content)
    return past.reversed().prefix { read($0.content) == now }.last?.view.by
  }

  var kind: DocumentKind {
    switch content {
    case .reflection: .reflection
    case .copy: .sharedReflection
    case .project: .changeProject
    case .request: .signOffRequest
    case .signOff: .signOff
    }
  }

  var version: Version { past.last?.view.version ?? Version(rawValue: "version") }
  var createdAt: Date { past.first?.view.at ?? .distantPast }
  var updatedAt: Date { past.last?.view.at ?? .distantPast }

  /// When a person wrote in it last; long ago if they never did.
  func written(by person: Person) -> Date {
    past.last { $0.view.by == person }?.view.at ?? .distantPast
  }

  /// What it says, with what was typed and is not settled; what is too long stands beside it.
  var shown: Content {
    let fitting = drafts.filter { CoreError.tooLong($0.text, in: $0.field) == nil }
    return fitting.reduce(into: content) { $0.write($1.text, in: $1.field) }
  }

  var title: String {
    switch content {
    case .reflection(let reflection): reflection.title
    case .copy(let copy): copy.title
    case .project(let plan): plan.shown.title
    case .request(let request): request.title
    case .signOff(let signOff): signOff.signer
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
    case .project(let plan):
      let project = plan.shown
      let sections = ProjectSection.allCases.compactMap { project.sections[$0] }
      texts = sections + [project.aim.sentence] + project.itemTexts.flatMap(\.texts)
    case .request(let request): texts = [request.text]
    case .signOff(let signOff): texts = [signOff.answer.statement]
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
      case .project(let plan): ("\(plan.shown.status)", plan.shown.tags)
      case .request, .signOff: ("", [])
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
    case (.project(let plan), .section(let section)): plan.shown.sections[section]
    case (.project(let plan), .item(let text)): plan.shown.text(text)
    default: nil
    }
  }

  /// The text of a field that people ask the authors of.
  func text(of field: TextField) -> String? {
    switch (self, field) {
    case (_, .answer(let prompt)): text(of: DraftField.answer(prompt))
    case (_, .section(let section)): text(of: DraftField.section(section))
    case (_, .item(let item)): text(of: DraftField.item(item))
    case (.project(let plan), .aimSentence): plan.shown.aim.sentence
    default: nil
    }
  }

  mutating func write(_ text: String, in field: DraftField) {
    switch (self, field) {
    case (.reflection(var reflection), .answer(let prompt)):
      reflection.answers[prompt] = text
      self = .reflection(reflection)
    case (.project(var plan), .section(let section)):
      plan.write([.section(section: section, text: text)])
      self = .project(plan)
    case (.project(var plan), .item(let item)):
      plan.write([item.edit(text)].compactMap { $0 })
      self = .project(plan)
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

/// Work that a fake server refused.
struct RefusedWork {
  var summary: QuarantineSummary
  let base: Version
}
