import EnhanceKit
import Foundation

// MARK: Threads, and suggestions for a plan

extension Shelf {
  mutating func comment(
    _ id: DocumentId, part: String, body: String, range: TextRange?,
    answers: CommentRef? = nil
  ) throws(CoreError) -> ItemId {
    let (document, me) = (try commented(id), try me())
    guard !body.isBlank else { throw .unfit(.comment, "it is empty") }
    try refuseLong(body)
    try requireSeen(id, [body])
    let marked = try range.map { range throws(CoreError) in
      try span(range, of: part, in: document)
    }
    let item = ItemId(rawValue: memory.fresh("comment"))
    let comment = ProjectComment(
      body: body, anchor: part, span: marked, answers: answers, at: memory.moment(clock()),
      resolvedAt: nil)
    memory.documents[id]?.comments.add(item, by: me, comment)
    note(.documents, of: id)
    return item
  }

  mutating func answer(
    _ id: DocumentId, _ place: CommentRef, _ body: String
  ) throws(CoreError) -> ItemId {
    let answered = try commented(id).comments.answered(place)
    return try comment(id, part: answered.anchor, body: body, range: nil, answers: place)
  }

  mutating func change(_ id: DocumentId, _ edits: [CommentEdit]) throws(CoreError) {
    var comments = try commented(id).comments
    for case .rewrite(_, let body) in edits { try requireSeen(id, [body]) }
    for edit in edits { try comments.change(edit, by: try me(), at: clock()) }
    memory.documents[id]?.comments = comments
    note(.documents, of: id)
  }

  mutating func reopen(_ id: DocumentId, _ item: ItemId) throws(CoreError) {
    var comments = try commented(id).comments
    try comments.reopen(item, by: try me())
    memory.documents[id]?.comments = comments
    note(.documents, of: id)
  }

  func threads(_ id: DocumentId) throws(CoreError) -> [ThreadView] {
    let (document, me) = (try document(id), try me())
    return document.comments.threads(for: me) { comment in
      standing(comment.anchor, comment.span, in: document)
    }
  }

  func commentVersions(_ place: CommentRef) throws(CoreError) -> [CommentVersion] {
    for document in here {
      if let found = try? document.comments.versions(place) { return found }
    }
    throw .notFound(.comment, place.id.rawValue)
  }

  func waitingAnswers(_ id: DocumentId) throws(CoreError) -> WaitingAnswers {
    let (me, comments) = (try me(), try document(id).comments)
    return WaitingAnswers(
      threads: try threads(id).filter(\.waits).count,
      suggestions: comments.suggested.filter { $0.state == .open && $0.by != me }.count)
  }

  mutating func suggest(
    _ id: DocumentId, part: String, _ range: TextRange, _ replacement: String, why: String
  ) throws(CoreError) -> ItemId {
    let (document, me) = (try document(id, .changeProject), try me())
    try document.members.require(.comment, of: me, "suggesting a change")
    let span = try self.span(range, of: part, in: document)
    for text in [replacement, why] { try refuseLong(text) }
    guard span.quote != replacement else {
      throw .unfit(.comment, "that is what it says already")
    }
    try requireSeen(id, [replacement, why])
    let item = ItemId(rawValue: memory.fresh("suggestion"))
    let suggestion = Suggestion(
      anchor: part, span: span, original: span.quote, replacement: replacement, why: why,
      at: memory.moment(clock()), withdrawnAt: nil)
    memory.documents[id]?.comments.suggest(item, by: me, suggestion)
    note(.documents, of: id)
    return item
  }

  func suggestions(_ id: DocumentId) throws(CoreError) -> [SuggestionView] {
    let (document, me) = (try document(id, .changeProject), try me())
    return document.comments.suggested.map { one in
      SuggestionView(
        place: document.comments.ref(one.id, by: one.by), by: one.by, mine: one.by == me,
        suggestion: one.suggestion, state: one.state, decidedBy: one.decidedBy,
        decidedAt: one.decidedAt,
        standing: standing(one.suggestion.anchor, one.suggestion.span, in: document),
        readsNow: nil)
    }
  }

  /// A stretch of text is known by its words alone here: where they were changed it is gone.
  mutating func accept(_ id: DocumentId, _ place: CommentRef) throws(CoreError) -> Version {
    let document = try document(id, .changeProject)
    try document.members.require(.edit, of: try me(), "changing this document")
    let suggestion = try document.comments.open(place).suggestion
    guard let part = DraftField(part: suggestion.anchor),
      var text = document.content.text(of: part), let found = text.range(of: suggestion.original)
    else {
      throw .unfit(.edit, "the text that this would replace is not in the plan any more")
    }
    text.replaceSubrange(found, with: suggestion.replacement)
    memory.documents[id]?.content.write(text, in: part)
    return try decide(id, place, .accepted)
  }

  mutating func reject(_ id: DocumentId, _ place: CommentRef) throws(CoreError) -> Version {
    let document = try document(id, .changeProject)
    try document.members.require(.edit, of: try me(), "changing this document")
    _ = try document.comments.open(place)
    return try decide(id, place, .rejected)
  }

  private mutating func decide(
    _ id: DocumentId, _ place: CommentRef, _ state: SuggestionState
  ) throws(CoreError) -> Version {
    let me = try me()
    memory.documents[id]?.comments.decide(place, state, by: me, at: clock())
    wrote(id, by: me)
    return try document(id).version
  }

  /// A plan or a copy about which this person may say something.
  private func commented(_ id: DocumentId) throws(CoreError) -> FakeDocument {
    let document = try document(id)
    guard [.changeProject, .sharedReflection].contains(document.kind) else {
      throw .notFound(.project, id.rawValue)
    }
    try document.members.require(.comment, of: try me(), "commenting on this")
    return document
  }

  private func span(
    _ range: TextRange, of part: String, in document: FakeDocument
  ) throws(CoreError) -> TextSpan {
    guard let field = DraftField(part: part), let text = document.content.text(of: field),
      let found = range.range(in: text), !found.isEmpty
    else { throw .unfit(.comment, "say which characters of a text it is of") }
    return TextSpan(start: "\(range.start)", end: "\(range.end - 1)", quote: String(text[found]))
  }

  private func standing(
    _ part: String, _ span: TextSpan?, in document: FakeDocument
  ) -> AnchorStanding {
    guard let span else { return .here }
    guard let field = DraftField(part: part), let text = document.content.text(of: field),
      let found = text.range(of: span.quote)
    else { return .deletedText }
    return .at(range: TextRange(found, in: text))
  }
}

extension DraftField {
  /// The section or the answer that comments call so.
  fileprivate init?(part: String) {
    let section = ProjectSection.allCases.first { section in
      "\(section)".flatMap { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" } == Array(part)
    }
    if let section {
      self = .section(section)
    } else if part.isEmpty || part.contains("/") {
      return nil
    } else {
      self = .answer(part)
    }
  }
}
