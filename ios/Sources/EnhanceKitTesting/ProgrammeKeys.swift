import EnhanceKit

// What edits name of the programme must be there. Before there is one, any key will do.

extension Shelf {
  /// An activity of the programme, and the module it is in.
  func activity(_ key: String) throws(CoreError) -> (LearningActivity, ProgrammeModule) {
    for module in try installed().modules {
      if let found = module.activities.first(where: { $0.key == key }) { return (found, module) }
    }
    throw .notFound(.activity, key)
  }

  /// Refuses edits of a record that name something of the programme that is not there.
  func refuseUnknownKeys(_ edits: [RecordEdit], _ after: PersonalRecord) throws(CoreError) {
    guard let programme else { return }
    for edit in edits {
      switch edit {
      case .start(let key, _), .learningSession(_, .activity(let key?)): _ = try activity(key)
      case .learningSession(_, .module(let key?)):
        guard programme.modules.contains(where: { $0.key == key }) else {
          throw .notFound(.module, key)
        }
      case .learningSession(_, .themes(let tags)), .pdpGoal(_, .capabilities(let tags)):
        try refuseTags(tags)
      case .learningSession(let id, .part(let part)) where !part.isEmpty:
        try refusePart(part, of: after.sessions.of(id)?.session.activity)
      case .debrief(_, .activity(let key)): try talkedOver(key)
      default: continue
      }
    }
  }

  /// Refuses an activity that is nothing that is talked over.
  func talkedOver(_ key: String) throws(CoreError) {
    guard try activity(key).0.debrief == nil else { return }
    throw .unfit(.edit, "\(key) is nothing that is talked over: it has no debrief")
  }

  private func refusePart(_ part: String, of key: String?) throws(CoreError) {
    guard let key else {
      throw .unfit(.edit, "say of which activity \"\(part)\" is a part")
    }
    guard let activity = try? activity(key).0 else {
      throw .unfit(.edit, "\(key) is no activity of the programme, and has no parts")
    }
    let parts = activity.parts.map(\.key)
    guard !parts.contains(part) else { return }
    let known = parts.joined(separator: ", ")
    let lacks = parts.isEmpty ? "has no parts" : "has no part \"\(part)\"; its parts are \(known)"
    throw .unfit(.edit, "\(key) \(lacks)")
  }

  /// Refuses a topic that is no domain of the programme. A plan may have none.
  func refuseTopic(_ topic: String) throws(CoreError) {
    if !topic.isEmpty { try refuseTags([.domain(topic)]) }
  }

  /// Refuses tags for domains and themes that nobody published.
  func refuseTags(_ tags: [ProgrammeTag]) throws(CoreError) {
    guard let programme else { return }
    for tag in tags {
      switch tag {
      case .domain(let key): try isOne(key, "domain", programme.domains.map(\.key))
      case .theme(let key): try isOne(key, "theme", programme.themes.map(\.key))
      // Frameworks are not handed in with a programme.
      case .capability: continue
      }
    }
  }

  private func isOne(_ key: String, _ what: String, _ known: [String]) throws(CoreError) {
    guard !known.isEmpty, !known.contains(key) else { return }
    let all = known.joined(separator: ", ")
    throw .unfit(.edit, "\"\(key)\" is no \(what) of the programme; they are: \(all)")
  }

  /// Refuses an edit of a reflection that is too long, or of what the programme does not have.
  func refuse(_ edit: ReflectionEdit, in reflection: ReflectionContent) throws(CoreError) {
    switch edit {
    case .title(let title): try refuseLong(title, isShort: true)
    case .addTag(let tag): try refuseTags([tag])
    case .removeTag: return
    case .answer(let prompt, let text):
      let template = template(reflection.template)
      try refuseUnasked(prompt, template, reflection)
      if let tooLong = CoreError.tooLong(text, in: .answer(prompt), template) { throw tooLong }
    }
  }

  /// One of no known template asks what is written in it.
  private func refuseUnasked(
    _ prompt: String, _ template: Template?, _ reflection: ReflectionContent
  ) throws(CoreError) {
    let prompts = (template?.prompts ?? []).map(\.key)
    guard !prompts.isEmpty, !prompts.contains(prompt), reflection.answers[prompt] == nil else {
      return
    }
    let known = prompts.joined(separator: ", ")
    let asks = "\(reflection.template) asks nothing called \"\(prompt)\""
    throw .unfit(.key, "\(asks); its prompts are: \(known)")
  }
}
