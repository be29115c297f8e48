import EnhanceKit
import Foundation

extension Shelf {
  mutating func createReflection(
    template: String, title: String, promptedBy: String?
  ) throws(CoreError) -> DocumentId {
    if let promptedBy, let programme {
      let activities = programme.modules.flatMap(\.activities).map(\.key)
      let pauses = programme.resources.flatMap(\.pausePoints).map(\.key)
      guard (activities + pauses).contains(promptedBy) else {
        let why = "\"\(promptedBy)\" is no activity and no pause point of the programme"
        throw .unfit(.key, why)
      }
    }
    guard programme == nil || self.template(template) != nil else {
      throw .notFound(.template, template)
    }
    for text in [title, promptedBy] { try refuseLong(text, isShort: true) }
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
      try refuse(edit, in: reflection)
      switch edit {
      case .title(let title): reflection.title = title
      case .answer(let prompt, let text): reflection.answers[prompt] = text
      case .addTag(let tag): reflection.tags.add(tag)
      case .removeTag(let tag): reflection.tags.removeAll { $0 == tag }
      }
    }
    memory.documents[id]?.content = .reflection(reflection)
    wrote(id, by: try me())
    return try document(id).version
  }

  mutating func share(
    _ id: DocumentId, with reader: PersonId, acknowledged: Sha256? = nil
  ) throws(CoreError) -> DocumentId {
    _ = try settle(id)
    try check(id).mustBeSettled(acknowledged)
    let reader = try person(reader)
    try mustBeOnTheProgramme(reader)
    guard case .reflection(var reflection) = try document(id, .reflection).content else {
      throw .notFound(.reflection, id.rawValue)
    }
    let now = clock()
    let shared = SharedReflection(
      title: reflection.title, template: reflection.template,
      templateVersion: reflection.templateVersion, answers: reflection.answers,
      tags: reflection.tags, sharedAt: now)
    let copy = put(.copy(shared), owner: try me())
    memory.documents[copy]?.members.put(reader, .comment)
    reflection.copies.append(SharedCopy(document: copy, with: reader.id, at: now))
    memory.documents[id]?.content = .reflection(reflection)
    memory.documents[id]?.copies.append(copy)
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

  func template(_ key: String) -> Template? {
    programme?.templates.first { $0.key == key }
  }

  func person(_ id: PersonId) throws(CoreError) -> Person {
    let everybody = people + [account?.person].compactMap { $0 }
    guard let person = everybody.first(where: { $0.id == id }) else {
      throw .notFound(.person, id.rawValue)
    }
    return known(person)
  }

  /// A person as they are now: who has left the programme has no role any more.
  func known(_ person: Person) -> Person {
    guard memory.left.contains(person.id) else { return person }
    return Person(id: person.id, name: person.name, roles: [], devices: person.devices)
  }

  /// Refuses what would reach nobody.
  func mustBeOnTheProgramme(_ person: Person) throws(CoreError) {
    guard person.roles.isEmpty else { return }
    throw .unfit(.person, "\(person.name) has left the programme; nothing can reach them")
  }
}

extension Array where Element == ProgrammeTag {
  fileprivate mutating func add(_ tag: ProgrammeTag) {
    if !contains(tag) { append(tag) }
  }
}
